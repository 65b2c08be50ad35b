"""Sets: how often. They have a value of their own and need no resolution."""

from __future__ import annotations

import re

from extractor.pipes.temporal.atoms import (
    DASH,
    END,
    GAP,
    TO,
    any_of,
    compiled,
    month_name,
    month_of,
    number_word,
    weekday_of,
    weekday_short,
)
from extractor.pipes.temporal.durations import amount_of, period_value
from extractor.pipes.temporal.frequencies import every, frequency_rules, set_of
from extractor.pipes.temporal.lexicon import lexicon, words
from extractor.pipes.temporal.meanings import Candidate, Fixed
from extractor.pipes.temporal.months import season_name, season_of
from extractor.pipes.temporal.parts import LAST
from extractor.pipes.temporal.rules import NUMBER, Rule, next_word, trigger_words

_SEASONS = {21: "SP", 22: "SU", 23: "FA", 24: "WI"}
_ALWAYS = ("immer", "jeweils", "stets", "immer wieder", "regelmäßig")


def _short_weekdays(match: re.Match[str]) -> list[Candidate]:
    """Build "Mo-Fr", "Sa+So", "Mi" before a clock time."""
    first, last = weekday_of(match["first"]) + 1, weekday_of(match["last"]) + 1 if match["last"] else None
    if last is None:
        if not match["clock"]:
            return []
        return [Candidate(match.start(), match.end("first"), "set.weekdays.short", Fixed("SET", f"XXXX-WXX-{first}"))]
    dotted = match.string[match.end("first")] == "." and match.string[match.end("last") : match.end("last") + 1] == "."
    end = match.end("last") + dotted
    if match["and"] and last != first % 7 + 1:
        return [
            Candidate(match.start(), match.end("first"), "set.weekdays.short", Fixed("SET", f"XXXX-WXX-{first}")),
            Candidate(match.start("last"), end, "set.weekdays.short", Fixed("SET", f"XXXX-WXX-{last}")),
        ]
    value = f"XXXX-WXX-{first}/XXXX-WXX-{last}"
    return [Candidate(match.start(), end, "set.weekdays.short", Fixed("SET", value))]


def _weekdays(match: re.Match[str]) -> list[Candidate]:
    """Build "dienstags", "montags bis freitags", "samstags und sonntags", "sonntagabends"."""
    first = weekday_of(match["first"]) + 1
    if match["part"]:
        part = words().dayparts[match["part"].lower()]
        return set_of(match, f"XXXX-WXX-{first}T{part}", "set.weekdays")
    if not match["last"]:
        return set_of(match, f"XXXX-WXX-{first}", "set.weekdays")
    last = weekday_of(match["last"]) + 1
    if match["and"] and last != first % 7 + 1:
        return [Candidate(match.start(), match.end("first") + 1, "set.weekdays", Fixed("SET", f"XXXX-WXX-{first}"))]
    return set_of(match, f"XXXX-WXX-{first}/XXXX-WXX-{last}", "set.weekdays")


def _plural_weekday(match: re.Match[str]) -> list[Candidate]:
    """Build "an Sonntagen", "an allen Wochenenden", "an den Adventswochenenden", "an Werktagen"."""
    name = match["name"].lower()
    if name.endswith("wochenenden"):
        value = "XXXX-WXX-WE"
    elif name == "werktagen":
        value = "P1D"
    else:
        value = f"XXXX-WXX-{weekday_of(name.removesuffix('en')) + 1}"
    return set_of(match, value, "set.weekdays", match.start("name"))


def ordinal_of(text: str) -> int:
    """Read "2." or "zweiten"; the last one counts as the first."""
    return int(text[:-1]) if text[0].isdigit() else words().ordinals.get(text.lower(), 1)


def _every(match: re.Match[str]) -> list[Candidate]:
    """Build "jeden zweiten Dienstag im Monat", "jedes Jahr", "jeden Sonntagabend", "jeden Sommer"."""
    ordinal = match["ordinal"]
    if match["weekday"]:
        if match["monthly"] or (ordinal and ordinal_of(ordinal) != 2):
            return set_of(match, "P1M")
        if ordinal:
            return set_of(match, "P2W")
        part = f"T{words().dayparts[match['part'].lower()]}" if match["part"] else ""
        return set_of(match, f"XXXX-WXX-{weekday_of(match['weekday']) + 1}{part}")
    if match["daypart"]:
        return set_of(match, f"XXXX-XX-XXT{words().dayparts[match['daypart'].lower()]}")
    if match["month"]:
        return set_of(match, f"XXXX-{month_of(match['month']):02d}")
    if match["season"]:
        return set_of(match, f"XXXX-{_SEASONS[season_of(match['season'])]}")
    if match["named"]:
        return set_of(match, _named_interval(match["named"]))
    return set_of(match, every(str(ordinal_of(ordinal) if ordinal else 1), words().units[match["unit"].lower()]))


def _named_interval(text: str) -> str:
    """Read "Werktag", "Halbjahr", "halbe Stunde"."""
    folded = text.lower()
    if folded.startswith("werktag"):
        return "P1D"
    if folded.endswith("wochenende"):
        return "XXXX-WXX-WE"
    if folded.startswith("viertel"):
        return "PT15M" if "stunde" in folded else "P3M"
    return "PT30M" if "stunde" in folded else "P6M"


def _in_month(match: re.Match[str]) -> list[Candidate]:
    """Build "am ersten Dienstag im Monat", "letzter Freitag im Monat", "am 1. und 3. Montag jeden Monats"."""
    return set_of(match, "P1M", start=match.start() + 3 * match[0].lower().startswith("am "))


def _always(match: re.Match[str]) -> list[Candidate]:
    """Build "immer am Dienstag", "jeweils am ersten Sonntag": the day alone is the expression."""
    before = match.string[max(match.start() - 14, 0) : match.start()].lower()
    if not before.rstrip().endswith(_ALWAYS):
        return []
    value = "P1M" if match["ordinal"] else f"XXXX-WXX-{weekday_of(match['weekday']) + 1}"
    return set_of(match, value, start=match.end("lead") + 1)


def _all(match: re.Match[str]) -> list[Candidate]:
    """Build "alle zwei Jahre", "alle 14 Tage", "alle halbe Stunde", "alle Jahre"."""
    if match["named"]:
        return set_of(match, _named_interval(match["named"]), "set.all")
    amount = amount_of(match["number"]) if match["number"] else "1"
    if (
        match["number"] is None
        and next_word(match.string, match.end()) != "wieder"
        and match["unit"].lower() != "jahre"
    ):
        return []
    return set_of(match, every(amount, words().units[match["unit"].lower()]), "set.all")


def _repeated(match: re.Match[str]) -> list[Candidate]:
    """Build "Tag für Tag", "Jahr für Jahr"."""
    word = match["word"].lower()
    if word in words().units:
        return set_of(match, period_value("1", words().units[word]), "set.repeated")
    if word in words().dayparts:
        return set_of(match, f"XXXX-XX-XXT{words().dayparts[word]}", "set.repeated")
    return set_of(match, f"XXXX-{_SEASONS[words().seasons[word]]}", "set.repeated")


def set_rules() -> list[Rule]:
    """List the rules for sets."""
    lex = lexicon()
    units = any_of(words().units)
    names = [name for names in lex.weekdays.names for name in names]
    weekdays, short = any_of(names), weekday_short()
    dayparts = [word for group in lex.dayparts.values() for word in group]
    parts = any_of(dayparts)
    ordinals = rf"(?:{any_of([*words().ordinals, *LAST])}|[1-5]\.)"
    several = rf"{ordinals}(?:(?: und | u\. |/){ordinals})?"
    monthly = r"(?:im Monat|(?:eines|des|jeden|im) (?:jeden )?(?:Monate?s|Quartals?))(?! (?-i:[A-ZÄÖÜ]))"
    intervals = (
        r"Werktage?s?|Halbjahr|Vierteljahr|Viertelstunde|halben? (?:Stunden?|Jahre?n?)|halbes Jahr|Adventswochenende"
    )
    repeated = any_of(["Tag", "Woche", "Monat", "Jahr", "Abend", "Nacht", "Sommer", "Winter", "Herbst"])
    any_weekday = frozenset(words().weekdays)
    days = trigger_words(names)
    plural = any_of([*(name + "en" for name in names), "Wochenenden", "Adventswochenenden", "Werktagen"])
    return [
        Rule(
            compiled(
                rf"(?P<first>{short})\.?(?:{GAP}(?:{DASH}|bis|(?P<and>[/+,&]|und|u\.)){GAP}(?P<last>{short})\.?)?"
                r"(?=(?P<clock>[ ,:]{1,3}(?:(?:von|ab) )?\d{1,2}(?:[.:]\d\d)?(?: ?Uhr| ?h\b| ?[-–]| bis)))?"
            ),
            _short_weekdays,
            trigger_words(name for names in lex.weekdays.short for name in names),
        ),
        Rule(
            compiled(
                rf"(?P<first>{weekdays})(?:(?P<part>{parts})(?<=s)"
                rf"|s(?:(?:{TO}|/|(?P<and> und ))(?P<last>{weekdays})s)?){END}"
            ),
            _weekdays,
            trigger_words(
                name + end for name in names for end in ("s", *(w.lower() for w in dayparts if w[-1] == "s"))
            ),
        ),
        Rule(
            compiled(rf"(?:an (?:den |allen )?)(?P<name>{plural}){END}"),
            _plural_weekday,
            frozenset({"an"}),
            after=trigger_words([*(name + "en" for name in names), "Wochenenden", "Adventswochenenden", "Werktagen"])
            | {"den", "allen"},
        ),
        Rule(
            compiled(rf"(?:am|jede[nrsm]?) {several} (?P<weekday>{weekdays}|{short}\.?) {monthly}{END}"),
            _in_month,
            trigger_words(["am", "jeden", "jeder", "jedem"]),
            after=frozenset((*words().ordinals, *LAST, "00")),
        ),
        Rule(
            compiled(rf"{several} (?P<weekday>{weekdays}|{short}\.?) {monthly}{END}"),
            _in_month,
            frozenset((*words().ordinals, *LAST)),
            NUMBER,
            any_weekday | {"und", "u", "/"},
        ),
        Rule(
            compiled(rf"(?P<lead>am) (?:(?P<ordinal>{ordinals}) )?(?P<weekday>{weekdays})(?! (?:im|des|in) ){END}"),
            _always,
            frozenset({"am"}),
            after=frozenset((*words().ordinals, *LAST, "00")) | days,
        ),
        Rule(
            compiled(
                rf"jede[nrsm]?(?: einzelne[nrs]?)?(?: (?P<ordinal>{ordinals}))? (?:(?P<weekday>{weekdays})"
                rf"(?:[ -]?(?P<part>{parts})(?!\w))?(?P<monthly> {monthly})?|(?P<named>{intervals})|(?P<unit>{units})"
                rf"|(?P<season>{season_name()})|(?P<month>{month_name()})|(?P<daypart>{parts})){END}"
            ),
            _every,
            trigger_words(["jeden", "jede", "jedes", "jeder", "jedem"]),
        ),
        Rule(
            compiled(
                rf"alle (?:(?P<named>{intervals})|(?:(?P<number>{number_word()}|paar|beiden) )?(?P<unit>{units})){END}"
            ),
            _all,
            frozenset({"alle"}),
        ),
        Rule(
            compiled(rf"(?P<word>{repeated}) für (?i:(?P=word)){END}"),
            _repeated,
            trigger_words(["Tag", "Woche", "Monat", "Jahr", "Abend", "Nacht", "Sommer", "Winter", "Herbst"]),
            after=trigger_words(["für"]),
        ),
        *frequency_rules(),
    ]
