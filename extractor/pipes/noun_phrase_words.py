"""The words of noun phrases: closed classes from ``lang/de/noun_phrases.toml``, and what a word's look shows."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from extractor.lang.lexicon import Lexicon, load_lexicon
from extractor.pipes.verdicts import Verdicts

Role = Literal["noun", "function noun", "number", "joint", "quantifier", "adjective", "adverb", "other"]
WordClass = Literal["article", "possessive", "anaphor", "quantifier", "contraction", "attribute", "adverbial", "other"]

_NUMBER = re.compile(r"\d[\d.,]*$")
_ADJECTIVE = re.compile(r"(?:\d{1,4}-)?[a-zäöüß][\wäöüß-]{1,40}(?:e|en|er|es|em)$")


class _Prepositions(Lexicon):
    attribute: list[str]
    adverbial: list[str]


class _Words(Lexicon):
    other: list[str]
    temporal: list[str]
    predicates: list[str]


class NounPhraseLexicon(Lexicon):
    """Schema of ``noun_phrases.toml``."""

    articles: list[str]
    genitive_articles: list[str]
    possessives: list[str]
    anaphors: list[str]
    quantifiers: list[str]
    contractions: dict[str, str]
    prepositions: _Prepositions
    words: _Words


@lru_cache(maxsize=1)
def word_classes() -> dict[str, WordClass]:
    """The class of every function word, lower case."""
    lexicon = _lexicon()
    classes: dict[str, WordClass] = {}
    classes |= dict.fromkeys(lexicon.words.other, "other")
    classes |= dict.fromkeys(lexicon.prepositions.adverbial, "adverbial")
    classes |= dict.fromkeys(lexicon.prepositions.attribute, "attribute")
    classes |= dict.fromkeys(lexicon.contractions, "contraction")
    classes |= dict.fromkeys(lexicon.quantifiers, "quantifier")
    classes |= dict.fromkeys(lexicon.anaphors, "anaphor")
    classes |= dict.fromkeys(lexicon.possessives, "possessive")
    classes |= dict.fromkeys(lexicon.articles, "article")
    return classes


@lru_cache(maxsize=1)
def _lexicon() -> NounPhraseLexicon:
    lexicon: NounPhraseLexicon = load_lexicon("noun_phrases", NounPhraseLexicon)
    return lexicon


@lru_cache(maxsize=1)
def temporal_nouns() -> frozenset[str]:
    """Nouns that make a prepositional phrase a statement of time."""
    return frozenset(_lexicon().words.temporal)


@lru_cache(maxsize=1)
def predicate_nouns() -> frozenset[str]:
    """Nouns that are part of a predicate and end a phrase before them."""
    return frozenset(_lexicon().words.predicates)


@lru_cache(maxsize=1)
def genitive_articles() -> frozenset[str]:
    """Articles that open an attribute in the genitive."""
    return frozenset(_lexicon().genitive_articles)


@lru_cache(maxsize=1)
def roles() -> Verdicts[Role]:
    """The role of a word, as written, in a noun phrase."""
    return Verdicts(_role)


def _role(word: str) -> Role:
    """What a word before or at the head of a noun phrase is: "function noun" is a function word in capitals."""
    kind = word_classes().get(word)
    if word[0].isupper() or (word[0].isdigit() and not word.isdigit() and any(map(str.isupper, word))):
        return "function noun" if word.lower() in word_classes() and not word.isupper() else "noun"
    if _NUMBER.match(word):
        return "number"
    if kind == "quantifier":
        return "quantifier"
    if kind is not None:
        return "joint" if word in ("und", "oder") else "other"
    if _ADJECTIVE.match(word):
        return "adjective"
    return "adverb" if len(word) > 2 else "other"


@lru_cache(maxsize=1)
def contractions() -> dict[str, str]:
    """Contractions of a preposition and an article, with that article: "zum" gives "dem"."""
    return _lexicon().contractions
