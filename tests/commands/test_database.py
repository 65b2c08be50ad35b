"""The commands ``load`` and ``query``."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from factories import make_event, make_report
from typer.testing import CliRunner

from extractor.cli import app
from extractor.records import Where

runner = CliRunner()
EVENTS = [
    make_event("Bürgerdialog", ordinal=2, series="Bürgerdialog", start="2025-05-16", city="Torgau"),
    make_event("Ortswerkstatt", start="2025-07", where=Where(city="Templin", venue="Rathaus")),
    make_event("Hörspielnacht", start="2025-06-01", status="postponed", where=Where(online=True)),
    make_event("Radtag", start="2025-06-02", status="cancelled", city="Gera"),
    make_event("Chorfest", start="2024-06-02", status="held", city="Gera"),
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EXTRACTOR_DB", raising=False)
    records = [make_report(event, uri=f"bericht-{number}.txt") for number, event in enumerate(EVENTS)]
    Path("records.jsonl").write_text("".join(record.to_json() + "\n" for record in records), "utf-8")
    return tmp_path


def test_load_says_what_it_did(folder: Path) -> None:
    assert runner.invoke(app, ["load", "records.jsonl"]).stdout == "5 new, 0 replaced, 0 unchanged\n"
    again = runner.invoke(app, ["load", "records.jsonl", "--db", "sqlite:///extractor.db"])
    assert again.exit_code == 0
    assert again.stdout == "0 new, 0 replaced, 5 unchanged\n"
    assert (folder / "extractor.db").exists()


def test_the_database_may_come_from_the_environment(folder: Path) -> None:
    result = runner.invoke(app, ["load", "records.jsonl"], env={"EXTRACTOR_DB": "sqlite:///other.db"})
    assert result.exit_code == 0
    assert (folder / "other.db").exists()
    assert not (folder / "extractor.db").exists()


def test_what_is_no_record_costs_itself_only() -> None:
    with Path("records.jsonl").open("a", encoding="utf-8") as file:
        file.write("{}\n")
        file.write(make_report(make_event(attendance=2**70)).to_json() + "\n")
    result = runner.invoke(app, ["load", "records.jsonl"])
    assert result.exit_code == 1
    assert result.stdout == "5 new, 0 replaced, 0 unchanged\n"
    assert result.stderr.count("[bad-record]") == 2


def test_query_prints_what_is_to_come() -> None:
    runner.invoke(app, ["load", "records.jsonl"])
    result = runner.invoke(app, ["query", "--from", "2025-05-01"])
    assert result.exit_code == 0
    lines = [line.split("  ") for line in result.stdout.splitlines() if "2025" in line]
    assert [[cell.strip() for cell in line if cell.strip()] for line in lines] == [
        ["2025-05-16", "2. Bürgerdialog", "Torgau", "planned"],
        ["2025-06-01", "Hörspielnacht", "online", "postponed"],
        ["2025-07", "Ortswerkstatt", "Rathaus, Templin", "planned"],
    ]


def test_what_is_no_day_can_be_read() -> None:
    starts = ["2031-23", "2031-34", "203X"]
    reports = [make_report(make_event(f"Forum {start}", start=start)) for start in starts]
    Path("records.jsonl").write_text("".join(report.to_json() + "\n" for report in reports), "utf-8")
    runner.invoke(app, ["load", "records.jsonl"])
    table = runner.invoke(app, ["query", "--from", "2030-01-01"]).stdout
    assert sorted(line.split("  ")[0] for line in table.splitlines() if "Forum" in line) == [
        "2. Quartal 2031",
        "2030er Jahre",
        "Herbst 2031",
    ]
    answer = runner.invoke(app, ["query", "--from", "2030-01-01", "--format", "json"]).stdout
    assert sorted(json.loads(line)["start"] for line in answer.splitlines()) == sorted(starts)


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["--from", "2025-07-31"], ["Ortswerkstatt"]),
        (["--from", "2025-08-01"], []),
        (["--from", "2025-05-01", "--place", "TEMPLIN"], ["Ortswerkstatt"]),
        (["--from", "2025-05-01", "--limit", "1"], ["Bürgerdialog"]),
        ([], []),
    ],
)
def test_query_options(options: list[str], names: list[str]) -> None:
    runner.invoke(app, ["load", "records.jsonl"])
    result = runner.invoke(app, ["query", "--format", "json", *options])
    assert result.exit_code == 0
    assert [json.loads(line)["name"] for line in result.stdout.splitlines()] == names


def test_query_of_nothing_says_so() -> None:
    runner.invoke(app, ["load", "records.jsonl"])
    assert runner.invoke(app, ["query", "--from", "2030-01-01"]).stdout == "no events from 2030-01-01 on\n"


def test_query_sends_no_control_characters_to_the_terminal() -> None:
    event = make_event("\x1b[31mRot\u202e", start="2025-05-16", city="\x1b]0;x\x07")
    Path("hostile.json").write_text(make_report(event).to_json(), "utf-8")
    runner.invoke(app, ["load", "hostile.json"])
    for layout in ("table", "json"):
        result = runner.invoke(app, ["query", "--from", "2025-01-01", "--format", layout])
        assert result.exit_code == 0
        assert not set("\x1b\x07\u202e") & set(result.stdout)
        assert "Rot" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["load"], 2, "Missing argument"),
        (["load", "missing.json"], 1, "missing.json: there is no such file [source-not-found]"),
        (["load", "records.jsonl", "--db", "extractor.db"], 2, "this is no database URL"),
        (["load", "records.jsonl", "--db", "mysql://u:hidden@h/d"], 2, "no such kind of database"),
        (["load", "records.jsonl", "--db", "postgresql://u:hid:den@h:port/d"], 2, "this is no database URL"),
        (["load", "records.jsonl", "--db", "sqlite:///missing/extractor.db"], 1, "unable to open database file"),
        (["load", "records.jsonl", "--db", "sqlite:///records.jsonl"], 1, "file is not a database"),
        (["load", "records.jsonl", "--db", "postgresql://u:hidden@127.0.0.1:1/d?password=hidden"], 1, "refused"),
        (["query"], 1, "there is no such database; `extractor load` makes it [database-error]"),
        (["query", "--from", "4. März"], 2, "write it as 2025-03-04"),
        (["query", "--from", "20250304"], 2, "write it as 2025-03-04"),
        (["query", "--limit", "0"], 2, "limit"),
    ],
)
def test_what_goes_wrong_is_said_without_credentials(arguments: list[str], code: int, message: str) -> None:
    result = runner.invoke(app, arguments)
    assert result.exit_code == code
    assert message in " ".join(result.output.replace("│", " ").split())
    assert "hid" not in result.output
    assert "Traceback" not in result.output
    assert not Path("extractor.db").exists()


def test_the_password_is_not_logged_either() -> None:
    url = "postgresql://u:hidden@127.0.0.1:1/d?application_name=x"
    done = subprocess.run(
        [sys.executable, "-m", "extractor", "load", "records.jsonl", "--db", url],
        env={"EXTRACTOR_DEBUG": "1", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "hidden" not in done.stdout + done.stderr


def test_a_missing_extra_is_named() -> None:
    code = (
        "import sys; sys.modules['sqlalchemy'] = None\n"
        "from extractor.cli import main\n"
        "sys.argv = ['extractor', 'load', 'records.jsonl']\n"
        "main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip install 'extractor[database]'" in done.stderr
