"""Durations: how long. They have a value of their own and need no resolution."""

from __future__ import annotations

import re

from extractor.pipes.temporal.atoms import END, any_of, compiled, number_of, number_word
from extractor.pipes.temporal.lexicon import lexicon, spellings, word_sets, words
from extractor.pipes.temporal.meanings import Candidate, Fixed
from extractor.pipes.temporal.rules import Rule, next_word, trigger_words, with_article, word_before

PLURALS = (
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
ENDINGS = ("", "e", "er", "en", "es", "em")
_PLURAL_LEADS = ("seit", "vor", "nach", "über")
_SMALLER = {"TH": ("TM", 60), "Y": ("M", 12), "D": ("TH", 24), "TM": ("TS", 60), "DE": ("Y", 10)}


def period_value(amount: str, unit: str) -> str:
    """Write a TIMEX3 period: "3", "D" is P3D; "2", "TH" is PT2H; half units become smaller ones."""
    if amount.endswith(".5"):
        if unit not in _SMALLER:
            return f"P{amount}{unit}"
        smaller, size = _SMALLER[unit]
        amount, unit = str(int(amount[:-2]) * size + size // 2), smaller
    return f"PT{amount}{unit[1:]}" if unit.startswith("T") else f"P{amount}{unit}"


def amount_of(text: str) -> str:
    """Read "drei", "ein paar", "anderthalb", "2,5", "einer halben" as digits; "X" where no number is told."""
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
    if folded[-1:] in "½5" and folded[0].isdigit() and not folded.isdigit():
        return f"{folded.rstrip('½,5 ') or 0}.5"
    return folded if folded.isdigit() else str(number_of(folded))


def _duration(match: re.Match[str]) -> list[Candidate]:
    """Build "drei Tage", "anderthalb Stunden", "mehrere Wochen", "90 Minuten", "2 Std."."""
    unit = words().units[match["unit"].lower()]
    amount = amount_of(match["number"])
    following = next_word(match.string, match.end())
    if unit == "Y" and (following == "alt" or word_before(match.string, match.start()) in ("ab", "unter")):
        return []
    return [Candidate(match.start(), match.end(), "duration.units", Fixed("DURATION", period_value(amount, unit)))]


def _named(match: re.Match[str]) -> list[Candidate]:
    """Build "Viertelstunde", "ein Dreivierteljahr", "tagelang", "rund um die Uhr"."""
    value = words().durations[match["word"].lower()]
    return [Candidate(match.start(), match.end(), "duration.named", Fixed("DURATION", value))]


def _whole(match: re.Match[str]) -> list[Candidate]:
    """Build "den ganzen Tag", "ein ganzes Jahr"."""
    value = period_value("1", words().units[match["unit"].lower()])
    return [Candidate(match.start(), match.end(), "duration.whole", Fixed("DURATION", value))]


def _adjective(match: re.Match[str]) -> list[Candidate]:
    """Build "zweistündig", "10-tägige", "mehrtägige"; "14-tägig", undeclined, tells how often."""
    stem = match["stem"].lower()
    unit = words().unit_adjectives[stem]
    if unit == "Y" and (_is_age(match) or next_word(match.string, match.end()) in word_sets().named_ages):
        return []
    number = match["number"].lower().rstrip("-")
    if unit == "D" and number in ("14", "vierzehn") and match[0][-1] in "gG":
        return []
    simple = {"mehr": "X", "ein": "1", "halb": "0.5", "ganz": "1"}
    amount = simple[number] if number in simple else amount_of(number)
    return [Candidate(match.start(), match.end(), "duration.adjective", Fixed("DURATION", period_value(amount, unit)))]


def _is_age(match: re.Match[str]) -> bool:
    """Tell "der 38-jährige Koch" and "die 44-Jährige" from "das 25-jährige Bestehen"."""
    if not match["number"].rstrip("-").isdigit() or match["stem"][0].isupper():
        return match["stem"][0].isupper()
    following = next_word(match.string, match.end())
    return following in word_sets().aged or (
        10 <= int(match["number"].rstrip("-")) < 100
        and following.lower() not in word_sets().span_nouns
        and following[:1].isupper()
    )


def _several(match: re.Match[str]) -> list[Candidate]:
    """Build "seit Jahren", "den vergangenen zwei Jahrzehnten", "die kommenden Wochen"."""
    lead, number = match["lead"], match["number"]
    if lead is None and word_before(match.string, match.start()) not in _PLURAL_LEADS:
        return []
    value = period_value(amount_of(number) if number else "X", words().units[match["unit"].lower()])
    return [
        Candidate(with_article(match.string, match.start()), match.end(), "duration.several", Fixed("DURATION", value))
    ]


def several_rules() -> list[Rule]:
    """List the rules for durations that an adjective tells; they come before those for relative units."""
    adjective = any_of(word for word, direction in words().directions.items() if direction in ("past", "future"))
    number = rf"(?:(?P<number>{number_word()}|paar|beiden) )?"
    return [
        Rule(
            compiled(rf"(?P<lead>{adjective}) {number}(?P<unit>{any_of(PLURALS)}){END}"),
            _several,
            frozenset(words().directions),
        ),
        Rule(
            compiled(rf"(?P<lead>\b\B)?(?P<number>\b\B)?(?P<unit>{any_of(PLURALS)}){END}"),
            _several,
            trigger_words(PLURALS),
        ),
    ]


def duration_rules() -> list[Rule]:
    """List the rules for durations with a number or a name of their own."""
    lex, numbers = lexicon(), lexicon().numbers
    units, articles = any_of(words().units), any_of(numbers.articles)
    amount = (
        rf"(?:{any_of(numbers.halves)}|ein paar|{any_of(numbers.vague)}|(?:{articles} )?halbe[nrs]?"
        rf"|{articles}|\d{{0,2}},5(?!\d)|\d{{1,2}} ?½|{number_word()})"
    )
    stems = any_of(stem for group in lex.unit_adjectives.values() for stem in group)
    compounds = [*words().numbers, *numbers.halves, "ein", "mehr", "halb", "ganz"]
    inflected = frozenset(
        spelling + ending
        for group in lex.unit_adjectives.values()
        for stem in group
        for spelling in spellings(stem)
        for ending in ENDINGS
    )
    named = any_of(words().durations)
    return [
        Rule(
            compiled(rf"(?P<number>{any_of(compounds)})(?P<stem>{stems})(?:e[nrsm]?)?{END}"),
            _adjective,
            frozenset(number + stem for number in compounds for stem in inflected),
        ),
        Rule(
            compiled(rf"(?P<number>\d{{1,3}})-?(?P<stem>{stems})(?:e[nrsm]?)?{END}"),
            _adjective,
            digits=frozenset({1, 2, 3}),
            after=inflected | {"-"},
        ),
        Rule(compiled(rf"(?:{articles} )?(?P<word>{named}){END}"), _named, trigger_words([*words().durations])),
        Rule(
            compiled(rf"(?:{articles} )(?P<word>{named}){END}"),
            _named,
            frozenset(numbers.articles),
            after=trigger_words(words().durations),
        ),
        Rule(
            compiled(rf"(?:{articles} )?ganze[nrs]? (?P<unit>Tag|Tages|Woche|Monat|Jahr|Stunde|Jahrzehnt){END}"),
            _whole,
            trigger_words([*numbers.articles, "ganze", "ganzen", "ganzes", "ganzer"]),
            after=frozenset(
                {"ganze", "ganzen", "ganzes", "ganzer", "tag", "tages", "woche", "monat", "jahr", "stunde"}
            ),
        ),
        Rule(
            compiled(
                rf"(?P<number>{amount})[ -](?:(?:volle|ganze|gute|knappe)[nr]? )?"
                rf"(?P<unit>{units})(?!\w)(?:(?<=[ ](?:Std|Min|Sek))\.)?"
            ),
            _duration,
            trigger_words(
                [*numbers.halves, *numbers.vague, *numbers.articles, "halbe", "halben", "halbes", *words().numbers]
            ),
            frozenset({1, 2, 3}),
            frozenset(words().units)
            | {
                "-",
                ",",
                "½",
                "halbe",
                "halben",
                "halbes",
                "halber",
                "paar",
                "volle",
                "vollen",
                "ganze",
                "ganzen",
                "ganzer",
                "gute",
                "guten",
                "knappe",
                "knappen",
            },
        ),
    ]
