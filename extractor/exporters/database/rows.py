"""Reports as rows: a record in, tuples in the order of the tables' columns out. No database here."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple, overload

from sqlalchemy import Table

from extractor import edtf
from extractor.exporters.database.schema import OWN, SHARED
from extractor.exporters.database.storable import Storable
from extractor.linking.identity import event_uids, events_of
from extractor.linking.known_events import Sighting
from extractor.records import Event, Mention, Report, Span

ROWS_VERSION = 1
"""Raised whenever the same record would make other rows, so that loading it again renews them."""

Row = tuple[Any, ...]

_NO_DATES = (None, None, None)
_NO_QUOTE = (None, None, None)
_NO_WHEN = (None,) * 14
_NO_WHERE = (None,) * 5


class Said(NamedTuple):
    """What a report says of an event, and the id of the town's entry in ``places``."""

    sighting: Sighting
    place_id: str | None


class Rows:
    """The rows of some reports.

    ``own`` holds, by table, what belongs to one report; ``shared`` what reports have in common, by
    table and id.
    """

    def __init__(self, reports: Iterable[Storable]) -> None:
        """Make the rows of reports."""
        self.own: dict[str, list[Row]] = {table.name: [] for table in OWN}
        self.shared: dict[str, dict[str, Row]] = {table.name: {} for table in SHARED}
        self.said: dict[str, list[Said]] = {}
        """What the reports say of events, by uid."""
        self._ids: dict[Row, str] = {}
        for storable in reports:
            uids = [uid for _, uid in event_uids(storable.report)]
            self._add(storable.in_columns(), storable.record, uids)
        for table in ("event_organisers", "event_topics"):
            self.own[table] = list(dict.fromkeys(self.own[table]))

    def of(self, table: Table) -> list[Row]:
        """The rows of one table, those that are shared in the order of their ids."""
        shared = self.shared.get(table.name)
        return self.own[table.name] if shared is None else [shared[key] for key in sorted(shared)]

    def _add(self, report: Report, record: str, uids: list[str]) -> None:
        source = report.source
        self.own["reports"].append(
            (
                report.id,
                source.uri,
                _composed(source.media_type),
                source.sha256,
                _composed(source.language),
                _composed(source.title),
                *_dates(source.published),
                source.characters,
                report.schema_version,
                _composed(report.generator),
                ROWS_VERSION,
                record,
            )
        )
        places = self._add_places(report)
        self._add_organisations(report)
        self._add_persons(report)
        self._add_topics(report)
        for position, (event, uid) in enumerate(zip(events_of(report), uids, strict=True)):
            self._add_event(report, position, event, uid, places)
        for position, warning in enumerate(report.warnings):
            quote = _quote(warning.span) if warning.span else _NO_QUOTE
            self.own["report_warnings"].append(
                (report.id, position, _composed(warning.code), _composed(warning.message), *quote)
            )

    def _add_places(self, report: Report) -> dict[str, str]:
        """The id of each place, by its name; the first of a name counts."""
        ids: dict[str, str] = {}
        for position, place in enumerate(report.places):
            name = _composed(place.name)
            values = (
                name,
                place.kind,
                _composed(place.ags),
                _composed(place.state),
                _composed(place.country),
                place.latitude,
                place.longitude,
            )
            place_id = self._share("places", *values)
            ids.setdefault(name, place_id)
            self.own["report_places"].append((report.id, position, place_id))
            self._add_mentions("place", report, position, place.mentions)
        return ids

    def _add_organisations(self, report: Report) -> None:
        for position, organisation in enumerate(report.organisations):
            row = (
                report.id,
                position,
                self._share("organisations", _composed(organisation.name)),
                _composed(organisation.acronym),
                _composed(organisation.kind),
            )
            self.own["report_organisations"].append(row)
            for role in dict.fromkeys(organisation.roles):
                self.own["report_organisation_roles"].append((report.id, position, role))
            self._add_mentions("organisation", report, position, organisation.mentions)

    def _add_persons(self, report: Report) -> None:
        for position, person in enumerate(report.persons):
            row = (
                report.id,
                position,
                self._share("persons", _composed(person.name)),
                _composed(person.title),
                _composed(person.function),
                _composed(person.organisation),
            )
            self.own["report_persons"].append(row)
            self._add_mentions("person", report, position, person.mentions)

    def _add_topics(self, report: Report) -> None:
        for position, topic in enumerate(report.topics):
            row = (report.id, position, self._share("topics", _composed(topic.name)), _composed(topic.concept))
            self.own["report_topics"].append(row)
            self._add_mentions("topic", report, position, topic.mentions)

    def _add_mentions(self, entity: str, report: Report, position: int, mentions: Sequence[Mention]) -> None:
        self.own[f"{entity}_mentions"].extend(
            (report.id, position, number, *_quote(mention), _composed(mention.rule))
            for number, mention in enumerate(mentions)
        )

    def _add_event(self, report: Report, position: int, event: Event, uid: str, places: dict[str, str]) -> None:
        where = event.where
        place = places.get(_composed(where.place or where.city) or "") if where is not None else None
        values = event_values(event, place)
        self.said.setdefault(uid, []).append(Said(Sighting(uid, event, report.id, report.source, None, None), place))
        self.shared["events"].setdefault(uid, (uid, report.id, *values))
        self.own["report_events"].append((report.id, position, uid, _composed(event.id), event.role, *values))
        self.own["evidence"].extend(
            (report.id, position, number, _composed(item.field), *_quote(item), _composed(item.rule))
            for number, item in enumerate(event.evidence)
        )
        for name in event.organisers:
            row = (uid, self._share("organisations", _composed(name)), report.id)
            self.own["event_organisers"].append(row)
        for name in event.topics:
            self.own["event_topics"].append((uid, self._share("topics", _composed(name)), report.id))

    def _share(self, table: str, *values: Any) -> str:
        """The id of a row that reports share: a digest of its values, none of which holds U+0000."""
        known = self._ids.get((table, *values))
        if known is None:
            content = "\0".join("-" if value is None else f"+{value}" for value in values)
            known = self._ids[table, *values] = blake2b(content.encode(), digest_size=16).hexdigest()
            self.shared[table][known] = (known, *values)
        return known


def event_values(event: Event, place_id: str | None) -> Row:
    """The columns that ``events`` and ``report_events`` share."""
    when, where = event.when, event.where
    dates: Row = _NO_WHEN
    if when is not None:
        earliest, latest = _extent(when.start, when.end)
        dates = (
            when.text,
            when.start,
            when.end,
            earliest,
            latest,
            *_dates(when.previous_start),
            when.start_time,
            when.end_time,
            when.timezone,
            when.precision,
            when.approximate,
            _composed(when.inferred_from),
        )
    town: Row = _NO_WHERE
    if where is not None:
        town = (
            _composed(where.city),
            _composed(where.venue),
            _composed(where.address),
            where.online,
            place_id,
        )
    return (
        _composed(event.name),
        _composed(event.event_type),
        _composed(event.series),
        event.ordinal,
        event.status,
        *dates,
        *town,
        event.attendance,
        event.confidence,
    )


def _dates(text: str | None) -> Row:
    """An EDTF date, its first and its last day."""
    return (text, *_extent(text, None)) if text is not None else _NO_DATES


def _extent(start: str, end: str | None) -> tuple[str | None, str | None]:
    """The first and the last day of a date or range, as ISO texts."""
    earliest, latest = edtf.earliest(start), edtf.latest(end or start)
    if earliest is None or latest is None:
        return None, None
    return earliest.isoformat(), max(earliest, latest).isoformat()


def _quote(span: Mention | Span) -> Row:
    return span.start, span.end, span.quote


@overload
def _composed(text: str) -> str: ...
@overload
def _composed(text: str | None) -> str | None: ...
def _composed(text: str | None) -> str | None:
    """The text with composed letters, as the record's JSON has it."""
    return text if text is None or text.isascii() else unicodedata.normalize("NFC", text)
