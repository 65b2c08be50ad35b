"""Explanation: a processed ``Doc`` becomes a ``Report``, together with the reasons for it."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc

from extractor.assembly.citations import cue_span, span_of
from extractor.assembly.confidence import FEATURES, confidence_weights, features_of
from extractor.assembly.context import Context
from extractor.assembly.discards import Discards
from extractor.assembly.drafts import Draft
from extractor.assembly.inferences import Inferences
from extractor.assembly.reasons import REASONS, WEIGHTS
from extractor.assembly.report import GENERATOR, assembly_of
from extractor.assembly.roles import Cast
from extractor.assembly.trace import Candidate as Standing
from extractor.assembly.trace import Trace
from extractor.document import Document
from extractor.explanations import Candidate, Choice, EventExplanation, Explanation, Weight
from extractor.pipes.reading import blocks_of
from extractor.records import Event, Report, Span


def explain(doc: Doc, document: Document, *, reference_date: str | None = None) -> tuple[Report, Explanation]:
    """The report that ``assemble`` gives, and why it is so."""
    trace = Trace()
    report, cast, context = assembly_of(doc, document, reference_date, trace)
    drafts = [*([cast.main] if cast.main else []), *cast.follow_ups, *cast.others]
    events = [*([report.main_event] if report.main_event else []), *report.follow_ups, *report.other_events]
    inferences = Inferences(context, cast.main, report.source.published)
    explained = Explanation(
        generator=GENERATOR,
        id=report.id,
        choice=_choice(trace, context, {id(draft): event for draft, event in zip(drafts, events, strict=True)}),
        events=[
            _event(draft, event, _role_rule(draft, event, cast, trace), context, cast, inferences)
            for draft, event in zip(drafts, events, strict=True)
        ],
        discarded=Discards(cast, context, trace, events).all(blocks_of(doc)),
    )
    return report, explained


def _choice(trace: Trace, context: Context, events: Mapping[int, Event]) -> Choice:
    return Choice(
        rule=trace.choice,
        message=REASONS[trace.choice],
        least=trace.least,
        candidates=[_candidate(standing, context, events.get(id(standing.draft))) for standing in trace.candidates],
    )


def _candidate(standing: Standing, context: Context, event: Event | None) -> Candidate:
    mention, date = standing.mention, standing.date
    proof = mention.value if mention is not None else date.value if date is not None else None
    return Candidate(
        name=mention.value["name"] if mention is not None else None,
        start=date.value["edtf_start"] if date is not None else None,
        span=span_of(context.layout, proof) if proof is not None else None,
        score=round(standing.score, 2),
        score_alone=round(standing.alone, 2),
        weights=_weights({**standing.weights, **standing.standing}, WEIGHTS),
        event=event.id if event is not None else None,
    )


def _role_rule(draft: Draft, event: Event, cast: Cast, trace: Trace) -> str:
    """The rule by which an event has its role; a date that a series took in has it from there."""
    if draft is cast.main:
        return trace.choice
    rule = trace.reasons[id(draft)]
    return rule if rule.startswith(f"role.{event.role}") else "role.series"


def _event(
    draft: Draft, event: Event, rule: str, context: Context, cast: Cast, inferences: Inferences
) -> EventExplanation:
    weights = confidence_weights()
    held = features_of(draft, event.role, event.where, context, cast.main)
    meanings = {name: feature.meaning for name, feature in FEATURES.items()}
    return EventExplanation(
        id=event.id,
        role=event.role,
        name=event.name,
        rule=rule,
        message=REASONS[rule],
        cue=_outlook(draft, context) if rule == "role.follow_up.outlook" else None,
        mentions=[span_of(context.layout, mention.value) for mention in draft.mentions],
        inferences=inferences.of(draft, event),
        bias=weights.bias,
        confidence=_weights({name: weights.features.get(name, 0.0) for name in held}, meanings),
    )


def _outlook(draft: Draft, context: Context) -> Span | None:
    """The words that announce an event as what comes next."""
    for stretch in draft.stretches:
        match = context.cues.outlook.search(stretch.text)
        if match is not None:
            return cue_span(context.layout, stretch.start + match.start(), stretch.start + match.end())
    return None


def _weights(weights: Mapping[str, float], meanings: Mapping[str, str]) -> list[Weight]:
    return [Weight(name=name, weight=round(weight, 3), message=meanings[name]) for name, weight in weights.items()]
