"""German noun phrases brought to the nominative: "des Ministeriums für Verkehr" → "Ministerium für Verkehr".

Only the head phrase inflects (its adjectives and its noun); attributes after the head stay as they
are. Without an article the adjectives take their strong endings, as names do: "dem Europäischen
Sozialfonds" → "Europäischer Sozialfonds". Rules follow the declension tables of German school
grammar; gender comes from the article, else from the noun's ending (Köpcke and Zubin's suffix rules).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from extractor.lang.lexicon import Lexicon, load_lexicon

Gender = Literal["m", "f", "n"]

_ENDINGS = ("en", "em", "er", "es", "e")
_STRONG: dict[str, str] = {"m": "er", "f": "e", "n": "es", "pl": "e"}
_ARTICLES: dict[str, str] = {
    **dict.fromkeys(("dem", "im", "am", "beim", "vom", "zum", "einem", "ins", "ans", "aufs"), "dem"),
    **dict.fromkeys(("der", "zur", "einer"), "der"),
    **dict.fromkeys(("das", "ein"), "das"),
    **dict.fromkeys(("die", "eine"), "die"),
    **dict.fromkeys(("des", "eines"), "des"),
    **dict.fromkeys(("den", "einen"), "den"),
}
"""Articles, also contracted or indefinite, as the definite article that shows their case."""
_POSSESSIVE = re.compile(r"(?:[msd]ein|unser|unsr|euer|eur|ihr|kein|dies|jed|jen|welch)(e[mnrs]?)")
_BY_ENDING = {"em": "dem", "en": "den", "er": "der", "es": "des", "e": "die"}
_HEAD_LIMIT = 8


class Inflection(Lexicon):
    """Schema of ``inflection.toml``."""

    adjective_stems: frozenset[str]
    adjective_suffixes: tuple[str, ...]
    noun_stems: tuple[str, ...]
    feminine: frozenset[str]
    masculine: frozenset[str]
    neuter: frozenset[str]
    final_s: tuple[str, ...]
    genitive_s: tuple[str, ...]
    final_e: tuple[str, ...]
    plural_e_stems: tuple[str, ...]


@lru_cache(maxsize=1)
def _lexicon() -> Inflection:
    lexicon: Inflection = load_lexicon("inflection", Inflection)
    return lexicon


@lru_cache(maxsize=4096)
def gender_of(noun: str) -> Gender | None:
    """Return the gender of a noun in the singular, from its longest known ending; None where none is known."""
    lexicon, word = _lexicon(), noun.rpartition("-")[2].lower()
    for start in range(max(len(word) - 14, 0), len(word) - 1):
        ending = word[start:]
        if ending in lexicon.masculine:
            return "m"
        if ending in lexicon.neuter:
            return "n"
        if ending in lexicon.feminine:
            return "f"
    return None


@lru_cache(maxsize=4096)
def adjective_ending(word: str) -> str | None:
    """Return the ending of an inflected adjective ("Deutschen" → "en"); None for other words."""
    lexicon, lower = _lexicon(), word.rpartition("-")[2].lower()
    ending = next((e for e in _ENDINGS if lower.endswith(e)), None)
    if ending is None:
        return None
    stem = lower.removesuffix(ending)
    if stem in lexicon.adjective_stems or (word[0].islower() and len(stem) > 3):
        return ending
    return ending if stem.endswith(lexicon.adjective_suffixes) and not stem.endswith(lexicon.noun_stems) else None


def nominative(phrase: str, article: str | None = None) -> str:
    """Bring a noun phrase without its article to the nominative.

    ``article`` is the word that stood before it, if any: an article ("des"), a contraction
    ("beim", "zur") or a possessive ("unserem").
    """
    words = phrase.split(" ")
    head = _head(words, article)
    if head is None:
        return phrase
    case = _case(article)
    endings = {adjective_ending(word) for word in words[:head]} - {None}
    words[head], number = _noun(words[head], case, endings)
    if number is not None:
        for index in range(head):
            words[index] = _adjective(words[index], case, number)
    return " ".join(words)


def _case(article: str | None) -> str | None:
    """Return the definite article that stands for any determiner's case."""
    lower = (article or "").lower()
    if lower in _ARTICLES:
        return _ARTICLES[lower]
    possessive = _POSSESSIVE.fullmatch(lower)
    return _BY_ENDING[possessive[1]] if possessive else None


def _head(words: list[str], article: str | None) -> int | None:
    """Index of the head noun: the first word after adjectives, "Wasser- und" and, after "des", uninflected names."""
    index = 0
    while index < min(len(words) - 1, _HEAD_LIMIT) and _precedes_head(words[index], words[index + 1], article):
        index += 1
    if not words[index][:1].isalpha():
        return None
    if _case(article) == "des" and not _has_genitive(words[index]):
        for later in range(index + 1, min(len(words), index + 4)):
            if not words[later][:1].isupper():
                break
            if _has_genitive(words[later]) and gender_of(_singular(words[later])):
                return later
    return index


def _precedes_head(word: str, following: str, article: str | None) -> bool:
    """Whether a word is an adjective, a conjunction or "Wasser-" before the head, given the word after it."""
    if word.endswith(("-", "-,")) or word in ("und", "oder", "bzw.", "&"):
        return True
    if adjective_ending(word) is not None:
        return _follows(following) or following in ("und", "oder")
    town = word.endswith("er") and word[0].isupper() and gender_of(word) is None
    return town and article is not None and _follows(following)


def _follows(word: str) -> bool:
    """Whether a word can stand in the head phrase after an adjective."""
    return word[:1].isupper() or adjective_ending(word) is not None or word[:1].isdigit()


def _has_genitive(word: str) -> bool:
    return word.endswith("s") and _singular(word) != word


def _noun(noun: str, case: str | None, endings: set[str | None]) -> tuple[str, str | None]:
    """Return the noun in the nominative, and its gender or "pl"; None where the phrase is nominative as it stands."""
    match case:
        case "des":
            singular = _singular(noun)
            return singular, _masculine_or_neuter(singular)
        case "dem":
            singular = _weak(noun)
            return singular, _masculine_or_neuter(singular)
        case "den":
            if gender_of(noun) == "m" and not noun.endswith(("ungen", "ionen")):
                return _weak(noun), "m"
            return (_plural(noun), "pl") if noun.endswith(("n", "s")) else (noun, gender_of(noun) or "m")
        case "der":
            return (noun, "m") if "e" in endings else (noun, "f")
        case "das":
            return noun, "n"
        case "die":
            return noun, "f"
    return _without_article(noun, endings)


def _without_article(noun: str, endings: set[str | None]) -> tuple[str, str | None]:
    """Case and number from the adjectives' strong endings: "digitaler Zwillinge", "künstlicher Intelligenz"."""
    gender = gender_of(noun)
    if "em" in endings:
        return _weak(noun), _masculine_or_neuter(noun)
    if "en" in endings:
        if noun.endswith("s") and _has_genitive(noun):
            return _singular(noun), _masculine_or_neuter(_singular(noun))
        if noun.endswith("n") and gender not in ("m", "n"):
            return _plural(noun), "pl"
        return noun, gender or "pl"
    if "er" in endings:
        if noun.endswith(("e", "en")) and gender is None:
            return noun, "pl"
        return (noun, "f") if gender == "f" else (noun, None)
    return noun, None


def _masculine_or_neuter(noun: str) -> str:
    return "n" if gender_of(noun) == "n" else "m"


def _adjective(word: str, case: str | None, number: str) -> str:
    """Give an adjective its strong nominative ending; other words stay, as do town names in -er ("Kasseler")."""
    ending = adjective_ending(word)
    if ending is None or (case is not None and ending == "er"):
        return word
    return word.removesuffix(ending) + _STRONG[number]


@lru_cache(maxsize=4096)
def _singular(noun: str) -> str:
    """Take from a masculine or neuter noun its genitive ending: "Amtes", "Vereins", "Bündnisses"."""
    lexicon, lower = _lexicon(), noun.lower()
    if not lower.endswith("s"):
        return _weak(noun)
    if lower.endswith("nisses"):
        return noun[:-3]
    if lower.endswith("es"):
        if lower[:-1].endswith(lexicon.final_e):
            return noun[:-1]
        return noun[:-2] if len(noun) > 4 else noun
    if lower.endswith(lexicon.final_s) and not lower.endswith(lexicon.genitive_s):
        return noun
    return noun[:-1]


def _weak(noun: str) -> str:
    """Take from a masculine noun the weak declension's ending: "Präsidenten", "Biologen"."""
    if noun.endswith(("enten", "anten", "isten", "menschen", "herren")):
        return noun[:-2]
    if noun.endswith(("logen", "gogen", "Kollegen")):
        return noun[:-1]
    return noun


def _plural(noun: str) -> str:
    """Take from a plural the dative's n: "Vereinen", "Ämtern", "Stadtwerken"."""
    lower = noun.lower()
    if lower.endswith(("ern", "eln")):
        return noun[:-1]
    if lower.endswith("en") and lower[:-2].endswith(_lexicon().plural_e_stems):
        return noun[:-1]
    return noun
