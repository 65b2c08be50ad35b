"""The record with its evidence, and why each event is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from extractor.explain.kinds import KINDS
from extractor.explain.lines import MAX_VALUES, Line, line, quote
from extractor.explain.reasons import reason_lines
from extractor.exporters.fields import event_fields
from extractor.terminal import printable

if TYPE_CHECKING:
    from extractor.explanations import EventExplanation, Explanation
    from extractor.records import Event, Evidence, Mention, Report

MAX_EVENTS = 50
"""Event cards that are shown."""


def card_lines(report: Report, explanation: Explanation) -> Iterator[Line]:
    """The events, each with its evidence and the reasons for it."""
    events = [report.main_event, *report.follow_ups, *report.other_events]
    cards = [event for event in events if event is not None]
    if report.main_event is None:
        yield line("no main event", "bold")
        yield line()
    for event, explained in zip(cards[:MAX_EVENTS], explanation.events, strict=False):
        yield from _card_lines(event, explained)
    if len(cards) > MAX_EVENTS:
        yield line(f"… {len(cards) - MAX_EVENTS} more events are not shown", "dim")


def list_lines(report: Report) -> Iterator[Line]:
    """The lists of the record: who, where and what about."""
    for title in ("organisations", "persons", "places", "topics"):
        yield from _list_lines(title, getattr(report, title))


def warning_lines(report: Report) -> Iterator[Line]:
    """The warnings of the record."""
    for warning in report.warnings:
        yield Line(Text("warning  ", "bold red"), Text(f"{printable(warning.message)} [{warning.code}]"))


def _card_lines(event: Event, explained: EventExplanation) -> Iterator[Line]:
    header = Text(f"{event.role.replace('_', ' ')} event" if event.role != "follow_up" else "follow-up", "bold")
    header.append(f"  {printable(event.name)}", KINDS["events"].style)
    header.append(f"  confidence {event.confidence:.2f}", "dim")
    yield Line(Text(), header)
    proofs: dict[str, list[Evidence]] = {}
    for evidence in event.evidence:
        proofs.setdefault(evidence.field, []).append(evidence)
    for field, value in event_fields(event):
        shown = Text(printable(value), "bold")
        for evidence in proofs.get(field, ())[:3]:
            _append_proof(shown, evidence)
        yield Line(Text(f"{field:>20}   ", "dim"), shown)
    yield from reason_lines(event, explained)
    yield line()


def _list_lines(title: str, items: Sequence[Any]) -> Iterator[Line]:
    if not items:
        return
    yield line(title, "bold")
    for item in items[:MAX_VALUES]:
        shown = Text(printable(item.name), KINDS[title].style)
        for mention in item.mentions[:1]:
            _append_proof(shown, mention)
        yield Line(Text("  "), shown)
    yield line()


def _append_proof(shown: Text, mention: Mention) -> None:
    shown.append(f"  {quote(mention.quote)}", "not bold default")
    shown.append(f" {mention.start}–{mention.end} {mention.rule}", "not bold default dim")
