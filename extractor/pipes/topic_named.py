"""The words of names in a reading, which alone are no topics."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from extractor.pipes.names import is_common_noun
from extractor.pipes.words import capitalised_words

_WORD = re.compile(r"[A-ZÄÖÜ][\w-]+")


class Named(NamedTuple):
    """Words that only name something, wherever they stand, and the offsets at which words of names begin."""

    words: frozenset[str] = frozenset()
    starts: frozenset[int] = frozenset()


def named_in(text: str, names: Iterable[tuple[int, int]]) -> Named:
    """The words of the names of a reading, given as stretches of it.

    A common noun that stands outside of names as well is still a noun: "Fachtag Schulsozialarbeit", beside the
    "Landesvereinigung Schulsozialarbeit".
    """
    within = {match.start(): match[0] for start, end in names for match in _WORD.finditer(text, start, end)}
    outside = {word for word, start in capitalised_words(text) if start not in within}
    words = frozenset(word for word in within.values() if word not in outside or not is_common_noun(word))
    return Named(words, frozenset(within))
