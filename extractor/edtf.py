"""EDTF dates (ISO 8601-2) as far as German event reports need them.

Level 0 and 1 dates, the sub-year groupings 21-24 (seasons), 33-36 (quarters) and 40-41
(half-years), and dates whose year is unknown: ``XXXX-05-16``, ``XXXX-05``, ``XXXX-23``.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from extractor.errors import BadReferenceDate

Precision = Literal["day", "month", "season", "quarter", "half", "year", "decade", "century"]

_UNSPECIFIED = "XXXX"
"""A year of which no digit is specified (ISO 8601-2, 8.2)."""
_LEAP_YEAR = 2000
_YEAR = f"(?:[0-9]{{4}}|[0-9]{{3}}X|[0-9]{{2}}XX|{_UNSPECIFIED})"
_MONTH = "(?:0[1-9]|1[0-2])"
_DAY = "(?:0[1-9]|[12][0-9]|3[01])"
_GROUPING = "(?:2[1-4]|3[3-6]|4[01])"

EDTF_PATTERN = rf"^{_YEAR}(?:-(?:{_MONTH}(?:-(?:{_DAY}|XX))?|{_GROUPING}|XX(?:-XX)?))?[?~%]?$"
"""What a date may look like; a pattern for JSON Schema, without any unbounded repetition."""

_DATE = re.compile(
    rf"(?P<year>{_YEAR})(?:-(?:(?P<month>{_MONTH}|XX)(?:-(?P<day>{_DAY}|XX))?|(?P<grouping>{_GROUPING})))?"
    r"(?P<qualifier>[?~%])?"
)
_MONTHS_OF_GROUPING = {
    21: (3, 3),
    22: (6, 3),
    23: (9, 3),
    24: (12, 3),
    33: (1, 3),
    34: (4, 3),
    35: (7, 3),
    36: (10, 3),
    40: (1, 6),
    41: (7, 6),
}
"""First month and number of months; winter is the one that begins in the year's December."""


class Edtf(NamedTuple):
    """An EDTF date in its parts; a part that is open is None.

    ``year`` keeps its unspecified digits ("198X"); ``grouping`` is the code of a season (21-24),
    quarter (33-36) or half-year (40-41); ``qualifier`` is "?", "~", "%" or "".
    """

    year: str
    month: int | None
    day: int | None
    grouping: int | None
    qualifier: str

    @property
    def precision(self) -> Precision:
        """The smallest unit that is given."""
        if self.day is not None:
            return "day"
        if self.month is not None:
            return "month"
        if self.grouping is not None:
            return "season" if self.grouping < 30 else "quarter" if self.grouping < 40 else "half"
        if self.year.endswith("XX"):
            return "century"
        return "decade" if self.year.endswith("X") else "year"


@lru_cache(maxsize=4096)
def parse(text: str) -> Edtf:
    """Split an EDTF date into its parts.

    Raises ``ValueError`` for what is no date of the supported levels, and for days that no month has.
    """
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"not a supported EDTF date: {text!r}")
    year = match["year"]
    month, day = _number(match["month"]), _number(match["day"])
    if month is None and day is not None:
        raise ValueError(f"a day without its month: {text!r}")
    if month is not None and day is not None:
        reference_year = int(year) if year.isdigit() else _LEAP_YEAR
        if reference_year == 0 or day > calendar.monthrange(reference_year, month)[1]:
            raise ValueError(f"no such day: {text!r}")
    grouping = int(match["grouping"]) if match["grouping"] else None
    return Edtf(year, month, day, grouping, match["qualifier"] or "")


def _number(digits: str | None) -> int | None:
    return int(digits) if digits is not None and digits != "XX" else None


def is_valid(text: str) -> bool:
    """Whether ``text`` is an EDTF date that ``parse`` accepts."""
    try:
        parse(text)
    except ValueError:
        return False
    return True


def precision(text: str) -> Precision:
    """Name the smallest unit that an EDTF date gives."""
    return parse(text).precision


@lru_cache(maxsize=4096)
def earliest(text: str) -> date | None:
    """Give the first day that an EDTF date covers; None where the year is unknown or year 0."""
    parts = parse(text)
    year = _year(parts.year, "0")
    if year is None:
        return None
    if parts.grouping is not None:
        return date(year, _MONTHS_OF_GROUPING[parts.grouping][0], 1)
    return date(year, parts.month or 1, parts.day or 1)


@lru_cache(maxsize=4096)
def latest(text: str) -> date | None:
    """Give the last day that an EDTF date covers; None where the year is unknown or year 0."""
    parts = parse(text)
    year = _year(parts.year, "9")
    if year is None:
        return None
    month = parts.month or 12
    if parts.grouping is not None:
        first, months = _MONTHS_OF_GROUPING[parts.grouping]
        past, month = divmod(first + months - 2, 12)
        year, month = year + past, month + 1
    if year > date.max.year:
        return date.max
    return date(year, month, parts.day or calendar.monthrange(year, month)[1])


def _year(year: str, fill: str) -> int | None:
    if year == _UNSPECIFIED:
        return None
    return int(year.replace("X", fill)) or None


def year_unspecified(text: str | None) -> bool:
    """Whether an EDTF date has an unspecified year; no date has none.

    >>> year_unspecified("XXXX-05-16"), year_unspecified("198X"), year_unspecified(None)
    (True, False, False)
    """
    return text is not None and text.startswith(_UNSPECIFIED)


def specified_year(text: str | None) -> int | None:
    """The year of an EDTF date if all its digits are specified.

    >>> specified_year("2025-05"), specified_year("198X"), specified_year("XXXX-05"), specified_year(None)
    (2025, None, None, None)
    """
    return int(text[:4]) if text is not None and text[:4].isdigit() else None


def without_year(text: str) -> str:
    """What an EDTF date says beneath the year: month and day, or the season; "" where that is nothing.

    >>> without_year("XXXX-05-16"), without_year("2025-23"), without_year("2025")
    ('05-16', '23', '')
    """
    return text[5:]


def in_year(text: str, year: int) -> str:
    """The same date in a given year, where its own is unspecified.

    >>> in_year("XXXX-05-16", 2025), in_year("2024-05-16", 2025)
    ('2025-05-16', '2024-05-16')
    """
    return f"{year:04d}{text[4:]}" if year_unspecified(text) else text


def in_leap_year(text: str) -> str:
    """The same date in some leap year, where its own is unspecified: to compare days of a text with each other.

    >>> in_leap_year("XXXX-02-29")
    '2000-02-29'
    """
    return in_year(text, _LEAP_YEAR)


def parse_day(text: str) -> date:
    """The calendar day that a text names as 2025-03-04; raises ``ValueError`` for any other way to write one."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise ValueError(f"{text!r} is no calendar day; write it as 2025-03-04")
    return day


def calendar_day(value: date | str | None) -> str | None:
    """A reference date as ISO 8601 calendar day; raises ``BadReferenceDate`` for anything else."""
    if value is None:
        return None
    if isinstance(value, date):
        return date(value.year, value.month, value.day).isoformat()
    try:
        return parse_day(value).isoformat()
    except ValueError as error:
        raise BadReferenceDate(str(error)) from None


def day_or_none(published: str | None) -> str | None:
    """A day of publication; what a document states less exactly is none."""
    try:
        return calendar_day(published)
    except BadReferenceDate:
        return None
