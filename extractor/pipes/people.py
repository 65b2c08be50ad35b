"""Nouns for people in the plural, gendered in any spelling: who may be counted as an audience."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import Literal

from extractor.lang.lexicon import Lexicon, load_lexicon
from extractor.pipes.numbers import fold

PeopleKind = Literal["audience", "persons"]

_KEY_LENGTH = 2
_FEMININE = re.compile(r"(\w{3,})[:*/_(’']?-?[iI]nnen\)?")
_PARTICIPLE = re.compile(r"[A-ZÄÖÜ][a-zäöüß]{2,40}(?:e|el|er)nden?")
_NO_PARTICIPLE = (
    "wochenende",
    "jahresende",
    "kriegsende",
    "spende",
    "legende",
    "dividende",
    "agende",
    "lende",
    "stunde",
)
_ADJECTIVE = re.compile(r"[A-ZÄÖÜ][a-zäöüß]{2,40}(?:[^nm]ig|isch|lich|los|iert|bar|sam|(?<!sc)haft)en?")
_NO_FEMININE = frozenset({"b", "dr", "gew", "sp", "z", "beg", "r", "entr", "bes"})


class PeopleNouns(Lexicon):
    """Plural nouns for people, lower case; see ``attendance.toml``."""

    audience: list[str]
    persons: list[str]
    others: list[str]


class Cues(Lexicon):
    """Words around a number of people that tell whether they are an audience."""

    attending: frozenset[str]
    attending_pairs: frozenset[frozenset[str]]
    rounding: list[str]
    earlier: list[str]
    limits: list[str]
    standing: frozenset[str]
    sizes: frozenset[str]
    units: tuple[str, ...]
    rates: list[str]
    labels: frozenset[str]
    verbs: list[str]
    announcing: list[str]


class AttendanceLexicon(Lexicon):
    """Schema of ``attendance.toml``."""

    people: PeopleNouns
    cues: Cues


@lru_cache(maxsize=1)
def attendance_lexicon() -> AttendanceLexicon:
    """Load the lexicon of attendance."""
    loaded: AttendanceLexicon = load_lexicon("attendance", AttendanceLexicon)
    return loaded


@lru_cache(maxsize=1)
def _nouns() -> dict[str, list[tuple[str, PeopleKind | None]]]:
    """Group the nouns by their last letters, the longest first."""
    people = attendance_lexicon().people
    index: dict[str, list[tuple[str, PeopleKind | None]]] = defaultdict(list)
    groups: tuple[tuple[PeopleKind | None, list[str]], ...] = (
        (None, people.others),
        ("audience", people.audience),
        ("persons", people.persons),
    )
    for kind, nouns in groups:
        for noun in nouns:
            for form in {noun, fold(noun)}:
                index[form[-_KEY_LENGTH:]].append((form, kind))
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return dict(index)


@lru_cache(maxsize=8192)
def people_noun(word: str) -> PeopleKind | None:
    """Classify a noun: its people are an audience, or persons of any kind; None for other nouns.

    Feminine and gendered plurals ("Besucher*innen", "PlanerInnen") go by their masculine stem; participles
    and adjectives as nouns ("Promovierende", "Einheimische") are persons.
    """
    lower = word.lower()
    feminine = _FEMININE.fullmatch(word)
    if feminine is not None:
        stem = feminine[1].lower().rstrip("_")
        return None if stem in _NO_FEMININE else (_listed(stem) or "persons")
    participle = _PARTICIPLE.fullmatch(word) and not lower.rstrip("n").endswith(_NO_PARTICIPLE)
    return _listed(lower) or ("persons" if participle or _ADJECTIVE.fullmatch(word) else None)


def _listed(lower: str) -> PeopleKind | None:
    for form, kind in _nouns().get(lower[-_KEY_LENGTH:], ()):
        if lower.endswith(form):
            return kind if form != "tn" or lower == form else None
    return None


def is_people_noun(word: str) -> bool:
    """Tell whether a word is a plural noun for people."""
    return people_noun(word) is not None
