"""Durations and sets: how long, how often. They have a value of their own and need no resolution."""

from __future__ import annotations

import re

from extractor.pipes.temporal.atoms import (
    DASH,
    END,
    GAP,
    TO,
    any_of,
    compiled,
    number_of,
    number_word,
    weekday_of,
    weekday_short,
)
from extractor.pipes.temporal.lexicon import lexicon, spellings, word_sets, words
from extractor.pipes.temporal.meanings import Candidate, Fixed
from extractor.pipes.temporal.rules import NUMBER, Rule, next_word, trigger_words, with_article, word_before

_LAST = ("letzte", "letzten", "letzter", "letztes")
_PLURALS = (
    "Jahre",
    "Jahren",
    "Monate",
    "Monaten",
    "Wochen",
    "Tage",
    "Tagen",
    "Stunden",
    "Jahrzehnte",
    "Jahrzehnten",
    "Jahrhunderten",
)
_ENDINGS = ("", "e", "er", "en", "es", "em")


def period_value(amount: str, unit: str) -> str:
    """Write a TIMEX3 period: "3", "D" is P3D; "2", "TH" is PT2H; half units become smaller ones."""
    if amount.endswith(".5"):
        whole = int(amount[:-2])
        smaller = {"TH": ("TM", 60), "Y": ("M", 12), "D": ("TH", 24), "TM": ("TS", 60), "DE": ("Y", 10)}.get(unit)
        if smaller is None:
            return f"P{amount}{unit}"
        amount, unit = str(whole * smaller[1] + smaller[1] // 2), smaller[0]
    return f"PT{amount}{unit[1:]}" if unit.startswith("T") else f"P{amount}{unit}"


def _amount(text: str) -> str:
    lex = lexicon().numbers
    article, _, rest = text.lower().rpartition(" ")
    folded = rest if article in lex.articles else text.lower()
    if folded in lex.vague or text.lower().startswith("ein paar"):
        return "X"
    half = words().halves.get(folded)
    if half:
        return half
    if folded in lex.articles:
        return "1"
    if folded in ("halbe", "halben", "halbes", "halber"):
        return "0.5"
    return folded if folded.isdigit() else str(number_of(folded))


def _duration(match: re.Match[str]) -> list[Candidate]:
    """Build "drei Tage", "anderthalb Stunden", "mehrere Wochen", "90 Minuten"."""
    unit = words().units[match["unit"].lower()]
    amount = _amount(match["number"])
    following = next_word(match.string, match.end())
    if unit == "Y" and (following == "alt" or word_before(match.string, match.start()) in ("ab", "unter")):
        return []
    return [Candidate(match.start(), match.end(), "duration.units", Fixed("DURATION", period_value(amount, unit)))]


def _adjective(match: re.Match[str]) -> list[Candidate]:
    """Build "zweistündig", "14-tägig", "mehrtägige"."""
    stem = match["stem"].lower()
    if words().unit_adjectives[stem] == "Y" and _is_age(match):
        return []
    unit = words().unit_adjectives[stem]
    number = match["number"].lower().rstrip("-")
    amount = "X" if number == "mehr" else "1" if number == "ein" else "0.5" if number == "halb" else _amount(number)
    return [Candidate(match.start(), match.end(), "duration.adjective", Fixed("DURATION", period_value(amount, unit)))]


def _is_age(match: re.Match[str]) -> bool:
    """Tell "der 38-jährige Koch" and "die 44-Jährige" from "das 25-jährige Bestehen"."""
    if not match["number"].rstrip("-").isdigit() or match["stem"][0].isupper():
        return match["stem"][0].isupper()
    following = next_word(match.string, match.end())
    return (
        10 <= int(match["number"].rstrip("-")) < 100
        and following.lower() not in word_sets().span_nouns
        and following[:1].isupper()
    )


def _several(match: re.Match[str]) -> list[Candidate]:
    """Build "seit Jahren", "den vergangenen zwei Jahrzehnten", "die kommenden Wochen"."""
    lead, number = match["lead"], match["number"]
    if lead is None and word_before(match.string, match.start()) not in ("seit", "vor", "nach", "über"):
        return []
    value = period_value(_amount(number) if number else "X", words().units[match["unit"].lower()])
    return [
        Candidate(with_article(match.string, match.start()), match.end(), "duration.several", Fixed("DURATION", value))
    ]


def _weekday_set(match: re.Match[str]) -> list[Candidate]:
    """Build "dienstags", "montags bis freitags"."""
    first = words().weekdays[match["first"].lower()] + 1
    value = f"XXXX-WXX-{first}"
    if match["last"]:
        value += f"/XXXX-WXX-{words().weekdays[match['last'].lower()] + 1}"
    return [Candidate(match.start(), match.end(), "set.weekdays", Fixed("SET", value))]


def _short_weekdays(match: re.Match[str]) -> list[Candidate]:
    """Build "Mo-Do", "Sa/So", "Mi" before a clock time."""
    first, last = weekday_of(match["first"]) + 1, weekday_of(match["last"]) + 1 if match["last"] else None
    if last is None and not match["clock"]:
        return []
    end = match.end("last") if last else match.end("first")
    if last and match["and"] and last != first % 7 + 1:
        return [
            Candidate(match.start(), match.end("first"), "set.weekdays.short", Fixed("SET", f"XXXX-WXX-{first}")),
            Candidate(match.start("last"), end, "set.weekdays.short", Fixed("SET", f"XXXX-WXX-{last}")),
        ]
    value = f"XXXX-WXX-{first}" + (f"/XXXX-WXX-{last}" if last else "")
    return [
        Candidate(
            match.start(), match.end("last") if last else match.end("first"), "set.weekdays.short", Fixed("SET", value)
        )
    ]


def ordinal_of(text: str) -> int:
    """Read "2." or "zweiten"; the last one counts as the first."""
    return int(text[:-1]) if text[0].isdigit() else words().ordinals.get(text.lower(), 1)


def _every(match: re.Match[str]) -> list[Candidate]:
    """Build "jeden zweiten Dienstag im Monat", "jedes Jahr", "alle zwei Wochen"."""
    ordinal = match["ordinal"]
    if match["weekday"]:
        weekday = words().weekdays[match["weekday"].lower()] + 1
        monthly = match["monthly"] is not None
        value = "P1M" if monthly else "P2W" if ordinal and ordinal_of(ordinal) == 2 else f"XXXX-WXX-{weekday}"
    else:
        number = ordinal_of(ordinal) if ordinal else 1
        value = period_value(str(number), words().units[match["unit"].lower()])
    return [Candidate(match.start(), match.end(), "set.every", Fixed("SET", value))]


def _all(match: re.Match[str]) -> list[Candidate]:
    value = period_value(_amount(match["number"]), words().units[match["unit"].lower()])
    return [Candidate(match.start(), match.end(), "set.all", Fixed("SET", value))]


def _often(match: re.Match[str]) -> list[Candidate]:
    """Build "zweimal im Jahr", "pro Woche"."""
    value = period_value("1", words().units[match["unit"].lower()])
    return [Candidate(match.start(), match.end(), "set.often", Fixed("SET", value))]


def _adverb(match: re.Match[str]) -> list[Candidate]:
    value = words().sets[match["word"].lower()]
    return [Candidate(match.start(), match.end(), "set.adverb", Fixed("SET", value))]


def quantity_rules() -> list[Rule]:
    """List the rules for durations and sets."""
    lex = lexicon()
    numbers = lex.numbers
    units, weekdays = any_of(words().units), any_of(name for names in lex.weekdays.names for name in names)
    amount = (
        rf"(?:{any_of(numbers.halves)}|ein paar|{any_of(numbers.vague)}|(?:{any_of(numbers.articles)} )?halbe[nrs]?"
        rf"|{any_of(numbers.articles)}|{number_word()})"
    )
    stems = any_of(stem for group in lex.unit_adjectives.values() for stem in group)
    compounds = [*words().numbers, *numbers.halves, "ein", "mehr", "halb"]
    adjectives = [
        number + spelling + ending
        for number in compounds
        for group in lex.unit_adjectives.values()
        for stem in group
        for spelling in spellings(stem)
        for ending in _ENDINGS
    ]
    ordinals = any_of([*words().ordinals, *_LAST])
    short = weekday_short()
    adjective = any_of(word for word, direction in words().directions.items() if direction in ("past", "future"))
    return [
        Rule(
            compiled(
                rf"(?P<lead>{adjective}) (?:(?P<number>{number_word()}|paar|beiden) )?(?P<unit>{any_of(_PLURALS)}){END}"
            ),
            _several,
            frozenset(words().directions),
        ),
        Rule(
            compiled(rf"(?P<lead>\b\B)?(?P<number>\b\B)?(?P<unit>{any_of(_PLURALS)}){END}"),
            _several,
            trigger_words(_PLURALS),
        ),
        Rule(
            compiled(
                rf"(?P<first>{short})\.?(?:{GAP}(?:{DASH}|bis|(?P<and>[/+,&]|und|u\.)){GAP}(?P<last>{short})\.?)?"
                r"(?=(?P<clock>[ ,:]{1,3}(?:(?:von|ab) )?\d{1,2}(?:[.:]\d\d)?(?: ?Uhr| ?h\b| ?[-–]| bis)))?"
            ),
            _short_weekdays,
            trigger_words(name for names in lex.weekdays.short for name in names),
        ),
        Rule(
            compiled(rf"(?P<first>{weekdays})s(?:(?:{TO}|/| und )(?P<last>{weekdays})s)?{END}"),
            _weekday_set,
            trigger_words(name + "s" for names in lex.weekdays.names for name in names),
        ),
        Rule(
            compiled(
                rf"(?:jede[nrsm]?|am)(?: (?P<ordinal>{ordinals}|[1-5]\.))? (?:(?P<weekday>{weekdays})"
                rf"(?P<monthly> (?:im|eines|des|jeden) (?:Monats?|Quartals?))?|(?P<unit>{units})){END}"
            ),
            lambda match: _every(match) if match[0][0].lower() == "j" or match["monthly"] else [],
            trigger_words(["jeden", "jede", "jedes", "jeder", "jedem", "am"]),
            after=frozenset((*words().ordinals, *words().units, *words().weekdays, *_LAST, "00")),
        ),
        Rule(compiled(rf"(?P<word>14-t(?:ä|ae)glich)(?:e[nrsm]?)?{END}"), _adverb, digits=NUMBER, after=frozenset("-")),
        Rule(compiled(rf"alle (?P<number>{number_word()}|paar) (?P<unit>{units}){END}"), _all, trigger_words(["alle"])),
        Rule(
            compiled(
                rf"(?:(?:ein|zwei|drei|vier|fünf|sechs|mehr)mal (?:im|pro|in der|am) |pro |je )(?P<unit>{units}){END}"
            ),
            _often,
            trigger_words([*(number + "mal" for number in (*numbers.words, "ein", "mehr")), "pro", "je"]),
        ),
        Rule(
            compiled(
                rf"(?P<word>(?:{any_of(stem for group in lex.sets.values() for stem in group)}))(?:e[nrsm]?)?{END}"
            ),
            _adverb,
            trigger_words(stem + ending for group in lex.sets.values() for stem in group for ending in _ENDINGS),
        ),
        Rule(
            compiled(rf"(?P<number>{any_of(compounds)})(?P<stem>{stems})(?:e[nrsm]?)?{END}"),
            _adjective,
            frozenset(adjectives),
        ),
        Rule(
            compiled(rf"(?P<number>\d{{1,3}})-?(?P<stem>{stems})(?:e[nrsm]?)?{END}"),
            _adjective,
            digits=frozenset({1, 2, 3}),
            after=frozenset(
                spelling + ending
                for group in lex.unit_adjectives.values()
                for stem in group
                for spelling in spellings(stem)
                for ending in _ENDINGS
            )
            | {"-"},
        ),
        Rule(
            compiled(rf"(?P<number>{amount})[ -](?:volle[nr]? |ganze[nr]? )?(?P<unit>{units})(?!\w)"),
            _duration,
            trigger_words(
                [*numbers.halves, *numbers.vague, *numbers.articles, "halbe", "halben", "halbes", *words().numbers]
            ),
            frozenset({1, 2, 3}),
            frozenset(words().units)
            | {"-", "halbe", "halben", "halbes", "halber", "paar", "volle", "vollen", "ganze", "ganzen", "ganzer"},
        ),
    ]
