"""The gazetteer: what places there are, by every spelling that texts use for them.

The tables in ``places/`` stay text until a name is looked up, which keeps loading fast and small.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

Kind = Literal["municipality", "locality", "district", "region", "state"]

_KINDS: dict[str, Kind] = {"m": "municipality", "l": "locality", "d": "district", "r": "region", "s": "state"}
_STEP = re.compile(r"(\.?)( ?/ ?| ?\(| |)([^\W\d_][^\W\d_]*(?:-[^\W\d_]+){0,4})")
"""One more word of a name: full stop of the word before it, what joins them, the word."""
_CANTON = "Kanton "
_MOST_WORDS = 6
_LONGEST_ABBREVIATION = 5
_ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_ASCII_SPELLING = re.compile(r"[aou]e|[AOU]e|ss")
_CASE_FORMS = {"Landkreises": "Landkreis", "Kreises": "Kreis", "Landkreise": "Landkreis", "LK": "Landkreis"}


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A place of the table, made once, so that identity is equality.

    ``code`` is its AGS in Germany, else the first-level division it lies in.
    """

    name: str
    kind: Kind
    country: str
    code: str
    population: int
    latitude: float | None
    longitude: float | None
    postcode: str

    @property
    def ags(self) -> str | None:
        """The official key: 2 digits for a state, 5 for a district, 8 for a municipality (or the one around it)."""
        return self.code if self.country == "DE" else None

    def distance(self, other: Entry) -> float:
        """Kilometres to another place, infinite where a position is unknown."""
        if self.latitude is None or self.longitude is None or other.latitude is None or other.longitude is None:
            return math.inf
        middle = math.radians((self.latitude + other.latitude) / 2)
        return 111.2 * math.hypot(self.latitude - other.latitude, (self.longitude - other.longitude) * math.cos(middle))


class Match(NamedTuple):
    """A spelling found in a text: where it ends, what it can mean, the words after the first."""

    end: int
    entries: tuple[Entry, ...]
    rest: str


class Gazetteer:
    """Lookup of names; ``places`` and ``names`` are the two tables as text."""

    def __init__(self, places: str, names: str) -> None:
        self._rows = places.splitlines()
        self._names: dict[str, str] = dict(line.split("\t", 1) for line in names.splitlines())
        self._entries: dict[int, Entry] = {}
        self._spellings: dict[str, dict[str, tuple[int, ...]]] = {}
        self._places: dict[tuple[int, ...], tuple[Entry, ...]] = {}
        self._second_words: dict[str, frozenset[str]] = {}
        self._by_ags: dict[str, Entry] | None = None

    def __len__(self) -> int:
        return len(self._rows)

    def head(self, word: str) -> str | None:
        """The first word of names that ``word`` is: as it stands, in the genitive, in capitals, in ASCII."""
        names = self._names
        if word in names:
            return word
        if word in _CASE_FORMS:
            return _CASE_FORMS[word]
        if word[-1] == "s" and len(word) > 4 and word[:-1] in names:
            return word[:-1]
        if len(word) > 1 and word.isupper() and word.title() != word:
            return self.head(word.title())
        if _ASCII_SPELLING.search(word):
            return self._ascii_head(word)
        return None

    def _ascii_head(self, word: str) -> str | None:
        """Return "München" for "Muenchen", "Gießen" for "Giessen"."""
        umlauts = word
        for digraph, letter in (("ae", "ä"), ("oe", "ö"), ("ue", "ü"), ("Ae", "Ä"), ("Oe", "Ö"), ("Ue", "Ü")):
            umlauts = umlauts.replace(digraph, letter)
        for spelling in (umlauts, word.replace("ss", "ß"), umlauts.replace("ss", "ß")):
            for form in (spelling, spelling.removesuffix("s")):
                if form in self._names:
                    return form
        return None

    def match(self, text: str, start: int, end: int, head: str) -> Match | None:
        """The longest name at ``text[start:end]``, a word whose ``head`` is known."""
        spellings = self._spellings_of(head)
        best = (end, spellings[""], "") if "" in spellings else None
        if self._second_words[head] and self._continues(text, end, self._second_words[head]):
            best = self._longest(text, start, end, spellings) or best
        return Match(best[0], self._entries_of(best[1]), best[2]) if best else None

    def _continues(self, text: str, end: int, second_words: frozenset[str]) -> bool:
        """Whether the second word of a name follows."""
        step = _STEP.match(text, end)
        second = step[3].translate(_ASCII).casefold() if step else ""
        return second in second_words or second.removesuffix("s") in second_words

    def _longest(
        self, text: str, start: int, end: int, spellings: dict[str, tuple[int, ...]]
    ) -> tuple[int, tuple[int, ...], str] | None:
        best, capitals = None, end - start > 1 and text[start:end].isupper()
        words: list[str] = []
        position, previous, opened = end, text[start:end], False
        for _ in range(_MOST_WORDS):
            step = _STEP.match(text, position)
            if step is None or not _joins(step, previous):
                break
            opened = opened or "(" in step[2]
            previous, position = step[3], step.end()
            words.append(previous.title() if capitals and previous.isupper() else previous)
            rest = " ".join(words).translate(_ASCII)
            numbers = spellings.get(rest) or (spellings.get(_lower_particles(rest)) if capitals else None)
            genitive = numbers is None and rest.endswith("s") and rest[:-1] in spellings
            numbers = spellings[rest[:-1]] if genitive else numbers
            if numbers:
                best = (_closed(text, position, opened), numbers, rest)
        return best

    def _spellings_of(self, head: str) -> dict[str, tuple[int, ...]]:
        spellings = self._spellings.get(head)
        if spellings is None:
            spellings = {}
            for entry in self._names[head].split("\t"):
                rest, _, numbers = entry.rpartition("=")
                spellings[rest.translate(_ASCII)] = tuple(int(number) for number in numbers.split(","))
            self._spellings[head] = spellings
            self._second_words[head] = frozenset(rest.partition(" ")[0].casefold() for rest in spellings if rest)
        return spellings

    def _entries_of(self, numbers: tuple[int, ...]) -> tuple[Entry, ...]:
        """The places in lines of the table."""
        found = self._places.get(numbers)
        if found is None:
            found = self._places[numbers] = tuple(self.entry(number) for number in numbers)
        return found

    def entry(self, number: int) -> Entry:
        """The place in a line of the table."""
        found = self._entries.get(number)
        if found is None:
            name, kind, country, code, population, north, east, postcode = self._rows[number].split("\t")
            latitude, longitude = float(north) if north else None, float(east) if east else None
            found = Entry(name, _KINDS[kind], country, code, int(population), latitude, longitude, postcode)
            self._entries[number] = found
        return found

    def named(self, name: str) -> tuple[Entry, ...]:
        """All that a name can mean, most populous first; empty where it is unknown."""
        word = re.match(r"[\w-]+", name)
        head = self.head(word[0]) if word else None
        match = self.match(name, 0, word.end(), head) if word and head else None
        if match is None or match.end < len(name):
            return ()
        return tuple(sorted(match.entries, key=lambda entry: -entry.population))

    def by_ags(self, ags: str) -> Entry | None:
        """The municipality, district or state with an official key."""
        if self._by_ags is None:
            kept = (self.entry(n) for n, row in enumerate(self._rows) if row.split("\t", 3)[1] in "mds")
            self._by_ags = {entry.code: entry for entry in kept if entry.country == "DE"}
        return self._by_ags.get(ags)

    def state(self, entry: Entry) -> str | None:
        """The state (Land, canton) that a place lies in."""
        if entry.kind == "state":
            return entry.name.removeprefix(_CANTON)
        if entry.country == "DE":
            return _states(self).get(("DE", entry.code[:2]))
        return _states(self).get((entry.country, entry.code))


def _joins(step: re.Match[str], previous: str) -> bool:
    """Whether a step stays within a name: a full stop only after an abbreviation, never two words as one."""
    if step[1] and (len(previous) > _LONGEST_ABBREVIATION and previous not in ("Erzgeb", "Ostfr")):
        return False
    return bool(step[1] or step[2])


def _closed(text: str, position: int, opened: bool) -> int:
    """The end of a name, with the full stop of a last abbreviation in brackets and the bracket itself."""
    if opened and text.startswith(".)", position):
        return position + 2
    if opened and text.startswith(")", position):
        return position + 1
    return position


def _lower_particles(rest: str) -> str:
    """Return "an der Havel" for "An Der Havel"."""
    particles = {"An", "Der", "Am", "Im", "In", "Bei", "Vor", "Ob", "Den", "Auf", "Dem", "A", "D", "I", "B"}
    return " ".join(word.lower() if word in particles else word for word in rest.split(" "))


@lru_cache(maxsize=1)
def _states(gazetteer: Gazetteer) -> dict[tuple[str, str], str]:
    states = (gazetteer.entry(n) for n, row in enumerate(gazetteer._rows) if row.split("\t", 2)[1] == "s")
    return {(entry.country, entry.code): entry.name.removeprefix(_CANTON) for entry in states}


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The gazetteer that comes with the package, loaded once."""
    folder = files("extractor.resources").joinpath("places")
    return Gazetteer(folder.joinpath("places.tsv").read_text("utf-8"), folder.joinpath("names.tsv").read_text("utf-8"))
