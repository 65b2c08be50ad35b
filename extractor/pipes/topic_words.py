"""What a capitalised word tells by itself of whether it may be a topic: its stem, its name, named features."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from extractor.pipes.names import first_names, is_common_noun, is_place
from extractor.pipes.noun_phrase_words import word_classes
from extractor.pipes.organisation_lexicon import trigger_of
from extractor.pipes.topic_lexicon import topic_lexicon
from extractor.pipes.topic_likeness import stems
from extractor.pipes.topic_names import event_modifier, is_matter, is_programme
from extractor.pipes.verdicts import Verdicts

_INNER_CAPITAL = re.compile(r"[a-zäöüß][A-ZÄÖÜ]")
_STREET = ("straße", "strasse", "gasse", "allee", "see")
_ABSTRACT = ("ung", "ungen", "heit", "heiten", "keit", "keiten", "tät", "täten", "ion", "ionen", "ismus", "schaft")
_AGENT = ("er", "ern", "in", "innen", "ist", "isten", "or", "oren")
_FEWEST_LETTERS, _LONG, _VERY_LONG, _SHORT, _LONGEST_ACRONYM = 4, 10, 14, 6, 5


class TopicWord(NamedTuple):
    """What a word tells by itself: its stem, its name as a topic if it may be one, its features."""

    stem: str
    name: str
    features: frozenset[str]


@lru_cache(maxsize=1)
def topic_words() -> Verdicts[TopicWord | None]:
    """The verdict on every capitalised word, None where it is a person, a place or no noun."""
    return Verdicts(_judge)


def _judge(word: str) -> TopicWord | None:
    """What a capitalised word tells by itself, None where it is a person, a place or no noun."""
    place = is_place(word) and not is_common_noun(word)
    if len(word) < _FEWEST_LETTERS or word in first_names() or place or word.lower().endswith(_STREET):
        return None
    first, _, last = word.partition("-")
    if _INNER_CAPITAL.search(word) or (last and is_place(first) and not is_common_noun(last)):
        return None
    subject = event_modifier(word)
    if subject is None and word.lower() in word_classes():
        return None
    shouted = word.isupper() and len(word) > _LONGEST_ACRONYM
    name = subject or (word if is_matter(word) and not shouted else "")
    stem = min(stems(name or word), default="")
    return TopicWord(stem, name, frozenset(_of_word(word, subject=subject is not None)))


def _of_word(word: str, *, subject: bool) -> Iterator[str]:
    lower = word.lower()
    if subject:
        yield "word.subject_of_event"
        return
    if is_programme(word):
        yield "word.programme"
    if is_common_noun(word):
        yield "word.common"
    if len(word) >= _LONG:
        yield "word.long"
    if len(word) >= _VERY_LONG:
        yield "word.very_long"
    if len(word) <= _SHORT:
        yield "word.short"
    if "-" in word:
        yield "word.hyphen"
    if word.isupper():
        yield "word.capitals"
    trigger = trigger_of(word)
    if trigger is not None and trigger.role == "head":
        yield "word.body"
    if lower.endswith(topic_lexicon().ranking.fields):
        yield "word.field"
    if lower.endswith(_ABSTRACT):
        yield "word.abstract"
    elif lower.endswith(_AGENT):
        yield "word.agent"
