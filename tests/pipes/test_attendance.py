"""Numbers of people: the corpus, spans, and the component in a spaCy pipeline."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from extractor.pipes.attendance import find_attendances
from extractor.pipes.people import people_noun
from extractor.pipes.reading import values_of

CORPUS = tomllib.loads((Path(__file__).parents[1] / "corpora" / "attendance.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", CORPUS["case"], ids=lambda case: case["text"][:50])
def test_counts(case: dict[str, Any]) -> None:
    assert [found["count"] for found in find_attendances(case["text"])] == case["counts"]


@pytest.mark.parametrize("text", CORPUS["none"])
def test_no_attendance(text: str) -> None:
    assert find_attendances(text) == []


@pytest.mark.parametrize(
    ("text", "quote", "rule"),
    [
        ("Es kamen mehr als 80 Gäste.", "mehr als 80 Gäste", "attendance.audience"),
        ("Es kamen rund 80 Bürger*innen.", "rund 80 Bürger*innen", "attendance.persons"),
        ("Teilnehmerzahl: 45", "Teilnehmerzahl: 45", "attendance.label"),
        ("Etwa 118 kamen.", "Etwa 118 kamen", "attendance.verb"),
        ("Am Ende kamen rund 118.", "Ende kamen rund 118", "attendance.verb.before"),
    ],
)
def test_spans_and_rules(text: str, quote: str, rule: str) -> None:
    (found,) = find_attendances(text)
    assert (text[found["start"] : found["end"]], found["rule"]) == (quote, rule)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Besucherinnen", "audience"),
        ("Messebesucher", "audience"),
        ("Gästen", "audience"),
        ("Planer:innen", "persons"),
        ("Ingenieurinnen", "persons"),
        ("Fahrgäste", None),
        ("Drinnen", None),
        ("Tische", None),
    ],
)
def test_people_nouns(word: str, kind: str | None) -> None:
    assert people_noun(word) == kind


def test_component_gives_source_offsets() -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("german_attendance")
    doc = nlp("Zum großen Fest im Park kamen rund\u00a01.200  Be\u00adsucherinnen und Besucher.")
    (found,) = values_of(doc, "attendances")
    assert doc.text[found["start"] : found["end"]] == "rund\u00a01.200  Be\u00adsucherinnen"
    assert doc.spans["attendances"][0]._.attendances == found


@given(st.text(alphabet="0123 .'GästeBsucherkamen:\n", max_size=60))
def test_any_text_gives_positive_counts(text: str) -> None:
    assert all(found["count"] > 1 for found in find_attendances(f"{text} Gäste {text} kamen"))


@pytest.mark.parametrize(
    "piece", ["9", "9 ", "Gäste ", "80 Gäste ", "rund ", "A", "Besucher: ", "bis zu ", "5 kamen ", "Es kamen "]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    find_attendances(text)
