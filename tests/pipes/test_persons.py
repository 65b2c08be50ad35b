from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from extractor.pipes.names import first_names, is_common_noun, is_place, is_town
from extractor.pipes.organisations import find_organisations
from extractor.pipes.persons import find_persons, make_german_persons

CORPUS: dict[str, Any] = tomllib.loads((Path(__file__).parents[1] / "corpora" / "persons.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", CORPUS["cases"], ids=lambda case: case["text"][:50])
def test_sentence_names_these_persons(case: dict[str, Any]) -> None:
    text = case["text"] + "\n"
    found = find_persons(text, find_organisations(text))
    expected = [[part.strip() for part in person.split("/")] for person in case["persons"]]
    assert [person["name"] for person in found] == [parts[0] for parts in expected]
    for person, parts in zip(found, expected, strict=True):
        if len(parts) > 1:
            assert [person["title"] or "", person["function"] or "", person["organisation"] or ""] == parts[1:]


def test_person_inside_an_organisation_is_left_out() -> None:
    text = "Die Bäckerei Anna Weber backt.\n"
    assert find_persons(text, find_organisations(text)) == []
    assert find_persons("Dort backt Anna Weber.\n")[0]["name"] == "Anna Weber"


def test_bracket_names_an_organisation_of_no_known_form() -> None:
    (person,) = find_persons("Es kam Björn Tiede (Code Kombinat).\n")
    assert person["organisation"] == "Code Kombinat"


def test_bracket_with_a_town_names_none() -> None:
    (person,) = find_persons("Es kam Björn Tiede (Bad Belzig).\n")
    assert person["organisation"] is None


def test_component_gives_offsets_into_the_document() -> None:
    nlp = spacy.blank("de")
    doc = make_german_persons(nlp, "german_persons")(nlp.make_doc("Es sprach Heike Lind\u00admann\naus Guben."))
    (span,) = doc.spans["persons"]
    assert span._.persons["name"] == "Heike Lindmann"
    assert doc.text[span._.persons["start"] : span._.persons["end"]] == "Heike Lind\u00admann"


def test_names_resource() -> None:
    names = first_names()
    assert names["Annegret"]
    assert not names["Mark"]
    assert "Haus" not in names


@pytest.mark.parametrize("word", ["Unterstützung", "Stadtteilfest", "Gemeinschaft", "Kinder"])
def test_common_nouns(word: str) -> None:
    assert is_common_noun(word)


@pytest.mark.parametrize("word", ["Dortmund", "Südwestfalen", "Jung", "Lambrecht", "Sachsen-Anhalt"])
def test_names_are_no_common_nouns(word: str) -> None:
    assert not is_common_noun(word)


def test_towns_that_are_nouns_are_towns() -> None:
    assert is_town("Wangen")
    assert not is_town("Unterstützung")
    assert is_place("Sachsen")


@given(
    st.lists(
        st.sampled_from(
            [
                "Herr",
                "Dr.",
                "Anna",
                "von",
                "der",
                "Müller",
                "A.",
                "(",
                ",",
                "so",
                "Landrat",
                "\n",
                "-",
                "Leiterin",
                "aus",
            ]
        ),
        max_size=30,
    )
)
def test_any_sequence_gives_ordered_values_inside_the_text(words: list[str]) -> None:
    text = " ".join(words) + "\n"
    found = find_persons(text)
    assert all(0 <= person["start"] < person["end"] <= len(text) and person["name"].strip() for person in found)
    assert [person["start"] for person in found] == sorted(person["start"] for person in found)


@pytest.mark.parametrize("piece", ["Anna ", "Dr. ", "A. Beta ", "Bürgermeister ", ", so Abcd", "(", "1", "A"])
def test_time_grows_with_the_text(piece: str) -> None:
    text = piece * (200_000 // len(piece)) + "\n"
    find_persons(text)
