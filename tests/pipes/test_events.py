"""Event mentions: the corpus, offsets, and the component in a spaCy pipeline."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from extractor.pipes.event_heads import event_word
from extractor.pipes.events import find_events
from extractor.pipes.reading import values_of

CORPUS = tomllib.loads((Path(__file__).parents[1] / "corpora" / "events.toml").read_text("utf-8"))


def expected(mention: dict[str, Any]) -> dict[str, Any]:
    defaults = {"event_type": mention.get("type", mention["name"]), "ordinal": None, "title": None, "generic": False}
    return defaults | {key: value for key, value in mention.items() if key != "type"}


@pytest.mark.parametrize("case", CORPUS["case"], ids=lambda case: case["text"][:50])
def test_mentions(case: dict[str, Any]) -> None:
    fields = ("name", "event_type", "ordinal", "title", "generic")
    found = [
        {field: value for field, value in mention.items() if field in fields} for mention in find_events(case["text"])
    ]
    assert found == [expected(mention) for mention in case["mentions"]]


@pytest.mark.parametrize("text", CORPUS["none"])
def test_no_mention(text: str) -> None:
    assert find_events(text) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Am 3. Mai war der zweite Fachtag „Lernen“ dort.", "zweite Fachtag „Lernen“"),
        ("Beim Sommerfest gab es Musik.", "Sommerfest"),
        ("Zum 9. Internationalen Schachturnier kamen viele.", "9. Internationalen Schachturnier"),
        ("Der „Gut beraten“-Infoabend entfällt.", "„Gut beraten“-Infoabend"),
        ("BarCamp Offene Archive 2019", "BarCamp Offene Archive"),
    ],
)
def test_span_covers_ordinal_head_and_title(text: str, quote: str) -> None:
    (mention,) = find_events(text)
    assert text[mention["start"] : mention["end"]] == quote


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Die Tagung beginnt.", "event.head"),
        ("Die Fachtagung beginnt.", "event.compound"),
        ("Der Runde Tisch beginnt.", "event.fixed"),
        ("Die Veranstaltung beginnt.", "event.anaphor"),
        ("Die Tagung „Wald“ beginnt.", "event.head.quoted"),
        ("Fachtag: Wald und Wiese", "event.compound.colon"),
        ("Feldtag Winterweizen", "event.compound.apposition"),
        ("Das Seminar zum Baumschnitt", "event.head.topic"),
        ("Unter dem Motto „Nass“ steigt das Sommerfest.", "event.compound.distant"),
    ],
)
def test_rules(text: str, rule: str) -> None:
    assert [mention["rule"] for mention in find_events(text)] == [rule]


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("Kolloquien", "Kolloquium"),
        ("Stadtspaziergängen", "Stadtspaziergang"),
        ("Kongreß", "Kongress"),
        ("Vernissagen", "Vernissage"),
        ("Filmnächte", "Filmnacht"),
        ("BarCamps", "BarCamp"),
        ("LITERATURABEND", "Literaturabend"),
        ("Jubiläen", "Jubiläum"),
        ("Sprachcafés", "Sprachcafé"),
    ],
)
def test_lemma(word: str, lemma: str) -> None:
    analysed = event_word(word)
    assert analysed is not None
    assert analysed.type == lemma


def test_component_gives_source_offsets() -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("german_events")
    doc = nlp("Am Samstag war die Kli\u00adma\u00adwerkstatt\n„Grüne Höfe“ in Musterstadt.")
    (mention,) = values_of(doc, "events")
    assert doc.text[mention["start"] : mention["end"]] == "Kli\u00adma\u00adwerkstatt\n„Grüne Höfe“"
    assert mention["name"] == "Klimawerkstatt Grüne Höfe"
    assert doc.spans["events"][0]._.events == mention


@given(st.text(alphabet="Aabd. „“»«\n:-1WorkshopTagderII|’'äß", max_size=80))
def test_any_text_gives_spans_in_order(text: str) -> None:
    mentions = find_events(text)
    assert all(0 <= mention["start"] < mention["end"] <= len(text) for mention in mentions)
    assert [mention["start"] for mention in mentions] == sorted(mention["start"] for mention in mentions)


@pytest.mark.parametrize(
    "piece",
    [
        "A",
        "9",
        "(",
        "„",
        "Workshop ",
        "1. Workshop\n",
        "Tag der ",
        "zum 3. Mal ",
        "Große ",
        "dem Motto ",
        "TAG DER OFFENEN ",
        "NEUE MUSTERAUER FESTE ",
        "3. Bunte Musterauer Feste ",
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    find_events(text)
