"""Status cues: the corpus, rule ids, offsets, and the component in a spaCy pipeline."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from extractor.pipes.reading import values_of
from extractor.pipes.statuses import find_statuses

CORPUS = tomllib.loads((Path(__file__).parents[1] / "corpora" / "statuses.toml").read_text("utf-8"))
WEAK = ("status.held.tense", "status.held.preterite")


def strong_cues(text: str) -> list[str]:
    found = [cue for cue in find_statuses(text) if cue["rule"] not in WEAK]
    return [f"{cue['status']}: {text[cue['start'] : cue['end']]}" for cue in found]


@pytest.mark.parametrize("case", CORPUS["case"], ids=lambda case: case["text"][:50])
def test_cues(case: dict[str, Any]) -> None:
    assert strong_cues(case["text"]) == case["cues"]


@pytest.mark.parametrize("text", CORPUS["none"])
def test_no_cue(text: str) -> None:
    assert strong_cues(text) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Die Lesung findet im Mai statt.", "status.planned.stattfinden"),
        ("Die Lesung findet nicht statt.", "status.cancelled.stattfinden"),
        ("Die Lesung wurde verschoben.", "status.postponed.verschoben"),
        ("Rückblick auf die Lesung", "status.held.review"),
        ("Vierzig Leute diskutierten.", "status.held.preterite"),
        ("Die Lesung war schön.", "status.held.tense"),
        ("Anmeldung bis Mai", "status.planned.registration"),
    ],
)
def test_rules(text: str, rule: str) -> None:
    assert [cue["rule"] for cue in find_statuses(text)] == [rule]


def test_component_gives_source_offsets() -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("german_statuses")
    doc = nlp("Die Werk\u00adstatt findet am\n5. Mai im Rathaus statt.")
    (cue,) = values_of(doc, "statuses")
    assert doc.text[cue["start"] : cue["end"]] == "findet am\n5. Mai im Rathaus statt"
    assert doc.spans["statuses"][0]._.statuses == cue


@given(st.text(alphabet="aeinst fdw.,\nİßNicht", max_size=60))
def test_any_text_gives_spans_in_order(text: str) -> None:
    cues = find_statuses(f"{text} findet {text} statt {text} verschoben")
    assert [cue["start"] for cue in cues] == sorted(cue["start"] for cue in cues)


@pytest.mark.parametrize(
    "piece", ["findet ", "A", "9.", "wird ", "abgesagt ", "statt ", "nicht ", "Absage ", "ist am "]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    find_statuses(text)
