"""The words of German temporal expressions: look-up tables made of ``lang/de/dates.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import product
from typing import NamedTuple, TypeVar

from extractor.lang.lexicon import load_lexicon
from extractor.pipes.temporal.meanings import YearShift
from extractor.pipes.temporal.vocabulary import TemporalLexicon

V = TypeVar("V")
_DIRECTIONS = ("past", "present", "future", "second_last", "second_next", "after", "before", "same")
_ASCII = {
    "ä": ("ae", "a"),
    "ö": ("oe", "o"),
    "ü": ("ue", "u"),
    "ß": ("ss",),
    "Ä": ("Ae", "A"),
    "Ö": ("Oe",),
    "Ü": ("Ue",),
}


def spellings(word: str) -> list[str]:
    """List a word with its ASCII spellings: "März", "Maerz", "Marz"."""
    choices = [(letter, *_ASCII.get(letter, ())) for letter in word]
    return ["".join(letters) for letters in product(*choices)]


def _table(groups: Mapping[int, Iterable[str]] | Mapping[str, Iterable[str]]) -> dict[str, object]:
    """Map each spelling in lower case to the key of its group; earlier groups win."""
    table: dict[str, object] = {}
    for key, words in groups.items():
        for word in words:
            for spelling in spellings(word):
                table.setdefault(spelling.lower(), key)
    return table


def numbered(groups: Iterable[Iterable[str]], first: int = 0) -> dict[str, int]:
    """Map each spelling in lower case to the number of its group."""
    return {word: int(str(key)) for word, key in _table(dict(enumerate(groups, first))).items()}


def named(groups: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Map each spelling in lower case to the name of its group."""
    return {word: str(key) for word, key in _table(groups).items()}


def word_set(choices: Iterable[str]) -> frozenset[str]:
    """Spell out a list of words in lower case."""
    return frozenset(spelling.lower() for word in choices for spelling in spellings(word))


def _spelled(table: Mapping[str, V]) -> dict[str, V]:
    """Spell out the keys of a table in lower case."""
    return {spelling.lower(): value for word, value in table.items() for spelling in spellings(word)}


def _two_digits(lex: TemporalLexicon) -> dict[str, int]:
    """Compose "einundzwanzig" to "neunundneunzig"."""
    ones = ["ein", *lex.numbers.words[2:10]]
    tens = {word: number for word, number in lex.numbers.more.items() if number in range(20, 100)}
    composed = {f"{one}und{ten}": number + count for ten, number in tens.items() for count, one in enumerate(ones, 1)}
    return _spelled(composed)


class Words(NamedTuple):
    """Look-up tables, keyed by the word in lower case."""

    months: dict[str, int]
    weekdays: dict[str, int]
    seasons: dict[str, int]
    dayparts: dict[str, str]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    units: dict[str, str]
    directions: dict[str, str]
    relative_days: dict[str, int]
    anaphoric: dict[str, str]
    vague: dict[str, str]
    feasts: dict[str, int]
    halves: dict[str, str]
    unit_adjectives: dict[str, str]
    durations: dict[str, str]
    sets: dict[str, str]
    year_phrases: dict[str, YearShift]
    street_names: tuple[str, ...]


class WordSets(NamedTuple):
    """Words beside an expression that tell what it is, in lower case and every spelling."""

    numbering: frozenset[str]
    quantities: frozenset[str]
    units: frozenset[str]
    scores: frozenset[str]
    no_weekdays: frozenset[str]
    laws_after: frozenset[str]
    aged: frozenset[str]
    named_ages: frozenset[str]
    counted_things: frozenset[str]
    strong_years: frozenset[str]
    weak_years: frozenset[str]
    clock_cues: frozenset[str]
    clock_followers: frozenset[str]
    approximate: frozenset[str]
    approximate_ends: frozenset[str]
    past: frozenset[str]
    future: frozenset[str]
    not_past: frozenset[str]
    bounds: frozenset[str]
    span_nouns: frozenset[str]
    month_leads: frozenset[str]
    feast_leads: frozenset[str]
    mornings: frozenset[str]
    year_followers: frozenset[str]
    year_or_quantity: frozenset[str]


@lru_cache(maxsize=1)
def lexicon() -> TemporalLexicon:
    """Load the lexicon once."""
    loaded: TemporalLexicon = load_lexicon("dates", TemporalLexicon)
    return loaded


@lru_cache(maxsize=1)
def words() -> Words:
    """Build the look-up tables once."""
    lex = lexicon()
    return Words(
        months=numbered(lex.months.names, 1) | numbered(lex.months.short, 1),
        weekdays=numbered(lex.weekdays.names) | numbered(lex.weekdays.short),
        seasons={word: int(code) for word, code in named({str(k): v for k, v in lex.seasons.items()}).items()},
        dayparts=named(lex.dayparts),
        numbers=numbered([word] for word in lex.numbers.words)
        | _two_digits(lex)
        | {spelling.lower(): n for word, n in lex.numbers.more.items() for spelling in spellings(word)},
        ordinals={
            stem + ending: number
            for stem, number in numbered(lex.numbers.ordinals, 1).items()
            for ending in ("e", "er", "en", "es", "em")
        },
        units=named(lex.units),
        directions={
            stem.lower() + ending: direction
            for direction in _DIRECTIONS
            for word in getattr(lex.relative, direction)
            for stem in spellings(word)
            for ending in ("e", "er", "en", "es", "em")
        },
        relative_days=_spelled(lex.relative.days),
        anaphoric=_spelled(lex.relative.anaphoric),
        vague=named(lex.relative.vague),
        feasts=numbered(feast.names for feast in lex.feasts),
        halves=_spelled(lex.numbers.halves),
        unit_adjectives=named(lex.unit_adjectives),
        durations=named(lex.durations),
        sets=named(lex.sets),
        year_phrases={phrase: YearShift(years) for phrase, years in _spelled(lex.year_phrases).items()}
        | {phrase: YearShift(years, named=True) for phrase, years in _spelled(lex.named_year_phrases).items()},
        street_names=tuple(name + " " for name in lex.negative.street_names),
    )


@lru_cache(maxsize=1)
def word_sets() -> WordSets:
    """Build the word sets once."""
    lex = lexicon()
    return WordSets(
        numbering=word_set(lex.negative.numbering),
        quantities=word_set(lex.negative.quantities),
        units=word_set(lex.negative.units),
        scores=word_set(lex.negative.scores),
        no_weekdays=word_set(lex.negative.no_weekdays),
        laws_after=frozenset(lex.negative.laws_after),
        aged=frozenset(lex.negative.aged),
        named_ages=frozenset(lex.negative.named_ages),
        counted_things=word_set(lex.negative.units) | word_set(lex.negative.scores),
        strong_years=word_set(lex.year_cues.strong),
        weak_years=word_set(lex.year_cues.weak),
        clock_cues=word_set(lex.clock.cues),
        clock_followers=word_set(lex.clock.followers) | word_set(lex.tense.past) | word_set(lex.tense.future),
        approximate=word_set(lex.clock.approximate),
        approximate_ends=frozenset(word[-1] for word in lex.clock.approximate) | {"."},
        past=word_set(lex.tense.past),
        future=word_set(lex.tense.future),
        not_past=word_set(lex.tense.not_past) | frozenset(words().ordinals),
        bounds=word_set(lex.tense.bounds),
        span_nouns=word_set(lex.numbers.span_nouns),
        month_leads=word_set(lex.leads.months),
        feast_leads=word_set(lex.leads.feasts),
        mornings=word_set(lex.leads.mornings),
        year_followers=word_set(lex.year_cues.followers),
        year_or_quantity=word_set(lex.year_cues.year_or_quantity),
    )
