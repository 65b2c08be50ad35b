"""What all loaded reports together know of an event: ``linking.known_events`` over stored rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from extractor.exporters.database.rows import Row, event_values
from extractor.linking.known_events import Sighting, known_event
from extractor.records import Event, Source, When, Where

_WHEN = ("start_time", "end_time", "timezone", "precision", "approximate", "inferred_from")
_SOURCE = ("uri", "media_type", "sha256", "language", "title", "characters")
_PLAIN = ("name", "event_type", "series", "ordinal", "status", "attendance", "confidence", "role")


def best_knowledge(said: Iterable[Mapping[str, Any]]) -> list[Row]:
    """The rows of ``events`` from what ``statements.sightings`` gives, in the order of their uids."""
    found: list[Row] = []
    for uid, group in groupby(sorted(said, key=lambda row: row["event_uid"]), key=lambda row: row["event_uid"]):
        places = {row["report_id"]: row for row in group}
        known = known_event([_sighting(row) for row in places.values()])
        teller = known.source_of("where").report_id
        found.append((uid, known.sightings[0].report_id, *event_values(known.event, places[teller]["place_id"])))
    return found


def _sighting(row: Mapping[str, Any]) -> Sighting:
    """A report's word on an event; the columns hold what was validated when it was loaded."""
    source = Source.model_construct(published=row["published_edtf"], **{field: row[field] for field in _SOURCE})
    return Sighting(
        uid=row["event_uid"], event=_event(row), report_id=row["report_id"], source=source, place=None, follows=None
    )


def _event(row: Mapping[str, Any]) -> Event:
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
