"""Inferences: values of an event that stand nowhere as such, and the words that they come from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Any

from extractor.assembly.citations import cue_span, span_of
from extractor.assembly.context import Context
from extractor.assembly.drafts import Draft
from extractor.assembly.reasons import REASONS
from extractor.assembly.stretches import Item
from extractor.explanations import Inference
from extractor.pipes.values import Found, Timex
from extractor.records import Event, Evidence, Span

_OF_STATUS = frozenset(rule for rule in REASONS if rule.startswith("status."))


class Inferences:
    """Tells what was inferred in one report; ``date_line`` is the text's own date, EDTF.

    Which date completed another one is not kept; the nearest one before it that gives its year is named.
    """

    def __init__(self, context: Context, main: Draft | None, date_line: str | None) -> None:
        self._context = context
        self._layout = context.layout
        self._main = main
        dates = [date for stretch in self._layout.stretches for date in stretch.dates]
        self._date_line = next((date for date in dates if date_line and date.value["edtf_start"] == date_line), None)
        self._full: dict[str, list[Item[Timex]]] = {}
        for date in dates:
            if date.value["inferred_from"] is None:
                self._full.setdefault(_year(date), []).append(date)

    def of(self, draft: Draft, event: Event) -> list[Inference]:
        """What of an event was inferred, in the order of the record's fields."""
        proofs = {evidence.field: evidence for evidence in event.evidence}
        return [
            *self._of_name(draft, event, proofs),
            *self._of_when(draft, event, proofs),
            *self._of_city(draft, event, proofs.get("where.city")),
            *self._of_status(draft, event, proofs.get("status")),
        ]

    def _inference(self, field: str, value: str, rule: str, spans: Iterable[Span | None]) -> Inference:
        quoted = [span for span in spans if span is not None]
        return Inference(field=field, value=value, rule=rule, message=REASONS[rule], spans=quoted)

    def _of_name(self, draft: Draft, event: Event, proofs: dict[str, Evidence]) -> Iterator[Inference]:
        noun = self._main.mentions[0].value if self._main is not None and self._main.mentions else None
        name = proofs.get("name")
        if not draft.mentions:
            yield self._inference("event_type", event.event_type, "name.unnamed", [self._words(noun)])
        elif draft.is_anaphoric and self._main is not draft and noun is not None:
            yield self._inference("event_type", event.event_type, "type.anaphoric", [self._words(noun)])
        if name is not None and name.rule == "event.headline":
            yield self._inference("name", event.name, "name.headline", [_quoted(name)])

    def _of_when(self, draft: Draft, event: Event, proofs: dict[str, Evidence]) -> Iterator[Inference]:
        if event.when is None or not draft.dates:
            return
        date = draft.dates[0]
        source = date.value["inferred_from"]
        if source is not None:
            spans = [self._words(date.value), *self._source_of(date, source)]
            yield self._inference("when.start", event.when.start, f"inferred.{source}", spans)
        end = proofs.get("when.end")
        if event.when.end and draft.closing is not None and draft.closing.value["type"] == "DURATION":
            spans = [self._words(date.value), _quoted(end) if end else None]
            yield self._inference("when.end", event.when.end, "inferred.length", spans)
        time = proofs.get("when.start_time")
        if time is not None and event.when.start_time and not _stands_in(time, (*draft.times, *draft.closing_times)):
            yield self._inference("when.start_time", event.when.start_time, "inferred.same_time", [_quoted(time)])

    def _source_of(self, date: Item[Timex], source: str) -> list[Span]:
        """The words from which parts of a date come."""
        if source == "date_line" and self._date_line is not None:
            return [span_of(self._layout, self._date_line.value)]
        if source != "context":
            return []
        full = self._full.get(_year(date), [])
        before = bisect_left(full, date.start, key=lambda other: other.start)
        nearest = full[before - 1 : before] or full[before : before + 1]
        return [span_of(self._layout, other.value) for other in nearest]

    def _of_city(self, draft: Draft, event: Event, proof: Evidence | None) -> Iterator[Inference]:
        if event.where is None or event.where.city is None or proof is None:
            return
        rule = self._city_rule(draft, proof)
        if rule is not None:
            yield self._inference(
                "where.city", event.where.city, rule, [_quoted(proof), *self._same_place(draft, rule)]
            )

    def _city_rule(self, draft: Draft, proof: Evidence) -> str | None:
        """By which rule an event has its town; None if the town is told of it."""
        if _stands_in(proof, draft.cities):
            return None
        if _stands_in(proof, draft.venues):
            return "city.venue"
        context = self._context
        homes = {"dateline": context.dateline_city, "address": context.address_city, "sender": context.sender_city}
        for rule, place in homes.items():
            if place is not None and _stands_in(proof, [place]):
                return f"city.{rule}"
        return "city.organiser" if draft is self._main else "city.same_place"

    def _same_place(self, draft: Draft, rule: str) -> list[Span | None]:
        if rule != "city.same_place":
            return []
        found = ((stretch, self._context.cues.same_place.search(stretch.text)) for stretch in draft.stretches)
        return [cue_span(self._layout, s.start + match.start(), s.start + match.end()) for s, match in found if match][
            :1
        ]

    def _of_status(self, draft: Draft, event: Event, proof: Evidence | None) -> Iterator[Inference]:
        if proof is None:
            return
        if proof.rule in _OF_STATUS:
            line = self._words(self._date_line.value) if proof.rule == "status.calendar" and self._date_line else None
            yield self._inference("status", event.status, proof.rule, [_quoted(proof), line])
        elif proof.rule.startswith("status.") and not _stands_in(proof, draft.statuses):
            yield self._inference("status", event.status, "status.told", [_quoted(proof)])

    def _words(self, value: Found | None) -> Span | None:
        return span_of(self._layout, value) if value is not None else None


def _quoted(evidence: Evidence) -> Span:
    return Span(start=evidence.start, end=evidence.end, quote=evidence.quote)


def _stands_in(proof: Evidence, items: Iterable[Item[Any]]) -> bool:
    """Whether a piece of evidence is one of the items."""
    return any(item.value["start"] == proof.start and item.value["end"] == proof.end for item in items)


def _year(date: Item[Timex]) -> str:
    return (date.value["edtf_start"] or "")[:4]
