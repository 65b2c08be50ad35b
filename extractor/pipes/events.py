"""The spaCy component ``german_events``: noun phrases that name an event.

A mention is found at its head noun (``event_heads``), then read to the left for ordinal, determiner
and adjectives (``event_modifiers``), and to the right for its title (``event_titles``). Its span covers
an ordinal or name adjective right before the head, the head, and the title; no article. Rule ids:
``event.head``, ``event.compound``, ``event.fixed``, ``event.heading`` (a weak noun that opens a line),
``event.frame`` (see ``event_frames``), ``event.anaphor`` (refers to an event named elsewhere) and
``event.ellipsis`` ("die zweite folgt"), followed by how the title was given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
from extractor.pipes.event_heads import EventWord, event_word, fixed_names, idioms, lexicon, may_end_idiom
from extractor.pipes.event_modifiers import Modifiers, modifiers_before
from extractor.pipes.event_series import complete
from extractor.pipes.event_settings import is_shouted, setting_of
from extractor.pipes.event_titles import Setting, Title, complement_after, quotation_before, title_after
from extractor.pipes.reading import reading_of, register, set_spans
from extractor.pipes.values import Configured, EventMention
from extractor.pipes.verdicts import Verdicts
from extractor.pipes.words import capitalised_words

KEY = "events"

_NOUN = re.compile(r"[A-ZÄÖÜ][\w'’-]{1,80}")
_COMPOUND_START = re.compile(r"[\w-]{1,24}-$")
_LIST_NUMBER = re.compile(r"(\d{1,2})\. ")
_FIXED_REACH, _IDIOM_REACH = 24, 30
_SPACED = re.compile(r"((?:(?:[A-ZÄÖÜ][\w-]+|E-?\w+) ){1,2})$")
_LONGEST_HEADING = 90
_AGENDA = ("versammlung", "sitzung")
"""Heads behind which a headline's colon gives what was dealt with, not a title."""


@dataclass(frozen=True, slots=True)
class _Noun:
    """An event noun in the text, and what the document has shown of its head before."""

    start: int
    end: int
    word: EventWord
    known: bool


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
            mention = _fixed(text, start, end, candidate.fixed, list_numbers)
        if mention is None and word is not None:
            whole = _whole_word(text, start)
            word = event_word(text[whole:end]) or word
            mention = _mention(text, _Noun(whole, end, word, word.lemma in seen), list_numbers)
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
        mention = _mention(text, _Noun(name["start"], name["end"], word, word.lemma in seen), list_numbers)
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


def _fixed(
    text: str, start: int, end: int, patterns: list[tuple[re.Pattern[str], str]], list_numbers: frozenset[int]
) -> EventMention | None:
    """A name of several words ("Runder Tisch") that ends with the word at ``start``."""
    for pattern, event_type in patterns:
        match = pattern.search(text, max(end - _FIXED_REACH, 0), end)
        if match is None:
            continue
        modifiers = modifiers_before(text, match.start(), "m", list_numbers)
        title = title_after(text, end, setting_of(text, start, modifiers))
        return _build(
            "fixed", event_type, event_type, modifiers, title, end, generic=modifiers.determiner in ("kind", "count")
        )
    return None


def _mention(text: str, noun: _Noun, list_numbers: frozenset[int]) -> EventMention | None:
    word = noun.word
    start, english = _with_english_words(text, noun.start, word)
    modifiers = modifiers_before(text, start, word.head.gender, list_numbers)
    if word.head.complement and (complement := _named_by_complement(text, noun, modifiers)):
        return complement
    bare = not word.first
    if (bare and not english and _is_idiom(text, noun)) or _is_other_name(text, noun.end):
        return None
    quoted_before = quotation_before(text, noun.start)
    title = title_after(text, noun.end, setting_of(text, noun.start, modifiers))
    if title is not None and title.kind == "colon" and word.lemma in _AGENDA:
        title = None
    if quoted_before is not None:
        title = Title(quoted_before[0], quoted_before[0], noun.end, "quoted")
    told = bool(english) or _is_event(noun, modifiers, title)
    if not told and not _is_heading(text, noun, modifiers):
        return None
    plural = word.plural and not modifiers.singular
    generic = _is_generic(word, plural, modifiers, title)
    event_type = word.type[:-1] if word.lemma in ("tage", "wochen") and generic else word.type
    kind = "anaphor" if word.strength == "anaphor" else "head" if bare else "compound"
    kind = kind if told else "heading"
    if english and word.head.bare == "never":
        english, event_type = "", f"{english} {event_type}"
    name = " ".join(filter(None, (modifiers.adjectives, english, event_type)))
    mention = _build(kind, event_type, name, modifiers, title, noun.end, generic)
    if quoted_before is not None:
        mention["start"] = min(mention["start"], quoted_before[1])
    return mention


def _is_idiom(text: str, noun: _Noun) -> bool:
    """Whether the noun ends an expression in which it means something else."""
    if not may_end_idiom(text[noun.start : noun.end]):
        return False
    return idioms().search(text, max(noun.start - _IDIOM_REACH, 0), noun.end) is not None


def _build(
    kind: str, event_type: str, name: str, modifiers: Modifiers, title: Title | None, end: int, generic: bool
) -> EventMention:
    """Put the parts together."""
    return EventMention(
        start=modifiers.start,
        end=title.end if title else end,
        rule=f"event.{kind}.{title.kind}" if title else f"event.{kind}",
        name=f"{name} {title.in_name}" if title else name,
        event_type=event_type,
        ordinal=modifiers.ordinal,
        title=title.text if title else None,
        generic=generic,
    )


def _is_event(noun: _Noun, modifiers: Modifiers, title: Title | None) -> bool:
    """Whether the noun means an event here, by its strength and what stands around it."""
    strong_title = title is not None and title.kind in ("quoted", "colon")
    match noun.word.strength:
        case "event":
            return True
        case "weak":
            known = noun.known and modifiers.determiner == "definite"
            return modifiers.singled_out or strong_title or known
        case "anaphor":
            if noun.word.lemma == "veranstaltung":
                return True
            return modifiers.singled_out and not noun.word.plural
        case _:
            return noun.known and noun.word.lemma == "nacht" and modifiers.ordinal is not None


def _is_heading(text: str, noun: _Noun, modifiers: Modifiers) -> bool:
    """Whether a weak noun opens a line of its own that is no sentence: "Fahrt nach Verdun", "Unser Fest im Park"."""
    if noun.word.strength != "weak" or noun.word.plural:
        return False
    begin, end = text.rfind("\n", 0, noun.start) + 1, text.find("\n", noun.end)
    line = text[begin : end if end >= 0 else len(text)]
    if len(line) > _LONGEST_HEADING or line[-1:] in ".,;:?":
        return False
    before = text[begin : noun.start].split()
    return modifiers.first or (len(before) == 1 and before[0].lower() in lexicon().context.definite)


def _is_generic(word: EventWord, plural: bool, modifiers: Modifiers, title: Title | None) -> bool:
    """Whether it names a kind or several, not one event."""
    if title is not None and title.kind == "quoted":
        return False
    if modifiers.determiner in ("kind", "count") and modifiers.ordinal is None:
        return True
    return plural and word.head.gender != "p" and not modifiers.adjectives and modifiers.ordinal is None


def _with_english_words(text: str, start: int, word: EventWord) -> tuple[int, str]:
    """The English words before an English head ("Bremen Digital Summit"): where they begin, as written."""
    if not word.head.spaced or word.plural:
        return start, ""
    match = _SPACED.search(text, max(start - 40, 0), start)
    if match is None:
        return start, ""
    words = match[1].split()
    context = lexicon().context
    while words and (words[0].lower() in context.definite | context.indefinite or words[0] in context.no_titles):
        words.pop(0)
    english = " ".join(words)
    return (start - len(english) - 1, english) if words else (start, "")


def _is_other_name(text: str, end: int) -> bool:
    """Whether the noun belongs to a company's or a venue's name ("Messe Erfurt GmbH") or is a verb ("Treffen wir")."""
    context = lexicon().context
    for index, word in enumerate(text[end : end + 48].split("\n", 1)[0].split()[:4]):
        bare = word.rstrip(".,;:!?)")
        if bare in context.venue_words or (index == 0 and bare in context.not_before):
            return True
        if bare != word or not (word[0].isupper() or word in ("und", "&")):
            return False
    return False


def _named_by_complement(text: str, noun: _Noun, modifiers: Modifiers) -> EventMention | None:
    """Read "Tag der offenen Tür", "Lange Nacht der Museen": the words after the noun make the name."""
    if noun.word.first:
        return None
    complement = complement_after(text, noun.end, noun.word.head.complement_nouns)
    if complement is None or (
        modifiers.ordinal is not None and noun.word.lemma == "tag" and " offen" not in complement[0].lower()
    ):
        return None
    name = " ".join(filter(None, (modifiers.adjectives, noun.word.type + complement[0])))
    setting = Setting(at_line_start=modifiers.first, definite=False, shouted=is_shouted(text, noun.start))
    title = title_after(text, complement[1], setting)
    return _build(
        "fixed", name, name, modifiers, title, complement[1], generic=modifiers.determiner in ("kind", "count")
    )


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
