"""Assembled events: short reports as data, run through the whole pipeline."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractor import extract
from extractor.evaluation.scoring import facts
from extractor.records import Event

CASES = tomllib.loads((Path(__file__).parents[1] / "corpora" / "events_assembled.toml").read_text("utf-8"))["case"]


def compared(event: Event | None, wanted: dict[str, Any]) -> dict[str, Any]:
    """The wanted facts of an event; a case writes a start, end or town that has to be missing as ""."""
    found: dict[str, Any] = facts(event)
    return {
        key: found[key] or "" if key in ("start", "city", "end_time") else found[key] for key in found if key in wanted
    }


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    report = extract(case["text"])
    if case["main"] is False:
        assert report.main_event is None
    else:
        assert compared(report.main_event, case["main"]) == case["main"]
    for role in ("follow_ups", "other_events"):
        if role in case:
            found = sorted(getattr(report, role), key=lambda event: event.when.start if event.when else "")
            wanted = sorted(case[role], key=lambda event: event["start"])
            assert [compared(event, one) for event, one in zip(found, wanted, strict=False)] == wanted
            assert len(found) == len(wanted)


@pytest.mark.parametrize(
    "sentence",
    [
        "Die {i}. Konferenz ist geplant. ",
        "Das nächste Treffen ist am {day}. Mai 2024. ",
        "Die Klimakonferenz war in Celle schön. ",
        "Konzert und Fest am {day}. Mai, ",
        "{day}. Mai: Konzert in Celle\n\n",
    ],
)
def test_many_mentions_do_not_hang(sentence: str) -> None:
    opening = "Am 3. Mai 2024 fand die Klimakonferenz in Celle statt. "
    report = extract(opening + "".join(sentence.format(i=i, day=i % 28 + 1) for i in range(4_000)))
    assert report.other_events or report.main_event
