"""Explanations: why a record says what it says, as data. ``schemas/`` is generated from these models too.

Rules are stable ids (``date.deadline``, ``role.follow_up.outlook``); ``message`` says the same for people.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from extractor.records import SCHEMA_VERSION, Edtf, Record, Span, canonical_json


class Weight(Record):
    """A feature that holds, and what it adds to the sum."""

    name: str
    weight: float
    message: str


STANDING = frozenset({"first", "span", "part", "sequel"})
"""Weights that a candidate has from its place among the others: they rank it, but do not make it strong enough."""


class Candidate(Record):
    """An event as it stood when the main event was chosen."""

    name: str | None = Field(description="The noun that names it, None where there is only a date.")
    start: Edtf | None
    span: Span | None = Field(description="Its noun, else its date.")
    score: float = Field(description="The sum of the weights, by which the candidates are ranked.")
    score_alone: float = Field(
        description="The sum without what comes from its place among the others (first, span, part, sequel): this is "
        "what the least score is compared with."
    )
    weights: list[Weight]
    event: str | None = Field(description="Id of the event of the record that it became, if it became one.")


class Choice(Record):
    """Why one event is the main one, or why none is: the candidates, best first."""

    rule: str
    message: str
    least: float = Field(description="What a main event of this text must score alone: more in a text about a project.")
    candidates: list[Candidate]


class Inference(Record):
    """A value, or a part of one, that stands nowhere as such, and the words that it was inferred from."""

    field: str
    value: str
    rule: str
    message: str
    spans: list[Span]


class EventExplanation(Record):
    """Why an event of the record is there, and why it looks as it does."""

    id: str
    role: Literal["main", "follow_up", "other"]
    name: str
    rule: str
    message: str
    cue: Span | None = Field(description="The words by which it has its role, where such words decide.")
    mentions: list[Span] = Field(description="The nouns that speak of it, in the order in which they were joined.")
    inferences: list[Inference]
    bias: float = Field(description="What the log-odds of confidence begin with.")
    confidence: list[Weight] = Field(description="What holds of the event, in log-odds.")


class Discard(Record):
    """Something of the text that went into no event, or into another entry, and why."""

    kind: Literal["text", "event", "date", "place", "venue", "organisation"]
    value: str
    rule: str
    message: str
    span: Span
    cue: Span | None = Field(description="The words that decided it.")


class Explanation(Record):
    """Why a report is as it is; ``id`` is that of the report."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    generator: str
    id: str
    choice: Choice
    events: list[EventExplanation]
    discarded: list[Discard] = Field(description="In text order.")

    def to_json(self, *, indent: int | None = None) -> str:
        """The explanation as canonical JSON."""
        return canonical_json(self.model_dump(mode="json"), indent)
