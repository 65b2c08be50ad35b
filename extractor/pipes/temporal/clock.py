"""Clock times in digits, single, in ranges and lists; parts of a day."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.pipes.temporal.atoms import DASH, END, GAP, HOUR, MINUTE, any_of, compiled, weekday_name, weekday_of
from extractor.pipes.temporal.day_atoms import JOINTS
from extractor.pipes.temporal.days import day_rules
from extractor.pipes.temporal.lexicon import lexicon, word_sets, words
from extractor.pipes.temporal.meanings import CalendarDate, Candidate, Clock, DaypartOfDay, Span, WeekdayName
from extractor.pipes.temporal.rules import (
    DASHES,
    NUMBER,
    Rule,
    at_line_start,
    chain,
    next_word,
    trigger_words,
    word_before,
)
from extractor.pipes.temporal.spoken import ADVERBS, daypart_of, spoken_rules

_HOURLY = ("in", "innerhalb", "dauer", "ca", "je", "pro", "als", "alle", "binnen", "nach", "über")
_CURRENCY = (
    rf"{GAP}(?:€|\$|%|EUR\b|Euro\b|CHF\b|Franken\b|Prozent\b|Meter\b|m\b|km\b|kg\b|ha\b|Mio|Mrd|Punkte|Tore|Sekunden)"
)


_SCORE_REACH = 40
"""Characters before "12:10" in which a word of games makes it a score."""
_DATE_BEFORE = re.compile(r"\d\.(?:\d\d){0,2} $")
_STAGE = re.compile(r"\b(?:früh|spät)en $", re.IGNORECASE)
_LEADS = ("am ", "diesem ", "frühen ", "späten ", "beim ", "gegen ", "bis zum ")


class _Item(NamedTuple):
    start: int
    end: int
    clock: Clock


def _item() -> str:
    late = rf"{GAP}(?:Uhr|h) ?(?P<late>{MINUTE})(?![.:]|{GAP}(?:Uhr|Personen))"
    return rf"(?P<hour>{HOUR})(?:(?:[.:]|,(?=\d\d ?(?:Uhr|h)\b))(?P<minute>{MINUTE})(?::[0-5]\d)?|{late})?"


_SEPARATOR = (
    rf"(?:(?P<to>,?{GAP}(?:{DASH}|…|\bbis(?: (?:ca\.?|etwa|gegen|circa|um|spätestens|voraussichtlich|max\.))?){GAP})"
    rf"|(?P<and>,? (?:und|sowie|oder|bzw\.)(?: (?:um|ab|von|wieder|nochmals|dann|erneut))? |{GAP}/{GAP}|,{GAP}))"
)
_UHR = rf"{GAP}(?:Uhr|h)(?!\w)"


class _Clocks:
    """The rule for clock times in digits."""

    def __init__(self) -> None:
        self.item, self.separator = compiled(rf"{_item()}(?P<unit>{_UHR})?"), compiled(_SEPARATOR)
        self.tail = compiled(rf"(?: (?P<part>{any_of(ADVERBS)})(?!\w))?(?!\w|-\w|\.\d|:\d|/\d)(?!{_CURRENCY})")

    def build(self, match: re.Match[str]) -> list[Candidate]:
        matches, separators = chain(match, self.item, self.separator)
        if not separators:
            return self._single(match)
        units = [found["unit"] is not None or found["late"] is not None for found in matches]
        if any(units):
            while not units[-1]:
                units.pop()
            matches, separators = matches[: len(units)], separators[: len(units) - 1]
        tail = self.tail.match(match.string, matches[-1].end())
        if tail is None:
            return []
        items = [_read_item(found, tail["part"]) for found in matches]
        before = word_before(match.string, match.start())
        if not _is_time(match.string, items, units, separators, before):
            return []
        if tail.end() > items[-1].end:
            items[-1] = items[-1]._replace(end=tail.end())
        return _grouped(items, separators, before)

    def _single(self, match: re.Match[str]) -> list[Candidate]:
        """Build a time that stands alone."""
        text, tail = match.string, self.tail.match(match.string, match.end())
        if tail is None:
            return []
        item = _read_item(match, tail["part"])
        has_unit, before = match["unit"] is not None or match["late"] is not None, word_before(text, match.start())
        if not has_unit and item.clock.minute is None:
            return []
        if not _is_time(text, [item], [has_unit], [], before):
            return []
        return [Candidate(item.start, tail.end(), "time.clock", item.clock, before in word_sets().approximate)]


def _read_item(found: re.Match[str], part: str | None) -> _Item:
    hour, minute, late = found.group("hour", "minute", "late")
    minute = minute or late
    clock = Clock(int(hour), int(minute) if minute else None, False, daypart_of(part) if part else None)
    return _Item(found.start(), found.end(), clock)


def _is_time(text: str, items: list[_Item], units: list[bool], separators: list[str], before: str) -> bool:
    """Tell times from prices, scores, sections and plain numbers where no "Uhr" settles it.

    ``before`` is the word before them.
    """
    start, end = items[0].start, items[-1].end
    if any(item.clock.hour == 24 and item.clock.minute for item in items):
        return False
    sets = word_sets()
    if units[-1]:
        hourly = text[end - 1] in "hH"
        spans_hours = before in _HOURLY
        return not (hourly and items[-1].clock.minute is None and spans_hours)
    if before in sets.numbering or before in sets.scores or before == "mit":
        return False
    if any(item.clock.minute is None for item in items):
        return False
    if next_word(text, end).lower() in sets.counted_things:
        return False
    colons = all(text[item.start : item.end].find(":") > 0 for item in items)
    cued = before in sets.clock_cues
    if colons:
        if not cued and not sets.scores.isdisjoint(text[max(start - _SCORE_REACH, 0) : start].lower().split()):
            return False
        wide = all(text[item.start + 1 : item.start + 2].isdigit() for item in items)
        if wide or cued or "to" in separators or at_line_start(text, start) or text[start - 2 : start] == ", ":
            return True
        return _DATE_BEFORE.search(text, max(start - 12, 0), start) is not None
    if at_line_start(text, start) and (text[end : end + 2] == " |" or next_word(text, end)[:1].isupper()):
        return all(item.clock.minute is not None and item.clock.minute % 5 == 0 for item in items)
    return cued or ("to" in separators and (at_line_start(text, start) or text[start - 2 : start] in (", ", "| ")))


def _grouped(items: list[_Item], separators: list[str], before: str) -> list[Candidate]:
    approximate = before in word_sets().approximate
    candidates: list[Candidate] = []
    position = 0
    while position < len(items):
        item = items[position]
        follows = position < len(separators)
        between = before == "zwischen" and len(items) == 2
        if follows and (separators[position] == "to" or between):
            last = items[position + 1]
            span = Span(item.clock, last.clock, (item.end, last.start))
            candidates.append(Candidate(item.start, last.end, "time.range", span, approximate))
            position += 2
        else:
            candidates.append(Candidate(item.start, item.end, "time.clock", item.clock, approximate))
            position += 1
    return candidates


def _with_stage(match: re.Match[str]) -> int:
    """Give where a part of a day begins with "frühen" or "späten" before it."""
    stage = _STAGE.search(match.string[max(match.start() - 8, 0) : match.start()])
    return match.start() - (len(stage[0]) if stage is not None else 0)


def _daypart(match: re.Match[str]) -> list[Candidate]:
    """Build "am späten Abend", "in der Nacht", "in den Morgenstunden", "abends"."""
    text, word = match.string, match["word"]
    code = words().dayparts.get(word.lower())
    start = _with_stage(match)
    lead = text[max(start - 9, 0) : start].lower()
    adverb = word[0].islower() and word.lower().endswith("s")
    hours = word.lower().endswith("stunden") and lead.endswith("in den ")
    night = code in ("NI", "MI", "MO") and lead.endswith(("in der ", "in dieser "))
    night = night or (word == "Nacht" and lead.endswith("über "))
    if code is None or not (adverb or hours or night or lead.endswith(_LEADS)):
        return []
    if word.lower() == "mittag" and lead.endswith("gegen "):
        return []
    if night and next_word(text, match.end()) in ("der", "des", "von", "vom", "zum", "zu", "auf"):
        return []
    return [Candidate(start, match.end(), "time.daypart", DaypartOfDay(code))]


def _of_weekday(match: re.Match[str]) -> list[Candidate]:
    """Build "Abend des Samstags", "in den frühen Morgenstunden des Sonntags"."""
    start = _with_stage(match)
    point = WeekdayName(weekday_of(match["weekday"]), daypart=words().dayparts[match["word"].lower()])
    return [Candidate(start, match.end(), "date.weekday", point)]


class _DaypartOfDate:
    """The rule for "Abend des 4. März 2025", "Nacht zum 10. November"; ``inner`` rules read the day."""

    def __init__(self, inner: list[Rule]) -> None:
        self.inner = inner

    def build(self, match: re.Match[str]) -> list[Candidate]:
        for rule in self.inner:
            day = rule.pattern.match(match.string, match.end())
            found = rule.build(day) if day is not None else []
            if len(found) == 1 and isinstance(found[0].meaning, CalendarDate):
                meaning = found[0].meaning._replace(daypart=words().dayparts[match["word"].lower()])
                return [found[0]._replace(start=_with_stage(match), meaning=meaning)]
        return []


def _noon(match: re.Match[str]) -> list[Candidate]:
    clock = Clock(24 if match[0].lower().startswith("mitter") else 12, 0)
    return [Candidate(match.start(), match.end(), "time.noon", clock)]


def clock_rules() -> list[Rule]:
    """List the rules for clock times."""
    clocks = _Clocks()
    after = frozenset({"uhr", "h", "0", ":", "/", ",", "…"}) | DASHES | trigger_words(JOINTS)
    nouns = any_of(w for group in lexicon().dayparts.values() for w in group)
    return [
        Rule(clocks.item, clocks.build, digits=NUMBER, after=after),
        *spoken_rules(),
        Rule(
            compiled(rf"(?:mitternacht|(?<=um )mittag|(?<=gegen )mittag|(?<=bis )mittag){END}"),
            _noon,
            trigger_words(["Mitternacht", "Mittag"]),
        ),
        Rule(
            compiled(rf"(?P<word>{nouns}) des (?P<weekday>{weekday_name()})e?s{END}"),
            _of_weekday,
            trigger_words(w for group in lexicon().dayparts.values() for w in group if w[0].isupper()),
            after=frozenset({"des"}),
        ),
        Rule(
            compiled(rf"(?P<word>{nouns}) (?:des|vom|(?<=Nacht )(?:zum|auf den)) "),
            _DaypartOfDate(day_rules()).build,
            trigger_words(w for group in lexicon().dayparts.values() for w in group if w[0].isupper()),
            after=frozenset({"des", "vom", "zum", "auf"}),
        ),
        Rule(
            compiled(rf"(?P<word>{nouns}){END}"),
            _daypart,
            trigger_words(w for group in lexicon().dayparts.values() for w in group),
        ),
    ]
