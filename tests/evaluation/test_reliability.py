"""Reliability: which events count as right, and what the measures make of them."""

import json
from pathlib import Path
from typing import Any

import pytest
from factories import make_event, make_report
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from extractor.cli import app
from extractor.evaluation.gold import GoldRecord
from extractor.evaluation.reliability import Judgement, Reliability, as_lines, as_object, judged_events, reliability
from extractor.records import Report

probabilities = st.floats(0, 1)
roles = st.sampled_from(["main", "follow_up", "other"])
judgements = st.lists(st.builds(Judgement, roles, probabilities, st.booleans()))


def gold(**facts: Any) -> GoldRecord:
    return GoldRecord.model_validate({"id": "a"} | facts)


def verdicts(record: GoldRecord, report: Report) -> list[tuple[str, bool]]:
    return [(judged.role, judged.right) for judged, _ in judged_events(record, report)]


DAY = {"name": "Dialog", "start": "2025-03-04"}
MARCH = make_event(start="2025-03-04")
UNDATED = {"name": "Bürgerdialog", "start": None}
RIGHT = [
    (gold(main_event=DAY), make_report(MARCH), [("main", True)]),
    (gold(main_event=DAY), make_report(make_event(start="2025-03-05")), [("main", False)]),
    (gold(main_event=DAY), make_report(make_event(start="2025-03")), [("main", False)]),
    (gold(main_event={"start": "2025-03"}), make_report(MARCH), [("main", False)]),
    (gold(main_event={"start": "XXXX-03-04|2025-03-04"}), make_report(MARCH), [("main", True)]),
    (gold(main_event=UNDATED), make_report(make_event("Bürgerdialog")), [("main", True)]),
    (gold(main_event={"name": "Kirmes", "start": None}), make_report(make_event("Bürgerdialog")), [("main", False)]),
    (gold(main_event=None), make_report(MARCH), [("main", False)]),
    (gold(main_event=DAY), make_report(), []),
    (gold(main_event={"name": "Dialog"}), make_report(MARCH), []),
    (gold(follow_ups=[DAY]), make_report(MARCH), []),
    (gold(follow_ups=[DAY], other_events=[]), make_report(None, [], [MARCH]), [("other", False)]),
    (gold(follow_ups=[DAY]), make_report(None, [MARCH]), [("follow_up", True)]),
    (
        gold(other_events=[DAY]),
        make_report(None, [], [make_event("A", start="2025-03-04"), make_event("B", start="2025-03-04")]),
        [("other", True), ("other", False)],
    ),
    (gold(other_events=[DAY | {"optional": True}]), make_report(None, [], [MARCH]), []),
    (
        gold(other_events=[DAY | {"optional": True, "name": "B"}, DAY | {"name": "A"}]),
        make_report(None, [], [make_event("A", start="2025-03-04"), make_event("B", start="2025-03-04")]),
        [("other", True)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("record", "report", "wanted"), RIGHT)
def test_which_events_are_right(record: GoldRecord, report: Report, wanted: list[tuple[str, bool]]) -> None:
    assert verdicts(record, report) == wanted


def test_a_document_without_a_record_has_no_events_to_judge() -> None:
    assert reliability([gold(main_event=DAY)], {}).judgements == []


def test_measures_of_a_small_table() -> None:
    result = Reliability([Judgement("main", 0.9, True), Judgement("main", 0.9, False), Judgement("other", 0.25, False)])
    assert [(row.low, row.high, row.group.events) for row in result.bins] == [(0.2, 0.3, 1), (0.9, 1.0, 2)]
    assert result.ece == pytest.approx((2 * 0.4 + 1 * 0.25) / 3)
    assert result.brier == pytest.approx((0.01 + 0.81 + 0.0625) / 3)
    assert result.chance == pytest.approx(0.79788 * ((2 * 0.09) ** 0.5 + (0.25 * 0.75) ** 0.5) / 3, abs=1e-4)
    assert result.roles["main"].right == 0.5
    assert result.total.events == 3


def test_confidence_that_keeps_its_word_has_no_error() -> None:
    kept = [Judgement("main", 0.9, number > 0) for number in range(10)]
    assert Reliability(kept).ece == pytest.approx(0)


def test_edges_lie_in_the_bin_that_begins_there() -> None:
    for tenths in range(11):
        (row,) = Reliability([Judgement("main", tenths / 10, True)]).bins
        assert row.low == pytest.approx(min(tenths, 9) / 10)


def test_no_events_no_measures() -> None:
    result = Reliability([])
    assert (result.ece, result.chance, result.brier, result.bins, result.roles) == (None, None, None, [], {})
    assert as_lines(result)[-1] == "events=0"
    assert as_object(result)["ece"] is None


@given(judgements)
def test_measures_are_bounded_and_count_every_event(found: list[Judgement]) -> None:
    result = Reliability(found)
    assert sum(row.group.events for row in result.bins) == len(found) == sum(g.events for g in result.roles.values())
    for value in (result.ece, result.brier):
        assert value is None or 0 <= value <= 1
    for row in result.bins:
        assert row.low - 1e-9 <= row.group.confidence <= row.high + 1e-9


def test_the_command_prints_the_table(tmp_path: Path) -> None:
    (tmp_path / "templin.txt").write_text("Am 4. März 2025 fand in Templin die 2. Ortswerkstatt statt.\n", "utf-8")
    facts = {"id": "templin", "main_event": {"start": "2025-03-04"}}
    (tmp_path / "gold.jsonl").write_text(json.dumps(facts) + "\n", "utf-8")
    shown = CliRunner().invoke(app, ["evaluate", str(tmp_path), "--reliability"])
    assert shown.exit_code == 0
    assert shown.stdout.splitlines()[-1].startswith("events=1 ece=0.")
    data = json.loads(CliRunner().invoke(app, ["evaluate", str(tmp_path), "--reliability", "--json"]).stdout)
    assert data["reliability"]["roles"]["main"]["right"] == 1
    assert data["reliability"]["bins"][0]["events"] == 1
    assert "reliability" not in json.loads(CliRunner().invoke(app, ["evaluate", str(tmp_path), "--json"]).stdout)
