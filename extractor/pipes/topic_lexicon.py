"""The lexicon of topics: cues, fillers, stop lists, and what the ranking goes by."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from extractor.lang.lexicon import Lexicon, load_lexicon


class Cue(Lexicon):
    """A trigger word with its context; the keys are explained in ``topics.toml``."""

    id: str
    weight: int
    words: tuple[str, ...]
    ends: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    back: str = ""
    then: str = ""
    side: Literal["after", "between", "object", "particle"] = "after"


class _Fillers(Lexicon):
    adverbs: tuple[str, ...]
    wrappers: tuple[str, ...]


class _Links(Lexicon):
    telling: frozenset[str]
    events: frozenset[str]
    titles: frozenset[str]
    clauses: frozenset[str]


class _Lists(Lexicon):
    talks: frozenset[str]
    announce: str


class _Stop(Lexicon):
    sections: frozenset[str]
    labels: frozenset[str]
    generic: frozenset[str]
    generic_suffixes: tuple[str, ...]
    light: frozenset[str]
    titles: frozenset[str]
    people: frozenset[str]
    people_suffixes: tuple[str, ...]
    light_ends: tuple[str, ...]
    praising: tuple[str, ...]
    streets: tuple[str, ...]


class _Events(Lexicon):
    modifiers: frozenset[str]
    modifier_ends: tuple[str, ...]
    programme: frozenset[str]
    ends: tuple[str, ...]


class _Ranking(Lexicon):
    fields: tuple[str, ...]
    links: dict[str, str]
    business: tuple[str, ...]
    salutations: tuple[str, ...]
    attributes: frozenset[str]


class TopicLexicon(Lexicon):
    """Schema of ``topics.toml``."""

    cues: tuple[Cue, ...]
    fillers: _Fillers
    links: _Links
    lists: _Lists
    stop: _Stop
    events: _Events
    ranking: _Ranking


@lru_cache(maxsize=1)
def topic_lexicon() -> TopicLexicon:
    """Cues, stop lists and event nouns."""
    lexicon: TopicLexicon = load_lexicon("topics", TopicLexicon)
    return lexicon
