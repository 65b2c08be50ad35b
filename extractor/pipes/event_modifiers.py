"""What stands before an event noun: ordinal, determiner, adjectives."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from extractor.pipes.event_heads import Gender, lexicon
from extractor.pipes.numbers import cardinal_word, ordinal

Determiner = Literal["none", "definite", "indefinite", "kind", "count"]

_REACH, _MOST_WORDS = 80, 6
_WORDS_BEFORE = re.compile(r"\S+")
_ADJECTIVE = re.compile(r"[a-zäöüß][\wäöüß-]{2,}(?:e|en|er|es|em)")
_CAPITAL_ADJECTIVE = re.compile(r"([A-ZÄÖÜ][\wäöüß-]{2,}?)(e|en|er|es|em)")
_FIGURE_ORDINAL = re.compile(r"(\d{1,3})\.")
_ENDINGS = re.compile(r"(?:e|en|er|es|em)$")
_SINGULAR = frozenset(
    {
        "des",
        "eines",
        "dieses",
        "unseres",
        "ihres",
        "seines",
        "dem",
        "einem",
        "diesem",
        "unserem",
        "zum",
        "beim",
        "vom",
        "am",
        "im",
    }
)
_OBLIQUE = _SINGULAR | {"zur"}
_NUMBERED = frozenset(
    {"raum", "saal", "platz", "klasse", "kw", "seite", "nummer", "nr.", "tel.", "band", "etage", "top"}
)
_STRONG_ENDING: dict[Gender, str] = {"m": "er", "f": "e", "n": "es", "p": "e"}


@dataclass(frozen=True, slots=True)
class Modifiers:
    """What was read to the left of a noun; ``start`` is where the mention begins.

    ``adjectives`` are those in capitals that belong to the name, nominative. ``singular`` and
    ``oblique`` (no subject, no object) are what the determiner tells.
    """

    start: int
    ordinal: int | None = None
    sequence: bool = False
    determiner: Determiner = "none"
    singular: bool = False
    oblique: bool = False
    adjectives: str = ""
    first: bool = False

    @property
    def singled_out(self) -> bool:
        """Whether the words say which of several events it is."""
        return self.ordinal is not None or self.sequence


def modifiers_before(text: str, noun: int, gender: Gender, list_numbers: frozenset[int]) -> Modifiers:
    """Read the words before the noun at ``noun``, from right to left, up to its determiner.

    ``list_numbers`` are those that begin a line: "1." before a noun is then a list's number.
    """
    found = Modifiers(noun)
    left = max(text.rfind("\n", max(noun - _REACH, 0), noun) + 1, noun - _REACH, 0)
    words = [(match.start(), match.end()) for match in _WORDS_BEFORE.finditer(text, left, noun)]
    following = noun
    for start, stop in words[: -_MOST_WORDS - 1 : -1]:
        if stop + 1 != following:
            break
        step = _step(text, start, stop, found, gender, list_numbers)
        if step is None:
            break
        found, following = step, start
        if found.determiner != "none":
            break
    return replace(found, first=_at_line_start(text, found.start))


def _step(
    text: str, start: int, stop: int, found: Modifiers, gender: Gender, list_numbers: frozenset[int]
) -> Modifiers | None:
    """Take in one more word; None where the phrase ends."""
    word, context = text[start:stop], lexicon().context
    lower = word.lower()
    bare = lower.lstrip("(„“\"»«‚'–-*•[")
    if bare != lower and not bare:
        return None
    determiner = _determiner(bare)
    if determiner is not None and not (determiner == "count" and found.ordinal is not None):
        if determiner == "count" and _at_line_start(text, start) and bare.isdigit():
            return None
        return replace(found, determiner=determiner, singular=bare in _SINGULAR, oblique=bare in _OBLIQUE)
    if found.ordinal is None and (value := _ordinal(text, start, word, list_numbers)) is not None:
        return replace(found, ordinal=value, start=stop - len(word.lstrip('(„»"')))
    if _ENDINGS.sub("", bare) in context.sequence:
        return replace(found, sequence=True)
    if found.ordinal is None and not found.sequence and (name := _name_adjective(text, start, word, gender)):
        return replace(found, adjectives=f"{name} {found.adjectives}".rstrip(), start=start)
    if _ADJECTIVE.fullmatch(word):
        return found
    return None


@lru_cache(maxsize=2048)
def _determiner(word: str) -> Determiner | None:
    context = lexicon().context
    if word in context.definite:
        return "definite"
    if word in context.indefinite:
        return "indefinite"
    if word in context.kind:
        return "kind"
    if word.isdigit() or (cardinal_word(word) or 0) > 1:
        return "count"
    return None


def _ordinal(text: str, start: int, word: str, list_numbers: frozenset[int]) -> int | None:
    """Read an ordinal that is neither a list's number nor the end of another phrase ("Raum 5.")."""
    word = word.lstrip('(„»"')
    if not word:
        return None
    value = ordinal(word)
    if value is None:
        return None
    if _FIGURE_ORDINAL.fullmatch(word):
        if _at_line_start(text, start) and (value + 1 in list_numbers or value - 1 in list_numbers):
            return None
        before = text[max(start - 12, 0) : start].rsplit(maxsplit=1)
        if before and before[-1].lower() in _NUMBERED:
            return None
    return value


def _name_adjective(text: str, start: int, word: str, gender: Gender) -> str | None:
    """An adjective that is part of a name ("Norddeutsche", "Internationalen"), nominative."""
    match = _CAPITAL_ADJECTIVE.fullmatch(word)
    if match is None:
        return None
    stem, ending = match.groups()
    lower = stem.lower()
    if lower in lexicon().context.sequence:
        return None
    if ending == "er" and _is_town_adjective(text, start, stem):
        return word
    if lower.endswith(lexicon().context.name_adjectives):
        return stem + _STRONG_ENDING[gender]
    return None


def _is_town_adjective(text: str, start: int, stem: str) -> bool:
    """Whether "Bremer", "Hallenser" and the like stand inside a sentence, where only names are capitalised."""
    before = text[max(start - 2, 0) : start]
    return len(stem) > 2 and before[-1:] == " " and before[:1] not in ".!?:"


def _at_line_start(text: str, position: int) -> bool:
    """Whether only a bullet or a mark stands between the line's start and ``position``."""
    left = max(position - 6, 0)
    before = text[left:position]
    line = before.rpartition("\n")
    if not line[1] and left > 0:
        return False
    return not any(character.isalnum() for character in line[2])
