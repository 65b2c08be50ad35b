"""The spaCy component ``german_events``: noun phrases that name an event.

A mention is found at its head noun (``event_heads``), then read (``event_phrases``) to the left for ordinal, determiner
and adjectives (``event_modifiers``), and to the right for its title (``event_titles``). Its span covers
an ordinal or name adjective right before the head, the head, and the title; no article. Rule ids:
``event.head``, ``event.compound``, ``event.fixed``, ``event.heading`` (a weak noun that opens a line),
``event.frame`` (see ``event_frames``), ``event.anaphor`` (refers to an event named elsewhere) and
``event.ellipsis`` ("die zweite folgt"), followed by how the title was given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from extractor.pipes.configured import configured_names, stretches_of
from extractor.pipes.event_configured import (
    configured_mention,
    event_word_of,
    named_by_series,
    own_events,
    titled_by,
    words_with,
)
from extractor.pipes.event_frames import framed_events
from extractor.pipes.event_heads import EventWord, event_word, fixed_names, lexicon
from extractor.pipes.event_phrases import EventNoun, fixed_mention, noun_mention
from extractor.pipes.event_series import complete
from extractor.pipes.reading import reading_of, register, set_spans
from extractor.pipes.values import Configured, EventMention
from extractor.pipes.verdicts import Verdicts
from extractor.pipes.words import capitalised_words

KEY = "events"

_NOUN = re.compile(r"[A-ZÄÖÜ][\w'’-]{1,80}")
_COMPOUND_START = re.compile(r"[\w-]{1,24}-$")
_LIST_NUMBER = re.compile(r"(\d{1,2})\. ")


class _Candidate(NamedTuple):
    """What a written word of some length may name: an event, or the last word of a fixed name."""

    length: int
    word: EventWord | None
    fixed: list[tuple[re.Pattern[str], str]] | None


def find_events(text: str, names: Sequence[Configured] = ()) -> list[EventMention]:
    """Find the mentions of events in a reading's text; offsets are those of ``text``.

    ``names`` are the user's names in the text: event nouns and series are events, within the others none is looked for.
    """
    list_numbers = _list_numbers(text)
    candidates, seen = _candidates(), set[str]()
    mentions: list[EventMention] = []
    own, taken = own_events(names), stretches_of(names, "topic")
    for written, start in words_with(_nouns(text), own):
        if start in own:
            _take_own(text, own[start], mentions, seen, list_numbers)
            continue
        candidate = candidates[written]
        if candidate is None or (mentions and start < mentions[-1]["end"]) or (taken and taken.hold(start, start + 1)):
            continue
        end = start + candidate.length
        mention, word = None, candidate.word
        if candidate.fixed is not None:
            mention = fixed_mention(text, start, end, candidate.fixed, list_numbers)
        if mention is None and word is not None:
            whole = _whole_word(text, start)
            word = event_word(text[whole:end]) or word
            mention = noun_mention(text, EventNoun(whole, end, word, word.lemma in seen), list_numbers)
            if mention is not None and word.strength != "anaphor":
                seen.add(word.lemma)
        if mention is not None:
            mentions.append(mention)
    framed = framed_events(text, mentions, list_numbers)
    framed = [mention for mention in framed if not taken.touch(mention["start"], mention["end"])] if taken else framed
    return complete(text, sorted([*mentions, *framed], key=lambda mention: mention["start"]))


def _take_own(
    text: str, name: Configured, mentions: list[EventMention], seen: set[str], list_numbers: frozenset[int]
) -> None:
    """Add the mention that a name of the user's makes, or give the mention whose title it is what the user knows."""
    titled = titled_by(mentions, name, text)
    if titled is not None:
        named_by_series(titled, name)
    elif not mentions or name["start"] >= mentions[-1]["end"]:
        word = event_word_of(name)
        mention = noun_mention(text, EventNoun(name["start"], name["end"], word, word.lemma in seen), list_numbers)
        if mention is not None:
            seen.add(word.lemma)
            mentions.append(configured_mention(mention, name))


def _nouns(text: str) -> list[tuple[str, int]]:
    """Words in capitals, with their offsets; one with an apostrophe inside is one word ("Rock'n'Roll-Party")."""
    if "'" in text or "’" in text:
        return [(match[0], match.start()) for match in _NOUN.finditer(text)]
    return capitalised_words(text)


def _list_numbers(text: str) -> frozenset[int]:
    """The numbers with which lines begin: "3. "."""
    lines = [line for line in text.split("\n") if line[:1].isdigit()]
    return frozenset(int(number[1]) for line in lines if (number := _LIST_NUMBER.match(line)))


@lru_cache(maxsize=1)
def _candidates() -> Verdicts[_Candidate | None]:
    return Verdicts(_candidate)


def _candidate(written: str) -> _Candidate | None:
    """Analyse a capitalised word; None if no event's name ends with it."""
    written = written.rstrip("-'’")
    fixed = fixed_names().get(written.lower().rpartition("-")[2])
    word = event_word(written)
    return None if fixed is None and word is None else _Candidate(len(written), word, fixed)


def _whole_word(text: str, start: int) -> int:
    """Where the word begins of which a capital inside was found ("24-Stunden-Lauf")."""
    if text[start - 1 : start] != "-":
        return start
    match = _COMPOUND_START.search(text, max(start - 24, 0), start)
    return match.start() if match else start


@Language.factory("german_events")
def make_german_events(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Create the component that fills ``doc.spans["events"]``."""
    register(KEY)
    lexicon()
    return annotate


def annotate(doc: Doc) -> Doc:
    """Find the mentions of events of a ``Doc`` and store them."""
    reading = reading_of(doc)
    for value in (values := find_events(reading.text, configured_names(doc, reading))):
        value["start"], value["end"] = reading.source(value["start"], value["end"])
    set_spans(doc, KEY, values)
    return doc
