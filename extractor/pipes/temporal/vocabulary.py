"""Schema of ``lang/de/dates.toml``, the words of German temporal expressions."""

from __future__ import annotations

from extractor.lang.lexicon import Lexicon


class Months(Lexicon):
    """Month names; ``names`` and ``short`` hold twelve lists each."""

    names: list[list[str]]
    short: list[list[str]]
    foreign: list[str]
    foreign_languages: list[str]


class Weekdays(Lexicon):
    """Weekday names; ``names`` and ``short`` hold seven lists each, Monday first."""

    names: list[list[str]]
    short: list[list[str]]


class Numbers(Lexicon):
    """Number words; ``words`` counts from zero."""

    words: list[str]
    more: dict[str, int]
    articles: list[str]
    vague: list[str]
    span_nouns: list[str]
    halves: dict[str, str]
    ordinals: list[list[str]]
    decades: dict[str, str]


class Relative(Lexicon):
    """Words that count from the reference date or from the date named last."""

    past: list[str]
    present: list[str]
    future: list[str]
    second_last: list[str]
    second_next: list[str]
    after: list[str]
    before: list[str]
    same: list[str]
    days: dict[str, int]
    years: dict[str, int]
    anaphoric: dict[str, str]
    states: list[str]
    vague: dict[str, list[str]]
    event_days: list[str]


class Feast(Lexicon):
    """A holiday and how its day is found; exactly one of ``easter``, ``fixed``, ``advent``, ``nth`` is set.

    It lasts ``days``, or to the month and day ``until``.
    """

    names: list[str]
    easter: int | None = None
    fixed: tuple[int, int] | None = None
    advent: int | None = None
    nth: tuple[int, int, int] | None = None
    days: int = 1
    until: tuple[int, int] | None = None
    cue: bool = False


class School(Lexicon):
    """School holidays and semesters by the EDTF code of their season; ``dated`` names need a year."""

    names: dict[int, list[str]]
    dated: dict[int, list[str]]


class Tense(Lexicon):
    """Words that tell the direction in time of their sentence."""

    past: list[str]
    future: list[str]
    not_past: list[str]
    bounds: list[str]


class Context(Lexicon):
    """What stands before a date of something else: laws, by a pattern, and papers whose issues name a year."""

    laws: str
    issues: list[str]
    papers: list[str]


class Negative(Lexicon):
    """Words beside a number that is no date."""

    numbering: list[str]
    quantities: list[str]
    streets: str
    street_names: list[str]
    units: list[str]
    no_weekdays: list[str]
    laws_after: list[str]
    aged: list[str]
    named_ages: list[str]
    scores: list[str]


class YearCues(Lexicon):
    """Words before a bare year."""

    strong: list[str]
    weak: list[str]
    followers: list[str]
    year_or_quantity: list[str]
    compounds: list[str]


class Leads(Lexicon):
    """Words before an expression that, bare, may be something else."""

    months: list[str]
    feasts: list[str]
    mornings: list[str]


class ClockWords(Lexicon):
    """Words before a clock time."""

    cues: list[str]
    approximate: list[str]
    followers: list[str]
    counted: list[str]


class Dateline(Lexicon):
    """What marks the date of the text itself."""

    labels: list[str]
    changed: list[str]
    mail: list[str]
    mail_headers: list[str]
    event_headers: list[str]
    papers: str
    bylines: str
    no_initials: str
    agencies: str
    no_place_ends: list[str]
    letter_beginnings: list[str]
    letter_ends: list[str]
    posted: list[str]


class TemporalLexicon(Lexicon):
    """Schema of ``dates.toml``."""

    months: Months
    weekdays: Weekdays
    seasons: dict[int, list[str]]
    dayparts: dict[str, list[str]]
    numbers: Numbers
    units: dict[str, list[str]]
    unit_adjectives: dict[str, list[str]]
    durations: dict[str, list[str]]
    relative: Relative
    year_phrases: dict[str, int]
    named_year_phrases: dict[str, int]
    sets: dict[str, list[str]]
    feasts: list[Feast]
    school: School
    tense: Tense
    context: Context
    negative: Negative
    year_cues: YearCues
    leads: Leads
    clock: ClockWords
    dateline: Dateline
