"""The years that a text states, and what they say of dates that leave theirs out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from extractor.pipes.temporal.atoms import compiled
from extractor.pipes.temporal.headings import LIKELY_YEARS, chronicle_year, heading_year, list_years
from extractor.pipes.temporal.instants import day_or_none
from extractor.pipes.temporal.lexicon import lexicon, word_sets
from extractor.pipes.temporal.meanings import CalendarDate, Candidate, Span
from extractor.pipes.temporal.rules import word_before
from extractor.pipes.temporal.tense import SENTENCE_REACH

_FOLLOWING_YEARS = 2
"""So many years after its own a chronicle may look ahead to."""


@lru_cache(maxsize=1)
def _laws() -> re.Pattern[str]:
    return compiled(rf"(?:{lexicon().context.laws})[^.\n]{{0,50}}\b(?:vom|v\.) $")


def is_law(text: str, start: int) -> bool:
    """Tell whether the date at ``start`` belongs to a law or another document."""
    return text[max(start - 4, 0) : start].endswith(("vom ", "v. ")) and bool(
        _laws().search(text[max(start - 80, 0) : start])
    )


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
        self.heading = heading_year(text, candidates)
        self.lists = list_years(text, candidates)
        self.chronicle = chronicle_year(text)

    def _list(self, candidate: Candidate) -> None:
        meaning = candidate.meaning.first if isinstance(candidate.meaning, Span) else candidate.meaning
        if not isinstance(meaning, CalendarDate) or not meaning.year or is_law(self.text, candidate.start):
            return
        bare = not meaning.month and not meaning.day
        if bare and word_before(self.text, candidate.start) in word_sets().bounds:
            return
        day = day_or_none(meaning.year, meaning.month or 7, meaning.day or (15 if meaning.month else 1))
        if day is not None:
            (self.days if meaning.day else self.months if meaning.month else self.years).append((candidate.start, day))

    def following(self, position: int) -> tuple[int, date] | None:
        """Give place and day of the next date in full; else of the next month, if all named ones are of one time."""
        index = bisect_left(self.days, (position, date.min))
        if index < len(self.days):
            return self.days[index]
        index = bisect_left(self.months, (position, date.min))
        years = [day.year for _, day in self.months]
        return self.months[index] if index < len(years) and max(years) - min(years) <= 1 else None

    def beside(self, position: int) -> int | None:
        """Give the bare year that follows, or else precedes, in the same block."""
        index = bisect_left(self.years, (position, date.min))
        for place, day in (*self.years[index : index + 1], *self.years[max(index - 1, 0) : index]):
            if self._in_block(min(place, position), max(place, position)):
                return day.year
        return None

    def in_chronicle(self, position: int) -> int | None:
        """Give the year of a date in a chronicle: its own, or a later one named before ("Und 2019? Am 17. März")."""
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
        places = [*self.days, *self.months, *(place for place in self.years if place[1].year in LIKELY_YEARS)]
        return (day for _, day in sorted(places, key=lambda place: abs(place[0] - position))[:most])
