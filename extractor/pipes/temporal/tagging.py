"""The tagger: a text in, its temporal expressions with their values out."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from extractor.pipes.temporal.attributes import frequency, inferred_parts, modifier
from extractor.pipes.temporal.context import Anchor, Context
from extractor.pipes.temporal.dateline import find_dateline
from extractor.pipes.temporal.instants import Instant
from extractor.pipes.temporal.meanings import CalendarDate, Candidate, Clock, Shift, Span
from extractor.pipes.temporal.resolution import Resolver, clock_of, kind_of
from extractor.pipes.temporal.scanner import scan
from extractor.pipes.values import Timex

_CLOSE = 6
"""Characters between a date line and the clock time that belongs to it."""


class Tagged(NamedTuple):
    """The expressions of a text, in text order, and the EDTF date of the text itself."""

    timexes: list[Timex]
    date_line: str | None


def tag(text: str, reference_date: str | None = None, *, split_ranges: bool = False) -> Tagged:
    """Find and resolve the temporal expressions of a text whose lines are its blocks.

    ``reference_date`` is an ISO date (a time after it is ignored); where it is None, the text's own date
    line serves. With ``split_ranges`` the two ends of a range are two expressions, as TIMEX3 has it.
    Raises ``ValueError`` for a reference date that is none.
    """
    found = scan(text)
    dateline = find_dateline(text, found.candidates)
    own = found.candidates[dateline.chosen].meaning if dateline.chosen is not None else None
    day = _day_of(own) if isinstance(own, CalendarDate) else None
    reference, around = _reference(reference_date, day), None
    if isinstance(own, CalendarDate) and not own.day:
        around = Anchor(date(own.year or 1, own.month or 1, 15), "date_line")
    resolver = Resolver(Context(text, found, reference, dateline.indices, around))
    timexes: list[Timex] = []
    for index, candidate in enumerate(found.candidates):
        if index in dateline.indices:
            candidate = candidate._replace(rule="date.dateline")
        elif index - 1 in dateline.indices and isinstance(candidate.meaning, Clock):
            close = candidate.start - found.candidates[index - 1].end <= _CLOSE
            candidate = candidate._replace(rule="time.dateline" if close else candidate.rule)
        if split_ranges and isinstance(candidate.meaning, Span) and not candidate.rule.endswith("years.slash"):
            timexes.extend(_ends(text, resolver, candidate, candidate.meaning))
        else:
            instant = resolver.resolve(candidate)
            if isinstance(candidate.meaning, Shift) and instant.precision == "none" and candidate.meaning.lasting:
                candidate = candidate._replace(start=candidate.meaning.lasting, rule="duration.past")
            timexes.append(_timex(text, candidate, instant, candidate.start, candidate.end))
    return Tagged(timexes, _written(own) if isinstance(own, CalendarDate) else None)


def _day_of(meaning: CalendarDate) -> date | None:
    if meaning.year and meaning.month and meaning.day:
        return date(meaning.year, meaning.month, meaning.day)
    return None


def _written(meaning: CalendarDate) -> str:
    """Write a day or month as EDTF."""
    day = _day_of(meaning)
    return day.isoformat() if day is not None else f"{meaning.year:04d}-{meaning.month:02d}"


def _reference(reference_date: str | None, date_line: date | None) -> Anchor | None:
    if reference_date is not None:
        return Anchor(date.fromisoformat(reference_date[:10]), "reference_date")
    return Anchor(date_line, "date_line") if date_line is not None else None


def _ends(text: str, resolver: Resolver, candidate: Candidate, span: Span) -> list[Timex]:
    first, last = resolver.ends(candidate, span)
    resolver.resolve(candidate)
    return [
        _timex(text, candidate._replace(meaning=span.first), first, candidate.start, span.middle[0]),
        _timex(text, candidate._replace(meaning=span.last), last, span.middle[1], candidate.end),
    ]


def _timex(text: str, candidate: Candidate, instant: Instant, start: int, end: int) -> Timex:
    meaning = candidate.meaning
    spans_clock = isinstance(meaning, Span) and isinstance(meaning.first, Clock)
    start_time = end_time = None
    if isinstance(meaning, Clock):
        start_time = clock_of(instant)
    elif spans_clock:
        first, _, last = instant.value.partition("/")
        start_time = clock_of(instant._replace(value=first))
        end_time = clock_of(instant._replace(value=last))
    kind = kind_of(candidate, instant)
    whole = not isinstance(meaning, Span)
    mod = modifier(text, start, end, counted=kind in ("DURATION", "SET")) if whole else None
    frequent = frequency(text[start:end]) if kind == "SET" else None
    return Timex(
        start=start,
        end=end,
        rule=candidate.rule,
        type=kind,
        value=instant.value,
        mod=mod or ("APPROX" if candidate.approximate else None),
        quant="EVERY" if kind == "SET" and frequent is None else None,
        freq=frequent,
        edtf_start=instant.start,
        edtf_end=instant.end,
        start_time=start_time,
        end_time=end_time,
        precision=instant.precision,
        approximate=candidate.approximate or mod == "APPROX",
        weekday_conflict=instant.conflict,
        inferred=inferred_parts(meaning, instant),
        inferred_from=instant.inferred,
    )
