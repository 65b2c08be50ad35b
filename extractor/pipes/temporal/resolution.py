"""From what an expression means to its value: holes are filled from the reference date and the context.

Whatever neither gives stays open. Dates are looked at in text order, once; the context is what was
resolved before, so the cost grows with the number of expressions.

The choices made here and in ``context``:

* A date without its year is the occurrence nearest to the reference date, unless its sentence
  looks the other way ("wird", "bis": from the reference date on; "fand statt", "seit": before it).
  A weekday that it names settles the year. A holiday more than four months ago is the one to come.
* Without reference date the year comes from the full date named shortly before, else the text's first
  full date, else a year in the first lines, else the next full date, else the next month with its year. If a
  weekday does not fit that year, the nearest other date of the text with whose year it fits serves.
* A bare weekday that ends a range ("von Samstag, 14 Uhr, bis Sonntag") is the first one after the day before it;
  one that the text has dated before ("Samstag, 12. Juli ... am Samstag") is that day; in a week named before
  or after a day still to come it is counted from there, unless it is told as past; else it is the one that the
  sentence's tense asks for; else the last one, for reports are the rule.
* A range of weekdays whose sentence has no tense lies ahead.
* "Nächstes Jahr", "in zwei Jahren" count from the same year; shorter spans from a reference date only.
* A clock time said in words ("halb acht") lies in the half of the day that its daypart or the time named
  beside it asks for; else after noon if it lies between one and eight.
"""

from __future__ import annotations

import re
from typing import Literal

from extractor.pipes.temporal import completion, deixis, instants
from extractor.pipes.temporal.context import Context
from extractor.pipes.temporal.instants import Inferred, Instant
from extractor.pipes.temporal.meanings import (
    BesideFeast,
    CalendarDate,
    Candidate,
    Clock,
    DaypartOfDay,
    Decade,
    FeastDay,
    Fixed,
    NthUnit,
    NthWeekday,
    Period,
    Point,
    Shift,
    Span,
    Week,
    WeekdayName,
)

_NEAR_CLOCK = 200
"""Characters within which a clock time tells which half of the day another means."""
_HAS_TIME = re.compile(r"[\dX]T")


class Resolver:
    """Resolves the candidates of one text, which must be handed over in text order."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.clock: tuple[Clock, int] | None = None
        self.daypart: tuple[str, int] | None = None
        self.recurring = -1

    def resolve(self, candidate: Candidate) -> Instant:
        """Resolve a candidate's meaning and remember it."""
        meaning = candidate.meaning
        instant = self._span(candidate, meaning) if isinstance(meaning, Span) else self._point(candidate, meaning)
        if instant.precision not in ("time", "none"):
            self.context.note(candidate, instant)
        if isinstance(meaning, (CalendarDate, WeekdayName, Shift, DaypartOfDay)) and meaning.daypart:
            self.daypart = (meaning.daypart, candidate.end)
        elif isinstance(meaning, Fixed) and meaning.type == "SET":
            self.recurring = candidate.end
        return instant

    def ends(self, candidate: Candidate, span: Span) -> tuple[Instant, Instant]:
        """Resolve the two ends of a span."""
        if isinstance(span.first, WeekdayName) and isinstance(span.last, WeekdayName):
            return deixis.weekdays(self.context, candidate, span.first, span.last)
        if isinstance(span.first, CalendarDate) and isinstance(span.last, CalendarDate):
            return completion.dates(self.context, candidate, span.first, span.last)
        if isinstance(span.first, Clock) and isinstance(span.last, Clock):
            first, last = self._clocks(span.first, span.last, candidate)
            return self._time(candidate, first), self._time(candidate, last)
        return self._point(candidate, span.first), self._point(candidate, span.last)

    def _span(self, candidate: Candidate, span: Span) -> Instant:
        first, last = self.ends(candidate, span)
        return Instant(
            f"{first.value}/{last.value}",
            first.precision if first.precision == last.precision else last.precision,
            first.start,
            last.end or last.start,
            first.first,
            last.last,
            first.inferred or last.inferred,
            first.conflict or last.conflict,
        )

    def _point(self, candidate: Candidate, point: Point) -> Instant:
        match point:
            case CalendarDate():
                return completion.calendar_date(self.context, candidate, point)
            case Clock():
                return self._time(candidate, self._halved(point, candidate))
            case Period():
                return completion.period(self.context, candidate, point)
            case FeastDay():
                return completion.feast(self.context, candidate, point)
            case BesideFeast():
                return completion.beside_feast(self.context, candidate, point)
            case NthWeekday():
                return completion.nth_weekday(self.context, candidate, point)
            case NthUnit():
                return deixis.nth_unit(self.context, candidate, point)
            case Week():
                return completion.week(self.context, candidate, point)
            case WeekdayName():
                return deixis.weekday(self.context, candidate, point)
            case Shift():
                return deixis.shift(self.context, candidate, point)
            case DaypartOfDay():
                day, label = self._day_of(candidate)
                return Instant(f"{day}T{point.daypart}", "time", inferred=label)
            case Decade():
                return instants.of_decade(point.digits)
            case Fixed():
                return Instant(point.value, "none")

    def _halved(self, clock: Clock, candidate: Candidate) -> Clock:
        """Put a clock time into the half of the day that is meant."""
        part = clock.daypart or self._daypart_before(candidate)
        hour = clock.hour
        if part is not None and hour <= 12:
            late = part in ("AF", "EV") or (part == "MI" and hour < 6) or (part == "NI" and hour >= 9)
            hour = (hour % 12 + 12) if late and hour != 12 else 24 if part == "NI" and hour == 12 else hour
        elif clock.spoken and hour < 12:
            near = self.clock if self.clock is not None and candidate.start - self.clock[1] <= _NEAR_CLOCK else None
            if near is not None:
                hour = min((hour, hour + 12), key=lambda h: abs(h * 60 + (clock.minute or 0) - _minutes(near[0])))
            elif 1 <= hour + (clock.minute or 0) / 60 <= 8:
                hour += 12
        resolved = clock if hour == clock.hour else clock._replace(hour=hour)
        self.clock = (resolved, candidate.end)
        return resolved

    def _daypart_before(self, candidate: Candidate) -> str | None:
        """Give the part of the day named just before."""
        near = self.daypart is not None and 0 <= candidate.start - self.daypart[1] <= 8
        return self.daypart[0] if near and self.daypart is not None else None

    def _spoken_clocks(self, first: Clock, last: Clock, candidate: Candidate) -> tuple[Clock, Clock]:
        """Read "von zehn bis vier": the second hour is the next such one; a first before seven is after noon."""
        late = last.hour in (10, 11, 12) and last.hour > first.hour
        begin = first.hour + 12 if first.hour < 7 and not late else first.hour
        end = last.hour
        while (end, last.minute or 0) <= (begin, first.minute or 0) and end < 12 + last.hour:
            end += 12
        resolved = last._replace(hour=end, spoken=False)
        self.clock = (resolved, candidate.end)
        return first._replace(hour=begin, spoken=False), resolved

    def _clocks(self, first: Clock, last: Clock, candidate: Candidate) -> tuple[Clock, Clock]:
        if first.spoken and last.spoken and not (first.daypart or last.daypart or self._daypart_before(candidate)):
            return self._spoken_clocks(first, last, candidate)
        if last.daypart in ("AF", "EV") and first.hour < 12 and last.hour <= 12 and first.hour <= last.hour:
            first = first._replace(daypart=last.daypart)
        return self._halved(first, candidate), self._halved(last, candidate)

    def _time(self, candidate: Candidate, clock: Clock) -> Instant:
        day, label = self._day_of(candidate)
        return Instant(f"{day}T{clock.hour:02d}:{clock.minute or 0:02d}", "time", inferred=label)

    def _day_of(self, candidate: Candidate) -> tuple[str, Inferred | None]:
        """Give the day of a clock time: the one named in its sentence or just before, else the reference date.

        What is said of days that come again ("dienstags von 9 bis 12 Uhr") has none.
        """
        last = self.context.previous
        if self.recurring > (last.position if last is not None else -1) and self.context.tense.is_close(
            self.recurring, candidate.start
        ):
            return "", None
        if last is not None and last.first == last.last:
            if self.context.tense.is_close(last.position, candidate.start):
                return last.first.isoformat(), "context"
            topic = self.context.topic(candidate.start, near=True)
            if topic is not None and isinstance(candidate.meaning, DaypartOfDay):
                return topic.first.isoformat(), "context"
        reference = self.context.reference
        return (reference.day.isoformat(), reference.label) if reference is not None else ("", None)


def clock_of(instant: Instant) -> str:
    """Give the local time ``HH:MM`` of a resolved clock time; midnight at a day's end is 00:00."""
    time = instant.value.rpartition("T")[2]
    return "00:00" if time == "24:00" else time


def kind_of(candidate: Candidate, instant: Instant) -> Literal["DATE", "TIME", "DURATION", "SET"]:
    """Give the TIMEX3 type of an expression."""
    meaning = candidate.meaning.first if isinstance(candidate.meaning, Span) else candidate.meaning
    if isinstance(meaning, Fixed):
        return meaning.type
    if isinstance(meaning, Shift) and instant.precision == "none":
        return "DURATION"
    return "TIME" if isinstance(meaning, (Clock, DaypartOfDay)) or _has_time(instant.value) else "DATE"


def _has_time(value: str) -> bool:
    return "T" in value and _HAS_TIME.search(value) is not None


def _minutes(clock: Clock) -> int:
    return clock.hour * 60 + (clock.minute or 0)
