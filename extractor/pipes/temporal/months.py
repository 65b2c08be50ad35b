"""Months and seasons, single, in ranges and lists."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.pipes.temporal.atoms import AND, GAP, TO, any_of, compiled, full_year, month_name, month_of
from extractor.pipes.temporal.day_atoms import year_part, years_of
from extractor.pipes.temporal.lexicon import lexicon, word_sets, words
from extractor.pipes.temporal.meanings import CalendarDate, Candidate, Period, Span
from extractor.pipes.temporal.rules import Rule, chain, trigger_words, word_before

_MODIFIERS = ("Anfang", "Mitte", "Ende", "Beginn")
_DAY_BEFORE = re.compile(r"\d\. ?$")
_ARTICLE_LEADS = ("für das ", "für den ", "auf das ", "auf den ", "in den ", "über den ")
_SEASON_PREFIXES = ("Früh", "Spät", "Hoch", "Vor")


class _Item(NamedTuple):
    start: int
    end: int
    modified: bool
    full: bool
    point: CalendarDate | Period


def season_name() -> str:
    """Match a season's name, "Spätsommer" included."""
    names = any_of(name for names in lexicon().seasons.values() for name in names)
    return rf"(?:{any_of(_SEASON_PREFIXES)})?{names}s?(?!\w)"


def season_of(text: str) -> int:
    """Read a season's name as its EDTF code."""
    folded = text.lower()
    return next(code for name, code in words().seasons.items() if name in folded)


def _item_pattern() -> str:
    return (
        rf"(?:(?P<modifier>{any_of(_MODIFIERS)})(?:(?:{TO}|/)(?:{any_of(_MODIFIERS)}))?"
        r" (?:des Monats |im |vom |der )?)?"
        rf"(?:(?P<month>{month_name()})|(?P<season>{season_name()}))(?: (?P<next>\d\d)(?=/\d\d(?!\d))|{year_part()})?"
        r"(?P<winter>[/–-]['’]?(?:20)?\d\d(?![\d.]))?"
    )


class _Months:
    """The rule for months and seasons, their ranges and lists."""

    def __init__(self) -> None:
        separator = rf"(?:(?P<to>{TO})|(?P<slash>{GAP}/{GAP})|(?P<and>{AND}))"
        self.item, self.separator = (
            compiled(_item_pattern() + rf"(?!\w)(?!-(?!{month_name()})[^\W\d_])"),
            compiled(separator),
        )

    def build(self, match: re.Match[str]) -> list[Candidate]:
        matches, separators = chain(match, self.item, self.separator)
        items = [_read_item(found) for found in matches]
        if not _is_period(match.string, items, separators):
            return []
        if len(items) == 2 and separators == ["and"] and word_before(match.string, items[0].start) == "zwischen":
            separators = ["to"]
        return _grouped(_shared(items), separators)


def _read_item(found: re.Match[str]) -> _Item:
    year = full_year(found["year"] or found["short"]) if found["year"] or found["short"] else None
    if found["next"] and year is None:
        year = full_year(found["next"])
    years = years_of(found["phrase"]) if found["phrase"] else None
    modified = found["modifier"] is not None
    point: CalendarDate | Period
    if found["month"]:
        point = CalendarDate(year, month_of(found["month"]), years=years)
        full = len(found["month"]) > 4 or found["month"].lower() in ("mai", "juni", "juli", "märz", "marz")
    else:
        point = Period(season_of(found["season"]), year, years)
        full = True
    return _Item(found.start(), found.end(), modified, full, point)


def _is_period(text: str, items: list[_Item], separators: list[str]) -> bool:
    """Tell a month from a name: a single bare one needs a preposition, a year or a modifier."""
    first = items[0]
    if _DAY_BEFORE.search(text[max(first.start - 4, 0) : first.start]):
        return False
    if any(item.modified for item in items) or any(item.point.year or item.point.years is not None for item in items):
        return True
    if not all(item.full for item in items):
        return False
    if "to" in separators and len({type(item.point) for item in items}) == 1:
        return True
    before = text[max(first.start - 8, 0) : first.start]
    return word_before(text, first.start) in word_sets().month_leads or before.endswith(_ARTICLE_LEADS)


def _shared(items: list[_Item]) -> list[_Item]:
    shared = items[-1:]
    for item in reversed(items[:-1]):
        own, following = item.point, shared[0].point
        if own.year is None and own.years is None and following.year is not None:
            later = _order(own) > _order(following)
            item = item._replace(point=own._replace(year=following.year - later))
        elif own.year is None and own.years is None and following.years is not None:
            item = item._replace(point=own._replace(years=following.years))
        shared.insert(0, item)
    return shared


def _order(point: CalendarDate | Period) -> int:
    return point.month or 0 if isinstance(point, CalendarDate) else (point.code - 20) * 3


def _grouped(items: list[_Item], separators: list[str]) -> list[Candidate]:
    candidates: list[Candidate] = []
    position = 0
    while position < len(items):
        item = items[position]
        if position < len(separators) and separators[position] in ("to", "slash"):
            last = items[position + 1]
            span = Span(item.point, last.point, (item.end, last.start))
            candidates.append(Candidate(item.start, last.end, "date.range.months", span))
            position += 2
        else:
            rule = "date.month" if isinstance(item.point, CalendarDate) else "date.season"
            candidates.append(Candidate(item.start, item.end, rule, item.point))
            position += 1
    return candidates


def month_rules() -> list[Rule]:
    """List the rules for months and seasons."""
    months, lex = _Months(), lexicon()
    seasons = [name for group in lex.seasons.values() for name in group]
    names = [name for group in (*lex.months.names, *lex.months.short) for name in group]
    compounds = [prefix + season.lower() for prefix in _SEASON_PREFIXES for season in seasons]
    return [Rule(months.item, months.build, trigger_words([*names, *seasons, *compounds, *_MODIFIERS]))]
