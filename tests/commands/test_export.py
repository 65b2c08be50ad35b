"""The commands export and view: what they write where, and what they end with."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import feedparser
import pytest
from factories import make_event, make_report
from typer.testing import CliRunner

from extractor import Report, to_atom, to_csv, to_html, to_jsonld
from extractor.cli import app

TEXT = "Am 4. März 2025 fand in Templin die 2. Ortswerkstatt „Ortskerne“ statt.\n"

runner = CliRunner()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a text, its record, and a file with two others."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert runner.invoke(app, ["extract", "a.txt", "--output", "a.json"]).exit_code == 0
    told = [make_report(make_event("Bürgerdialog", start="2025-05-16")), make_report(make_event("Forum"), id="../b")]
    (tmp_path / "b.jsonl").write_text("".join(f"{report.to_json()}\n" for report in told), "utf-8")
    return tmp_path


@pytest.fixture
def report(folder: Path) -> Report:
    return Report.model_validate_json((folder / "a.json").read_text("utf-8"))


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "extractor", *arguments], input=stdin, capture_output=True, timeout=120
    )


# --- export ------------------------------------------------------------------------------------


def test_each_target_is_what_the_api_gives(report: Report) -> None:
    for target, text in (("csv", to_csv([report])), ("jsonld", to_jsonld(report)), ("atom", to_atom([report]))):
        result = runner.invoke(app, ["export", "a.json", "--to", target])
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout_bytes == text.encode()


@pytest.mark.parametrize("target", ["csv", "jsonld", "atom"])
def test_the_same_records_give_the_same_bytes(folder: Path, target: str) -> None:
    for output in ("1", "2"):
        assert runner.invoke(app, ["export", "a.json", "b.jsonl", "--to", target, "--output", output]).exit_code == 0
    assert (folder / "1").read_bytes() == (folder / "2").read_bytes()
    assert runner.invoke(app, ["export", "b.jsonl", "a.json", "b.jsonl", "--to", "csv", "--output", "3"]).exit_code == 0
    assert target != "csv" or (folder / "3").read_bytes() == (folder / "1").read_bytes()


def test_a_folder_and_standard_input_are_records_too(folder: Path) -> None:
    of_folder = runner.invoke(app, ["export", ".", "--to", "csv"])
    assert len(list(csv.reader(io.StringIO(of_folder.stdout)))) == 4
    piped = run("export", "-", "--to", "csv", stdin=(folder / "b.jsonl").read_bytes())
    assert (piped.returncode, piped.stdout.count(b"\r\n")) == (0, 3)


@pytest.mark.usefixtures("folder")
def test_options_of_the_targets() -> None:
    with_mark = runner.invoke(app, ["export", "a.json", "--to", "csv", "--bom"])
    assert with_mark.stdout_bytes.startswith(b"\xef\xbb\xbf")
    options = ["--title", "Was ist los?", "--url", "https://stadt.example/feed", "--published", "2025-03-05"]
    feed = feedparser.parse(runner.invoke(app, ["export", "b.jsonl", "--to", "atom", *options]).stdout_bytes)
    assert (feed.feed.title, feed.feed.id, feed.feed.updated) == (
        "Was ist los?",
        "https://stadt.example/feed",
        "2025-03-05T00:00:00Z",
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["a.json", "--to", "atom", "--bom"],
        ["a.json", "--to", "csv", "--title", "x"],
        ["a.json", "--to", "csv", "--other"],
        ["a.json", "--to", "atom", "--published", "5.3.2025"],
        ["a.json", "--to", "atom", "--published", "20250305"],
        ["a.json", "--to", "atom", "--url", "stadt.example"],
        ["a.json", "--to", "csv", "--output", "a.json"],
        ["a.json", "--to", "xml"],
        ["a.json"],
    ],
)
def test_what_cannot_be_carried_out_is_said_and_nothing_written(folder: Path, arguments: list[str]) -> None:
    before = (folder / "a.json").read_bytes()
    result = runner.invoke(app, ["export", *arguments])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr
    assert (folder / "a.json").read_bytes() == before


def test_a_bad_record_costs_only_itself(folder: Path) -> None:
    (folder / "bad.jsonl").write_text("{}\n" + (folder / "b.jsonl").read_text("utf-8"), "utf-8")
    result = runner.invoke(app, ["export", "bad.jsonl", "missing.json", "--to", "csv", "--output", "x.csv"])
    assert result.exit_code == 1
    assert [line.rpartition("[")[2] for line in result.stderr.splitlines()] == ["bad-record]", "source-not-found]"]
    assert (folder / "x.csv").read_text("utf-8").count("Bürgerdialog") > 0


def test_nothing_is_written_where_nothing_could_be_read(folder: Path) -> None:
    result = runner.invoke(app, ["export", "missing.json", "--to", "csv", "--output", "x.csv"])
    assert result.exit_code == 1
    assert not (folder / "x.csv").exists()


# --- view --------------------------------------------------------------------------------------


def test_a_page_is_what_the_api_gives(report: Report) -> None:
    result = runner.invoke(app, ["view", "a.json"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout_bytes == to_html(report, TEXT).encode()


def test_several_records_are_pages_in_a_folder(folder: Path) -> None:
    (folder / "texts").mkdir()
    (folder / "texts" / "c.txt").write_text(TEXT.replace("Templin", "Torgau"), "utf-8")
    assert runner.invoke(app, ["extract", "a.txt", "texts", "--output", "two.json"]).exit_code == 0
    (folder / "pages").mkdir()
    assert runner.invoke(app, ["view", "two.json", "--output", "pages"]).exit_code == 0
    names = sorted(f"{record['id']}.html" for record in json.loads((folder / "two.json").read_text("utf-8")))
    assert sorted(path.name for path in (folder / "pages").iterdir()) == names
    result = runner.invoke(app, ["view", "two.json", "--output", "page.html"])
    assert (result.exit_code, "there are 2 records" in result.stderr) == (2, True)


def test_a_text_that_has_changed_costs_its_own_page_only(folder: Path) -> None:
    (folder / "c.txt").write_text(TEXT.replace("Templin", "Torgau"), "utf-8")
    assert (
        runner.invoke(app, ["extract", "a.txt", "c.txt", "--format", "jsonl", "--output", "two.jsonl"]).exit_code == 0
    )
    (folder / "a.txt").write_text(TEXT + "Nachtrag.", "utf-8")
    with (folder / "two.jsonl").open("a", encoding="utf-8") as file:
        file.write("{}\n")
    (folder / "pages").mkdir()
    result = runner.invoke(app, ["view", "two.jsonl", "--output", "pages"])
    assert result.exit_code == 1
    assert ("[text-mismatch]" in result.stderr, "[bad-record]" in result.stderr) == (True, True)
    (page,) = (folder / "pages").iterdir()
    assert "Torgau" in page.read_text("utf-8")


def test_no_record_names_a_file_elsewhere(folder: Path, report: Report) -> None:
    inner = folder / "inner"
    inner.mkdir()
    (folder / "evil.json").write_text(report.model_copy(update={"id": "../../outside"}).to_json(), "utf-8")
    assert runner.invoke(app, ["view", "evil.json", "--output", "inner"]).exit_code == 0
    assert len(list(inner.iterdir())) == 1
    assert not list(folder.parent.glob("outside*"))


def test_the_text_that_has_changed_or_gone(folder: Path) -> None:
    (folder / "old.txt").write_text(TEXT, "utf-8")
    (folder / "a.txt").write_text(TEXT + "Nachtrag.", "utf-8")
    result = runner.invoke(app, ["view", "a.json"])
    assert (result.exit_code, "[text-mismatch]" in result.stderr) == (1, True)
    assert runner.invoke(app, ["view", "a.json", "--text", "old.txt", "--output", "p.html"]).exit_code == 0
    result = runner.invoke(app, ["view", "a.json", "--text", "a.txt", "--output", "q.html"])
    assert (result.exit_code, (folder / "q.html").exists()) == (1, False)
    (folder / "a.txt").unlink()
    result = runner.invoke(app, ["view", "a.json"])
    assert (result.exit_code, "[source-not-found]" in result.stderr) == (1, True)


def test_the_text_from_standard_input(folder: Path) -> None:
    (folder / "a.txt").unlink()
    piped = run("view", "a.json", "--text", "-", stdin=TEXT.encode())
    assert (piped.returncode, b"4. M\xc3\xa4rz 2025" in piped.stdout) == (0, True)
    assert run("view", "-", "--text", "-").returncode == 2


def test_what_holds_no_record(folder: Path) -> None:
    (folder / "empty.jsonl").write_text("", "utf-8")
    assert runner.invoke(app, ["view", "empty.jsonl"]).exit_code == 2
    assert runner.invoke(app, ["view", "a.txt"]).exit_code == 1


@pytest.mark.skipif(os.name == "nt", reason="no pipes with names")
def test_a_source_that_would_never_end_is_not_opened(folder: Path, report: Report) -> None:
    os.mkfifo(folder / "pipe")
    hostile = report.model_copy(update={"source": report.source.model_copy(update={"uri": "pipe"})})
    (folder / "hostile.json").write_text(hostile.to_json(), "utf-8")
    assert runner.invoke(app, ["view", "hostile.json"]).exit_code == 1
