"""Topics that a text treats as its subject without announcing them.

They are the weakest: what an event's own name says ("Welterbe" for "Welterbetagung"), fields and
instruments of policy ("Reparaturbonus"), and nouns that come again.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

from extractor.pipes.names import first_names, is_common_noun, is_place
from extractor.pipes.topic_context import OtherEvents
from extractor.pipes.topic_names import Candidate, event_modifier, is_matter, stems, topic_lexicon
from extractor.pipes.verdicts import Verdicts
from extractor.pipes.words import capitalised_words

_BEFORE_NOUN = re.compile(r"[a-zäöüß]{2,40} $")
_FEWEST_LETTERS, _FEWEST_LETTERS_OF_FIELD, _LONGEST_BEFORE = 6, 9, 40
_EARLY, _OFTEN = 0.5, 3
_WEIGHT = 0.5


class _Noun(NamedTuple):
    """What a word can tell: its stem if it may be a topic, whether it names a field, an event's subject."""

    stem: str
    is_field: bool
    subject: str


class _Mention(NamedTuple):
    name: str
    start: int
    end: int


def salient(text: str, named: Collection[str], others: OtherEvents, most: int) -> Iterator[Candidate]:
    """The mentions of at most ``most`` topics, the likeliest first.

    ``named`` holds the words of the persons, places and organisations found; no such word is a topic.
    """
    nouns: dict[str, list[_Mention]] = {}
    fields: dict[str, int] = {}
    subjects: dict[str, list[_Mention]] = {}
    known = _nouns()
    words = ((word, start, noun) for word, start in capitalised_words(text) if (noun := known[word]))
    for word, start, noun in words:
        if word in named or text[start - 1 : start].isalnum():
            continue
        mention = _Mention(noun.subject or word, start, start + len(word))
        if noun.subject:
            subjects.setdefault(noun.subject, []).append(mention)
            continue
        nouns.setdefault(noun.stem, []).append(mention)
        if noun.is_field:
            fields.setdefault(noun.stem, start)
    repeated = [mentions for mentions in nouns.values() if len(mentions) > 1]
    ranked = chain(
        (("subject", mentions) for name, mentions in subjects.items() if _has_kin(name, nouns)),
        (("recurring", mentions) for mentions in repeated if _recurs(text, mentions, _OFTEN)),
        (("field", nouns[stem]) for stem, start in fields.items() if not others.told_at(start)),
        (("recurring", mentions) for mentions in repeated if _recurs(text, mentions, 2)),
    )
    for kind, mentions in islice(ranked, most):
        for mention in mentions:
            yield Candidate(f"topic.salient.{kind}", _WEIGHT, mention.start, mention.end, mention.end, mentions[0].name)


@lru_cache(maxsize=1)
def _nouns() -> Verdicts[_Noun | None]:
    return Verdicts(_judge)


def _judge(word: str) -> _Noun | None:
    """What a capitalised word can tell by itself, None where it is no topic."""
    if len(word) < _FEWEST_LETTERS or word.isupper() or word in first_names():
        return None
    subject = event_modifier(word)
    if subject:
        return _Noun("", is_field=False, subject=subject)
    if not is_matter(word) or is_place(word):
        return None
    is_field = len(word) >= _FEWEST_LETTERS_OF_FIELD and word.endswith(topic_lexicon().salience.fields)
    if not is_field and not is_common_noun(word):
        return None
    return _Noun(next(iter(stems(word)), ""), is_field, "")


def _has_kin(subject: str, nouns: Collection[str]) -> bool:
    """Whether another noun begins with an event's subject, or is it."""
    root = next(iter(stems(subject)), subject.lower())
    return any(stem.startswith(root) for stem in nouns)


def _recurs(text: str, mentions: list[_Mention], times: int) -> bool:
    """Whether a noun stands at so many places, first early in the text, and once behind a small word."""
    if len(mentions) < times or mentions[0].start > _EARLY * len(text):
        return False
    return any(_BEFORE_NOUN.search(text, max(0, at.start - _LONGEST_BEFORE), at.start) for at in mentions)
