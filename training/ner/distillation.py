"""A smaller network that learns what a larger one says: fewer layers, narrower ones, words above the lowest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from training.ner.corpora import Sentence
from training.ner.labels import IGNORED
from training.ner.model import Shape, Tagger
from training.ner.pieces import Encoded, WordPieces, batches, collate, encode


class Target(NamedTuple):
    """What the teacher says about a sentence, words x labels and words x width, half precision."""

    logits: NDArray[np.float16]
    hidden: NDArray[np.float16]


@torch.no_grad()
def shrink(
    teacher: Tagger,
    pieces: WordPieces,
    sample: Sequence[Sentence],
    layers: Sequence[int],
    inner: int,
    piece_layers: int,
) -> Tagger:
    """The teacher's `layers` with the `inner` feed-forward units that say most on the sample."""
    teacher.eval()
    weights = [torch.zeros(teacher.shape.inner) for _ in layers]
    hooks = [
        teacher.layers[number].inner.register_forward_hook(_adder(weight))
        for number, weight in zip(layers, weights, strict=True)
    ]
    for batch in batches(encode(sample, pieces), 2048, None):
        ids, pooling, _ = collate(batch, mean=False)
        teacher(torch.from_numpy(ids), torch.from_numpy(pooling))
    for hook in hooks:
        hook.remove()
    shape = {**asdict(teacher.shape), "layers": len(layers), "inner": inner, "piece_layers": piece_layers}
    student = Tagger(Shape(**shape))
    state = teacher.state_dict()
    shrunk = {name: values for name, values in state.items() if not name.startswith("layers.")}
    for new, (old, weight) in enumerate(zip(layers, weights, strict=True)):
        of = f"layers.{old}."
        kept = (weight * state[f"{of}outer.weight"].norm(dim=0)).topk(inner).indices.sort().values
        for name, values in state.items():
            if name.startswith(of):
                part = name.removeprefix(of)
                if part in ("inner.weight", "inner.bias"):
                    values = values[kept]
                elif part == "outer.weight":
                    values = values[:, kept]
                shrunk[f"layers.{new}.{part}"] = values.clone()
    student.load_state_dict(shrunk)
    return student


def _adder(total: Tensor):  # type: ignore[no-untyped-def]
    def add(_module: object, _inputs: object, output: Tensor) -> None:
        total.add_(functional.gelu(output).abs().flatten(0, 1).sum(0))

    return add


@torch.no_grad()
def targets_of(teacher: Tagger, pieces: WordPieces, sentences: Sequence[Sentence], budget: int = 2048) -> list[Target]:
    """The teacher's view of each sentence."""
    teacher.eval()
    found: dict[int, Target] = {}
    for batch in batches(encode(sentences, pieces), budget, None):
        ids, pooling, _ = collate(batch, mean=teacher.shape.pools)
        hidden = teacher.hidden(torch.from_numpy(ids), torch.from_numpy(pooling))
        logits = teacher.labels(hidden)
        for number, item in enumerate(batch):
            rows = slice(1, 1 + len(item.first))
            found[item.index] = Target(
                logits[number, rows].numpy().astype(np.float16), hidden[number, rows].numpy().astype(np.float16)
            )
    return [found[index] for index in range(len(sentences))]


def write_targets(path: Path, targets: Sequence[Target]) -> None:
    """Keep what the teacher said, which takes longer to ask again than to read."""
    lengths = [len(target.logits) for target in targets]
    parts = (np.concatenate([target[part] for target in targets]) for part in (0, 1))
    beside = path.with_suffix(".part.npz")
    np.savez(beside, np.array(lengths), *parts)
    beside.replace(path)


def read_targets(path: Path) -> list[Target]:
    """What `write_targets` kept."""
    with np.load(path) as file:
        lengths, logits, hidden = (file[name] for name in file.files)
    cuts = lengths.cumsum()[:-1]
    return [Target(*parts) for parts in zip(np.split(logits, cuts), np.split(hidden, cuts), strict=True)]


class DistillationLoss:
    """Kullback-Leibler divergence from the teacher, distance from its last layer, and the corpus' own labels.

    Sentences beyond the targets, in a batch with others, are learnt by their labels alone.
    """

    def __init__(self, targets: Sequence[Target], *, hidden: float = 1.0, gold: float = 0.3) -> None:
        self.targets, self.hidden, self.gold = targets, hidden, gold

    def __call__(
        self, tagger: Tagger, ids: Tensor, pooling: Tensor, labels: Tensor, batch: Sequence[Encoded]
    ) -> Tensor:
        """The loss of a batch: a mean over its words."""
        states = tagger.hidden(ids, pooling)
        logits = tagger.labels(tagger.dropout(states))
        taught = torch.tensor([item.index < len(self.targets) for item in batch])
        known = (labels != IGNORED).float()
        weight = known * torch.where(taught, self.gold, 1.0)[:, None]
        truth = labels.clamp(min=0)
        losses = functional.cross_entropy(logits.flatten(0, 1), truth.flatten(), reduction="none")
        loss = (losses * weight.flatten()).sum() / known.sum().clamp(min=1)
        if not bool(taught.any()):
            return loss
        width = labels.shape[1]
        items = [(n, item) for n, item in enumerate(batch) if item.index < len(self.targets)]
        rows = torch.cat([torch.arange(1, 1 + len(item.first)) + n * width for n, item in items])
        said = [self.targets[item.index] for _, item in items]
        cuts = [len(item.first) for _, item in items]
        wanted, deep = (
            torch.from_numpy(np.concatenate([part[:cut] for part, cut in zip(parts, cuts, strict=True)])).float()
            for parts in zip(*said, strict=True)
        )
        own = functional.log_softmax(logits.flatten(0, 1)[rows], -1)
        teacher = functional.log_softmax(wanted, -1)
        divergence = functional.kl_div(own, teacher, reduction="batchmean", log_target=True)
        near = functional.mse_loss(states.flatten(0, 1)[rows], deep) / deep.var()
        share = len(rows) / sum(len(item.first) for item in batch)
        return loss + share * (divergence + self.hidden * near)
