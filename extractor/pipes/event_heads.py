"""Which words name an event: the lexicon of head nouns and the analysis of one word."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pydantic import Field

from extractor.lang.lexicon import Lexicon, load_lexicon
from extractor.pipes.numbers import fold

Gender = Literal["m", "f", "n", "p"]
Strength = Literal["event", "weak", "never", "anaphor", "none"]

_KEY_LENGTH, _LONGEST_ACRONYM = 3, 3
_SHARP_S = re.compile(r"(gro|stra|spa|gru|drau|\bfu|\bwei)ss")
_LETTERS = re.compile(r"[^\W\d_]+")
_LAST_LETTERS = re.compile(r"[^\W\d_]+$")


class Head(Lexicon):
    """A head noun: its inflection and which of its compounds are events; see ``events.toml``."""

    gender: Gender
    forms: list[str] = Field(default_factory=list)
    plural: list[str]
    bare: Strength = "event"
    compound: Literal["event", "weak"] = "event"
    only: frozenset[str] | None = None
    exclude: frozenset[str] = frozenset()
    exclude_end: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    complement: bool = False
    complement_nouns: frozenset[str] = frozenset()
    spaced: bool = False


class FixedName(Lexicon):
    """A name of several words that stays whole ("Runder Tisch")."""

    type: str
    trigger: str
    pattern: str


class EventContext(Lexicon):
    """Words around a head that tell what it refers to."""

    uncounted: frozenset[str]
    publications: frozenset[str]
    already: list[str]
    counted_in: list[str]
    agenda: frozenset[str]
    several: frozenset[str]
    singular: frozenset[str]
    numbered: frozenset[str]
    editions: frozenset[str]
    series_ends: tuple[str, ...]
    after_ordinal: list[str]
    announcing: list[str]
    sequence: frozenset[str]
    definite: frozenset[str]
    indefinite: frozenset[str]
    kind: frozenset[str]
    name_adjectives: tuple[str, ...]
    not_adjectives: frozenset[str]
    idioms: list[str]
    not_before: frozenset[str]
    venue_words: frozenset[str]
    complements_without_name: frozenset[str]
    no_topics: frozenset[str]
    topic_prepositions: list[str]
    title_connectors: list[str]
    distant_connectors: list[str]
    speech_verbs: list[str]
    no_titles: frozenset[str]
    forms_of_address: frozenset[str]


class FrameLexicon(Lexicon):
    """Nouns that no frame ("... findet statt", "lädt zum ...") makes an event, or only one that says more of them."""

    no_events: frozenset[str]
    no_events_end: tuple[str, ...]
    places_end: tuple[str, ...]
    no_counted_end: tuple[str, ...]
    parts_of_day: frozenset[str]
    takes_place: list[str]
    joined: tuple[str, ...]
    moving: frozenset[str]
    finite: list[str]
    needed: dict[str, frozenset[str]]
    dates: list[str]
    opening_participles: list[str]
    planned: list[str]
    adverbs: frozenset[str]
    prepositions: frozenset[str]
    inviting: list[str]
    inviting_as_written: list[str]
    descriptions: list[str]
    organising: list[str]
    editions: list[str]
    events_do: list[str]
    people_do: list[str]
    next_does: list[str]
    bodies_end: tuple[str, ...]


class EventLexicon(Lexicon):
    """Schema of ``events.toml``."""

    frames: FrameLexicon
    heads: dict[str, Head]
    fixed: list[FixedName]
    context: EventContext


@dataclass(frozen=True, slots=True)
class EventWord:
    """A word analysed as an event noun.

    ``type`` is its singular nominative as written, ``lemma`` the head in lower case, ``first`` the
    first part of a compound in lower case.
    """

    head: Head
    lemma: str
    first: str
    type: str
    plural: bool
    strength: Strength


@dataclass(frozen=True, slots=True)
class _Form:
    """A written form of a head, lower case, and the singular nominative that goes with it."""

    text: str
    singular: str
    lemma: str
    head: Head
    plural: bool


@lru_cache(maxsize=1)
def lexicon() -> EventLexicon:
    """Load the lexicon of events."""
    loaded: EventLexicon = load_lexicon("events", EventLexicon)
    return loaded


@lru_cache(maxsize=1)
def _forms() -> dict[str, list[_Form]]:
    """Group all forms of all heads by their last letters, the longest first.

    A form that is both genitive and plural ("Workshops") counts as plural.
    """
    index: dict[str, list[_Form]] = defaultdict(list)
    for lemma, head in lexicon().heads.items():
        plural = {_form(lemma, form) for form in head.plural}
        singular = {lemma, *(_form(lemma, form) for form in head.forms)} - plural
        for text in sorted(singular | plural):
            index[text[-_KEY_LENGTH:]].append(_Form(text, lemma, lemma, head, text in plural))
            if fold(text) != text:
                folded = _Form(fold(text), fold(lemma), lemma, head, text in plural)
                index[folded.text[-_KEY_LENGTH:]].append(folded)
    for forms in index.values():
        forms.sort(key=lambda form: (-len(form.text), form.plural))
    return dict(index)


def _form(lemma: str, form: str) -> str:
    """Spell out a form: "-en" appends to the lemma, doubling nothing and dropping a shared "e"."""
    if not form.startswith("-"):
        return form
    ending = form[1:]
    return lemma + (ending[1:] if lemma.endswith("e") and ending.startswith("e") else ending)


@lru_cache(maxsize=8192)
def event_word(word: str) -> EventWord | None:
    """Analyse a capitalised word; None if it names no event."""
    lower = word.lower()
    for form in _forms().get(lower[-_KEY_LENGTH:], ()):
        if lower.endswith(form.text):
            return _analysed(word, lower, form)
    return None


def _analysed(word: str, lower: str, form: _Form) -> EventWord | None:
    head, first = form.head, lower[: -len(form.text)]
    stem = first.rstrip("-'’")
    if not stem and head.bare == "none":
        return None
    if not stem:
        strength: Strength = head.bare
    elif len(stem) < 2 or stem in head.exclude or stem.endswith(head.exclude_end) or not _allowed(first, head.only):
        return None
    else:
        strength = "weak" if stem.endswith(head.weak) else head.compound
    return EventWord(head, form.lemma, first, _singular(word, form), form.plural, strength)


def _allowed(first: str, only: frozenset[str] | None) -> bool:
    """Tell whether a compound's first part ends in one of those listed; True where none are listed."""
    if only is None:
        return True
    return any(first[start:] in only or first[start:].rstrip("-") in only for start in range(len(first)))


def title_case(word: str) -> str:
    """Spell a word written in capitals as a noun is: "GROSS-PUTZ" gives "Groß-Putz"; "AG-" stays an acronym."""
    first, hyphen, rest = word.partition("-")
    kept = first + hyphen if hyphen and len(first) <= _LONGEST_ACRONYM else ""
    small = _SHARP_S.sub(r"\1ß", (rest if kept else word).lower())
    return kept + _LETTERS.sub(lambda part: part[0].capitalize(), small)


def _singular(word: str, form: _Form) -> str:
    """Put the word in the singular nominative, spelled as written; capitals become a noun's."""
    cut = len(word) - len(form.text)
    first, written = word[:cut], word[cut:]
    if word.isupper() and (len(word) > _LONGEST_ACRONYM or not cut):
        first = title_case(first)
        written = written.lower() if first[-1:].isalpha() else written.capitalize()
    if written.lower().startswith(form.singular):
        return first + written[: len(form.singular)]
    return first + (form.singular.capitalize() if written[0].isupper() else form.singular)


@lru_cache(maxsize=1)
def fixed_names() -> dict[str, list[tuple[re.Pattern[str], str]]]:
    """Patterns of the fixed names that end at a word, by that word in lower case, with their types.

    Each name matches as it is given and in capitals.
    """
    names: dict[str, list[tuple[re.Pattern[str], str]]] = defaultdict(list)
    for fixed in lexicon().fixed:
        given, capitals = rf"(?<!\w){fixed.pattern}$", rf"(?<!\w)(?=[^a-zäöüß]{{1,30}}$)(?i:{fixed.pattern})$"
        names[fixed.trigger] += [(re.compile(given), fixed.type), (re.compile(capitals), fixed.type)]
    return dict(names)


def may_end_idiom(head: str) -> bool:
    """Whether a head, as written, ends with the letters that some idiom ends with."""
    return head.lower().endswith(_idiom_ends())


@lru_cache(maxsize=1)
def _idiom_ends() -> tuple[str, ...]:
    ends = (_LAST_LETTERS.search(idiom) for idiom in lexicon().context.idioms)
    return tuple(sorted({end[0].lower() for end in ends if end}))


@lru_cache(maxsize=1)
def idioms() -> re.Pattern[str]:
    """Expressions in which a bare head means something else; they end where the head ends."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(lexicon().context.idioms)})$", re.IGNORECASE)
