"""Dates and times as ISO 8601-1 has them: a date may be reduced to its year or month, nothing else is."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from extractor.records import When

_REDUCED = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?")
_DAY = 10
_MIDNIGHT = "24:00"


def start_date(when: When) -> str | None:
    """The start as ISO 8601 date or, where a time is given, date and time with its UTC offset.

    None for what ISO 8601-1 cannot say without adding to it: a season, a quarter, an open year, an
    approximate date.
    """
    return None if when.approximate else _instant(when.start, when.start_time, when.timezone)


def end_date(when: When) -> str | None:
    """The end, likewise; the end of a day that only has a time is on that day, or past midnight."""
    if when.approximate or iso_date(when.start) is None:
        return None
    if when.end is not None:
        return _instant(when.end, when.end_time, when.timezone)
    if when.start_time is None or when.end_time is None:
        return None
    past_midnight = when.end_time < when.start_time
    return _instant(when.start, when.end_time, when.timezone, days=1 if past_midnight else 0, time_only=True)


def iso_date(edtf: str | None) -> str | None:
    """The EDTF date where it is an ISO 8601-1 date too: a day, a month or a year."""
    return edtf if edtf is not None and _REDUCED.fullmatch(edtf) else None


def _instant(edtf: str, clock: str | None, timezone: str, *, days: int = 0, time_only: bool = False) -> str | None:
    """Date, or date and time; with ``time_only`` None where there is no instant."""
    day = iso_date(edtf)
    if day is None or clock is None or len(day) < _DAY:
        return None if time_only else day
    if clock == _MIDNIGHT:
        days, clock = days + 1, "00:00"
    try:
        local = datetime.combine(date.fromisoformat(day) + timedelta(days), time.fromisoformat(clock))
    except OverflowError:
        return None if time_only else day
    return local.replace(tzinfo=_zone(timezone, local)).isoformat()


def _zone(name: str, local: datetime) -> ZoneInfo | None:
    """The time zone; None for one that nobody knows, or whose offset had seconds then: ISO 8601 has none."""
    try:
        zone = ZoneInfo(name)
        offset = zone.utcoffset(local)
    except (ValueError, LookupError, OSError, OverflowError):
        return None
    return zone if offset is not None and not offset.seconds % 60 else None
