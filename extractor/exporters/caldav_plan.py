"""What has to be done on a CalDAV server so that it holds what the records say: a plan, no more.

Our own entries are known by ``X-EXTRACTOR-CONTENT`` beside a UID that our records yield. All
others are foreign and left alone, and so are our own that the records say nothing of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import icalendar

from extractor.exporters.ical import revision, revision_of, single
from extractor.exporters.ical_entries import Entry


class Action(StrEnum):
    """What becomes of an entry."""

    CREATE = "create"
    UPDATE = "update"
    CANCEL = "cancel"
    KEEP = "keep"
    LEAVE = "leave"
    """An entry of somebody else has the UID; it is left alone."""


WRITING = frozenset({Action.CREATE, Action.UPDATE, Action.CANCEL})


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as the server holds it; ``etag`` names its version, ``event`` is None for what is no VEVENT."""

    href: str
    etag: str | None
    event: icalendar.Event | None


@dataclass(frozen=True, slots=True)
class Step:
    """What has to be done with one entry; ``data`` is what has to be written, if anything."""

    action: Action
    entry: Entry
    stored: Stored | None
    data: bytes | None = None

    @property
    def title(self) -> str:
        """Day and title, for people."""
        event = self.entry.component
        return f"{event.decoded('DTSTART'):%Y-%m-%d}  {event['SUMMARY']}"


def plan(entries: Iterable[Entry], stored: Mapping[str, Stored], *, modified: datetime | None = None) -> list[Step]:
    """The steps that bring what is stored, by UID, to what the entries say."""
    return [step(entry, stored.get(entry.uid), modified=modified) for entry in entries]


def step(entry: Entry, stored: Stored | None, *, modified: datetime | None = None) -> Step:
    """What has to be done with one entry."""
    if stored is None:
        return Step(Action.CREATE, entry, None, single(entry, revision_of(entry, None, modified=modified)))
    previous = revision(stored.event) if stored.event is not None else None
    if stored.event is None or previous is None:
        return Step(Action.LEAVE, entry, stored)
    following = revision_of(entry, previous, modified=modified)
    if following == previous:
        return Step(Action.KEEP, entry, stored)
    cancelled = entry.component.get("STATUS") == "CANCELLED" != stored.event.get("STATUS")
    data = single(entry, following, alarms=stored.event.walk("VALARM"))  # which people set there
    return Step(Action.CANCEL if cancelled else Action.UPDATE, entry, stored, data)
