"""Nouns that no lexicon knows as events but the sentence shows to be one.

What "takes place" is an event, so is what people are invited to and what somebody organises: "Am 3. Mai
findet im Park das Gurkenwiegen statt", "lädt zur Stunksitzung ein", "veranstaltet ein Seifenkistenderby".
The noun is found by grammar (``event_subjects``, ``event_frame_nouns``); ``events.toml`` lists what is never meant.
Rule ids: ``event.frame.subject``, ``event.frame.invited``, ``event.frame.object``,
``event.frame.counted``, ``event.frame.titled`` (``event_named_nouns``).
"""

from __future__ import annotations

import re
from bisect import bisect_left

from extractor.pipes.event_frame_nouns import FrameNoun, counted, invited, objects, quoted_next
from extractor.pipes.event_heads import event_word, lexicon
from extractor.pipes.event_modifiers import modifiers_before
from extractor.pipes.event_named_nouns import named
from extractor.pipes.event_subjects import subjects
from extractor.pipes.event_titles import Setting, title_after
from extractor.pipes.people import is_people_noun
from extractor.pipes.values import EventMention

_NEXT = re.compile(r" ([A-ZÄÖÜ][\w-]{3,40})\b")

_FIRST_NOUN = re.compile(r"(?:(?:Der|Die|Das|Ein|Eine) )?((?:[A-ZÄÖÜ][\wäöüß]+(?:e|er|es) )?[A-ZÄÖÜ][\wäöüß-]+)")


def framed_events(text: str, mentions: list[EventMention], list_numbers: frozenset[int]) -> list[EventMention]:
    """The mentions of events that frames show, where ``mentions`` (in text order) has none."""
    starts = [mention["start"] for mention in mentions]
    others = any(not mention["generic"] for mention in mentions)
    found: dict[int, EventMention] = {}
    for noun in (
        _behind_adjective(text, noun)
        for noun in (
            *subjects(text, starts),
            *invited(text),
            *objects(text),
            *counted(text, list_numbers),
            *quoted_next(text),
            *named(text),
        )
    ):
        index = bisect_left(starts, noun.end)
        if index and mentions[index - 1]["end"] > noun.start:
            continue
        if not _may_be_event(text[noun.start : noun.end], noun, others):
            continue
        found.setdefault(noun.start, _mention(text, noun, list_numbers))
    return list(found.values())


def _behind_adjective(text: str, noun: FrameNoun) -> FrameNoun:
    """The noun itself where what was read is an adjective of its name ("Bayerische Kuchenkür")."""
    if noun.quoted:
        return noun
    following = _NEXT.match(text, noun.end)
    if following is None or not text[noun.start : noun.end].endswith(("e", "er", "es", "en")):
        return noun
    behind = noun._replace(start=following.start(1), end=following.end())
    read = modifiers_before(text, behind.start, noun.gender, frozenset())
    return behind if read.adjectives and read.start <= noun.start else noun


def _mention(text: str, noun: FrameNoun, list_numbers: frozenset[int]) -> EventMention:
    if noun.quoted:
        return _named_by_quotation(text, noun, list_numbers)
    written = text[noun.start : noun.end]
    modifiers = modifiers_before(text, noun.start, noun.gender, list_numbers)
    title = title_after(text, noun.end, Setting(at_line_start=False, definite=False, shouted=False))
    name = f"{modifiers.adjectives} {written}".lstrip()
    return EventMention(
        start=modifiers.start,
        end=title.end if title else noun.end,
        rule=f"event.frame.{noun.frame}",
        name=f"{name} {title.in_name}" if title else name,
        event_type=written,
        ordinal=modifiers.ordinal,
        title=title.text if title else None,
        generic=modifiers.determiner in ("kind", "count"),
    )


def _named_by_quotation(text: str, noun: FrameNoun, list_numbers: frozenset[int]) -> EventMention:
    """An event that has only a name in quotation marks; its first noun is what it calls itself."""
    name = text[noun.start : noun.end]
    modifiers = modifiers_before(text, noun.start - 1, noun.gender, list_numbers)
    first = _FIRST_NOUN.match(name)
    return EventMention(
        start=modifiers.start,
        end=noun.end + 1,
        rule=f"event.frame.{noun.frame}.quoted",
        name=name,
        event_type=first[1] if first else name,
        ordinal=modifiers.ordinal or noun.ordinal,
        title=name,
        generic=False,
    )


def _may_be_event(word: str, noun: FrameNoun, others: bool) -> bool:
    frames = lexicon().frames
    if noun.quoted:
        return True
    if noun.frame == "invited" and word in frames.parts_of_day:
        return noun.described and not others
    if word in frames.no_events or word.lower().endswith(frames.no_events_end) or word.isupper():
        return False
    if noun.frame == "invited" and (word.lower().endswith(frames.places_end) or word in lexicon().context.no_topics):
        return False
    known = event_word(word)
    if known is not None and known.plural:
        return False
    if noun.gender == "n" and word.endswith(("eln", "ern", "en")):  # a verb as a noun: "das siebte Keltern"
        return noun.frame != "invited"
    return not is_people_noun(word)
