"""One pass over the text: every number and word that can begin a temporal expression is tried.

The rules are anchored, so that the cost is that of looking up the words plus that of the few
patterns tried at their triggers.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from extractor.pipes.temporal.clock import clock_rules
from extractor.pipes.temporal.days import day_rules
from extractor.pipes.temporal.decades import decade_rules
from extractor.pipes.temporal.durations import duration_rules, several_rules
from extractor.pipes.temporal.feasts import feast_rules
from extractor.pipes.temporal.foreign import foreign_rules
from extractor.pipes.temporal.lexicon import word_sets
from extractor.pipes.temporal.meanings import Candidate
from extractor.pipes.temporal.months import month_rules
from extractor.pipes.temporal.ordinal_days import ordinal_day_rules
from extractor.pipes.temporal.parts import part_rules
from extractor.pipes.temporal.periods import period_rules
from extractor.pipes.temporal.quarters import quarter_rules
from extractor.pipes.temporal.relative import relative_rules, unit_rules
from extractor.pipes.temporal.rhythms import rhythm_rules
from extractor.pipes.temporal.rules import Rule
from extractor.pipes.temporal.school import school_rules
from extractor.pipes.temporal.sets import set_rules
from extractor.pipes.temporal.years import year_rules

_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")
_FOLLOWER = re.compile(r"(?P<stop>\.?) {0,2}(?P<mark>[^\W\d_]+|(?P<digit>[0-9])|[^\w\s])")
_SENTENCE = re.compile(r"[.!?:\n](?:(?<=\n)|(?<=[^\W\d_][^\W\d_][.!?:])[\"“”»)']{0,2} (?=[A-ZÄÖÜ„\"»(]))")

_MARKS = frozenset(",.;:!?)")
_LONGEST_KEPT = 40
_MOST_KEPT = 1 << 15
"""Longest chunk that is remembered, in characters, and how many are."""


class Cue(NamedTuple):
    """A word that tells its sentence's direction in time: -1 past, 1 future."""

    position: int
    direction: int


class Scan(NamedTuple):
    """What one pass finds: candidates and tense cues in text order, and where sentences begin."""

    candidates: list[Candidate]
    cues: list[Cue]
    sentences: list[int]


class _Entry(NamedTuple):
    """What the scanner knows about a word or number.

    ``rules`` are those it triggers, by what follows it; "" holds the rules that anything may follow.
    ``direction`` is what a word gives its sentence.
    """

    rules: dict[str, tuple[Rule, ...]]
    direction: int


class _Found(NamedTuple):
    """A word or number that the grammar knows, with its offsets in its chunk; ``number``: it is in digits."""

    start: int
    end: int
    entry: _Entry
    number: bool


class _Grammar(NamedTuple):
    words: dict[str, _Entry]
    numbers: dict[int, _Entry]
    """By the number of digits."""


class _Chunks(dict[str, tuple[_Found, ...]]):
    """What the grammar knows in a chunk of text between blanks; texts repeat their chunks, so it is remembered."""

    def __init__(self, known: _Grammar) -> None:
        super().__init__()
        self.grammar = known

    def __missing__(self, chunk: str) -> tuple[_Found, ...]:
        word = chunk[:-1] if chunk[-1:] in _MARKS else chunk
        result: tuple[_Found, ...]
        if word.isalpha():
            entry = self.grammar.words.get(word.lower())
            result = () if entry is None else (_Found(0, len(word), entry, False),)
        else:
            result = self._parts(chunk)
        if len(chunk) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[chunk] = result
        return result

    def _parts(self, chunk: str) -> tuple[_Found, ...]:
        words, numbers = self.grammar
        found: list[_Found] = []
        for match in _TOKEN.finditer(chunk):
            token = match[0]
            number = token[0] < ":"
            entry = numbers.get(len(token)) if number else words.get(token.lower())
            if entry is not None:
                found.append(_Found(match.start(), match.end(), entry, number))
        return tuple(found)


@lru_cache(maxsize=1)
def grammar() -> _Grammar:
    """Collect the rules by their triggers; the order of a trigger's rules is that in which they are tried."""
    periods = [*school_rules(), *feast_rules(), *month_rules(), *quarter_rules(), *period_rules(), *decade_rules()]
    relative, years = relative_rules(), year_rules()
    rules = [
        *day_rules(),
        *ordinal_day_rules(),
        *periods,
        *foreign_rules(),
        *years,
        *part_rules([*periods, *years, *unit_rules()]),
        *clock_rules(),
        *rhythm_rules(),
        *set_rules(),
        *several_rules(),
        *relative,
        *duration_rules(),
    ]
    by_word: dict[str, list[Rule]] = {}
    by_length: dict[int, list[Rule]] = {}
    for rule in rules:
        for word in rule.triggers:
            by_word.setdefault(word, []).append(rule)
        for length in rule.digits:
            by_length.setdefault(length, []).append(rule)
    tense = dict.fromkeys(word_sets().past, -1)
    tense |= dict.fromkeys(word_sets().future, 1)
    shared = _Sorted()
    return _Grammar(
        {word: _Entry(shared[by_word.get(word, [])], tense.get(word, 0)) for word in by_word.keys() | tense.keys()},
        {length: _Entry(shared[found], 0) for length, found in by_length.items()},
    )


@lru_cache(maxsize=1)
def _chunks() -> _Chunks:
    return _Chunks(grammar())


class _Sorted:
    """Rules by what may follow their trigger, "" for anything else; equal results are one object."""

    def __init__(self) -> None:
        self.tables: dict[tuple[int, ...], dict[str, tuple[Rule, ...]]] = {}
        self.rules: dict[tuple[int, ...], tuple[Rule, ...]] = {}

    def __getitem__(self, rules: list[Rule]) -> dict[str, tuple[Rule, ...]]:
        if not rules:
            return {}
        key = tuple(map(id, rules))
        if key not in self.tables:
            followers = {follower for rule in rules for follower in rule.after} | {""}
            self.tables[key] = {follower: self._following(rules, follower) for follower in followers}
        return self.tables[key]

    def _following(self, rules: list[Rule], follower: str) -> tuple[Rule, ...]:
        found = tuple(rule for rule in rules if not rule.after or follower in rule.after)
        return self.rules.setdefault(tuple(map(id, found)), found)


def _follower(text: str, position: int) -> str:
    """Give what follows a word or number, as ``Rule.after`` has it; "00" is a digit without full stop."""
    match = _FOLLOWER.match(text, position)
    if match is None:
        return ""
    if match["digit"]:
        return "0" if match["stop"] else "00"
    return match[2].lower()


class _Followers(dict[str, str]):
    """What the chunk after a blank is as a follower; texts repeat their chunks, so it is remembered."""

    def __missing__(self, chunk: str) -> str:
        follower = _follower(" " + chunk, 0)
        if len(chunk) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[chunk] = follower
        return follower


@lru_cache(maxsize=1)
def _followers() -> _Followers:
    return _Followers()


def scan(text: str) -> Scan:
    """Find the temporal expressions of a text, each line a block, and what helps to resolve them."""
    candidates: list[Candidate] = []
    cues: list[Cue] = []
    cursor = 0
    chunks = text.replace("\n", " ").split(" ")
    ends = list(accumulate(map(len, chunks)))
    followers = _followers()
    for index, known in [item for item in enumerate(map(_chunks().__getitem__, chunks)) if item[1]]:
        chunk_end = ends[index] + index
        position = chunk_end - len(chunks[index])
        for first, last, entry, number in known:
            start, end = position + first, position + last
            if entry.direction:
                cues.append(Cue(start, entry.direction))
            if start < cursor or not entry.rules:
                continue
            apart = end == chunk_end and text[end : end + 1] == " " and chunks[index + 1]
            rules = entry.rules.get(followers[apart] if apart else _follower(text, end)) or entry.rules[""]
            if not rules or (_continues_number(text, start) if number else first and _continues_word(text, start)):
                continue
            for rule in rules:
                match = rule.pattern.match(text, start)
                if match is not None and (found := rule.build(match)):
                    candidates.extend(found)
                    cursor = found[-1].end
                    break
    return Scan(candidates, cues, [0, *(match.end() for match in _SENTENCE.finditer(text))])


def readings(text: str, start: int) -> list[list[Candidate]]:
    """Give everything that the rules read at the word or number that begins at ``start``; the scan takes the first."""
    token = _TOKEN.match(text, start)
    if token is None:
        return []
    words, numbers = grammar()
    entry = numbers.get(len(token[0])) if token[0].isdigit() else words.get(token[0].lower())
    if entry is None or not entry.rules:
        return []
    matches = [
        (rule, rule.pattern.match(text, start))
        for rule in entry.rules.get(_follower(text, token.end())) or entry.rules[""]
    ]
    return [found for rule, match in matches if match is not None and (found := rule.build(match))]


def _continues_number(text: str, start: int) -> bool:
    """Tell whether a number is part of a longer code: a decimal, a version, a phone or file number."""
    if start == 0:
        return False
    before = text[start - 1]
    if before in " \n(":
        return before == " " and start > 1 and text[start - 2] in "§€$£#@"
    if before.isalpha() or before in "_§€$£#@+%":
        return True
    return (
        before in ".,:/-–'’"
        and start > 1
        and (text[start - 2].isdigit() or (before in "-/:" and text[start - 2].isupper()))
    )


def _continues_word(text: str, start: int) -> bool:
    """Tell whether a word that no blank precedes is the later part of a compound: "Vor-Ort", "E-Mai"."""
    before = text[start - 1]
    return before.isdigit() or before == "_" or (before == "-" and start > 1 and text[start - 2].isalpha())
