"""Dates and times as ISO 8601-1 has them: a date may be reduced to its year or month, nothing else is."""

from __future__ import annotations

import re
from datetime import date, datetime

from extractor.exporters.ical_dates import extent
from extractor.records import When

_REDUCED = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?")


def start_date(when: When) -> str | None:
    """The start as ISO 8601 date or, where a time is given, date and time with its UTC offset.

    None for what ISO 8601-1 cannot say without adding to it: a season, a quarter, an open year, an
    approximate date.
    """
    if when.approximate:
        return None
    made = extent(when)
    return _time(made.start if made is not None and made.is_exact else None) or iso_date(when.start)


def end_date(when: When) -> str | None:
    """The end, likewise; None for one that is not given."""
    if when.approximate or iso_date(when.start) is None:
        return None
    made = extent(when) if when.end_time is not None else None
    return _time(made.end if made is not None and made.is_exact else None) or iso_date(when.end)


def iso_date(edtf: str | None) -> str | None:
    """The EDTF date where it is an ISO 8601-1 date too: a day, a month or a year."""
    return edtf if edtf is not None and _REDUCED.fullmatch(edtf) else None


def _time(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if isinstance(moment, datetime) else None
