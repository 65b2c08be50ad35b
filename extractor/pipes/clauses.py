"""Words and clauses of a reading's text, for rules that look around a cue."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

import numpy as np

from extractor.pipes.sentences import sentence_bounds

_WITHIN = re.compile(r";(?= )|\|")
_BLANK = ord(" ")
_PUNCTUATION = ".,;:!?()|\"'’„“”»«\n\t-–—/+*"


class Clauses:
    """The ends of a text's clauses, found once: sentences, parted at semicolons and at the borders of cells."""

    __slots__ = ("_ends", "_length")

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._ends = [end for _, end in sentence_bounds(text)]
        if "; " in text or "|" in text:
            within = (match.end() for match in _WITHIN.finditer(text))
            self._ends = sorted({*self._ends, *within})

    def around(self, position: int) -> tuple[int, int]:
        """The bounds of the clause that holds ``position``."""
        index = bisect_right(self._ends, position)
        left = self._ends[index - 1] if index else 0
        return left, self._ends[index] if index < len(self._ends) else self._length


@lru_cache(maxsize=2)
def clauses_of(text: str) -> Clauses:
    """Split a text; several pipes ask for the same text one after the other."""
    return Clauses(text)


class Words:
    """The words of a text, lower case, with their offsets.

    Words are what stands between blanks and punctuation; punctuation leaves empty words.
    """

    __slots__ = ("starts", "texts")

    def __init__(self, text: str) -> None:
        for mark in _PUNCTUATION:
            text = text.replace(mark, " ")
        self.texts = lower(text).split(" ")
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        self.starts: list[int] = [0, *(np.flatnonzero(codes == _BLANK) + 1).tolist()]

    def end(self, index: int) -> int:
        """The offset after a word."""
        return self.starts[index] + len(self.texts[index])

    def inside(self, left: int, right: int) -> tuple[int, int]:
        """The half-open range of the words that begin in ``[left, right)``."""
        return bisect_left(self.starts, left), bisect_left(self.starts, right)


@lru_cache(maxsize=2)
def words_of(text: str) -> Words:
    """Split a text into words; several pipes ask for the same text one after the other."""
    return Words(text)


def lower(text: str) -> str:
    """A text in lower case, of the same length."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
