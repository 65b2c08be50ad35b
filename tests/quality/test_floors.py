"""Quality on annotated texts must not fall.

Some corpora are the project's own. The others lie in the folder ``../shared`` beside the repository, or where
``EXTRACTOR_SHARED`` says.
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

from extractor.evaluation.corpus import text_files
from extractor.evaluation.gold import read_gold

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
CORPORA = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))


@pytest.fixture(params=CORPORA)
def corpus(request: pytest.FixtureRequest) -> dict[str, Any]:
    """A corpus with its ``home``; a folder of corpora that is there but lacks this one is a failure, not a skip."""
    corpus: dict[str, Any] = CORPORA[request.param]
    if corpus.get("in_repository"):
        return corpus | {"home": REPOSITORY}
    named = os.environ.get("EXTRACTOR_SHARED")
    shared = Path(named) if named else REPOSITORY.parent / "shared"
    if not shared.is_dir() and not named:
        pytest.skip(f"no corpus: there is no {shared}")
    if not (shared / corpus["folder"] / "gold.jsonl").is_file():
        message = f"{shared} holds no {corpus['folder']}/gold.jsonl"
        if named or os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(f"no corpus: {message}")
    return corpus | {"home": shared}


def text_paths(corpus: dict[str, Any]) -> list[Path]:
    """The text of each gold row, in the order of their names."""
    gold = corpus["home"] / corpus["folder"] / "gold.jsonl"
    return sorted(text_files(gold, read_gold(gold), corpus["home"] / corpus["texts"]))


def corpus_hash(corpus: dict[str, Any]) -> str:
    """SHA-256 over name and bytes of the gold facts and of every text."""
    digest = hashlib.sha256()
    for path in [corpus["home"] / corpus["folder"] / "gold.jsonl", *text_paths(corpus)]:
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def scores(corpus: dict[str, Any]) -> dict[str, float]:
    """F1 of every field, the share of perfect cards and the mean, as ``extractor evaluate`` gives them."""
    folders = [str(corpus["home"] / corpus["folder"]), "--texts", str(corpus["home"] / corpus["texts"])]
    command = [sys.executable, "-m", "extractor", "evaluate", *folders, "--json"]
    result = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert result["summary"]["missing"] == 0
    table: dict[str, float] = {field: row["f1"] for field, row in result["fields"].items()}
    return table | {name: result["summary"][name] for name in ("perfect_cards", "mean_f1")}


def test_corpus_is_the_one_the_floors_were_measured_on(corpus: dict[str, Any]) -> None:
    assert corpus_hash(corpus) == corpus["sha256"]


def test_no_field_is_below_its_floor(corpus: dict[str, Any]) -> None:
    reached = scores(corpus)
    floors = dict(corpus["floors"])
    everywhere = floors.pop("*", 0.0)
    below = {
        field: f"{value:.3f} < {floors.get(field, everywhere):.3f}"
        for field, value in reached.items()
        if value < floors.get(field, everywhere)
    }
    assert not below
    assert floors.keys() <= reached.keys(), "a floor for a field that the scorer does not know"
