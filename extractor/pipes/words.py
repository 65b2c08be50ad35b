"""The words of a reading, found once for all pipes that look for names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TypeAlias

_CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w-]{0,60}")
_TOKEN = re.compile(r"\w{1,60}(?:[-–’'/.+]\w{1,60}){0,8}-?|[^\w\s]")

Token: TypeAlias = re.Match[str]
"""A word or a single other character of a reading: ``token[0]``, ``token.start()``, ``token.end()``.

"Zittau/Görlitz" and "Wasser-" are one token each. Tokens stay matches since most are never looked at.
"""


@lru_cache(maxsize=1)
def capitalised_words(text: str) -> list[tuple[str, int]]:
    """Words that begin with a capital letter, with their offsets, in text order.

    What follows small letters or digits in a word is listed as well ("iPhone": "Phone"); who asks
    looks at what stands before. The last result is kept, since several pipes ask for the same text.
    """
    return [(word[0], word.start()) for word in _CAPITALISED.finditer(text)]


@lru_cache(maxsize=1)
def _tokens_of_lines(text: str) -> dict[int, list[Token]]:
    """Tokens of the lines asked for so far, by the offset that a line begins at; of the last text only."""
    return {}


def lines_with(text: str, positions: Sequence[int]) -> Iterator[tuple[list[Token], Sequence[int]]]:
    """Tokens of each line that holds a position, with the line's positions; ``positions`` ascend."""
    lines = _tokens_of_lines(text)
    first = 0
    while first < len(positions):
        start = text.rfind("\n", 0, positions[first]) + 1
        end = text.find("\n", positions[first])
        end = len(text) if end < 0 else end
        last = bisect_left(positions, end, first)
        if start not in lines:
            lines[start] = list(_TOKEN.finditer(text, start, end))
        yield lines[start], positions[first:last]
        first = max(last, first + 1)


def indices_at(tokens: Sequence[Token], positions: Sequence[int]) -> list[int]:
    """Indices of the tokens that hold the positions, each index once; ``positions`` ascend."""
    indices: list[int] = []
    index = 0
    for position in positions:
        index = bisect_right(tokens, position, index, key=re.Match.start) - 1
        indices.append(index)
    return [index for index, _ in groupby(indices)]


def text_at(tokens: Sequence[Token], index: int) -> str:
    """Return the token's text, empty beyond the line's ends."""
    return tokens[index][0] if 0 <= index < len(tokens) else ""


def adjacent(tokens: Sequence[Token], index: int) -> bool:
    """Whether only a blank lies between a token and the next."""
    return index + 1 < len(tokens) and tokens[index + 1].start() - tokens[index].end() == 1


def occurrences(text: str, literal: str) -> Iterator[int]:
    """Offsets at which a literal begins, in text order."""
    at = text.find(literal)
    while at >= 0:
        yield at
        at = text.find(literal, at + 1)
