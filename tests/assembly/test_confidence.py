"""Confidence: a probability, monotone in what must support an event or speak against it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import Extractor
from extractor.assembly.confidence import FEATURES, confidence, confidence_weights
from extractor.records import Event

some_features = st.sets(st.sampled_from(sorted(FEATURES)))


def test_weights_are_those_of_the_features_with_the_signs_that_sense_demands() -> None:
    weights = confidence_weights()
    assert list(weights.features) == list(FEATURES)
    for name, weight in weights.features.items():
        assert weight * FEATURES[name].sign >= 0, name
    assert 0 <= weights.least < weights.most <= 1


@given(some_features)
def test_confidence_is_a_probability(features: set[str]) -> None:
    weights = confidence_weights()
    assert weights.least <= confidence(features) <= weights.most


@given(some_features, st.sampled_from([name for name, feature in FEATURES.items() if feature.sign]))
def test_confidence_is_monotone(features: set[str], name: str) -> None:
    without, held = confidence(features - {name}), confidence(features | {name})
    assert held >= without if FEATURES[name].sign > 0 else held <= without


@given(st.permutations(sorted(FEATURES)))
def test_confidence_does_not_depend_on_the_order(features: list[str]) -> None:
    assert confidence(features) == confidence(sorted(features))


def main_event(extractor: Extractor, text: str) -> Event:
    event = extractor.extract(text).main_event
    assert event is not None
    return event


@pytest.mark.parametrize(
    ("surer", "less_sure"),
    [
        (
            "Am 4. März 2025 fand im Rathaus Templin die 2. Ortswerkstatt statt. 80 Gäste kamen.",
            "Im März fand im Rathaus Templin die Ortswerkstatt statt.",
        ),
        (
            "Die Fachkonferenz Wald findet am 4. März 2025 um 10 Uhr in Gera statt.",
            "Die Fachkonferenz Wald findet am 4. März statt. Sie begann 2023.",
        ),
    ],
)
def test_an_event_with_more_to_prove_it_is_surer(extractor: Extractor, surer: str, less_sure: str) -> None:
    assert main_event(extractor, surer).confidence > main_event(extractor, less_sure).confidence


def test_every_feature_is_documented_with_its_sign() -> None:
    page = (Path(__file__).parents[2] / "docs" / "confidence.md").read_text("utf-8")
    signs = {1: "for", -1: "against", 0: "either"}
    for name, feature in FEATURES.items():
        assert f"| `{name}` | {signs[feature.sign]} | {feature.meaning} |" in page
