"""``extractor evaluate`` and the files that it reads."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor.cli import app
from extractor.errors import BadGold
from extractor.evaluation.gold import read_gold

TEXT = "Am 4. März 2025 fand in Templin die 2. Ortswerkstatt „Ortskerne“ statt.\n"
FACTS = {"id": "templin", "main_event": {"start": "2025-03-04", "city": "Templin", "ordinal": 2}, "places": ["Templin"]}

runner = CliRunner()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """One annotated text, its text in a folder of its own."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "templin.txt").write_text(TEXT, "utf-8")
    (tmp_path / "gold.jsonl").write_text(json.dumps(FACTS) + "\n", "utf-8")
    return tmp_path


def test_texts_are_extracted_where_there_are_no_predictions(corpus: Path) -> None:
    result = runner.invoke(app, ["evaluate", str(corpus)])
    assert result.exit_code == 0
    assert "main.start              1.000  1.000  1.000   1/0/0" in result.stdout
    assert "documents=1 missing=0 mean_f1=1.000" in result.stdout


def test_predictions_are_scored_as_they_are(corpus: Path, tmp_path: Path) -> None:
    predictions = tmp_path / "p.jsonl"
    runner.invoke(
        app, ["extract", "--format", "jsonl", "--output", str(predictions), str(corpus / "texts" / "templin.txt")]
    )
    predictions.write_text(predictions.read_text("utf-8").replace("2025-03-04", "2025-03-05"), "utf-8")
    result = runner.invoke(app, ["evaluate", str(corpus / "gold.jsonl"), str(predictions), "--per-document", "--json"])
    data = json.loads(result.stdout)
    assert data["fields"]["main.start"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "tp": 0, "fp": 1, "fn": 1}
    assert data["documents"][0]["faults"][0] == {"field": "start", "found": "'2025-03-05'", "expected": "'2025-03-04'"}


def test_what_is_wrong_is_listed_by_document(corpus: Path) -> None:
    (corpus / "gold.jsonl").write_text(json.dumps(FACTS | {"places": ["Templin", "Prenzlau"]}) + "\n", "utf-8")
    result = runner.invoke(app, ["evaluate", str(corpus), "--per-document"])
    assert result.stdout.splitlines()[-1] == "templin: places: [], not ['Prenzlau']"


def test_a_broken_prediction_is_told_and_the_others_are_scored(corpus: Path, tmp_path: Path) -> None:
    predictions = tmp_path / "p.jsonl"
    runner.invoke(
        app, ["extract", "--format", "jsonl", "--output", str(predictions), str(corpus / "texts" / "templin.txt")]
    )
    predictions.write_text(predictions.read_text("utf-8") + '{"broken"\n', "utf-8")
    result = runner.invoke(app, ["evaluate", str(corpus), str(predictions)])
    assert result.exit_code == 1
    assert "line 2" in result.stderr
    assert "mean_f1=1.000" in result.stdout


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "there are no gold facts in it"),
        ('{"id": "a"\n', "gold.jsonl:1: no JSON"),
        ("[1, 2]\n", "gold.jsonl:1: it should be a JSON object"),
        ('{"id": "a"}\n\n{"id": "a.txt"}\n', "gold.jsonl:3: a stands twice"),
        ('{"id": "a", "main_event": {"begin": "2025"}}\n', "gold.jsonl:1: main_event.begin: Extra inputs"),
    ],
)
def test_gold_that_is_none_says_where_and_why(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(BadGold) as caught:
        read_gold(path)
    assert message in str(caught.value)


@pytest.mark.parametrize("name", ["missing.jsonl", "binary.jsonl"])
def test_a_gold_file_that_cannot_be_read_ends_with_1(tmp_path: Path, name: str) -> None:
    (tmp_path / "binary.jsonl").write_bytes(b"\xff\xfe\x00")
    result = runner.invoke(app, ["evaluate", str(tmp_path / name)])
    assert result.exit_code == 1
    assert "[bad-gold]" in result.stderr


def test_a_text_that_is_missing_or_ambiguous_is_named(corpus: Path) -> None:
    (corpus / "texts" / "templin.md").write_text(TEXT, "utf-8")
    result = runner.invoke(app, ["evaluate", str(corpus)])
    assert (result.exit_code, "templin.md, templin.txt" in result.stderr) == (1, True)
    result = runner.invoke(app, ["evaluate", str(corpus), "--texts", str(corpus)])
    assert (result.exit_code, "--texts" in result.stderr) == (1, True)
