"""How far a venue's name reaches to the left and right of its head noun."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from extractor.pipes.inflection import gender_of
from extractor.pipes.names import first_names, is_common_noun
from extractor.pipes.people import is_people_noun
from extractor.pipes.place_names import place_words
from extractor.pipes.venue_names import VenueWords, is_head, venue_words, venues_lexicon

_WORD = r"[A-ZÄÖÜ][\w’'-]*"
_CAPITALISED = re.compile(_WORD)
_QUOTED = re.compile(r" ?[„\"»“‚«](?P<name>[^„\"»«“”‚‘\n]{2,40})[“\"«”‘»]")
_NUMBER = re.compile(r" \d{1,3}[a-z]?(?![\w.:]|\s?(?:Uhr|Personen|Euro|€)|[.,]\d)")
_CODE = re.compile(r" (?:[A-Za-z]{1,2}\d{1,3}(?:[/.-]\d{1,3}){0,2}|\d{1,3}/\d{1,3}(?:\.\d{1,3})?)(?![\w:]|\.\d)")
_PAIR = re.compile(rf" (?:und|&) (?P<head>{_WORD})")
_GENITIVE = re.compile(
    rf" (?P<article>der|des) (?:(?:[a-zäöüß]{{3,20}}en|ehem\.|kath\.|ev\.|evang\.) )?"
    rf"(?P<noun>(?P<first>{_WORD})(?: {_WORD}){{0,3}})"
)
_FOR = re.compile(rf" für (?:{_WORD}, ){{0,2}}{_WORD}(?: und {_WORD})?")
_BEFORE_TOWN = re.compile(rf" vor (?P<town>{_WORD})")
_BY = re.compile(rf" (?:am|an der|an den|unter den) (?P<first>{_WORD})(?: {_WORD})?")
_INN = re.compile(
    r" (?:[Zz]u[mr]|[Zz]u den|[Aa]m|[Aa]n der|[Ii]m|[Ii]n der|[Uu]nter den|[Vv]or dem) "
    rf"(?P<first>{_WORD})(?: {_WORD})?"
)
_BESIDE = re.compile(rf" (?:hinter|neben|vor|gegenüber|unter) (?:dem|der|den) (?P<head>{_WORD})")
_INSIDE = re.compile(r" (?:im|in der|in dem|auf dem|auf der|vor der|vor dem) (?=[A-ZÄÖÜ])")
_PROPER = re.compile(rf" (?P<first>(?:St\. |Sankt )?{_WORD})")
_PROPER_PAIR = re.compile(rf" {_WORD} {_WORD}")
_SEVERAL = re.compile(rf"(?: {_WORD}){{1,4}}")
_AT_REST = re.compile(r"[,;.)|·\n]| \(| [|·–-] |$| in [A-ZÄÖÜ]| bei [A-ZÄÖÜ]")
_LEFT_WORDS, _LEFT_WINDOW = 4, 90
_SHORTEST_NAME, _SHORTEST_HEAD = 4, 5
_OPENING = frozenset("(„»[|*")


@lru_cache(maxsize=1)
def _titled() -> re.Pattern[str]:
    adjectives = venues_lexicon().title_adjectives.replace(" ", "|")
    return re.compile(rf" (?:{adjectives})[rs]? [A-ZÄÖÜ][\w-]{{2,30}}")


class Phrase(NamedTuple):
    """A venue's name at ``text[start:end]`` as written, ``name`` with quotation marks taken off.

    ``named`` is false for a bare common noun ("Rathaus"), ``needs_name`` true for a noun that is no
    venue without more ("Haus").
    """

    start: int
    end: int
    name: str
    named: bool
    needs_name: bool
    head: str


def phrase_at(text: str, start: int, end: int, line_start: int, places: Mapping[int, int]) -> Phrase:
    """Return the name around the head noun ``text[start:end]``; ``places`` are ends of places by their starts."""
    words = venue_words()
    begin = _left(text, start, line_start, words)
    name, stop = _right(text, start, end, places, words)
    full = text[begin:start] + name
    compound = "-" in text[start:end]
    named = begin < start or stop > end or compound
    lower = text[start:end].lower()
    return Phrase(begin, stop, full, named, lower in words.needs_name, lower)


def _left(text: str, start: int, line_start: int, words: VenueWords) -> int:
    """Where the capitalised words before a head begin: adjectives and names ("Alten", "Kleist")."""
    begin = start
    tokens = text[max(line_start, start - _LEFT_WINDOW) : start].split(" ")
    if tokens.pop():
        return start
    for _ in range(_LEFT_WORDS):
        token = tokens.pop() if tokens else ""
        if token in ("und", "&") and tokens and (tokens[-1].endswith("-") or tokens[-1] in words.joined):
            begin -= len(token) + 1
            token = tokens.pop()
        opened = token[:1] in _OPENING
        token = token[1:] if opened else token
        if not _CAPITALISED.fullmatch(token) or token in words.not_in_name:
            break
        begin -= len(token) + 1
        if opened:
            break
    return begin


def _right(text: str, start: int, end: int, places: Mapping[int, int], words: VenueWords) -> tuple[str, int]:
    """The name from its head on, and where it ends."""
    name, position, head = text[start:end], end, text[start:end].lower()
    for _ in range(4):
        quoted = _QUOTED.match(text, position)
        if quoted:
            name, position = f"{name} {quoted['name']}", quoted.end()
            continue
        step = _attribute(text, position, head, places, words)
        if step is None:
            break
        name, position = name + text[position:step], step
    return name, position


def _attribute(text: str, position: int, head: str, places: Mapping[int, int], words: VenueWords) -> int | None:
    """Where one more attribute of a venue's name ends; None where there is none."""
    number = _NUMBER.match(text, position) if head.endswith(words.takes_number) else None
    number = number or (_CODE.match(text, position) if head.endswith(words.takes_number) else None)
    if number:
        return number.end()
    titled = _titled().match(text, position) if head.endswith(words.takes_name) else None
    if titled:
        return titled.end()
    pair = _PAIR.match(text, position) if text[position - len(head) : position].lower() == head else None
    if pair and is_head(pair["head"]) and _AT_REST.match(text, pair.end()) and head.endswith(words.paired_heads):
        return pair.end()
    genitive = _GENITIVE.match(text, position)
    if genitive and _is_genitive(genitive, words):
        return genitive.end()
    purpose = _FOR.match(text, position) if head.endswith(words.takes_for) else None
    if purpose:
        return purpose.end()
    before = _BEFORE_TOWN.match(text, position) if head.endswith("schloss") else None
    if before and before.start("town") in places:
        return before.end()
    inn = _INN.match(text, position) if head.endswith(words.takes_inn_name) else None
    by = inn if inn and not inn["first"].endswith("ung") else _BY.match(text, position)
    if by and not _is_time(by["first"], words) and not by["first"].lower().endswith(words.streets):
        return by.end()
    if head.endswith(words.rooms):
        inside = _inside(text, position, places, words)
        if inside:
            return inside
    if head in words.needs_name:
        beside = _BESIDE.match(text, position)
        if beside and is_head(beside["head"]):
            return beside.end()
    proper = _PROPER.match(text, position)
    if proper and _is_name(proper, position, head, places, words):
        return max(proper.end(), places.get(position + 1, 0))
    several = _SEVERAL.match(text, position)
    if several and _AT_REST.match(text, several.end()) and all(_may_be_name(w, words) for w in several[0].split()):
        return several.end()
    return None


def _is_genitive(genitive: re.Match[str], words: VenueWords) -> bool:
    """Whether an article and a noun are a genitive: "der Jugend", but not "der Festumzug"."""
    first = genitive["first"]
    if genitive["noun"].endswith(words.legal_forms):
        return True
    if _is_time(first, words) or first in words.not_attributes:
        return False
    titles = place_words().person_titles - {"Familie"}
    if not titles.isdisjoint(genitive["noun"].split()) or is_people_noun(f"{first}n"):
        return False
    if genitive["article"] == "des" or first.endswith("en"):
        return True
    gender = gender_of(first)
    return gender == "f" or (gender is None and not first.lower().endswith(words.masculine_ends))


def _inside(text: str, position: int, places: Mapping[int, int], words: VenueWords) -> int | None:
    """Where "im Rathaus Kassel" ends after a room, "im Amselwald" after a site."""
    preposition = _INSIDE.match(text, position)
    if preposition is None:
        return None
    landscape = _PROPER_PAIR.match(text, preposition.end() - 1)
    if preposition.end() in places and landscape:
        return landscape.end()
    stop = preposition.end() - 1
    for _ in range(3):
        word = _PROPER.match(text, stop)
        if word is None:
            return None
        stop = word.end()
        if is_head(word["first"]):
            proper = _PROPER.match(text, stop)
            named = proper and _is_name(proper, stop, word["first"].lower(), places, words)
            return proper.end() if proper and named else stop
    return None


def _is_name(proper: re.Match[str], position: int, head: str, places: Mapping[int, int], words: VenueWords) -> bool:
    """Whether the capitalised word after a head belongs to its name, rather than to what is told."""
    first = proper["first"]
    if first in words.not_in_name or _is_time(first, words) or first in place_words().person_titles:
        return False
    if position + 1 in places or is_head(first) or first.startswith(("St. ", "Sankt ")):
        return True
    return head in words.takes_name or proper.end() + 1 in places or _is_proper(first)


def _is_proper(word: str) -> bool:
    """Whether a word behind a head is a name and nothing else: "Cholmattli", but not "Figurentheater" or "Berliner"."""
    if len(word) < _SHORTEST_NAME or word.endswith(("er", "s", *venue_words().plural_ends)) or word in first_names():
        return False
    return not is_common_noun(word) and not _is_compound(word)


def _is_compound(word: str) -> bool:
    """Whether a word ends with a common noun of at least five letters: "Filmmusik"."""
    if word.lower().endswith(venue_words().address_ends):
        return False
    return any(is_common_noun(word[at:].capitalize()) for at in range(3, len(word) - _SHORTEST_HEAD + 1))


def _may_be_name(word: str, words: VenueWords) -> bool:
    """Whether a word at the end of a phrase can be a name: no time, no title, no plural of a noun."""
    told = _is_time(word, words) or word in words.not_in_name or word in place_words().person_titles
    return not told and not word.endswith(words.plural_ends) and not (_is_compound(word) and not is_head(word))


def _is_time(word: str, words: VenueWords) -> bool:
    return word in words.times or word.lower().endswith(words.time_ends)
