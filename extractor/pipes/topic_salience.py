"""Topics that a text treats as its subject without announcing them: nouns that come again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from extractor.pipes.names import first_names, is_common_noun, is_place
from extractor.pipes.topic_names import Candidate, is_matter, stems
from extractor.pipes.verdicts import Verdicts
from extractor.pipes.words import capitalised_words

RULE = "topic.salient"
_BEFORE_NOUN = re.compile(r"[a-zäöüß]{2,40} $")
_FEWEST_LETTERS, _LONGEST_BEFORE = 6, 40
_EARLY = 0.5


def salient(text: str, named: Collection[str], most: int) -> Iterator[Candidate]:
    """At most ``most`` nouns that recur in several lines or sentences, first in the text's first half.

    ``named`` holds the words of the persons, places and organisations found; no such word is a topic.
    """
    places: dict[str, list[tuple[str, int]]] = {}
    for word, start in capitalised_words(text):
        stem = _stem_of_matter()[word]
        if stem and word not in named:
            places.setdefault(stem, []).append((word, start))
    found = [mentions for mentions in places.values() if _recurs(text, mentions)]
    found.sort(key=lambda mentions: (-len(mentions), mentions[0][1]))
    for mentions in found[:most]:
        for word, start in mentions:
            end = start + len(word)
            yield Candidate(RULE, 0.5, start, end, end, mentions[0][0])


@lru_cache(maxsize=1)
def _stem_of_matter() -> Verdicts[str]:
    return Verdicts(_judge)


def _judge(word: str) -> str:
    """The stem of a noun that can be a topic by itself, else ""."""
    if len(word) < _FEWEST_LETTERS or word.isupper() or word in first_names():
        return ""
    if not is_common_noun(word) or is_place(word) or not is_matter(word):
        return ""
    return next(iter(stems(word)), "")


def _recurs(text: str, mentions: list[tuple[str, int]]) -> bool:
    """Whether a noun stands at two places at least, early in the text and once behind a small word."""
    if len(mentions) < 2 or mentions[0][1] > _EARLY * len(text):
        return False
    return any(_BEFORE_NOUN.search(text, max(0, start - _LONGEST_BEFORE), start) for _, start in mentions)
