"""From what an expression means to its value: holes are filled from the reference date and the context.

Whatever neither gives stays open. Dates are looked at in text order, once; the context is what was
resolved before, so the cost grows with the number of expressions.

The choices made here and in ``context``:

* A date without its year is the occurrence nearest to the reference date, unless its sentence
  looks the other way ("wird", "bis": from the reference date on; "fand statt", "seit": before it).
  A weekday that it names settles the year.
* Without reference date the year comes from the full date named shortly before, else the text's first
  full date, else a year in the first lines, else the next full date.
* A bare weekday that the text has dated before ("Samstag, 12. Juli ... am Samstag") is that day; else
  the one that the sentence's tense asks for; else the last one, for reports are the rule.
* A clock time said in words ("halb acht") lies in the half of the day that its daypart or the time named
  beside it asks for; else after noon if it lies between one and eight.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from extractor.pipes.temporal import instants
from extractor.pipes.temporal.context import Anchor, Context
from extractor.pipes.temporal.instants import Inferred, Instant
from extractor.pipes.temporal.meanings import (
    CalendarDate,
    Candidate,
    Clock,
    DaypartOfDay,
    Decade,
    FeastDay,
    Fixed,
    NthWeekday,
    Period,
    Point,
    Shift,
    Span,
    Week,
    WeekdayName,
)
from extractor.pipes.temporal.relative import feast_days

_MIDDLE_OF_PERIOD = {
    21: (4, 15),
    22: (7, 15),
    23: (10, 15),
    24: (12, 31),
    33: (2, 15),
    34: (5, 15),
    35: (8, 15),
    36: (11, 15),
    40: (3, 31),
    41: (9, 30),
}
_HALF_LENGTH = {"month": 16, "season": 45, "quarter": 46, "half": 92}
_NEAR_CLOCK = 200
_HAS_TIME = re.compile(r"[\dX]T")


class Resolver:
    """Resolves the candidates of one text, which must be handed over in text order."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.clock: tuple[Clock, int] | None = None
        self.daypart: tuple[str, int] | None = None

    def resolve(self, candidate: Candidate) -> Instant:
        """Resolve a candidate's meaning and remember it."""
        meaning = candidate.meaning
        instant = self._span(candidate, meaning) if isinstance(meaning, Span) else self._point(candidate, meaning)
        if instant.precision not in ("time", "none"):
            self.context.note(candidate, instant)
        return instant

    def ends(self, candidate: Candidate, span: Span) -> tuple[Instant, Instant]:
        """Resolve the two ends of a span."""
        if isinstance(span.first, WeekdayName) and isinstance(span.last, WeekdayName):
            return self._weekdays(candidate, span.first, span.last)
        if isinstance(span.first, CalendarDate) and isinstance(span.last, CalendarDate):
            return self._dates(candidate, span.first, span.last)
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
                return self._calendar_date(candidate, point)
            case Period():
                return self._period(candidate, point)
            case FeastDay():
                return self._feast(candidate, point)
            case NthWeekday():
                return self._nth_weekday(candidate, point)
            case Week():
                return self._week(candidate, point)
            case WeekdayName():
                return self._weekday(candidate, point)
            case Shift():
                return self._shift(candidate, point)
            case Clock():
                return self._time(candidate, self._halved(point, candidate))
            case DaypartOfDay():
                self.daypart = (point.daypart, candidate.end)
                return Instant(f"{self._day_of(candidate)}T{point.daypart}", "time")
            case Decade():
                return instants.of_decade(point.digits)
            case Fixed():
                return Instant(point.value, "none")

    def _stated_year(
        self, candidate: Candidate, year: int | None, years: int | None
    ) -> tuple[int | None, Inferred | None]:
        """Give the year that the text states, outright or as "dieses Jahres"."""
        if year is not None or years is None:
            return year, None
        anchor = self.context.anchor(candidate.start)
        return (anchor.day.year + years, anchor.label) if anchor is not None else (None, None)

    def _calendar_date(self, candidate: Candidate, point: CalendarDate) -> Instant:
        year, inferred = self._stated_year(candidate, point.year, point.years)
        month, day = point.month, point.day
        if month is None:
            return instants.of_year(year, inferred) if year is not None else Instant("XXXX", "year")
        if day is None:
            if year is None and point.years is None:
                year, inferred = self.context.year_of(
                    candidate, lambda y: date(y, month, 15), slack=_HALF_LENGTH["month"], direction=point.direction
                )
            return instants.of_month(year, month, inferred)
        if year is None and point.years is None:
            year, inferred = self.context.year_of(
                candidate, lambda y: instants.day_or_none(y, month, day), weekday=point.weekday
            )
        whole = instants.day_or_none(year, month, day) if year is not None else None
        if whole is None:
            return instants.of_open_day(month, day, point.daypart)
        instant = instants.of_day(whole, daypart=point.daypart, inferred=inferred)
        return instant._replace(conflict=point.weekday is not None and point.weekday != whole.weekday())

    def _dates(self, candidate: Candidate, first: CalendarDate, last: CalendarDate) -> tuple[Instant, Instant]:
        """Resolve a range whose ends may both lack the year: the last day is the first one after the first."""
        begin = self._calendar_date(candidate, first)
        if begin.first is None or last.year is not None or last.month is None or last.day is None:
            if (
                last.year is None
                and last.day is None
                and begin.start is not None
                and begin.start[:4].isdigit()
                and last.month
            ):
                year = int(begin.start[:4])
                later = first.month is None or last.month >= first.month
                return begin, instants.of_month(year + (not later), last.month, begin.inferred)
            return begin, self._calendar_date(candidate, last)
        year = begin.first.year
        day = instants.day_or_none(year, last.month, last.day)
        if day is None or day < begin.first:
            day = instants.day_or_none(year + 1, last.month, last.day)
        if day is None:
            return begin, instants.of_open_day(last.month, last.day)
        end = instants.of_day(day, daypart=last.daypart, inferred=begin.inferred)
        return begin, end._replace(conflict=last.weekday is not None and last.weekday != day.weekday())

    def _period(self, candidate: Candidate, point: Period) -> Instant:
        year, inferred = self._stated_year(candidate, point.year, point.years)
        if year is None and point.years is None:
            middle = _MIDDLE_OF_PERIOD[point.code]
            slack = _HALF_LENGTH[instants.edtf_precision(point.code)]
            year, inferred = self.context.year_of(
                candidate, lambda y: date(y, *middle), slack=slack, direction=point.direction
            )
        return instants.of_period(point.code, year, inferred)

    def _feast(self, candidate: Candidate, point: FeastDay) -> Instant:
        year, inferred = self._stated_year(candidate, point.year, point.years)
        if year is None and point.years is None:
            year, inferred = self.context.year_of(
                candidate,
                lambda y: feast_days(point.number, y)[0] if 1583 <= y < 9999 else None,
                direction=point.direction,
            )
        if year is None or not 1583 <= year < 9999:
            days = feast_days(point.number, 2000), feast_days(point.number, 2001)
            first = days[0][0]
            fixed = (first.month, first.day) == (days[1][0].month, days[1][0].day)
            return instants.of_open_day(first.month, first.day) if fixed else Instant("XXXX-XX-XX", "day")
        return instants.of_day(*feast_days(point.number, year), inferred=inferred)

    def _nth_weekday(self, candidate: Candidate, point: NthWeekday) -> Instant:
        year, inferred = self._stated_year(candidate, point.year, point.years)
        if year is None:
            year, inferred = self.context.year_of(
                candidate, lambda y: date(y, point.month, 15), slack=_HALF_LENGTH["month"]
            )
        if year is None:
            return instants.of_month(None, point.month)
        day = instants.nth_weekday(year, point.month, point.number, 5 if point.weekday is None else point.weekday)
        if day is None:
            return instants.of_month(year, point.month, inferred)
        return (
            instants.of_day(day, inferred=inferred) if point.weekday is not None else instants.of_weekend(day, inferred)
        )

    def _week(self, candidate: Candidate, point: Week) -> Instant:
        year, inferred = self._stated_year(candidate, point.year, point.years)
        if year is None and point.years is None:
            year, inferred = self.context.year_of(candidate, lambda y: instants.monday_of_week(y, point.number))
        monday = instants.monday_of_week(year, point.number) if year is not None else None
        return (
            instants.of_week(monday, inferred) if monday is not None else Instant(f"XXXX-W{point.number:02d}", "week")
        )

    def _weekday(self, candidate: Candidate, point: WeekdayName) -> Instant:
        reference = self.context.reference
        open_value = f"XXXX-WXX-{point.weekday + 1}" + (f"T{point.daypart}" if point.daypart else "")
        if point.direction is None:
            named = self._named_weekday(candidate, point.weekday)
            if named is not None:
                return instants.of_day(named, daypart=point.daypart, inferred="context")
        if reference is None:
            return Instant(open_value, "day")
        direction = point.direction
        strict = direction not in (None, 0)
        if direction is None or direction == 0:
            direction = self.context.direction(candidate) or (-1 if direction is None else 1)
        offset = (point.weekday - reference.day.weekday()) % 7
        if direction > 0:
            offset = 7 if strict and offset == 0 else offset
        else:
            offset = -7 if strict and offset == 0 else offset - 7 if offset else 0
        day = instants.moved(reference.day, offset, "D")
        if day is None:
            return Instant(open_value, "day")
        return instants.of_day(day, daypart=point.daypart, inferred=reference.label)

    def _named_weekday(self, candidate: Candidate, weekday: int) -> date | None:
        """Give the day that a bare weekday repeats, or the one beside the date named just before."""
        mention = self.context.weekdays.get(weekday)
        if mention is not None and candidate.start - mention.position < 3000:
            return mention.first
        last = self.context.last
        if self.context.reference is not None or last is None or candidate.start - last.position > 600:
            return None
        offset = (weekday - last.first.weekday() + 3) % 7 - 3
        return instants.moved(last.first, offset, "D")

    def _weekdays(self, candidate: Candidate, first: WeekdayName, last: WeekdayName) -> tuple[Instant, Instant]:
        begin = self._weekday(candidate, first)
        if begin.first is None:
            return begin, Instant(f"XXXX-WXX-{last.weekday + 1}", "day")
        end = instants.moved(begin.first, (last.weekday - first.weekday) % 7, "D") or begin.first
        return begin, instants.of_day(end, inferred=begin.inferred)

    def _shift(self, candidate: Candidate, point: Shift) -> Instant:
        anchor = self._shift_anchor(candidate, point)
        amount = point.amount
        if point.unit == "WE" and anchor is not None and anchor.day.weekday() < 5:
            if point.by_tense:
                amount = 0 if self.context.direction(candidate) > 0 else -1
            elif not point.anaphoric:
                amount = min(amount, 0)
        day = instants.moved(anchor.day, amount, point.unit) if anchor is not None else None
        if anchor is None or day is None:
            return _open_shift(point)
        label = anchor.label
        match point.unit:
            case "D":
                return instants.of_day(day, daypart=point.daypart, inferred=label)
            case "W":
                return instants.of_week(_monday(day), label)
            case "WE":
                return instants.of_weekend(_monday(day) + timedelta(days=5), label)
            case "M":
                return instants.of_month(day.year, day.month, label)
            case "Q":
                return instants.of_period(33 + (day.month - 1) // 3, day.year, label)
            case "Y":
                return instants.of_year(day.year, label)
            case _:
                digits = f"{day.year:04d}"[: 3 if point.unit == "DE" else 2]
                return instants.of_decade(digits)._replace(inferred=label)

    def _shift_anchor(self, candidate: Candidate, point: Shift) -> Anchor | None:
        context = self.context
        if not point.anaphoric:
            return context.reference
        if point.unit == "Y" and context.last_year is not None:
            return Anchor(date(context.last_year, 7, 1), "context")
        counted = candidate.rule == "date.relative.shift"
        topic = context.topic(candidate.start, near=counted)
        if topic is None or point.unit == "Y":
            return None if counted else context.reference
        return Anchor(topic.last if point.amount > 0 else topic.first, "context")

    def _halved(self, clock: Clock, candidate: Candidate) -> Clock:
        """Put a clock time into the half of the day that is meant."""
        part = clock.daypart
        if part is None and self.daypart is not None and 0 <= candidate.start - self.daypart[1] <= 8:
            part = self.daypart[0]
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
        resolved = clock._replace(hour=hour, spoken=False)
        self.clock = (resolved, candidate.end)
        return resolved

    def _clocks(self, first: Clock, last: Clock, candidate: Candidate) -> tuple[Clock, Clock]:
        if last.daypart in ("AF", "EV") and first.hour < 12 and last.hour <= 12 and first.hour <= last.hour:
            first = first._replace(daypart=last.daypart)
        return self._halved(first, candidate), self._halved(last, candidate)

    def _time(self, candidate: Candidate, clock: Clock) -> Instant:
        return Instant(f"{self._day_of(candidate)}T{clock.hour:02d}:{clock.minute or 0:02d}", "time")

    def _day_of(self, candidate: Candidate) -> str:
        """Give the day that a clock time belongs to: the one named shortly before in the same block."""
        last = self.context.last
        if last is None or last.first != last.last or not 0 <= candidate.start - last.position <= 300:
            return ""
        return "" if "\n" in self.context.text[last.position : candidate.start] else last.first.isoformat()


def clock_of(instant: Instant) -> str:
    """Give the local time ``HH:MM`` of a resolved clock time; midnight at a day's end is 00:00."""
    time = instant.value.rpartition("T")[2]
    return "00:00" if time == "24:00" else time


def kind_of(candidate: Candidate, instant: Instant) -> Literal["DATE", "TIME", "DURATION", "SET"]:
    """Give the TIMEX3 type of an expression."""
    meaning = candidate.meaning.first if isinstance(candidate.meaning, Span) else candidate.meaning
    if isinstance(meaning, Fixed):
        return meaning.type
    return "TIME" if isinstance(meaning, (Clock, DaypartOfDay)) or _HAS_TIME.search(instant.value) else "DATE"


def _open_shift(point: Shift) -> Instant:
    """Give the value of a relative expression where there is nothing to count from."""
    precision: dict[str, instants.Precision] = {
        "D": "day",
        "W": "week",
        "WE": "day",
        "M": "month",
        "Q": "quarter",
        "Y": "year",
        "DE": "decade",
    }
    if point.unit == "D":
        value = (
            "XXXX-XX-XX"
            if point.anaphoric
            else ("PRESENT_REF", "FUTURE_REF", "PAST_REF")[(point.amount > 0) - (point.amount < 0)]
        )
        value = f"XXXX-XX-XXT{point.daypart}" if point.daypart else value
    else:
        value = {"W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "DE": "XXX", "CE": "XX"}.get(
            point.unit, "XXXX"
        )
    return Instant(value, precision.get(point.unit, "century"))


def _minutes(clock: Clock) -> int:
    return clock.hour * 60 + (clock.minute or 0)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
