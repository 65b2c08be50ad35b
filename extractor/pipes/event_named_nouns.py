"""Nouns that no lexicon knows and that a text uses as an event's name: told in its title, counted, or as the next one.

"Mondscheintrubel lockt Hunderte an ... Der Mondscheintrubel endete gegen elf", "Unser 7. Uferputz war der größte",
"Der nächste Mittagskreis ist am 7. Juni". Nouns of the list of common nouns are never such names.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from extractor.lang.months import month_names
from extractor.pipes.clauses import clauses_of
from extractor.pipes.event_frame_nouns import REACH, FrameNoun, people_do
from extractor.pipes.event_heads import Gender, event_word, lexicon
from extractor.pipes.inflection import gender_of
from extractor.pipes.names import is_known_noun, is_place
from extractor.pipes.numbers import ordinal

_TITLE_LINES, _LONGEST_TITLE = 4, 110
_MOST_NOUNS, _MOST_USES = 12, 40
_NOUN = re.compile(r"(?<![\w-])[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ]?[a-zäöüß]+)*(?![\w-])")
_SHORTEST_NOUN = 7
_CAPITAL = re.compile(r" [A-ZÄÖÜ]")
_THE = (
    r"\b(?P<determiner>[Dd]er|[Dd]ie|[Dd]as|[Dd]em|[Dd]en|[Dd]es|[Bb]eim|[Zz]um|[Zz]ur|[Vv]om"
    r"|[Uu]nsere?[mnrs]?|[Ii]hre?[mnrs]?)"
)
_BEFORE = re.compile(rf"{_THE}(?: \d{{1,3}}\.)?(?: [\wäöüß-]{{3,24}}(?:er|en|e|es))? $")
_LONGEST_DETERMINER = 40
_COUNTED = re.compile(rf"{_THE} (?P<ordinal>\d{{1,3}}\.) (?P<noun>[A-ZÄÖÜ][\wäöüß-]{{5,40}})(?![\w-])")
_LEAST_COUNT = 2


class _Patterns(NamedTuple):
    """What stands behind an event's name as its verb, and how the next one is told."""

    does: re.Pattern[str]
    following: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    frames = lexicon().frames
    dates = "|".join([*month_names(), *frames.dates])
    return _Patterns(
        does=re.compile(rf" (?:{'|'.join(frames.events_do)})\b"),
        following=re.compile(
            r"\b(?P<determiner>[Dd]er|[Dd]ie|[Dd]as|[Uu]nsere?|[Ii]hre?) nächste[rs]? (?P<noun>[A-ZÄÖÜ][\wäöüß-]{5,40})"
            rf" (?:{'|'.join(frames.next_does)}) (?:[a-zäöüß]+ ){{0,3}}?(?:am|im|vom|für|für den|auf)"
            rf" (?:[A-Z][a-zäöü]{{5,9}},? (?:de[mn] )?)?(?:\d{{1,2}}\.|{dates})"
        ),
    )


def named(text: str) -> Iterator[FrameNoun]:
    """The uses of nouns as names of events."""
    yield from _counted(text)
    for match in _patterns().following.finditer(text):
        if _may_be_name(match["noun"]):
            yield _noun(match.start("noun"), match["noun"], match["determiner"])
    for noun, start in itertools.islice(_of_title(text).items(), _MOST_NOUNS):
        uses = list(itertools.islice(_uses(text, noun, start + len(noun)), _MOST_USES))
        if any(_is_event(text, use, use.end() + len(noun)) for use in uses):
            yield FrameNoun(start, start + len(noun), _gender(noun, uses[0]["determiner"]), "titled")
            yield from (_noun(use.end(), noun, use["determiner"]) for use in uses)


def _uses(text: str, noun: str, begin: int) -> Iterator[re.Match[str]]:
    """The determiners before a noun, from ``begin`` on."""
    position = text.find(noun, begin)
    while position >= 0:
        determiner = _BEFORE.search(text, max(position - _LONGEST_DETERMINER, 0), position)
        if determiner is not None and not text[position + len(noun) : position + len(noun) + 1].isalnum():
            yield determiner
        position = text.find(noun, position + len(noun))


def _of_title(text: str) -> dict[str, int]:
    """The nouns of the opening lines that may be names of events, and where they stand."""
    found: dict[str, int] = {}
    begin = 0
    for _ in range(_TITLE_LINES):
        end = text.find("\n", begin)
        if end < 0 or end - begin > _LONGEST_TITLE:
            break
        for match in _NOUN.finditer(text, begin, end):
            adjective = match[0].endswith(("er", "e", "es")) and _CAPITAL.match(text, match.end())
            if not adjective and _may_be_name(match[0]):
                found.setdefault(match[0], match.start())
        begin = end + 1 + len(text[end + 1 : end + 4]) - len(text[end + 1 : end + 4].lstrip("\n"))
    return found


def _may_be_name(noun: str) -> bool:
    """Whether a noun is no event, body or place that is known, and no common noun."""
    frames, lower = lexicon().frames, noun.lower()
    if len(noun) < _SHORTEST_NOUN or is_known_noun(noun) or event_word(noun) is not None:
        return False
    return not lower.endswith((*frames.places_end, *frames.bodies_end, *frames.no_counted_end)) and not is_place(noun)


def _is_event(text: str, use: re.Match[str], end: int) -> bool:
    """Whether a use of a noun tells that it is an event: by its verb, or by what people do at or for it."""
    patterns, determiner = _patterns(), use["determiner"].lower()
    if determiner in ("der", "die", "das", "unser", "unsere", "ihr", "ihre") and patterns.does.match(text, end):
        return True
    before = text[max(use.start() - len("bei "), 0) : use.start()].lower()
    if determiner not in ("beim", "zum", "zur") and not (determiner in ("der", "den") and before.endswith("bei ")):
        return False
    left, right = clauses_of(text).around(use.start())
    return people_do().search(text, max(left, use.start() - REACH), min(right, use.end() + REACH)) is not None


def _counted(text: str) -> Iterator[FrameNoun]:
    """What the text counts more than once ("unser 7. Uferputz ... der 8. Uferputz"), or as what does something."""
    uses: dict[str, list[re.Match[str]]] = defaultdict(list)
    for match in itertools.islice(_COUNTED.finditer(text), _MOST_USES):
        if (ordinal(match["ordinal"]) or 0) >= _LEAST_COUNT and _may_be_name(match["noun"]):
            uses[match["noun"]].append(match)
    for matches in uses.values():
        counts = {match["ordinal"] for match in matches}
        if len(counts) > 1 or any(_patterns().does.match(text, match.end()) for match in matches):
            yield from (_noun(match.start("noun"), match["noun"], match["determiner"]) for match in matches)


def _noun(start: int, noun: str, determiner: str) -> FrameNoun:
    return FrameNoun(start, start + len(noun), _gender(noun, determiner), "titled")


def _gender(noun: str, determiner: str) -> Gender:
    """The gender that a determiner leaves, else the noun's own."""
    lower = determiner.lower()
    if lower in ("die", "zur", "unsere", "ihre"):
        return "f"
    return "n" if lower == "das" else gender_of(noun) or "m"
