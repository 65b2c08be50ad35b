"""What stands before an event noun: ordinal, determiner, adjectives."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from extractor.pipes.event_heads import Gender, lexicon, title_case
from extractor.pipes.numbers import cardinal_word, ordinal

Determiner = Literal["none", "definite", "indefinite", "kind", "count"]

_REACH, _MOST_WORDS = 80, 6
_MOST_ADJECTIVES = 2
_ADJECTIVE = re.compile(r"[a-zäöüß][\wäöüß-]{2,}(?:e|en|er|es|em)")
_CAPITAL_ADJECTIVE = re.compile(r"([A-ZÄÖÜ][\wäöüß-]{2,}?)(e|en|er|es|em)")
_FIGURE_ORDINAL = re.compile(r"(\d{1,3})\.")
_DAY = re.compile(r"\W{0,2}\d{1,2}\.")
"""A day before the figure of its month: "5. 11. Vortrag"."""
_ENDINGS = re.compile(r"(?:e|en|er|es|em)$")
_STRONG_ENDING: dict[Gender, str] = {"m": "er", "f": "e", "n": "es", "p": "e"}


class Modifiers(NamedTuple):
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


class _Word(NamedTuple):
    """What a word before a noun may be, whatever stands around it; ``bare`` is it in lower case, unquoted.

    A word all in capitals is taken as in title case; ``shouted`` tells that it was so written.

    ``opens`` is the length of the brackets and quotation marks before an ordinal, ``figures`` says
    that it is written in figures; ``capital`` is an adjective in capitals, parted into stem and ending.
    """

    bare: str
    determiner: Determiner | None
    ordinal: int | None
    opens: int
    figures: bool
    sequence: bool
    capital: tuple[str, str] | None
    adjective: bool
    shouted: bool


def modifiers_before(text: str, noun: int, gender: Gender, list_numbers: frozenset[int]) -> Modifiers:
    """Read the words before the noun at ``noun``, from right to left, up to its determiner.

    ``list_numbers`` are those that begin a line: "1." before a noun is then a list's number.
    """
    found = Modifiers(noun)
    left = max(text.rfind("\n", max(noun - _REACH, 0), noun) + 1, noun - _REACH, 0)
    following = noun
    for _ in range(_MOST_WORDS):
        stop = following - 1
        if stop <= left or text[stop] != " ":
            break
        start = max(text.rfind(" ", left, stop) + 1, left)
        step = _step(text, start, stop, found, gender, list_numbers)
        if step is None:
            break
        found, following = step, start
        if found.determiner != "none":
            break
    return found._replace(first=True) if _at_line_start(text, found.start) else found


def _step(
    text: str, start: int, stop: int, found: Modifiers, gender: Gender, list_numbers: frozenset[int]
) -> Modifiers | None:
    """Take in one more word; None where the phrase ends."""
    word = _word(text[start:stop])
    if word is None:
        return None
    determiner, bare = word.determiner, word.bare
    if determiner is not None and not (determiner == "count" and found.ordinal is not None):
        if determiner == "count" and bare.isdigit() and _at_line_start(text, start):
            return None
        singular = bare in lexicon().context.singular
        return found._replace(determiner=determiner, singular=singular, oblique=singular or bare == "zur")
    value = word.ordinal if found.ordinal is None else None
    if value is not None and not (word.figures and _is_other_number(text, start, value, list_numbers)):
        return found._replace(ordinal=value, start=start + word.opens)
    if word.sequence:
        return found._replace(sequence=True)
    if word.capital is not None and not found.singled_out:
        name = _name_adjective(text, start, word, gender)
        if name:
            return found._replace(adjectives=f"{name} {found.adjectives}".rstrip(), start=start)
    return found if word.adjective else None


@lru_cache(maxsize=4096)
def _word(written: str) -> _Word | None:
    """Analyse a word before a noun; None for a mark, or a word that modifies no noun."""
    lower = written.lower()
    bare = lower.lstrip("(„“\"»«‚'–-*•[")
    if not bare:
        return None
    inner = written.lstrip('(„»"')
    shouted = len(written) > 1 and written.isupper()
    spelled = title_case(written) if shouted else written
    capital = None if spelled in lexicon().context.not_adjectives else _CAPITAL_ADJECTIVE.fullmatch(spelled)
    word = _Word(
        bare=bare,
        determiner=_determiner(bare),
        ordinal=ordinal(inner) if inner else None,
        opens=len(written) - len(inner),
        figures=_FIGURE_ORDINAL.fullmatch(inner) is not None,
        sequence=_ENDINGS.sub("", bare) in lexicon().context.sequence,
        capital=(capital[1], capital[2]) if capital else None,
        adjective=_ADJECTIVE.fullmatch(written) is not None,
        shouted=shouted,
    )
    return word if any((word.determiner, word.ordinal, word.sequence, word.capital, word.adjective)) else None


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


def _is_other_number(text: str, start: int, value: int, list_numbers: frozenset[int]) -> bool:
    """Whether "5." at ``start`` is a list's number or the end of another phrase ("Raum 5.")."""
    if _at_line_start(text, start) and (value + 1 in list_numbers or value - 1 in list_numbers):
        return True
    before = text[max(start - 12, 0) : start].rsplit(maxsplit=1)
    if before and _DAY.fullmatch(before[-1]):
        return True
    return bool(before) and before[-1].lower() in lexicon().context.numbered


def _name_adjective(text: str, start: int, word: _Word, gender: Gender) -> str | None:
    """An adjective that is part of a name ("Norddeutsche", "Internationalen"), nominative."""
    stem, ending = word.capital or ("", "")
    lower, context = stem.lower(), lexicon().context
    if lower in context.sequence:
        return None
    if lower.endswith(context.name_adjectives):
        return stem + _STRONG_ENDING[gender]
    after_ordinal = _follows_ordinal(text, start)
    if ending == "er":
        return stem + ending if len(stem) > 2 and (after_ordinal or _is_town_adjective(text, start, word)) else None
    return stem + _STRONG_ENDING[gender] if after_ordinal and gender != "p" else None


def _follows_ordinal(text: str, start: int) -> bool:
    """Whether an ordinal stands before ``start``, one more capitalised adjective between at most."""
    left = max(text.rfind("\n", max(start - _REACH, 0), start) + 1, start - _REACH, 0)
    for written in reversed(text[left:start].split()[-_MOST_ADJECTIVES:]):
        word = _word(written)
        if word is None or (word.ordinal is None and word.capital is None):
            return False
        if word.ordinal is not None:
            return True
    return False


def _is_town_adjective(text: str, start: int, word: _Word) -> bool:
    """Whether "Bremer", "Hallenser" and the like stand inside a sentence, where only names are capitalised.

    Among capitals they stand after a determiner or an adjective of a name.
    """
    if not word.shouted:
        before = text[max(start - 2, 0) : start]
        return before[-1:] == " " and before[:1] not in ".!?:"
    left = max(text.rfind("\n", max(start - _REACH, 0), start) + 1, start - _REACH, 0)
    words = text[left:start].split()
    previous = _word(words[-1]) if words else None
    if previous is None:
        return False
    stem = previous.capital[0].lower() if previous.capital else ""
    return previous.determiner is not None or stem.endswith(lexicon().context.name_adjectives)


def _at_line_start(text: str, position: int) -> bool:
    """Whether only a bullet or a mark stands between the line's start and ``position``."""
    left = max(position - 6, 0)
    before = text[left:position]
    line = before.rpartition("\n")
    if not line[1] and left > 0:
        return False
    return not any(character.isalnum() for character in line[2])
