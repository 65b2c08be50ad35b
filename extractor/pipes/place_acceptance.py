"""Whether a name is a place where it stands: the more of a word a name is, the more its position must say."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.pipes.place_names import Named, Words, places_lexicon
from extractor.pipes.place_positions import CUED, SURE, Context, Position
from extractor.resources.gazetteer import Entry, Match, load_gazetteer

LARGE, MIDDLE = 100_000, 20_000
"""Inhabitants from which on a name is known without a cue, alone or after another capitalised word."""
_SMALL, _VILLAGE, _HAMLET = 9_000, 2_000, 3_000
_LONG_NAME = 8
_OWNED = re.compile(r" (?:[a-zäöüß]+ )?[A-ZÄÖÜ]")
_PAIR = re.compile(r" (?:und|oder) ([A-ZÄÖÜ][\w-]+)")
_BY_RIVER = {
    True: re.compile(r"\b[Aa]m\s$"),
    False: re.compile(
        r"\b(?:[Aa]n|[Ee]ntlang|über|beiderseits|längs|oberhalb|unterhalb|jenseits|links|rechts) (?:der|die)\s$"
    ),
}
_INTO_RIVER = re.compile(r"\b(?:in|mit) (?:der|die)\s$")
_RIVER_POSITIONS = frozenset(
    [Position.ARTICLE, Position.LISTED, Position.CUED, Position.SURE, Position.BARE, Position.ALONE]
)


@lru_cache(maxsize=65536)
def head_of(word: str) -> str | None:
    """Return the first word of names that a word is (see ``Gazetteer.head``)."""
    return load_gazetteer().head(word)


@lru_cache(maxsize=16384)
def people_of(entries: tuple[Entry, ...]) -> int:
    """Return how many people live in the largest place that a name can mean."""
    return max(entry.population for entry in entries)


@lru_cache(maxsize=16384)
def _may_be_division(entries: tuple[Entry, ...]) -> bool:
    """Whether a name can mean a state or district."""
    return any(entry.kind in ("state", "district") for entry in entries)


def accepts(text: str, word: str, match: Match, context: Context, words: Words) -> bool:
    """Say whether a name of the gazetteer is a place in its position."""
    position, people = context.position, people_of(match.entries)
    if _may_be_division(match.entries):
        return position is not Position.NAME or word not in words.common
    if match.rest:
        return word.title() not in ("St", "Sankt") or _may_be_saint_town(text, match, people, context)
    head = head_of(word) or word
    if head in words.common:
        return _accepts_common(text, word, word == head or word.isupper(), match, context, words)
    if word == f"{head}s" and position in (Position.SURE, Position.CUED) and not _OWNED.match(text, match.end):
        return False
    if position in CUED:
        return position is not Position.PART or people >= _HAMLET or len(word) >= _LONG_NAME
    if position is Position.ARTICLE:
        quarter = word.endswith(("stadt", "viertel")) and match.entries[0].kind == "locality"
        behind_plural = context.before.endswith("en") and people >= LARGE and head not in words.doubtful
        return quarter or behind_plural or head in words.articled
    if head in words.doubtful:
        return False
    if position is Position.BARE:
        return people >= (_VILLAGE if len(word) >= _LONG_NAME else MIDDLE) and len(word) > 3
    if position is Position.NAME and word == f"{head}s":
        return people >= MIDDLE
    return position is Position.NAME and people >= LARGE


def _may_be_saint_town(text: str, match: Match, people: int, context: Context) -> bool:
    """Whether a saint's name is a town's and no church's: "Stadtarchiv St. Pölten", but not "Kita St. Martin"."""
    lexicon = places_lexicon()
    if text.endswith(lexicon.church_forms, 0, match.end) and people < _SMALL:
        return False
    if context.position in (Position.PART, Position.NAME, Position.ALONE, Position.TITLE):
        parish = context.before.lower().endswith(lexicon.parishes)
        return not parish and (people >= MIDDLE or context.position is Position.TITLE)
    return True


def _accepts_common(text: str, word: str, nominative: bool, match: Match, context: Context, words: Words) -> bool:
    position = context.position
    if position in (Position.TITLE, Position.POSTCODE):
        return True
    people = max((entry.population for entry in match.entries if entry.kind == "municipality"), default=0)
    if not nominative:
        return False
    if position in (Position.DATELINE, Position.SURE) or (
        context.before == "zwischen" and _PAIR.match(text, match.end)
    ):
        if position is Position.SURE and word in words.mass_words:
            return False
        return people >= _SMALL and not _paired_with_word(text, match.end, words)
    if position is Position.LISTED and _PAIR.match(text, match.end):
        return people >= _SMALL and not _paired_with_word(text, match.end, words)
    bracketed = position is Position.ALONE and context.before == "(" and text.startswith(")", match.end)
    cued = bracketed or position in (Position.CUED, Position.LISTED, Position.PART)
    return cued and people >= LARGE and not text.startswith(" und ", match.end)


def _paired_with_word(text: str, end: int, words: Words) -> bool:
    """Whether a pair of words follows: "(nach) Essen und Trinken", but not "(in) Norden und Aurich"."""
    pair = _PAIR.match(text, end)
    return pair is not None and (head_of(pair[1]) is None or pair[1] in words.common)


def accepts_named(text: str, start: int, named: Named, context: Context, match: Match | None, words: Words) -> bool:
    """Say whether a country, region or river is meant; ``match`` is a town of the same name."""
    if context.position is Position.NEVER:
        return False
    if named.kind == "river":
        return _is_river(text, start, named, context, match is not None, words)
    if named.kind == "region":
        if named.name in words.common and context.position not in (Position.SURE, Position.LISTED):
            return False
        return match is None or context.position not in SURE or people_of(match.entries) <= LARGE
    return True


def _is_river(text: str, start: int, named: Named, context: Context, town: bool, words: Words) -> bool:
    """Rivers have an article; those whose names are words or towns need "an der", "am" or the like."""
    left = text[max(0, start - 16) : start]
    if _BY_RIVER[named.name in words.masculine_rivers].search(left):
        return True
    if named.name in words.doubtful_rivers:
        return not town and named.name not in words.common and _INTO_RIVER.search(left) is not None
    return context.position in _RIVER_POSITIONS and (not town or context.position is Position.ARTICLE)
