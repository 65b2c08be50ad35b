"""Nouns that people are invited to, that somebody organises, that are counted: "lädt zur Stunksitzung ein"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from extractor.pipes.clauses import clauses_of
from extractor.pipes.event_heads import Gender, lexicon
from extractor.pipes.inflection import gender_of
from extractor.pipes.numbers import ordinal

REACH = 260
"""How far from its verb, in characters, the noun may stand."""
QUOTED = r"[„»\"“«](?P<title>[A-ZÄÖÜ][^“”\"«»\n]{3,60})[“”\"«»]"
ADJECTIVES = re.compile(r"(?:(?:\d{1,3}\.|[\w-]{3,30}(?:e|en|er|es|em|te|ten)) ){0,3}")
_TO = re.compile(
    r"\b[Zz]u(?P<end>m|r| (?:ein|unser|ihr|sein|dies)e[mr])"
    rf" (?P<phrase>(?:[\w.-]+ ){{0,3}}?)(?:(?P<noun>[A-ZÄÖÜ][\w-]{{3,40}})\b|{QUOTED})"
)
_NUMBER = r"(?:\d{1,3}\.|[a-zäöü]{2,24}te[nrs]?)"
_COUNTED = re.compile(
    rf"\b(?:[Dd]as|[Zz]um|[Bb]eim|[Uu]nser|[Ii]hr|[Ee]in|[Ii]m|[Ss]ein) (?P<ordinal>{_NUMBER})"
    r" (?P<phrase>(?:[A-ZÄÖÜ]?[a-zäöüß-]{3,24}(?:es|e|en|er) ){0,2})(?P<noun>[A-ZÄÖÜ][\w-]{2,30}(?:en|ern|eln))\b"
)
"""A verb as a noun that is counted: "das sechste Historische Dreschen"."""
_NEXT_QUOTED = re.compile(
    rf"\b(?:(?:[Nn]ächste|[Kk]ommende)[nrsm]?|(?:[Dd]er|[Dd]ie|[Dd]as|[Zz]um|[Bb]eim|[Zz]ur) {_NUMBER}) {QUOTED}"
)
_COUNTED_LINE = re.compile(
    r"(?:^|\n)\W{0,3}(?P<ordinal>\d{1,3}\.) (?P<phrase>(?:[A-ZÄÖÜ][\wäöüß-]{2,24}(?:es|e|er) ){0,2})"
    r"(?P<noun>[A-ZÄÖÜ][\wäöüß-]{3,40})"
    r"(?=\s*\n| (?:in|im|am|auf|an|der|des|bei|beim|von|vom|mit|für|zu|zum|zur|und|[„»\"–]))"
    r"(?=[^\n]{0,70}[^.,;:\n] *(?:\n|$))"
)
"""A title that counts what it names: "12. Kürbisspektakel auf dem Gutshof"."""

Frame = Literal["subject", "invited", "object", "counted", "titled"]


class FrameNoun(NamedTuple):
    """The noun ``text[start:end]`` that a frame makes an event, or with ``quoted`` the title.

    ``described``: the text says more of it; ``ordinal`` counts its editions.
    """

    start: int
    end: int
    gender: Gender
    frame: Frame
    described: bool = False
    quoted: bool = False
    ordinal: int | None = None


@lru_cache(maxsize=1)
def people_do() -> re.Pattern[str]:
    """What people do at an event: "zur Eröffnung kamen 120 Gäste"."""
    return re.compile(rf"\b(?:{'|'.join(lexicon().frames.people_do)})\b")


@lru_cache(maxsize=1)
def _invites() -> re.Pattern[str]:
    frames = lexicon().frames
    in_either_case = (f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in frames.inviting)
    return re.compile(rf"\b(?:{'|'.join([*in_either_case, *frames.inviting_as_written])})\b")


@lru_cache(maxsize=1)
def _description() -> re.Pattern[str]:
    return re.compile(rf" (?:{'|'.join(lexicon().frames.descriptions)})")


def invited(text: str) -> Iterator[FrameNoun]:
    """What "zum" or "zur" names in a clause of inviting and meeting."""
    clauses = clauses_of(text)
    for verb in _invites().finditer(text):
        left, right = clauses.around(verb.start())
        left, right = max(left, verb.start() - REACH), min(right, verb.end() + REACH)
        if verb[0].lower() == "einladung":
            left, right = verb.start(), min(right, verb.end() + 60)
        for match in _TO.finditer(text, left, right):
            if ADJECTIVES.fullmatch(match["phrase"]) and not _is_quoted(text, left, match.start()):
                gender: Gender = "f" if match["end"].endswith("r") else "n"
                if match["title"]:
                    yield FrameNoun(match.start("title"), match.end("title"), gender, "invited", quoted=True)
                    break
                if gender == "n" and gender_of(match["noun"]) == "m":
                    gender = "m"
                described = bool(match["phrase"]) or _description().match(text, match.end()) is not None
                yield FrameNoun(match.start("noun"), match.end("noun"), gender, "invited", described)
                break


def _is_quoted(text: str, left: int, position: int) -> bool:
    """Whether a quotation that opens behind ``left`` is still open: "Das Motto „Mut zur Lücke“ lud ein"."""
    return text.count("„", left, position) > text.count("“", left, position) or (
        text.count("»", left, position) > text.count("«", left, position)
    )


@lru_cache(maxsize=1)
def _rounds() -> re.Pattern[str]:
    """A name in quotation marks whose editions are counted: "„Hafen trifft Hörsaal“ geht in die dritte Runde"."""
    return re.compile(
        rf"{QUOTED}[^.;!?\n]{{0,40}}? in (?:die|ihre|seine|der|eine) (?P<ordinal>{_NUMBER})"
        rf" (?:{'|'.join(lexicon().frames.editions)})\b"
    )


def counted(text: str, list_numbers: frozenset[int]) -> Iterator[FrameNoun]:
    """What is counted: a verb as a noun, or what a title names."""
    uncounted = lexicon().frames.no_counted_end
    for match in (*_COUNTED.finditer(text), *_COUNTED_LINE.finditer(text)):
        value, noun = ordinal(match["ordinal"]), match["noun"]
        if value is None or noun.lower().endswith(uncounted):
            continue
        if match.re is _COUNTED_LINE and (value + 1 in list_numbers or value - 1 in list_numbers):
            continue
        gender: Gender = "n" if match.re is _COUNTED or noun.endswith(("en", "ern", "eln")) else gender_of(noun) or "m"
        yield FrameNoun(match.start("noun"), match.end("noun"), gender, "counted")


def quoted_next(text: str) -> Iterator[FrameNoun]:
    """A name in quotation marks that says which of several it is: "Der nächste „Treffpunkt Ausbildung“"."""
    for match in _rounds().finditer(text):
        number = ordinal(match["ordinal"])
        yield FrameNoun(match.start("title"), match.end("title"), "m", "counted", quoted=True, ordinal=number)
    for match in _NEXT_QUOTED.finditer(text):
        yield FrameNoun(match.start("title"), match.end("title"), "m", "counted", quoted=True)


@lru_cache(maxsize=1)
def _organises() -> re.Pattern[str]:
    """A verb of organising and its object: "veranstaltet am Sonntag ein Seifenkistenderby"."""
    return re.compile(
        rf"\b(?:{'|'.join(lexicon().frames.organising)})\b"
        r"(?P<between>(?: (?!eine?n?\b)[^\s.;!?]+){0,9}?)"
        r" (?P<determiner>einen|eine|ein)"
        r" (?P<phrase>(?:[\w.-]+ ){0,3}?)(?P<noun>[A-ZÄÖÜ][\w-]{3,40})\b"
    )


def objects(text: str) -> Iterator[FrameNoun]:
    """What somebody organises."""
    for match in _organises().finditer(text):
        last = match["between"].rpartition(" ")[2]
        if last.lower() in lexicon().frames.prepositions or not ADJECTIVES.fullmatch(match["phrase"]):
            continue
        determiner = match["determiner"]
        gender: Gender = "m" if determiner.endswith("en") else "n" if determiner == "ein" else "f"
        yield FrameNoun(match.start("noun"), match.end("noun"), gender, "object")
