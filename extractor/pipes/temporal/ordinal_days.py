"""Days told by ordinal words or by their place: "am vierten März", "der 5. des Monats", "am dritten Festtag"."""

from __future__ import annotations

import re

from extractor.pipes.temporal.atoms import DAY, END, GAP, TO, any_of, compiled, month_of, weekday_of
from extractor.pipes.temporal.day_atoms import weekday_part, written_year, year_part, years_of
from extractor.pipes.temporal.lexicon import lexicon, words
from extractor.pipes.temporal.meanings import CalendarDate, Candidate, Fixed, NthUnit, Span
from extractor.pipes.temporal.parts import LAST
from extractor.pipes.temporal.periods import MONTHS_AWAY
from extractor.pipes.temporal.rules import NUMBER, Rule, next_word, trigger_words, with_article, word_before

_IN_THE = re.compile(r"\b(?:in|ab|nach|bis zu) der $|\bzur $", re.IGNORECASE)
_ENDINGS = frozenset({"te", "ten", "ter", "tes", "ste", "sten", "ster", "stes"})


def _number(text: str) -> int:
    digits = re.match(r"\d+", text)
    return int(digits[0]) if digits is not None else words().ordinals[text.lower()]


def _spelled(match: re.Match[str]) -> list[Candidate]:
    """Build "vierter März 2025", "4ten März", "Dienstag, den ersten Juli"."""
    month = month_of(match["month"])
    day = _number(match["day"])
    last = _number(match["last"]) if match["last"] else None
    if max(day, last or 0) > 31 - (month in (4, 6, 9, 11)) - 2 * (month == 2) or word_before(
        match.string, match.start()
    ) in ("im", "jeden", "seit"):
        return []
    year = written_year(match)
    years = years_of(match["phrase"]) if match["phrase"] else None
    point = CalendarDate(year, month, day, weekday_of(match["weekday"]) if match["weekday"] else None, years=years)
    if last is None:
        return [Candidate(match.start(), match.end(), "date.day.spelled", point)]
    if last <= day:
        return []
    span = Span(point, CalendarDate(year, month, last, years=years), (match.end("day"), match.start("last")))
    return [Candidate(match.start(), match.end(), "date.range.days", span)]


def _of_month(match: re.Match[str]) -> list[Candidate]:
    """Build "5. des Monats", "15. nächsten Monats", "am 15. jeden Monats"."""
    before = match.string[max(match.start() - 14, 0) : match.start()].lower()
    if match["every"] or (
        match["bare"] and before.endswith(("jeweils am ", "immer am ", "jedem ", "jeden ", "stets am "))
    ):
        return [Candidate(match.start(), match.end(), "set.day", Fixed("SET", "P1M"))]
    if match["adjective"]:
        months = MONTHS_AWAY.get(words().directions[match["adjective"].lower()])
    else:
        months = -1 if match["last"] else 0
    day = _number(match["day"])
    if months is None or not 1 <= day <= 31:
        return []
    return [Candidate(match.start(), match.end(), "date.day.month", CalendarDate(day=day, months=months))]


def _of_event(match: re.Match[str]) -> list[Candidate]:
    """Build "am zweiten Tag", "am letzten Messetag", "in der dritten Woche"; not "am ersten Tag der offenen Tür"."""
    is_week = match["week"] is not None
    if is_week:
        if not _IN_THE.search(match.string[max(match.start() - 8, 0) : match.start()]):
            return []
    elif word_before(match.string, match.start()) not in ("am", "vom", "zum"):
        return []
    if next_word(match.string, match.end()) in ("der", "nach", "vor", "für", "gegen", "seit"):
        return []
    if is_week and next_word(match.string, match.end()) in ("im", "des", "vom"):
        return []
    follows = compiled(r" (?:des|im) (?:Jahr|Monat|Quartal|Sommer|Winter|neuen)").match(match.string, match.end())
    if follows is not None:
        return []
    ordinal = match["ordinal"].lower()
    number = -1 if ordinal.startswith("letzt") else _number(ordinal)
    rule = "date.relative.event_week" if is_week else "date.relative.event_day"
    start = with_article(match.string, match.start()) if is_week else match.start()
    return [Candidate(start, match.end(), rule, NthUnit(number, "W" if is_week else "D"))]


def ordinal_day_rules() -> list[Rule]:
    """List the rules for days told by ordinal words or by their place."""
    lex = lexicon()
    ordinals = any_of(words().ordinals)
    day = rf"(?:{ordinals}|{DAY[:-6]}(?:ste|te)[nrs]?)(?!\w)"
    spelled = (
        rf"{weekday_part()}?(?P<day>{day})(?:{TO}(?P<last>{day}))?{GAP}"
        rf"(?P<month>{any_of(name for names in lex.months.names for name in names)})(?!\w){year_part()}?{END}"
    )
    adjectives = any_of(words().directions)
    of_month = (
        rf"(?P<day>{DAY[:-6]}\.|{day}) ?(?:(?P<every>(?:eines )?jeden Monats)"
        rf"|(?:des )?(?P<adjective>{adjectives}) Monats"
        rf"|d\. ?M\.|(?P<last>v\. ?M\.|des Vormonats)|(?P<bare>des Monats)){END}"
    )
    days = any_of(["Tag", *lex.relative.event_days])
    of_event = rf"(?P<ordinal>{ordinals}|{any_of(LAST)}|[1-9]\.) (?:{days}|(?P<week>Woche)){END}"
    weekdays = [name for names in (*lex.weekdays.names, *lex.weekdays.short) for name in names]
    months = frozenset(words().months)
    return [
        Rule(
            compiled(spelled), _spelled, frozenset(words().ordinals), NUMBER, months | _ENDINGS | {"bis"} | {"-", "–"}
        ),
        Rule(
            compiled(spelled),
            _spelled,
            trigger_words(weekdays),
            after=frozenset({",", ":", "den", "dem", "der"}) | frozenset(words().ordinals),
        ),
        Rule(
            compiled(of_month),
            _of_month,
            frozenset(words().ordinals),
            NUMBER,
            frozenset({"d", "v", "des", "jeden", "eines"}) | _ENDINGS | frozenset(words().directions),
        ),
        Rule(
            compiled(of_event),
            _of_event,
            frozenset((*words().ordinals, *LAST)),
            NUMBER,
            trigger_words(["Tag", "Woche", *lex.relative.event_days]),
        ),
    ]
