"""What an expression says beside its value: TIMEX3's ``mod``, ``quant`` and ``freq``, and what it leaves out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractor.lang.lexicon import Lexicon, load_lexicon
from extractor.pipes.temporal.instants import Instant
from extractor.pipes.temporal.lexicon import lexicon, word_set, words
from extractor.pipes.temporal.meanings import (
    BesideFeast,
    CalendarDate,
    FeastDay,
    Meaning,
    NthWeekday,
    Period,
    Span,
    Week,
)
from extractor.pipes.values import DatePart, TimexMod

_WORD = re.compile(r"\w{1,40}")
_BEFORE = re.compile(r"(?:\b(?P<other>\w{1,20}) )?\b(?P<word>\w{1,20})\.? $")
_BEFORE_WITHIN = 45
_TIMES = re.compile(r"(?P<number>\w{1,20}?)[- ]?mal")
_WITH_YEAR: dict[str, tuple[DatePart, ...]] = {
    "day": ("year", "month", "day"),
    "time": ("year", "month", "day"),
    "week": ("year", "week"),
    "month": ("year", "month"),
    "season": ("year", "season"),
    "quarter": ("year", "quarter"),
    "half": ("year", "half"),
}
"""The parts of a date by its precision, for expressions that state none of them."""


class Modifiers(Lexicon):
    """Schema of ``modifiers.toml``: words by the value of ``mod`` that they stand for, in four places."""

    parts: dict[TimexMod, list[str]]
    compounds: list[str]
    adjectives: dict[TimexMod, list[str]]
    amounts: dict[TimexMod, list[str]]


class _Tables(NamedTuple):
    first: dict[str, TimexMod]
    adjectives: dict[str, TimexMod]
    amounts: dict[str, TimexMod]
    multiples: dict[str, int]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    """Look up modifiers by the word, or the two words, in lower case."""
    lex = load_lexicon("modifiers", Modifiers)
    parts = _by_word(lex.parts)
    compounds = word_set(lex.compounds)
    return _Tables(
        first=parts | {name + part: mod for name in compounds for part, mod in parts.items()},
        adjectives=_by_word(lex.adjectives),
        amounts=_by_word(lex.amounts),
        multiples=words().numbers | dict.fromkeys((*lexicon().numbers.articles, "ein"), 1),
    )


def _by_word(groups: dict[TimexMod, list[str]]) -> dict[str, TimexMod]:
    return {word: mod for mod, choices in groups.items() for word in word_set(choices)}


def modifier(text: str, start: int, end: int, *, counted: bool) -> TimexMod | None:
    """Give the modifier of the expression at ``[start, end)``; ``counted`` if it is a duration or a set."""
    tables = _tables()
    first = _WORD.match(text, start, end)
    if first is None:
        return None
    word = first[0].lower()
    if not counted:
        return tables.first.get(word) or (tables.adjectives.get(word) if first.end() < end else None)
    if word in tables.amounts:
        return tables.amounts[word]
    before = _BEFORE.search(text[max(start - _BEFORE_WITHIN, 0) : start])
    if before is None:
        return None
    near = before["word"].lower()
    return tables.amounts.get(f"{(before['other'] or '').lower()} {near}") or tables.amounts.get(near)


def frequency(expression: str) -> str | None:
    """Give how often, as TIMEX3 has it: "2X" for "zweimal im Jahr"."""
    times = _TIMES.match(expression.lower())
    if times is None:
        return None
    number = times["number"]
    count = int(number) if number.isascii() and number.isdigit() else _tables().multiples.get(number)
    return f"{count}X" if count else None


def inferred_parts(meaning: Meaning, instant: Instant) -> list[DatePart]:
    """List the parts of a value that its expression does not state, from the largest to the smallest."""
    if instant.inferred is None:
        return []
    if isinstance(meaning, Span):
        first, last = (inferred_parts(point, instant) for point in (meaning.first, meaning.last))
        return first if len(first) >= len(last) else last
    match meaning:
        case BesideFeast():
            return inferred_parts(meaning.feast, instant)
        case CalendarDate() | Period() | Week() | FeastDay() | NthWeekday():
            return ["year"] if meaning.year is None else []
        case _:
            return list(_WITH_YEAR.get(instant.precision, ("year",)))
