"""Word pieces of sentences, and batches of sentences of similar length."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from training.ner.corpora import Sentence
from training.ner.labels import IGNORED, INDEX

START, PAD, END, UNKNOWN = 0, 1, 2, 3
LONGEST_WORD = 24
"""Word pieces kept of one word: addresses of web pages would fill a sequence otherwise."""
_PUNCTUATION = re.compile(r"[^\w]+")


class WordPieces:
    """Word to piece ids, with a memory."""

    def __init__(self, tokenizer_file: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(tokenizer_file))
        self._blank = self.tokenizer.token_to_id("▁")
        self._memory: dict[str, tuple[int, ...]] = {}

    def of(self, word: str) -> tuple[int, ...]:
        """A word's pieces, one at least; punctuation loses the piece of the blank before it."""
        if (known := self._memory.get(word)) is None:
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids
            if len(ids) > 1 and ids[0] == self._blank and _PUNCTUATION.fullmatch(word):
                ids = ids[1:]
            known = self._memory[word] = tuple(ids[:LONGEST_WORD]) or (UNKNOWN,)
        return known


class Encoded(NamedTuple):
    """A sentence as the model reads it; `first` is where each word's first piece stands."""

    ids: list[int]
    first: list[int]
    labels: list[int]
    index: int


def encode(sentences: Sequence[Sentence], pieces: WordPieces, longest: int = 500) -> list[Encoded]:
    """Sentences in pieces, cut before the word that makes them too long."""
    encoded = []
    for index, sentence in enumerate(sentences):
        ids, first = [START], []
        for word in sentence.words:
            of_word = pieces.of(word)
            if len(ids) + len(of_word) > longest:
                break
            first.append(len(ids))
            ids.extend(of_word)
        ids.append(END)
        labels = [INDEX[tag] for tag in sentence.tags[: len(first)]]
        encoded.append(Encoded(ids, first, labels, index))
    return encoded


def batches(encoded: Sequence[Encoded], budget: int, rng: random.Random | None) -> list[list[Encoded]]:
    """Batches of at most `budget` pieces with padding; shuffled with `rng`, sorted by length without."""
    order = list(encoded)
    pool = len(order) or 1
    if rng is not None:
        rng.shuffle(order)
        pool = 2048
    result: list[list[Encoded]] = []
    for start in range(0, len(order), pool):
        current: list[Encoded] = []
        for item in sorted(order[start : start + pool], key=lambda item: len(item.ids)):
            if current and len(item.ids) * (len(current) + 1) > budget:
                result.append(current)
                current = []
            current.append(item)
        if current:
            result.append(current)
    if rng is not None:
        rng.shuffle(result)
    return result


Ids = NDArray[np.int64]
Weights = NDArray[np.float32]


def collate(batch: Sequence[Encoded], *, mean: bool) -> tuple[Ids, Weights, Ids]:
    """Ids, pooling and labels of a batch: see ``Tagger``; the labels are sentences x rows.

    A word is the ``mean`` of its pieces, or else its first one.
    """
    length, rows = max(len(item.ids) for item in batch), 1 + max(len(item.first) for item in batch)
    ids = np.full((len(batch), length), PAD, np.int64)
    pooling = np.zeros((len(batch), rows, length), np.float32)
    labels = np.full((len(batch), rows), IGNORED, np.int64)
    for number, item in enumerate(batch):
        ids[number, : len(item.ids)] = item.ids
        labels[number, 1 : 1 + len(item.labels)] = item.labels
        pooling[number, 0, 0] = 1
        ends = [*item.first[1:], len(item.ids) - 1]
        for row, (start, end) in enumerate(zip(item.first, ends, strict=False), 1):
            pooling[number, row, start : end if mean else start + 1] = 1 / (end - start) if mean else 1
    return ids, pooling, labels
