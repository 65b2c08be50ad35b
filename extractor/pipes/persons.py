"""The component ``german_persons``: persons by first name, title, office and what they say."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from extractor.pipes.configured import configured_names, of_kind
from extractor.pipes.names import is_capitalised, is_known_noun, is_place, is_town
from extractor.pipes.organisation_lexicon import organisation_lexicon
from extractor.pipes.person_affiliation import organisation_after
from extractor.pipes.person_configured import with_configured, without_configured
from extractor.pipes.person_coordination import sharing_surname
from extractor.pipes.person_grammar import Lead, Name, read_lead, read_name
from extractor.pipes.person_lexicon import cue_of, may_be_surname, person_lexicon
from extractor.pipes.reading import Reading, reading_of, register, set_spans, values_of
from extractor.pipes.values import Configured, Organisation, Person
from extractor.pipes.words import Token, capitalised_words, indices_at, lines_with, occurrences, text_at

KEY = "persons"

_LABELLED_INITIAL = re.compile(r": (?P<initial>[A-ZÄÖÜ])\. ?[A-ZÄÖÜ]")
_LABEL_REACH = 60
_NAME_CUES = frozenset(("first", "weak", "title", "address"))
_QUOTES_AND_COMMAS = frozenset(',“”"»«›‹‘’;–')
_SIGNED = ("gez. ", "Gez. ", "GEZ. ")


class _Spans:
    """Stretches that are taken, for "is this offset inside one of them?"."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self.starts = [start for start, _ in ordered]
        self.ends = [end for _, end in ordered]

    def covers(self, offset: int) -> bool:
        """Whether an offset lies inside a stretch."""
        index = bisect_right(self.starts, offset) - 1
        return index >= 0 and offset < self.ends[index]


def find_persons(
    text: str, organisations: Sequence[Organisation] = (), names: Sequence[Configured] = ()
) -> list[Person]:
    """Persons of a reading's text, in text order; those inside ``organisations`` are left out.

    ``names`` are the user's names in the text: persons, and others in which none is looked for.
    """
    others = [name for name in names if name["kind"] not in ("person", "topic")]
    taken = _Spans([(found["start"], found["end"]) for found in (*organisations, *others)])
    ordered = sorted(organisations, key=lambda found: found["start"])
    found: list[Person] = []
    bare: list[Person] = []
    for tokens, indices in _lines(text):
        for name in _names(text, tokens, indices, taken):
            person = _person(text, tokens, name, ordered)
            (found if name.given else bare).append(person)
    if names:
        own = [name for name in of_kind(names, "person") if not taken.covers(name["start"])]
        found = with_configured(text, found, own, ordered)
        bare = without_configured(bare, own)
    found.extend(sharing_surname(text, found))
    found = _merge_initials(found)
    found.extend(_resolve(bare, found))
    found.extend(_mentions(text, found, taken))
    return sorted(found, key=lambda person: (person["start"], -person["end"]))


def _lines(text: str) -> Iterator[tuple[list[Token], list[int]]]:
    """Tokens of the lines that hold a cue, and the indices at which a name or what leads to it may begin."""
    words = capitalised_words(text)
    cues = [start for word, start in words if cue_of(word)]
    cues.extend(cue.end() for cue in _speech().finditer(text))
    cues.extend(_roll_calls(text))
    cues.extend(at + len(signed) for signed in _SIGNED for at in occurrences(text, signed))
    initials = [start for word, start in words if len(word) == 1 and text.startswith(".", start + 1)]
    for tokens, positions in lines_with(text, sorted(cues)):
        first, last = bisect_left(initials, tokens[0].start()), bisect_left(initials, tokens[-1].end())
        yield tokens, indices_at(tokens, sorted([*positions, *initials[first:last]]))


@lru_cache(maxsize=1)
def _speech() -> re.Pattern[str]:
    """A word of saying before a capitalised word: ", so Wöhlert"."""
    words = "|".join(sorted(person_lexicon().words.speech))
    return re.compile(rf"[{''.join(_QUOTES_AND_COMMAS)}] (?:{words}) (?=[A-ZÄÖÜ])")


def _roll_calls(text: str) -> Iterator[int]:
    """Where an initial stands behind a label of those who came or did not: "entschuldigt: R. "."""
    labels = person_lexicon().words.roll_calls
    for initial in _LABELLED_INITIAL.finditer(text):
        line = text[max(text.rfind("\n", 0, initial.start()), initial.start() - _LABEL_REACH) + 1 : initial.start()]
        if any(label in line.lower() for label in labels):
            yield initial.start("initial")


def _names(text: str, tokens: list[Token], indices: Sequence[int], taken: _Spans) -> Iterator[Name]:
    """Names of one line that begin, with what leads to them, at ``indices``; from left to right, without overlap."""
    done = 0
    for index in indices:
        if index < done or taken.covers(tokens[index].start()):
            continue
        name = _read(text, tokens, index)
        if name is not None and name.first >= done and not taken.covers(tokens[name.first].start()):
            yield name
            done = name.last


def _read(text: str, tokens: list[Token], index: int) -> Name | None:
    """Read the name that begins, with what leads to it, at ``index``."""
    word = tokens[index][0]
    cue = cue_of(word) if len(word) > 1 else None
    if cue in ("title", "address", "office", "function"):
        lead = read_lead(text, tokens, index)
        name = read_name(tokens, lead.end, lead) if lead.end < len(tokens) else None
        return name or _after_comma(tokens, index)
    if cue in ("first", "weak") or (len(word) == 1 and text_at(tokens, index + 1) == "."):
        return read_name(tokens, index, Lead(index)) or _spoken(tokens, index)
    return _spoken(tokens, index)


def _after_comma(tokens: list[Token], index: int) -> Name | None:
    """An unknown name before its function: "Jadwiga Kowal, Vorsitzende des Vereins"."""
    if text_at(tokens, index - 1) != "," or index < 3:
        return None
    given, surname = tokens[index - 3], tokens[index - 2]
    if not (may_be_surname(given[0]) and may_be_surname(surname[0])) or surname.start() - given.end() != 1:
        return None
    before = text_at(tokens, index - 4)
    if surname[0] in organisation_lexicon().words.following:
        return None
    if is_capitalised(before) or is_town(given[0]) or is_town(surname[0]) or given[0].endswith("er") or "-" in given[0]:
        return None
    return Name(index - 3, index - 1, given[0], surname[0], None, tokens[index][0], "person.apposition")


def _spoken(tokens: list[Token], index: int) -> Name | None:
    """Return a name alone beside a word of saying or writing, or before a town: "so Wölfl", "Paul aus Guben"."""
    cue, before = text_at(tokens, index - 1), text_at(tokens, index - 2)
    word, following = tokens[index][0], text_at(tokens, index + 1)
    words = person_lexicon().words
    signed = cue == "." and before.lower() == "gez"
    told = cue in words.speech and before in _QUOTES_AND_COMMAS
    by = cue == "von" and before in words.authorship and cue_of(word) == "first"
    if cue_of(word) == "first" and following == "aus" and is_place(text_at(tokens, index + 2)):
        return Name(index, index + 1, None, word, rule="person.from_town")
    if not (signed or told or by):
        return None
    if not may_be_surname(word) or is_capitalised(following) or is_town(word):
        return None
    return Name(index, index + 1, None, word, rule="person.speech")


def _person(text: str, tokens: list[Token], name: Name, organisations: Sequence[Organisation]) -> Person:
    """The value of a name, with the function and organisation that follow it."""
    start, end = tokens[name.first].start(), tokens[name.last - 1].end()
    return {
        "start": start,
        "end": end,
        "rule": name.rule,
        "name": " ".join(filter(None, (name.given, name.surname))),
        "title": name.title,
        "function": name.function or _function_after(tokens, name.last),
        "organisation": organisation_after(text, end, organisations),
    }


def _function_after(tokens: Sequence[Token], index: int) -> str | None:
    """Return the function after a name: ", Vorsitzende", "(Wehrführer)"."""
    if text_at(tokens, index) not in (",", "("):
        return None
    word, following = text_at(tokens, index + 1), text_at(tokens, index + 2)
    if word in person_lexicon().functions.attributes and _is_function(following):
        return f"{word} {following}"
    return word if _is_function(word) and cue_of(following) not in _NAME_CUES else None


def _is_function(word: str) -> bool:
    """Whether a word names an office or profession; "Professorin" does, besides being a title."""
    return is_capitalised(word) and (cue_of(word) in ("office", "function") or word in person_lexicon().offices.words)


def _merge_initials(found: list[Person]) -> list[Person]:
    """Give "J. Pohland" the name "Jens Pohland" where the text has exactly one such person."""
    full: dict[tuple[str, str], set[str]] = {}
    for name in {person["name"] for person in found if "." not in person["name"]}:
        full.setdefault((name[0], name.rpartition(" ")[2]), set()).add(name)
    for person in found:
        initial, point, surname = person["name"].partition(". ")
        same = full.get((initial, surname), set()) if point else set()
        if len(same) == 1:
            person["name"] = next(iter(same))
    return found


def _by_surname(found: Sequence[Person]) -> dict[str, list[Person]]:
    """The persons named in full, in text order, by surname."""
    persons: dict[str, list[Person]] = {}
    for person in sorted(found, key=lambda person: person["start"]):
        if " " in person["name"]:
            persons.setdefault(person["name"].rpartition(" ")[2], []).append(person)
    return persons


def _meant(namesakes: Sequence[Person], start: int) -> Person:
    """Whom a surname at ``start`` means: of two the one named last before it, else the first."""
    return next((person for person in reversed(namesakes) if person["start"] < start), namesakes[0])


def _by_given(found: Sequence[Person]) -> dict[str, str]:
    """Full names by first name, where only one person has it."""
    names: dict[str, set[str]] = {}
    for person in found:
        names.setdefault(person["name"].split(" ")[0], set()).add(person["name"])
    return {given: next(iter(full)) for given, full in names.items() if len(full) == 1}


def _resolve(bare: list[Person], found: Sequence[Person]) -> list[Person]:
    """Give bare surnames the full name that the text has for them."""
    given, families = _by_given(found), _by_surname(found)
    resolved: list[Person] = []
    for person in bare:
        namesakes = families.get(person["name"])
        name = _meant(namesakes, person["start"])["name"] if namesakes else given.get(person["name"], person["name"])
        resolved.append({**person, "name": name})
    return resolved


def _mentions(text: str, found: Sequence[Person], taken: _Spans) -> list[Person]:
    """Bare surnames of persons named in full elsewhere; words and towns need a cue, so they are left out."""
    families = {
        surname: namesakes
        for surname, namesakes in _by_surname(found).items()
        if not is_known_noun(surname) and not is_town(surname)
    }
    if not families:
        return []
    forms = {f"{surname}s": namesakes for surname, namesakes in families.items()} | families
    persons = _Spans([(person["start"], person["end"]) for person in found])
    first = {person["name"]: person for person in sorted(found, key=lambda person: -person["start"])}
    mentions: list[Person] = []
    for word, start in capitalised_words(text):
        if word not in forms or persons.covers(start) or taken.covers(start):
            continue
        if start and (text[start - 1].isalnum() or text[start - 1] == "-"):
            continue
        person = first[_meant(forms[word], start)["name"]]
        mentions.append({**person, "start": start, "end": start + len(word), "rule": "person.mention"})
    return mentions


def _in_reading(reading: Reading, organisations: Sequence[Organisation]) -> list[Organisation]:
    """Organisations with offsets into the reading instead of the source."""
    return [
        {**found, "start": reading.position(found["start"]), "end": reading.position(found["end"] - 1) + 1}
        for found in organisations
    ]


@Language.factory("german_persons")
def make_german_persons(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Create the component that finds persons."""
    register(KEY)
    person_lexicon()
    return annotate


def annotate(doc: Doc) -> Doc:
    """Find the persons of a ``Doc`` and store them."""
    reading = reading_of(doc)
    organisations = _in_reading(reading, values_of(doc, "organisations"))
    values = find_persons(reading.text, organisations, configured_names(doc, reading))
    for value in values:
        value["start"], value["end"] = reading.source(value["start"], value["end"])
    set_spans(doc, KEY, values)
    return doc
