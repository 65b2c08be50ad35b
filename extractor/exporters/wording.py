"""What subscribers read, in German: the date of an event in words, its status."""

from __future__ import annotations

from extractor.edtf import Edtf, parse
from extractor.records import When

STATUS = {"planned": "geplant", "held": "hat stattgefunden", "cancelled": "abgesagt", "postponed": "verschoben"}
"""The status of an event."""

_MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli"),
    *("August", "September", "Oktober", "November", "Dezember"),
)
_SEASONS = {21: "Frühjahr", 22: "Sommer", 23: "Herbst", 24: "Winter"}
_QUALIFIERS = {"": "", "?": "vermutlich ", "~": "etwa ", "%": "vermutlich etwa "}


def date_in_words(when: When) -> str:
    """The date as it is written: "10.–11. Oktober 2023", "Juli 2025", "etwa Herbst 2025"."""
    start = parse(when.start)
    end = parse(when.end) if when.end is not None and when.end != when.start else None
    about = _QUALIFIERS[start.qualifier] or ("etwa " if when.approximate else "")
    if end is None:
        return about + _words(start)
    if None not in (start.day, end.day) and (start.year, start.month) == (end.year, end.month):
        return f"{about}{start.day}.–{_words(end)}"
    if start.month is not None and end.month is not None and start.year == end.year:
        return f"{about}{_words(start, with_year=False)} – {_words(end)}"
    return f"{about}{_words(start)} – {_words(end)}"


def date_and_time_in_words(when: When) -> str:
    """The date with its times: "4. März 2025, 18:00–20:00 Uhr"."""
    times = "–".join(clock for clock in (when.start_time, when.end_time) if clock is not None)
    return f"{date_in_words(when)}, {times} Uhr" if times else date_in_words(when)


def day_in_words(edtf: str) -> str:
    """One EDTF date: "4. März 2025", "Juli 2025"."""
    date = parse(edtf)
    return _QUALIFIERS[date.qualifier] + _words(date)


def _words(date: Edtf, *, with_year: bool = True) -> str:
    year = _year(date.year) if with_year else ""
    if date.month is not None:
        day = f"{date.day}. " if date.day is not None else ""
        return f"{day}{_MONTHS[date.month - 1]} {year}".rstrip()
    if date.grouping is None:
        return year
    if date.grouping in _SEASONS:
        past = f"/{(int(date.year) + 1) % 100:02d}" if date.grouping == 24 and date.year.isdigit() else ""
        return f"{_SEASONS[date.grouping]} {year}{past}"
    if date.grouping < 40:
        return f"{date.grouping - 32}. Quartal {year}"
    return f"{date.grouping - 39}. Halbjahr {year}"


def _year(year: str) -> str:
    if year.isdigit():
        return year
    if year == "XXXX":
        return "(Jahr offen)"
    if year.endswith("XX"):
        return f"{int(year[:2]) + 1}. Jahrhundert"
    return f"{year[:3]}0er Jahre"
