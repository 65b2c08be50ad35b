"""The tables of a database: made or brought up to date by the migrations that the package carries."""

from __future__ import annotations

import threading
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from extractor.errors import DatabaseSchemaError
from extractor.exporters.database.connection import Writer, database_errors, let_readers_read, shown
from extractor.exporters.database.schema import REVISION, VERSION_TABLE, metadata

MIGRATIONS = Path(__file__).parent / "migrations"

_one_at_a_time = threading.Lock()
"""Alembic keeps what it works on in a module."""


def revision_of(connection: Connection) -> str | None:
    """The migration that the database is at; None where there is no table of ours."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608


def migrate(engine: Engine, writer: Writer) -> None:
    """Make the tables, or bring those of an older version up to date, wholly or not at all.

    Raises ``DatabaseSchemaError`` for a database of a newer version, or with tables that others made.
    """
    with database_errors(engine), engine.connect() as connection:
        found = revision_of(connection)
    if found == REVISION:
        return
    if found is None and engine.dialect.name == "sqlite":
        let_readers_read(engine)
    writer.run(lambda connection: upgrade(connection, source=shown(engine)))


def check(engine: Engine) -> None:
    """Raise ``DatabaseSchemaError`` where the tables are not those that this version reads."""
    with database_errors(engine), engine.connect() as connection:
        found = revision_of(connection)
    if found is None:
        raise DatabaseSchemaError("it holds no reports; `extractor load` makes the tables", source=shown(engine))
    if found != REVISION:
        _refuse_newer(found, shown(engine))
        raise DatabaseSchemaError("its tables are older; run `extractor load` once", source=shown(engine))


def upgrade(connection: Connection, revision: str = REVISION, *, source: str | None = None) -> None:
    """Bring the tables to a revision, in the transaction of the connection."""
    from alembic import command
    from alembic.config import Config

    found = revision_of(connection)
    if found is None:
        _refuse_others_tables(connection, source)
    else:
        _refuse_newer(found, source)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    with _one_at_a_time:
        command.upgrade(config, revision)


def revisions() -> list[str]:
    """All migrations, the oldest first."""
    from alembic.script import ScriptDirectory

    return [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()][::-1]


def _refuse_newer(found: str, source: str | None) -> None:
    if found not in revisions():
        raise DatabaseSchemaError(
            f"its tables are of a newer version of extractor ({found[:40]}; this one knows {REVISION}); "
            "install that version",
            source=source,
        )


def _refuse_others_tables(connection: Connection, source: str | None) -> None:
    taken = sorted(metadata.tables.keys() & set(inspect(connection).get_table_names()))
    if taken:
        raise DatabaseSchemaError(
            f"tables of other programs are in the way ({', '.join(taken)}); use another database or schema",
            source=source,
        )
