"""The years that a text states, and what they say of dates that leave theirs out.

A line above a list gives the years of its dates, a heading that of the text; a chronicle ("Das Jahr 2018 im
Heimatverein") is all of its year, but for what a later year, named just before, opens.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from extractor.pipes.temporal.atoms import compiled
from extractor.pipes.temporal.instants import day_or_none
from extractor.pipes.temporal.lexicon import lexicon
from extractor.pipes.temporal.meanings import CalendarDate, Candidate, Span
from extractor.pipes.temporal.rules import word_before
from extractor.pipes.temporal.tense import SENTENCE_REACH

LIKELY = range(1990, 2100)
"""Years that a text is likely to be about."""
_HEAD = 600
"""Characters of a text that its first three lines are looked for in."""
_HEADING = 60
"""Characters of the longest line that heads a list of dates."""
_TITLE = 100
"""Characters of the longest line that is a chronicle's title."""
_INDENT = 12
"""How far into its line the date of a list may stand."""
_FOLLOWING_YEARS = 2
"""So many years after its own a chronicle may look ahead to."""
_ISSUE = re.compile(
    r"\b(?:Nr\.|No\.|Nummer|Ausgabe|Heft|Folge|\w{0,30}(?:[Bb]rief|[Bb]latt|[Ii]nfo|[Ll]etter|[Pp]ost|[Bb]ote|[Zz]eitung))"
    r" ?(?:Nr\. ?)?\d{1,3} ?[/-] ?(20\d\d)\b"
)
"""The number of an issue and its year: "Rundbrief Nr. 2/2024"."""


@lru_cache(maxsize=1)
def _laws() -> re.Pattern[str]:
    return compiled(rf"(?:{lexicon().context.laws})[^.\n]{{0,50}}\b(?:vom|v\.) $")


@lru_cache(maxsize=1)
def _chronicles() -> re.Pattern[str]:
    context = lexicon().context
    return compiled(rf"(?:{context.chronicles})(?![^\n]*\b(?:{context.no_chronicles})\b)")


def is_law(text: str, start: int) -> bool:
    """Tell whether the date at ``start`` belongs to a law or another document."""
    return text[max(start - 4, 0) : start].endswith(("vom ", "v. ")) and bool(
        _laws().search(text[max(start - 80, 0) : start])
    )


def chronicle_year(text: str) -> int | None:
    """Give the year of a chronicle, told by its title: "Das Jahr 2018 im Heimatverein", "Jahresrückblick 2022"."""
    for line in _first_lines(text):
        title = line.strip()
        if len(title) <= _TITLE and not title.endswith(".") and (match := _chronicles().search(title)):
            return int(next(year for year in match.groups() if year))
    return None


def _first_lines(text: str) -> Iterator[str]:
    yield from text[: _end_of_head(text)].split("\n")


def _end_of_head(text: str) -> int:
    """Give the offset at which the first three lines end."""
    end = -1
    for _ in range(3):
        end = text.find("\n", end + 1)
        if end < 0:
            end = len(text)
            break
    return min(end, _HEAD)


class NamedYears:
    """The dates of a text that state their year, those at ``skipped`` (the text's own) left out."""

    def __init__(self, text: str, candidates: list[Candidate], skipped: frozenset[int]) -> None:
        self.text = text
        self.days: list[tuple[int, date]] = []
        self.months: list[tuple[int, date]] = []
        self.years: list[tuple[int, date]] = []
        for index, candidate in enumerate(candidates):
            if index not in skipped:
                self._list(candidate)
        self.heading = self._heading(candidates)
        self.lists = self._lists(candidates)
        self.chronicle = chronicle_year(text)

    def _list(self, candidate: Candidate) -> None:
        meaning = candidate.meaning.first if isinstance(candidate.meaning, Span) else candidate.meaning
        if not isinstance(meaning, CalendarDate) or not meaning.year or is_law(self.text, candidate.start):
            return
        day = day_or_none(meaning.year, meaning.month or 7, meaning.day or (15 if meaning.month else 1))
        if day is not None:
            (self.days if meaning.day else self.months if meaning.month else self.years).append((candidate.start, day))

    def _heading(self, candidates: list[Candidate]) -> int | None:
        """Give the bare year in the first lines."""
        end = _end_of_head(self.text)
        for candidate in candidates:
            if candidate.start >= end:
                break
            meaning = candidate.meaning
            if isinstance(meaning, CalendarDate) and meaning.year in LIKELY and meaning.day is None:
                return None if word_before(self.text, candidate.start) == "seit" else meaning.year
        issue = _ISSUE.search(self.text, 0, end)
        return int(issue[1]) if issue is not None else None

    def _lists(self, candidates: list[Candidate]) -> dict[int, int]:
        """Give the years of dates that begin a line of a list, by their offsets: the one in the line above the list."""
        found: dict[int, int] = {}
        year, below = None, -1
        begin, end = 0, -1
        for candidate in candidates:
            meaning = candidate.meaning.first if isinstance(candidate.meaning, Span) else candidate.meaning
            if not isinstance(meaning, CalendarDate):
                continue
            if candidate.start > end:
                begin = self.text.rfind("\n", end + 1, candidate.start) + 1 or max(end + 1, 0)
                end = self.text.find("\n", candidate.end)
                end = len(self.text) if end < 0 else end
            if meaning.year and not meaning.day and end - begin <= _HEADING:
                year, below = meaning.year, end + 1
            elif year and begin == below and candidate.start - begin <= _INDENT and meaning.day and not meaning.year:
                found[candidate.start] = year
                below = end + 1
        return found

    def following(self, position: int) -> date | None:
        """Give the next day that the text names in full; else its month, if all that it names are of one time."""
        index = bisect_left(self.days, (position, date.min))
        if index < len(self.days):
            return self.days[index][1]
        index = bisect_left(self.months, (position, date.min))
        years = [day.year for _, day in self.months]
        return self.months[index][1] if index < len(years) and max(years) - min(years) <= 1 else None

    def beside(self, position: int) -> int | None:
        """Give the bare year that follows, or else precedes, in the same block."""
        index = bisect_left(self.years, (position, date.min))
        for place, day in (*self.years[index : index + 1], *self.years[max(index - 1, 0) : index]):
            if self._in_block(min(place, position), max(place, position)):
                return day.year
        return None

    def in_chronicle(self, position: int) -> int | None:
        """Give the year of a date in a chronicle: its own, or a later one named just before ("Und 2019? Am 17. März")."""
        own = self.chronicle
        if own is None:
            return None
        index = bisect_left(self.years, (position, date.min))
        for place, day in self.years[max(index - 1, 0) : index]:
            if own < day.year <= own + _FOLLOWING_YEARS and self._in_block(place, position):
                return day.year
        return own

    def _in_block(self, low: int, high: int) -> bool:
        return high - low <= SENTENCE_REACH and "\n" not in self.text[low:high]

    def tells_of_old(self, start: int, end: int, latest: int) -> bool:
        """Tell whether a bare year not after ``latest`` stands between two offsets."""
        named = self.years[bisect_left(self.years, (start, date.min)) : bisect_left(self.years, (end, date.min))]
        return any(day.year <= latest for _, day in named)

    def nearest(self, position: int, most: int) -> Iterator[date]:
        """Give the dates of the text, those nearest to an offset first."""
        places = [*self.days, *self.months, *(place for place in self.years if place[1].year in LIKELY)]
        return (day for _, day in sorted(places, key=lambda place: abs(place[0] - position))[:most])
