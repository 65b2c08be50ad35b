from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.pipes.inflection import adjective_ending, gender_of, nominative

CORPUS: dict[str, Any] = tomllib.loads((Path(__file__).parents[1] / "corpora" / "inflection.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", CORPUS["cases"], ids=lambda case: case["phrase"])
def test_phrase_is_brought_to_the_nominative(case: dict[str, str]) -> None:
    assert nominative(case["phrase"], case.get("article")) == case["nominative"]


@pytest.mark.parametrize("case", CORPUS["unchanged"], ids=lambda case: case["phrase"])
def test_phrase_stays_as_it_is(case: dict[str, str]) -> None:
    assert nominative(case["phrase"], case.get("article")) == case["phrase"]


@pytest.mark.parametrize(("noun", "gender"), CORPUS["genders"].items())
def test_gender_follows_the_ending(noun: str, gender: str) -> None:
    assert gender_of(noun) == gender


def test_gender_of_an_unknown_ending_is_open() -> None:
    assert gender_of("Xyzq") is None


@pytest.mark.parametrize(
    ("word", "ending"), [("Deutschen", "en"), ("künstlicher", "er"), ("Freie", "e"), ("neues", "es")]
)
def test_adjective_shows_its_ending(word: str, ending: str) -> None:
    assert adjective_ending(word) == ending


@pytest.mark.parametrize(
    "word", ["Initiativen", "Verbraucherzentrale", "Tische", "Menschen", "Kasseler", "und", "Haus"]
)
def test_other_words_are_no_adjectives(word: str) -> None:
    assert adjective_ending(word) is None


@given(st.text(max_size=60), st.sampled_from([None, "des", "der", "dem", "den", "die", "das", "beim", "unserer", "x"]))
def test_any_text_keeps_its_number_of_words(phrase: str, article: str | None) -> None:
    assert len(nominative(phrase, article).split(" ")) == len(phrase.split(" "))
