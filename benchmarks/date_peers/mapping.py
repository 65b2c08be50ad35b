"""From what other tools say to TIMEX3, as favourably as can be done without looking at the gold standard.

* A preposition, an article or a conjunction at the edge of a span goes, for TIMEX3 spans have none.
* A range becomes its two ends, split where "bis", "und", a dash or a slash stands; without one its first end
  stands for all.
* A point in time becomes a value of the tool's grain; a range that covers exactly a week, a month, a quarter, a year,
  an astronomic season or a part of the day becomes that.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from harness import Timex

_LEAD = re.compile(
    r"(?:(?:am|an|um|ab|vom|von|im|bis|zum|zur|den|dem|der|die|das|gegen|ca\.?|und|oder|auf|seit)\b\.?|[\s,;:(])+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:[\s,;:)]|\b(?:und|oder|bis|um|am|im|von|vom|ab)\b)+$", re.IGNORECASE)
_JOINT = re.compile(r"\s*(?:\bbis(?:\s+zum)?\b|\bund\b|[-–—/])\s*", re.IGNORECASE)
_SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?!\s+[A-ZÄÖÜ])|(?<=\d)\.)+[.!?\n]*")
_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}


def sentences(text: str) -> list[tuple[int, str]]:
    """The sentences of a text, each with its offset, for tools that lose their way in longer texts."""
    return [(match.start(), match[0]) for match in _SENTENCE.finditer(text)]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without prepositions, articles and marks at its edges; as it was if nothing would be left."""
    lead = _LEAD.match(text, start, end)
    begin = lead.end() if lead else start
    tail = _TAIL.search(text[begin:end])
    finish = begin + tail.start() if tail else end
    return (begin, finish) if begin < finish else (start, end)


def expression(text: str, start: int, end: int, kind: str, value: str) -> Timex:
    """An expression whose span is trimmed."""
    return Timex(*trimmed(text, start, end), kind, value)


def ends(text: str, start: int, end: int, first: tuple[str, str], last: tuple[str, str]) -> list[Timex]:
    """The two ends of a range, each with its type and value."""
    begin, finish = trimmed(text, start, end)
    joint = _JOINT.search(text, begin + 1, finish)
    if joint is None or joint.end() >= finish:
        return [Timex(begin, finish, *first)]
    return [
        expression(text, begin, joint.start(), *first),
        expression(text, joint.end(), finish, *last),
    ]


def point(moment: datetime, grain: str) -> tuple[str, str]:
    """Type and value of a point in time."""
    match grain:
        case "second" | "minute" | "hour":
            return "TIME", moment.strftime("%Y-%m-%dT%H:%M")
        case "day":
            return "DATE", moment.strftime("%Y-%m-%d")
        case "week":
            year, week, _ = moment.isocalendar()
            return "DATE", f"{year:04d}-W{week:02d}"
        case "month":
            return "DATE", moment.strftime("%Y-%m")
        case "quarter":
            return "DATE", f"{moment.year:04d}-Q{(moment.month + 2) // 3}"
        case _:
            return "DATE", f"{moment.year:04d}"


def period(first: datetime, after: datetime) -> tuple[str, str] | None:
    """Type and value of a stretch up to, but without, ``after``; None for one that has no name."""
    days = (after - first).days
    if first.time() == after.time() == datetime.min.time():
        if days == 7 and first.weekday() == 0:
            return point(first, "week")
        if days in (2, 3) and first.weekday() in (4, 5) and after.weekday() == 0:
            return "DATE", point(first, "week")[1] + "-WE"
        if first.day == 1 and after.day == 1:
            months = (after.year - first.year) * 12 + after.month - first.month
            grain = {1: "month", 3: "quarter" if first.month % 3 == 1 else "", 12: "year" if first.month == 1 else ""}
            if grain.get(months):
                return point(first, grain[months])
        if first.month in _SEASONS and 18 <= first.day <= 24 and 85 <= days <= 95:
            return "DATE", f"{first.year:04d}-{_SEASONS[first.month]}"
        return None
    if days == 0:
        hour = first.hour
        part = (
            "NI"
            if hour < 3 or hour >= 22
            else "MO"
            if hour < 11
            else "MI"
            if hour < 12
            else "AF"
            if hour < 16
            else "EV"
        )
        return "TIME", f"{first:%Y-%m-%d}T{part}"
    return None


def last_of(after: datetime, grain: str) -> datetime:
    """The last point of that grain before ``after``."""
    return after - (timedelta(days=1) if grain in ("day", "week", "month", "quarter", "year") else timedelta(0))


def at_noon(day: date) -> datetime:
    """The reference time of tools that want one to the hour."""
    return datetime(day.year, day.month, day.day, 12)
