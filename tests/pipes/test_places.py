"""The corpus of places, and what holds for every text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from extractor.pipes.places import find_places

CORPUS = tomllib.loads((Path(__file__).parents[1] / "corpora" / "places.toml").read_text("utf-8"))["example"]
FIELDS = {"kinds": "kind", "ags": "ags", "states": "state", "rules": "rule", "alternatives": "alternatives"}


@pytest.mark.parametrize("example", CORPUS, ids=lambda example: example["text"][:60])
def test_corpus(example: dict[str, Any]) -> None:
    found = find_places(example["text"] + "\n")
    assert [place["name"] for place in found] == example["names"]
    for key, field in FIELDS.items():
        if key in example:
            assert [place[field] for place in found] == example[key]  # type: ignore[literal-required]


def test_close_choice_names_the_alternatives() -> None:
    (place,) = find_places("Das Treffen in Neustadt war gut besucht.\n")
    assert place["alternatives"]
    assert all(" (" in alternative for alternative in place["alternatives"])


def test_unambiguous_name_has_no_alternatives() -> None:
    (place,) = find_places("Das Treffen in Eberswalde war gut besucht.\n")
    assert place["alternatives"] == []
    assert (place["latitude"], place["longitude"]) == pytest.approx((52.83, 13.81), abs=0.1)


def test_component_stores_offsets_into_the_source() -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("german_places")
    text = "Die Tagung ist in\nFrank­furt (Oder), der Ausflug geht nach **Cottbus**."
    doc = nlp(text)
    spans = doc.spans["places"]
    values = [span._.places for span in spans]
    assert [text[value["start"] : value["end"]] for value in values] == ["Frank­furt (Oder)", "Cottbus"]
    assert [value["name"] for value in values] == ["Frankfurt (Oder)", "Cottbus"]


@given(st.text(alphabet="Essn Frankfut(Oder)/.-Bad\nBrandenburg an der Havel,1", max_size=80))
def test_offsets_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    end = 0
    for place in find_places(text):
        assert end <= place["start"] < place["end"] <= len(text)
        end = place["end"]


@pytest.mark.parametrize("piece", ["Bad ", "A", "1", "(", "Frankfurt (", "Berlin-", "Landkreis an der ", "St. "])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    find_places(piece)
    find_places(piece * (100_000 // len(piece)))
