"""Pieces that all rules for organisations share: the phrase under construction, runs of names, legal forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.pipes.names import first_names, is_capitalised, is_town
from extractor.pipes.organisation_lexicon import (
    is_name_adjective,
    is_name_word,
    is_town_adjective,
    legal_form_at,
    organisation_lexicon,
    trigger_of,
)
from extractor.pipes.words import Token, adjacent, text_at

_MOST_NAME = 4
_PARTICIPLE = re.compile(r"^[A-ZÄÖÜ][a-zäöüß]{2,}(?:te|ene|iste|nde|fte|tene)[nrs]?$")


@dataclass(slots=True)
class Phrase:
    """A name under construction: tokens ``[start, end)``, what evidence it has, what it leaves out."""

    start: int
    head: int
    end: int
    named: bool = False
    adjective: bool = False
    truncated: bool = False
    legal: bool = False
    acronym: str | None = None
    left_out: set[int] = field(default_factory=set)


def compose(tokens: Sequence[Token], phrase: Phrase) -> str:
    """Return the phrase's text without what it leaves out."""
    parts: list[str] = []
    previous: Token | None = None
    for index in range(phrase.start, phrase.end):
        token = tokens[index]
        if index in phrase.left_out:
            previous = None
            continue
        if parts and (previous is None or token.start() > previous.end()):
            parts.append(" ")
        parts.append(token[0])
        previous = token
    return "".join(parts)


def legal_end(text: str, tokens: Sequence[Token], index: int) -> int | None:
    """Index after the legal form that begins at a token; None where none does."""
    if index >= len(tokens):
        return None
    match = legal_form_at(text, tokens[index].start())
    if match is None:
        return None
    while index < len(tokens) and tokens[index].start() < match.end():
        index += 1
    return index


def name_run(tokens: Sequence[Token], start: int, most: int = _MOST_NAME) -> int:
    """Index after a run of name words from ``start``, with what towns have inside their names."""
    index = start
    while index < len(tokens) and index - start < most + 3:
        current, following = tokens[index][0], text_at(tokens, index + 1)
        pair = _is_inflected(current) and is_capitalised(following) and not _is_other_body(current, following)
        spa = current == "Bad" and is_town(f"Bad {following}")
        if spa or (pair and index - start < most and adjacent(tokens, index)):
            index += 2
        elif is_name_word(current) and not _person_follows(tokens, index):
            index += 1
        elif index > start and (longer := inside_town(tokens, index)):
            index = longer
        else:
            break
    return index


def _is_inflected(word: str) -> bool:
    """Whether a capitalised word is an adjective of a name, also one that only its ending shows: "Verwaiste Eltern"."""
    if is_name_adjective(word):
        return True
    return _PARTICIPLE.search(word) is not None and is_name_word(word) and word not in first_names()


def _is_other_body(adjective: str, noun: str) -> bool:
    """Whether a noun behind an adjective begins another name; "Stiftung Südtiroler Sparkasse" is one."""
    if noun in organisation_lexicon().words.function_words or noun in organisation_lexicon().words.months_and_days:
        return True
    return trigger_of(noun) is not None and not is_town_adjective(adjective)


def _person_follows(tokens: Sequence[Token], index: int) -> bool:
    """Whether a person's name begins here: a good first name and a capitalised word."""
    return first_names().get(tokens[index][0], False) and is_capitalised(text_at(tokens, index + 1)) and index > 0


def inside_town(tokens: Sequence[Token], index: int) -> int | None:
    """Index after "an der Orla", "(Oder)", "in Holstein", "St. Ingbert" within a town's name."""
    words = organisation_lexicon().words
    a, b, c = text_at(tokens, index), text_at(tokens, index + 1), text_at(tokens, index + 2)
    if a == "(" and b in words.bracketed and c == ")":
        return index + 3
    if a in ("am", "im", "bei", "ob") and is_name_word(b):
        return index + 2
    if a == "in" and b in words.in_regions:
        return index + 2
    if a in ("an", "ob", "vor") and b in ("der", "dem") and (is_name_word(c) or c == "Höhe"):
        return index + 3
    return None
