from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from extractor.pipes.organisations import find_organisations, make_german_organisations

CORPUS: dict[str, Any] = tomllib.loads(
    (Path(__file__).parents[1] / "corpora" / "organisations.toml").read_text("utf-8")
)


@pytest.mark.parametrize("case", CORPUS["cases"], ids=lambda case: case["text"][:50])
def test_sentence_names_these_organisations(case: dict[str, Any]) -> None:
    found = find_organisations(case["text"] + "\n")
    expected = [name.partition("|") for name in case["names"]]
    assert [value["name"] for value in found] == [name for name, _, _ in expected]
    for value, (_, _, acronym) in zip(found, expected, strict=True):
        assert not acronym or value["acronym"] == acronym
    if case["names"]:
        assert case["rule"] in {value["rule"] for value in found}


def test_short_name_takes_the_longer_one_that_adds_a_legal_form() -> None:
    found = find_organisations("Der SV Nordheim gewann.\nDer SV Nordheim 1921 e. V. dankt.\n")
    assert {value["name"] for value in found} == {"SV Nordheim 1921 e. V."}


def test_acronym_before_a_town_takes_the_long_form_of_the_text() -> None:
    found = find_organisations("Der KFV Oderland lud ein.\nDer Kreisfeuerwehrverband Oderland dankt.\n")
    assert {value["name"] for value in found} == {"Kreisfeuerwehrverband Oderland"}


def test_kinds() -> None:
    text = "Die Hochschule Zittau, das Bistum Görlitz, die Stadt Guben lädt, die Sparkasse Guben zahlt.\n"
    assert [value["kind"] for value in find_organisations(text)] == ["university", "church", "municipality", "company"]


def test_component_gives_offsets_into_the_document() -> None:
    nlp = spacy.blank("de")
    doc = make_german_organisations(nlp, "german_organisations")(
        nlp.make_doc("Es lud der Ver\u00adein Rad\nund Tat e. V. ein.")
    )
    (span,) = doc.spans["organisations"]
    value = span._.organisations
    assert value["name"] == "Verein Rad und Tat e. V."
    assert doc.text[value["start"] : value["end"]] == "Ver\u00adein Rad\nund Tat e. V."


@given(
    st.lists(
        st.sampled_from(
            ["Verein", "der", "und", "GmbH", "e. V.", "(", ")", "Stadt", "Guben", "„", "“", ",", "für", "\n", "-", "AG"]
        ),
        max_size=30,
    )
)
def test_any_sequence_gives_ordered_values_inside_the_text(words: list[str]) -> None:
    text = " ".join(words) + "\n"
    found = find_organisations(text)
    assert all(0 <= value["start"] < value["end"] <= len(text) and value["name"].strip() for value in found)
    assert [value["start"] for value in found] == sorted(value["start"] for value in found)


@pytest.mark.parametrize(
    "piece", ["Verein ", "GmbH ", "Amt für Umwelt, ", "(", "1", "A", "Verein „a ", "e. V. ", "Rad und "]
)
def test_hostile_text_does_not_hang(piece: str) -> None:
    find_organisations(piece * (200_000 // len(piece)) + "\n")
