"""Venues that a label tells, though no noun does: "Wo: Dortmunder U, Ebene 1", "Treffpunkt: Roter Platz"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractor.pipes.names import first_names, is_common_noun
from extractor.pipes.place_acceptance import head_of
from extractor.pipes.place_names import place_words
from extractor.pipes.venue_names import is_head, venue_words, venues_lexicon
from extractor.pipes.venue_phrases import Phrase
from extractor.pipes.words import capitalised_words

LABELLED_ARTICLES = "der|dem|das|die|im|in der|am"

LABEL_MORE = r"(?:(?: de[rs] | und | & |/)[A-ZÄÖÜ][a-zäöü]{1,20})?"
"""What may follow a label before its colon: "Ort der Veranstaltung", "Ort und Zeit"."""

_LABEL_END = re.compile(rf"{LABEL_MORE}(?: ist|[:?]| \?| \|)")
_SENTENCE = re.compile(r"\w ?$|-$")
_SEGMENT = re.compile(
    rf" {{0,2}}(?:(?P<article>{LABELLED_ARTICLES}) )?(?P<whole>"
    r"[„\"»“‚](?P<quoted>[A-ZÄÖÜ][^„\"»«“”‚‘\n]{2,40})[“\"«”‘]"
    r"|(?P<name>[a-zäöü]{0,8}[A-ZÄÖÜ][^,;|\n(·–]{2,60}?)(?= ?[,;|\n(·–]|\.\s|$))"
)
_NUMBERED = re.compile(r"(?P<street>.{2,50}?) ?\d{1,4}(?: ?[a-z]|[-/]\d{1,4})?")
_ON_STREET = re.compile(r"(?:A[mnb]|Auf|[IZ]m|In|Zu[mr]|Hinter|Vor|Unter|Vom|Bis|Um)\b")
_MOST_PERSON = 3


def labelled_names(text: str) -> Iterator[tuple[Phrase, str | None]]:
    """What stands behind a label and can be a venue's name, with the article before it.

    Left out are persons, addresses, dates and notes ("Ort: noch offen"); towns and venues with a noun
    of their own are left to the caller.
    """
    labels = _labels()
    for word, start in capitalised_words(text):
        label = _LABEL_END.match(text, start + len(word)) if word in labels else None
        if label is None or _SENTENCE.search(text, max(0, start - 2), start):
            continue
        segment = _SEGMENT.match(text, label.end())
        if segment is None:
            continue
        name = segment["quoted"] or segment["name"]
        if segment["quoted"] or _may_be_name(name):
            yield Phrase(segment.start("whole"), segment.end(), name, True, False, name.lower()), segment["article"]


@lru_cache(maxsize=1)
def _labels() -> frozenset[str]:
    """Labels behind which only a place can stand, as it cannot behind "Ziel" or "Treffen"."""
    return venue_words().labels - frozenset(venues_lexicon().unsure_labels.split())


@lru_cache(maxsize=1)
def _note() -> re.Pattern[str]:
    return re.compile(rf"\d{{1,2}}[.:]\d|\b(?:{'|'.join(venues_lexicon().notes)})\b|@|www")


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    return frozenset(venues_lexicon().not_labelled.split())


def _may_be_name(name: str) -> bool:
    """Whether a segment can be a venue's name: no note, no date, no person, no address, no part of a town."""
    words = name.split()
    first = words[0].rstrip(".")
    if _note().search(name) or first.lower() in _no_names() or first in place_words().titles:
        return False
    if first in venue_words().times or first.removesuffix("s") in venue_words().times:
        return False
    if any(word.islower() and word.isalpha() and word not in venue_words().small for word in words):
        return False
    return not (_is_person(first, words) or _is_address(name) or _is_part_of_town(name))


def _is_person(first: str, words: list[str]) -> bool:
    """Whether a segment is "Frau Yıldız" or "Grete Moll", but not "Karl Moll Halle"."""
    if first in place_words().person_titles:
        return True
    named = first_names().get(first, False) and 1 < len(words) <= _MOST_PERSON
    return named and all(word[0].isupper() for word in words) and not is_head(words[-1])


def _is_address(name: str) -> bool:
    """Whether a segment is "Feldweg 7", "Am Anger 3" or "Lange Straße", but not "Kranwerk 7" or "Roter Platz"."""
    words, lower = venue_words(), name.lower().rstrip(".")
    numbered = _NUMBERED.fullmatch(name)
    if numbered is None:
        return lower.endswith(words.streets)
    street = numbered["street"].lower().rstrip(".")
    return street.endswith(words.address_ends) or _ON_STREET.match(name) is not None


def _is_part_of_town(name: str) -> bool:
    """Whether a segment is one compound of a town and a name: "Herrenberg-Kayh", but not "Weimar-Lounge"."""
    town, hyphen, part = name.partition("-")
    return bool(hyphen) and " " not in name and head_of(town) is not None and not is_common_noun(part)
