"""Chronology: how the dates of a text's events lie to each other."""

from __future__ import annotations

from datetime import date

from extractor.assembly.drafts import Draft
from extractor.edtf import earliest, in_leap_year, latest, without_year, year_unspecified
from extractor.pipes.values import Timex


def is_before(draft: Draft, reference: Draft) -> bool:
    """Whether an event begins before another one; not where a year is unknown."""
    one, other = first_day(draft), first_day(reference)
    return one is not None and other is not None and one < other


def is_within(draft: Draft, main: Draft) -> bool:
    """Whether an event falls on a day of the main event."""
    if not draft.dates or not main.dates:
        return False
    start, end = main.start or "", main.end or main.start or ""
    return start <= (draft.start or "") <= end


def first_day(draft: Draft) -> date | None:
    """The first day that an event's date covers; None without a date or where the year is unknown."""
    return earliest(draft.start) if draft.start else None


def days_between(main: Draft, draft: Draft) -> int:
    """How many days lie between the end of the main event and another one; 0 where only one has a year."""
    end, start = main.end or main.start, draft.start
    if not end or not start or year_unspecified(main.start) != year_unspecified(start):
        return 0
    one, other = earliest(in_leap_year(end)), earliest(in_leap_year(start))
    return (other - one).days if one is not None and other is not None else 0


def covers(coarse: str, fine: str) -> bool:
    """Whether a period holds a more precise date: ``2019`` holds ``2019-05-04``, a winter its January."""
    if not coarse or not fine or coarse == fine:
        return False
    if year_unspecified(coarse):
        return bool(without_year(coarse)) and without_year(fine).startswith(without_year(coarse))
    first, last = earliest(coarse), latest(coarse)
    begin, end = earliest(fine), latest(fine)
    return None not in (first, last, begin, end) and first <= begin and end <= last  # type: ignore[operator]


def holds(coarse: Timex, fine: Timex) -> bool:
    """Whether the days of one date hold all days of another."""
    first, last = _days(coarse)
    begin, end = _days(fine)
    return None not in (first, last, begin, end) and first <= begin and end <= last  # type: ignore[operator]


def _days(timex: Timex) -> tuple[date | None, date | None]:
    start = timex["edtf_start"]
    if start is None:
        return None, None
    first, last = (in_leap_year(edtf) for edtf in (start, timex["edtf_end"] or start))
    return earliest(first), latest(last)
