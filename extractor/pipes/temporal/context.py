"""What fills holes: the reference date and the dates that the text names."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from extractor.pipes.temporal.instants import MIDDLES, Inferred, Instant
from extractor.pipes.temporal.lexicon import word_sets
from extractor.pipes.temporal.meanings import Candidate, Shift, Week
from extractor.pipes.temporal.named_years import NamedYears, is_law
from extractor.pipes.temporal.rules import word_before
from extractor.pipes.temporal.scanner import Scan
from extractor.pipes.temporal.tense import SENTENCE_REACH, Tense

_SLACK = 14
"""Days by which a date may lie on the side that its sentence's tense does not ask for."""
_MOST_TRIED = 12
"""Other dates of a text that are tried until one gives the year in which a weekday fits."""

_OF_NOUN = re.compile(r"\b(?:das|den|dem|der|die|des|zum|vom|beim) (?!Jahr|Ende|Mitte|Anfang)[A-ZÄÖÜ][a-zäöüß]{3,30} $")
"""A noun that has a bare year as its name: "das Budget 2024"."""
Occurrence = Callable[[int], date | None]
"""Gives the day meant in a year; for a month or season the one in its middle."""


class Anchor(NamedTuple):
    """A day to count from, or just a year; ``label`` says where it comes from, ``ahead`` where it stands further on."""

    day: date
    label: Inferred
    year_only: bool = False
    ahead: int | None = None


class Mention(NamedTuple):
    """Days that the text has named, and where."""

    first: date
    last: date
    position: int


class Context:
    """The state of one pass over a text's expressions, in text order.

    ``reference`` is the day to count from, ``around`` one about which the text was written where only the
    month is known: it completes years, but "gestern" does not count from it.
    """

    def __init__(
        self,
        text: str,
        scan: Scan,
        reference: Anchor | None,
        skipped: frozenset[int] = frozenset(),
        around: Anchor | None = None,
    ) -> None:
        self.text = text
        self.tense = Tense(text, scan)
        self.reference = reference
        self.around = reference or around
        self.previous: Mention | None = None
        self.last: Mention | None = None
        self.last_full: tuple[date, int] | None = None
        self.last_year: int | None = None
        self.year_at = -1
        self.said_year: tuple[int, int] | None = None  # "next year", and where it is said
        self.lead: Mention | None = None
        self.week: tuple[Mention, bool] | None = None
        self.weekdays: dict[int, Mention] = {}
        self.named = NamedYears(text, scan.candidates, skipped)

    def note(self, candidate: Candidate, instant: Instant) -> None:
        """Remember what was resolved, for what follows."""
        if is_law(self.text, candidate.start):
            return
        if instant.start is not None and instant.start[:4].isdigit():
            self.last_year, self.year_at = int(instant.start[:4]), candidate.end
            if instant.precision == "year" and candidate.rule.startswith("date.relative"):
                self.said_year = (self.last_year, candidate.end)
        if instant.first is None or instant.last is None:
            middle = self._middle(candidate, instant)
            if middle is not None:
                self.last_full = (middle, candidate.end)
            return
        if instant.precision == "year" and self._is_aside(candidate.start):
            return
        mention = Mention(instant.first, instant.last, candidate.end)
        self.last_full = (instant.first, candidate.end)
        if instant.precision == "week":
            self.week = (mention, isinstance(candidate.meaning, Week))
        if instant.precision != "day" or candidate.rule == "date.dateline":
            return
        self.previous = mention
        if word_before(self.text, candidate.start) in word_sets().bounds:
            return
        if self.lead is None:
            self.lead = mention
        if not (isinstance(candidate.meaning, Shift) and candidate.meaning.amount == 0):
            self.last = mention
        if instant.first == instant.last:
            self.weekdays[instant.first.weekday()] = mention
        elif (instant.last - instant.first).days <= 13:
            for ordinal in range(instant.first.toordinal(), instant.last.toordinal() + 1):
                day = date.fromordinal(ordinal)
                self.weekdays[day.weekday()] = Mention(day, day, candidate.end)

    def _is_aside(self, start: int) -> bool:
        """Tell whether a bare year says nothing of dates beside it: a noun's name, or a limit ("bis 2030")."""
        if word_before(self.text, start) in word_sets().bounds:
            return True
        return _OF_NOUN.search(self.text, max(start - 40, 0), start) is not None

    def _middle(self, candidate: Candidate, instant: Instant) -> date | None:
        """Give the day in the middle of a month, or of a season whose year is stated."""
        if instant.start is None or not instant.start[:4].isdigit():
            return None
        year, part = int(instant.start[:4]), int(instant.start[5:7] or 0)
        if instant.precision == "month":
            return date(year, part, 15)
        stated = instant.precision == "season" and instant.inferred is None
        if not stated or word_before(self.text, candidate.start) in word_sets().bounds:
            return None
        return date.fromisoformat(f"{year:04d}-{MIDDLES[part]}")

    def anchor(self, position: int, to_day: bool = True) -> Anchor | None:
        """Give the day from which a year at ``position`` is counted; a later date serves days only."""
        if self.around is not None:
            return self.around
        low, _ = self.tense.sentence(position, position)
        if self.last_full is not None and self.last_full[1] >= low:
            return Anchor(self.last_full[0], "context")
        if self.lead is not None:
            return Anchor(self.lead.first, "context")
        if self.last_full is not None:
            return Anchor(self.last_full[0], "context")
        if self.named.heading is not None:
            return Anchor(date(self.named.heading, 7, 1), "context", year_only=True)
        year = self.named.beside(position)
        if year is not None:
            return Anchor(date(year, 7, 1), "context", year_only=True)
        following = self.named.following(position) if to_day else None
        return Anchor(following[1], "context", ahead=following[0]) if following is not None else None

    def named_year(self, position: int) -> int | None:
        """Give the year that "im Vorjahr" counts from: named in its sentence, else that of the text's first day."""
        low, _ = self.tense.sentence(position, position)
        if self.year_at >= low or self.lead is None:
            return self.last_year
        return self.lead.first.year

    def tells_of_old(self, start: int, end: int, years: int) -> bool:
        """Tell whether a bare year so many years before the reference date stands between two offsets."""
        if self.reference is None:
            return False
        return self.named.tells_of_old(start, end, self.reference.day.year - years)

    def topic(self, position: int, near: bool = False) -> Mention | None:
        """Give the days that "am folgenden Tag" counts from: those named last in the block, else the text's first."""
        last = self.last
        if last and position - last.position <= SENTENCE_REACH and "\n" not in self.text[last.position : position]:
            return last
        return None if near else self.lead or last

    def year_of(
        self,
        candidate: Candidate,
        occurrence: Occurrence,
        weekday: int | None = None,
        slack: int = _SLACK,
        direction: int | None = None,
        past_within: int | None = None,
    ) -> tuple[int | None, Inferred | None]:
        """Choose the year of a date that has none.

        ``direction`` is what the expression itself says ("letzten Juli" is -1, "diesen Juli" 0). Where nothing tells
        the direction, what is more than ``past_within`` days ago is the one to come.
        """
        if candidate.start in self.named.lists:
            return self.named.lists[candidate.start], "context"
        if direction is None and self.said_year is not None:
            low, _ = self.tense.sentence(candidate.start, candidate.start)
            if self.said_year[1] >= low:
                return self.said_year[0], "context"
        if direction is None and (told := self._in_chronicle(candidate, occurrence, weekday)) is not None:
            return told, "context"
        anchor = self.anchor(candidate.start, to_day=slack <= _SLACK)
        if anchor is None:
            year = self._verified(candidate, occurrence, weekday)
            return (year, "context") if year is not None else (None, None)
        reach = 6 if weekday is not None else 1
        years = range(max(anchor.day.year - reach, 1), min(anchor.day.year + reach, 9999) + 1)
        days = {year: day for year in years if (day := occurrence(year)) is not None}
        if anchor.year_only or direction == 0:
            if anchor.year_only and self._is_refuted(anchor, occurrence, weekday):
                return None, None
            return anchor.day.year, anchor.label
        if not days:
            return self._leap_year(anchor, occurrence)
        chosen = self._nearest(candidate, anchor, days, slack, direction, past_within)
        if weekday is None or days[chosen].weekday() == weekday:
            return chosen, anchor.label
        stated = self._verified(candidate, occurrence, weekday) if anchor.label == "context" else None
        if stated is not None:
            return stated, "context"
        fitting = [year for year in days if days[year].weekday() == weekday]
        if not fitting:
            return chosen, anchor.label
        return min(fitting, key=lambda year: abs(days[year] - anchor.day)), "weekday"

    def _in_chronicle(self, candidate: Candidate, occurrence: Occurrence, weekday: int | None) -> int | None:
        """Give the year of a date in a chronicle; a weekday that it names may say that it is the next or last one."""
        year = self.named.in_chronicle(candidate.start)
        if year is None or weekday is None:
            return year
        fits = (near for near in (year, year + 1, year - 1) if (day := occurrence(near)) and day.weekday() == weekday)
        return next(fits, year)

    def _is_refuted(self, anchor: Anchor, occurrence: Occurrence, weekday: int | None) -> bool:
        """Tell whether the stated weekday refutes a bare year that stands beside ("Hungerwinter 1946/47")."""
        day = occurrence(anchor.day.year)
        return (
            weekday is not None and anchor.day.year != self.named.heading and (day is None or day.weekday() != weekday)
        )

    def _verified(self, candidate: Candidate, occurrence: Occurrence, weekday: int | None) -> int | None:
        """Give the year of the nearest other date of the text in which the weekday is right."""
        if weekday is None:
            return None
        for day in self.named.nearest(candidate.start, _MOST_TRIED):
            near = [found for year in range(day.year - 1, day.year + 2) if (found := occurrence(year)) is not None]
            nearest = min(near, key=lambda found: abs(found - day), default=None)
            if nearest is not None and nearest.weekday() == weekday:
                return nearest.year
        return None

    def _leap_year(self, anchor: Anchor, occurrence: Occurrence) -> tuple[int | None, Inferred | None]:
        years = range(max(anchor.day.year - 8, 1), min(anchor.day.year + 8, 9999) + 1)
        days = {year: day for year in years if (day := occurrence(year)) is not None}
        if not days:
            return None, None
        return min(days, key=lambda year: abs(days[year] - anchor.day)), anchor.label

    def _nearest(
        self,
        candidate: Candidate,
        anchor: Anchor,
        days: dict[int, date],
        slack: int,
        direction: int | None,
        past_within: int | None,
    ) -> int:
        def distance(year: int) -> int:
            return abs((days[year] - anchor.day).days)

        nearest = min(days, key=distance)
        stated = direction is not None
        if direction is None:
            if distance(nearest) <= slack:
                return nearest
            if anchor.ahead is not None:
                direction = -int(self.tense.is_past_clause(candidate) and not self.tense.is_past(anchor.ahead))
            elif anchor.label == "context":
                direction = int(self.tense.is_sequel(candidate))
            else:
                direction = self.tense.direction(candidate)
                if past_within is not None and (anchor.day - days[nearest]).days > past_within:
                    direction = direction or 1
        if direction == 0:
            return nearest
        current = slack if stated else 0
        asked = [year for year in days if (days[year] - anchor.day).days * direction > current]
        return min(asked, key=distance) if asked else nearest
