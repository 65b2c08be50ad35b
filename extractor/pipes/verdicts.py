"""Verdicts on words, remembered: words recur from text to text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

V = TypeVar("V")


class Verdicts(dict[str, V], Generic[V]):
    """What a pure function says of each word asked about, ``verdicts[word]``; at most ``size`` are kept.

    A full memory is emptied. That costs less than to keep the order of use, as ``functools.lru_cache``
    does, and a look-up takes about half the time.
    """

    def __init__(self, judge: Callable[[str], V], size: int = 1 << 14) -> None:
        super().__init__()
        self._judge = judge
        self._size = size

    def __missing__(self, word: str) -> V:
        """Judge a new word."""
        if len(self) >= self._size:
            self.clear()
        verdict = self[word] = self._judge(word)
        return verdict
