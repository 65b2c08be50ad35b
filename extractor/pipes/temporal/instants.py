"""Resolved values: TIMEX3 and EDTF of days, months, seasons and what else a calendar has."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Literal, NamedTuple

from extractor import edtf

Precision = Literal["day", "week", "month", "season", "quarter", "half", "year", "decade", "century", "time", "none"]
Inferred = Literal["date_line", "reference_date", "context", "weekday"]

_PERIODS = {
    21: "SP", 22: "SU", 23: "FA", 24: "WI", 33: "Q1", 34: "Q2", 35: "Q3", 36: "Q4", 40: "H1", 41: "H2",
}  # fmt: skip
MIDDLES = {21: "04-15", 22: "07-15", 23: "10-15", 24: "12-31", 33: "02-15", 34: "05-15", 35: "08-15", 36: "11-15"} | {
    40: "03-31",
    41: "09-30",
}
"""The day in the middle of a season, quarter or half-year."""
SCHOOL_YEAR_BEGINS = 8
"""Month in which school years begin."""


class Instant(NamedTuple):
    """A resolved point or stretch of the calendar.

    ``value`` is TIMEX3, ``start`` and ``end`` are EDTF; ``first`` and ``last`` are the days covered, where
    they are known to the day.
    """

    value: str
    precision: Precision
    start: str | None = None
    end: str | None = None
    first: date | None = None
    last: date | None = None
    inferred: Inferred | None = None
    conflict: bool = False


def of_day(
    first: date, last: date | None = None, daypart: str | None = None, inferred: Inferred | None = None
) -> Instant:
    """Give the value of a day, or of a stretch of days."""
    value = first.isoformat() + (f"T{daypart}" if daypart else "")
    if last is None or last == first:
        return Instant(value, "day", first.isoformat(), None, first, first, inferred)
    return Instant(f"{value}/{last.isoformat()}", "day", first.isoformat(), last.isoformat(), first, last, inferred)


def of_open_day(month: int, day: int, daypart: str | None = None) -> Instant:
    """Give the value of a day whose year is not known."""
    text = f"XXXX-{month:02d}-{day:02d}"
    return Instant(text + (f"T{daypart}" if daypart else ""), "day", text)


def of_month(year: int | None, month: int, inferred: Inferred | None = None) -> Instant:
    """Give the value of a month; the year may be open."""
    text = f"{_year(year)}-{month:02d}"
    return Instant(text, "month", text, inferred=inferred)


def of_year(year: int, inferred: Inferred | None = None) -> Instant:
    """Give the value of a year."""
    return Instant(f"{year:04d}", "year", f"{year:04d}", inferred=inferred)


def of_school_year(year: int, inferred: Inferred | None = None) -> Instant:
    """Give the value of the school year that begins in ``year``."""
    first, last = f"{year:04d}", f"{year + 1:04d}"
    return Instant(f"{first}/{last}", "year", first, last, inferred=inferred)


def of_period(code: int, year: int | None, inferred: Inferred | None = None) -> Instant:
    """Give the value of a season, quarter or half-year; the year may be open."""
    text = f"{_year(year)}-{code}"
    return Instant(f"{_year(year)}-{_PERIODS[code]}", edtf_precision(code), text, inferred=inferred)


def edtf_precision(code: int) -> Precision:
    """Name the precision of a sub-year grouping of EDTF."""
    return edtf.precision(f"2000-{code}")


def of_week(monday: date, inferred: Inferred | None = None) -> Instant:
    """Give the value of the week that begins on ``monday``."""
    year, week, _ = monday.isocalendar()
    sunday = monday + timedelta(days=6)
    return Instant(f"{year:04d}-W{week:02d}", "week", monday.isoformat(), sunday.isoformat(), monday, sunday, inferred)


def of_weekend(saturday: date, inferred: Inferred | None = None) -> Instant:
    """Give the value of the weekend that begins on ``saturday``."""
    year, week, _ = saturday.isocalendar()
    sunday = saturday + timedelta(days=1)
    start, end = saturday.isoformat(), sunday.isoformat()
    return Instant(f"{year:04d}-W{week:02d}-WE", "day", start, end, saturday, sunday, inferred)


def of_decade(digits: str) -> Instant:
    """Give the value of a decade ("198") or century ("19")."""
    text = digits.ljust(4, "X")
    return Instant(digits, "decade" if len(digits) == 3 else "century", text)


def monday_of_week(year: int, number: int) -> date | None:
    """Give the Monday of an ISO week; None where the year has no such week."""
    try:
        return date.fromisocalendar(year, number, 1)
    except ValueError:
        return None


def nth_weekday(year: int, month: int, number: int, weekday: int) -> date | None:
    """Give the n-th weekday of a month, counted from its end if negative (-1: the last one); None if there is none."""
    days = calendar.monthrange(year, month)[1]
    first = 1 + (weekday - date(year, month, 1).weekday()) % 7
    day = first + 7 * (number - 1) if number > 0 else first + 7 * ((days - first) // 7 + number + 1)
    return date(year, month, day) if day <= days else None


def day_or_none(year: int, month: int, day: int) -> date | None:
    """Give a day; None where the month has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def moved(day: date, amount: int, unit: str) -> date | None:
    """Move a day by days (D), weeks (W), months (M), quarters (Q), years (Y), decades (DE) or centuries (CE)."""
    try:
        if unit in ("D", "W", "WE"):
            return day + timedelta(days=amount * (1 if unit == "D" else 7))
        months = {"M": 1, "Q": 3, "Y": 12, "SY": 12, "DE": 120, "CE": 1200}[unit] * amount
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None


def _year(year: int | None) -> str:
    return "XXXX" if year is None else f"{year:04d}"
