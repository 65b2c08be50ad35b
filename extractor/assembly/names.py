"""Names: what an event is called, from the best of its mentions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from extractor.assembly.context import Role
from extractor.assembly.cues import load_cues
from extractor.assembly.drafts import Draft
from extractor.assembly.stretches import Item, Layout, Stretch
from extractor.assembly.unnamed import guessed_type, motto
from extractor.document import BlockKind
from extractor.pipes.values import EventMention, Found

_MENU = re.compile(r"::| \| | [›>»·•] ")
"""What parts the items of a menu."""
_ORDINAL_WIDTH = 14
"""How much longer than its event noun, in characters, a line may be that holds nothing else."""
_UNNAMED = "Veranstaltung"


@dataclass(frozen=True, slots=True)
class Naming:
    """An event's name and type, and what in the text gives them."""

    name: str
    event_type: str
    evidence: Found | None
    headline: Found | None = None


def name_of(draft: Draft, role: Role, layout: Layout, main: Draft | None) -> Naming:
    """The name: a mention with a title before one without, the head before the body.

    An event without a noun of its own has the type of the main event; its date is then the evidence.
    """
    head_end = layout.stretches[layout.head - 1].end if layout.head else 0

    anaphoric = load_cues().anaphoric

    def rank(mention: Item[EventMention]) -> tuple[bool, bool, bool, bool, int]:
        value = mention.value
        plain = value["name"] == value["event_type"]
        taking_up = value["rule"] == "event.entry" or (plain and value["event_type"].casefold() in anaphoric)
        return value["title"] is None, taking_up, mention.start >= head_end, plain, mention.start

    mentions = sorted(draft.mentions, key=rank)
    if draft.entry_title or not mentions:
        inherited = draft.event_type or (main.event_type if main is not None else None)
        if inherited is None:
            return _guessed(draft, role, layout)
        return Naming(draft.entry_title or inherited, inherited, _unnamed(draft, main))
    best = mentions[0].value
    event_type = best["event_type"]
    if draft.is_anaphoric and main is not None and main.event_type:
        event_type = main.event_type
    if best["title"] is None and "head" in draft.features:
        title = _headline_title(layout)
        if title is not None:
            start, end = layout.reading.source(title.start, title.end)
            headline = Found(start=start, end=end, rule="event.headline")
            return Naming(f"{event_type} {_clean(title.text)}", event_type, best, headline)
    return Naming(best["name"], event_type, best)


def _guessed(draft: Draft, role: Role, layout: Layout) -> Naming:
    """The name of an event that the text tells without a noun: a title in its head or a motto, and a guessed type."""
    guess = guessed_type(draft, layout, of_text=role == "main")
    kind, evidence = (guess.noun, guess.evidence) if guess is not None else (_UNNAMED, _unnamed(draft, None))
    title = draft.entry_title or motto(draft, layout)
    called = guess.name or kind if guess is not None else ""
    plain = draft.entry_title or (title if not called else None)
    return Naming(plain or f"{called} {title or ''}".strip() or kind, kind, evidence)


def _unnamed(draft: Draft, main: Draft | None) -> Found | None:
    """What stands for an event that the text gives no noun: its date, else the main event's noun."""
    if draft.mentions:
        return draft.mentions[0].value
    if draft.dates:
        date = draft.dates[0].value
        return Found(start=date["start"], end=date["end"], rule="event.unnamed")
    return main.mentions[0].value if main is not None and main.mentions else None


def _headline_title(layout: Layout) -> Stretch | None:
    """The event's title where it is a line of its own.

    A line that holds the bare type is followed by the title; a headline that the text quotes as the
    event's name is the title.
    """
    head = [stretch for stretch in layout.stretches[: layout.head] if stretch.is_content]
    for number, stretch in enumerate(head):
        alone = any(item.end - item.start >= len(stretch.text.strip()) - _ORDINAL_WIDTH for item in stretch.events)
        following = next((other for other in head[number + 1 :] if not _MENU.search(other.text)), None)
        if not alone or following is None or following.kind is not BlockKind.HEADING:
            continue
        if not following.dates and not following.events and not _names_body(following):
            return following
    for stretch in head[:2]:
        line = _clean(stretch.text)
        if 2 <= len(line.split()) <= 8 and not stretch.events and not stretch.dates:
            body = layout.reading.text[stretch.end :]
            if any(f"{opening}{line}" in body for opening in '„»«"“') or _is_series_title(stretch, head):
                return stretch
    return None


def _names_body(stretch: Stretch) -> bool:
    """Whether a line begins with the name of a body or a place: who invites, or where."""
    items: list[Item[Any]] = [*stretch.organisations, *stretch.places, *stretch.venues]
    return any(item.start - stretch.start <= 1 for item in items)


def _is_series_title(stretch: Stretch, head: list[Stretch]) -> bool:
    """A first line followed by one that begins "Die Vortragsreihe ...": the line is the series' title."""
    following = next((other for other in head if other.index == stretch.index + 1), None)
    if following is None or not following.events:
        return False
    before = following.before(following.events[0])
    return before.strip() in ("Die", "Eine", "Der", "Das", "Ein", "Unsere")


def _clean(line: str) -> str:
    return line.strip(' .:–-„“”»«"\n')
