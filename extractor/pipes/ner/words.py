"""Words as the model's training data has them: GermEval parts hyphens from nothing, but marks from words."""

from __future__ import annotations

import re
from typing import NamedTuple

_WORD = re.compile(
    r"""
    e\.\ ?V\.                                     # an association: one word
    | [^\W\d_]\.(?=\ ?[^\W_]|\ [„"»(])             # an initial, "z.", "B."
    | \d{1,3}\.(?=\ [^\W\d_])                     # an ordinal
    | \d{1,20}(?:[.,:/]\d{1,20}){1,8}             # 1.200, 19:30, 2007/2008
    | \w{1,200}(?:[-'’/]\w{1,200}){0,8}(?:-(?=\ ))?
    | [^\w\s]
    """,
    re.VERBOSE,
)


class Word(NamedTuple):
    """A word and its offsets."""

    text: str
    start: int
    end: int


def words_of(text: str, start: int, end: int) -> list[Word]:
    """The words of ``text[start:end]``."""
    return [Word(found[0].replace(" ", ""), *found.span()) for found in _WORD.finditer(text, start, end)]
