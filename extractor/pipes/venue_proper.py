"""Venues whose name has no noun for a building: "im „Kranwerk“", "im Schwarzen Adler", "in der Leuphana".

That such a name is a venue only its position tells: a preposition with an article right before it, in a sentence
that tells of something that takes place. Inns have names of their own ("im Löwen in Gossau").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from extractor.pipes.clauses import clauses_of
from extractor.pipes.event_heads import event_word
from extractor.pipes.names import first_names, is_common_noun, is_known_noun, is_place, is_town
from extractor.pipes.noun_phrase_words import temporal_nouns
from extractor.pipes.organisation_lexicon import is_name_adjective, trigger_of
from extractor.pipes.venue_names import is_head, venue_words, venues_lexicon
from extractor.pipes.venue_phrases import Phrase

_POSITION = re.compile(
    r"(?<!\w)(?:(?P<contraction>[Ii]ms?|[Ii]ns|[Aa]ufs)|(?:[Ii]n|[Aa]uf) (?P<article>der|dem|den|die|das)) "
    r"(?=[„\"»“‚A-ZÄÖÜ])"
)
_QUOTED = re.compile(r"[„\"»“‚](?P<name>[A-ZÄÖÜ0-9][^„\"»«“”‚‘!?.:;,\n]{2,40})[“\"«”‘]")
_NAME = re.compile(
    r"(?P<first>[A-ZÄÖÜ][\w’-]{2,30})(?: (?P<second>[A-ZÄÖÜ][\w’-]{2,30}))?(?P<number> \d{1,3}(?![\w.:]))?"
)
_AT_REST = re.compile(
    r"[,;.)|·\n]| \(| \d| [|–-] |$"
    r"| (?:in|bei|nach|am|um|ab|zu[mr]?|mit|von|statt|und|eine?n?|das|die|der|ihr\w*|sein\w*)\b"
)
_TOWN_BEHIND = re.compile(r" (?:in|bei|zu) $")
_ADDRESSED = re.compile(
    r"(?:^|(?<=Uhr )|(?<=Uhr, )|(?<=\| ))(?P<name>[A-ZÄÖÜ][\w.’&-]{1,30}(?: [\w.’&-]{1,30}){0,4}), "
    r"[A-ZÄÖÜ][\w.’-]{1,30}(?:[ -][A-ZÄÖÜ][\w.’-]{1,30}){0,2} ?\d{1,4}[a-z]?,? (?:[A-Z]-)?\d{4,5} (?=[A-ZÄÖÜ])",
    re.MULTILINE,
)
_SAINT = re.compile(
    r"(?:(?P<place>\b(?:[Ii]n|[Nn]ach|[Vv]or|[Bb]ei))|[,:|]) "
    r"(?P<name>(?:St\.|Sankt) [A-ZÄÖÜ][a-zäöüß]{3,20})(?![\w-])(?!(?: und)? [A-ZÄÖÜ])"
)
_REST_OF_LINE = re.compile(r" *(?:\n|$|,|\.|\)| in [A-ZÄÖÜ])")
_OPENING_WORDS = frozenset({"Zum", "Zur", "Im", "Am"})
_CONTACT_REACH = 80
_PLURALS = ("e", "en", "n", "er", "s")
_INTO = frozenset({"ins", "das", "die", "den"})
_SENTENCE_REACH, _FEWEST_LETTERS, _FEWEST_CAPITALS = 200, 4, 3


def placed_names(text: str, places: Mapping[int, int]) -> Iterator[tuple[Phrase, str]]:
    """Names that stand like a venue, with the article before each; ``places`` are ends of places by their starts."""
    for position in _POSITION.finditer(text):
        start = position.end()
        if start in places:
            continue
        quoted = _QUOTED.match(text, start)
        article = position["article"] or position["contraction"].lower()
        if quoted:
            if _may_be_quoted(quoted["name"]) and _tells_event(text, start):
                yield Phrase(start, quoted.end(), quoted["name"], True, False, quoted["name"].lower()), article
            continue
        name = _NAME.match(text, start)
        end = _end_of_name(text, name, places) if name else None
        if name and end is None and article in _INTO and _is_body(name["first"]) and _invites(text, start):
            end = name.end("first")
        if end is not None and _AT_REST.match(text, end) and _tells_event(text, start):
            yield Phrase(start, end, text[start:end], True, False, text[start:end].lower()), article


def saints_names(text: str, places: Mapping[int, int]) -> Iterator[tuple[Phrase, str | None]]:
    """Churches that only their saint names: "in St. Servatii", "Adventskonzert, St. Oswald"; no towns."""
    if " St. " not in text and " Sankt " not in text:
        return
    for match in _SAINT.finditer(text):
        start = match.start("name")
        apart = match["place"] is None
        if start in places or (apart and not _REST_OF_LINE.match(text, match.end())) or not _tells_event(text, start):
            continue
        yield Phrase(start, match.end(), match["name"], True, False, match["name"].lower()), None


def addressed_names(text: str, places: Mapping[int, int]) -> Iterator[tuple[Phrase, None]]:
    """Names before a street, a postcode and a town, at the start of a line or behind a time.

    "Zum Löwen, Hauptstr. 3, 88410 Bad Wurzach"; not those of persons and bodies.
    """
    for match in _ADDRESSED.finditer(text):
        name, start = match["name"], match.start("name")
        if match.end() not in places or start in places or not _may_have_address(name):
            continue
        line = max(0, text.rfind("\n", 0, start))
        if not _contact().search(text, line, min(len(text), match.end() + _CONTACT_REACH)):
            yield Phrase(start, match.end("name"), name, True, False, name.lower()), None


def _may_have_address(name: str) -> bool:
    words = name.split()
    if len(words) == 1 and (is_common_noun(name) or trigger_of(name)):
        return False
    if any(word.islower() and word not in venue_words().small for word in words):
        return False
    proper = words[words[0] in _OPENING_WORDS :]
    return not any(
        _is_told(word) or word in first_names() or (trigger_of(word) and not is_head(word)) for word in proper
    )


def _may_be_quoted(name: str) -> bool:
    """Whether a title in quotation marks may be a house's: neither a body's nor an event's, and no sentence."""
    words = name.split()
    small = venue_words().small
    if any(word.islower() and word not in small for word in words):
        return False
    return not any(event_word(word) or (trigger_of(word) and not is_head(word)) for word in words if word[0].isupper())


def _end_of_name(text: str, name: re.Match[str], places: Mapping[int, int]) -> int | None:
    """Where a name ends that may be a venue's: an inn's, one of an adjective and a noun, or an unknown word."""
    first, second = name["first"], name["second"]
    if second and first in _adjectives() and name.start("second") not in places:
        return name.end("second") if not _is_told(second) and not event_word(second) else None
    if first in _inns():
        behind = name.end("first")
        in_town = _TOWN_BEHIND.match(text, behind, behind + 4) or _TOWN_BEHIND.match(text, behind, behind + 5)
        if first in _sure_inns() or (in_town and in_town.end() in places) or behind + 1 in places:
            return places.get(behind + 1, behind)
        return None
    if second and _is_acronym(first) and is_town(second):
        return places.get(name.start("second"), name.end("second"))
    if not _is_unknown(first):
        return None
    if second is None:
        return name.end("number") if name["number"] else name.end("first")
    if name.start("second") in places:
        return places[name.start("second")]
    return name.end() if _is_unknown(second) else None


def _is_acronym(word: str) -> bool:
    """Whether a word may be a house's acronym, as it is with a town behind it ("im KUZ Mainz"), and no body's."""
    return (
        len(word) >= _FEWEST_CAPITALS
        and word.isupper()
        and word.isalpha()
        and trigger_of(word) is None
        and event_word(word) is None
    )


def _is_body(word: str) -> bool:
    """Whether a word names a body with a seat: "ins Umweltbundesamt"."""
    trigger = trigger_of(word)
    return trigger is not None and trigger.role in ("known", "head") and trigger.kind == "authority"


def _invites(text: str, position: int) -> bool:
    """Whether the sentence around a position tells that somebody was asked to come there."""
    start, end = clauses_of(text).around(position)
    return (
        _inviting().search(text, max(start, position - _SENTENCE_REACH), min(end, position + _SENTENCE_REACH))
        is not None
    )


def _is_told(word: str) -> bool:
    words = venue_words()
    return word in words.times or word in words.not_in_name or word in temporal_nouns() or word in _idioms()


@lru_cache(maxsize=1 << 14)
def _is_unknown(word: str) -> bool:
    """Whether a word is no noun, adjective, place, person, body or time that is known: a name then."""
    if (
        len(word) < _FEWEST_LETTERS
        or (word.isupper() and is_common_noun(word.capitalize()))
        or _is_told(word)
        or word in first_names()
    ):
        return False
    if is_name_adjective(word) or is_common_noun(word) or is_place(word) or is_place(word.removesuffix("s")):
        return False
    if any(is_known_noun(word.removesuffix(end)) for end in _PLURALS):
        return False
    other = trigger_of(word) is not None or event_word(word) is not None or is_head(word)
    return not other and not word.lower().endswith(_endings())


def _tells_event(text: str, position: int) -> bool:
    """Whether the sentence around a position tells that something takes place there."""
    start, end = clauses_of(text).around(position)
    start, end = max(start, position - _SENTENCE_REACH), min(end, position + _SENTENCE_REACH)
    return _telling().search(text, start, end) is not None


@lru_cache(maxsize=1)
def _telling() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{venues_lexicon().telling.replace(' ', '|')})(?!\w)|\d\d? ?Uhr|\d[.:]\d\d|\d\.")


@lru_cache(maxsize=1)
def _inviting() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{venues_lexicon().inviting.replace(' ', '|')})\b")


@lru_cache(maxsize=1)
def _contact() -> re.Pattern[str]:
    return re.compile("|".join(venues_lexicon().contact))


@lru_cache(maxsize=1)
def _adjectives() -> frozenset[str]:
    return frozenset(venues_lexicon().name_adjectives.split())


@lru_cache(maxsize=1)
def _sure_inns() -> frozenset[str]:
    return frozenset(venues_lexicon().inns.split())


@lru_cache(maxsize=1)
def _inns() -> frozenset[str]:
    return _sure_inns() | frozenset(venues_lexicon().unsure_inns.split())


@lru_cache(maxsize=1)
def _idioms() -> frozenset[str]:
    return frozenset(venues_lexicon().idioms.split())


@lru_cache(maxsize=1)
def _endings() -> tuple[str, ...]:
    return tuple(venues_lexicon().no_name_ends.split())
