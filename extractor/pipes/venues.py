"""The component ``german_venues``: buildings and sites where something takes place, and "online".

A noun for a building is a venue only in a venue's position: after "im" or "in der", after a label
("Ort:"), alone in a line or a cell, before an address. In other positions it is a body that acts
("die Kirche sagt") or a thing that is told of.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

from spacy.language import Language
from spacy.tokens import Doc

from extractor.pipes.places import find_places
from extractor.pipes.reading import Reading, reading_of, register, set_spans, values_of
from extractor.pipes.values import Place, Venue
from extractor.pipes.venue_labels import labelled_names
from extractor.pipes.venue_names import is_head, to_nominative, town_in_name, town_of, venue_words
from extractor.pipes.venue_online import find_online
from extractor.pipes.venue_phrases import Phrase, phrase_at
from extractor.pipes.venue_positions import venue_positions
from extractor.pipes.venue_proper import addressed_names, placed_names
from extractor.pipes.words import capitalised_words

KEY = "venues"

_TOWN_BEFORE = re.compile(
    r"(?:,? (?:im|ins|in der|in die|in den|auf dem|auf der|am|an der) (?:[a-zäöüß]{3,20} )?| \(|, |: )$"
)
_TOWN_AFTER = re.compile(
    r"(?: \([^()\n]{2,20}\))?(?:,| \(|,? (?:in|bei|nach|zu)| [|·–-])(?: (?:der )?(?:Stadt|Gemeinde|Ortsteil|OT))? ?$"
)
_ADDRESS = re.compile(
    r"(?:,| \(| [|·–-])? ?(?P<street>(?:(?:An|Am|Auf|Im|In|Zum|Zur|Hinter|Vor|Unter)(?: de[rmn])? )?"
    r"[A-ZÄÖÜ][\w.’-]{1,40}"
    r"(?:[ -][A-ZÄÖÜ][\w.’-]{1,30}){0,3} ?\d{1,4} ?[a-z]?(?: ?[-–/+] ?\d{1,4}[a-z]?)?)(?![\w.:]| ?Uhr|\d)"
)
_POSTCODE = re.compile(
    r"(?:,| [|·–-]|\n)? ?(?:[^,|\n]{2,40}, ?){0,2}(?:[A-Z]{1,2}-)?(?P<code>\d{5}|\d{4}) (?=[A-ZÄÖÜ])"
)
_REST = re.compile(r"[,;)|·\n]|\.(?:\s|$)| \(| [|·–-](?:\s|$)|$| (?:in|bei|an|am|auf) (?:(?:der|dem) )?[A-ZÄÖÜ]")
_TIME_BEFORE = re.compile(
    r"(?:Uhr|\b(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)|"
    r"\b\d{4}|\d{1,2}\.|\d[.:]\d\d|h)\)?\s?[,;|·–—-]?\s?$"
)
_PERSON_BEFORE = re.compile(r"[A-ZÄÖÜ][\w.’-]* [A-ZÄÖÜ][\w’-]* \($|»|\"|“ \($")
_AT_TIME = re.compile(
    r"(?: in [A-ZÄÖÜ][\w-]{2,30})?, (?:ab |um |Beginn |von )?\d{1,2}(?:[.:]\d\d)?(?: Uhr| h\b|–| bis )"
)
_HOUSE_NUMBER = re.compile(r" \d{1,4}(?: ?[a-h])?(?=[,;)|\n·]|$| \(|\.?\n)")
_AFFILIATION = re.compile(
    r"(?:[Pp]rofessor(?:in)?|[Dd]ozent(?:in)?|[Ss]tudent(?:in)?|[Ss]tudier\w{1,4}|[Ll]ehr(?:t|te|stuhl)|[Ff]orscht?|[Ll]eiter(?:in)?)"
    r" (?:\w{2,30} ){0,4}$"
)
_BESIDE = re.compile(r"(?:[A-ZÄÖÜ][\w-]{1,40} ){1,3}(?:am|an der|vor dem|vor der|beim|bei der|neben dem|neben der) ")
_NEXT_WORD = re.compile(r" ([A-ZÄÖÜ][\w-]{2,40})")
_LEARNED = ("universität", "hochschule", "akademie", "kolleg")
_UNPLACED = ("place.village", "place.locality", "place.quarter")
"""Rules of places of which nothing says in which municipality they lie: the text may."""
_LOOK_BACK = 60
_HOSTS = ("wirt", "heuriger", "heurigen")
"""Ends of houses that are called after their host, so that one is "beim Postwirt"."""
_LABEL_NOUNS = frozenset({"Treffpunkt", "Treff"})
"""Nouns that are a label, and no venue, where a venue follows them: "Treffpunkt Vereinshaus"."""


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
    found = find_venues(reading.text, places)
    for venue in found:
        venue["start"], venue["end"] = reading.source(venue["start"], venue["end"])
    set_spans(doc, KEY, found)
    return doc


def _in_reading(place: Place, reading: Reading) -> Place:
    moved = place.copy()
    moved["start"], moved["end"] = reading.position(place["start"]), reading.position(place["end"] - 1) + 1
    return moved


def find_venues(text: str, places: Sequence[Place] | None = None) -> list[Venue]:
    """Return the venues of a reading's text, in text order, offsets into that text."""
    found = _Finder(text, find_places(text) if places is None else places).venues()
    return sorted([*found, *find_online(text)], key=lambda venue: venue["start"])


class _Finder:
    """One pass over a text's capitalised words, with the places that stand around them."""

    def __init__(self, text: str, places: Sequence[Place]) -> None:
        self.text, self.patterns = text, venue_positions()
        self.by_start = {place["start"]: place for place in places}
        self.by_end = {place["end"]: place for place in places}
        self.starts = sorted(self.by_start)
        self.place_ends = {place["start"]: place["end"] for place in places}

    def venues(self) -> list[Venue]:
        found: list[Venue] = []
        position = 0
        for word, start in capitalised_words(self.text):
            if word in _LABEL_NOUNS and is_head(_word_behind(self.text, start + len(word))):
                continue
            if is_head(word) and start >= position and start not in self.by_start:
                venue = self._at(start, start + len(word), position)
                if venue:
                    found.append(venue)
                    position = venue["end"]
        return self._with_labelled(found)

    def _with_labelled(self, found: list[Venue]) -> list[Venue]:
        """Add what stands behind "Ort:" or "Wo:" though no noun tells that it is a venue: "Wo: Kranwerk 7"."""
        labelled: list[Venue] = []
        replaced: set[int] = set()
        for phrase, article in labelled_names(self.text):
            first = bisect_left(found, phrase.start, key=lambda venue: venue["start"])
            inner = found[first] if first < len(found) and found[first]["start"] < phrase.end else None
            if phrase.start in self.by_start or (inner is not None and not self._is_beside(phrase, inner)):
                continue
            if inner is not None:
                replaced.add(inner["start"])
            labelled.append(self._venue(phrase, "label", article))
        found = sorted(
            [*(venue for venue in found if venue["start"] not in replaced), *labelled], key=itemgetter("start")
        )
        return [*found, *self._placed(found)]

    def _placed(self, found: list[Venue]) -> Iterator[Venue]:
        """Names without a venue's noun that stand like one, where nothing else was found."""
        named = [*placed_names(self.text, self.place_ends), *addressed_names(self.text, self.place_ends)]
        for phrase, article in named:
            following = bisect_left(found, phrase.end, key=itemgetter("start"))
            if following == 0 or found[following - 1]["end"] <= phrase.start:
                yield self._venue(phrase, "name" if article else "address", article)

    def _is_beside(self, phrase: Phrase, venue: Venue) -> bool:
        """Whether a labelled name only says where it is by a venue in it: "Brunnen am Marktplatz"."""
        return venue["end"] == phrase.end and _BESIDE.fullmatch(self.text, phrase.start, venue["start"]) is not None

    def _at(self, start: int, end: int, previous: int) -> Venue | None:
        if (start and (self.text[start - 1].isalnum() or self.text[start - 1] == "-")) or self.text[
            end : end + 1
        ] == "-":
            return None
        line_start = max(self.text.rfind("\n", max(0, start - 200), start) + 1, previous, start - 200, 0)
        phrase = phrase_at(self.text, start, end, line_start, self.place_ends)
        before = self.text[max(line_start, phrase.start - _LOOK_BACK) : phrase.start]
        rule, article = self._position(phrase, before)
        if rule is None:
            return None
        lasting = None if phrase.named else self.patterns.lasting.search(before)
        if lasting and phrase.needs_name:
            adjective = lasting[1]
            phrase = phrase._replace(start=phrase.start - len(adjective) - 1, name=f"{adjective} {phrase.name}")
        return self._venue(phrase, rule, article)

    def _position(self, phrase: Phrase, before: str) -> tuple[str | None, str | None]:
        """The rule that makes a phrase a venue, and the article before it."""
        if _HOUSE_NUMBER.match(self.text, phrase.end):
            return None, None
        if phrase.needs_name and not phrase.named and not self._is_definite(phrase, before):
            return None, None
        if before.rfind("„") > max(before.rfind("“"), before.rfind('"')) or before.rfind("»") > before.rfind("«"):
            return None, None
        if self.patterns.label.search(before):
            return "label", None
        determiner = self.patterns.determiner.search(before)
        if determiner:
            if determiner["weak"]:
                hosted = phrase.named or phrase.head.endswith(_HOSTS)
                return ("position", determiner["weak"]) if hosted else (None, None)
            if phrase.head.endswith(venue_words().bodies) and _AFFILIATION.search(before):
                return None, None
            return "position", (determiner["article"] or determiner["contraction"]).lower()
        if self._is_told(phrase, before):
            return "predicate", None
        if phrase.named and self.patterns.bare.search(before):
            return "position", None
        return self._apart(phrase, before), None

    def _is_definite(self, phrase: Phrase, before: str) -> bool:
        """Whether a mere "Schmiede" is one of its own: "in der alten Schmiede", "in der Schmiede in Wiesenburg"."""
        determiner = self.patterns.determiner.search(before)
        if determiner is None or determiner["weak"]:
            return False
        in_town = self.text.startswith(" in ", phrase.end) and phrase.end + 4 in self.by_start
        return in_town or self.patterns.lasting.search(determiner[0]) is not None

    def _is_told(self, phrase: Phrase, before: str) -> bool:
        """Whether a sentence says that something takes place there: "Gastgeber war das Kloster"."""
        if self.patterns.predicate.search(before):
            return True
        if self.patterns.predicated.match(self.text, phrase.end):
            return phrase.named or not phrase.head.endswith(venue_words().bodies)
        return self.patterns.filled.search(before) is not None

    def _followed(self, phrase: Phrase) -> bool:
        """Whether an address, a town or a room stands right behind."""
        if self.patterns.room.match(self.text, phrase.end):
            return True
        return self._address(phrase.end) is not None or _POSTCODE.match(self.text, phrase.end) is not None

    def _apart(self, phrase: Phrase, before: str) -> str | None:
        """The rule for a phrase that is set off: a line, a cell, a bracket, a part between commas."""
        if not _REST.match(self.text, phrase.end) and not self._followed(phrase):
            return None
        opening = before.rstrip(" ")[-1:]
        if phrase.head.endswith(venue_words().bodies) and not self._followed(phrase):
            timed = _TIME_BEFORE.search(before) is not None
            refused = not timed and (phrase.head.endswith(_LEARNED) or opening == ",")
            return None if refused else self._set_off(phrase, before, opening)
        return self._set_off(phrase, before, opening)

    def _set_off(self, phrase: Phrase, before: str, opening: str) -> str | None:
        opened = not before.strip() or opening in ",;:|·–—-(*>•" or _TIME_BEFORE.search(before) is not None
        if self._followed(phrase) and opened:
            return "address"
        if not before.strip(" *>•-·|#"):
            return "line" if phrase.named or not phrase.needs_name else None
        if opening == "," and phrase.start - 2 in self.by_end:
            return "line"
        if opening == "(" and self.by_end.get(phrase.start - 2):
            return "bracket"
        if opening == "(" and not _PERSON_BEFORE.search(before):
            bare = phrase.needs_name or phrase.head.endswith(venue_words().bodies)
            return "bracket" if phrase.named or not bare else None
        if opening == ":" and phrase.named:
            return "line"
        if opening == "," and phrase.named and _AT_TIME.match(self.text, phrase.end):
            return "line"
        if opening in ",|·–—-" and (_TIME_BEFORE.search(before) or opening == "|"):
            return "line"
        return None

    def _venue(self, phrase: Phrase, rule: str, article: str | None) -> Venue:
        name, end = to_nominative(phrase.name, article), phrase.end
        address = self._address(end)
        behind = address.end() if address else end
        room = self.patterns.room.match(self.text, behind)
        if room:
            name += ", " + room[0].strip(" ,()")
            end = end if address else room.end()
            behind = room.end()
        city, postal = self._city(phrase, behind)
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

    def _address(self, position: int) -> re.Match[str] | None:
        address = _ADDRESS.match(self.text, position)
        first = address["street"].partition(" ")[0].rstrip(".") if address else ""
        return None if first in venue_words().times or first in venue_words().no_streets else address

    def _city(self, phrase: Phrase, behind: int) -> tuple[str | None, str | None]:
        """The town that the phrase, its address or the words around it name; postcode and town as written."""
        postcode = _POSTCODE.match(self.text, behind)
        if postcode:
            place = self.by_start.get(postcode.end())
            if place:
                return town_of(place), self.text[postcode.start("code") : place["end"]]
        for place in self._places_between(behind, behind + 40):
            if place["kind"] in ("municipality", "locality") and _TOWN_AFTER.fullmatch(
                self.text, behind, place["start"]
            ):
                return (self._outer(place) if place["rule"] not in _UNPLACED else None), None
        for place in self._places_between(phrase.start, phrase.end):
            if place["kind"] in ("municipality", "locality") and place["rule"] not in _UNPLACED:
                return town_of(place), None
        left = self.text[max(0, phrase.start - 40) : phrase.start]
        gap = _TOWN_BEFORE.search(left)
        place = self.by_end.get(phrase.start - len(left) + gap.start()) if gap else None
        if place is None:
            return town_in_name(phrase.name), None
        named = place["kind"] in ("municipality", "locality") and place["rule"] not in ("place.part", *_UNPLACED)
        return (town_of(place) if named else None), None

    def _outer(self, place: Place) -> str:
        """The municipality in brackets behind a place ("Hooksiel (Gemeinde Wangerland)"), else the place's own."""
        for other in self._places_between(place["end"] + 1, place["end"] + 14):
            if other["kind"] == "municipality" and self.text.startswith(" (", place["end"]):
                return town_of(other)
        return town_of(place)

    def _places_between(self, start: int, end: int) -> list[Place]:
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end)
        return [self.by_start[at] for at in self.starts[first:last]]
