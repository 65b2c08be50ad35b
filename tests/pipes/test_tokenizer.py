"""The bounded tokenizer: the same tokens on German, linear time on anything."""

import pickle
import time

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from extractor.pipes.tokenizer import LONGEST_RUN, BoundedTokenizer, make_tokenizer


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("de")
    nlp.max_length = 10_000_000
    return nlp


@pytest.fixture(scope="module")
def tokenizer(nlp: Language) -> BoundedTokenizer:
    return make_tokenizer(nlp)


TEXT = "Am 3. Juli (Freitag) kam Dr. Beispiel z. B. mit dem Rad.\n\nAnmeldung: info@example.org, „bitte bald“!\t"


def test_german_text_has_the_usual_tokens(nlp: Language, tokenizer: BoundedTokenizer) -> None:
    doc = tokenizer(TEXT)
    assert [(token.text, token.whitespace_) for token in doc] == [
        (token.text, token.whitespace_) for token in nlp(TEXT)
    ]


def test_only_long_runs_are_cut(nlp: Language, tokenizer: BoundedTokenizer) -> None:
    run = "x" * (2 * LONGEST_RUN + 1)
    doc = tokenizer(f"{TEXT}{run} {TEXT}")
    assert doc.text == f"{TEXT}{run} {TEXT}"
    words = [token.text for token in nlp(TEXT)]
    assert [token.text for token in doc][: len(words)] == words
    assert "x" * LONGEST_RUN in [token.text for token in doc]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["a" * 200, "(" * 150, "1.", "-", " ", "\n", "\u00a0", "z. B.", "\u2028"]), max_size=20)
)
def test_text_is_kept(tokenizer: BoundedTokenizer, pieces: list[str]) -> None:
    text = "".join(pieces)
    assert tokenizer(text).text == text


@pytest.mark.parametrize("unit", ["(", "1234567890", "A.", "a.b/", "'.(a!", "-", "@", "http://", "ä"])
def test_hostile_text_takes_linear_time(tokenizer: BoundedTokenizer, unit: str) -> None:
    text = unit * (500_000 // len(unit))
    began = time.perf_counter()
    assert tokenizer(text).text == text
    assert time.perf_counter() - began < 20


def test_serialisation(tokenizer: BoundedTokenizer) -> None:
    other = make_tokenizer(spacy.blank("de")).from_bytes(tokenizer.to_bytes())
    assert [token.text for token in other(TEXT)] == [token.text for token in tokenizer(TEXT)]
    copy = pickle.loads(pickle.dumps(tokenizer))  # noqa: S301
    assert [token.text for token in copy(TEXT)] == [token.text for token in tokenizer(TEXT)]


def test_pipeline_with_the_tokenizer_goes_to_disk_and_back(tmp_path) -> None:  # type: ignore[no-untyped-def]
    config = {"nlp": {"tokenizer": {"@tokenizers": "extractor.bounded_tokenizer.v1"}}}
    nlp = spacy.blank("de", config=config)
    assert isinstance(nlp.tokenizer, BoundedTokenizer)
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert isinstance(again.tokenizer, BoundedTokenizer)
    assert [token.text for token in again(TEXT)] == [token.text for token in nlp(TEXT)]


def test_inner_attributes_show(tokenizer: BoundedTokenizer) -> None:
    assert tokenizer.explain("z. B.")[0][1] == "z."
    assert [doc.text for doc in tokenizer.pipe(["a b", "c"])] == ["a b", "c"]
