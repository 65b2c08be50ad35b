"""Words and sentences of a reading's text, for rules that look around a cue.

A light-weight splitter: a sentence ends at a line's end, at a cell's border, at ";" and at a full
stop that closes no ordinal, initial or abbreviation.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import accumulate

_END = re.compile(
    r"\n|\||;(?= )|!(?=[“”\"«»’)]{0,2} )|\?(?=[“”\"«»’)]{0,2} )|\.(?=[“”\"«»’)]{0,2} [(„»«\"“]{0,2}[A-ZÄÖÜ])"
)
_NO_END = re.compile(
    r"(?:(?<!\d)\d{1,2}|(?<!\w)[IVX]{1,4}|(?<!\w)\w|(?<!\w)(?:ca|Dr|Prof|Nr|St|bzw|inkl|Dipl|Ing|Tel|Str|max|Mag|Univ|Hr|Fr|geb|sog"
    r"|vgl|usw|Mo|Di|Mi|Do|Sa|So|Jan|Feb|Mär|Apr|Jun|Jul|Aug|Sep|Sept|Okt|Nov|Dez|evtl|ggf|gem|stellv|Abt|med|phil|jur|rer))$"
)
_ABBREVIATION_REACH = 8
_PUNCTUATION = '.,;:!?()|"„“”»«\n\t-–—/+*'


class Sentences:
    """The sentence ends of a text, found once."""

    __slots__ = ("_ends", "_length")

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._ends = [
            match.end()
            for match in _END.finditer(text)
            if match[0] != "." or not _NO_END.search(text, max(match.start() - _ABBREVIATION_REACH, 0), match.start())
        ]

    def around(self, position: int) -> tuple[int, int]:
        """The bounds of the sentence that holds ``position``."""
        index = bisect_right(self._ends, position)
        left = self._ends[index - 1] if index else 0
        return left, self._ends[index] if index < len(self._ends) else self._length


@lru_cache(maxsize=2)
def sentences_of(text: str) -> Sentences:
    """Split a text; several pipes ask for the same text one after the other."""
    return Sentences(text)


class Words:
    """The words of a text, lower case, with their offsets, and the text itself in lower case.

    Words are what stands between blanks and punctuation; punctuation leaves empty words.
    """

    __slots__ = ("lower", "starts", "texts")

    def __init__(self, text: str) -> None:
        lower = text.lower()
        if len(lower) != len(text):
            lower = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
        self.lower = lower
        for mark in _PUNCTUATION:
            lower = lower.replace(mark, " ")
        self.texts = lower.split(" ")
        ends = accumulate(map(len, self.texts))
        self.starts = [end + index - len(word) for index, (end, word) in enumerate(zip(ends, self.texts, strict=True))]

    def end(self, index: int) -> int:
        """The offset after a word."""
        return self.starts[index] + len(self.texts[index])

    def inside(self, left: int, right: int) -> tuple[int, int]:
        """The half-open range of the words that begin in ``[left, right)``."""
        return bisect_left(self.starts, left), bisect_left(self.starts, right)
