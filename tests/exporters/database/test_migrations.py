"""Migrations: what they make is what the code expects, from every released version on."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from databases import contents
from sqlalchemy import Engine, inspect, text

from extractor.errors import DatabaseSchemaError
from extractor.exporters.database import load, migration, open_database, upcoming
from extractor.exporters.database.connection import Writer
from extractor.exporters.database.schema import REVISION, VERSION_TABLE, metadata
from extractor.records import Report

RELEASED = Path(__file__).parent / "released"
VIEWS = {"upcoming_events", "events_by_place", "series"}


@pytest.fixture
def other_engine(new_database: Callable[[], str]) -> Iterator[Engine]:
    engine = open_database(new_database())
    yield engine
    engine.dispose()


def migrate_to(engine: Engine, revision: str) -> None:
    Writer(engine).run(lambda connection: migration.upgrade(connection, revision))


def test_the_newest_migration_is_the_one_that_the_code_expects() -> None:
    assert migration.revisions()[-1] == REVISION


def test_migrations_make_the_tables_of_the_code(engine: Engine) -> None:
    load([], engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_ours})
        differences = [found for found in compare_metadata(context, metadata) if "comment" not in str(found[0])]
        assert differences == []
        inspector = inspect(connection)
        assert set(inspector.get_view_names()) == VIEWS
        for table in metadata.tables.values():
            keys = {key["name"]: tuple(key["constrained_columns"]) for key in inspector.get_foreign_keys(table.name)}
            assert set(keys.values()) == {tuple(key.column_keys) for key in table.foreign_key_constraints}
            assert None not in keys


def is_ours(name: str | None, kind: str, _: object) -> bool:
    return not (kind == "table" and name == VERSION_TABLE)


def test_every_foreign_key_has_an_index() -> None:
    for table in metadata.tables.values():
        indexed = [tuple(column.name for column in index.columns) for index in table.indexes]
        indexed.append(tuple(column.name for column in table.primary_key.columns))
        for key in table.foreign_key_constraints:
            columns = tuple(key.column_keys)
            assert any(index[: len(columns)] == columns for index in indexed), (table.name, columns)


@pytest.mark.parametrize("revision", migration.revisions())
def test_a_database_of_every_version_can_be_loaded_into(engine: Engine, other_engine: Engine, revision: str) -> None:
    """``released/`` holds what each version's tables held; ``make_released.py`` writes that of the newest."""
    held = json.loads((RELEASED / f"{revision}.json").read_text("utf-8"))
    migrate_to(engine, revision)
    with engine.begin() as connection:
        for table, rows in held.items():
            for row in rows:
                names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
                connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)  # noqa: S608
    records = [Report.model_validate_json(row["record"]) for row in held["reports"]]
    load(records, engine)
    load(records, other_engine)
    assert contents(engine) == contents(other_engine)
    assert len(contents(engine)["reports"]) == len(records) > 0


def test_a_newer_database_is_refused(engine: Engine) -> None:
    load([], engine)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))  # noqa: S608
    before = contents(engine)
    with pytest.raises(DatabaseSchemaError, match="newer version of extractor"):
        load([], engine)
    with pytest.raises(DatabaseSchemaError, match="newer version of extractor"):
        list(upcoming(engine, date(2025, 1, 1)))
    assert contents(engine) == before


def test_tables_of_others_are_left_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE events (mine INTEGER)"))
    with pytest.raises(DatabaseSchemaError, match=r"other programs are in the way \(events\)"):
        load([], engine)
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["events"]


def test_a_failing_migration_leaves_nothing(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    from alembic.migration import HeadMaintainer

    monkeypatch.setattr(HeadMaintainer, "_insert_version", fail)
    with pytest.raises(RuntimeError):
        load([], engine)
    monkeypatch.undo()
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    load([], engine)


def test_many_make_the_tables_at_once(url: str) -> None:
    failures: list[BaseException] = []

    def make() -> None:
        engine = open_database(url)
        try:
            load([], engine)
        except BaseException as error:
            failures.append(error)
        finally:
            engine.dispose()

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
