"""Explanations: why there is this main event, what was inferred, what was discarded."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractor import Extractor
from extractor.assembly import explain
from extractor.assembly.reasons import REASONS
from extractor.explanations import STANDING, EventExplanation, Explanation
from extractor.readers import read_text
from extractor.records import Report

CASES = tomllib.loads((Path(__file__).parents[1] / "corpora" / "explanations.toml").read_text("utf-8"))["case"]
REPORT = """
Regionalwerkstatt „Grüne Dächer“

Templin, 12. Mai 2023. Gestern fand im Rathaus Prenzlau die vierte Regionalwerkstatt statt. Rund 40 Gäste kamen.

Die nächste Werkstatt findet im Oktober am gleichen Ort statt.
"""


def explained(extractor: Extractor, text: str, day: str | None = None) -> tuple[Report, Explanation]:
    document = read_text(text, uri="text")
    return explain(extractor.annotate(document, reference_date=day), document, reference_date=day)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_discarded(extractor: Extractor, case: dict[str, Any]) -> None:
    _, explanation = explained(extractor, case["text"])
    found = [
        {"kind": one.kind, "quote": one.span.quote, "rule": one.rule, "cue": one.cue.quote if one.cue else None}
        for one in explanation.discarded
    ]
    for wanted in case["discarded"]:
        assert wanted in [{key: one[key] for key in wanted} for one in found], found
    assert not {one["quote"] for one in found} & set(case.get("kept", []))


def test_the_report_is_that_of_assemble(extractor: Extractor) -> None:
    report, explanation = explained(extractor, REPORT)
    assert report == extractor.extract(REPORT, uri="text")
    events = [report.main_event, *report.follow_ups, *report.other_events]
    assert [(event.id, event.role) for event in events if event] == [(one.id, one.role) for one in explanation.events]
    assert explanation.id == report.id


def test_candidates_are_ranked_by_the_sum_of_their_weights(extractor: Extractor) -> None:
    report, explanation = explained(extractor, REPORT)
    candidates = explanation.choice.candidates
    assert report.main_event is not None
    assert explanation.choice.rule == "choice.score"
    assert candidates[0].event == report.main_event.id
    assert [one.score for one in candidates] == sorted((one.score for one in candidates), reverse=True)
    for one in candidates:
        assert one.score == pytest.approx(sum(weight.weight for weight in one.weights))
    assert {"head", "title", "first"} <= {weight.name for weight in candidates[0].weights}
    assert "outlook" in {weight.name for weight in candidates[1].weights}


def test_a_runner_up_leads_no_other_candidate(extractor: Extractor) -> None:
    text = "Im Mai 2023 kamen viele Menschen zusammen. Am 4. Juni 2023 findet die Fachtagung statt."
    report, explanation = explained(extractor, text)
    first, chosen = explanation.choice.candidates
    assert explanation.choice.rule == "choice.runner_up"
    assert report.main_event is not None
    assert chosen.event == report.main_event.id
    assert first.score > chosen.score
    assert first.score_alone < explanation.choice.least <= chosen.score_alone
    assert "clear" not in {weight.name for weight in explanation.events[0].confidence}


def test_an_announced_event_has_the_lead_that_it_has(extractor: Extractor) -> None:
    text = "Unser nächster Tauschtag ist am 19. Januar 2025 in Gera. Der nächste Basar ist am 3. Februar 2025."
    _, explanation = explained(extractor, text)
    assert explanation.choice.rule == "choice.announced"
    assert "clear" not in {weight.name for weight in explanation.events[0].confidence}


def test_what_is_compared_with_the_least_score(extractor: Extractor) -> None:
    text = (
        "Projektsteckbrief Moorschutz\n\nLaufzeit: 2022 bis 2025. Der Verbund berät Betriebe. "
        "Am 3. Mai 2024 trafen sich die Partner zum Workshop in Gera."
    )
    _, explanation = explained(extractor, text)
    (workshop, *_) = explanation.choice.candidates
    beside = sum(weight.weight for weight in workshop.weights if weight.name in STANDING)
    assert explanation.choice.least == 7.5
    assert workshop.score_alone == pytest.approx(workshop.score - beside)
    assert workshop.score_alone < explanation.choice.least


def inferences(event: EventExplanation) -> dict[str, tuple[str, list[str]]]:
    return {one.field: (one.rule, [span.quote for span in one.spans]) for one in event.inferences}


def test_what_was_inferred_quotes_its_sources(extractor: Extractor) -> None:
    report, explanation = explained(extractor, REPORT)
    assert report.main_event is not None
    main, following = explanation.events
    assert inferences(main)["when.start"] == ("inferred.date_line", ["Gestern", "12. Mai 2023"])
    assert inferences(main)["where.city"] == ("city.venue", ["Rathaus Prenzlau"])
    assert following.rule == "role.follow_up.outlook"
    assert following.cue is not None
    assert following.cue.quote == "nächste"
    assert inferences(following)["where.city"] == ("city.same_place", ["Rathaus Prenzlau", "gleichen Ort"])
    rule, quotes = inferences(following)["when.start"]
    assert rule == "inferred.date_line"
    assert quotes == ["Oktober", "12. Mai 2023"]


def test_a_reference_date_has_no_words(extractor: Extractor) -> None:
    _, explanation = explained(extractor, "Der Fachtag Wald findet morgen in Torgau statt.", day="2025-03-04")
    assert inferences(explanation.events[0])["when.start"] == ("inferred.reference_date", ["morgen"])


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Der Verein mäht die Wiesen.", "choice.none"),
        (("Newsletter 3/2025\n\n"
         "Am 4. Mai 2025 lädt der Verein zum Sommerfest nach Gera.\n\n"
         "Am 9. Juni 2025 folgt in Zeitz der Workshop Obst.\n\n"
         "Am 2. Juli 2025 tagt in Torgau die Fachkonferenz Wald."), "choice.newsletter"),
        (("Projektsteckbrief Waldbrand\n\nLaufzeit: 2022 bis 2025. Der Verbund berät Betriebe. "
         "Am 3. Mai 2024 trafen sich die Partner zum Workshop in Gera."), "choice.project"),
        ("Der Verein mäht die Wiesen. Sie gehören ihm lange. Auch beim Konzert waren alle dabei.", "choice.weak"),
    ],
)  # fmt: skip
def test_why_there_is_no_main_event(extractor: Extractor, text: str, rule: str) -> None:
    report, explanation = explained(extractor, text)
    assert report.main_event is None
    assert explanation.choice.rule == rule
    assert explanation.choice.message == REASONS[rule]


def test_dates_of_a_series_have_their_role_from_it(extractor: Extractor) -> None:
    text = (
        "Vier Lesungen im November\n\nDie Bücherei Gera lädt an vier Abenden ein.\n\n"
        + "".join(f"{day}. November 2024: Lesung, 19 Uhr\n\n" for day in (5, 12, 19, 26))
    )  # fmt: skip
    report, explanation = explained(extractor, text)
    assert len(report.other_events) == 4
    assert {event.rule for event in explanation.events if event.role == "other"} <= {"role.series", "role.other"}


def test_trace_costs_nothing_where_nobody_asks(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.assembly import trace

    def fail(*_: object) -> None:
        raise AssertionError("a reason was noted")

    monkeypatch.setattr(trace.Trace, "note", fail)
    monkeypatch.setattr(trace.Trace, "rank", fail)
    assert extractor.extract(REPORT).main_event is not None
