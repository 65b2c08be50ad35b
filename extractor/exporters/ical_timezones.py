"""VTIMEZONE: the rules of a time zone as far as the entries of a calendar need them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

_Change = tuple[timedelta, timedelta, str, bool]
"""Offset before and after, name, whether it is daylight saving time."""
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def timezone(name: str, years: Iterable[int]) -> Timezone:
    """The VTIMEZONE of an IANA zone, right in these years and, where the rules stay, ever after.

    A change that comes on the same weekday of the same month each year ("the last Sunday of
    March") is a yearly rule, any other a list of dates.
    """
    first, last = min(years := list(years)) - 1, max(years) + 1
    changes: dict[_Change, list[datetime]] = {}
    for year in range(first, last + 1):
        for moment, change in _changes(name, year):
            changes.setdefault(change, []).append(moment)
    component = Timezone()
    component.add("TZID", name)
    if not changes:
        begin = datetime(first, 1, 1, tzinfo=ZoneInfo(name))
        offset = begin.utcoffset() or timedelta()
        component.add_component(
            _observance((offset, offset, begin.tzname() or name, False), [datetime(first, 1, 1)], 0)
        )
    for change, moments in changes.items():
        component.add_component(_observance(change, moments, last - first + 1))
    return component


def _observance(change: _Change, moments: list[datetime], years: int) -> TimezoneStandard | TimezoneDaylight:
    before, after, name, is_daylight = change
    component = TimezoneDaylight() if is_daylight else TimezoneStandard()
    component.add("TZOFFSETFROM", before)
    component.add("TZOFFSETTO", after)
    component.add("TZNAME", name)
    component.add("DTSTART", moments[0])
    weekday = _weekday_of_month(moments)
    if weekday is not None and len(moments) == years:
        component.add("RRULE", vRecur({"FREQ": "YEARLY", "BYMONTH": moments[0].month, "BYDAY": weekday}))
    elif len(moments) > 1:
        component.add("RDATE", moments[1:])
    return component


def _weekday_of_month(moments: list[datetime]) -> str | None:
    """The one weekday on which all moments fall: "-1SU" is the last Sunday of the month."""
    if len({(moment.month, moment.weekday(), moment.time()) for moment in moments}) != 1:
        return None
    weekday = _WEEKDAYS[moments[0].weekday()]
    if all((moment + timedelta(days=7)).month != moment.month for moment in moments):
        return f"-1{weekday}"
    numbers = {(moment.day - 1) // 7 + 1 for moment in moments}
    return f"{numbers.pop()}{weekday}" if len(numbers) == 1 else None


@lru_cache(maxsize=1024)
def _changes(name: str, year: int) -> tuple[tuple[datetime, _Change], ...]:
    """The changes of a year: the local time at which the clocks are set, by the offset before."""
    zone, utc = ZoneInfo(name), ZoneInfo("UTC")
    moment, end = datetime(year, 1, 1, tzinfo=utc), datetime(year + 1, 1, 1, tzinfo=utc)
    found: list[tuple[datetime, _Change]] = []
    while moment < end:
        following = min(moment + timedelta(days=1), end)
        before = moment.astimezone(zone).utcoffset() or timedelta()
        if before != following.astimezone(zone).utcoffset():
            low, high = moment, following
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) // 2
                middle = middle.replace(second=0, microsecond=0)
                low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
            local = high.astimezone(zone)
            change = before, local.utcoffset() or timedelta(), local.tzname() or name, bool(local.dst())
            found.append(((high + before).replace(tzinfo=None), change))
        moment = following
    return tuple(found)
