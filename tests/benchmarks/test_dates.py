"""The comparison of temporal taggers: what it makes of other tools' answers, and that it runs."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from types import ModuleType

import pytest

from extractor.exporters.timeml import timeml
from extractor.pipes.dates import find_dates

REPOSITORY = Path(__file__).parents[2]
SHARED = Path(os.environ.get("EXTRACTOR_SHARED") or REPOSITORY.parent / "shared")


@pytest.fixture
def mapping(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(REPOSITORY / "benchmarks" / "date_peers"))
    for name in ("mapping", "harness"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return importlib.import_module("mapping")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("am Dienstag, dem 4. März", "Dienstag, dem 4. März"),
        ("vom 12.", "12."),
        ("Gestern und", "Gestern"),
        ("bis zum 3. Mai, ", "3. Mai"),
        ("vor zwei Jahren", "vor zwei Jahren"),
        ("im", "im"),
    ],
)
def test_spans_lose_what_timex3_has_not(mapping: ModuleType, text: str, left: str) -> None:
    start, end = mapping.trimmed(text, 0, len(text))
    assert text[start:end] == left


def test_ranges_are_split(mapping: ModuleType) -> None:
    text = "Vom 12. bis zum 14. Mai"
    first, last = mapping.ends(text, 0, len(text), ("DATE", "a"), ("DATE", "b"))
    assert (text[first.start : first.end], first.value) == ("12.", "a")
    assert (text[last.start : last.end], last.value) == ("14. Mai", "b")
    (whole,) = mapping.ends("im Herbst", 0, 9, ("DATE", "a"), ("DATE", "b"))
    assert (whole.start, whole.end, whole.value) == (3, 9, "a")


@pytest.mark.parametrize(
    ("first", "after", "value"),
    [
        ("2025-06-02", "2025-06-09", "2025-W23"),
        ("2025-06-07", "2025-06-09", "2025-W23-WE"),
        ("2025-06-01", "2025-07-01", "2025-06"),
        ("2025-04-01", "2025-07-01", "2025-Q2"),
        ("2025-01-01", "2026-01-01", "2025"),
        ("2024-09-23", "2024-12-22", "2024-FA"),
        ("2025-06-10T18:00", "2025-06-10T23:00", "2025-06-10TEV"),
        ("2025-06-10", "2025-06-15", None),
        ("2025-06-10T18:00", "2025-06-12T23:00", None),
    ],
)
def test_stretches_with_a_name(mapping: ModuleType, first: str, after: str, value: str | None) -> None:
    named = mapping.period(datetime.fromisoformat(first), datetime.fromisoformat(after))
    assert (named[1] if named else None) == value


def test_sentences_do_not_end_after_ordinals(mapping: ModuleType) -> None:
    text = "Am 4. März kam er. Am 5. Mai ging er! So."
    assert [sentence.strip() for _, sentence in mapping.sentences(text)] == [
        "Am 4. März kam er.",
        "Am 5. Mai ging er!",
        "So.",
    ]
    assert all(text[start:].startswith(sentence) for start, sentence in mapping.sentences(text))


def test_it_runs_and_an_answer_is_scored_right_against_itself(tmp_path: Path) -> None:
    scorer = SHARED / "eval" / "timex.py"
    if not scorer.is_file():
        pytest.skip(f"{scorer} is not there")
    gold, result = tmp_path / "gold", tmp_path / "result.json"
    gold.mkdir()
    for number, text in enumerate(("Am 4. März 2025 um 18 Uhr.", "Gestern, vom 12. bis 14. Mai, dann dienstags.")):
        found = find_dates(text, "2025-06-11", split_ranges=True)
        written = timeml(text, found, docid=str(number), creation_time="2025-06-11")
        (gold / f"{number}.tml").write_text(written, "utf-8")
    command = [sys.executable, str(REPOSITORY / "benchmarks" / "dates.py"), "--peers", "tokenise,extractor"]
    command += ["--rounds", "1", "--data", str(gold), "--scorer", str(scorer), "--json", str(result)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "at most 2 times the time of tokenising" in done.stdout
    answer = json.loads(result.read_text("utf-8"))
    assert answer["skipped"] == {}
    rows = {row["name"]: row for row in answer["rows"]}
    assert rows.keys() == {"tokenise", "extractor", "extractor in spaCy"}
    for name in ("extractor", "extractor in spaCy"):
        assert [rows[name][way] for way in ("strict", "relaxed", "value", "calendar_value")] == [1, 1, 1, 1]
