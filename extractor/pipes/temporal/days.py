"""Days of the calendar: single, in ranges, pairs and lists."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Any, NamedTuple

from extractor.pipes.temporal.atoms import (
    DAY,
    GAP,
    MONTH_NUMBER,
    ROMAN,
    TO,
    compiled,
    full_year,
    month_name,
    month_of,
    weekday_name,
    weekday_of,
    weekday_short,
)
from extractor.pipes.temporal.day_atoms import JOINTS, UNIT, day_item, day_pair, day_separator, part_of_day, years_of
from extractor.pipes.temporal.lexicon import lexicon, word_sets, words
from extractor.pipes.temporal.meanings import CalendarDate, Candidate, Span
from extractor.pipes.temporal.rules import (
    DASHES,
    NUMBER,
    Rule,
    at_line_start,
    chain,
    is_about,
    is_numbering,
    next_word,
    trigger_words,
    word_before,
)

_REACH = 3000
"""Characters around a number like "2.1." in which section numbers make it one."""
_LENGTHS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days of the months, of February in a leap year."""
_LETTER = re.compile(r"[^\W\d_]")


class _Item(NamedTuple):
    """A day in a list as it stands: offsets and parts, month and year perhaps left to a later item."""

    start: int
    end: int
    date: CalendarDate


class _Days:
    """The rule for days, their ranges and lists."""

    def __init__(self) -> None:
        self.item, self.separator, self.pair = compiled(day_item()), compiled(day_separator()), compiled(day_pair())
        self.changed = compiled(rf"(?<=\d\.){DAY}\. ?{month_name()}")

    def build(self, match: re.Match[str]) -> list[Candidate]:
        return self._build(match, None)

    def build_pair(self, match: re.Match[str]) -> list[Candidate]:
        first = self.item.match(match.string, match.end())
        return self._build(first, match) if first is not None else []

    def _build(self, match: re.Match[str], pair: re.Match[str] | None) -> list[Candidate]:
        matches, separators = chain(match, self.item, self.separator)
        if not separators and pair is None:
            return _single(self._corrected(match))
        items = [_read_item(found) for found in matches]
        while items and items[-1].date.month is None:
            items.pop()
        if not items:
            return []
        separators = separators[: len(items) - 1]
        if pair is not None:
            weekday = items[0].date.weekday
            items[-1] = _with(items[-1], weekday=weekday)
            items[0] = _with(items[0], weekday=weekday_of(pair["pair"]))._replace(start=pair.start())
        if len(items) == 2 and separators == ["and"] and _is_between(match.string, items[0].start):
            separators = ["to"]
        items = _shared(items)
        if not all(_exists(item.date) for item in items) or _is_no_date(match.string, items):
            return []
        return [_rounded(match.string, candidate) for candidate in _grouped(items, separators)]

    def _corrected(self, match: re.Match[str]) -> re.Match[str]:
        """Give the day that was meant where a change left both standing: "am 3.4. Mai", "am 12.13. Mai"."""
        second = match.start("number") if match["number"] else match.end("day") + 1
        named = self.changed.match(match.string, second)
        return (named and self.item.match(match.string, second)) or match


def _single(match: re.Match[str]) -> list[Candidate]:
    """Build a day that stands alone."""
    item = _read_item(match)
    if not _exists(item.date) or _is_no_date(match.string, [item]):
        return []
    return [_rounded(match.string, Candidate(item.start, item.end, "date.day", item.date))]


def _is_between(text: str, position: int) -> bool:
    """Tell whether two days are the ends of a range: "zwischen dem 4. und dem 8. Mai"."""
    return text[max(position - 14, 0) : position].lower().endswith(("zwischen ", "zwischen dem "))


def _rounded(text: str, candidate: Candidate) -> Candidate:
    """Mark what is only about right, and close a bracket that the expression opens."""
    start, end = candidate.start, candidate.end
    if text[end : end + 1] == ")" and "(" in text[start:end]:
        candidate = candidate._replace(end=end + 1)
    about = is_about(text, start) or text.endswith("um den ", 0, start)
    return candidate._replace(approximate=True) if about else candidate


def _with(item: _Item, **changes: Any) -> _Item:
    return item._replace(date=item.date._replace(**changes))


_PARTS = (
    "weekday", "part", "day", "name", "year", "short", "phrase", "roman", "roman_year", "number", "numeric_year",
    "numeric_short", "numeric_phrase", "spaced_short",
)  # fmt: skip


def _read_item(found: re.Match[str]) -> _Item:
    (
        weekday, part, day, name, year, short, phrase, roman, roman_year, number, numeric_year,
        numeric_short, numeric_phrase, spaced_short,
    ) = found.group(*_PARTS)  # fmt: skip
    if name:
        month: int | None = month_of(name)
    elif number:
        month = int(number)
    else:
        month = ROMAN[roman.upper()] if roman else None
    written = year or numeric_year or short or roman_year or numeric_short or spaced_short
    phrase = phrase or numeric_phrase
    point = CalendarDate(
        full_year(written) if written else None,
        month,
        int(day),
        weekday_of(weekday) if weekday else None,
        part_of_day(part) if part else None,
        years_of(phrase) if phrase else None,
    )
    return _Item(found.start(), found.end(), point)


def _shared(items: list[_Item]) -> list[_Item]:
    """Give items the month and year that a later one states for them."""
    if len(items) == 1:
        return items
    shared = items[-1:]
    for item in reversed(items[:-1]):
        following = shared[0].date
        own = item.date
        if own.month is None:
            item = _with(item, month=following.month, year=following.year, years=following.years)
        elif own.year is None and own.years is None and following.month is not None:
            earlier = own.month <= following.month
            year = following.year if earlier or following.year is None else following.year - 1
            item = _with(item, year=year, years=following.years if earlier else None)
        shared.insert(0, item)
    return shared


def _exists(day: CalendarDate) -> bool:
    if day.month is None or day.day is None:
        return False
    return 0 < day.day <= _LENGTHS[day.month] and ((day.month, day.day) != (2, 29) or calendar.isleap(day.year or 2000))


def _is_no_date(text: str, items: list[_Item]) -> bool:
    """Tell what only looks like a day: sections, versions, streets."""
    start, quote = items[0].start, text[items[0].start : items[-1].end]
    if text.endswith(words().street_names, max(start - 14, 0), start):
        return True
    if _LETTER.search(quote):
        return False
    if is_numbering(text, start):
        return word_before(text, start) != "stand" or items[-1].date.year is None
    if items[-1].date.year is None and next_word(text, items[-1].end) in word_sets().laws_after:
        return True
    if len(items) == 1 and items[0].date.year is None and re.fullmatch(r"[1-9]\.[1-9]\.", quote):
        around = text[max(start - _REACH, 0) : start + _REACH]
        return at_line_start(text, start) and ("\n1.1 " in around or "\n1.1. " in around)
    return False


def _grouped(items: list[_Item], separators: list[str]) -> list[Candidate]:
    """Join the items of a range, and days that follow each other, to spans."""
    candidates: list[Candidate] = []
    group = items[:1]
    kinds: set[str] = set()
    for item, separator in zip(items[1:], separators, strict=True):
        follows = _distance(group[-1].date, item.date)
        joins = (separator == "to" and follows > 0) or (separator in ("slash", "over", "and", "comma") and follows == 1)
        if joins and not ("to" in kinds or (kinds and separator == "to")):
            group.append(item)
            kinds.add(separator)
        else:
            candidates.append(_candidate(group, kinds, len(items)))
            group, kinds = [item], set()
    candidates.append(_candidate(group, kinds, len(items)))
    return candidates


def _distance(first: CalendarDate, last: CalendarDate) -> int:
    """Count days between two dates; where no year is known, the second is in the year that puts it later."""
    if first.month is None or last.month is None or first.day is None or last.day is None:
        return 0
    year = first.year or last.year or 2000
    following = last.year or (year if (last.month, last.day) >= (first.month, first.day) else year + 1)
    if not first.year and last.year and (last.month, last.day) < (first.month, first.day):
        year -= 1
    try:
        return (date(following, last.month, last.day) - date(year, first.month, first.day)) // timedelta(days=1)
    except ValueError:
        return 0


def _candidate(group: list[_Item], kinds: set[str], count: int) -> Candidate:
    first, last = group[0], group[-1]
    if len(group) == 1:
        rule = "date.day" if count == 1 else "date.list.days"
        return Candidate(first.start, first.end, rule, first.date)
    rule = "date.range.days" if "to" in kinds else "date.pair.days"
    return Candidate(first.start, last.end, rule, Span(first.date, last.date, (group[-2].end, last.start)))


def _calendar_day(match: re.Match[str], rule: str) -> list[Candidate]:
    """Build a day whose parts are all given as numbers, perhaps with a last day."""
    first = CalendarDate(int(match["year"]), int(match["month"]), int(match["day"]))
    if not _exists(first) or is_numbering(match.string, match.start()):
        return []
    if "last_day" in match.re.groupindex and match["last_day"]:
        last = CalendarDate(int(match["last_year"]), int(match["last_month"]), int(match["last_day"]))
        if _exists(last) and _distance(first, last) > 0:
            middle = (match.end("day"), match.start("last_year"))
            return [Candidate(match.start(), match.end(), "date.range.iso", Span(first, last, middle))]
    return [
        Candidate(match.start(), match.end("day") if "last_day" in match.re.groupindex else match.end(), rule, first)
    ]


def _undotted(match: re.Match[str]) -> list[Candidate]:
    """Build "Di 4.3": the last full stop may be missing where a weekday makes the number a date."""
    point = CalendarDate(None, int(match["month"]), int(match["day"]), weekday_of(match["weekday"]))
    return [Candidate(match.start(), match.end(), "date.day.undotted", point)] if _exists(point) else []


def day_rules() -> list[Rule]:
    """List the rules for days."""
    days = _Days()
    weekdays = [name for names in (*lexicon().weekdays.names, *lexicon().weekdays.short) for name in names]
    dayparts = [*lexicon().dayparts, *(word.lower() for part in lexicon().dayparts.values() for word in part)]
    months = frozenset(words().months) | {name.lower() for name in ROMAN} | trigger_words(JOINTS)
    compounds = [weekday + part for weekday in weekdays if len(weekday) > 2 for part in dayparts]
    iso = r"(?P<{0}year>(?:1[0-9]|20|21)\d\d)-(?P<{0}month>0[1-9]|1[0-2])-(?P<{0}day>0[1-9]|[12]\d|3[01])(?!\d|-)"
    numeric = rf"(?P<day>{DAY})([/-])(?P<month>{MONTH_NUMBER})\2(?P<year>(?:19|20)\d\d)(?!\d|[/-]\d)"
    undotted = (
        rf"(?P<weekday>{weekday_name()}|{weekday_short()})[.,]{{0,2}}{GAP}(?:(?:den|dem) )?"
        rf"(?P<day>{DAY})\.(?P<month>{MONTH_NUMBER})(?![\w.:/]|,\d|-\w|{UNIT})"
    )
    return [
        Rule(days.pair, days.build_pair, trigger_words(weekdays)),
        Rule(days.item, days.build, trigger_words([*weekdays, *compounds])),
        Rule(compiled(undotted), _undotted, trigger_words(weekdays)),
        Rule(days.item, days.build, digits=NUMBER, after=months | DASHES | frozenset("/,&+0")),
        Rule(
            compiled(iso.format("") + rf"(?:(?:{TO}|/){iso.format('last_')})?"),
            lambda match: _calendar_day(match, "date.iso"),
            digits=frozenset({4}),
            after=DASHES,
        ),
        Rule(
            compiled(
                r"(?P<year>(?:19|20)\d\d)([/.])(?P<month>0[1-9]|1[0-2])\2(?P<day>0[1-9]|[12]\d|3[01])(?![\d/.]\d?)"
            ),
            lambda match: _calendar_day(match, "date.iso"),
            digits=frozenset({4}),
            after=frozenset("/0"),
        ),
        Rule(
            compiled(numeric), lambda match: _calendar_day(match, "date.numeric"), digits=NUMBER, after=frozenset("/-")
        ),
    ]
