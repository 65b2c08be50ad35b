"""Power cuts: the loader is killed in the middle, and what it leaves is looked at."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from databases import Tables, contents
from sqlalchemy import Engine, text

from extractor.exporters.database import Loaded, load, open_database
from extractor.exporters.database.schema import metadata
from extractor.records import Report

SAMPLES = Path(__file__).parents[3] / "samples"
LOADER = """
import sys
from extractor import load, open_database
from extractor.record_files import read_reports
from extractor.exporters.database import loading, statements
loading.BATCH_REPORTS = int(sys.argv[3])
stop_at = int(sys.argv[4])
insert, inserted = statements.insert, 0
def slow_insert(*arguments, **options):
    global inserted
    inserted += 1
    if inserted == stop_at:
        print("now", flush=True)
        sys.stdin.read()
    insert(*arguments, **options)
statements.insert = slow_insert
load(read_reports([sys.argv[1]]), open_database(sys.argv[2]))
"""
"""Loads, and before the n-th set of rows is written says so and waits to be killed."""


def other_records(records: list[Report]) -> list[Report]:
    """A better extraction of the same reports: without main events."""
    return [record.model_copy(update={"main_event": None, "generator": "extractor 0.2.0"}) for record in records]


@pytest.fixture(scope="module")
def records() -> list[Report]:
    return [Report.model_validate_json(path.read_bytes()) for path in sorted(SAMPLES.glob("*.json"))]


def kill_loader(url: str, records: list[Report], folder: Path, *, batch: int, stop_at: int) -> None:
    """Load records, and end it by SIGKILL in the middle of a transaction."""
    path = folder / "records.jsonl"
    path.write_text("".join(record.to_json() + "\n" for record in records), "utf-8")
    command = [sys.executable, "-c", LOADER, str(path), url, str(batch), str(stop_at)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"now\n"
        process.kill()
        assert process.wait(60) == -signal.SIGKILL


def assert_sound(engine: Engine) -> None:
    """SQLite's own checks."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []


@pytest.mark.parametrize("stop_at", [2, 9, 20])
def test_killed_in_the_only_transaction_the_old_state_remains(
    engine: Engine, url: str, records: list[Report], tmp_path: Path, stop_at: int
) -> None:
    load(records, engine)
    before = contents(engine)
    engine.dispose()
    kill_loader(url, other_records(records), tmp_path, batch=1000, stop_at=stop_at)
    assert_sound(engine)
    assert contents(engine) == before


def test_killed_while_the_tables_are_made(url: str, engine: Engine, records: list[Report], tmp_path: Path) -> None:
    kill_loader(url, records, tmp_path, batch=1000, stop_at=1)
    assert_sound(engine)
    assert not any(contents(engine).values())
    assert load(records, engine) == Loaded(new=len(records))


def test_killed_in_a_later_transaction_every_report_is_old_or_new(
    engine: Engine, url: str, new_database: Callable[[], str], records: list[Report], tmp_path: Path
) -> None:
    load(records, engine)
    engine.dispose()
    others = other_records(records)
    statements_a_batch = len(metadata.tables) + 1
    kill_loader(url, others, tmp_path, batch=3, stop_at=2 * statements_a_batch + 10)
    assert_sound(engine)
    done = number_replaced(contents(engine))
    assert done == 6
    assert contents(engine) == fresh(new_database, [*others[:done], *records[done:]])
    assert load(others, engine) == Loaded(replaced=len(others) - done, unchanged=done)
    assert contents(engine) == fresh(new_database, others)


def number_replaced(tables: Tables) -> int:
    return sum("extractor 0.2.0" in row for row in tables["reports"])


def fresh(new_database: Callable[[], str], records: list[Report]) -> Tables:
    engine = open_database(new_database())
    load(records, engine)
    held = contents(engine)
    engine.dispose()
    return held
