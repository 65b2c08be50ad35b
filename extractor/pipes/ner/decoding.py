"""From logits to labels: the best sequence in which an inside label only continues its own type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_FORBIDDEN = np.float32(-1e4)


class Tagged(NamedTuple):
    """A sentence's labels and how probable each is, 0 to 1."""

    labels: list[str]
    scores: list[float]


class Decoder:
    """Constrained Viterbi for BIO labels, many sentences at once."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = tuple(labels)
        inside = np.array([label.startswith("I-") for label in labels])
        same = np.array([[before[2:] == after[2:] and before != "O" for after in labels] for before in labels])
        self.first = np.where(inside, _FORBIDDEN, np.float32(0))
        self.following = np.where(inside[None, :] & ~same, _FORBIDDEN, np.float32(0))

    def decode(self, logits: NDArray[np.float32], lengths: Sequence[int]) -> list[Tagged]:
        """Labels of sentences x words x labels; ``lengths`` are the words of each sentence."""
        count, words, size = logits.shape
        exponentials = np.exp(logits - logits.max(-1, keepdims=True))
        probabilities = exponentials / exponentials.sum(-1, keepdims=True)
        pointers = np.zeros((words, count, size), np.intp)
        scores = np.empty((words, count, size), np.float32)
        if words:
            scores[0] = logits[:, 0] + self.first
        for word in range(1, words):
            ways = scores[word - 1][:, :, None] + self.following
            pointers[word] = ways.argmax(1)
            scores[word] = ways.max(1) + logits[:, word]
        return [
            self._path(pointers[:, number], scores[:, number], probabilities[number], length)
            for number, length in enumerate(lengths)
        ]

    def _path(
        self, pointers: NDArray[np.intp], scores: NDArray[np.float32], probabilities: NDArray[np.float32], length: int
    ) -> Tagged:
        path: list[int] = []
        for word in range(length - 1, -1, -1):
            path.append(int(pointers[word + 1][path[-1]]) if path else int(scores[word].argmax()))
        path.reverse()
        return Tagged(
            [self.labels[index] for index in path],
            [float(probabilities[word, index]) for word, index in enumerate(path)],
        )
