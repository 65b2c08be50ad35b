"""What a report says about stretches of its text: one annotation for each stretch, with all its notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractor.exporters.fields import field_value
from extractor.records import Event, Mention, Organisation, Person, Place, Report, Span, Topic

KINDS = ("event", "date", "place", "organisation", "person", "topic", "status", "attendance", "warning")
"""The kinds of annotations, in the order of the legend."""

_KIND_OF_FIELD = {"when": "date", "where": "place", "status": "status", "attendance": "attendance"}
_EVENT_LABELS = {"main": "main event", "follow_up": "follow-up", "other": "other event"}


@dataclass(frozen=True, slots=True)
class Note:
    """One value that a stretch of the text proves; a list's entries have no confidence of their own."""

    kind: str
    field: str
    value: str
    details: str
    rule: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """A stretch of the text with its notes; ``number`` counts in text order, the longer one first."""

    number: int
    start: int
    end: int
    notes: tuple[Note, ...]

    @property
    def kind(self) -> str:
        """The kind of its first note."""
        return self.notes[0].kind


def labelled_events(report: Report) -> Iterator[tuple[str, Event]]:
    """All events, each with what it is called on the page: "follow-up 2"."""
    if report.main_event is not None:
        yield _EVENT_LABELS["main"], report.main_event
    for events in (report.follow_ups, report.other_events):
        for position, event in enumerate(events, start=1):
            label = _EVENT_LABELS[event.role]
            yield (f"{label} {position}" if len(events) > 1 else label), event


def quoted_spans(report: Report) -> Iterator[Mention | Span]:
    """Everything in a report that quotes its text."""
    for _, event in labelled_events(report):
        yield from event.evidence
    for items in (report.organisations, report.persons, report.places, report.topics):
        for item in items:
            yield from item.mentions
    yield from (warning.span for warning in report.warnings if warning.span is not None)


def find_annotations(report: Report) -> list[Annotation]:
    """The annotations in text order; a stretch without length has none."""
    found: dict[tuple[int, int], dict[Note, None]] = {}
    for span, note in _notes(report):
        if span.start < span.end:
            found.setdefault((span.start, span.end), {})[note] = None
    order = sorted(found, key=lambda stretch: (stretch[0], -stretch[1]))
    return [
        Annotation(number, start, end, tuple(sorted(found[start, end], key=lambda note: KINDS.index(note.kind))))
        for number, (start, end) in enumerate(order, start=1)
    ]


def _notes(report: Report) -> Iterator[tuple[Mention | Span, Note]]:
    for label, event in labelled_events(report):
        for evidence in event.evidence:
            kind = _KIND_OF_FIELD.get(evidence.field.partition(".")[0], "event")
            field = evidence.field if event.role == "main" else f"{label}: {evidence.field}"
            value = field_value(event, evidence.field)
            yield evidence, Note(kind, field, value, label, evidence.rule, event.confidence)
    for kind, items in entries(report):
        for item in items:
            details = entry_details(item)
            yield from ((mention, Note(kind, kind, item.name, details, mention.rule)) for mention in item.mentions)
    for warning in report.warnings:
        if warning.span is not None:
            yield warning.span, Note("warning", "warning", warning.message, "", warning.code)


def entries(report: Report) -> Iterable[tuple[str, list[Organisation] | list[Person] | list[Place] | list[Topic]]]:
    """The report's lists, each with the kind of what stands in it."""
    return (
        ("organisation", report.organisations),
        ("person", report.persons),
        ("place", report.places),
        ("topic", report.topics),
    )


def entry_details(item: Organisation | Person | Place | Topic) -> str:
    """What an entry of one of the lists says beside its name, in one line."""
    match item:
        case Organisation():
            details = [item.acronym, item.kind, *item.roles]
        case Person():
            details = [item.title, item.function, item.organisation]
        case Place():
            details = [item.kind, item.state, item.country, item.ags]
        case Topic():
            details = [item.concept]
    return ", ".join(detail for detail in details if detail)
