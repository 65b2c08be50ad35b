"""What names are made of: first names, and the nouns that are no names."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from extractor.lang.lexicon import Lexicon, load_lexicon
from extractor.resources.gazetteer import load_gazetteer

_NOUN_IN_UNG = re.compile(r".{2,60}[^jJ]ung$")
_SHORTEST_TAIL, _LONGEST_TAIL, _SHORTEST_FRONT = 4, 14, 3
_SHORTEST_DERIVED = 5
_TOWN = 2000


class NameEndings(Lexicon):
    """Schema of ``names.toml``."""

    derived: tuple[str, ...]
    places: tuple[str, ...]


@lru_cache(maxsize=1)
def _endings() -> NameEndings:
    endings: NameEndings = load_lexicon("names", NameEndings)
    return endings


@lru_cache(maxsize=1)
def first_names() -> dict[str, bool]:
    """First names; the value says whether the name alone is good evidence for a person."""
    lines = files("extractor.resources").joinpath("names", "first_names.txt").read_text("utf-8").split()
    return {line.rstrip("?"): not line.endswith("?") for line in lines}


@lru_cache(maxsize=1)
def _common_nouns() -> frozenset[str]:
    return frozenset(files("extractor.resources").joinpath("names", "common_nouns.txt").read_text("utf-8").split())


@lru_cache(maxsize=1)
def _tails() -> frozenset[str]:
    """Common nouns that a compound can end in, lower case."""
    places = frozenset(_endings().places)
    nouns = (noun.lower() for noun in _common_nouns())
    return frozenset(noun for noun in nouns if _SHORTEST_TAIL <= len(noun) <= _LONGEST_TAIL and noun not in places)


def is_known_noun(word: str) -> bool:
    """Whether a capitalised word stands in the list of common nouns."""
    return word in _common_nouns()


@lru_cache(maxsize=1 << 14)
def is_common_noun(word: str) -> bool:
    """Whether a capitalised word is a common noun: listed, derived, or a compound with one at its end."""
    last, endings = word.rpartition("-")[2], _endings()
    if last in _common_nouns():
        return True
    if len(last) > _SHORTEST_DERIVED and (last.endswith(endings.derived) or _NOUN_IN_UNG.match(last)):
        return True
    lower, tails = last.lower(), _tails()
    if lower.endswith(endings.places):
        return False
    cuts = range(max(_SHORTEST_FRONT, len(lower) - _LONGEST_TAIL), len(lower) - _SHORTEST_TAIL + 1)
    return any(lower[cut:] in tails for cut in cuts) and not load_gazetteer().named(word)


@lru_cache(maxsize=1 << 12)
def is_town(word: str) -> bool:
    """Whether a word is the name of a larger municipality, be it a common noun or not: "Wangen", "Essen"."""
    return any(entry.kind == "municipality" and entry.population >= _TOWN for entry in load_gazetteer().named(word))


def is_place(word: str) -> bool:
    """Whether a word is the name of any place that the gazetteer has."""
    return bool(load_gazetteer().named(word))


def is_capitalised(word: str) -> bool:
    """Whether a token begins with a capital letter and is more than that letter."""
    return len(word) > 1 and word[0].isupper()
