"""The component ``german_places``: towns, districts, states, countries, regions and rivers.

A name from the gazetteer is a place where its position says so; how much a position must say
depends on the name ("Essen" and "Regen" are words as well, "Templin" is none; see
``place_acceptance``). Then each name that several towns have is settled by what else the text
names (``place_choice``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from extractor.pipes.configured import Stretches, configured_names, of_kind
from extractor.pipes.place_acceptance import accepts, accepts_named, head_of
from extractor.pipes.place_choice import Evidence, choose
from extractor.pipes.place_names import Named, Words, place_words
from extractor.pipes.place_parts import (
    Part,
    cuts,
    is_site,
    is_village,
    landscape,
    may_be_village,
    neighbours,
    part_of_town,
    quarter,
    site,
    village,
)
from extractor.pipes.place_positions import Context, Position, context_of
from extractor.pipes.reading import reading_of, register, set_spans
from extractor.pipes.values import Place
from extractor.pipes.words import capitalised_words
from extractor.resources.gazetteer import Entry, Gazetteer, Match, load_gazetteer

KEY = "places"

_WORD = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w-]+")
_TWO_WORDS = re.compile(r"\.? [A-ZÄÖÜ]\w{1,30}-[A-ZÄÖÜ]\w{1,30}")
_WEAK = frozenset([Position.BARE, Position.PART, Position.LISTED, Position.CUED])
_STATE_TITLES = frozenset(["Land", "Bundesland", "Landes", "Freistaat", "Kanton"])


@Language.factory("german_places")
def make_german_places(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Create the component."""
    register(KEY)
    load_gazetteer()
    place_words()
    return annotate


def annotate(doc: Doc) -> Doc:
    """Find the places of a ``Doc`` and store them."""
    reading = reading_of(doc)
    persons = Stretches(of_kind(configured_names(doc, reading), "person"))
    found = persons.without(find_places(reading.text))
    for place in found:
        place["start"], place["end"] = reading.source(place["start"], place["end"])
    set_spans(doc, KEY, found)
    return doc


def find_places(text: str) -> list[Place]:
    """Return the places of a reading's text, in text order, offsets into that text."""
    return _Finder(text, load_gazetteer(), place_words()).places()


class _Role(NamedTuple):
    """What a word can be: the first word of the gazetteer's names, of a named area, something else of a place."""

    head: str | None
    named: tuple[Named, ...]


_NO_ROLE = _Role(None, ())


@lru_cache(maxsize=65536)
def _role_of(word: str) -> _Role | None:
    """What a word can be of a place, whatever stands before it; None for nearly all words."""
    words = place_words()
    if len(word) == 1:
        return None
    head = head_of(word)
    named = words.named.get(word) or (words.named.get(word.title(), ()) if word.isupper() else ())
    if head or named:
        return _Role(head, named)
    hyphenated = "-" in word and any(head_of(front) for front, _ in cuts(word))
    other = hyphenated or word in words.quarters or word in words.village_fronts
    return _NO_ROLE if other or word.endswith("er") or is_village(word) or is_site(word) else None


@dataclass(slots=True)
class _Candidate:
    """A name at ``text[start:match.end]`` that may be one of its entries; ``word`` is its first word."""

    start: int
    word: str
    match: Match
    context: Context
    accepted: bool


class _Finder:
    """One pass over a text's capitalised words, then the choice among towns of one name."""

    def __init__(self, text: str, gazetteer: Gazetteer, words: Words) -> None:
        self.text, self.gazetteer, self.words = text, gazetteer, words
        self.candidates: list[_Candidate] = []
        self.found: list[Place] = []
        self.evidence = Evidence()
        self.chosen: dict[tuple[tuple[Entry, ...], str], tuple[Entry, list[Entry]]] = {}
        self.last_end, self.last_part, self.last_titled = -1, False, False

    def places(self) -> list[Place]:
        position, previous, titles = 0, "", self.words.locality_titles
        for word, start in capitalised_words(self.text):
            titled = previous in titles
            role = _role_of(word) or (_NO_ROLE if titled else None)
            if role is not None and start >= position:
                position = self._at(word, role, start, previous if titled else "") or position
            previous = word
        self._repeat()
        self._take_neighbours()
        for candidate in self.candidates:
            if candidate.accepted and len(candidate.match.entries) == 1:
                self.evidence.add(candidate.match.entries[0])
        self.found.extend(self._settle(candidate) for candidate in self.candidates if candidate.accepted)
        return sorted(self.found, key=lambda place: place["start"])

    def _at(self, word: str, role: _Role, start: int, title: str) -> int | None:
        """Where to go on after a place at ``start``; None where there is none."""
        end = start + len(word)
        named = self._named(word, end, role.named) if role.named else None
        match = self.gazetteer.match(self.text, start, end, role.head) if role.head else None
        if named and (match is None or end + len(named.rest) >= match.end):
            taken = self._take_named(named, start, end + len(named.rest), match)
            if taken:
                return taken
        if match and word not in self.words.quarters and not (word in self.words.village_fronts and not match.rest):
            return self._take_match(word, start, match)
        if word.endswith("er"):
            return self._take_part(landscape(self.text, word, start, end, self.words), start)
        context = self._context(start, end)
        part = quarter(word, end, title if title == context.before else "", context, self.words)
        if part is None and "-" in word:
            part = part_of_town(word, end, context, self.gazetteer, self.words)
        elif part is None and role.head:
            part = self._part_of_bad(word, start, end)
        part = part or site(self.text, word, start, end, context) or village(self.text, word, end, context, self.words)
        return self._take_part(part, start)

    def _part_of_bad(self, word: str, start: int, end: int) -> Part | None:
        """Read a part of a town whose name has two words: "Bad Vilbel-Massenheim"."""
        rest = _TWO_WORDS.match(self.text, end)
        if rest is None:
            return None
        context = self._context(start, rest.end())
        return part_of_town(word + rest[0], rest.end(), context, self.gazetteer, self.words)

    def _context(self, start: int, end: int) -> Context:
        return context_of(self.text, start, end, self.words, self.last_end)

    def _named(self, word: str, end: int, entries: tuple[Named, ...]) -> Named | None:
        """Which of the countries, regions and rivers that begin with a word stands here."""
        for named in entries:
            following = self.text[end : end + len(named.rest)]
            if following == named.rest or (word.isupper() and following.casefold() == named.rest.casefold()):
                boundary = self.text[end + len(named.rest) : end + len(named.rest) + 1]
                if not boundary.isalnum() and boundary != "-":
                    return named
        return None

    def _take_named(self, named: Named, start: int, end: int, match: Match | None) -> int | None:
        context = self._context(start, end)
        if not accepts_named(self.text, start, named, context, match, self.words):
            return None
        if named.kind == "country":
            self.evidence.countries.add(named.country or "")
        part = context.position in (Position.PART, Position.NAME) and start > 0
        value = self._value(start, end, named.name, named.kind, "part" if part else named.kind, None, [])
        value["country"] = named.country
        self.found.append(value)
        self.last_end, self.last_part = end, part
        return end

    def _take_part(self, part: Part | None, start: int) -> int | None:
        if part is None:
            return None
        self.found.append(self._value(start, part.end, part.name, part.kind, part.rule, part.entry, []))
        home = self.gazetteer.by_ags(part.entry.code) if part.entry else None
        if home:
            self.evidence.add(home)
        self.last_end, self.last_part = part.end, False
        return part.end

    def _take_match(self, word: str, start: int, match: Match) -> int | None:
        context = self._context(start, match.end)
        if context.position is Position.NEVER:
            return None
        if context.position is Position.LISTED and self.last_part and context.before == "/":
            context = Context(Position.PART, context.before)
        titled = context.position is Position.TITLE
        if context.position is Position.LISTED and self.last_titled and context.before in ("und", "sowie", ","):
            context, titled = Context(Position.TITLE, context.before), True
        accepted = accepts(self.text, word, match, context, self.words)
        if accepted:
            match = self._with_second_name(match)
        self.candidates.append(_Candidate(start, word, match, context, accepted))
        if accepted:
            self.last_end, self.last_part = match.end, context.position is Position.PART
            self.last_titled = titled
        return match.end if accepted or match.rest else None

    def _with_second_name(self, match: Match) -> Match:
        """Take in the name in another language that follows: "Brixen/Bressanone"."""
        word = _WORD.match(self.text, match.end + 1) if self.text[match.end : match.end + 1] == "/" else None
        head = head_of(word[0]) if word else None
        second = self.gazetteer.match(self.text, match.end + 1, word.end(), head) if word and head else None
        same = second is not None and set(second.entries) & set(match.entries)
        return match._replace(end=second.end) if second and same else match

    def _take_neighbours(self) -> None:
        """Accept an unknown name that stands beside a place: "in Altzella bei Nossen", "aus Schlanders und Kortsch"."""
        known = {candidate.start: candidate.match.end for candidate in self.candidates if candidate.accepted}
        known |= {place["start"]: place["end"] for place in self.found}
        for start, name in neighbours(self.text, known):
            if start not in known and may_be_village(name):
                self.found.append(self._value(start, start + len(name), name, "locality", "village", None, []))

    def _repeat(self) -> None:
        """Accept weakly placed names that are places in a better position elsewhere, words excepted."""
        sure = {c.match.entries for c in self.candidates if c.accepted and not c.match.rest}
        for candidate in self.candidates:
            weak = not candidate.accepted and candidate.context.position in _WEAK
            if weak and candidate.match.entries in sure:
                head = head_of(candidate.word) or candidate.word
                candidate.accepted = head not in self.words.common or candidate.context.position is Position.PART

    def _settle(self, candidate: _Candidate) -> Place:
        entries, context = candidate.match.entries, candidate.context
        if context.position in (Position.TITLE, Position.POSTCODE) and len(entries) > 1:
            state = context.before in _STATE_TITLES
            entries = tuple(entry for entry in entries if (entry.kind == "state") == state) or entries
        key = entries, context.postcode
        if key not in self.chosen:
            self.chosen[key] = choose(*key, self.evidence)
        entry, close = self.chosen[key]
        rule = context.position.value
        if entry.kind not in ("municipality", "locality"):
            rule = "part" if rule in ("part", "name") and candidate.start else entry.kind
        alternatives = [f"{other.name} ({self.gazetteer.state(other) or other.country})" for other in close]
        return self._value(candidate.start, candidate.match.end, entry.name, entry.kind, rule, entry, alternatives)

    def _value(
        self, start: int, end: int, name: str, kind: str, rule: str, entry: Entry | None, alternatives: list[str]
    ) -> Place:
        return Place(
            start=start,
            end=end,
            rule=f"place.{rule}",
            name=name,
            kind=kind,  # type: ignore[typeddict-item]
            ags=entry.ags if entry else None,
            state=self.gazetteer.state(entry) if entry else None,
            country=entry.country if entry else None,
            latitude=entry.latitude if entry else None,
            longitude=entry.longitude if entry else None,
            alternatives=alternatives,
        )
