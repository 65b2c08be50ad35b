"""The component ``german_venues``: buildings and sites where something takes place, and "online".

Found are nouns for a building where they stand as a venue (``venue_acceptance``), and names that only a label
(``venue_labels``) or their position (``venue_proper``) tells; each with what says where it is (``venue_addresses``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

from spacy.language import Language
from spacy.tokens import Doc

from extractor.pipes.configured import Stretches, configured_names, of_kind, stretches_of
from extractor.pipes.place_acceptance import head_of
from extractor.pipes.places import find_places
from extractor.pipes.reading import Reading, reading_of, register, set_spans, values_of
from extractor.pipes.values import Configured, Place, Venue
from extractor.pipes.venue_acceptance import position_of
from extractor.pipes.venue_addresses import PlacedText, address_at, town_around
from extractor.pipes.venue_labels import labelled_names
from extractor.pipes.venue_names import is_head, may_be_house_name, to_nominative, venue_words
from extractor.pipes.venue_online import find_online
from extractor.pipes.venue_phrases import Phrase, phrase_at
from extractor.pipes.venue_positions import venue_positions
from extractor.pipes.venue_proper import addressed_names, placed_names, saints_names
from extractor.pipes.words import capitalised_words

KEY = "venues"

_BESIDE = re.compile(r"(?:[A-ZÄÖÜ][\w-]{1,40} ){1,3}(?:am|an der|vor dem|vor der|beim|bei der|neben dem|neben der) ")
_NEXT_WORD = re.compile(r" ([A-ZÄÖÜ][\w-]{2,40})")
_ON_SQUARE = re.compile(r"(?:\b[Aa]uf dem|\b[Aa]m) $")
_IN_HOUSE = re.compile(r"\b(?:[Ii]m|[Ii]ns|[Ii]n der|[Aa]uf der|[Aa]uf dem) $")
_LOOK_BACK = 60


def _word_behind(text: str, position: int) -> str:
    word = _NEXT_WORD.match(text, position)
    return word[1] if word else ""


@Language.factory("german_venues")
def make_german_venues(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Create the component."""
    register(KEY)
    venue_words()
    venue_positions()
    return annotate


def annotate(doc: Doc) -> Doc:
    """Find the venues of a ``Doc``, with the places that ``german_places`` found or else its own."""
    reading = reading_of(doc)
    known = "places" in doc.spans
    places = [_in_reading(place, reading) for place in values_of(doc, "places")] if known else None
    found = find_venues(reading.text, places, configured_names(doc, reading))
    for venue in found:
        venue["start"], venue["end"] = reading.source(venue["start"], venue["end"])
    set_spans(doc, KEY, found)
    return doc


def _in_reading(place: Place, reading: Reading) -> Place:
    moved = place.copy()
    moved["start"], moved["end"] = reading.position(place["start"]), reading.position(place["end"] - 1) + 1
    return moved


def find_venues(text: str, places: Sequence[Place] | None = None, names: Sequence[Configured] = ()) -> list[Venue]:
    """Return the venues of a reading's text, in text order, offsets into that text.

    ``names`` are the user's names in the text: venues, and others in which none is looked for.
    """
    finder = _Finder(text, find_places(text) if places is None else places)
    found = finder.venues()
    if names:
        own, others = Stretches(of_kind(names, "venue")), stretches_of(names, "venue", "topic")
        free = [
            venue
            for venue in found
            if not own.touch(venue["start"], venue["end"]) and not others.hold(venue["start"], venue["end"])
        ]
        found = [*map(finder.configured, of_kind(names, "venue")), *free]
    return sorted([*found, *find_online(text)], key=lambda venue: venue["start"])


class _Finder:
    """One pass over a text's capitalised words, with the places that stand around them."""

    def __init__(self, text: str, places: Sequence[Place]) -> None:
        self.text = text
        self.placed = PlacedText(text, places)

    def venues(self) -> list[Venue]:
        found: list[Venue] = []
        position, label_nouns = 0, venue_words().label_nouns
        for word, start in capitalised_words(self.text):
            if word in label_nouns and is_head(_word_behind(self.text, start + len(word))):
                continue
            if start < position or start in self.placed.by_start:
                continue
            if is_head(word) or self._is_square(word, start) or self._is_house(word, start):
                venue = self._at(start, start + len(word), position)
                if venue:
                    found.append(venue)
                    position = venue["end"]
        return self._with_labelled(found)

    def configured(self, name: Configured) -> Venue:
        """The venue that a name of the user's stands for; what the text says beside it comes before what the user does.

        A town in the name is none beside it; an address is that of the user's town.
        """
        phrase = Phrase(name["start"], name["end"], name["name"], named=True, needs_name=False, head="")
        home, address = name["details"]["city"], name["details"]["address"]
        venue = self._around(name["name"], phrase, "configured", elsewhere=home is not None)
        venue["city"] = venue["city"] or home
        if venue["city"] == home:
            venue["address"] = venue["address"] or address
        return venue

    def _is_square(self, word: str, start: int) -> bool:
        """Whether a town's name is a square here: "auf dem Neumarkt"."""
        words = venue_words()
        may_be_square = word.endswith(words.square_ends) and head_of(word) is not None and word not in words.not_venues
        return may_be_square and _ON_SQUARE.search(self.text, max(start - 10, 0), start) is not None

    def _is_house(self, word: str, start: int) -> bool:
        """Whether a village's name is a house here, as its article tells: "im Lindenhof", but not "in Lindenhof"."""
        return may_be_house_name(word) and _IN_HOUSE.search(self.text, max(start - 10, 0), start) is not None

    def _with_labelled(self, found: list[Venue]) -> list[Venue]:
        """Add what stands behind "Ort:" or "Wo:" though no noun tells that it is a venue: "Wo: Kranwerk 7"."""
        labelled: list[Venue] = []
        replaced: set[int] = set()
        for whole, article in labelled_names(self.text):
            phrase = self._without_town(whole)
            first = bisect_left(found, phrase.start, key=lambda venue: venue["start"])
            inner = found[first] if first < len(found) and found[first]["start"] < phrase.end else None
            if phrase.start in self.placed.by_start or (inner is not None and not self._is_beside(phrase, inner)):
                continue
            if inner is not None:
                replaced.add(inner["start"])
            labelled.append(self._venue(phrase, "label", article))
        found = sorted(
            [*(venue for venue in found if venue["start"] not in replaced), *labelled], key=itemgetter("start")
        )
        return [*found, *self._placed(found)]

    def _without_town(self, phrase: Phrase) -> Phrase:
        """A labelled name without the town behind it: "Kilianeum in Würzburg"."""
        name, preposition, town = phrase.name.rpartition(" in ")
        start = phrase.end - len(town)
        if not preposition or not self.text.startswith(name, phrase.start) or self.placed.ends.get(start) != phrase.end:
            return phrase
        return phrase._replace(end=phrase.start + len(name), name=name, head=name.lower())

    def _placed(self, found: list[Venue]) -> Iterator[Venue]:
        """Names without a venue's noun that stand like one, where nothing else was found."""
        named: list[tuple[Phrase, str | None]] = [
            *placed_names(self.text, self.placed.ends),
            *saints_names(self.text, self.placed.ends),
            *addressed_names(self.text, self.placed.ends),
        ]
        for phrase, article in named:
            following = bisect_left(found, phrase.end, key=itemgetter("start"))
            if following == 0 or found[following - 1]["end"] <= phrase.start:
                yield self._venue(phrase, "name" if article else "address", article)

    def _is_beside(self, phrase: Phrase, venue: Venue) -> bool:
        """Whether a labelled name only says where it is by a venue in it: "Brunnen am Marktplatz"."""
        return venue["end"] == phrase.end and _BESIDE.fullmatch(self.text, phrase.start, venue["start"]) is not None

    def _at(self, start: int, end: int, previous: int) -> Venue | None:
        if self.text.endswith(venue_words().saints, max(start - 6, 0), start):
            start = max(self.text.rfind("S", max(start - 6, 0), start), previous)
        if (start and (self.text[start - 1].isalnum() or self.text[start - 1] == "-")) or self.text[
            end : end + 1
        ] == "-":
            return None
        line_start = max(self.text.rfind("\n", max(0, start - 200), start) + 1, previous, start - 200, 0)
        phrase = phrase_at(self.text, start, end, line_start, self.placed.ends)
        before = self.text[max(line_start, phrase.start - _LOOK_BACK) : phrase.start]
        rule, article = position_of(self.placed, phrase, before)
        if rule is None:
            return None
        lasting = None if phrase.named else venue_positions().lasting.search(before)
        if lasting and phrase.needs_name:
            adjective = lasting[1]
            phrase = phrase._replace(start=phrase.start - len(adjective) - 1, name=f"{adjective} {phrase.name}")
        return self._venue(phrase, rule, article)

    def _venue(self, phrase: Phrase, rule: str, article: str | None) -> Venue:
        return self._around(to_nominative(phrase.name, article), phrase, rule)

    def _around(self, name: str, phrase: Phrase, rule: str, *, elsewhere: bool = False) -> Venue:
        """The venue with address, room and town; the latter not from within the phrase if that stands ``elsewhere``."""
        end = phrase.end
        address = address_at(self.text, end)
        behind = address.end() if address else end
        room = venue_positions().room.match(self.text, behind)
        if room:
            name += ", " + room[0].strip(" ,()")
            end = end if address else room.end()
            behind = room.end()
        outside = phrase._replace(end=phrase.start, name="") if elsewhere else phrase
        city, postal = town_around(self.placed, outside, behind)
        written = ", ".join(part.strip() for part in (address["street"] if address else None, postal) if part)
        return Venue(
            start=phrase.start,
            end=end,
            rule=f"venue.{rule}",
            name=name,
            city=city,
            address=written or None,
            online=False,
        )
