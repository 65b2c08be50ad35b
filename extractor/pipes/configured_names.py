"""The names of a configuration, compiled for the search in readings: one trie for all of them.

A word stands in the trie by a number that all its forms share; so the trie grows with the names, not with their
inflection, and a text is read in time linear in its length, whatever the number of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.configuration import Configuration
from extractor.configuration.models import KnownEventType
from extractor.pipes.configured_forms import (
    Kind,
    Word,
    forms_of_words,
    plural_forms,
    singular_forms,
    spellings,
    written_as,
)
from extractor.pipes.event_heads import event_word
from extractor.pipes.inflection import gender_of
from extractor.pipes.organisation_lexicon import trigger_of
from extractor.pipes.values import Configured, ConfiguredKind
from extractor.pipes.verdicts import Verdicts

_WORD = re.compile(r"\w+|[^\w\s]")
_JOINED = re.compile(r"\w+(?:-\w+)+")
_GAP = re.compile(r"[ \-–'’‚‘„“”\"»«›‹]{0,4}")
_SKIPPED = frozenset("-–'’‚‘„“”\"»«›‹")
_CLOSING = {"„": '“”"', "»": "«", "«": "»", "“": "”", '"': '"', "‚": "‘’", "›": "‹"}
_TAIL = 3
_SHORTEST_HEAD, _SHORTEST_FRONT = 5, 3


@dataclass(slots=True)
class _Node:
    """Where a walk along the words of names stands: the words that may follow, the names that end here."""

    children: dict[int, _Node] = field(default_factory=dict)
    names: list[Configured] = field(default_factory=list)


class _Head(NamedTuple):
    """A form of an event noun of the user's, lower case, as the end of compounds."""

    form: str
    noun: str
    value: Configured
    plural: bool


class ConfiguredNames:
    """Finds the names of a configuration in the text of a reading."""

    def __init__(self, configuration: Configuration) -> None:
        self.configuration = configuration
        self._numbers: dict[str, tuple[int, ...]] = {}
        self._nouns: dict[str, int] = {}
        self._root = _Node()
        self._heads: dict[str, list[_Head]] = {}
        self._known = Verdicts(self._numbers_of)
        numbers: dict[Word, int] = {}
        for value, name, kind, plural in _names(configuration):
            for words in spellings(name):
                self._add(value, forms_of_words(words, kind, plural), numbers)
        for event_type in configuration.event_types:
            self._add_heads(event_type)

    def __reduce__(self) -> tuple[type[ConfiguredNames], tuple[Configuration]]:
        """Pickle by the configuration, for processes that are spawned."""
        return ConfiguredNames, (self.configuration,)

    def _add(self, value: Configured, words: list[Word], numbers: dict[Word, int]) -> None:
        node = self._root
        for word in words:
            if word not in numbers:
                numbers[word] = len(numbers)
                self._number(word, numbers[word])
            node = node.children.setdefault(numbers[word], _Node())
        node.names.append(value)

    def _number(self, word: Word, number: int) -> None:
        if word.noun is not None:
            self._nouns[word.noun] = number
        else:
            for form in word.forms:
                self._numbers[form] = (*self._numbers.get(form, ()), number)

    def _numbers_of(self, written: str) -> tuple[int, ...]:
        """The numbers of the words of which a written word is a form."""
        found = dict.fromkeys(self._numbers.get(written, ()))
        if written.isupper():
            found |= dict.fromkeys(self._numbers.get(written.capitalize(), ()))
        if self._nouns and written[0].isupper():
            found |= dict.fromkeys(self._nouns[noun] for noun in written_as(written) if noun in self._nouns)
        return tuple(found)

    def _add_heads(self, event_type: KnownEventType) -> None:
        for name in event_type.names:
            if " " in name or len(name) < _SHORTEST_HEAD:
                continue
            value = _event_type(event_type, name)
            plural = plural_forms(name, event_type.plural if name == event_type.name else None)
            for form in sorted(singular_forms(name) | plural):
                head = _Head(form.lower(), name, value, form in plural)
                self._heads.setdefault(head.form[-_TAIL:], []).append(head)

    def find(self, text: str) -> list[Configured]:
        """The names in a text, in text order; of names that overlap, the first, and of these the longest.

        Names of several kinds may share one stretch.
        """
        found: list[Configured] = []
        done = 0
        for word in _WORD.finditer(text):
            start = word.start()
            if start < done or word[0] in _SKIPPED:
                continue
            here = self._longest(text, start, word[0]) or self._compound(text, start, word)
            if here:
                found.extend(here)
                done = here[0]["end"]
        return found

    def _longest(self, text: str, start: int, word: str) -> list[Configured]:
        """The names of the longest stretch that begins at ``start``."""
        if not self._known[word] and not text.startswith("-", start + len(word)):
            return []
        if start > 1 and text[start - 1] == "-" and _is_letter(text[start - 2]):
            return []
        best: list[Configured] = []
        waiting = [(self._root, start)]
        while waiting:
            node, position = waiting.pop()
            for end, following in self._steps(text, position, node):
                values = [value for value in following.names if _may_end(text, end, value)]
                if values and (not best or end > best[0]["end"]):
                    best = [_whole(text, value, start, end) for value in values]
                gap = _GAP.match(text, end)
                waiting.append((following, gap.end() if gap else end))
        return best

    def _steps(self, text: str, position: int, node: _Node) -> Iterator[tuple[int, _Node]]:
        """Where the words at a position lead: each word by itself, and words with hyphens as one."""
        if not node.children:
            return
        word = _WORD.match(text, position)
        if word is None:
            return
        yield from ((word.end(), child) for child in self._children(node, word[0]))
        if text.startswith("-", word.end()) and (joined := _JOINED.match(text, position)):
            first, *parts = joined[0].split("-")
            together = first + "".join(part.lower() for part in parts)
            yield from ((joined.end(), child) for child in self._children(node, together))

    def _children(self, node: _Node, word: str) -> Iterator[_Node]:
        for number in self._known[word]:
            child = node.children.get(number)
            if child is not None:
                yield child

    def _compound(self, text: str, start: int, word: re.Match[str]) -> list[Configured]:
        """A compound that ends with an event noun of the user's: "Regional-Transferwerkstatt"."""
        if not self._heads or not (word[0][0].isupper() or word[0].isdigit()) or text[start - 1 : start] == "-":
            return []
        joined = _JOINED.match(text, start)
        written = joined[0] if joined else word[0]
        lower = written.lower()
        for head in self._heads.get(lower[-_TAIL:], ()):
            front = written[: len(written) - len(head.form)]
            if not lower.endswith(head.form) or len(front.rstrip("-")) < _SHORTEST_FRONT:
                continue
            noun = head.noun if front.endswith("-") else head.noun.lower()
            value = _at(text, head.value, start, start + len(written))
            value["name"], value["plural"] = front + noun, head.plural
            value["details"] = value["details"] | {"type": value["details"]["mapped"] or front + noun}
            return [value]
        return []


def _at(text: str, value: Configured, start: int, end: int) -> Configured:
    """A name where it stands, with the quotation mark that closes in it."""
    opened = [mark for mark in text[start:end] if mark in _CLOSING]
    if opened and text[end : end + 1] in _CLOSING[opened[-1]] and text[end : end + 1]:
        end += 1
    found = value.copy()
    found["start"], found["end"] = start, end
    return found


def _whole(text: str, value: Configured, start: int, end: int) -> Configured:
    """A name where it stands, and whether it is an event noun in the plural."""
    found = _at(text, value, start, end)
    found["plural"] = value["kind"] == "event_type" and _is_plural(text[start:end], value)
    return found


def _is_plural(written: str, value: Configured) -> bool:
    """Whether an event noun as written is a plural form, and none of the singular."""
    noun = value["details"]["noun"] or ""
    last = written.replace("-", "").lower()
    singular = {form.replace("-", "").lower() for form in singular_forms(noun)}
    return last not in singular or last in {form.lower() for form in plural_forms(noun, value["details"]["plural"])}


def _is_letter(character: str) -> bool:
    """Whether a character is part of a word, as ``_JOINED`` has it."""
    return character.isalnum() or character == "_"


def _may_end(text: str, end: int, value: Configured) -> bool:
    """Whether a name may end here: before a hyphen only organisations, as in "NLR-Vorstand"."""
    behind = text[end : end + 2]
    if behind[:1].isalnum():
        return False
    return value["kind"] == "organisation" or not (behind[:1] == "-" and behind[1:].isalnum())


def _names(configuration: Configuration) -> Iterator[tuple[Configured, str, Kind, str | None]]:
    """All names of a configuration: the value of each, how it is written, inflected, and its plural."""
    for organisation in configuration.organisations:
        details = {"acronym": organisation.acronym, "kind": organisation.kind or _kind_of(organisation.name)}
        yield from _each("organisation", organisation.name, organisation.names, details)
    for venue in configuration.venues:
        yield from _each("venue", venue.name, venue.names, {"city": venue.city, "address": venue.address})
    for series in configuration.series:
        event_type = series.event_type or _type_of(series.name)
        details = {"type": event_type, "gender": _gender(event_type)}
        yield from _each("series", series.name, series.names, details)
    for person in configuration.persons:
        details = {"title": person.title, "function": person.function, "organisation": person.organisation}
        yield from _each("person", person.name, person.names, details)
    for topic in configuration.topics:
        details = {"concept": topic.concept, "find": topic.find}
        for value, name, kind, _ in _each("topic", topic.name, topic.names, details):
            yield value, name, "acronym" if kind == "acronym" else "topic", None
    for known in configuration.event_types:
        for name in known.names:
            yield _event_type(known, name), name, "event_type", known.plural if name == known.name else None


def _each(
    kind: ConfiguredKind, name: str, names: Iterable[str], details: dict[str, str | None]
) -> Iterator[tuple[Configured, str, Kind, str | None]]:
    rule = f"{'event' if kind == 'series' else kind}.configured"
    value = Configured(start=0, end=0, rule=rule, kind=kind, name=name, plural=False, details=details)
    for written in names:
        yield value, written, "acronym" if _is_acronym(written) else "name", None


def _is_acronym(name: str) -> bool:
    """Whether a name is written with two capitals in its only word: "NLR", "BUND", "IfLS"."""
    return " " not in name and sum(map(str.isupper, name)) > 1


def _event_type(event_type: KnownEventType, noun: str) -> Configured:
    details = {
        "type": event_type.type or event_type.name,
        "gender": event_type.gender or _gender(noun),
        "noun": noun,
        "plural": event_type.plural if noun == event_type.name else None,
        "mapped": event_type.type or (event_type.name if noun != event_type.name else None),
    }
    return Configured(
        start=0, end=0, rule="event.configured", kind="event_type", name=noun, plural=False, details=details
    )


def _type_of(name: str) -> str:
    """The type of a series' events: the last word of its name, singular where the lexicon knows it."""
    last = name.rpartition(" ")[2]
    word = event_word(last)
    return word.type if word is not None else last


def _gender(noun: str) -> str:
    word = event_word(noun)
    return word.head.gender if word is not None else gender_of(noun) or "m"


def _kind_of(name: str) -> str:
    """The kind of an organisation that a word of its name tells."""
    triggers = (trigger_of(word) for word in name.split(" ") if len(word) > 1)
    return next((trigger.kind for trigger in triggers if trigger is not None and trigger.role == "head"), "other")
