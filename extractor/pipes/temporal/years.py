"""Bare years: a number of four digits is one only in a year's position."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.pipes.temporal.atoms import DASH, GAP, TO, any_of, compiled
from extractor.pipes.temporal.lexicon import lexicon, word_sets, words
from extractor.pipes.temporal.meanings import CalendarDate, Candidate, Fixed, Span
from extractor.pipes.temporal.parts import PARTS
from extractor.pipes.temporal.rules import Rule, at_line_start, next_word, trigger_words, word_before

_FOUR = r"(?:1[5-9]|20)\d\d"
_ITEM = r"(?:1[5-9]|20)\d\d(?!\d|[.,:/]\d|-[^\W\d_]|\w)"
_PATTERN = (
    rf"(?P<first>(?:1[5-9]|20)\d\d)(?!\d|[.,:]\d|\w|-[^\W\d_])"
    rf"(?:(?P<to>{GAP}(?:{DASH}|\bbis(?: (?:zum Jahr|ins Jahr))?){GAP})(?P<last>{_ITEM}|\d\d(?!\d|[.,:/-]\d|\w))"
    rf"|(?P<slash>{GAP}/{GAP})(?P<next>{_ITEM}|\d\d(?!\d|[.,:/-]\d|\w))"
    rf"|(?P<more>(?:,? (?:und|sowie|oder) |, ){_ITEM}){{1,4}})?(?![/-]\d)"
)
_PARTS = any_of(PARTS)
_LONGEST_SLASHED = 5
"""Years that "2023/24" covers at most; what lies further apart is a number."""
_ERA = r"(?P<year>\d{1,4}) (?P<era>[vn])\. ?(?:Chr|u\. ?Z)\b\.?"
_CLOSING = frozenset(".,;:!?)]}“”\"»«–—|'’…")
_CLUB = re.compile(r" e\. ?V\b")
_NUMBER_BEFORE = re.compile(r"\d[ /]$")
_QUANTITY = re.compile(r" ?[%€$]| \d|\.\d")
_FOUR_DIGITS = re.compile(r"\d{4}")
_COLON = re.compile(r" ?[:–—|]| - ")
_TWO_WORDS = re.compile(r" (?P<first>[^\W\d_]+)(?P<second>(?: [^\W\d_]+)?)")
_INFLECTED = ("e", "en", "er", "es", "em")
_PARTICIPLE = ("te", "ten", "ter", "tes", "tem", "ene", "enen", "ener", "enes", "enem")
_ARTICLE_BEFORE = re.compile(r"\b(?:[Dd](?:er|ie|as|em|en|es)|[Ee]ine?[mnrs]?) \d{4}$")


def year_rules() -> list[Rule]:
    """List the rules for bare years."""
    compounds = [word + ending for word in lexicon().year_cues.compounds for ending in ("", "e", "es", "en", "s")]
    lead = rf"(?:(?:{_PARTS})(?:/(?:{_PARTS}))? (?:des Jahres )?|(?:{any_of(compounds)})[ :]{{1,2}})"
    part = rf"(?:{_PARTS}) (?:des Jahres )?"
    ends = rf"{part}(?P<first>{_FOUR})(?:{TO}){part}(?P<last>{_FOUR})(?!\d|[.,]\d|\w)"
    return [
        Rule(compiled(_ERA), _year_of_era, digits=frozenset({1, 2, 3, 4}), after=frozenset({"v", "n"})),
        Rule(compiled(_PATTERN), _years, digits=frozenset({4})),
        Rule(compiled(ends), _ends, trigger_words(PARTS)),
        Rule(compiled(lead + _PATTERN), _years, trigger_words([*PARTS, *compounds])),
    ]


def _ends(match: re.Match[str]) -> list[Candidate]:
    """Build "Anfang 2014 bis Ende 2018"."""
    first, last = int(match["first"]), int(match["last"])
    if first >= last:
        return []
    span = Span(CalendarDate(first), CalendarDate(last), (match.end("first"), match.start("last")))
    return [Candidate(match.start(), match.end(), "date.range.years", span)]


def _year_of_era(match: re.Match[str]) -> list[Candidate]:
    """Build "146 v. Chr."; TIMEX3 writes BC0146, and no EDTF date is given for it."""
    year = f"{int(match['year']):04d}"
    if match["era"].lower() == "n":
        return [Candidate(match.start(), match.end(), "date.year", CalendarDate(int(year)))] if int(year) else []
    return [Candidate(match.start(), match.end(), "date.year.bc", Fixed("DATE", f"BC{year}"))]


def _years(match: re.Match[str]) -> list[Candidate]:
    text, start = match.string, match.start()
    first = int(match["first"])
    led = match.start("first") > start
    last_text = match["last"] or match["next"]
    last = int(last_text) if last_text else None
    if last is not None and last < 100:
        last += first - first % 100 + (100 if last < first % 100 else 0)
    if last is not None and (last <= first or last > 2100):
        return []
    if match["slash"] and last is not None and last > first + _LONGEST_SLASHED:
        return []
    if not led and not _is_year(text, start, match.end(), first, ranged=last is not None or match["more"] is not None):
        return []
    if last is not None:
        middle = (match.end("first"), match.start("last") if match["last"] else match.start("next"))
        span = Span(CalendarDate(first), CalendarDate(last), middle)
        return [Candidate(start, match.end(), "date.range.years" if match["last"] else "date.range.years.slash", span)]
    years = list(_FOUR_DIGITS.finditer(text[match.start("first") : match.end()]))
    years = [
        year for index, year in enumerate(years) if index == 0 or int(year[0]) % 100 or year[0] in ("1900", "2000")
    ]
    offset = match.start("first")
    if (len(years) == 2 and word_before(text, start) == "zwischen") or text.endswith("zwischen den ", 0, start):
        since, until = (CalendarDate(int(year[0])) for year in years)
        middle = (offset + years[0].end(), offset + years[1].start())
        return [Candidate(start, offset + years[1].end(), "date.range.years", Span(since, until, middle))]
    rule = "date.year" if len(years) == 1 else "date.list.years"
    return [
        Candidate(start if not index else offset + year.start(), offset + year.end(), rule, CalendarDate(int(year[0])))
        for index, year in enumerate(years)
    ]


def _is_year(text: str, start: int, end: int, year: int, ranged: bool) -> bool:
    """Tell a year from a quantity, house number, postcode or phone number by what stands beside it."""
    sets = word_sets()
    before, following = word_before(text, start), next_word(text, end)
    previous = text[start - 1 : start]
    if _NUMBER_BEFORE.match(text, max(start - 2, 0), start) or _QUANTITY.match(text, end, end + 2):
        return False
    if _CLUB.match(text, end):
        return False
    if before.endswith("nummer"):
        return False
    if before in sets.strong_years:
        return True
    if following.lower() in sets.units:
        return False
    hundred = year % 100 == 0
    if before in sets.quantities:
        if before == "um":
            told = following.endswith(("te", "ten")) and _counts_nothing(text, end)
            return year < 2000 and (told or (_is_verb(following) and following.lower() not in sets.year_followers))
        return (ranged and following == "" and year >= 1900) or (
            not hundred and before in sets.year_or_quantity and _counts_nothing(text, end)
        )
    if previous in "(„\"'" and following[:1] in _CLOSING and previous:
        return True
    if before in words().months or (previous != "(" and _streets().search(before)):
        return False
    capitalised = following[:1].isupper()
    if at_line_start(text, start):
        return (
            bool(_COLON.match(text, end))
            or following in ("", "\n")
            or _is_verb(following)
            or (ranged and not capitalised)
            or (not hundred and _counts_nothing(text, end))
        )
    if before in sets.weak_years and not (hundred and before in ("und", "oder", "sowie")):
        return not capitalised or ranged
    closed = (
        following == "" or following[:1] in _CLOSING or following.lower() in sets.year_followers or _is_verb(following)
    )
    if not 1800 <= year <= 2099 or year == 2000 or (hundred and not closed):
        return False
    if text[max(start - 2, 0) : start] in (". ", "! ", "? ", ": "):
        return (closed and following[:1] != ",") or (not hundred and _counts_nothing(text, end))
    return closed or _counts_nothing(text, end) or (following[:1].islower() and before.islower())


def _counts_nothing(text: str, end: int) -> bool:
    """Tell whether the words after a number show that it counts none of them.

    A verb follows, or a function word ("2004 die"), or a participle that the year dates, after an article
    ("die 1998 gestartete Sonde"); an adjective with a capital after it might be counted.
    """
    match = _TWO_WORDS.match(text, end)
    if match is None or not match["first"][0].islower():
        return False
    first, counted = match["first"], match["second"][1:2].isupper()
    if first in word_sets().year_followers or _is_verb(first):
        return True
    return not (counted and first.endswith(_INFLECTED)) or (
        first.endswith(_PARTICIPLE) and bool(_ARTICLE_BEFORE.search(text[max(end - 10, 0) : end]))
    )


@lru_cache(maxsize=1)
def _streets() -> re.Pattern[str]:
    return re.compile(lexicon().negative.streets)


def _is_verb(word: str) -> bool:
    return word.lower() in word_sets().past or word.lower() in word_sets().future or word in word_sets().year_followers
