"""One mention of an event: the phrase around its noun, or nothing where the noun means no event.

Rule ids are those of ``events``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.pipes.clauses import clauses_of
from extractor.pipes.event_frame_nouns import REACH, people_do
from extractor.pipes.event_heads import EventWord, idioms, lexicon, may_end_idiom
from extractor.pipes.event_modifiers import Modifiers, modifiers_before
from extractor.pipes.event_settings import is_shouted, setting_of
from extractor.pipes.event_titles import Setting, Title, complement_after, quotation_before, title_after
from extractor.pipes.values import EventMention

_FIXED_REACH, _IDIOM_REACH = 24, 30
_SPACED = re.compile(r"((?:(?:[A-ZÄÖÜ][\w-]+|E-?\w+) ){1,2})$")
_LONGEST_HEADING = 90
_PRINTED, _PRINT_REACH = ("auflage", "ausgabe", "edition"), 50
"""Heads that may be a publication's, and how far from them, in characters, the text says so."""
_LETTERS = re.compile(r"[a-zäöüß]+")
_DAY_BEHIND = re.compile(
    r"(?: (?:des|der|eines|einer) (?:[a-zäöüß-]{3,24} ){0,2}[A-ZÄÖÜ][\w-]{1,40}(?: [A-ZÄÖÜ„»\"][\w“”«\"-]{1,30}){0,2})?"
    r" (?:am|vom) (?:[A-Z][a-z]{5,9}(?:,? de[mn])?,? )?\d{1,2}\."
)
_TO_OR_AT = re.compile(r"\b(?:[Zz]u[mr]|[Bb]eim|[Bb]ei der) (?:[a-zäöüß]{3,20}en )?$")
"""What says on which day something was, its object between: "des neuen Lesesaals am 6."."""


@dataclass(frozen=True, slots=True)
class EventNoun:
    """An event noun in the text, and what the document has shown of its head before."""

    start: int
    end: int
    word: EventWord
    known: bool


def fixed_mention(
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


def noun_mention(text: str, noun: EventNoun, list_numbers: frozenset[int]) -> EventMention | None:
    """The mention that an event's noun makes with what stands around it; None where it means something else."""
    word = noun.word
    start, english = _with_english_words(text, noun.start, word)
    modifiers = modifiers_before(text, start, word.head.gender, list_numbers)
    if modifiers.ordinal == 1 and word.lemma in lexicon().context.uncounted:
        modifiers = modifiers._replace(ordinal=None)
    if word.head.complement and (complement := _named_by_complement(text, noun, modifiers)):
        return complement
    bare = not word.first
    if (bare and not english and _is_idiom(text, noun)) or _is_other_name(text, noun.end):
        return None
    if word.lemma in _PRINTED and _is_printed(text, noun):
        return None
    quoted_before = quotation_before(text, noun.start)
    title = title_after(text, noun.end, setting_of(text, noun.start, modifiers))
    if title is not None and title.kind == "colon" and word.lemma in lexicon().context.agenda:
        title = None
    if quoted_before is not None:
        title = Title(quoted_before[0], quoted_before[0], noun.end, "quoted")
    told = bool(english) or _is_event(noun, modifiers, title) or _is_dated(text, noun, modifiers)
    if not told and not _is_heading(text, noun, modifiers):
        return None
    plural = word.plural and not modifiers.singular
    generic = _is_generic(word, plural, modifiers, title)
    event_type = word.type[:-1] if word.lemma in lexicon().context.several and generic else word.type
    kind = "anaphor" if word.strength == "anaphor" else "head" if bare else "compound"
    kind = kind if told else "heading"
    if english and word.head.bare == "never":
        english, event_type = "", f"{english} {event_type}"
    name = " ".join(filter(None, (modifiers.adjectives, english, event_type)))
    mention = _build(kind, event_type, name, modifiers, title, noun.end, generic)
    if quoted_before is not None:
        mention["start"] = min(mention["start"], quoted_before[1])
    return mention


def _is_idiom(text: str, noun: EventNoun) -> bool:
    """Whether the noun ends an expression in which it means something else."""
    if not may_end_idiom(text[noun.start : noun.end]):
        return False
    return idioms().search(text, max(noun.start - _IDIOM_REACH, 0), noun.end) is not None


def _is_printed(text: str, noun: EventNoun) -> bool:
    """Whether the line tells near the noun of something that is printed: "Handbuch (2. Auflage Januar 2023)"."""
    left = text.rfind("\n", max(noun.start - _PRINT_REACH, 0), noun.start) + 1 or max(noun.start - _PRINT_REACH, 0)
    right = text.find("\n", noun.end, noun.end + _PRINT_REACH)
    around = text[left : right if right >= 0 else noun.end + _PRINT_REACH].lower()
    return not lexicon().context.publications.isdisjoint(_LETTERS.findall(around))


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


def _is_event(noun: EventNoun, modifiers: Modifiers, title: Title | None) -> bool:
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


def _is_dated(text: str, noun: EventNoun, modifiers: Modifiers) -> bool:
    """Whether a weak noun is told with its day: "zur Eröffnung des neuen Lesesaals am 6. November"."""
    if noun.word.strength != "weak" or noun.word.plural or modifiers.determiner != "definite":
        return False
    if noun.word.lemma.endswith(tuple(lexicon().context.series_ends)):
        return False
    return _DAY_BEHIND.match(text, noun.end) is not None or _is_attended(text, noun)


def _is_attended(text: str, noun: EventNoun) -> bool:
    """Whether people come to it: "Zur Eröffnung kamen 120 Gäste", "beim Umzug feierten"."""
    if _TO_OR_AT.search(text, max(noun.start - _IDIOM_REACH, 0), noun.start) is None:
        return False
    left, right = clauses_of(text).around(noun.start)
    return people_do().search(text, max(left, noun.start - REACH), min(right, noun.end + REACH)) is not None


def _is_heading(text: str, noun: EventNoun, modifiers: Modifiers) -> bool:
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


def _named_by_complement(text: str, noun: EventNoun, modifiers: Modifiers) -> EventMention | None:
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
