"""The lexicon of persons, and what a single word says about one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from extractor.lang.lexicon import Lexicon, load_lexicon
from extractor.pipes.names import first_names, is_capitalised, is_known_noun
from extractor.pipes.organisation_lexicon import organisation_lexicon, trigger_of

Cue = Literal["title", "address", "office", "function", "first", "weak"]

_SHORTEST_FEMININE = 7


class Offices(Lexicon):
    """Offices that may stand before a bare surname."""

    words: frozenset[str]
    suffixes: tuple[str, ...]


class Functions(Lexicon):
    """Functions and professions that stand before or after a full name."""

    words: frozenset[str]
    suffixes: tuple[str, ...]
    feminine: tuple[str, ...]
    attributes: frozenset[str]


class PersonWords(Lexicon):
    """Words around names, and words that are none."""

    speech: frozenset[str]
    authorship: frozenset[str]
    no_surname: frozenset[str]
    named_after: tuple[str, ...]
    roll_calls: frozenset[str]


class PersonLexicon(Lexicon):
    """Schema of ``persons.toml``."""

    titles: tuple[str, ...]
    address: frozenset[str]
    particles: frozenset[str]
    offices: Offices
    functions: Functions
    words: PersonWords


@lru_cache(maxsize=1)
def person_lexicon() -> PersonLexicon:
    """Return the lexicon, loaded once."""
    lexicon: PersonLexicon = load_lexicon("persons", PersonLexicon)
    return lexicon


@lru_cache(maxsize=1)
def titles() -> re.Pattern[str]:
    """Academic titles at a position, as many as there are."""
    return re.compile(rf"(?:(?:{'|'.join(person_lexicon().titles)})(?!\w) ?){{1,7}}")


@lru_cache(maxsize=1)
def _title_words() -> frozenset[str]:
    """The words that a title can begin with."""
    return frozenset(
        (
            "Univ",
            "Prof",
            "Professor",
            "Professorin",
            "Dr",
            "Drs",
            "Dipl",
            "Mag",
            "PD",
            "Priv",
            "Doz",
            "DI",
            "Ing",
            "MMag",
            "DDr",
            "Lic",
        )
    )


@lru_cache(maxsize=1 << 15)
def cue_of(word: str) -> Cue | None:
    """What a capitalised word says about a person; None for most words."""
    lexicon = person_lexicon()
    if word in lexicon.address:
        return "address"
    if word in _title_words() or word.startswith(("Dr.-", "Dipl.-", "Univ.-")):
        return "title"
    lower = word.lower()
    if word in lexicon.offices.words or (len(word) > 4 and lower.endswith(lexicon.offices.suffixes)):
        return "office"
    if word in lexicon.functions.words or is_function(lower):
        return "function"
    return _first_name(word)


def is_function(lower: str) -> bool:
    """Whether a word in lower case ends like the name of a function or profession."""
    functions = person_lexicon().functions
    return lower.endswith(functions.suffixes) or (
        len(lower) >= _SHORTEST_FEMININE and lower.endswith(functions.feminine)
    )


def _first_name(word: str) -> Cue | None:
    """Whether a word is a first name, also a double one: "Anna-Lena"."""
    names = first_names()
    strong = names.get(word)
    if strong is None and "-" in word:
        parts = word.split("-")
        strong = all(names.get(part) is not None for part in parts) or None
    return None if strong is None else "first" if strong else "weak"


@lru_cache(maxsize=1 << 14)
def may_be_surname(word: str, noun: bool = False) -> bool:
    """Whether a word can be a surname: capitalised, no function word, no organisation's head.

    A common noun ("Weise") only where ``noun`` says that the context is good enough.
    """
    words = organisation_lexicon().words
    return (
        is_capitalised(word)
        and not word.endswith("-")
        and any(character.islower() for character in word)
        and word not in words.function_words
        and word not in words.months_and_days
        and word not in person_lexicon().words.no_surname
        and (noun or not is_known_noun(word))
        and not _is_body(word)
        and not any(part.isupper() and len(part) > 1 for part in word.split("-"))
        and not any(character.isdigit() for character in word)
        and not word.lower().endswith(("straße", "strasse", "platz", "gasse", "schule", "stiftung", "gymnasium"))
    )


def _is_body(word: str) -> bool:
    """Whether a word stands for an organisation; companies called after their founders are surnames, too ("Bosch")."""
    trigger = trigger_of(word)
    return trigger is not None and not (trigger.role == "known" and trigger.kind == "company")
