"""Nouns for people in the plural, gendered in any spelling: who may be counted as an audience."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import Literal

from extractor.pipes.attendance_lexicon import attendance_lexicon
from extractor.pipes.numbers import fold

PeopleKind = Literal["audience", "persons", "residents"]

_KEY_LENGTH = 2
_FEMININE = re.compile(r"(\w{3,})[:*/_(’']?-?[iI]nnen\)?")
_PARTICIPLE = re.compile(r"[A-ZÄÖÜ][a-zäöüß]{2,40}(?:e|el|er)nden?")
_ADJECTIVE = re.compile(r"[A-ZÄÖÜ][a-zäöüß]{2,40}(?:[^nm]ig|isch|lich|los|iert|bar|sam|(?<!sc)haft)en?")


@lru_cache(maxsize=1)
def _nouns() -> dict[str, list[tuple[str, PeopleKind | None]]]:
    """Group the nouns by their last letters, the longest first."""
    people = attendance_lexicon().people
    index: dict[str, list[tuple[str, PeopleKind | None]]] = defaultdict(list)
    groups: tuple[tuple[PeopleKind | None, list[str]], ...] = (
        (None, people.others),
        ("audience", people.audience),
        ("persons", people.persons),
        ("residents", people.residents),
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
    lower, nouns = word.lower(), attendance_lexicon().people
    feminine = _FEMININE.fullmatch(word)
    if feminine is not None:
        stem = feminine[1].lower().rstrip("_")
        return None if stem in nouns.no_feminines else (_listed(stem) or "persons")
    participle = _PARTICIPLE.fullmatch(word) and not lower.rstrip("n").endswith(nouns.no_participles)
    return _listed(lower) or ("persons" if participle or _ADJECTIVE.fullmatch(word) else None)


def _listed(lower: str) -> PeopleKind | None:
    for form, kind in _nouns().get(lower[-_KEY_LENGTH:], ()):
        if lower.endswith(form):
            return kind if form != "tn" or lower == form else None
    return None


def is_people_noun(word: str) -> bool:
    """Tell whether a word is a plural noun for people."""
    return people_noun(word) is not None
