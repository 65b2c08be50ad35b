"""Expressions that count from the reference date or from a day named before."""

from __future__ import annotations

import re
from datetime import date, timedelta

from extractor.pipes.temporal import instants
from extractor.pipes.temporal.context import Anchor, Context
from extractor.pipes.temporal.instants import Instant, Precision
from extractor.pipes.temporal.lexicon import word_sets
from extractor.pipes.temporal.meanings import Candidate, NthUnit, Shift, WeekdayName
from extractor.pipes.temporal.nowadays import is_nowadays
from extractor.pipes.temporal.rules import word_before

_REPEATED_WITHIN = 3000
"""Characters after which a weekday no longer repeats the date that named it."""
_BESIDE_WITHIN = 600
"""Characters after which a weekday no longer lies beside the day named last."""
_RANGE_WITHIN = 80
_ONLY_CLOCK = re.compile(
    r"[ ,(]{0,3}(?:(?:ab|um|von|gegen|circa|ca\.|etwa)? ?\d{1,2}(?:[.:]\d\d)?(?: ?Uhr| ?h)?"
    r"|mittags?|abends|nachmittags|morgens)?"
    r"[ ,)]{0,3}(?:bis(?: (?:zum|einschließlich))?|[–—-]{1,2}) ?(?:zum |am )?"
)
"""Between the two days of a range nothing but a clock time."""
_UNTIL = re.compile(r"^[^.;\n]*\bbis (?:zum |einschließlich |einschließlich zum )?$")
_LIMIT = re.compile(
    r"[Aa]nmeld|melde[tn] |bewerb|[Vv]orverkauf|[Kk]arten|frist|[Ee]insend|[Aa]bg[ae]b|schluss|[Rr]eservier"
    r"|[Aa]ufbau|[Pp]robe"
)
"""In a sentence about what has to be done before the event."""
_REPORTS = re.compile(r"\b(?:mitteil|teil(?:t|en) |sagt|erklär|bericht|informier|meldet|heißt es|gibt bekannt)")
"""In a sentence that says when something was said."""
_OPEN: dict[str, tuple[str, Precision]] = {
    "W": ("XXXX-WXX", "week"),
    "WE": ("XXXX-WXX-WE", "day"),
    "M": ("XXXX-XX", "month"),
    "Q": ("XXXX-QX", "quarter"),
    "Y": ("XXXX", "year"),
    "SY": ("XXXX/XXXX", "year"),
    "DE": ("XXX", "decade"),
    "CE": ("XX", "century"),
}
"""TIMEX3 values of units where there is nothing to count from."""


def weekday(context: Context, candidate: Candidate, point: WeekdayName, otherwise: int = -1) -> Instant:
    """Resolve a weekday; ``otherwise`` is the direction of a bare one where its sentence tells none."""
    open_value = f"XXXX-WXX-{point.weekday + 1}" + (f"T{point.daypart}" if point.daypart else "")
    if point.direction is None and point.week is None:
        named = _weekday_beside(context, candidate, point.weekday)
        if named is not None:
            return instants.of_day(named, daypart=point.daypart, inferred="context")
    reference = _counted_from(context, candidate, point)
    if reference is None:
        return Instant(open_value, "day")
    if point.week is not None:
        day = instants.moved(_monday(reference.day), point.week * 7 + point.weekday, "D")
        return _day_or_open(day, open_value, point, reference)
    direction = point.direction
    strict, further = direction not in (None, 0), 7 * max(abs(direction or 0) - 1, 0)
    if direction is None or direction == 0:
        direction = context.tense.direction(candidate) or (otherwise if direction is None else 1)
    offset = (point.weekday - reference.day.weekday()) % 7
    if direction > 0:
        offset = further + (7 if strict and offset == 0 else offset)
    else:
        offset = (-7 if strict and offset == 0 else offset - 7 if offset else 0) - further
    return _day_or_open(instants.moved(reference.day, offset, "D"), open_value, point, reference)


def _day_or_open(day: date | None, open_value: str, point: WeekdayName, reference: Anchor) -> Instant:
    if day is None:
        return Instant(open_value, "day")
    return instants.of_day(day, daypart=point.daypart, inferred=reference.label)


def _counted_from(context: Context, candidate: Candidate, point: WeekdayName) -> Anchor | None:
    """Give the day from which a weekday is counted."""
    topic = context.topic(candidate.start) if point.anaphoric else None
    if topic is None:
        return context.reference
    return Anchor(topic.last if point.direction == 1 else topic.first, "context")


def _weekday_beside(context: Context, candidate: Candidate, weekday: int) -> date | None:
    """Give the day of a bare weekday where the dates named before it settle it."""
    for find in (_end_of_range, _named_weekday, _weekday_in_week, _planned_weekday):
        day = find(context, candidate, weekday)
        if day is not None:
            return day
    return None


def _end_of_range(context: Context, candidate: Candidate, weekday: int) -> date | None:
    """Give the day that ends "von Samstag, 14 Uhr, bis Sonntag, 14 Uhr": the first one after the day before it."""
    first = context.previous
    if first is None or not 0 <= candidate.start - first.position <= _RANGE_WITHIN:
        return None
    between = context.text[first.position : candidate.start]
    if not _ONLY_CLOCK.fullmatch(between) and not (_UNTIL.search(between) and not _LIMIT.search(between)):
        return None
    return instants.moved(first.first, (weekday - first.first.weekday()) % 7 or 7, "D")


def _weekday_in_week(context: Context, candidate: Candidate, weekday: int) -> date | None:
    """Give the day of the week named before ("in KW 12 ... am Mittwoch"), unless the sentence looks the other way."""
    if context.week is None:
        return None
    (monday, _, position), by_number = context.week
    if candidate.start - position > (_REPEATED_WITHIN if by_number else _BESIDE_WITHIN):
        return None
    day, reference = monday + timedelta(days=weekday), context.reference
    side = (day > reference.day) - (day < reference.day) if reference is not None else 0
    return day if side * context.tense.direction(candidate) >= 0 else None


def _planned_weekday(context: Context, candidate: Candidate, weekday: int) -> date | None:
    """Give the day of a bare weekday after a day that is still to come, unless it is told as past.

    Within a week of the reference date it is the one nearest to that day, else the first one from that day on.
    """
    reference, last = context.reference, context.last
    if reference is None or last is None or last.first <= reference.day:
        return None
    if candidate.start - last.position > _BESIDE_WITHIN or context.tense.direction(candidate) < 0:
        return None
    if word_before(context.text, candidate.start) in word_sets().bounds:
        return None
    low, high = context.tense.sentence(candidate.start, candidate.end)
    if _LIMIT.search(context.text, low, high) or _REPORTS.search(context.text, low, high):
        return None
    following = instants.moved(last.first, (weekday - last.first.weekday()) % 7, "D")
    before = instants.moved(last.first, -((last.first.weekday() - weekday) % 7), "D")
    if following is None or before is None or before <= reference.day:
        return following
    near = (last.first - reference.day).days <= 7 and last.first - before < following - last.first
    return before if near else following


def _named_weekday(context: Context, candidate: Candidate, weekday: int) -> date | None:
    """Give the day that a bare weekday repeats, or the one beside the date named just before."""
    mention = context.weekdays.get(weekday)
    reference = context.reference
    if mention is not None and candidate.start - mention.position < _REPEATED_WITHIN:
        to_come = reference is not None and mention.first > reference.day
        return None if to_come and context.tense.direction(candidate) < 0 else mention.first
    last = context.last
    if reference is not None or last is None or candidate.start - last.position > _BESIDE_WITHIN:
        return None
    offset = (weekday - last.first.weekday() + 3) % 7 - 3
    return instants.moved(last.first, offset, "D")


def weekdays(context: Context, candidate: Candidate, first: WeekdayName, last: WeekdayName) -> tuple[Instant, Instant]:
    """Resolve a range of weekdays; it lies ahead unless it is told as past."""
    begin = weekday(context, candidate, first, otherwise=1)
    if begin.first is None:
        return begin, Instant(f"XXXX-WXX-{last.weekday + 1}", "day")
    end = instants.moved(begin.first, (last.weekday - first.weekday) % 7, "D") or begin.first
    return begin, instants.of_day(end, inferred=begin.inferred)


def nth_unit(context: Context, candidate: Candidate, point: NthUnit) -> Instant:
    """Resolve the n-th day of the days named last, or the n-th week from that of the first day named.

    A day is open where they are not that many, a week where no day is named.
    """
    if point.unit == "W":
        first = context.lead
        monday = instants.moved(_monday(first.first), 7 * (point.number - 1), "D") if first is not None else None
        if monday is None or point.number < 1:
            return Instant(*_OPEN["W"])
        return instants.of_week(monday, "context")
    topic = context.topic(candidate.start)
    if topic is not None and topic.first != topic.last:
        day = topic.last if point.number < 0 else instants.moved(topic.first, point.number - 1, "D")
        if day is not None and day <= topic.last:
            return instants.of_day(day, inferred="context")
    return Instant("XXXX-XX-XX", "day")


def shift(context: Context, candidate: Candidate, point: Shift) -> Instant:
    """Resolve days, weeks, ... counted from an anchor."""
    if point.amount == 0 and point.unit == "D" and is_nowadays(context, candidate):
        return Instant("PRESENT_REF", "day")
    if point.lasting is not None and context.tense.is_past_clause(candidate):
        return Instant(f"P{abs(point.amount)}{point.unit}", "none")
    anchor = _anchor(context, candidate, point)
    amount = point.amount
    if point.unit == "WE" and not point.of_week and anchor is not None and anchor.day.weekday() < 5:
        if point.by_tense:
            amount = 0 if context.tense.direction(candidate) > 0 else -1
        elif not point.anaphoric:
            amount -= amount > 0
    day = instants.moved(anchor.day, amount, point.unit) if anchor is not None else None
    if anchor is None or day is None:
        return _open(point)
    label = anchor.label
    match "D" if point.to_day else point.unit:
        case "D":
            return instants.of_day(day, daypart=point.daypart, inferred=label)
        case "W":
            return instants.of_week(_monday(day), label)
        case "WE":
            return instants.of_weekend(_monday(day) + timedelta(days=5), label)
        case "M":
            return instants.of_month(day.year, day.month, label)
        case "Q":
            return instants.of_period(33 + (day.month - 1) // 3, day.year, label)
        case "Y":
            return instants.of_year(day.year, label)
        case "SY":
            return instants.of_school_year(day.year - (day.month < instants.SCHOOL_YEAR_BEGINS), label)
        case _:
            digits = f"{day.year:04d}"[: 3 if point.unit == "DE" else 2]
            return instants.of_decade(digits)._replace(inferred=label)


def _anchor(context: Context, candidate: Candidate, point: Shift) -> Anchor | None:
    """Give the day that an expression counts from."""
    if not point.anaphoric:
        by_year = point.unit == "Y" and not point.to_day
        return context.anchor(candidate.start, to_day=False) if by_year else context.reference
    if point.unit == "Y" and (year := context.named_year(candidate.start)) is not None:
        return Anchor(date(year, 7, 1), "context")
    counted = candidate.rule == "date.relative.shift"
    topic = context.topic(candidate.start, near=counted)
    if topic is None or point.unit == "Y":
        return None if counted or point.daypart else context.reference
    return Anchor(topic.last if point.amount > 0 else topic.first, "context")


def _open(point: Shift) -> Instant:
    """Give the value of a relative expression where there is nothing to count from."""
    if point.unit != "D" and not point.to_day:
        return Instant(*_OPEN[point.unit])
    if point.anaphoric or point.daypart:
        return Instant("XXXX-XX-XX" + (f"T{point.daypart}" if point.daypart else ""), "day")
    return Instant(("PRESENT_REF", "FUTURE_REF", "PAST_REF")[(point.amount > 0) - (point.amount < 0)], "day")


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
