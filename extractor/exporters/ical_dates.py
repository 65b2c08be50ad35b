"""When an event is, as DTSTART and DTEND; and in words, for what is no day.

A date is a day only where the record says so. Everything else covers the whole period that it may
mean. Times are local times with their IANA zone; they float, without a zone, where that is none
or where its rules are not given (before 1970, after 2037).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from extractor.edtf import Edtf, parse
from extractor.exporters.ical_timezones import FIRST_YEAR, LAST_YEAR
from extractor.exporters.ical_words import DateWords
from extractor.lang.months import month_names
from extractor.linking.known_events import period
from extractor.records import When

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Extent:
    """When an entry begins and ends.

    Both are days, ``end`` exclusive, or both local times; without an ``end`` it is not known when
    a timed entry ends. ``is_exact`` says whether these are the days of the event, or those of
    which one is meant.
    """

    start: date | datetime
    end: date | datetime | None
    is_exact: bool


def extent(when: When | None) -> Extent | None:
    """The extent of a date; None where no calendar has a place for it: no date, no year, year 9999."""
    days = period(when) if when is not None else None
    if when is None or days is None or days[1].year >= date.max.year:
        return None
    first, last = days
    if not _is_exact(when):
        return Extent(first, last + _DAY, is_exact=False)
    if when.start_time is None:
        return Extent(first, last + _DAY, is_exact=True)
    zone = _zone(when.timezone) if first.year >= FIRST_YEAR and last.year <= LAST_YEAR else None
    start = _local(first, when.start_time, zone)
    return Extent(start, _end(start, last, when.end_time, zone), is_exact=True)


def _is_exact(when: When) -> bool:
    dates = [parse(text) for text in (when.start, when.end) if text is not None]
    return not when.approximate and all(part.day is not None and not part.qualifier for part in dates)


def _end(start: datetime, last: date, end_time: str | None, zone: tzinfo | None) -> datetime | None:
    """The end; past midnight where it would lie before the start; that of the last of several days.

    Midnight is the end of the last day, however it is written.
    """
    several = last > start.date()
    if several and end_time in (None, "00:00"):
        return _local(last, "24:00", zone)
    if end_time is None:
        return None
    end = _local(last, end_time, zone)
    if not several and end.replace(tzinfo=None) < start.replace(tzinfo=None):
        end = _local(last + _DAY, end_time, zone)
    return end if _instant(end) > _instant(start) else None


def _instant(local: datetime) -> datetime:
    return local.astimezone(UTC) if local.tzinfo is not None else local.replace(tzinfo=UTC)


def _local(day: date, clock: str, zone: tzinfo | None) -> datetime:
    hour, minute = int(clock[:2]), int(clock[3:])
    if hour == 24:
        day, hour = day + _DAY, 0
    return datetime.combine(day, time(hour, minute), zone)


@lru_cache(maxsize=64)
def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return None


def in_words(when: When, words: DateWords) -> str:
    """A date as people write it: "Juli 2025", "etwa 4. März 2025", "Mai 2025 bis Juli 2025"."""
    start, end = parse(when.start), parse(when.end) if when.end is not None else None
    text = _words(start, words)
    if end is not None and end != start:
        text = words.range.format(start=text, end=_words(end, words))
    approximate = when.approximate or start.qualifier or (end is not None and end.qualifier)
    return words.approximate.format(date=text) if approximate else text


def edtf_in_words(text: str, words: DateWords) -> str:
    """An EDTF date as people write it."""
    return _words(parse(text), words)


def _words(date_: Edtf, words: DateWords) -> str:
    year = date_.year
    if date_.grouping is not None:
        return _grouping(date_.grouping, year, words)
    if date_.month is not None:
        month = month_names()[date_.month - 1]
        if date_.day is not None:
            return words.day.format(day=date_.day, month=month, year=year.strip("X")).rstrip()
        return words.month.format(month=month, year=year.strip("X")).rstrip()
    if year.endswith("XX"):
        return words.century.format(year=year.replace("X", "0"), last_year=year.replace("X", "9"))
    if year.endswith("X"):
        return words.decade.format(year=year.replace("X", "0"))
    return words.year.format(year=year)


def _grouping(grouping: int, year: str, words: DateWords) -> str:
    if grouping == 24 and year.isdigit():
        return words.winter.format(year=year, next_year=f"{(int(year) + 1) % 100:02d}")
    if grouping < 30:
        return words.season.format(season=words.season_names[grouping - 21], year=year.strip("X")).rstrip()
    pattern, first = (words.quarter, 32) if grouping < 40 else (words.half, 39)
    return pattern.format(number=grouping - first, year=year.strip("X")).rstrip()
