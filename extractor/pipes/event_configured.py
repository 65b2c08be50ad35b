"""Event nouns and series of the user's configuration, read by the rules for all events.

Rule ids begin with ``event.configured``, followed by how the title was given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from extractor.pipes.configured import of_kind
from extractor.pipes.event_heads import EventWord, Gender, Head, lexicon
from extractor.pipes.values import Configured, EventMention

RULE = "event.configured"
_MARKS = '„“”"»«‚‘’›‹ '


def own_events(names: Iterable[Configured]) -> dict[int, Configured]:
    """The names that are events, by where they begin; a series before a noun of the same name."""
    return {name["start"]: name for kind in ("event_type", "series") for name in of_kind(names, kind)}


def words_with(words: Sequence[tuple[str, int]], own: Mapping[int, Configured]) -> Sequence[tuple[str, int]]:
    """Words of a text with their offsets, and the offsets at which a name begins where no such word does."""
    if not own:
        return words
    missing = own.keys() - {start for _, start in words}
    return sorted([*words, *(("", start) for start in missing)], key=lambda word: word[1]) if missing else words


def event_word_of(name: Configured) -> EventWord:
    """A name as an event noun that stands for itself."""
    head = Head(gender=cast("Gender", name["details"]["gender"]), plural=[])
    lower = name["name"].lower()
    return EventWord(head, lower, lower, name["name"], name["plural"], "event")


def configured_mention(mention: EventMention, name: Configured) -> EventMention:
    """The mention that was read around a name, with what the user knows of it.

    Where a noun stands for another type, what recurs with ordinals is still what the noun says.
    """
    mention["rule"] = RULE + mention["rule"].removeprefix("event.compound")
    mention["event_type"] = name["details"]["type"] or name["name"]
    counted = mention["ordinal"] is not None and mention["event_type"] != name["name"]
    if name["kind"] == "series" or counted:
        mention["series"] = name["name"]
    return mention


def titled_by(mentions: Sequence[EventMention], name: Configured, text: str) -> EventMention | None:
    """The last mention where the name is its title: "das 5. Forum „Uckertaler Gespräche“"."""
    last = mentions[-1] if mentions else None
    if last is None or name["kind"] != "series" or not last["start"] <= name["start"] < last["end"]:
        return None
    behind = text[name["end"] : last["end"]].strip(_MARKS)
    return last if not behind and last["title"] is not None else None


def named_by_series(mention: EventMention, name: Configured) -> EventMention:
    """A mention whose title is a series' name: the user's name is the event's, its noun tells the type."""
    mention["rule"], mention["name"], mention["title"] = RULE, name["name"], None
    mention["series"] = name["name"]
    if mention["event_type"].lower().endswith(lexicon().context.series_ends):
        mention["event_type"] = name["details"]["type"] or name["name"]
    mention["generic"] = False
    return mention
