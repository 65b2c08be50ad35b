"""Expressions that count from the reference date or from a day named before."""

from __future__ import annotations

from datetime import date, timedelta

from extractor.pipes.temporal import instants
from extractor.pipes.temporal.context import Anchor, Context
from extractor.pipes.temporal.instants import Instant, Precision
from extractor.pipes.temporal.meanings import Candidate, Shift, WeekdayName

_REPEATED_WITHIN = 3000
"""Characters after which a weekday no longer repeats the date that named it."""
_BESIDE_WITHIN = 600
"""Characters after which a weekday no longer lies beside the day named last."""
_OPEN: dict[str, tuple[str, Precision]] = {
    "W": ("XXXX-WXX", "week"),
    "WE": ("XXXX-WXX-WE", "day"),
    "M": ("XXXX-XX", "month"),
    "Q": ("XXXX-QX", "quarter"),
    "Y": ("XXXX", "year"),
    "DE": ("XXX", "decade"),
    "CE": ("XX", "century"),
}
"""TIMEX3 values of units where there is nothing to count from."""


def weekday(context: Context, candidate: Candidate, point: WeekdayName) -> Instant:
    """Resolve a weekday."""
    reference = context.reference
    open_value = f"XXXX-WXX-{point.weekday + 1}" + (f"T{point.daypart}" if point.daypart else "")
    if point.direction is None:
        named = _named_weekday(context, candidate, point.weekday)
        if named is not None:
            return instants.of_day(named, daypart=point.daypart, inferred="context")
    if reference is None:
        return Instant(open_value, "day")
    direction = point.direction
    strict = direction not in (None, 0)
    if direction is None or direction == 0:
        direction = context.tense.direction(candidate) or (-1 if direction is None else 1)
    offset = (point.weekday - reference.day.weekday()) % 7
    if direction > 0:
        offset = 7 if strict and offset == 0 else offset
    else:
        offset = -7 if strict and offset == 0 else offset - 7 if offset else 0
    day = instants.moved(reference.day, offset, "D")
    if day is None:
        return Instant(open_value, "day")
    return instants.of_day(day, daypart=point.daypart, inferred=reference.label)


def _named_weekday(context: Context, candidate: Candidate, weekday: int) -> date | None:
    """Give the day that a bare weekday repeats, or the one beside the date named just before."""
    mention = context.weekdays.get(weekday)
    if mention is not None and candidate.start - mention.position < _REPEATED_WITHIN:
        return mention.first
    last = context.last
    if context.reference is not None or last is None or candidate.start - last.position > _BESIDE_WITHIN:
        return None
    offset = (weekday - last.first.weekday() + 3) % 7 - 3
    return instants.moved(last.first, offset, "D")


def weekdays(context: Context, candidate: Candidate, first: WeekdayName, last: WeekdayName) -> tuple[Instant, Instant]:
    """Resolve a range of weekdays."""
    begin = weekday(context, candidate, first)
    if begin.first is None:
        return begin, Instant(f"XXXX-WXX-{last.weekday + 1}", "day")
    end = instants.moved(begin.first, (last.weekday - first.weekday) % 7, "D") or begin.first
    return begin, instants.of_day(end, inferred=begin.inferred)


def shift(context: Context, candidate: Candidate, point: Shift) -> Instant:
    """Resolve days, weeks, ... counted from an anchor."""
    anchor = _anchor(context, candidate, point)
    amount = point.amount
    if point.unit == "WE" and anchor is not None and anchor.day.weekday() < 5:
        if point.by_tense:
            amount = 0 if context.tense.direction(candidate) > 0 else -1
        elif not point.anaphoric:
            amount = min(amount, 0)
    day = instants.moved(anchor.day, amount, point.unit) if anchor is not None else None
    if anchor is None or day is None:
        return _open(point)
    label = anchor.label
    match point.unit:
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
        case _:
            digits = f"{day.year:04d}"[: 3 if point.unit == "DE" else 2]
            return instants.of_decade(digits)._replace(inferred=label)


def _anchor(context: Context, candidate: Candidate, point: Shift) -> Anchor | None:
    """Give the day that an expression counts from."""
    if not point.anaphoric:
        return context.anchor(candidate.start, to_day=False) if point.unit == "Y" else context.reference
    if point.unit == "Y" and context.last_year is not None:
        return Anchor(date(context.last_year, 7, 1), "context")
    counted = candidate.rule == "date.relative.shift"
    topic = context.topic(candidate.start, near=counted)
    if topic is None or point.unit == "Y":
        return None if counted else context.reference
    return Anchor(topic.last if point.amount > 0 else topic.first, "context")


def _open(point: Shift) -> Instant:
    """Give the value of a relative expression where there is nothing to count from."""
    if point.unit != "D":
        return Instant(*_OPEN[point.unit])
    if point.anaphoric or point.daypart:
        return Instant("XXXX-XX-XX" + (f"T{point.daypart}" if point.daypart else ""), "day")
    return Instant(("PRESENT_REF", "FUTURE_REF", "PAST_REF")[(point.amount > 0) - (point.amount < 0)], "day")


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
