"""Transactions that write, and other programs in the way."""

import sqlite3
import threading
from pathlib import Path

import pytest
from factories import make_event, make_report
from sqlalchemy import Connection, Engine, create_engine, text

from extractor.errors import DatabaseError, UsageError
from extractor.exporters.database import Loaded, load, open_database
from extractor.exporters.database.connection import Writer, shown

RECORD = make_report(make_event())


@pytest.mark.parametrize("code", ["40001", "40P01"])
def test_what_postgresql_asks_to_repeat_is_repeated(postgresql_server: str, code: str) -> None:
    engine = open_database(postgresql_server.format("postgres"))
    asked: list[int] = []

    def work(connection: Connection) -> int:
        asked.append(1)
        if len(asked) < 3:
            connection.execute(text(f"DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '{code}'; END $$"))
        return len(asked)

    assert Writer(engine).run(work) == 3
    engine.dispose()


def test_other_errors_are_not_repeated(engine: Engine) -> None:
    asked: list[int] = []

    def work(connection: Connection) -> None:
        asked.append(1)
        connection.execute(text("SELECT * FROM missing"))

    with pytest.raises(DatabaseError, match="missing") as caught:
        Writer(engine).run(work)
    assert asked == [1]
    assert "SELECT" not in caught.value.message.partition("LINE")[0]


def test_a_loader_waits_for_another_program(tmp_path: Path) -> None:
    path = tmp_path / "busy.db"
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 0.05})
    load([], engine)
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.3, other.execute, ["COMMIT"])
    release.start()
    assert load([RECORD], engine) == Loaded(new=1)
    release.join()
    other.close()
    engine.dispose()


def test_a_loader_gives_up_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    path = tmp_path / "busy.db"
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 0})
    load([], engine)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseError, match="locked"):
        load([RECORD], engine)
    other.execute("COMMIT")
    other.close()
    engine.dispose()


def test_readers_are_not_in_the_way(tmp_path: Path) -> None:
    path = tmp_path / "read.db"
    engine = open_database(f"sqlite:///{path}")
    load([], engine)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM reports").fetchone() == (0,)
    assert load([RECORD], engine) == Loaded(new=1)
    assert reader.execute("SELECT count(*) FROM reports").fetchone() == (0,)
    reader.execute("COMMIT")
    assert reader.execute("SELECT count(*) FROM reports").fetchone() == (1,)
    reader.close()
    engine.dispose()


@pytest.mark.parametrize(
    "url", ["", "extractor.db", "mysql://u:hidden@h/d", "postgresql+asyncpg://u:hidden@h/d", "://"]
)
def test_addresses_that_cannot_be_used(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        open_database(url)
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://user:hidden@db.example:5433/events?password=hidden", "postgresql://db.example:5433/events"),
        ("postgresql:///events?host=/tmp", "postgresql:///events"),
        ("sqlite:///extractor.db", "sqlite:///extractor.db"),
    ],
)
def test_what_messages_show_of_an_address(url: str, expected: str) -> None:
    assert shown(open_database(url)) == expected
