"""The component ``german_entity_union``: one policy for what rules and a statistical model say of names.

It runs behind all other pipes and adds to ``organisations``, ``persons`` and ``places`` what the rules cannot see.

1. What a rule found stands. An entity that shares a character with a rule's organisation, person or venue, with an
   event or a date says nothing new and goes; so does a place that shares one with a rule's place.
2. A rule's place inside a longer name of an organisation or person is part of that name ("Zukunftskreis Guben"), and
   the name is added. A place with the very extent of an entity stays a place: the gazetteer knows towns.
3. The model must be sure: ``_SURE`` is the least score of each class, and ``_SURE_FIRST`` that of a person named by
   the first word of a sentence, where every word has a capital (first names excepted). A name that it is sure of once
   it may doubt elsewhere, down to ``_DOUBTFUL``; a model without scores is believed.
4. Derivations ("Berliner"), parts of words and other names (titles, products) are left out. So are streets, which are
   addresses, parts of web and mail addresses, words among others in capitals, single common nouns, persons with the
   name of a place, and what ``entities.toml`` lists.
5. A name that stands for one that is known takes its name: the surname of a person, the acronym of an organisation,
   also where only the model knows the long form and the acronym in brackets behind it. What is a word of a longer
   name, or its beginning, is no name of its own.
6. Names are given in the nominative without article: "der Lernfuturisten" is "Lernfuturisten", "Adelphis" is
   "Adelphi" where the text has that too.

Values of the model keep their rule, ``entity.small`` for instance, and their ``score``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from extractor.lang.lexicon import Lexicon, load_lexicon
from extractor.pipes.inflection import nominative
from extractor.pipes.names import first_names, is_common_noun, is_place
from extractor.pipes.reading import Reading, reading_of, set_spans, values_of
from extractor.pipes.values import Entity, Organisation, Person, Place

_SURE = {"ORG": 0.8, "PER": 0.95, "LOC": 0.9}
_SURE_FIRST = 0.97
_DOUBTFUL = 0.5
_UNSCORED = 1.0
_SHORTEST_NAME = 3
_KNOWN = ("organisations", "persons", "venues", "events", "dates")


class EntityWords(Lexicon):
    """The word lists of ``entities.toml``; each is described there."""

    street_endings: tuple[str, ...]
    street_words: frozenset[str]
    articles: frozenset[str]
    no_names: frozenset[str]
    joining: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> EntityWords:
    words: EntityWords = load_lexicon("entities", EntityWords)
    return words


class _Named(NamedTuple):
    """An entity with its text in the reading and its name in the nominative."""

    entity: Entity
    start: int
    end: int
    name: str

    @property
    def score(self) -> float:
        score = self.entity["score"]
        return _UNSCORED if score is None else score


class _Taken:
    """Stretches of the reading that are spoken for."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.spans = sorted(spans)
        self.longest = max((end - start for start, end in self.spans), default=0)

    def touching(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches that share a character with ``[start, end)``."""
        index = bisect_left(self.spans, (start - self.longest, 0))
        while index < len(self.spans) and self.spans[index][0] < end:
            if self.spans[index][1] > start:
                yield self.spans[index]
            index += 1


def unite(doc: Doc) -> Doc:
    """Add to a ``Doc`` the names that only the model found."""
    entities: list[Entity] = values_of(doc, "entities")
    if not entities:
        return doc
    reading = reading_of(doc)
    named = [name for entity in entities if (name := _named(entity, reading)) is not None]
    chosen = _chosen(_new(named, doc, reading))
    organisations: list[Organisation] = values_of(doc, "organisations")
    persons: list[Person] = values_of(doc, "persons")
    added = {label: [name for name in chosen if name.entity["label"] == label] for label in _SURE}
    if added["ORG"]:
        set_spans(doc, "organisations", [*organisations, *_organisations(added["ORG"], organisations, reading.text)])
    if added["PER"]:
        set_spans(doc, "persons", [*persons, *_persons(added["PER"], persons)])
    if added["LOC"]:
        set_spans(doc, "places", [*values_of(doc, "places"), *map(_place, added["LOC"])])
    return doc


def _named(entity: Entity, reading: Reading) -> _Named | None:
    """The entity with its name; None where it cannot be one."""
    label = entity["label"]
    start, end = reading.span(entity["start"], entity["end"])
    text = reading.text
    if label not in _SURE or _in_address(text, start, end) or _among_capitals(text, start, end):
        return None
    words = text[start:end].split(" ")
    article = _word_before(text, start)
    while len(words) > 1 and words[0].lower() in _words().articles:
        article = words.pop(0)
    name = " ".join(words).strip('"„“”»«.,:;!?-– ')
    if label == "ORG":
        name = nominative(name, article if article.lower() in _words().articles else None)
    if not _may_be_name(name, label):
        return None
    if label == "PER" and _first_in_sentence(text, start) and not _is_sure_first(name, entity):
        return None
    return _Named(entity, start, end, name)


def _word_before(text: str, start: int) -> str:
    return text[max(0, start - 12) : start].rstrip(" ").rpartition(" ")[2] if text[start - 1 : start] == " " else ""


def _in_address(text: str, start: int, end: int) -> bool:
    """Whether what stands beside the entity makes it a part of a web or mail address."""
    before, after = text[max(0, start - 1) : start], text[end : end + 2]
    return before in ("@", "/", ".", "_", "#") or after[:1] in ("@", "_") or (after[:1] == "." and after[1:].isalnum())


def _among_capitals(text: str, start: int, end: int) -> bool:
    """Whether the entity is in capitals and the words beside it are as well: a heading, where all look like names."""
    if not text[start:end].isupper():
        return False
    before = text[max(0, start - 40) : start].rpartition("\n")[2].split()
    after = text[end : end + 40].partition("\n")[0].split()
    return any(len(word) > 2 and word.isupper() for word in (*before[-1:], *after[:1]))


def _first_in_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(' "„»')
    return start == 0 or not before or before[-1] in ".!?:|\n"


def _is_sure_first(name: str, entity: Entity) -> bool:
    score = entity["score"]
    return " " in name or name in first_names() or score is None or score >= _SURE_FIRST


def _may_be_name(name: str, label: str) -> bool:
    if len(name) < _SHORTEST_NAME or not any(letter.isalpha() for letter in name) or "|" in name:
        return False
    words, single = _words(), " " not in name
    if name.lower() in words.no_names or (single and name.isalpha() and is_common_noun(name)):
        return False
    if label == "ORG":
        return True
    if any(letter.isdigit() for letter in name):
        return False
    if label == "LOC":
        parts = [part.rstrip(".") for part in name.split(" ")]
        return not any(part in words.street_words or part.lower().endswith(words.street_endings) for part in parts)
    if single and any(is_place(form) for form in (name, name.removesuffix("s"))):
        return False
    return name[0].isupper() and not name.isupper() and not any(part in words.joining for part in name.split(" "))


def _new(named: Sequence[_Named], doc: Doc, reading: Reading) -> list[_Named]:
    """Those that share nothing with what rules found, but for places inside a longer name."""
    taken = _Taken(reading.span(value["start"], value["end"]) for key in _KNOWN for value in values_of(doc, key))
    places = _Taken(reading.span(value["start"], value["end"]) for value in values_of(doc, "places"))
    new = []
    for name in named:
        inside = list(places.touching(name.start, name.end))
        longer = all(
            name.start <= start and end <= name.end and end - start < name.end - name.start for start, end in inside
        )
        if any(taken.touching(name.start, name.end)) or (inside and (name.entity["label"] == "LOC" or not longer)):
            continue
        new.append(name)
    return new


def _chosen(named: Sequence[_Named]) -> list[_Named]:
    """Those that the model is sure of, and others of the same name and class."""
    sure = {(n.name, n.entity["label"]) for n in named if n.score >= _SURE[n.entity["label"]]}
    return [n for n in named if n.score >= _DOUBTFUL and (n.name, n.entity["label"]) in sure]


def _organisations(named: Sequence[_Named], known: Sequence[Organisation], text: str) -> Iterator[Organisation]:
    acronyms = _introduced_acronyms(named, text)
    long_forms = {acronym: name for name, acronym in acronyms.items()}
    by_acronym = {value["acronym"]: value for value in reversed(known) if value["acronym"]}
    by_name = {value["name"]: value for value in reversed(known)}
    parts = {word for value in known for word in value["name"].split(" ")}
    for name in named:
        same = by_acronym.get(name.name) or by_name.get(name.name)
        if same is None and name.name in parts:
            continue
        own = long_forms.get(name.name, name.name)
        yield Organisation(
            start=name.entity["start"],
            end=name.entity["end"],
            rule=name.entity["rule"],
            name=same["name"] if same else own,
            acronym=same["acronym"] if same else acronyms.get(own),
            kind=same["kind"] if same else "other",
            score=name.entity["score"],
        )


def _introduced_acronyms(named: Sequence[_Named], text: str) -> dict[str, str]:
    """The acronyms that stand in brackets behind a name, by that name."""
    return {
        name.name: acronym.name
        for name, acronym in pairwise(sorted(named, key=lambda name: name.start))
        if text[name.end : acronym.start] == " (" and text[acronym.end : acronym.end + 1] == ")" and " " in name.name
    }


def _persons(named: Sequence[_Named], known: Sequence[Person]) -> Iterator[Person]:
    everybody = {value["name"] for value in known} | {name.name for name in named}
    by_part: dict[str, set[str]] = {}
    for full in everybody:
        if " " in full:
            for part in (full.split(" ")[0], full.rpartition(" ")[2]):
                by_part.setdefault(part, set()).add(full)
    for name in named:
        written = name.name
        if written.endswith("s") and (written[:-1] in by_part or written[:-1] in everybody):
            written = written[:-1]
        meant = by_part.get(written, set())
        if len(meant) == 1:
            written = next(iter(meant))
        yield Person(
            start=name.entity["start"],
            end=name.entity["end"],
            rule=name.entity["rule"],
            name=written,
            title=None,
            function=None,
            organisation=None,
            score=name.entity["score"],
        )


def _place(name: _Named) -> Place:
    """A place of unknown kind; no event's town, since the gazetteer has the towns."""
    return Place(
        start=name.entity["start"],
        end=name.entity["end"],
        rule=name.entity["rule"],
        name=name.name,
        kind="region",
        ags=None,
        state=None,
        country=None,
        latitude=None,
        longitude=None,
        alternatives=[],
        score=name.entity["score"],
    )


@Language.factory("german_entity_union")
def make_german_entity_union(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Create the component; what it adds to must have been found before."""
    _words()
    return unite
