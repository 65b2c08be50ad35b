"""The subjects of clauses that say that something takes place or is called off: "Das Gurkenwiegen findet statt"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from extractor.lang.months import month_names
from extractor.pipes.clauses import clauses_of
from extractor.pipes.event_frame_nouns import ADJECTIVES, QUOTED, REACH, FrameNoun
from extractor.pipes.event_heads import lexicon
from extractor.pipes.inflection import gender_of


class _Patterns(NamedTuple):
    """What is looked for in a clause, made from the lexicon.

    ``takes_place`` is the verb or its separated particle, ``opening`` one that opens its sentence, ``moved`` what a
    date that something is moved to begins with ("auf den 4. Mai", not "in die Halle"), or that it was planned.
    """

    takes_place: re.Pattern[str]
    opening: re.Pattern[str]
    finite: re.Pattern[str]
    moved: re.Pattern[str]
    subject: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    frames = lexicon().frames
    dates = "|".join([*month_names(), *frames.dates])
    return _Patterns(
        takes_place=re.compile(rf"\b(?:statt(?=[ .,;:!?)])|aus(?=[.,;!)])|(?:{'|'.join(frames.takes_place)})\b)"),
        opening=re.compile(rf"(?:{'|'.join(frames.opening_participles)})\b"),
        finite=re.compile(rf"\b(?:{'|'.join(frames.finite)})(?= )"),
        moved=re.compile(
            rf"\b(?:(?:auf|um) (?:den |die |einen |eine |das )?(?:\d|{dates})"
            rf"|(?:{'|'.join(frames.planned)})e[nrs]? [A-ZÄÖÜ])"
        ),
        subject=re.compile(
            r"(?:(?P<before>[\wäöüß.,-]+) )?\b(?P<determiner>[Dd]er|[Dd]ie|[Dd]as|Den|[Ee]ine?|[Uu]nsere?|[Dd]iese[rs]?"
            rf"|[Ii]hre?) (?:[^;|\n]{{0,90}}?\b(?:{'|'.join(frames.planned)})e[nrs]? )?"
            rf"(?P<phrase>(?:[\w.-]+ ){{0,3}}?)(?:(?P<noun>[A-ZÄÖÜ][\w-]{{3,40}})\b|{QUOTED})"
        ),
    )


def subjects(text: str, starts: list[int]) -> Iterator[FrameNoun]:
    """The subjects of clauses that say that something takes place or is called off, if they name no known event."""
    patterns, clauses = _patterns(), clauses_of(text)
    for verb in patterns.takes_place.finditer(text):
        left, right = clauses.around(verb.start())
        left, right = max(left, verb.start() - REACH), min(right, verb.end() + REACH)
        left += len(text[left : left + 4]) - len(text[left : left + 4].lstrip())
        if bisect_left(starts, left) != bisect_left(starts, verb.start()):
            continue
        finite = list(patterns.finite.finditer(text, left, verb.start()))
        if not _is_complete(text, verb, finite, left):
            continue
        colon = text.rfind(": ", left, verb.start())
        begin = left if colon < 0 else colon + 2
        opening = _noun_phrase(patterns.subject.match(text, begin))
        if opening is not None:
            yield opening
        elif finite:
            yield from _after_verb(text, finite[0].end(), verb.start())
    for verb in patterns.opening.finditer(text):
        left, right = clauses.around(verb.start())
        behind = patterns.finite.match(text, verb.end() + 1)
        if behind is not None and bisect_left(starts, left) == bisect_left(starts, right):
            yield from _after_verb(text, behind.end(), min(right, verb.end() + REACH))


def _is_complete(text: str, verb: re.Match[str], finite: list[re.Match[str]], left: int) -> bool:
    """Whether a verb says by itself, or with its finite part before it, that something takes place or does not."""
    frames = lexicon().frames
    if not finite:
        return verb[0].startswith(frames.joined)
    if (needed := frames.needed.get(verb[0])) is not None:
        return finite[0][0] in needed
    return verb[0] not in frames.moving or _patterns().moved.search(text, left, verb.start()) is not None


def _after_verb(text: str, start: int, end: int) -> Iterator[FrameNoun]:
    """The subject between the finite verb and the verb's other part."""
    for match in _patterns().subject.finditer(text, start, end):
        noun = _noun_phrase(match)
        if noun is not None and noun.end <= end:
            yield noun
            return


def _noun_phrase(match: re.Match[str] | None) -> FrameNoun | None:
    """The noun of a phrase in the nominative: no preposition before it, "der" with a masculine noun only."""
    if match is None or not ADJECTIVES.fullmatch(match["phrase"]):
        return None
    frames, before, determiner = lexicon().frames, match["before"], match["determiner"].lower()
    genitive = before is not None and before[:1].isupper() and determiner in ("der", "dieser")
    if before and (before.lower() in frames.prepositions or (genitive and before not in frames.adverbs)):
        return None
    if match["title"]:
        return FrameNoun(match.start("title"), match.end("title"), "n", "subject", quoted=True)
    gender = gender_of(match["noun"])
    if determiner == "den" or (determiner in ("der", "dieser") and match["phrase"].endswith("e ")):
        gender = "m"
    elif determiner in ("der", "dieser"):
        if gender not in ("m", None) or (gender is None and before is not None and before not in frames.adverbs):
            return None
        gender = "m"
    elif determiner in ("die", "eine", "unsere", "diese", "ihre"):
        gender = "f"
    elif determiner in ("das", "dieses"):
        gender = "n"
    return FrameNoun(match.start("noun"), match.end("noun"), gender or "m", "subject")
