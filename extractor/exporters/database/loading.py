"""Loading: reports into the tables, by stable ids, in transactions, as often as one likes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from extractor.errors import BadRecord, ExtractorError
from extractor.exporters.database import statements
from extractor.exporters.database.connection import Writer
from extractor.exporters.database.knowledge import best_knowledge, stored
from extractor.exporters.database.migration import migrate
from extractor.exporters.database.rows import ROWS_VERSION, Rows
from extractor.exporters.database.schema import SHARED, events, metadata, reports
from extractor.exporters.database.storable import Storable
from extractor.records import Report

BATCH_REPORTS = 500
"""Reports that are written in one transaction, at most."""
BATCH_CHARACTERS = 8_000_000
"""Their JSON, about: so that hundreds of long reports do not fill the memory."""

_Batch = dict[str, Storable]
"""Reports by id."""


@dataclass(frozen=True)
class Loaded:
    """How many reports a load added, replaced, and found there as they are."""

    new: int = 0
    replaced: int = 0
    unchanged: int = 0

    def __add__(self, other: Loaded) -> Loaded:
        return Loaded(self.new + other.new, self.replaced + other.replaced, self.unchanged + other.unchanged)


def load(
    records: Iterable[Report], engine: Engine, *, on_fault: Callable[[ExtractorError], None] | None = None
) -> Loaded:
    """Write reports into a database, making or migrating its tables where needed.

    A report that is there (equal ``id``) is replaced with all that hangs on it where its record is
    another, and left alone where it is the same; what nothing refers to any more goes. So loading
    again changes nothing, and the tables depend on the reports loaded, not on order or number of
    loads; of two different records of one report the later counts.

    Some 500 reports at a time go into one transaction: when anything fails, each report is there
    wholly as it was or wholly as it is now, and loading again completes the rest. Several programs
    may load at once. ``engine`` is one of ``open_database``, or any other for SQLite or for
    PostgreSQL with psycopg.

    A report with values that no database can hold is handed to ``on_fault`` as ``BadRecord`` and
    the others are loaded; without ``on_fault`` it is raised. Raises ``DatabaseError`` and
    ``DatabaseSchemaError``. What was written before stays.
    """
    writer = Writer(engine)
    migrate(engine, writer)
    loaded = Loaded()
    for batch in _batches(records, on_fault or _raise):
        loaded += writer.run(lambda connection, batch=batch: _store(connection, batch))  # type: ignore[misc]
    return loaded


def _raise(error: ExtractorError) -> None:
    raise error


def _batches(records: Iterable[Report], tell: Callable[[ExtractorError], None]) -> Iterator[_Batch]:
    batch: _Batch = {}
    characters = 0
    for report in records:
        try:
            batch[report.id] = Storable.of(report)
        except BadRecord as error:
            tell(error)
            continue
        characters += len(batch[report.id].record)
        if len(batch) >= BATCH_REPORTS or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = {}, 0
    if batch:
        yield batch


def _store(connection: Connection, batch: _Batch) -> Loaded:
    """Write a batch in the transaction of the connection."""
    there = statements.stored_records(connection, batch)
    changed = {
        report_id: storable
        for report_id, storable in batch.items()
        if there.get(report_id) != (storable.record, ROWS_VERSION)
    }
    replaced = sorted(changed.keys() & there.keys())
    loaded = Loaded(len(changed) - len(replaced), len(replaced), len(batch) - len(changed))
    if not changed:
        return loaded
    rows = Rows(changed.values())
    left = {table: statements.shared_ids(connection, table, replaced) for table in SHARED} if replaced else {}
    if replaced:
        statements.delete_own(connection, replaced)
    known = statements.existing_events(connection, rows.said)
    for table in metadata.sorted_tables:
        statements.insert(connection, table, rows.of(table), replace=table is reports)
    _choose_best(connection, rows, known | left.get(events, set()), changed)
    for table in reversed(left):
        statements.delete_unreferenced(connection, table, left[table])
    return loaded


def _choose_best(connection: Connection, rows: Rows, known: set[str], report_ids: Collection[str]) -> None:
    """Renew the events of which several reports tell, with what all of them together know."""
    said = [item for uid, group in rows.said.items() if uid in known or len(group) > 1 for item in group]
    if known:
        said += map(stored, statements.said_by_others(connection, known, report_ids))
    statements.insert(connection, events, best_knowledge(said), replace=True)
