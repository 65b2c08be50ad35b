"""The command ``calendar``: files that are updated, servers that are asked, what it ends with."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import icalendar
import pytest
from factories import make_event, make_report
from radicale_server import PASSWORD, USER, Radicale, running
from typer.testing import CliRunner, Result

from extractor.cli import app
from extractor.records import ErrorRecord

REPORTS = [
    make_report(make_event(f"Fest am {place}", start=f"2025-0{month}-16", city="Torgau"), uri=f"{place}.txt")
    for month, place in enumerate(["Teich", "Fluss", "Meer"], start=1)
]


def calendar(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["calendar", *map(str, arguments)])


def summaries(path: Path) -> list[str]:
    return [str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(path.read_bytes()).events]


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_text("".join(report.to_json() + "\n" for report in REPORTS), "utf-8")
    return path


# --- files -------------------------------------------------------------------------------------


def test_a_file_is_what_standard_output_would_be(records: Path, tmp_path: Path) -> None:
    output = tmp_path / "events.ics"
    result = calendar(records, "--output", output)
    assert (result.exit_code, result.output) == (0, "")
    assert output.read_bytes() == calendar(records).stdout_bytes
    assert summaries(output) == ["Fest am Teich", "Fest am Fluss", "Fest am Meer"]


def test_a_second_run_leaves_the_file_alone(records: Path, tmp_path: Path) -> None:
    output = tmp_path / "events.ics"
    calendar(records, "--output", output)
    before, data = output.stat(), output.read_bytes()
    assert calendar(records, "--output", output, "--modified", "2026-01-01T00:00:00Z").exit_code == 0
    assert output.read_bytes() == data
    assert (output.stat().st_ino, output.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_better_knowledge_updates_the_file(records: Path, tmp_path: Path) -> None:
    output = tmp_path / "events.ics"
    calendar(records, "--output", output)
    news = make_report(make_event("Fest am Teich", start="2025-01-16", city="Torgau", status="cancelled"))
    (tmp_path / "news.json").write_text(news.to_json(indent=2), "utf-8")
    assert calendar(records, tmp_path / "news.json", "--output", output).exit_code == 0
    first, *others = icalendar.Calendar.from_ical(output.read_bytes()).events
    assert (first["SUMMARY"], first["STATUS"], first["SEQUENCE"]) == ("Abgesagt: Fest am Teich", "CANCELLED", 1)
    assert [event["SEQUENCE"] for event in others] == [0, 0]


def test_standard_input(records: Path) -> None:
    result = CliRunner().invoke(app, ["calendar", "-"], input=records.read_bytes())
    assert result.stdout_bytes == calendar(records).stdout_bytes


def test_a_bad_line_costs_only_itself(records: Path, tmp_path: Path) -> None:
    error = ErrorRecord(source="x.txt", code="empty-document", message="nothing").to_json()
    lines = records.read_text("utf-8").splitlines()
    records.write_text("\n".join([lines[0], lines[1].replace("planned", "perhaps"), error, lines[2]]), "utf-8")
    output = tmp_path / "events.ics"
    result = calendar(records, "--output", output)
    assert result.exit_code == 1
    assert f"{records}, line 2: no valid record: main_event.status" in result.stderr
    assert "[bad-record]" in result.stderr
    assert "left out: 1 error records" in result.stderr
    assert summaries(output) == ["Fest am Teich", "Fest am Meer"]


def test_what_cannot_be_read_empties_no_calendar(records: Path, tmp_path: Path) -> None:
    output = tmp_path / "events.ics"
    calendar(records, "--output", output)
    before = output.read_bytes()
    assert calendar(tmp_path / "missing.jsonl", "--output", output).exit_code == 1
    assert output.read_bytes() == before


def test_what_holds_no_records_empties_no_calendar(records: Path, tmp_path: Path) -> None:
    output = tmp_path / "events.ics"
    calendar(records, "--output", output)
    before = output.read_bytes()
    failures = tmp_path / "errors.jsonl"
    failures.write_text(ErrorRecord(source="x.txt", code="empty-document", message="nothing").to_json(), "utf-8")
    (tmp_path / "none.jsonl").touch()
    for given in (failures, tmp_path / "none.jsonl"):
        result = calendar(given, "--output", output)
        assert (result.exit_code, "left as it is" in result.stderr) == (0, True)
        assert output.read_bytes() == before


def test_no_events_are_an_empty_calendar(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").touch()
    assert calendar(tmp_path / "none.jsonl", "--output", tmp_path / "events.ics").exit_code == 0
    assert summaries(tmp_path / "events.ics") == []


def test_options(records: Path, tmp_path: Path) -> None:
    report = make_report(
        make_event("Fest am See", start="2025-07", city="Torgau"),
        others=[make_event("Fest am Wald", start="2025-08-01", city="Torgau")],
    )
    records.write_text(report.to_json(), "utf-8")
    output = tmp_path / "events.ics"
    calendar(records, "--output", output, "--calendar", "Feste")
    assert summaries(output) == ["Fest am See (Juli 2025, Tag offen)"]
    assert b"\r\nNAME:Feste\r\n" in output.read_bytes()
    calendar(records, "--output", output, "--imprecise", "skip", "--other")
    assert summaries(output) == ["Fest am Wald"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--dry-run"],
        ["--modified", "gestern"],
        ["--modified", "2025-03-04"],
        ["--imprecise", "guess"],
        ["--caldav", "https://cloud.example"],
        ["--caldav", "https://cloud.example", "--calendar", "Feste", "--output", "FOLDER/x.ics"],
        ["--caldav", "https://anna:geheim@cloud.example", "--calendar", "Feste"],
        ["--caldav", "http://cloud.example", "--calendar", "Feste"],
        ["--output", "FOLDER"],
        ["--output", "FOLDER/foreign.ics"],
    ],
)
def test_what_cannot_be_carried_out_ends_with_2(records: Path, tmp_path: Path, arguments: list[str]) -> None:
    foreign = tmp_path / "foreign.ics"
    foreign.write_text("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//else//\r\nEND:VCALENDAR\r\n", "utf-8")
    before = foreign.read_bytes()
    result = calendar(records, *[argument.replace("FOLDER", str(tmp_path)) for argument in arguments])
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert "geheim" not in result.output
    assert foreign.read_bytes() == before


# --- servers -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    with running(tmp_path_factory.mktemp("radicale")) as server:
        server.make_calendar("feste", "Feste")
        yield server


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACTOR_CALDAV_USER", USER)
    monkeypatch.setenv("EXTRACTOR_CALDAV_PASSWORD", PASSWORD)


@pytest.mark.usefixtures("account")
def test_a_calendar_on_a_server(records: Path, radicale: Radicale) -> None:
    target = ("--caldav", radicale.url, "--calendar", "Feste")
    planned = calendar(records, *target, "--dry-run")
    assert planned.exit_code == 0
    assert planned.stdout.splitlines() == [
        "create  2025-01-16  Fest am Teich",
        "create  2025-02-16  Fest am Fluss",
        "create  2025-03-16  Fest am Meer",
        "3 new, 0 updated, 0 cancelled, 0 unchanged, 0 not ours",
    ]
    assert radicale.writes == []
    assert calendar(records, *target).stdout == planned.stdout
    assert radicale.writes == ["PUT"] * 3
    assert calendar(records, *target).stdout == "0 new, 0 updated, 0 cancelled, 3 unchanged, 0 not ours\n"
    assert radicale.writes == ["PUT"] * 3


@pytest.mark.usefixtures("account")
def test_what_a_server_refuses_ends_with_1(records: Path, radicale: Radicale) -> None:
    news = make_report(make_event("Fest am Berg", start="2025-04-16", city="Torgau"))
    records.write_text(news.to_json(), "utf-8")
    radicale.before = lambda method, _: 507 if method == "PUT" else None
    result = calendar(records, "--caldav", radicale.url, "--calendar", "Feste")
    radicale.before = lambda *_: None
    assert result.exit_code == 1
    assert "Fest am Berg" in result.stderr
    assert "[server-error]" in result.stderr


def test_a_wrong_password_ends_with_1(records: Path, radicale: Radicale, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACTOR_CALDAV_USER", USER)
    monkeypatch.setenv("EXTRACTOR_CALDAV_PASSWORD", "falsch-8472")
    result = calendar(records, "--caldav", radicale.url, "--calendar", "Feste")
    assert result.exit_code == 1
    assert "[access-denied]" in result.stderr
    assert "falsch-8472" not in result.output


@pytest.mark.usefixtures("account")
def test_without_the_extra(records: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "caldav", None)
    result = calendar(records, "--caldav", "https://cloud.example", "--calendar", "Feste")
    assert result.exit_code == 2
    assert "pip install 'extractor[caldav]'" in result.stderr
    assert "[missing-extra]" in result.stderr
