"""VTIMEZONE: the rules of a time zone from 1970 to 2037.

One zone is always the same component, whatever the calendar holds: some programs keep the first
that they meet for all calendars. Clock changes that come on the same weekday of the same month
year after year ("the last Sunday of March") are yearly rules, others lists of dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

FIRST_YEAR, LAST_YEAR = 1970, 2037
"""The years whose rules are given; those for the last year go on."""

_Change = tuple[timedelta, timedelta, str, bool]
"""Offset before and after, name, whether it is daylight saving time."""
_SHORTEST_RULE = 3
"""Years that make a rule."""
_STEP = timedelta(days=7)
"""No zone sets its clocks and sets them back within a week."""
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def timezone(name: str) -> Timezone:
    """The VTIMEZONE of an IANA zone."""
    component = Timezone()
    component.add("TZID", name)
    for observance in sorted(_observances(name), key=lambda observance: observance.DTSTART or datetime.max):
        component.add_component(observance)
    return component


def _observances(name: str) -> Iterator[TimezoneStandard | TimezoneDaylight]:
    begin = datetime(FIRST_YEAR, 1, 1, tzinfo=ZoneInfo(name))
    offset = begin.utcoffset() or timedelta()
    yield _observance((offset, offset, begin.tzname() or name, bool(begin.dst())), begin.replace(tzinfo=None))
    changes: dict[_Change, list[datetime]] = {}
    for moment, change in _changes(name):
        changes.setdefault(change, []).append(moment)
    for change, moments in changes.items():
        single: list[datetime] = []
        for run in _runs(moments):
            if len(run) >= _SHORTEST_RULE:
                yield _yearly(change, run)
            else:
                single += run
        if single:
            observance = _observance(change, single[0])
            for moment in single[1:]:  # a line each: of several dates in a line some programs read the first only
                observance.add("RDATE", [moment])
            yield observance


def _observance(change: _Change, start: datetime) -> TimezoneStandard | TimezoneDaylight:
    before, after, name, is_daylight = change
    component = TimezoneDaylight() if is_daylight else TimezoneStandard()
    component.add("TZOFFSETFROM", before)
    component.add("TZOFFSETTO", after)
    component.add("TZNAME", name)
    component.add("DTSTART", start)
    return component


def _yearly(change: _Change, run: list[datetime]) -> TimezoneStandard | TimezoneDaylight:
    observance = _observance(change, run[0])
    rule: dict[str, object] = {"FREQ": "YEARLY", "BYMONTH": run[0].month, "BYDAY": _weekday_of_month(run)}
    if run[-1].year < LAST_YEAR:
        # The end of the year rather than the last change: not every program reads UNTIL as UTC.
        rule["UNTIL"] = datetime(run[-1].year, 12, 31, 23, 59, 59, tzinfo=UTC)
    observance.add("RRULE", vRecur(rule))
    return observance


def _runs(moments: list[datetime]) -> list[list[datetime]]:
    """The moments cut into stretches of consecutive years that keep to one rule."""
    runs: list[list[datetime]] = []
    for moment in moments:
        if runs and moment.year == runs[-1][-1].year + 1 and _weekday_of_month([*runs[-1], moment]):
            runs[-1].append(moment)
        else:
            runs.append([moment])
    return runs


def _weekday_of_month(moments: list[datetime]) -> str | None:
    """The one weekday on which all moments fall: "-1SU" is the last Sunday of the month."""
    if len({(moment.month, moment.weekday(), moment.time()) for moment in moments}) != 1:
        return None
    weekday = _WEEKDAYS[moments[0].weekday()]
    if all((moment + timedelta(days=7)).month != moment.month for moment in moments):
        return f"-1{weekday}"
    numbers = {(moment.day - 1) // 7 + 1 for moment in moments}
    return f"{numbers.pop()}{weekday}" if len(numbers) == 1 else None


@lru_cache(maxsize=64)
def _changes(name: str) -> tuple[tuple[datetime, _Change], ...]:
    """All clock changes: the local time, by the offset before, at which the clocks are set."""
    zone = ZoneInfo(name)
    moment, end = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC)
    found: list[tuple[datetime, _Change]] = []
    while moment < end:
        following = moment + _STEP
        before = moment.astimezone(zone).utcoffset() or timedelta()
        if before != following.astimezone(zone).utcoffset():
            change = _first_after(moment, following, zone)
            local = change.astimezone(zone)
            offsets = before, local.utcoffset() or timedelta(), local.tzname() or name, bool(local.dst())
            found.append(((change + before).replace(tzinfo=None), offsets))
        moment = following
    return tuple(found)


def _first_after(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The minute at which the offset becomes another, between two moments that have different ones."""
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(minutes=1):
        middle = (low + (high - low) / 2).replace(second=0, microsecond=0)
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high
