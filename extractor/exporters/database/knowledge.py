"""What all loaded reports together know of an event: ``linking.known_events`` over stored rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from extractor.exporters.database.rows import Row, Said, event_values
from extractor.linking.known_events import Sighting, known_event
from extractor.records import Event, Source, When, Where

_WHEN = ("start_time", "end_time", "timezone", "precision", "approximate", "inferred_from")
_SOURCE = ("uri", "media_type", "sha256", "language", "title", "characters")
_PLAIN = ("name", "event_type", "series", "ordinal", "status", "attendance", "confidence", "role")


def best_knowledge(said: Iterable[Said]) -> list[Row]:
    """The rows of ``events``, in the order of their uids, from all that is said of these events."""
    found: list[Row] = []
    for uid, group in groupby(sorted(said, key=_uid), key=_uid):
        by_report = {item.sighting.report_id: item for item in group}
        known = known_event([item.sighting for item in by_report.values()])
        place_id = by_report[known.source_of("where").report_id].place_id
        found.append((uid, known.sightings[0].report_id, *event_values(known.event, place_id)))
    return found


def _uid(said: Said) -> str:
    return said.sighting.uid


def stored(row: Mapping[Any, Any]) -> Said:
    """What a report says of an event, from what ``statements.said_by_others`` gives.

    Without the evidence, organisers and topics, which ``events`` has no columns for.
    """
    source = Source.model_construct(published=row["published_edtf"], **{field: row[field] for field in _SOURCE})
    return Said(Sighting(row["event_uid"], _event(row), row["report_id"], source, None, None), row["place_id"])


def _event(row: Mapping[Any, Any]) -> Event:
    when = where = None
    if row["start_edtf"] is not None:
        when = When.model_construct(
            text=row["when_text"],
            start=row["start_edtf"],
            end=row["end_edtf"],
            previous_start=row["previous_start_edtf"],
            **{field: row[field] for field in _WHEN},
        )
    if row["online"] is not None:
        where = Where.model_construct(
            **{field: row[field] for field in ("city", "venue", "address", "online")}, place=None
        )
    return Event.model_construct(
        id=row["event_id"],
        when=when,
        where=where,
        organisers=[],
        topics=[],
        evidence=[],
        **{field: row[field] for field in _PLAIN},
    )
