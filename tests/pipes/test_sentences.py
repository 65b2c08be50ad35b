"""Where sentences end."""

import tomllib
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from extractor.pipes.reading import reading_of
from extractor.pipes.sentences import sentence_bounds, sentences_of, set_sentences

CORPUS = tomllib.loads((Path(__file__).parents[1] / "corpora" / "sentences.toml").read_text("utf-8"))
LINES = [line for lines in CORPUS.values() for line in lines]


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("de")
    nlp.add_pipe("german_sentences")
    return nlp


@pytest.mark.parametrize("line", LINES)
def test_corpus(line: str) -> None:
    text = line.replace("¦", "")
    expected = [part.strip() for part in line.split("¦")]
    assert [text[start:end].strip() for start, end in sentence_bounds(text)] == expected


@given(st.text(alphabet=st.sampled_from(list("aA1. !?…„“\n()Zzü-")), max_size=80))
def test_sentences_cover_all_but_white_space(text: str) -> None:
    end = 0
    for start, finish in sentence_bounds(text):
        assert end <= start < finish
        assert not text[end:start].strip()
        assert "\n" not in text[start:finish]
        end = finish
    assert not text[end:].strip()


def test_component_sets_sentence_starts(nlp: Language) -> None:
    doc = nlp("# Rückblick\n\nAm 3. Juli kam Dr. Anna Beispiel. Der Saal war voll.\n\n- Kaffee\n- Kuchen")
    assert [sent.text.strip() for sent in doc.sents] == [
        "# Rückblick",
        "Am 3. Juli kam Dr. Anna Beispiel.",
        "Der Saal war voll.",
        "- Kaffee",
        "- Kuchen",
    ]


def test_ranges_are_those_of_the_source(nlp: Language) -> None:
    text = "Die Bürger\u00adwerkstatt fand am\n3. Mai statt, Thema war der Ver-\nkehr. Alle kamen."
    doc = nlp(text)
    assert [text[start:end] for start, end in sentences_of(doc)] == [text[:-12], "Alle kamen."]


def test_sentences_cover_a_text_with_repeats(nlp: Language) -> None:
    body = "Die Gemeinde lud zum zweiten Gespräch über den Dorfplatz ein. Es kamen viele Leute aus allen Ortsteilen."
    doc = nlp(f"{body}\n\nEin Absatz steht dazwischen.\n\n{body}")
    assert "".join(sent.text_with_ws for sent in doc.sents) == doc.text
    assert len(list(doc.sents)) == 5
    assert len(sentences_of(doc)) == 3


def test_component_serialises(nlp: Language) -> None:
    doc = nlp("Ein Satz. Noch ein Satz.")
    copy = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [sent.text for sent in copy.sents] == ["Ein Satz.", "Noch ein Satz."]
    assert sentences_of(copy) == sentences_of(doc)


def test_empty_doc(nlp: Language) -> None:
    assert list(nlp("").sents) == []
    assert [sent.text for sent in nlp(" \n").sents] == [" \n"]


@settings(deadline=None, max_examples=60)
@given(text=st.text(alphabet=st.sampled_from(list("aA1. !?\n\r\t-#|äÖ\u00ad\u2028„“*>")), max_size=120))
def test_any_text_has_sentences(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert "".join(sent.text_with_ws for sent in doc.sents) == doc.text
    for start, end in sentences_of(doc):
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize("unit", ["A. ", "1. ", "z. B. ", "Dr.", "... ", "!", "„“", "a.A"])
def test_hostile_text_takes_linear_time(unit: str) -> None:
    text = unit * (400_000 // len(unit))
    sentence_bounds(text)


def test_sentences_are_found_once(nlp: Language) -> None:
    doc = nlp.make_doc("Ein Satz. Noch einer.")
    set_sentences(doc)
    assert sentences_of(doc) is sentences_of(doc)
    assert reading_of(doc).text == "Ein Satz. Noch einer.\n"
