"""The years that headings give to the dates below them: a text's first lines, a chronicle's title, a list's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extractor.pipes.temporal.atoms import compiled
from extractor.pipes.temporal.lexicon import lexicon, word_sets
from extractor.pipes.temporal.meanings import CalendarDate, Candidate, Span
from extractor.pipes.temporal.rules import word_before

LIKELY_YEARS = range(1990, 2100)
"""Years that a text is likely to be about."""
_HEADING = 60
"""Characters of the longest line that heads a list of dates."""
_TITLE = 100
"""Characters of the longest line that is a chronicle's title."""
_INDENT = 12
"""How far into its line the date of a list may stand."""


@lru_cache(maxsize=1)
def _issue() -> re.Pattern[str]:
    """The number of an issue and its year: "Rundbrief Nr. 2/2024"."""
    context = lexicon().context
    papers = "|".join(f"[{paper[0].upper()}{paper[0]}]{paper[1:]}" for paper in context.papers)
    return re.compile(
        rf"\b(?:{'|'.join(map(re.escape, context.issues))}|\w{{0,30}}(?:{papers}))"
        r" ?(?:Nr\. ?)?\d{1,3} ?[/-] ?(20\d\d)\b"
    )


def _end_of_head(text: str) -> int:
    """Give the offset at which the first three lines end."""
    end = -1
    for _ in range(3):
        end = text.find("\n", end + 1)
        if end < 0:
            end = len(text)
            break
    return min(end, 600)


def heading_year(text: str, candidates: Sequence[Candidate]) -> int | None:
    """Give the year that a text's first lines name, bare, with a month, or as an issue's: "Rundbrief Nr. 2/2024"."""
    end = _end_of_head(text)
    for candidate in candidates:
        if candidate.start >= end:
            break
        meaning = candidate.meaning
        if isinstance(meaning, CalendarDate) and meaning.year in LIKELY_YEARS and meaning.day is None:
            return None if word_before(text, candidate.start) in word_sets().bounds else meaning.year
    issue = _issue().search(text, 0, end)
    return int(issue[1]) if issue is not None else None


def list_years(text: str, candidates: Sequence[Candidate]) -> dict[int, int]:
    """Give the years of dates that begin a line of a list, by their offsets: the one in the line above the list."""
    found: dict[int, int] = {}
    year, below = None, -1
    begin, end = 0, -1
    for candidate in candidates:
        meaning = candidate.meaning.first if isinstance(candidate.meaning, Span) else candidate.meaning
        if not isinstance(meaning, CalendarDate):
            continue
        if candidate.start > end:
            begin = text.rfind("\n", end + 1, candidate.start) + 1 or max(end + 1, 0)
            end = text.find("\n", candidate.end)
            end = len(text) if end < 0 else end
        if meaning.year and not meaning.day and end - begin <= _HEADING:
            year, below = meaning.year, end + 1
        elif year and begin == below and candidate.start - begin <= _INDENT and meaning.day and not meaning.year:
            found[candidate.start] = year
            below = end + 1
    return found


@lru_cache(maxsize=1)
def _chronicles() -> re.Pattern[str]:
    context = lexicon().context
    return compiled(rf"(?:{context.chronicles})(?![^\n]*\b(?:{context.no_chronicles})\b)")


def chronicle_year(text: str) -> int | None:
    """Give the year of a chronicle, told by its title: "Das Jahr 2018 im Heimatverein", "Jahresrückblick 2022"."""
    for line in text[: _end_of_head(text)].split("\n"):
        title = line.strip()
        if len(title) <= _TITLE and not title.endswith(".") and (match := _chronicles().search(title)):
            return int(next(year for year in match.groups() if year))
    return None
