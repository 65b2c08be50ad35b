"""Names: what an event is called, from the best of its mentions."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.assembly.drafts import Draft
from extractor.assembly.stretches import Item, Layout
from extractor.pipes.values import EventMention

_UNNAMED = "Veranstaltung"


@dataclass(frozen=True, slots=True)
class Naming:
    """An event's name and type, and the mentions that give them."""

    name: str
    event_type: str
    evidence: list[EventMention]


def name_of(draft: Draft, role: str, layout: Layout, main: Draft | None) -> Naming:
    """The name: a mention with a title before one without, the head before the body."""
    head_end = layout.stretches[layout.head - 1].end if layout.head else 0

    def rank(mention: Item[EventMention]) -> tuple[bool, bool, bool, int]:
        value = mention.value
        plain = value["name"] == value["event_type"]
        return value["title"] is None, mention.start >= head_end, plain, mention.start

    mentions = sorted(draft.mentions, key=rank)
    if not mentions:
        inherited = draft.event_type or (main.event_type if main is not None else None) or _UNNAMED
        return Naming(inherited, inherited, [])
    best = mentions[0].value
    event_type = best["event_type"]
    if draft.is_anaphoric and main is not None and main.event_type:
        event_type = main.event_type
    return Naming(best["name"], event_type, [best])
