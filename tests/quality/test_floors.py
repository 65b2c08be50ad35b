"""Quality on annotated texts must not fall.

The scorer and two of the corpora lie in the folder ``../shared`` beside the repository, or where
``EXTRACTOR_SHARED`` says; without it nothing can be measured. The other two are the project's own.
"""

import hashlib
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
CORPORA = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the corpora; a folder that is there but broken is a failure, not a skip."""
    named = os.environ.get("EXTRACTOR_SHARED")
    folder = Path(named) if named else REPOSITORY.parent / "shared"
    if not folder.is_dir() and not named:
        pytest.skip(f"no corpora: there is no {folder}")
    if not (folder / "eval" / "score.py").is_file():
        message = f"{folder} holds no eval/score.py"
        if named or os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(f"no corpora: {message}")
    return folder


def gold_ids(folder: Path) -> list[str]:
    return [json.loads(line)["id"] for line in (folder / "gold.jsonl").read_text("utf-8").splitlines() if line.strip()]


def home(shared: Path, corpus: dict[str, Any]) -> Path:
    """The folder that a corpus's paths start from."""
    return REPOSITORY if corpus.get("in_repository") else shared


def text_files(shared: Path, corpus: dict[str, Any]) -> list[Path]:
    """The text of each gold row, in the order of their names."""
    base = home(shared, corpus)
    found = []
    for name in gold_ids(base / corpus["folder"]):
        candidates = (base / corpus["texts"]).iterdir()
        files = [path for path in candidates if path.name.split(".")[0] == name and path.suffix in (".txt", ".md")]
        assert len(files) == 1, f"gold row {name} has the texts {files}"
        found += files
    return sorted(found)


def corpus_hash(shared: Path, corpus: dict[str, Any]) -> str:
    """SHA-256 over name and bytes of the gold facts and of every text."""
    digest = hashlib.sha256()
    for path in [home(shared, corpus) / corpus["folder"] / "gold.jsonl", *text_files(shared, corpus)]:
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def scores(shared: Path, corpus: dict[str, Any], predictions: Path) -> dict[str, float]:
    """F1 of every field, and the share of perfect cards, as the scorer gives them."""
    extractor = [sys.executable, "-m", "extractor", "extract", "--format", "jsonl", "--output", str(predictions)]
    subprocess.run([*extractor, *map(str, text_files(shared, corpus))], check=True)
    scorer = [sys.executable, str(shared / "eval" / "score.py"), "--json"]
    gold = home(shared, corpus) / corpus["folder"] / "gold.jsonl"
    done = subprocess.run([*scorer, str(gold), str(predictions)], check=True, capture_output=True, text=True)
    result = json.loads(done.stdout)
    assert result["summary"]["missing"] == 0
    table: dict[str, float] = {field: row["f1"] for field, row in result["fields"].items()}
    return table | {name: result["summary"][name] for name in ("perfect_cards", "mean_f1")}


@pytest.mark.parametrize("name", CORPORA)
def test_corpus_is_the_one_the_floors_were_measured_on(name: str, shared: Path) -> None:
    assert corpus_hash(shared, CORPORA[name]) == CORPORA[name]["sha256"]


@pytest.mark.parametrize("name", CORPORA)
def test_no_field_is_below_its_floor(name: str, shared: Path, tmp_path: Path) -> None:
    corpus = CORPORA[name]
    reached = scores(shared, corpus, tmp_path / "predictions.jsonl")
    floors = dict(corpus["floors"])
    everywhere = floors.pop("*", 0.0)
    below = {
        field: f"{value:.3f} < {floors.get(field, everywhere):.3f}"
        for field, value in reached.items()
        if value < floors.get(field, everywhere)
    }
    assert not below
    assert floors.keys() <= reached.keys(), "a floor for a field that the scorer does not know"
