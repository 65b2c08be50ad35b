"""Reading records: every shape of file, every way of being none."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from factories import make_event, make_report
from hypothesis import given
from hypothesis import strategies as st

from extractor import record_files
from extractor.errors import BadRecord, ExtractorError, NoDocuments, SourceNotFound, UnknownSchemaVersion
from extractor.record_files import read_reports
from extractor.records import ErrorRecord, Report

REPORTS = [make_report(make_event(start=f"2025-05-0{day}"), uri=f"{day}.txt") for day in (1, 2, 3)]
LINES = [report.to_json() for report in REPORTS]
ERROR = ErrorRecord(source="x.txt", code="empty-document", message="nothing").to_json()


def read(*paths: Path | str) -> tuple[list[Report], list[ExtractorError], list[str]]:
    """The reports, the faults and what was left out."""
    faults: list[ExtractorError] = []
    skipped: list[str] = []
    return list(read_reports(list(paths), on_fault=faults.append, on_skip=skipped.append)), faults, skipped


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("name", "content", "number"),
    [
        ("a.json", LINES[0], 1),
        ("a.json", REPORTS[0].to_json(indent=2), 1),
        ("a.json", "\ufeff" + REPORTS[0].to_json(indent=2) + "\n", 1),
        ("a.json", f"[\n{','.join(LINES)}\n]", 3),
        ("a.json", f"[{','.join(LINES)}]", 3),
        ("a.json", "[]", 0),
        ("a.json", "\n".join(LINES), 3),
        ("a.jsonl", "\n".join(LINES), 3),
        ("a.jsonl", "\ufeff" + "\r\n".join(LINES) + "\r\n", 3),
        ("a.jsonl", "\n\n".join(LINES) + "\n \n", 3),
        ("a.ndjson", "", 0),
        ("records", "\n".join(LINES), 3),
    ],
)
def test_every_shape(tmp_path: Path, name: str, content: str, number: int) -> None:
    reports, faults, skipped = read(write(tmp_path / name, content))
    assert reports == REPORTS[:number]
    assert faults == skipped == []


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("\n".join(LINES).encode())))
    assert read("-")[0] == REPORTS


def test_a_folder_is_the_records_in_and_below_it(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    write(tmp_path / "below" / "b.jsonl", "\n".join(LINES[1:]))
    write(tmp_path / "a.json", LINES[0])
    write(tmp_path / ".hidden.json", "no record")
    write(tmp_path / "report.txt", "no record")
    assert read(tmp_path)[0] == REPORTS


def test_a_folder_without_records(tmp_path: Path) -> None:
    with pytest.raises(NoDocuments):
        list(read_reports([tmp_path]))


def test_a_missing_file_costs_only_itself(tmp_path: Path) -> None:
    reports, faults, _ = read(tmp_path / "missing.json", write(tmp_path / "a.json", LINES[0]))
    assert reports == REPORTS[:1]
    assert isinstance(faults[0], SourceNotFound)


OTHER_VERSION = json.dumps(json.loads(LINES[0]) | {"schema_version": "2.0"})
BAD_STATUS = LINES[0].replace('"status": "planned"', '"status": "perhaps"')
BAD_DATE = LINES[0].replace('"start": "2025-05-01"', '"start": "2025-02-30"')


@pytest.mark.parametrize(
    ("line", "kind", "said"),
    [
        ("{", BadRecord, "no JSON"),
        (LINES[0][:-5], BadRecord, "no JSON"),
        ("[1, 2]", BadRecord, "a JSON object was expected"),
        ("null", BadRecord, "a JSON object was expected"),
        ('{"id": 1}', BadRecord, "schema_version"),
        (OTHER_VERSION, UnknownSchemaVersion, "'2.0'"),
        (BAD_STATUS, BadRecord, "main_event.status"),
        (BAD_DATE, BadRecord, "main_event.when.start"),
        ("[" * 100_000, BadRecord, "nested too deeply"),
        (LINES[0].replace("1000", "9" * 5000), BadRecord, "digits"),
        (LINES[0].replace("planned", "\\ud800"), BadRecord, "status"),
        (b"\xff" + LINES[0].encode(), BadRecord, "UTF-8"),
    ],
)
def test_a_bad_line_costs_only_itself(tmp_path: Path, line: str | bytes, kind: type[ExtractorError], said: str) -> None:
    data = line if isinstance(line, bytes) else line.encode()
    path = write(tmp_path / "a.jsonl", b"\n".join([LINES[1].encode(), data, LINES[2].encode()]))
    reports, faults, _ = read(path)
    assert reports == REPORTS[1:]
    (fault,) = faults
    assert type(fault) is kind
    assert said in fault.message
    assert fault.source == f"{path}, line 2"
    with pytest.raises(kind):
        list(read_reports([path]))


def test_a_bad_first_line_costs_only_itself_whatever_the_name(tmp_path: Path) -> None:
    reports, faults, _ = read(write(tmp_path / "records", "\n".join([LINES[0][:-5], *LINES[1:]])))
    assert reports == REPORTS[1:]
    assert len(faults) == 1


def test_a_bad_item_of_an_array_costs_only_itself(tmp_path: Path) -> None:
    reports, faults, _ = read(write(tmp_path / "a.json", f"[{LINES[0]}, 7, {BAD_STATUS}, {LINES[1]}]"))
    assert reports == REPORTS[:2]
    assert [str(fault.source).rpartition(", ")[2] for fault in faults] == ["record 2", "record 3"]


@pytest.mark.parametrize("content", ["", "no record", "{\n'a': 1\n}", "\x00\x01", "{" * 50])
def test_a_file_that_is_no_record_is_one_fault(tmp_path: Path, content: str) -> None:
    reports, faults, _ = read(write(tmp_path / "a.json", content))
    assert reports == []
    assert len(faults) == 1


def test_error_records_are_left_out_and_told(tmp_path: Path) -> None:
    reports, faults, skipped = read(write(tmp_path / "a.jsonl", "\n".join([LINES[0], ERROR, LINES[1]])))
    assert reports == REPORTS[:2]
    assert faults == []
    assert "x.txt" in skipped[0]


def test_equal_records_are_one(tmp_path: Path) -> None:
    reports, faults, skipped = read(write(tmp_path / "a.jsonl", "\n".join(LINES + LINES)))
    assert reports == REPORTS
    assert faults == skipped == []


def test_of_two_records_of_one_report_the_first_counts(tmp_path: Path) -> None:
    other = REPORTS[0].model_copy(update={"generator": "extractor 0.0.1"}).to_json()
    reports, faults, skipped = read(write(tmp_path / "a.jsonl", "\n".join([LINES[0], other])))
    assert reports == REPORTS[:1]
    assert faults == []
    assert "line 2" in skipped[0]


def test_lines_that_are_too_long_are_read_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_files, "MAX_LINE_BYTES", 20_000)
    for content in ([LINES[0], "x" * 70_000, LINES[1]], ["x" * 70_000, LINES[0], LINES[1]]):
        reports, faults, _ = read(write(tmp_path / "a.jsonl", "\n".join(content)))
        assert reports == REPORTS[:2]
        assert len(faults) == 1


def test_a_document_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_files, "MAX_FILE_BYTES", 1000)
    (fault,) = read(write(tmp_path / "a.json", f"[\n{','.join(LINES)}]"))[1]
    assert "jsonl" in fault.message


def test_lines_come_as_they_are_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", "\n".join([LINES[0], "{"]))
    assert next(iter(read_reports([path]))) == REPORTS[0]


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_a_file_holds_is_reports_or_faults(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    reports, faults, _ = read(write(tmp_path_factory.mktemp("any") / "a.jsonl", content + b"\n" + LINES[0].encode()))
    assert reports[-1:] == REPORTS[:1]
    assert all(isinstance(fault, BadRecord) for fault in faults)
