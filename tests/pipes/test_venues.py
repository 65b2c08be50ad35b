"""The corpus of venues, and what holds for every text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from extractor.pipes.venues import find_venues

CORPUS = tomllib.loads((Path(__file__).parents[1] / "corpora" / "venues.toml").read_text("utf-8"))["example"]
FIELDS = {"cities": "city", "addresses": "address", "rules": "rule"}


@pytest.mark.parametrize("example", CORPUS, ids=lambda example: example["text"][:60])
def test_corpus(example: dict[str, Any]) -> None:
    found = find_venues(example["text"] + "\n")
    assert [venue["name"] for venue in found] == example["names"]
    assert all(venue["online"] == (venue["name"] == "online") for venue in found)
    for key, field in FIELDS.items():
        if key in example:
            assert [venue[field] or "" for venue in found] == example[key]  # type: ignore[literal-required]


@pytest.mark.parametrize("with_places", [True, False])
def test_component_works_with_and_without_places(with_places: bool) -> None:
    nlp = spacy.blank("de")
    if with_places:
        nlp.add_pipe("german_places")
    nlp.add_pipe("german_venues")
    text = "Der Kurs läuft\nim Bürger­haus „Löwenzahn“ in Cottbus."
    doc = nlp(text)
    (span,) = doc.spans["venues"]
    value = span._.venues
    assert text[value["start"] : value["end"]] == "Bürger­haus „Löwenzahn“"
    assert (value["name"], value["city"], value["online"]) == ("Bürgerhaus Löwenzahn", "Cottbus", False)


@given(st.text(alphabet="im RathausOt: Saldero„Lö“,1\n(Cottbus)online", max_size=80))
def test_offsets_lie_in_the_text_and_begin_in_order(text: str) -> None:
    previous = 0
    for venue in find_venues(text):
        assert previous <= venue["start"] < venue["end"] <= len(text)
        previous = venue["start"]


@pytest.mark.parametrize("piece", ["im Rathaus ", "Saal ", "Saal der ", "A", "1", "(", "Ort: A", "online ", "Haus „"])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    find_venues(piece)
    find_venues(piece * (100_000 // len(piece)))
