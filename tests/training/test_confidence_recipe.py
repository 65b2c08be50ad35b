"""The recipe of the weights of confidence: what it learns, and that it learns the same each time."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from extractor import Extractor
from extractor.assembly.confidence import FEATURES

RECIPE = Path(__file__).parents[2] / "training" / "confidence" / "fit.py"
NAMES = list(FEATURES)


@pytest.fixture(scope="module")
def recipe() -> ModuleType:
    spec = importlib.util.spec_from_file_location("confidence_recipe", RECIPE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def texts(recipe: ModuleType, held: str, shares: dict[bool, float], developed: bool, size: int = 2000) -> list[object]:
    """Texts of one event each, of which the given share is right, by whether a feature holds."""
    found = []
    for number in range(size):
        holds = number % 2 == 0
        row = np.zeros((1, 2 + len(NAMES)))
        row[0, :2] = 1, developed
        row[0, 2 + NAMES.index(held)] = holds
        right = np.array([float((number // 2) % 100 < shares[holds] * 100)])
        found.append(recipe.Text(row, right, ["main"], 1.0, developed))
    return found


def probability(weights: np.ndarray, held: list[str]) -> float:
    odds = weights[0] + sum(weights[2 + NAMES.index(name)] for name in held)
    return float(1 / (1 + np.exp(-odds)))


def test_a_feature_that_supports_gets_the_share_of_right_events(recipe: ModuleType) -> None:
    weights = recipe.fit(texts(recipe, "place", {True: 0.9, False: 0.6}, developed=False))
    assert probability(weights, []) == pytest.approx(0.6, abs=0.05)
    assert probability(weights, ["place"]) == pytest.approx(0.9, abs=0.05)


def test_a_sign_that_sense_forbids_becomes_nothing(recipe: ModuleType) -> None:
    weights = recipe.fit(texts(recipe, "place", {True: 0.4, False: 0.8}, developed=False))
    assert weights[2 + NAMES.index("place")] == 0


def test_developed_texts_do_not_raise_confidence(recipe: ModuleType) -> None:
    honest = texts(recipe, "place", {True: 0.7, False: 0.5}, developed=False)
    developed = texts(recipe, "place", {True: 1.0, False: 0.95}, developed=True, size=4000)
    weights = recipe.fit([*honest, *developed])
    assert probability(weights, []) == pytest.approx(0.5, abs=0.08)
    assert weights[1] > 1


def test_the_same_texts_give_the_same_weights(recipe: ModuleType) -> None:
    some = texts(recipe, "time", {True: 0.9, False: 0.6}, developed=False, size=60)
    assert np.array_equal(recipe.fit(some), recipe.fit(some))


def test_texts_are_read_with_their_gold(recipe: ModuleType, extractor: Extractor, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Am 4. März 2025 fand in Templin die 2. Ortswerkstatt statt.", "utf-8")
    facts = {"id": "a", "main_event": {"start": "2025-03-04"}}
    (tmp_path / "gold.jsonl").write_text(json.dumps(facts) + "\n", "utf-8")
    (text,) = recipe.read_texts(extractor, f"{tmp_path}=2", developed=False)
    assert text.right.tolist() == [1.0]
    assert text.weight == 2
    held = {name for name, value in zip(NAMES, text.rows[0, 2:], strict=True) if value}
    assert {"date", "date.day", "date.explicit", "place", "ordinal"} <= held
