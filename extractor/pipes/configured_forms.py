"""The forms that the words of a user's names take in German sentences: genitives, adjectives, plurals, capitals.

A form that no text has costs nothing, so the endings of all declensions are tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from extractor.pipes.event_heads import event_word
from extractor.pipes.inflection import adjective_ending

_TOKEN = re.compile(r"\w+|[^\w\s]")
_SKIPPED = frozenset("-‐‑–'’‚‘„“”\"»«›‹")
_ADJECTIVE_ENDINGS = ("e", "er", "es", "en", "em")
_PLURAL_ENDINGS = ("", "e", "en", "n", "s", "es", "er", "ern", "nen", "se", "sen", "ses")
_STEM_ENDINGS = ("innen", "ern", "en", "er", "e", "n", "s")
_UMLAUTS = {"a": "ä", "o": "ö", "u": "ü", "au": "äu", "A": "Ä", "O": "Ö", "U": "Ü", "Au": "Äu"}
_PLAIN = {umlaut: vowel for vowel, umlaut in _UMLAUTS.items()}
_CODA = r"([^aeiouäöüAEIOUÄÖÜ]+(?:e[lnr])?)$"
_UMLAUT = re.compile(rf"(.*)(au|Au|[aouAOU]){_CODA}")
_UMLAUTED = re.compile(rf"(.*)(äu|Äu|[äöüÄÖÜ]){_CODA}")
_SHORTEST_NOUN, _SHORTEST_STEM, _SHORTEST_SHOUTED = 3, 5, 4

Kind = Literal["name", "acronym", "event_type", "topic"]
"""How the last word of a name is inflected: as a proper name, not but for an s, or as a noun."""


class Word(NamedTuple):
    """A word of a name: the forms that it may have, or the noun of which any form will do (see ``written_as``)."""

    forms: frozenset[str]
    noun: str | None = None


def words_of_name(name: str) -> list[str]:
    """The words and marks of a name; hyphens and quotation marks are none."""
    return [token for token in _TOKEN.findall(name) if token not in _SKIPPED]


def spellings(name: str) -> list[list[str]]:
    """The words of a name as it is, and of one with a hyphen also as one word: "Transfer-Werkstatt"."""
    joined = re.sub(r"(?<=\w)[-‐‑](\w)", lambda match: match[1].lower(), name)
    return [words_of_name(name)] + ([words_of_name(joined)] if joined != name else [])


def forms_of_words(words: Sequence[str], kind: Kind, plural: str | None = None) -> list[Word]:
    """What each word of a name may look like, in order."""
    return [_word(words, index, kind, plural) for index in range(len(words))]


def _word(words: Sequence[str], index: int, kind: Kind, plural: str | None) -> Word:
    word, last = words[index], index == len(words) - 1
    noun = kind == "topic" and (last or index == 0) and word[0].isupper()
    if noun and (last or not _is_adjective(words, index)):
        return Word(frozenset({word}), word)
    forms = _forms(words, index, kind, plural)
    inner = (form.upper() for form in forms if not form[1:].islower() and len(form) >= _SHORTEST_SHOUTED)
    return Word(frozenset({*forms, *inner}))


def _forms(words: Sequence[str], index: int, kind: Kind, plural: str | None) -> set[str]:
    word, last = words[index], index == len(words) - 1
    if not word[0].isalpha() or kind == "acronym":
        return {word, f"{word}s"} if last and word[-1:].isalpha() else {word}
    if not last and _is_adjective(words, index):
        inflected = {f"{word.removesuffix(adjective_ending(word) or '')}{ending}" for ending in _ADJECTIVE_ENDINGS}
        return inflected | {form[0].lower() + form[1:] for form in inflected} if kind == "topic" else inflected
    if word[0].islower():
        return {word}
    singular = singular_forms(word)
    if kind == "event_type" and last:
        return singular | plural_forms(word, plural)
    if len(words) > 1 and word.endswith(("e", "er", "el")):
        singular.add(f"{word}n")
    return singular


def written_as(form: str) -> Iterator[str]:
    """The nouns of which a written word may be a form: "Wälder" of "Wald", "Wärmepumpe" of "Wärmepumpen"."""
    yield form
    for ending in _PLURAL_ENDINGS[1:]:
        stem = form.removesuffix(ending)
        if len(stem) >= _SHORTEST_NOUN and stem != form:
            yield stem
            yield from _without_umlaut(stem)
    yield from _without_umlaut(form)
    if len(form) >= _SHORTEST_STEM:
        for stem in (form, *_with_umlaut(form)):
            yield from (stem + ending for ending in _STEM_ENDINGS)
    if form.isupper() and len(form) >= _SHORTEST_SHOUTED:
        yield from written_as(form.capitalize())


def _is_adjective(words: Sequence[str], index: int) -> bool:
    """Whether a word is an adjective before the noun of a name: "Offene" in "Offene Werkstatt"."""
    following = words[index + 1]
    return (
        adjective_ending(words[index]) is not None
        and (words[index][0].isupper() or index == 0)
        and (following[0].isupper() or adjective_ending(following) is not None)
    )


def singular_forms(noun: str) -> set[str]:
    """A noun and its genitives."""
    return {noun, f"{noun}s", f"{noun}es", *((f"{noun}ses",) if noun.endswith("nis") else ())}


def plural_forms(noun: str, plural: str | None) -> set[str]:
    """The plurals of a noun: the given one, else those of its known head ("-werkstätten"), else all imaginable."""
    if plural is not None:
        return {plural, f"{plural}n"} if plural.endswith(("e", "er", "el")) else {plural}
    known = _plurals_of_head(noun)
    if known:
        return known
    stems = {noun, *_with_umlaut(noun)}
    return {f"{stem}{ending}" for stem in stems for ending in _PLURAL_ENDINGS} - singular_forms(noun)


def _plurals_of_head(noun: str) -> set[str]:
    """The plurals of a compound whose head the lexicon of events has."""
    word = event_word(noun)
    if word is None or word.plural or not noun.lower().endswith(word.lemma):
        return set()
    front, forms = noun[: len(noun) - len(word.lemma)], set()
    for written in word.head.plural:
        form = word.lemma + written[1:] if written.startswith("-") else written
        form = form.replace("ee", "e") if written.startswith("-e") and word.lemma.endswith("e") else form
        forms.add(front + (form if front and front[-1].isalpha() else form.capitalize()))
    return forms


def _without_umlaut(noun: str) -> Iterator[str]:
    match = _UMLAUTED.match(noun)
    if match:
        yield match[1] + _PLAIN[match[2]] + match[3]


def _with_umlaut(noun: str) -> Iterator[str]:
    match = _UMLAUT.match(noun)
    if match:
        yield match[1] + _UMLAUTS[match[2]] + match[3]
