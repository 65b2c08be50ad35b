"""Reaching a database: URLs, engines, transactions that write, and errors without credentials."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from extractor.errors import DatabaseError, UsageError
from extractor.extras import require

_SQLITE, _POSTGRESQL = "sqlite", "postgresql"
_BUSY_SECONDS = 30
_ATTEMPTS = 8
_SQLITE_BUSY = 5
_SERIALIZATION_FAILURE, _DEADLOCK = "40001", "40P01"
_WRITERS_TURN = 0x65787472616374
"""Key of the advisory lock that writers take; its bytes spell "extract"."""

_Result = TypeVar("_Result")


def open_database(url: str) -> Engine:
    """An engine for ``sqlite:///FILE`` or ``postgresql://USER:PASSWORD@HOST/DATABASE``.

    Nothing is connected yet. Raises ``UsageError`` for a URL that cannot be used, ``MissingExtra``
    where the driver is not installed; neither message holds the URL, which may hold a password.
    """
    address = _address(url)
    with database_errors():
        if address.get_backend_name() == _SQLITE:
            return create_engine(address, connect_args={"timeout": _BUSY_SECONDS})
        require("psycopg", extra="postgresql")
        return create_engine(address)


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise UsageError(
            "this is no database URL; use sqlite:///FILE or postgresql://USER@HOST/DATABASE", source="--db"
        ) from None
    if address.drivername in (_SQLITE, "sqlite+pysqlite"):
        return address
    if address.drivername in (_POSTGRESQL, "postgresql+psycopg"):
        return address.set(drivername="postgresql+psycopg")
    raise UsageError("no such kind of database; use sqlite:///FILE or postgresql://USER@HOST/DATABASE", source="--db")


def shown(engine: Engine) -> str:
    """The database's address, without user, password and parameters."""
    url = engine.url
    host = url.host if url.port is None else f"{url.host}:{url.port}"
    return f"{url.get_backend_name()}://{host or ''}/{url.database or ''}"


@contextmanager
def database_errors(engine: Engine | None = None) -> Iterator[None]:
    """Turn what SQLAlchemy raises into ``DatabaseError``: what the database says, without statement and values."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
        said = " ".join(str(cause).split())[:500]
        raise DatabaseError(said, source=shown(engine) if engine is not None else None) from error


def is_missing(engine: Engine) -> bool:
    """Whether the database is a SQLite file that does not exist."""
    name = engine.url.database
    if engine.dialect.name != _SQLITE or not name or name == ":memory:" or name.startswith("file:"):
        return False
    return not Path(name).exists()


def let_readers_read(engine: Engine) -> None:
    """Let readers of a SQLite file go on while others write: write-ahead logging, a setting that the file keeps."""
    with database_errors(engine), engine.connect() as connection:
        driver: Any = connection.connection.dbapi_connection
        with suppress(sqlite3.OperationalError):  # another program makes the file right now, and does the same
            driver.execute("PRAGMA journal_mode = WAL")


class Writer:
    """Transactions that write, one writer at a time; the engine is left as it is.

    In SQLite a transaction begins with ``BEGIN IMMEDIATE`` and foreign keys are checked; in
    PostgreSQL it takes an advisory lock. So a writer sees all that the one before it did, and two
    of them cannot wait for each other.
    """

    def __init__(self, engine: Engine) -> None:
        """Prepare to write to the engine's database."""
        self._engine = engine
        # SQLite: the driver must begin nothing of its own; PostgreSQL: each statement sees what the lock waited for.
        level = "AUTOCOMMIT" if engine.dialect.name == _SQLITE else "READ COMMITTED"
        self._writing = engine.execution_options(isolation_level=level)

    def run(self, work: Callable[[Connection], _Result]) -> _Result:
        """The result of ``work`` in a transaction; again, after a while, where another program was in the way.

        Raises ``DatabaseError``; nothing of the work remains then.
        """
        with database_errors(self._engine):
            for attempt in range(1, _ATTEMPTS):
                try:
                    return self._once(work)
                except DBAPIError as error:
                    if not _is_passing(error):
                        raise
                time.sleep(random.uniform(0.5, 1) * 0.01 * 2**attempt)  # noqa: S311
            return self._once(work)

    def _once(self, work: Callable[[Connection], _Result]) -> _Result:
        with self._writing.connect() as connection:
            if self._engine.dialect.name == _SQLITE:
                return _in_sqlite(connection, work)
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITERS_TURN})
                return work(connection)


def _in_sqlite(connection: Connection, work: Callable[[Connection], _Result]) -> _Result:
    driver: Any = connection.connection.dbapi_connection
    before = driver.execute("PRAGMA foreign_keys").fetchone()[0]
    driver.execute("PRAGMA foreign_keys = ON")  # has no effect within a transaction, so it comes first
    try:
        with connection.begin():
            if driver.in_transaction:  # a listener of the engine's owner began one that reads
                driver.rollback()
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return work(connection)
    finally:
        driver.execute(f"PRAGMA foreign_keys = {before}")


def _is_passing(error: DBAPIError) -> bool:
    """Whether the same work may succeed when it is done again."""
    if getattr(error.orig, "sqlstate", None) in (_SERIALIZATION_FAILURE, _DEADLOCK):
        return True
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF == _SQLITE_BUSY
