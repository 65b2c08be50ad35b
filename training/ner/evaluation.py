"""Labels of sentences by a network: constrained Viterbi over the logits of words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from training.ner.corpora import Sentence
from training.ner.labels import LABELS
from training.ner.model import Tagger
from training.ner.pieces import WordPieces, batches, collate, encode

_FORBIDDEN = -1e4
_START = np.array([_FORBIDDEN if label.startswith("I") else 0 for label in LABELS], np.float32)
_NEXT = np.array(
    [[_FORBIDDEN if after.startswith("I") and before[2:] != after[2:] else 0 for after in LABELS] for before in LABELS],
    np.float32,
)


def viterbi(logits: NDArray[np.float32]) -> list[str]:
    """The best sequence of labels (words x labels) in which I- continues its own type only."""
    if not len(logits):
        return []
    scores = logits[0] + _START
    pointers = []
    for row in logits[1:]:
        ways = scores[:, None] + _NEXT
        pointers.append(ways.argmax(0))
        scores = ways.max(0) + row
    path = [int(scores.argmax())]
    for pointer in reversed(pointers):
        path.append(int(pointer[path[-1]]))
    return [LABELS[index] for index in reversed(path)]


@torch.no_grad()
def predict(tagger: Tagger, pieces: WordPieces, sentences: Sequence[Sentence], budget: int = 4096) -> list[list[str]]:
    """The tags of each sentence; words after the longest sequence get O."""
    tagger.eval()
    result: list[list[str]] = [[] for _ in sentences]
    for batch in batches(encode(sentences, pieces), budget, None):
        ids, pooling, _ = collate(batch, mean=tagger.shape.pools)
        logits = tagger(torch.from_numpy(ids), torch.from_numpy(pooling)).numpy()
        for number, item in enumerate(batch):
            tags = viterbi(logits[number, 1 : 1 + len(item.first)])
            result[item.index] = tags + ["O"] * (len(sentences[item.index].words) - len(tags))
    return result
