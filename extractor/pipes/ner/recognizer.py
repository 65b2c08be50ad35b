"""Labels for sentences of any length: windows that overlap, batches by length, decoded as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from extractor.pipes.ner.decoding import Decoder, Tagged
from extractor.pipes.ner.files import FOLDER, Size, manifest
from extractor.pipes.ner.network import Cut, Network
from extractor.pipes.ner.pieces import WordPieces

_WINDOW = 200
"""Pieces that the network sees at once; sentences of the training data are shorter."""
_OVERLAP = 50
"""Pieces that a window shares with the next one, so that every word has words on both sides."""


class Recognizer:
    """Tags the words of sentences with BIO labels of GermEval 2014; made once, it may be kept for ever."""

    def __init__(self, size: Size, *, threads: int = 1) -> None:
        self.size = size
        self.pieces = WordPieces(FOLDER / "pieces.tsv")
        self.network = Network(size, threads=threads)
        self.decoder = Decoder(manifest().labels)

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[Tagged]:
        """The labels of each sentence's words and their probabilities.

        A sentence's labels depend on nothing but its own words.
        """
        cuts: list[Cut] = []
        windows: list[list[tuple[int, int, int]]] = []
        for sentence in sentences:
            words = [self.pieces.of(word) for word in sentence]
            places = list(_windows([len(word) for word in words]))
            windows.append([(len(cuts) + number, start, end) for number, (start, end) in enumerate(places)])
            cuts.extend(Cut(words[start:end]) for start, end in places)
        tagged: list[Tagged | None] = [None] * len(sentences)
        whole = {parts[0][0]: number for number, parts in enumerate(windows) if len(parts) == 1}
        pending: dict[int, NDArray[np.float32]] = {}
        for numbers, logits in self.network.logits(cuts):
            lengths = [len(cuts[number].words) for number in numbers]
            single = [row for row, number in enumerate(numbers) if number in whole]
            if single:
                decoded = self.decoder.decode(logits[single], [lengths[row] for row in single])
                for row, result in zip(single, decoded, strict=True):
                    tagged[whole[numbers[row]]] = result
            pending |= {n: logits[row, : lengths[row]] for row, n in enumerate(numbers) if n not in whole}
        for number, parts in enumerate(windows):
            if len(parts) > 1:
                joined = _join([(start, end, pending[cut]) for cut, start, end in parts])
                tagged[number] = self.decoder.decode(joined[None], [len(joined)])[0]
        return [result or Tagged([], []) for result in tagged]


@lru_cache(maxsize=2)
def recognizer(size: Size) -> Recognizer:
    """The recognizer of a size, made once in a process."""
    return Recognizer(size)


def _windows(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Stretches of words that fit the network; one, for nearly all sentences."""
    if sum(lengths) <= _WINDOW:
        if lengths:
            yield 0, len(lengths)
        return
    start = 0
    while True:
        end, pieces = start, 0
        while end < len(lengths) and pieces + lengths[end] <= _WINDOW:
            pieces += lengths[end]
            end += 1
        yield start, end
        if end == len(lengths):
            return
        shared = 0
        start = end
        while shared + lengths[start - 1] <= _OVERLAP:
            start -= 1
            shared += lengths[start]


def _join(parts: Sequence[tuple[int, int, NDArray[np.float32]]]) -> NDArray[np.float32]:
    """The logits of overlapping windows as one; half an overlap comes from the window in which it lies deeper."""
    joined = np.zeros((parts[-1][1], parts[0][2].shape[1]), np.float32)
    middle = 0
    for number, (start, end, logits) in enumerate(parts):
        following = parts[number + 1][0] if number + 1 < len(parts) else end
        until = (following + end) // 2 if number + 1 < len(parts) else end
        joined[middle:until] = logits[middle - start : until - start]
        middle = until
    return joined
