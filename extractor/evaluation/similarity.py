"""How alike two names are: as bags of stems, and letter by letter."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache

_WORD = re.compile(r"\w+")
_ARTICLES = frozenset({"der", "die", "das", "des", "dem", "den", "the", "a", "an"})
_INDEFINITE = re.compile(r"ein(?:e[rsm]?)?")
_ENDING = re.compile(r"(?:innen|ern|en|er|es|em|e|n|s)$")
_SHORTEST_INFLECTED = 5


@lru_cache(maxsize=8192)
def stems(text: str) -> tuple[str, ...]:
    """The words of a name in lower case, without articles and common endings."""
    words = _WORD.findall(unicodedata.normalize("NFC", text).casefold())
    return tuple(
        _ENDING.sub("", word) if len(word) >= _SHORTEST_INFLECTED else word
        for word in words
        if word not in _ARTICLES and not _INDEFINITE.fullmatch(word)
    )


def similarity(first: str, second: str) -> float:
    """The larger of the F1 of two names' stems and of their letters' ratio, 0 to 1."""
    ours, theirs = stems(first), stems(second)
    letters = SequenceMatcher(None, " ".join(ours), " ".join(theirs)).ratio()
    if not ours or not theirs:
        return max(float(ours == theirs), letters)
    shared = sum((Counter(ours) & Counter(theirs)).values())
    return max(2 * shared / (len(ours) + len(theirs)), letters)


def nearest(gold: str, found: str | None) -> float:
    """The similarity of a name to that of gold's alternatives which is most like it."""
    if not found:
        return 0.0
    return max(similarity(alternative, found) for alternative in gold.split("|"))
