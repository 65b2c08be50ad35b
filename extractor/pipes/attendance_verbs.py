"""Numbers of people told without a noun: "118 kamen", "Es kamen 41.", "34 haben sich angemeldet", "600 von euch"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractor.pipes.attendance_context import FEW, YEAR, is_limit, rounding_start, sentence_words
from extractor.pipes.attendance_lexicon import attendance_lexicon
from extractor.pipes.numbers import Quantity, quantity_before
from extractor.pipes.people import people_noun
from extractor.pipes.values import Attendance
from extractor.pipes.words import capitalised_words, occurrences

_OF_US = re.compile(r" (?:von|unter) (?:euch|uns|Ihnen|ihnen)\b")
_THEY_ARE = re.compile(
    r"\b(?:sind|waren|wurden) es (?:(?!noch\b|nur\b)[a-zäöü]{2,14} ){0,3}?"
    r"(?P<number>\d[\d.’']{0,9}(?<!\.)|[a-zäöüß]{5,40})(?=[.!;,)](?:\s|$)|\n|$)"
)
_BEFORE_THEM = 160
_OPENING_REACH = 12


@lru_cache(maxsize=1)
def _verb() -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, attendance_lexicon().cues.verbs))
    return re.compile(rf" (?:{verbs})\b")


def with_verbs(text: str) -> Iterator[Attendance]:
    """Find a number right before a verb of coming, the people left out: "118 kamen", "Etwa hundert kamen"."""
    for match in _verb().finditer(text):
        quantity = quantity_before(text, match.start())
        if quantity is not None and _stands_alone(quantity) and not is_limit(text, quantity.start):
            start = rounding_start(text, quantity.start)
            yield Attendance(start=start, end=match.end(), rule="attendance.verb", count=quantity.value)


@lru_cache(maxsize=1)
def _announcing() -> dict[str, tuple[str, ...]]:
    """The words before a verb that announce a number, by the verb."""
    pairs = [phrase.split() for phrase in attendance_lexicon().cues.announcing]
    return {verb: tuple(opening for opening, other in pairs if other == verb) for verb in sorted({v for _, v in pairs})}


@lru_cache(maxsize=1)
def _after_verb() -> re.Pattern[str]:
    """The number behind a verb of coming, at the end of its part of a sentence."""
    there = "|".join(attendance_lexicon().cues.there)
    return re.compile(
        r" (?:[a-zäöü]{2,16}\.? ){0,3}(\d[\d.’']{0,11}(?<!\.)|[a-zäöüß]{3,50})"
        rf"(?P<there> (?:{there}))?(?=[.!;,)](?:\s|$)|\n|$)"
    )


def announced(text: str) -> Iterator[Attendance]:
    """Find numbers right after a verb of coming, the people left out: "Es kamen 41."."""
    cues, after_verb = attendance_lexicon().cues, _after_verb()
    for verb, openings in _announcing().items():
        for blank in occurrences(text, f" {verb} "):
            if not text.endswith(openings, max(blank - _OPENING_REACH, 0), blank):
                continue
            after = blank + 1 + len(verb)
            start = max(text.rfind(mark, max(blank - 40, 0), blank) for mark in " \n") + 1
            number = after_verb.match(text, after)
            told = number is not None and (verb != "waren" or number["there"] or text[start:blank] not in cues.pronouns)
            quantity = quantity_before(text, number.end(1)) if number and told else None
            if quantity is None or not _stands_alone(quantity) or is_limit(text, quantity.start):
                continue
            if text[start:blank] in openings and rounding_start(text, quantity.start) == after + 1:
                yield Attendance(start=start, end=quantity.end, rule="attendance.verb.before", count=quantity.value)


@lru_cache(maxsize=1)
def _registered() -> re.Pattern[str]:
    participles = "|".join(attendance_lexicon().cues.registered)
    return re.compile(
        r"\b(?:haben|hatten) sich (?:[a-zäöü]{2,14} ){0,3}?(?P<number>\d[\d.’']{0,9}|[a-zäöüß]{4,40}) "
        rf"(?:{participles})\b"
    )


@lru_cache(maxsize=1)
def _lower_label() -> re.Pattern[str]:
    labels = "|".join(attendance_lexicon().cues.lower_labels)
    return re.compile(rf"(?m)^\W{{0,3}}(?:{labels})(?: (?:sind|waren))?: ?(?P<number>\d{{1,5}})\b(?![.,:/]\d)")


@lru_cache(maxsize=1)
def _expected() -> re.Pattern[str]:
    """The number that somebody reckons with, or that is expected: "rechnet der Verband mit 1000"."""
    verbs = "|".join(attendance_lexicon().cues.expecting)
    return re.compile(
        rf"(?:\b(?:{verbs}) (?:[\wäöüß]{{2,30}} ){{0,4}}?mit|\b[Ee]rwartet (?:werden|wurden)) "
        r"(?:[a-zäöü]{2,12} ){0,2}?(?P<number>\d[\d.’']{0,9}(?<!\.))(?=[.!;,)](?:\s|$)|\n|$)"
    )


@lru_cache(maxsize=1)
def _rounded() -> re.Pattern[str]:
    """A rounded number between a verb of coming and where people came: "kamen gut 400 auf den Platz"."""
    verbs = "|".join(attendance_lexicon().cues.bare_verbs)
    return re.compile(
        rf"\b(?:{verbs}) (?:[a-zäöü]{{3,8}} ){{1,2}}(?P<number>\d[\d.’']{{1,9}})"
        r"(?= (?:auf|in|zu[mr]?|ins|an|nach|der) )"
    )


def expected(text: str) -> Iterator[Attendance]:
    """Find numbers of people that are expected, told without a noun: "Heuer rechnet der Verband mit 1000."."""
    if "rwartet w" not in text and "rechne" not in text:
        return
    for match in _expected().finditer(text):
        quantity = quantity_before(text, match.end("number"))
        if quantity is None or quantity.value < FEW or is_limit(text, quantity.start):
            continue
        if _speaks_of_people(text, match.start()):
            start = rounding_start(text, quantity.start)
            yield Attendance(start=start, end=quantity.end, rule="attendance.expected", count=quantity.value)


def without_nouns(text: str) -> Iterator[Attendance]:
    """Find numbers of people told by other words: "600 von euch", "34 haben sich angemeldet"."""
    for match in _OF_US.finditer(text):
        quantity = quantity_before(text, match.start())
        if quantity is None or quantity.value < FEW or is_limit(text, quantity.start):
            continue
        start = rounding_start(text, quantity.start)
        words = sentence_words(text, quantity.start, match.end())
        if start < quantity.start or not attendance_lexicon().cues.attending.isdisjoint(words):
            yield Attendance(start=start, end=match.end(), rule="attendance.persons", count=quantity.value)
    for match in _rounded().finditer(text):
        quantity = quantity_before(text, match.end("number"))
        start = rounding_start(text, quantity.start) if quantity is not None else match.end()
        if quantity is not None and start < quantity.start and not is_limit(text, start):
            yield Attendance(start=start, end=quantity.end, rule="attendance.verb.before", count=quantity.value)
    for match in (*_registered().finditer(text), *_THEY_ARE.finditer(text), *_lower_label().finditer(text)):
        quantity = quantity_before(text, match.end("number"))
        if quantity is None or not _stands_alone(quantity) or is_limit(text, quantity.start):
            continue
        if match.re is not _THEY_ARE or _speaks_of_people(text, match.start()):
            start = rounding_start(text, quantity.start)
            yield Attendance(start=start, end=quantity.end, rule="attendance.verb.before", count=quantity.value)


def _speaks_of_people(text: str, position: int) -> bool:
    """Whether the words before a position speak of people who register or come."""
    before = text[max(text.rfind("\n", 0, position) + 1, position - _BEFORE_THEM) : position]
    return any(
        people_noun(word) == "audience" or word in attendance_lexicon().cues.registrations
        for word, _ in capitalised_words(before)
    )


def _stands_alone(quantity: Quantity) -> bool:
    """Whether a number without a noun may be one of people: neither small nor like a year."""
    return quantity.value >= FEW and not (quantity.value in YEAR and quantity.end - quantity.start == 4)
