"""The network: a BERT encoder over word pieces that gives each word logits of labels.

Its lower layers see pieces, its upper ones words: after ``piece_layers`` of them each word becomes the mean of its
pieces, which spares the layers above a third of the work. Where all layers see pieces, the first piece of a word
stands for it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.ner.labels import LABELS
from training.ner.pieces import PAD


@dataclass(frozen=True)
class Shape:
    """Sizes of a network; ``inner`` is that of the feed-forward layers."""

    vocabulary: int
    layers: int
    width: int = 384
    heads: int = 12
    inner: int = 1536
    piece_layers: int = 12
    positions: int = 512
    epsilon: float = 1e-12

    @property
    def pools(self) -> bool:
        """Whether upper layers see words."""
        return self.piece_layers < self.layers


class Layer(nn.Module):
    """Post-norm transformer layer."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.width
        self.heads = shape.heads
        self.qkv = nn.Linear(width, 3 * width)
        self.attended = nn.Linear(width, width)
        self.attended_norm = nn.LayerNorm(width, shape.epsilon)
        self.inner = nn.Linear(width, shape.inner)
        self.outer = nn.Linear(shape.inner, width)
        self.outer_norm = nn.LayerNorm(width, shape.epsilon)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Pieces or words of sentences, and which of them are no padding, to the same shape."""
        n, length, width = x.shape
        query, key, value = self.qkv(x).view(n, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        attention = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        attention = attention.transpose(1, 2).reshape(n, length, width)
        x = self.attended_norm(x + self.attended(attention))
        return self.outer_norm(x + self.outer(functional.gelu(self.inner(x))))


class Tagger(nn.Module):
    """Piece ids and how to make words of them to logits; the word embeddings are not trained.

    ``ids`` is sentences x pieces; ``pooling``, sentences x rows x pieces, holds the weights that make a row of pieces:
    the first row is the start of the sentence, its words follow. Rows and pieces of padding are 0. The logits are
    sentences x rows x labels.
    """

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.words.weight.requires_grad_(False)
        self.positions = nn.Parameter(torch.zeros(shape.positions, shape.width))
        self.norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.labels = nn.Linear(shape.width, len(LABELS))
        self.dropout = nn.Dropout(dropout)

    def hidden(self, ids: Tensor, pooling: Tensor) -> Tensor:
        """What the last layer gives, sentences x rows x width."""
        x = self.dropout(self.norm(self.words(ids) + self.positions[: ids.shape[1]]))
        mask = (ids != PAD)[:, None, None, :]
        for number, layer in enumerate(self.layers):
            if number == self.shape.piece_layers:
                x, mask = pooling @ x, (pooling.sum(2) > 0)[:, None, None, :]
            x = layer(x, mask)
        return x if self.shape.pools else pooling @ x

    def forward(self, ids: Tensor, pooling: Tensor) -> Tensor:
        """The logits of the labels."""
        logits: Tensor = self.labels(self.dropout(self.hidden(ids, pooling)))
        return logits


def save(path: Path, tagger: Tagger, **more: Any) -> None:
    """Write all or nothing: a run stopped in between keeps the file before."""
    beside = path.with_suffix(".part")
    torch.save({"shape": asdict(tagger.shape), "state": tagger.state_dict(), **more}, beside)
    beside.replace(path)


def load(path: Path) -> tuple[Tagger, dict[str, Any]]:
    """The tagger of a checkpoint and what else was saved with it."""
    saved: dict[str, Any] = torch.load(path, weights_only=True)
    tagger = Tagger(Shape(**saved.pop("shape")))
    tagger.load_state_dict(saved.pop("state"))
    return tagger, saved
