"""Whether confidence keeps its word: of the events given 0.9, nine in ten should be right.

An event is right if gold has an event of the same role with the same start, at the precision that gold gives
(alternatives apart; undated events are matched by name). Each gold event makes one found event right at most. Events
that match an optional gold event, and events of a role that was not annotated, do not count.

The measures are those of the field: reliability diagram and expected calibration error over bins of equal width (Naeini
et al. 2015, Guo et al. 2017), and the Brier score (Brier 1950).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal, NamedTuple

from extractor.evaluation.gold import GoldEvent, GoldRecord
from extractor.evaluation.scoring import facts, same_event
from extractor.records import Event, Report

BINS = 10
Role = Literal["main", "follow_up", "other"]
_FIELDS: Mapping[Role, str] = {"main": "main_event", "follow_up": "follow_ups", "other": "other_events"}


class Judgement(NamedTuple):
    """A found event: what was claimed of it, and whether it is right."""

    role: Role
    confidence: float
    right: bool


class Group(NamedTuple):
    """Events taken together: how many, how confident on average, and which share is right."""

    events: int
    confidence: float
    right: float

    @property
    def gap(self) -> float:
        """By how much confidence claims too much (positive) or too little."""
        return self.confidence - self.right


class Bin(NamedTuple):
    """The events with a confidence from ``low`` to ``high`` (exclusive, but in the last bin)."""

    low: float
    high: float
    group: Group


@dataclass(frozen=True, slots=True)
class Reliability:
    """The judged events, and what calibration measures say of them."""

    judgements: Sequence[Judgement]

    @property
    def total(self) -> Group:
        """All events."""
        return _group(self.judgements)

    @property
    def bins(self) -> list[Bin]:
        """The bins that hold events, lowest first."""
        rows = sorted((_bin(judged.confidence), judged) for judged in self.judgements)
        return [
            Bin(number / BINS, (number + 1) / BINS, _group([judged for _, judged in members]))
            for number, members in groupby(rows, key=lambda row: row[0])
        ]

    @property
    def roles(self) -> dict[Role, Group]:
        """The events of each role."""
        found = {role: [judged for judged in self.judgements if judged.role == role] for role in _FIELDS}
        return {role: _group(judgements) for role, judgements in found.items() if judgements}

    @property
    def ece(self) -> float | None:
        """Expected calibration error: the mean gap of the bins, weighted by their events; None without events."""
        if not self.judgements:
            return None
        return sum(row.group.events * abs(row.group.gap) for row in self.bins) / len(self.judgements)

    @property
    def chance(self) -> float | None:
        """The calibration error to expect of perfect confidence, by chance alone, with so many events.

        In each bin the number of right events then varies with the sum of ``p * (1 - p)``; the mean deviation of a
        normal distribution is its standard deviation times the root of 2 / pi.
        """
        if not self.judgements:
            return None
        variances = [0.0] * BINS
        for judged in self.judgements:
            variances[_bin(judged.confidence)] += judged.confidence * (1 - judged.confidence)
        return sum(math.sqrt(2 / math.pi * variance) for variance in variances) / len(self.judgements)

    @property
    def brier(self) -> float | None:
        """The mean squared difference between confidence and right (1) or wrong (0); None without events."""
        if not self.judgements:
            return None
        return sum((judged.confidence - judged.right) ** 2 for judged in self.judgements) / len(self.judgements)


def reliability(gold: Iterable[GoldRecord], reports: Mapping[str, Report]) -> Reliability:
    """Judge the events of reports, by the names of their documents without suffixes."""
    return Reliability(
        [
            judgement
            for record in gold
            if (report := reports.get(record.document)) is not None
            for judgement, _ in judged_events(record, report)
        ]
    )


def judged_events(record: GoldRecord, report: Report) -> Iterator[tuple[Judgement, Event]]:
    """The events of a report that count, each with its judgement."""
    main = [] if record.main_event is None else [record.main_event]
    found_main = [] if report.main_event is None else [report.main_event]
    rows: list[tuple[Role, Sequence[GoldEvent], Sequence[Event]]] = [
        ("main", main, found_main),
        ("follow_up", record.follow_ups, report.follow_ups),
        ("other", record.other_events, report.other_events),
    ]
    for role, wanted, found in rows:
        if _FIELDS[role] not in record.model_fields_set or any("start" not in gold.model_fields_set for gold in wanted):
            continue
        matches = _matched(wanted, found)
        for number, event in enumerate(found):
            gold = matches.get(number)
            if gold is None or not gold.optional:
                yield Judgement(role, event.confidence, gold is not None), event


def _matched(gold: Sequence[GoldEvent], found: Sequence[Event]) -> dict[int, GoldEvent]:
    """Gold's events by the number of the found one that is the same; annotated ones choose before optional ones."""
    rest = {number: facts(event) for number, event in enumerate(found)}
    matches = {}
    for wanted in sorted(gold, key=lambda event: event.optional):
        values = list(rest.values())
        match = same_event(wanted, values)
        if match is not None:
            number = next(number for number, value in rest.items() if value is match)
            matches[number] = wanted
            del rest[number]
    return matches


def as_lines(result: Reliability) -> list[str]:
    """Write the reliability table: a line a bin, a line a role, then the measures."""
    lines = [f"{'confidence':22} {'events':>6} {'mean':>6} {'right':>6} {'gap':>6}"]
    lines += [_line(f"{row.low:.1f} to {row.high:.1f}", row.group) for row in result.bins]
    lines += [_line(role.replace("_", "-"), group) for role, group in result.roles.items()]
    measures = {"ece": result.ece, "ece_by_chance": result.chance, "brier": result.brier}
    shown = " ".join(f"{name}={value:.3f}" for name, value in measures.items() if value is not None)
    return [*lines, f"events={len(result.judgements)} {shown}".rstrip()]


def _line(label: str, group: Group) -> str:
    return f"{label:22} {group.events:6} {group.confidence:6.3f} {group.right:6.3f} {group.gap:+6.3f}"


def as_object(result: Reliability) -> dict[str, Any]:
    """The reliability table as a JSON object."""
    return {
        "events": len(result.judgements),
        "ece": result.ece,
        "ece_by_chance": result.chance,
        "brier": result.brier,
        "bins": [{"low": row.low, "high": row.high} | row.group._asdict() for row in result.bins],
        "roles": {role: group._asdict() for role, group in result.roles.items()},
    }


def _bin(confidence: float) -> int:
    """The number of a confidence's bin; rounded first, so that 0.3 lies in the bin that begins there."""
    return min(BINS - 1, int(round(confidence * BINS, 9)))


def _group(judgements: Sequence[Judgement]) -> Group:
    size = max(1, len(judgements))
    confidence = sum(judged.confidence for judged in judgements) / size
    return Group(len(judgements), confidence, sum(judged.right for judged in judgements) / size)
