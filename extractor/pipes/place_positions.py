"""Where a name stands in a text, and what that says about its being a place."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from extractor.pipes.place_names import Words

_WINDOW = 48
_BEFORE = re.compile(r"([^\W_][\w.-]*|[,;/(„\"»«|·–—:>+•*-])( ?)$")
_NUMBER = re.compile(r"(?:[A-Z]{1,2}-)?([0-9]+)")
_POSTCODE_LENGTHS = (4, 5)
_DATELINE = re.compile(
    r",? ?(?:den |am |im )?(?:\d{1,2}\. ?(?:\d{1,2}\.|[A-ZÄ][a-zä]{2,8})|(?:Mo|Di|Mi|Do|Fr|Sa|So)\w{0,8},? \d)|"
    r"(?:/[A-ZÄÖÜ]\w{1,20})? ?(?:\((?:dpa|ots|pm|epd|kna|red|lr|\w{2,6})\)|[–—-] [A-ZÄÖÜ„»])"
)
_DATELINE_STOP = re.compile(r"(?:/[A-ZÄÖÜ][\w ]{1,20})?\. [A-ZÄÖÜ„»\"]")
_RUNNING_TEXT = re.compile(r" (?:[A-ZÄÖÜ][a-zäöüß]|[a-zäöüß„])[a-zäöüß]* [\wäöü„]{2,}(?: [\wäöü]+){2}")
"""What stands behind a town in capitals that opens an article: "KÖLN Schon eine halbe Stunde vorher"."""
_NEXT_WORD = re.compile(r" ([A-ZÄÖÜ][\w-]*)")
_ARTICLE = re.compile(r"d(?:er|ie|as|en|em|es)|ein(?:e[nmr]?)?|[ia]m|vom|zu[mr]|beim|ins|ans|aufs")
_ADJECTIVE = re.compile(r"[a-zäöüß]{3,40}(?:en|er|es|em|e)$")
_NO_ADJECTIVES = frozenset(["heute", "gestern", "morgen", "sowie", "waren", "werden", "wurden", "haben", "hatten"])
_LIST_WORDS = frozenset(["und", "oder", "sowie", "bzw."])
_BETWEEN = frozenset([",", "/", "–", "-", "und", "oder", "sowie", "bis", "|", "·", "&", "nach"])


class Position(Enum):
    """How much a position says, strongest first; the value is part of the rule's id."""

    SURE = "position"
    TITLE = "title"
    POSTCODE = "postcode"
    DATELINE = "dateline"
    CUED = "preposition"
    LISTED = "list"
    PART = "part"
    ALONE = "alone"
    BARE = "bare"
    ARTICLE = "article"
    NAME = "name"
    NEVER = "never"


SURE = frozenset([Position.SURE, Position.TITLE, Position.POSTCODE, Position.DATELINE])
CUED = SURE | frozenset([Position.CUED, Position.LISTED, Position.PART, Position.ALONE])


class Context(NamedTuple):
    """A position, the word or sign before, and a postcode before, if there is one."""

    position: Position
    before: str
    postcode: str = ""


def context_of(text: str, start: int, end: int, words: Words, previous_end: int) -> Context:
    """Say where ``text[start:end]`` stands; ``previous_end`` is where the place before it ends."""
    if _never(text, start, end, words):
        return Context(Position.NEVER, "")
    left = text[max(text.rfind("\n", max(0, start - _WINDOW), start) + 1, start - _WINDOW, 0) : start]
    if not left.strip("#*>-•· \t„\"»'"):
        return Context(_first_in_line(text, start, end), "")
    before = _BEFORE.search(left, left.rfind(" ", 0, -1) + 1)
    if before is None:
        return Context(Position.BARE, "")
    word = before[1]
    if word[-1].isdigit() and (number := _NUMBER.fullmatch(word)):
        postcode = number[1] if len(number[1]) in _POSTCODE_LENGTHS else ""
        return Context(Position.POSTCODE if postcode else Position.BARE, word, postcode)
    if 0 <= previous_end < start <= previous_end + 7 and text[previous_end:start].strip() in _BETWEEN:
        return Context(Position.LISTED, word)
    if not word[0].isalnum():
        return Context(_after_sign(text, end, word), word)
    if word[0].islower():
        return Context(_after_lower_case(word, words), word)
    return Context(_after_capital(word, before[2], words), word)


def _never(text: str, start: int, end: int, words: Words) -> bool:
    """Whether a name is part of a word, of a compound ("Berlin- und ...") or of a street's name."""
    if start and (text[start - 1].isalnum() or text[start - 1] in "-_@#&"):
        return True
    following = text[end : end + 1]
    if following.isalnum() or following in ("_", "@") or following == "-":
        return True
    next_word = _NEXT_WORD.match(text, end)
    return next_word is not None and next_word[1].startswith(words.not_before)


def _first_in_line(text: str, start: int, end: int) -> Position:
    capitals = text[start:end].isupper() and _RUNNING_TEXT.match(text, end)
    if capitals or _DATELINE.match(text, end) or _DATELINE_STOP.match(text, end):
        return Position.DATELINE
    following = text[end : end + 3]
    if following[:1] in ("\n", "", "|", ":") or following in (" | ", " · "):
        return Position.ALONE
    return Position.NAME if _NEXT_WORD.match(text, end) else Position.BARE


def _after_sign(text: str, end: int, sign: str) -> Position:
    """After a comma, a bracket, a dash, a cell's bar: alone there, or the start of a phrase."""
    following = text[end : end + 2]
    alone = following[:1] in ("\n", "", ")", "|", ",", ";", "·", "]", ".") or following in (" |", " (", " ·", " –")
    dateline = _DATELINE.match(text, end)
    if sign in ",(/|·–—-;:" and alone:
        return Position.DATELINE if sign in ",(|" and dateline else Position.ALONE
    if sign in "·|–—:" and dateline:
        return Position.DATELINE
    return Position.NAME if _NEXT_WORD.match(text, end) else Position.BARE


def _after_lower_case(word: str, words: Words) -> Position:
    if word in words.sure_prepositions:
        return Position.SURE
    if word in words.saying:
        return Position.NAME
    if word in words.prepositions and word not in _LIST_WORDS:
        return Position.CUED
    if _ARTICLE.fullmatch(word) or (word not in _NO_ADJECTIVES and _ADJECTIVE.fullmatch(word)):
        return Position.ARTICLE
    return Position.BARE


def _after_capital(word: str, blank: str, words: Words) -> Position:
    bare, lower = word.rstrip("."), word.rstrip(".").lower()
    if not blank or bare in words.person_titles:
        return Position.NEVER
    if word.endswith("."):
        return Position.BARE
    if bare in words.titles or bare.endswith(
        ("stadt", "gemeinde", "gemeinden", "städte", "städten", "dörfer", "dörfern", "orte", "orten")
    ):
        return Position.TITLE
    if lower in words.prepositions or _ARTICLE.fullmatch(lower):
        return _after_lower_case(lower, words)
    return Position.PART if lower.endswith(words.bearer_ends) else Position.NAME
