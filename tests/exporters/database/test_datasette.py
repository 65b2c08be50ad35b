"""The SQLite file in Datasette, the real one."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from factories import make_event, make_report
from sqlalchemy import text

from extractor.exporters.database import load, open_database, upcoming

NEXT_YEAR = date.today().year + 1
RECORDS = [
    make_report(make_event("Bürgerdialog", series="Bürgerdialog", ordinal=1, start="2024-05-16", city="Torgau")),
    make_report(
        make_event("Bürgerdialog", series="Bürgerdialog", ordinal=2, start=f"{NEXT_YEAR}-05-16", city="Torgau")
    ),
    make_report(make_event("Ortswerkstatt", start=f"{NEXT_YEAR}-05", city="Templin")),
]


@pytest.fixture(scope="module")
def datasette(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Datasette that serves a database with three events."""
    folder = tmp_path_factory.mktemp("datasette")
    engine = open_database(f"sqlite:///{folder}/extractor.db")
    load(RECORDS, engine)
    engine.dispose()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", "extractor.db", "--port", str(port)]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, cwd=folder, stdout=log, stderr=log) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            for _ in range(600):
                try:
                    urllib.request.urlopen(address, timeout=10).close()
                    break
                except (urllib.error.URLError, ConnectionError):
                    assert server.poll() is None, (folder / "log").read_text("utf-8")
                    time.sleep(0.1)
            yield address
        finally:
            server.terminate()


def rows(address: str, path: str) -> list[dict[str, Any]]:
    with urllib.request.urlopen(f"{address}/extractor/{path}.json?_shape=array", timeout=60) as answer:  # noqa: S310
        found: list[dict[str, Any]] = json.load(answer)
        return found


def test_views(datasette: str) -> None:
    expected = [("Ortswerkstatt", f"{NEXT_YEAR}-05"), ("Bürgerdialog", f"{NEXT_YEAR}-05-16")]
    assert [(row["name"], row["start_edtf"]) for row in rows(datasette, "upcoming_events")] == expected
    assert [row["city"] for row in rows(datasette, "events_by_place")] == ["Templin", "Torgau", "Torgau"]
    (series,) = rows(datasette, "series")
    assert (series["series"], series["events"], series["next_day"]) == ("Bürgerdialog", 2, f"{NEXT_YEAR}-05-16")


def test_tables_and_json(datasette: str) -> None:
    (record, *_) = rows(datasette, "reports")
    assert json.loads(record["record"])["id"] == record["id"]
    assert len(rows(datasette, "report_events")) == len(RECORDS)


def test_views_say_the_same_in_both_databases(url: str) -> None:
    engine = open_database(url)
    load(RECORDS, engine)
    with engine.connect() as connection:
        assert [(row.uid, row.city) for row in connection.execute(text("SELECT * FROM upcoming_events"))] == [
            (event.uid, event.city) for event in upcoming(engine, date.today())
        ]
        places = [row.city for row in connection.execute(text("SELECT * FROM events_by_place"))]
        assert places == ["Templin", "Torgau", "Torgau"]
        series = connection.execute(text("SELECT * FROM series")).one()
        assert (series.events, series.first_ordinal, series.last_ordinal, series.cities) == (2, 1, 2, 1)
        assert series.next_day in (f"{NEXT_YEAR}-05-16", date(NEXT_YEAR, 5, 16))
    engine.dispose()
