"""The lexicon of attendance: nouns for people, and the words around a number of them."""

from __future__ import annotations

from functools import lru_cache

from extractor.lang.lexicon import Lexicon, load_lexicon


class PeopleNouns(Lexicon):
    """Plural nouns for people, lower case; see ``attendance.toml``."""

    audience: list[str]
    persons: list[str]
    residents: list[str]
    others: list[str]
    no_participles: tuple[str, ...]
    no_feminines: frozenset[str]


class Cues(Lexicon):
    """Words around a number of people that tell whether they are an audience."""

    attending: frozenset[str]
    coming: frozenset[str]
    expecting: list[str]
    bare_verbs: list[str]
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
    unsure_attending: frozenset[str]
    reflexive: frozenset[str]
    number_nouns: frozenset[str]
    amounting: list[str]
    lower_labels: list[str]
    present: list[str]
    registered: list[str]
    registrations: frozenset[str]
    pronouns: frozenset[str]
    there: list[str]
    openings: frozenset[str]
    presents: list[str]
    adverbials: list[str]
    adverbial_stems: list[str]
    adverbs: list[str]


class AttendanceLexicon(Lexicon):
    """Schema of ``attendance.toml``."""

    people: PeopleNouns
    cues: Cues


@lru_cache(maxsize=1)
def attendance_lexicon() -> AttendanceLexicon:
    """Load the lexicon of attendance."""
    loaded: AttendanceLexicon = load_lexicon("attendance", AttendanceLexicon)
    return loaded
