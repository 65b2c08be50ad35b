"""What temporal expressions mean before they are resolved: every hole of the text is still a hole.

A rule yields ``Candidate``s; ``resolution`` turns their meanings into values.
"""

from __future__ import annotations

from typing import Literal, NamedTuple


class YearShift(NamedTuple):
    """Years from the reference date ("dieses Jahres" is 0), or from the year named last ("desselben Jahres")."""

    amount: int
    named: bool = False


class CalendarDate(NamedTuple):
    """A year, month or day of the calendar.

    ``weekday`` counts from Monday (0); ``years`` is a year told by its distance, ``months`` counts months from the
    reference date ("15. nächsten Monats" is 1).
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    daypart: str | None = None
    years: YearShift | None = None
    direction: int | None = None
    months: int | None = None


class Period(NamedTuple):
    """A season, quarter or half-year: ``code`` as in EDTF (21-24, 33-36, 40-41)."""

    code: int
    year: int | None = None
    years: YearShift | None = None
    direction: int | None = None


class Week(NamedTuple):
    """A week of the ISO calendar."""

    number: int
    year: int | None = None
    years: YearShift | None = None


class Decade(NamedTuple):
    """A decade or century by its leading digits: "198" or "19"."""

    digits: str


class FeastDay(NamedTuple):
    """A holiday by its place in the lexicon's list."""

    number: int
    year: int | None = None
    years: YearShift | None = None
    direction: int | None = None


class BesideFeast(NamedTuple):
    """The n-th weekday after a holiday, before it if negative; without weekday the n-th day."""

    number: int
    weekday: int | None
    feast: FeastDay


class NthWeekday(NamedTuple):
    """The n-th weekday of a month, the last one being -1, the one before it -2; without weekday the n-th weekend.

    ``months`` counts months from the reference date where no month is named ("dieses Monats" is 0).
    """

    number: int
    weekday: int | None
    month: int | None
    year: int | None = None
    years: YearShift | None = None
    direction: int | None = None
    months: int | None = None


class NthUnit(NamedTuple):
    """The n-th day (D) or week (W) of what lasts several, the last one being -1: "am zweiten Messetag"."""

    number: int
    unit: str = "D"


class WeekdayName(NamedTuple):
    """A weekday; without ``direction`` its sentence decides.

    ``week`` counts weeks from that of the reference date ("Freitag nächster Woche" is 1); if ``anaphoric``,
    week and direction count from the day named last ("am darauffolgenden Freitag").
    """

    weekday: int
    direction: int | None = None
    daypart: str | None = None
    week: int | None = None
    anaphoric: bool = False


class Shift(NamedTuple):
    """So many days, weeks, ... from an anchor; unit as in TIMEX3: D, W, WE, M, Q, Y, DE, CE, and SY for school years.

    ``lasting`` is the offset of the duration in what may be one: "in [sechs Wochen] gezeichnet". ``to_day``
    keeps the day of the month ("heute vor zehn Jahren"). ``of_week`` counts weeks, not weekends.
    """

    amount: int
    unit: str
    anaphoric: bool = False
    daypart: str | None = None
    by_tense: bool = False
    lasting: int | None = None
    to_day: bool = False
    of_week: bool = False


class Clock(NamedTuple):
    """A clock time; ``spoken`` hours ("halb acht") may mean either half of the day."""

    hour: int
    minute: int | None = None
    spoken: bool = False
    daypart: str | None = None


class DaypartOfDay(NamedTuple):
    """A part of a day that something else names: "am Abend"."""

    daypart: str


class Fixed(NamedTuple):
    """A duration, set or vague reference: nothing to resolve."""

    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str


Point = (
    CalendarDate
    | Period
    | Week
    | Decade
    | FeastDay
    | BesideFeast
    | NthWeekday
    | NthUnit
    | WeekdayName
    | Shift
    | Clock
    | DaypartOfDay
    | Fixed
)


class Span(NamedTuple):
    """From one point to another, both included; the text between them has the offsets ``middle``."""

    first: Point
    last: Point
    middle: tuple[int, int]


Meaning = Point | Span


class Candidate(NamedTuple):
    """A temporal expression found: half-open offsets, rule id, meaning."""

    start: int
    end: int
    rule: str
    meaning: Meaning
    approximate: bool = False
