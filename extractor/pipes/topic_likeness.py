"""Whether two names of topics say the same, by the stems of their words."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.pipes.noun_phrase_words import word_classes
from extractor.pipes.verdicts import Verdicts

_STEM_WORDS = re.compile(r"\w{3,}")
ROOT_LENGTH = 6
_STEM_ENDING = re.compile(r"(?:innen|ern|en|er|es|em|e|n|s)$")


@lru_cache(maxsize=1)
def _stems() -> Verdicts[str]:
    return Verdicts(_stem)


def _stem(word: str) -> str:
    """The stem of a word in lower case, "" for a function word."""
    if word in word_classes():
        return ""
    return _STEM_ENDING.sub("", word) if len(word) > 4 else word


def stems(name: str) -> frozenset[str]:
    """Stems of a name's words, to tell near-duplicates."""
    known = _stems()
    return frozenset(stem for word in _STEM_WORDS.findall(name.casefold()) if (stem := known[word]))


def near(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two names say the same: one's words are among the other's, or most words are shared."""
    if not a or not b:
        return a == b
    common = len(a & b)
    if common == min(len(a), len(b)) or 2 * common >= 0.67 * (len(a) + len(b)):
        return True
    return len(a) == len(b) == 1 and _shares_root(next(iter(a)), next(iter(b)))


def _shares_root(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return len(short) >= ROOT_LENGTH and long.startswith(short)
