"""Precision, recall and F1 of every field, and the share of event cards without a fault.

A card is the main event's day, end, town and status together with the follow-ups: what a calendar lives
on. Names are right from a similarity on (``THRESHOLDS``), everything else must be equal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.edtf import year_unspecified
from extractor.evaluation.gold import GoldEvent, GoldRecord
from extractor.evaluation.similarity import nearest
from extractor.records import Event, Report

Value = str | int | None

EXACT = ("start", "end", "previous_start", "start_time", "end_time", "ordinal", "status", "attendance")
THRESHOLDS = {"city": 0.9, "venue": 0.75, "name": 0.6, "event_type": 0.8}
LISTS = {"organisations": 0.8, "persons": 0.8, "places": 0.9, "topics": 0.6}
CARD = frozenset({"main_event", "start", "end", "city", "status", "follow_ups"})
_SAME_EVENT = 0.5
"""Similarity from which undated events of that name are the same."""


@dataclass
class Tally:
    """What was found rightly (``tp``), found wrongly (``fp``) and missed (``fn``) of one field."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def add(self, tp: int = 0, fp: int = 0, fn: int = 0) -> None:
        """Count."""
        self.tp, self.fp, self.fn = self.tp + tp, self.fp + fp, self.fn + fn

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 where nothing was found."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 1.0

    @property
    def recall(self) -> float:
        """The share of what was to be found that was; 1 where there was nothing."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        wanted = 2 * self.tp + self.fp + self.fn
        return 2 * self.tp / wanted if wanted else 1.0


class Fault(NamedTuple):
    """What is wrong in a document: ``found`` stands where ``expected`` should; of lists only what differs."""

    field: str
    found: str
    expected: str


class DocumentScore(NamedTuple):
    """A document's faults; ``found`` tells whether there was a record at all."""

    id: str
    found: bool
    faults: list[Fault]


@dataclass
class Evaluation:
    """The tallies by field, in the order in which fields were first scored, and each document's faults."""

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    cards: list[bool] = field(default_factory=list)
    documents: list[DocumentScore] = field(default_factory=list)

    @property
    def missing(self) -> int:
        """How many documents have no record."""
        return sum(not document.found for document in self.documents)

    @property
    def perfect_cards(self) -> float | None:
        """The share of cards without a fault; None where no main event was annotated."""
        return sum(self.cards) / len(self.cards) if self.cards else None

    @property
    def mean_f1(self) -> float | None:
        """The mean of the fields' F1; None where nothing was annotated."""
        return sum(tally.f1 for tally in self.tallies.values()) / len(self.tallies) if self.tallies else None


def evaluate(gold: Iterable[GoldRecord], reports: Mapping[str, Report]) -> Evaluation:
    """Score reports, by the names of their documents without suffixes."""
    evaluation = Evaluation()
    for record in gold:
        report = reports.get(record.document)
        faults: list[Fault] = []
        if "main_event" in record.model_fields_set:
            faults += _score_main(evaluation, record.main_event, report)
            if "follow_ups" in record.model_fields_set:
                found = report.follow_ups if report else []
                if not _score_events(evaluation, "follow_ups", record.follow_ups, found):
                    faults.append(_events_fault("follow_ups", found, record.follow_ups))
                evaluation.cards.append(not any(fault.field in CARD for fault in faults))
        if "other_events" in record.model_fields_set:
            others = report.other_events if report else []
            if not _score_events(evaluation, "other_events", record.other_events, others):
                faults.append(_events_fault("other_events", others, record.other_events))
        for name, threshold in LISTS.items():
            if name in record.model_fields_set:
                names = [entry.name for entry in getattr(report, name)] if report else []
                extra, missed = _score_names(evaluation.tallies[name], getattr(record, name), names, threshold)
                if extra or missed:
                    faults.append(Fault(name, str(extra), str(missed)))
        evaluation.documents.append(DocumentScore(record.id, report is not None, faults))
    return evaluation


def facts(event: Event | None) -> dict[str, Value]:
    """A found event's values under the names that gold gives them."""
    if event is None:
        return {}
    when, where = event.when, event.where
    return {
        "name": event.name,
        "event_type": event.event_type,
        "ordinal": event.ordinal,
        "start": when.start if when else None,
        "end": when.end if when and when.end != when.start else None,
        "previous_start": when.previous_start if when else None,
        "start_time": when.start_time if when else None,
        "end_time": when.end_time if when else None,
        "city": where.city if where else None,
        "venue": where.venue if where else None,
        "status": event.status,
        "attendance": event.attendance,
    }


def _gold_facts(event: GoldEvent) -> dict[str, Value]:
    """The annotated facts; an end that equals the start says nothing."""
    stated = event.model_dump(include=event.model_fields_set - {"optional"})
    if "end" in stated and stated["end"] == stated.get("start"):
        stated["end"] = None
    return stated


def _score_main(evaluation: Evaluation, gold: GoldEvent | None, report: Report | None) -> list[Fault]:
    found = facts(report.main_event if report else None)
    if gold is None:
        if report is not None and not found:
            return []
        _score_value(evaluation.tallies["main.start"], None, found.get("start"), right=False)
        return [Fault("main_event", "an event" if found else "no record", "none")]
    expected, faults = _gold_facts(gold), []
    for name in (*EXACT, *THRESHOLDS):
        if name not in expected:
            continue
        wanted, value = expected[name], found.get(name)
        if (
            wanted is None and isinstance(value, str) and year_unspecified(value)
        ):  # a day without a year says no more than nothing
            value = None
        if not _score_value(evaluation.tallies[f"main.{name}"], wanted, value, _agree(name, wanted, value)):
            faults.append(Fault(name, repr(value), repr(wanted)))
    return faults


def _agree(name: str, gold: Value, found: Value) -> bool:
    if name in THRESHOLDS:
        return nearest(str(gold), str(found) if found is not None else None) >= THRESHOLDS[name]
    return str(found).strip() in (alternative.strip() for alternative in str(gold).split("|"))


def _score_value(tally: Tally, gold: Value, found: Value, right: bool) -> bool:
    """Count one value, and tell whether it is as it should be."""
    if gold is None or found is None:
        tally.add(fp=int(found is not None), fn=int(gold is not None))
        return gold is None and found is None
    tally.add(tp=int(right), fp=int(not right), fn=int(not right))
    return right


def _score_events(evaluation: Evaluation, name: str, gold: Sequence[GoldEvent], found: Sequence[Event]) -> bool:
    """Match events by their start, then compare their towns; tell whether all is right."""
    rest, right = [facts(event) for event in found], True
    tally, towns = evaluation.tallies[name], evaluation.tallies[f"{name}.city"]
    for event in gold:
        match = same_event(event, rest)
        if match is not None:
            rest.remove(match)
        if event.optional:
            continue
        tally.add(tp=int(match is not None), fn=int(match is None))
        if match is None:
            right = False
        elif "city" in event.model_fields_set:
            right &= _score_value(towns, event.city, match["city"], _agree("city", event.city, match["city"]))
    tally.add(fp=len(rest))
    return right and not rest


def same_event(gold: GoldEvent, found: Sequence[dict[str, Value]]) -> dict[str, Value] | None:
    """Give the found event that has gold's start, the one most like it by town and name if there are several."""
    name, city = gold.name or "", gold.city or ""

    def likeness(event: dict[str, Value]) -> float:
        town = event["city"]
        return nearest(city, str(town) if town else None) + nearest(name, str(event["name"]))

    if gold.start is None:
        same = [event for event in found if not event["start"] and nearest(name, str(event["name"])) >= _SAME_EVENT]
    else:
        same = [event for event in found if event["start"] and _agree("start", gold.start, event["start"])]
    return max(same, key=likeness, default=None)


def _score_names(
    tally: Tally, gold: Sequence[str], found: Sequence[str], threshold: float
) -> tuple[list[str], list[str]]:
    """Match names one to one, the most similar first; give those found wrongly and those missed.

    Optional ones neither count nor cost.
    """
    pairs = [(nearest(wanted.lstrip("?"), name), i, j) for i, wanted in enumerate(gold) for j, name in enumerate(found)]
    matched: dict[int, int] = {}
    for value, i, j in sorted(pairs, key=lambda pair: -pair[0]):
        if value >= threshold and i not in matched and j not in matched.values():
            matched[i] = j
    asked = {i for i, wanted in enumerate(gold) if not wanted.startswith("?")}
    extra = [name for j, name in enumerate(found) if j not in matched.values()]
    missed = [wanted for i, wanted in enumerate(gold) if i in asked and i not in matched]
    tally.add(tp=len(matched.keys() & asked), fp=len(extra), fn=len(missed))
    return extra, missed


def _events_fault(name: str, found: Sequence[Event], gold: Sequence[GoldEvent]) -> Fault:
    return Fault(name, _days(map(facts, found)), _days(_gold_facts(event) for event in gold if not event.optional))


def _days(events: Iterable[dict[str, Value]]) -> str:
    return str([(event.get("start"), event.get("city")) for event in events])
