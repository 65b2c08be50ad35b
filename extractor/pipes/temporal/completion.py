"""Dates, periods, holidays and weeks of the calendar, completed from the context."""

from __future__ import annotations

from datetime import date

from extractor.pipes.temporal import instants
from extractor.pipes.temporal.context import Context
from extractor.pipes.temporal.feasts import feast_days
from extractor.pipes.temporal.instants import Inferred, Instant
from extractor.pipes.temporal.meanings import (
    BesideFeast,
    CalendarDate,
    Candidate,
    FeastDay,
    NthWeekday,
    Period,
    Week,
    YearShift,
)

_HALF_LENGTH = {"month": 16, "season": 45, "quarter": 46, "half": 92}
"""Days from the middle of a period to its ends."""
_HALF_HOLIDAY = 10
"""Days from the middle of its season within which a school holiday may be on."""
_JUST_PAST = 122
"""Days after a holiday during which its bare name still means the past one."""
_GREGORIAN = range(1583, 9999)


def _stated_year(
    context: Context, candidate: Candidate, year: int | None, years: YearShift | None
) -> tuple[int | None, Inferred | None]:
    """Give the year that the text states, outright or as "dieses Jahres"."""
    if year is not None or years is None:
        return year, None
    if years.named and context.last_year is not None:
        return context.last_year + years.amount, "context"
    anchor = context.anchor(candidate.start) if not years.named else None
    return (anchor.day.year + years.amount, anchor.label) if anchor is not None else (None, None)


def calendar_date(context: Context, candidate: Candidate, point: CalendarDate) -> Instant:
    """Resolve a year, month or day."""
    year, inferred = _stated_year(context, candidate, point.year, point.years)
    month, day = point.month, point.day
    if point.months is not None and day is not None:
        return _day_of_month(context, candidate, point.months, day)
    if month is None:
        return instants.of_year(year, inferred) if year is not None else Instant("XXXX", "year")
    if day is None:
        if year is None and point.years is None:
            year, inferred = context.year_of(
                candidate, lambda y: date(y, month, 15), slack=_HALF_LENGTH["month"], direction=point.direction
            )
        return instants.of_month(year, month, inferred)
    if year is None and point.years is None:
        year, inferred = context.year_of(
            candidate, lambda y: instants.day_or_none(y, month, day), weekday=point.weekday
        )
    whole = instants.day_or_none(year, month, day) if year is not None else None
    if whole is None:
        return instants.of_open_day(month, day, point.daypart)
    instant = instants.of_day(whole, daypart=point.daypart, inferred=inferred)
    return instant._replace(conflict=point.weekday is not None and point.weekday != whole.weekday())


def _month_away(context: Context, candidate: Candidate, months: int) -> tuple[date | None, Inferred | None]:
    """Give the first day of the month so many months from the anchor's."""
    anchor = context.anchor(candidate.start)
    if anchor is None or anchor.year_only:
        return None, None
    return instants.moved(anchor.day.replace(day=1), months, "M"), anchor.label


def _day_of_month(context: Context, candidate: Candidate, months: int, day: int) -> Instant:
    first, inferred = _month_away(context, candidate, months)
    whole = instants.day_or_none(first.year, first.month, day) if first is not None else None
    return instants.of_day(whole, inferred=inferred) if whole is not None else Instant(f"XXXX-XX-{day:02d}", "day")


def dates(context: Context, candidate: Candidate, first: CalendarDate, last: CalendarDate) -> tuple[Instant, Instant]:
    """Resolve a range whose ends may both lack the year: the last day is the first one after the first."""
    begin = calendar_date(context, candidate, first)
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
        return begin, calendar_date(context, candidate, last)
    year = begin.first.year
    day = instants.day_or_none(year, last.month, last.day)
    if day is None or day < begin.first:
        day = instants.day_or_none(year + 1, last.month, last.day)
    if day is None:
        return begin, instants.of_open_day(last.month, last.day)
    end = instants.of_day(day, daypart=last.daypart, inferred=begin.inferred)
    return begin, end._replace(conflict=last.weekday is not None and last.weekday != day.weekday())


def period(context: Context, candidate: Candidate, point: Period) -> Instant:
    """Resolve a season, quarter or half-year."""
    year, inferred = _stated_year(context, candidate, point.year, point.years)
    if year is None and point.years is None:
        slack = _HALF_LENGTH[instants.edtf_precision(point.code)]
        if candidate.rule == "date.school":
            slack = _HALF_HOLIDAY
        elif point.direction == 1:
            slack //= 2
        year, inferred = context.year_of(
            candidate,
            lambda y: date.fromisoformat(f"{y:04d}-{instants.MIDDLES[point.code]}"),
            slack=slack,
            direction=point.direction,
        )
    return instants.of_period(point.code, year, inferred)


def feast(context: Context, candidate: Candidate, point: FeastDay) -> Instant:
    """Resolve a holiday."""
    year, inferred = _stated_year(context, candidate, point.year, point.years)
    if year is None and point.years is None:
        year, inferred = context.year_of(
            candidate,
            lambda y: feast_days(point.number, y)[0] if y in _GREGORIAN else None,
            direction=point.direction,
            past_within=_JUST_PAST,
        )
    if year is None or year not in _GREGORIAN:
        days = feast_days(point.number, 2000), feast_days(point.number, 2001)
        first = days[0][0]
        fixed = (first.month, first.day) == (days[1][0].month, days[1][0].day)
        return instants.of_open_day(first.month, first.day) if fixed else Instant("XXXX-XX-XX", "day")
    return instants.of_day(*feast_days(point.number, year), inferred=inferred)


def beside_feast(context: Context, candidate: Candidate, point: BesideFeast) -> Instant:
    """Resolve a day told by a holiday before or after it."""
    known = feast(context, candidate, point.feast)
    if known.first is None or known.last is None:
        return Instant("XXXX-XX-XX" if point.weekday is None else f"XXXX-WXX-{point.weekday + 1}", "day")
    after = point.number > 0
    edge, days = known.last if after else known.first, point.number
    if point.weekday is not None:
        nearest = (point.weekday - edge.weekday()) % 7 or 7
        days = nearest + 7 * (point.number - 1) if after else (nearest - 7 or -7) + 7 * (point.number + 1)
    day = instants.moved(edge, days, "D")
    return instants.of_day(day, inferred=known.inferred) if day is not None else Instant("XXXX-XX-XX", "day")


def nth_weekday(context: Context, candidate: Candidate, point: NthWeekday) -> Instant:
    """Resolve the n-th weekday of a month."""
    if point.month is None:
        first, inferred = _month_away(context, candidate, point.months or 0)
        if first is None:
            return Instant("XXXX-XX", "month")
        return _nth_in_month(point, first.year, first.month, inferred)
    month = point.month
    year, inferred = _stated_year(context, candidate, point.year, point.years)
    if year is None:
        year, inferred = context.year_of(candidate, lambda y: date(y, month, 15), slack=_HALF_LENGTH["month"])
    if year is None:
        return instants.of_month(None, month)
    return _nth_in_month(point, year, month, inferred)


def _nth_in_month(point: NthWeekday, year: int, month: int, inferred: Inferred | None) -> Instant:
    day = instants.nth_weekday(year, month, point.number, 5 if point.weekday is None else point.weekday)
    if day is None:
        return instants.of_month(year, month, inferred)
    return instants.of_day(day, inferred=inferred) if point.weekday is not None else instants.of_weekend(day, inferred)


def week(context: Context, candidate: Candidate, point: Week) -> Instant:
    """Resolve a calendar week."""
    year, inferred = _stated_year(context, candidate, point.year, point.years)
    if year is None and point.years is None:
        year, inferred = context.year_of(candidate, lambda y: instants.monday_of_week(y, point.number))
    monday = instants.monday_of_week(year, point.number) if year is not None else None
    return instants.of_week(monday, inferred) if monday is not None else Instant(f"XXXX-W{point.number:02d}", "week")
