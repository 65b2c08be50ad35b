"""The word tokenizer: the text is kept, spans begin and end with tokens, time is linear."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.pipes.tokenizer import WordTokenizer, make_tokenizer

TEXT = "Am 3. Juli (Freitag) kam Dr. Beispiel z. B. mit dem Rad.\n\nAnmeldung: info@example.org, „bitte bald“!\t"


@pytest.fixture(scope="module")
def tokenizer() -> WordTokenizer:
    return make_tokenizer(spacy.blank("de"))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("am 12./13. Mai", ["am", "12", ".", "/", "13", ".", "Mai"]),
        ("24.–26.09.2025", ["24", ".", "–", "26", ".", "09", ".", "2025"]),
        ("Anna-Lena's Rad", ["Anna-Lena's", "Rad"]),
        ("a  b\n\n c", ["a", " ", "b", "\n", "\n", "c"]),
        ("", []),
    ],
)
def test_tokens(tokenizer: WordTokenizer, text: str, tokens: list[str]) -> None:
    assert [token.text for token in tokenizer(text)] == tokens


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_kept(tokenizer: WordTokenizer, text: str) -> None:
    assert tokenizer(text).text == text


@pytest.mark.parametrize("unit", ["(", "1234567890", "A.", "a.b/", "'.(a!", "-", "a-", "@", "http://", "ä", " ", "\n "])
def test_hostile_text_takes_linear_time(tokenizer: WordTokenizer, unit: str) -> None:
    text = unit * (500_000 // len(unit))
    assert tokenizer(text).text == text


def test_a_pickled_tokenizer_gives_the_same_tokens(tokenizer: WordTokenizer) -> None:
    copy = pickle.loads(pickle.dumps(tokenizer))  # noqa: S301
    assert [token.text for token in copy(TEXT)] == [token.text for token in tokenizer(TEXT)]


def test_a_pipeline_with_the_tokenizer_goes_to_disk_and_back(tmp_path: Path) -> None:
    config = {"nlp": {"tokenizer": {"@tokenizers": "extractor.word_tokenizer.v1"}}}
    nlp = spacy.blank("de", config=config)
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert isinstance(again.tokenizer, WordTokenizer)
    assert [token.text for token in again(TEXT)] == [token.text for token in nlp(TEXT)]
