"""What fills holes: the reference date, the dates named before, the tense of the sentence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from extractor.pipes.temporal.atoms import compiled
from extractor.pipes.temporal.instants import Inferred, Instant, day_or_none
from extractor.pipes.temporal.lexicon import lexicon, word_sets
from extractor.pipes.temporal.meanings import CalendarDate, Candidate, Shift, Span
from extractor.pipes.temporal.rules import word_before
from extractor.pipes.temporal.scanner import Scan

_SENTENCE_REACH = 300
_NEXT_SENTENCE = 60
_SLACK = 14
"""Days by which a date may lie on the side that its sentence's tense does not ask for."""
_PRETERITE = re.compile(r"ten?\b(?<=[a-zäöüß]{4})")
_PERFECT = re.compile(
    r"(?:hat|haben|ist|sind)\b[^.\n]{1,150}"
    r"\b(?:(?:[a-zäöüß]{2,12})?ge[a-zäöüß]{2,20}|[a-zäöüß]{2,20}ier|(?:be|ver|er|ent)[a-zäöüß]{3,20})(?:t|en)\b"
)
_PRESENT = re.compile(r"[Ww]ir (?![a-zäöüß]+ten\b)[a-zäöüß]{2,20}en\b")
_SEQUEL = re.compile(
    r"\b(?:weiter geht|geht es weiter|nächste[nrsm]?|folgt|Fortsetzung|kommende[nrsm]?)\b", re.IGNORECASE
)

_HEADING_YEARS = range(1990, 2100)


class Anchor(NamedTuple):
    """A day to count from, or just a year; ``label`` says where it comes from."""

    day: date
    label: Inferred
    year_only: bool = False


class Mention(NamedTuple):
    """Days that the text has named, and where."""

    first: date
    last: date
    position: int


@lru_cache(maxsize=1)
def _laws() -> re.Pattern[str]:
    return compiled(rf"(?:{lexicon().context.laws})[^.\n]{{0,50}}\b(?:vom|v\.) $")


class Context:
    """The state of one pass over a text's expressions, in text order."""

    def __init__(self, text: str, scan: Scan, reference: Anchor | None, skipped: frozenset[int]) -> None:
        self.text = text
        self.reference = reference
        self.sentences = scan.sentences
        self.cues = scan.cues
        self.cue_positions = [cue.position for cue in scan.cues]
        self.last: Mention | None = None
        self.last_full: tuple[date, int] | None = None
        self.last_year: int | None = None
        self.lead: Mention | None = None
        self.weekdays: dict[int, Mention] = {}
        self.following = [
            (candidate.start, day)
            for index, candidate in enumerate(scan.candidates)
            if index not in skipped and (day := _full_day(candidate)) and not self.is_law(candidate)
        ]
        self.years = [
            (candidate.start, candidate.meaning.year)
            for candidate in scan.candidates
            if isinstance(candidate.meaning, CalendarDate) and candidate.meaning.year and not candidate.meaning.month
        ]
        self.heading_year = self._heading_year(scan.candidates)

    def is_law(self, candidate: Candidate) -> bool:
        """Tell whether a date belongs to a law or another document."""
        start = candidate.start
        return self.text[max(start - 4, 0) : start].endswith(("vom ", "v. ")) and bool(
            _laws().search(self.text[max(start - 80, 0) : start])
        )

    def _heading_year(self, candidates: list[Candidate]) -> int | None:
        end = -1
        for _ in range(3):
            end = self.text.find("\n", end + 1)
            if end < 0:
                end = len(self.text)
                break
        end = min(end, 600)
        for candidate in candidates:
            if candidate.start >= end:
                break
            meaning = candidate.meaning
            if isinstance(meaning, CalendarDate) and meaning.year in _HEADING_YEARS and meaning.day is None:
                return meaning.year
        return None

    def note(self, candidate: Candidate, instant: Instant) -> None:
        """Remember what was resolved, for what follows."""
        if self.is_law(candidate):
            return
        if instant.start is not None and instant.start[:4].isdigit():
            self.last_year = int(instant.start[:4])
        if instant.first is None or instant.last is None:
            if instant.precision == "month" and instant.start is not None and self.last_year is not None:
                self.last_full = (date(self.last_year, int(instant.start[5:7]), 15), candidate.end)
            return
        mention = Mention(instant.first, instant.last, candidate.end)
        self.last_full = (instant.first, candidate.end)
        if instant.precision != "day" or word_before(self.text, candidate.start) in word_sets().bounds:
            return
        if candidate.rule == "date.dateline":
            return
        if self.lead is None:
            self.lead = mention
        if not (isinstance(candidate.meaning, Shift) and candidate.meaning.amount == 0):
            self.last = mention
        if (instant.last - instant.first).days <= 13:
            for ordinal in range(instant.first.toordinal(), instant.last.toordinal() + 1):
                day = date.fromordinal(ordinal)
                self.weekdays[day.weekday()] = Mention(day, day, candidate.end)

    def anchor(self, position: int, to_day: bool = True) -> Anchor | None:
        """Give the day from which a year at ``position`` is counted; a later date serves days only."""
        if self.reference is not None:
            return self.reference
        low, _ = self._sentence(position, position)
        if self.last_full is not None and self.last_full[1] >= low:
            return Anchor(self.last_full[0], "context")
        if self.lead is not None:
            return Anchor(self.lead.first, "context")
        if self.last_full is not None:
            return Anchor(self.last_full[0], "context")
        if self.heading_year is not None:
            return Anchor(date(self.heading_year, 7, 1), "context", year_only=True)
        year = self._year_beside(position)
        if year is not None:
            return Anchor(date(year, 7, 1), "context", year_only=True)
        if not to_day:
            return None
        index = bisect_left(self.following, (position, date.min))
        return Anchor(self.following[index][1], "context") if index < len(self.following) else None

    def _year_beside(self, position: int) -> int | None:
        """Give the bare year that follows, or else precedes, in the same block."""
        index = bisect_left(self.years, (position, 0))
        for place, year in (*self.years[index : index + 1], *self.years[max(index - 1, 0) : index]):
            low, high = min(place, position), max(place, position)
            if high - low <= _SENTENCE_REACH and "\n" not in self.text[low:high]:
                return year
        return None

    def topic(self, position: int, near: bool = False) -> Mention | None:
        """Give the days that "am folgenden Tag" counts from: those named last in the block, else the text's first."""
        last = self.last
        if last and position - last.position <= _SENTENCE_REACH and "\n" not in self.text[last.position : position]:
            return last
        return None if near else self.lead or last

    def is_close(self, before: int, after: int) -> bool:
        """Tell whether two places are in one sentence, or in one block not far apart."""
        if not 0 <= after - before <= _SENTENCE_REACH or "\n" in self.text[before:after]:
            return False
        return after - before <= _NEXT_SENTENCE or bisect_right(self.sentences, before) == bisect_right(
            self.sentences, after
        )

    def direction(self, candidate: Candidate) -> int:
        """Tell where the candidate's sentence looks: -1 back, 1 forward, 0 no cue."""
        start = candidate.start
        before = word_before(self.text, start)
        if before == "seit":
            return -1
        if before in word_sets().bounds or self.text[max(start - 8, 0) : start].endswith("auf den "):
            return 1
        low, high = self._sentence(start, candidate.end)
        after = bisect_left(self.cue_positions, start)
        nearest = [
            (abs(self.cues[index].position - start), self.cues[index].direction)
            for index in (after - 1, after)
            if 0 <= index < len(self.cues) and low <= self.cues[index].position < high
        ]
        if nearest:
            return min(nearest)[1]
        if _tells_past(self.text, low, high):
            return -1
        return 1 if _PRESENT.search(self.text, low, high) else 0

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        index = bisect_right(self.sentences, start)
        low = self.sentences[index - 1]
        high = self.sentences[index] if index < len(self.sentences) else len(self.text)
        return max(low, start - _SENTENCE_REACH), min(high, end + _SENTENCE_REACH)

    def year_of(
        self,
        candidate: Candidate,
        occurrence: Callable[[int], date | None],
        weekday: int | None = None,
        slack: int = _SLACK,
        direction: int | None = None,
    ) -> tuple[int | None, Inferred | None]:
        """Choose the year of a date that has none.

        ``occurrence`` gives the day meant in a year (for a month or season the one in its middle),
        ``direction`` what the expression itself says ("letzten Juli" is -1, "diesen Juli" 0).
        """
        anchor = self.anchor(candidate.start, to_day=slack <= _SLACK)
        if anchor is None:
            return None, None
        reach = 6 if weekday is not None else 1
        years = range(max(anchor.day.year - reach, 1), min(anchor.day.year + reach, 9999) + 1)
        days = {year: day for year in years if (day := occurrence(year)) is not None}
        if anchor.year_only or direction == 0:
            return anchor.day.year, anchor.label
        if not days:
            return self._leap_year(anchor, occurrence)
        chosen = self._nearest(candidate, anchor, days, slack, direction)
        if weekday is None or days[chosen].weekday() == weekday:
            return chosen, anchor.label
        fitting = [year for year in days if days[year].weekday() == weekday]
        if not fitting:
            return chosen, anchor.label
        return min(fitting, key=lambda year: abs(days[year] - anchor.day)), "weekday"

    def _leap_year(
        self, anchor: Anchor, occurrence: Callable[[int], date | None]
    ) -> tuple[int | None, Inferred | None]:
        years = range(max(anchor.day.year - 8, 1), min(anchor.day.year + 8, 9999) + 1)
        days = {year: day for year in years if (day := occurrence(year)) is not None}
        if not days:
            return None, None
        return min(days, key=lambda year: abs(days[year] - anchor.day)), anchor.label

    def _nearest(
        self, candidate: Candidate, anchor: Anchor, days: dict[int, date], slack: int, direction: int | None
    ) -> int:
        def distance(year: int) -> int:
            return abs((days[year] - anchor.day).days)

        nearest = min(days, key=distance)
        stated = direction is not None
        if direction is None:
            if anchor.label == "context":
                low, high = self._sentence(candidate.start, candidate.end)
                direction = 1 if _SEQUEL.search(self.text, low, high) else 0
            else:
                direction = self.direction(candidate)
            if distance(nearest) <= slack:
                return nearest
        if direction == 0:
            return nearest
        current = slack if stated else 0
        asked = [year for year in days if (days[year] - anchor.day).days * direction > current]
        return min(asked, key=distance) if asked else nearest


def _tells_past(text: str, low: int, high: int) -> bool:
    """Tell whether a sentence has a verb in the past; nouns, ordinals and participles in -te are none."""
    for match in _PRETERITE.finditer(text, low, high):
        word = text[text.rfind(" ", max(match.end() - 40, 0), match.end()) + 1 : match.end()]
        if word[:1].islower() and not word.startswith("ge") and word not in word_sets().not_past:
            return True
    return _PERFECT.search(text, low, high) is not None


def _full_day(candidate: Candidate) -> date | None:
    """Give the day of an expression that states day, month and year."""
    meaning = candidate.meaning.first if isinstance(candidate.meaning, Span) else candidate.meaning
    if isinstance(meaning, CalendarDate) and meaning.year and meaning.month and meaning.day:
        return day_or_none(meaning.year, meaning.month, meaning.day)
    return None
