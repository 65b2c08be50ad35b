"""Asking: what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sqlalchemy import Engine, func, select

from extractor.errors import DatabaseError
from extractor.exporters.database.connection import database_errors, is_missing, shown
from extractor.exporters.database.migration import check
from extractor.exporters.database.schema import events, places, reports
from extractor.linking.identity import folded


@dataclass(frozen=True, slots=True)
class Upcoming:
    """An event that is to come; dates are EDTF, times local."""

    uid: str
    name: str
    series: str | None
    ordinal: int | None
    status: str
    start: str
    end: str | None
    start_time: str | None
    end_time: str | None
    timezone: str
    city: str | None
    state: str | None
    venue: str | None
    online: bool | None
    source: str


def upcoming(engine: Engine, since: date, *, place: str | None = None, limit: int | None = None) -> Iterator[Upcoming]:
    """The events planned or postponed to a day from ``since`` on, the earliest first.

    A period counts until its last day, so "2028" is upcoming all through 2028; events without a
    year are not among them. ``place`` is a town, a state or a municipality's official key; case
    and hyphens make no difference. Raises ``DatabaseError``, ``DatabaseSchemaError``.
    """
    if is_missing(engine):
        raise DatabaseError("there is no such database; `extractor load` makes it", source=shown(engine))
    check(engine)
    return islice(_upcoming(engine, since, folded(place) if place is not None else None), limit)


def _upcoming(engine: Engine, since: date, place: str | None) -> Iterator[Upcoming]:
    query = (
        select(
            *(events.c[name] for name in ("uid", "name", "series", "ordinal", "status", "start_edtf", "end_edtf")),
            *(events.c[name] for name in ("start_time", "end_time", "timezone", "city")),
            places.c.state,
            *(events.c[name] for name in ("venue", "online")),
            reports.c.uri,
            places.c.ags,
        )
        .join(reports, reports.c.id == events.c.report_id)
        .outerjoin(places, places.c.id == events.c.place_id)
        .where(events.c.latest >= since, events.c.status.in_(("planned", "postponed")))
        .order_by(events.c.earliest, func.coalesce(events.c.start_time, ""), events.c.name, events.c.uid)
    )
    with database_errors(engine), engine.connect() as connection:
        for *values, ags in connection.execution_options(stream_results=True).execute(query):
            event = Upcoming(*values)
            if place is None or place in {folded(name) for name in (event.city, event.state, ags) if name}:
                yield event
