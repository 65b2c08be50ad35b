"""iCalendar (RFC 5545, 7986): the events of many reports as one calendar.

Equal reports give equal bytes. Where an entry was exported before, its SEQUENCE grows when it says
something else, and nothing of it changes otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

import icalendar

from extractor.errors import UsageError
from extractor.exporters.ical_entries import CONTENT, Entry, entry
from extractor.exporters.ical_timezones import timezone
from extractor.exporters.ical_words import line
from extractor.exporters.imprecise import Imprecise
from extractor.linking.known_events import KnownEvent, known_events
from extractor.records import Report

PRODID = "-//extractor//extractor//DE"
MAX_PREVIOUS_BYTES = 200_000_000

_UNKNOWN_TIME = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_SEQUENCE = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Revision:
    """Which version of an entry it is: what SEQUENCE, DTSTAMP and the content hash say."""

    sequence: int
    stamp: datetime
    content: str


def to_ical(
    reports: Iterable[Report],
    *,
    imprecise: Literal["span", "skip"] = "span",
    other: bool = False,
    name: str | None = None,
    previous: bytes | None = None,
    modified: datetime | None = None,
) -> bytes:
    """The events of reports as an iCalendar file.

    One entry an event: main events and follow-ups, with ``other`` all others too. An event whose
    day is not known becomes an all-day, tentative entry over the period that is meant, or with
    ``imprecise="skip"`` none. An event without a year has no place in a calendar.

    ``name`` names the calendar. ``previous`` is the file as it was: entries that say the same stay
    as they are, the SEQUENCE of others grows. ``modified`` (with a time zone) is the time stamp of
    new and changed entries; by default it is the day on which the latest report was published.

    Raises ``UsageError`` for a ``previous`` that is no calendar of this function.
    """
    known = known_events(reports)
    chosen = entries(known, imprecise=Imprecise(imprecise), other=other)
    return write_calendar(chosen, name=name, previous=revisions(previous) if previous else {}, modified=modified)


def entries(known: Iterable[KnownEvent], *, imprecise: Imprecise = Imprecise.SPAN, other: bool = False) -> list[Entry]:
    """The entries of events, in their order; those that have no place in a calendar are left out."""
    chosen = (entry(event, imprecise) for event in known if other or event.event.role != "other")
    return [made for made in chosen if made is not None]


def write_calendar(
    chosen: Iterable[Entry],
    *,
    name: str | None = None,
    previous: Mapping[str, Revision] | None = None,
    modified: datetime | None = None,
) -> bytes:
    """A calendar of these entries."""
    calendar = _calendar()
    if name is not None:
        for field in ("NAME", "X-WR-CALNAME"):
            calendar.add(field, icalendar.vText(line(name)))
    calendar.add("REFRESH-INTERVAL", timedelta(days=1), parameters={"VALUE": "DURATION"})
    events = [revised(made, revision_of(made, (previous or {}).get(made.uid), modified=modified)) for made in chosen]
    for component in [*_timezones(events), *events]:
        calendar.add_component(component)
    data: bytes = calendar.to_ical()
    return data


def single(made: Entry, revision: Revision, *, alarms: Iterable[icalendar.Component] = ()) -> bytes:
    """A calendar of one entry, as CalDAV stores it."""
    calendar = _calendar()
    event = revised(made, revision)
    for alarm in alarms:
        event.add_component(alarm)
    for component in [*_timezones([event]), event]:
        calendar.add_component(component)
    data: bytes = calendar.to_ical()
    return data


def revised(made: Entry, revision: Revision) -> icalendar.Event:
    """The VEVENT of an entry in one of its versions."""
    component = made.component.copy()
    component.add("SEQUENCE", revision.sequence)
    component.add("DTSTAMP", revision.stamp)
    if revision.stamp != _UNKNOWN_TIME:
        component.add("LAST-MODIFIED", revision.stamp)
    component.add(CONTENT, revision.content)
    return component


def revision_of(made: Entry, previous: Revision | None, *, modified: datetime | None = None) -> Revision:
    """The version of an entry after an earlier one: the same where it says the same."""
    stamp = (modified or made.published or _UNKNOWN_TIME).astimezone(UTC).replace(microsecond=0)
    if previous is None:
        return Revision(0, stamp, made.content)
    if previous.content == made.content:
        return previous
    return Revision(min(previous.sequence + 1, _MOST_SEQUENCE), max(stamp, previous.stamp), made.content)


def revisions(data: bytes) -> dict[str, Revision]:
    """The entries of a calendar that ``to_ical`` wrote, by UID.

    Raises ``UsageError`` for any other calendar, so that none is overwritten.
    """
    calendar = parsed(data) if len(data) <= MAX_PREVIOUS_BYTES else None
    if calendar is None or str(calendar.get("PRODID")) != PRODID:
        raise UsageError("it is no calendar that was made here, and is left alone; name another file")
    found = {str(event.get("UID")): revision(event) for event in calendar.events}
    if None in found.values():
        raise UsageError("it holds entries that were not made here, and is left alone; name another file")
    return {uid: known for uid, known in found.items() if known is not None}


def parsed(data: bytes | str) -> icalendar.Calendar | None:
    """The calendar that this is; None for what is none."""
    try:
        calendar = icalendar.Calendar.from_ical(data)
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
    return calendar if isinstance(calendar, icalendar.Calendar) else None


def revision(event: icalendar.Event) -> Revision | None:
    """The version of a VEVENT that was made here; None for any other."""
    content = event.get(CONTENT)
    if content is None:
        return None
    try:
        stamp = event.DTSTAMP
        sequence = min(max(int(event.get("SEQUENCE", 0)), 0), _MOST_SEQUENCE)
        return Revision(sequence, stamp or _UNKNOWN_TIME, str(content))
    except (ValueError, TypeError, AttributeError, icalendar.InvalidCalendar):
        return Revision(0, _UNKNOWN_TIME, "")


def _calendar() -> icalendar.Calendar:
    calendar = icalendar.Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODID)
    return calendar


def _timezones(events: list[icalendar.Event]) -> Iterator[icalendar.Timezone]:
    """The zones that the events need, by name."""
    values = (event.get(field) for event in events for field in ("DTSTART", "DTEND"))
    zones = {str(value.params["TZID"]) for value in values if value is not None and "TZID" in value.params}
    return map(timezone, sorted(zones))
