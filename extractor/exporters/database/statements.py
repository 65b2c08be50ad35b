"""The statements that load: whole sets of rows at a time, in the SQL of both databases.

Rows go past SQLAlchemy's work on every single one: to SQLite with ``executemany``, to PostgreSQL
as one JSON text a table, which the server takes apart.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from functools import cache

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Dialect,
    RowMapping,
    Table,
    Text,
    any_,
    cast,
    delete,
    exists,
    func,
    select,
)

from extractor.exporters.database import schema
from extractor.exporters.database.rows import Row

Ids = Collection[str]

_REFERRING = {
    schema.events: (schema.report_events.c.event_uid,),
    schema.organisations: (schema.report_organisations.c.organisation_id, schema.event_organisers.c.organisation_id),
    schema.persons: (schema.report_persons.c.person_id,),
    schema.topics: (schema.report_topics.c.topic_id, schema.event_topics.c.topic_id),
    schema.places: (schema.report_places.c.place_id, schema.report_events.c.place_id, schema.events.c.place_id),
}
"""The columns that keep a row which reports share."""


def stored_records(connection: Connection, report_ids: Ids) -> dict[str, tuple[str, int]]:
    """The record of each report that is there, and the version of its rows."""
    table = schema.reports
    query = select(table.c.id, table.c.record, table.c.rows_version).where(_among(connection, table.c.id, report_ids))
    return {report_id: (record, version) for report_id, record, version in connection.execute(query)}


def existing_events(connection: Connection, uids: Ids) -> set[str]:
    """Those of the events that are there."""
    query = select(schema.events.c.uid).where(_among(connection, schema.events.c.uid, uids))
    return set(connection.scalars(query))


def shared_ids(connection: Connection, table: Table, report_ids: Ids) -> set[str]:
    """What these reports refer to in a table of what reports share."""
    found: set[str] = set()
    for column in _REFERRING[table]:
        if "report_id" in column.table.c and column.table is not schema.events:
            query = select(column).where(_among(connection, column.table.c.report_id, report_ids)).distinct()
            found.update(value for value in connection.scalars(query) if value is not None)
    return found


def said_by_others(connection: Connection, uids: Ids, report_ids: Ids) -> Sequence[RowMapping]:
    """What reports other than these say of events: columns of ``report_events`` and of the report's source."""
    said, source = schema.report_events, schema.reports
    query = (
        select(said, *(column for column in source.c if column.name not in ("id", "record")))
        .join(source, source.c.id == said.c.report_id)
        .where(_among(connection, said.c.event_uid, uids), ~_among(connection, said.c.report_id, report_ids))
    )
    return connection.execute(query).mappings().all()


def delete_own(connection: Connection, report_ids: Ids) -> None:
    """Delete what hangs on reports, but not the reports."""
    for table in reversed(schema.OWN):
        if table is not schema.reports:
            connection.execute(delete(table).where(_among(connection, table.c.report_id, report_ids)))


def delete_unreferenced(connection: Connection, table: Table, ids: Ids) -> None:
    """Delete those of the rows that nothing refers to any more."""
    (key,) = table.primary_key.columns
    used = [exists().where(column == key) for column in _REFERRING[table]]
    connection.execute(delete(table).where(_among(connection, key, ids), *(~reference for reference in used)))


def insert(connection: Connection, table: Table, rows: Iterable[Row], *, replace: bool = False) -> None:
    """Add rows; where one with the same key is there, it is replaced or kept."""
    values = list(rows)
    if not values:
        return
    statement = _insertion(table, connection.dialect, replace)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(statement, values)
    else:
        connection.exec_driver_sql(statement, (json.dumps(values, ensure_ascii=False),))


def _among(connection: Connection, column: ColumnElement[str], ids: Ids) -> ColumnElement[bool]:
    """Whether a column's value is one of the ids, which are one parameter, however many they are."""
    if connection.dialect.name == "sqlite":
        values = func.json_each(json.dumps(sorted(ids))).table_valued("value")
        return column.in_(select(values.c.value))
    return column == any_(cast(sorted(ids), ARRAY(Text)))


@cache
def _insertion(table: Table, dialect: Dialect, replace: bool) -> str:
    names = [column.name for column in table.columns]
    if dialect.name == "sqlite":
        source = f"VALUES ({', '.join('?' * len(names))})"
    else:
        types = [column.type.compile(dialect) for column in table.columns]
        values = ", ".join(f"CAST(item ->> {index} AS {kind})" for index, kind in enumerate(types))
        source = f"SELECT {values} FROM jsonb_array_elements(CAST(%s AS jsonb)) AS items (item)"  # noqa: S608
    conflict = "ON CONFLICT DO NOTHING"
    if replace:
        key = ", ".join(column.name for column in table.primary_key)
        conflict = f"ON CONFLICT ({key}) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in names)}"
    return f"INSERT INTO {table.name} ({', '.join(names)}) {source} {conflict}"
