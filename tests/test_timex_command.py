"""``extractor timex``: TimeML, JSON Lines, bad lines, hostile input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from extractor.cli import app
from extractor.timex_lines import LONGEST_LINE, parse_line

TEXT = "Templin, 4. März 2025 – Gestern war Markt, von 9 bis 15 Uhr. Der nächste ist am 12. Mai.\n"

runner = CliRunner()


def lines(*records: object) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def run_lines(tmp_path: Path, content: str | bytes, *arguments: str) -> tuple[int, list[dict[str, Any]], list[str]]:
    """Exit code, records and messages of ``extractor timex --jsonl``."""
    path = tmp_path / "texts.jsonl"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = runner.invoke(app, ["timex", "--jsonl", str(path), *arguments])
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()], result.stderr.splitlines()


def spans(record: dict[str, Any], text: str) -> list[tuple[str, str, str]]:
    return [(text[timex["start"] : timex["end"]], timex["type"], timex["value"]) for timex in record["timexes"]]


# --- TimeML --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_document_is_tagged(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(TEXT, "utf-8")
    result = runner.invoke(app, ["timex", str(path)])
    assert result.exit_code == 0
    assert result.stderr == ""
    root = ElementTree.fromstring(result.stdout)  # noqa: S314
    assert root.findtext("DOCID") == path.as_posix()
    assert root.findtext("DCT/TIMEX3") == "2025-03-04"
    body = root.find("TEXT")
    assert body is not None
    assert "".join(body.itertext()) == TEXT
    assert [(timex.text, timex.get("value"), timex.get("anchorTimeID")) for timex in body] == [
        ("4. März 2025", "2025-03-04", None),
        ("Gestern", "2025-03-03", "t0"),
        ("9", "2025-03-03T09:00", "t2"),
        ("15 Uhr", "2025-03-03T15:00", "t2"),
        ("12. Mai", "2025-05-12", "t0"),
    ]


def test_standard_input_and_reference_date() -> None:
    command = [sys.executable, "-m", "extractor", "timex", "-", "--reference-date", "2024-01-31"]
    done = subprocess.run(command, input="Morgen ist Markt.".encode("utf-16"), capture_output=True, check=True)
    assert b'value="2024-02-01"' in done.stdout
    assert b"<DOCID>-</DOCID>" in done.stdout


def test_output_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path, output = tmp_path / "a.txt", tmp_path / "out.tml"
    path.write_text(TEXT, "utf-8")
    assert runner.invoke(app, ["timex", str(path), "--output", str(output)]).stdout == ""
    assert output.read_bytes() == runner.invoke(app, ["timex", str(path)]).stdout_bytes
    path.write_text(" ", "utf-8")
    before = output.read_bytes()
    assert runner.invoke(app, ["timex", str(path), "--output", str(output)]).exit_code == 1
    assert output.read_bytes() == before
    assert {entry.name for entry in tmp_path.iterdir()} == {"a.txt", "out.tml"}


@pytest.mark.parametrize("option", [[], ["--jsonl"]])
@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["missing.txt"], 1, "source-not-found"),
        (["."], 1, "source-unreadable"),
        (["a\0b"], 1, "source-not-found"),
        (["a.txt", "--reference-date", "gestern"], 2, "bad-reference-date"),
        (["a.txt", "--output", "a.txt"], 2, "usage"),
        (["a.txt", "--output", "missing/out"], 2, "output-unwritable"),
    ],
)
def test_what_cannot_be_done_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: list[str], arguments: list[str], code: int, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(lines({"id": 1, "text": TEXT}), "utf-8")
    result = runner.invoke(app, ["timex", *option, *arguments])
    assert result.exit_code == code
    assert result.stderr.startswith("error: ")
    assert result.stderr.endswith(f"[{message}]\n")
    assert Path("a.txt").read_text("utf-8") == lines({"id": 1, "text": TEXT})


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x00\x01\x02\x03", b"", b"%PDF-1.4\n", b"\x81\x8d\x8f"])
def test_a_file_that_is_no_text_fails(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    result = runner.invoke(app, ["timex", str(path)])
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "internal-error" not in result.stderr


@pytest.mark.parametrize("unit", ["1.", "7", "1.1.2020 ", "<", "\x1b", "12:30-", "am 4. Mai "])
@pytest.mark.parametrize("option", [[], ["--jsonl"]])
def test_a_megabyte_of_anything_is_answered(tmp_path: Path, unit: str, option: list[str]) -> None:
    text = unit * (1_000_000 // len(unit)) + " am 4. Mai 2025"
    path = tmp_path / "a.txt"
    path.write_text(lines({"id": 1, "text": text}) if option else text, "utf-8")
    result = runner.invoke(app, ["timex", str(path), *option])
    assert result.exit_code == 0
    assert "2025-05-04" in result.stdout


# --- JSON Lines ----------------------------------------------------------------------------------


def test_a_line_for_each_line(tmp_path: Path) -> None:
    texts = [
        {"id": "a", "text": "Gestern war Markt.", "reference_date": "2025-03-04"},
        {"id": 2, "text": "Vom 12. bis 14. Mai 2025.", "reference_date": None, "more": [1]},
        {"id": "c", "text": TEXT},
    ]
    code, records, messages = run_lines(tmp_path, lines(*texts))
    assert (code, messages) == (0, [])
    assert [record["id"] for record in records] == ["a", 2, "c"]
    assert spans(records[0], "Gestern war Markt.") == [("Gestern", "DATE", "2025-03-03")]
    assert [value for _, _, value in spans(records[1], str(texts[1]["text"]))] == ["2025-05-12", "2025-05-14"]
    assert [record["date_line"] for record in records] == [None, None, "2025-03-04"]
    assert records[1]["timexes"][0].keys() >= {"start", "end", "type", "value", "edtf_start", "inferred", "rule"}


def test_offsets_are_those_of_the_text_as_given(tmp_path: Path) -> None:
    text = "\ufeff  \U0001f600 Wir\r\nfeiern am 4. Ju\u00adni\u00a02025,\t um 18\u202fUhr, im „Rat-\nhaus“. \0"
    code, (record,), _ = run_lines(tmp_path, lines({"id": 1, "text": text}))
    assert code == 0
    assert spans(record, text) == [
        ("4. Ju\u00adni\u00a02025", "DATE", "2025-06-04"),
        ("18\u202fUhr", "TIME", "2025-06-04T18:00"),
    ]


def test_reference_date_of_a_line_comes_before_the_option(tmp_path: Path) -> None:
    texts = lines({"id": 1, "text": "gestern", "reference_date": "2025-03-04T08:00:00"}, {"id": 2, "text": "gestern"})
    _, records, _ = run_lines(tmp_path, texts, "--reference-date", "2020-01-01")
    assert [record["timexes"][0]["value"] for record in records] == ["2025-03-03", "2019-12-31"]


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "kein Datum"])
def test_a_text_without_expressions_has_none(tmp_path: Path, text: str) -> None:
    assert run_lines(tmp_path, lines({"id": 1, "text": text})) == (
        0,
        [{"id": 1, "date_line": None, "timexes": []}],
        [],
    )


BAD = {
    b"nonsense": "bad-line",
    b"{": "bad-line",
    b"[]": "bad-line",
    b"null": "bad-line",
    b'"text"': "bad-line",
    b'{"id": 1}': "bad-line",
    b'{"text": "a"}': "bad-line",
    b'{"id": null, "text": "a"}': "bad-line",
    b'{"id": true, "text": "a"}': "bad-line",
    b'{"id": 1.5, "text": "a"}': "bad-line",
    b'{"id": 1, "text": 5}': "bad-line",
    b'{"id": 1, "text": "a", "reference_date": 5}': "bad-line",
    b'{"id": 1, "text": "a", "reference_date": "gestern"}': "bad-reference-date",
    b'{"id": 1, "text": "a", "reference_date": ""}': "bad-reference-date",
    b'{"id": 1, "text": "\\ud800"}': "not-text",
    b'{"id": 1, "text": "\xff"}': "bad-line",
    b"\xff\xfe": "bad-line",
    b"\0": "bad-line",
    b"[" * 100_000: "bad-line",
    b"1" * 100_000: "bad-line",
    b'{"id": ' + b"1" * 10_000 + b', "text": "a"}': "bad-line",
    b'{"id": 1, "text": "' + b"a" * 5_000_001 + b'"}': "document-too-large",
}


@pytest.mark.parametrize(("line", "code"), BAD.items(), ids=lambda value: str(value)[:40])
def test_a_bad_line_costs_only_itself(tmp_path: Path, line: bytes, code: str) -> None:
    good = lines({"id": "good", "text": "4. März 2025"}).encode()
    exit_code, records, messages = run_lines(tmp_path, good + b"\n" + line + b"\r\n" + good)
    assert exit_code == 1
    assert [record["id"] for record in records] == ["good", "good"]
    (message,) = messages
    assert "texts.jsonl:3: " in message
    assert message.endswith(f"[{code}]")
    assert len(message) < 500


def test_a_line_too_long_is_skipped_unread(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    good = lines({"id": "good", "text": "4. März 2025"}).encode()
    with path.open("wb") as file:
        file.write(good)
        for _ in range(LONGEST_LINE // 1_000_000 + 2):
            file.write(b"x" * 1_000_000)
        file.write(b"\n" + good)
    result = runner.invoke(app, ["timex", "--jsonl", str(path)])
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert "texts.jsonl:2: " in result.stderr
    assert result.stderr.endswith("[document-too-large]\n")


def test_bad_lines_and_output_file(tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    code, _, messages = run_lines(tmp_path, lines({"id": 1, "text": "heute"}) + "oops\n", "--output", str(output))
    assert code == 1
    assert len(messages) == 1
    assert [json.loads(line)["id"] for line in output.read_text("utf-8").splitlines()] == [1]


def test_byte_order_mark_blank_lines_and_a_missing_last_line_end(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + lines({"id": 1, "text": "a"}).encode() + b"\n  \r\n" + b'{"id": 2, "text": "b"}'
    code, records, _ = run_lines(tmp_path, content)
    assert code == 0
    assert [record["id"] for record in records] == [1, 2]


def test_lines_are_answered_as_they_come() -> None:
    command = [sys.executable, "-m", "extractor", "timex", "--jsonl", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(lines({"id": number, "text": "4. März 2025"}).encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(60) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs resource usage of child processes")
def test_memory_does_not_grow_with_the_number_of_lines(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    script = (
        "import resource, sys\n"
        "from extractor.timex_lines import TimexLines\n"
        "peak = []\n"
        "for number, _ in enumerate(TimexLines(sys.argv[1]).records()):\n"
        "    peak.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
        "print(peak[len(peak) // 10], peak[-1])\n"
    )
    with path.open("w", encoding="utf-8") as file:
        for number in range(1000):
            text = f"Am 4. März {number} kam Wort{number}haft. " * 30
            file.write(lines({"id": number, "text": text}))
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, check=True)
    early, late = map(int, done.stdout.split())
    assert late < early * 1.2


def test_output_is_utf_8_whatever_the_terminal_says(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    command = [sys.executable, "-m", "extractor", "timex", str(path)]
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    done = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert "4. März 2025".encode() in done.stdout


def test_parse_line_takes_dates_and_times() -> None:
    assert parse_line(b'{"id": "a", "text": "b", "reference_date": "2025-03-04T10:00"}').reference_date == "2025-03-04"
