"""What makes an event the same event in other reports, in later versions, on a corrected date.

The UID of an event is a UUID (RFC 7986, section 5.3; version 5 of RFC 9562) of a key:

1. ``numbered``: series, ordinal, town. Where no town is known the year takes its place. A series
   that the report calls by its head only ("die 3. Werkstatt" after "die 2. Ortswerkstatt") is
   the series of the main event.
2. ``named``: name, town, year, where there is no number; the month too where the name says no
   more than a kind of event that recurs ("Plenum", "Konzert": ``lang/de/recurring.toml``).

The town is that of the event, else that of the report's main event, else "online" for what has
no other place. It is part of both because the same names ("2. Bürgerdialog", "Neujahrsempfang")
are in use everywhere: two entries for one event are a nuisance, one entry for two events is a
loss. For the same reason the report's id joins the key where too little is known, and the date
where one report tells of several events with one key.

The date is that by which the event was first known: of a postponed one the old one. So numbered
events keep their UID on whatever date, named ones within the year.

Names are compared by their letters and digits (NFKC, case folded): hyphens, quotation marks and
white space do not count.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from uuid import UUID, uuid5

from extractor.edtf import parse, year_unspecified
from extractor.lang.lexicon import Lexicon, load_lexicon
from extractor.records import Event, Report

NAMESPACE = UUID("a99828a6-41e4-402e-b2d7-b8c5f3c04e75")
"""The namespace of all UIDs; it never changes."""

_ONLINE = "online"
_Key = tuple[str | int | tuple[str, ...], ...]


class RecurringKinds(Lexicon):
    """Schema of ``lang/de/recurring.toml``."""

    recurring: tuple[str, ...]
    alone: tuple[str, ...]


def event_uid(event: Event, report: Report) -> str:
    """The UID of an event of a report: equal for what is the same event in any report.

    It depends on the event, on town and series of the report's main event, and on whether the
    report tells of other events with the same key.
    """
    uids = event_uids(report)
    return next(
        (uid for other, uid in uids if other is event),
        next((uid for other, uid in uids if other == event), _uid(_key(event, report))),
    )


def event_uids(report: Report) -> list[tuple[Event, str]]:
    """All events of a report with their UIDs: main event, follow-ups, others; no UID stands twice."""
    keyed = [(event, _key(event, report)) for event in events_of(report)]
    for more in (_date, _event_id, _position):
        several = _repeated(key for _, key in keyed)
        keyed = [
            (event, (*key, more(event, index)) if key in several else key) for index, (event, key) in enumerate(keyed)
        ]
    return [(event, _uid(key)) for event, key in keyed]


def events_of(report: Report) -> Iterator[Event]:
    """All events of a report: main event, follow-ups, others."""
    if report.main_event is not None:
        yield report.main_event
    yield from report.follow_ups
    yield from report.other_events


def folded(name: str) -> str:
    """A name as it is compared: its letters and digits."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(character for character in plain if unicodedata.category(character)[0] in "LNM") or plain


def _key(event: Event, report: Report) -> _Key:
    town = _town(event, report)
    year, month = _year_and_month(event)
    if event.ordinal is not None:
        key: _Key = ("numbered", _series(event, report), event.ordinal, town or ("", year))
        return key if town or year else (*key, report.id)
    name = folded(event.name)
    if name == folded(event.event_type) and _recurs(name):
        key = ("named", name, town, year, month)
        return key if town and year else (*key, report.id)
    key = ("named", name, town, year)
    return key if town or year else (*key, report.id)


def _series(event: Event, report: Report) -> str:
    """The series of a numbered event; the full name where the main event gives it."""
    series = folded(event.series or event.event_type)
    main = report.main_event
    if main is not None and main.series is not None:
        full = folded(main.series)
        if full.endswith(series):
            return full
    return series


def _town(event: Event, report: Report) -> str:
    main = report.main_event
    for where in (event.where, main.where if main is not None else None):
        if where is not None and where.city is not None:
            return folded(where.city)
        if where is not None and where.online:
            return _ONLINE
    return ""


def _year_and_month(event: Event) -> tuple[str, str]:
    """Year and month of the date by which the event was first known; "" for what is open."""
    if event.when is None:
        return "", ""
    start = event.when.previous_start or event.when.start
    date = parse(start)
    return "" if year_unspecified(start) else date.year, f"{date.month or date.grouping or 0:02d}"


def _recurs(name: str) -> bool:
    alone, endings = _kinds()
    return name in alone or name.endswith(endings)


@cache
def _kinds() -> tuple[frozenset[str], tuple[str, ...]]:
    kinds = load_lexicon("recurring", RecurringKinds)
    return frozenset(map(folded, kinds.alone)), tuple(map(folded, kinds.recurring))


def _repeated(keys: Iterable[_Key]) -> set[_Key]:
    return {key for key, count in Counter(keys).items() if count > 1}


def _date(event: Event, _: int) -> str:
    return (event.when.previous_start or event.when.start) if event.when is not None else ""


def _event_id(event: Event, _: int) -> str:
    return event.id


def _position(_: Event, index: int) -> int:
    return index


def _uid(key: _Key) -> str:
    return str(uuid5(NAMESPACE, json.dumps(key)))
