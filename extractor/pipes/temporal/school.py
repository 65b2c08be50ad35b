"""School holidays, semesters and half-years of schools and universities.

When they begin and end differs by state, school and year, so that they are only about as long as their season.
"""

from __future__ import annotations

import re

from extractor.pipes.temporal.atoms import END, GAP, any_of, compiled, full_year
from extractor.pipes.temporal.day_atoms import years_of
from extractor.pipes.temporal.lexicon import lexicon, named, words
from extractor.pipes.temporal.meanings import Candidate, Period
from extractor.pipes.temporal.rules import Rule, trigger_words

_BESIDE = ("nach den ", "vor den ", "bis zu den ", "seit den ", "nach dem ", "vor dem ")
"""Before a bare name they tell a time that is not in it."""
_SIGNS = {"past": -1, "present": 0, "future": 1}


def _school(match: re.Match[str]) -> list[Candidate]:
    """Build "Sommerferien 2025", "WiSe 2024/25", "in den kommenden Herbstferien"."""
    name = match["name"] or match["dated"]
    code = int(named({str(key): value for key, value in _names().items()})[name.lower()])
    year = full_year(match["year"]) if match["year"] else None
    years = years_of(match["phrase"]) if match["phrase"] else None
    direction = _SIGNS.get(words().directions[match["adjective"].lower()]) if match["adjective"] else None
    undated = year is None and years is None and direction is None
    if undated and match.string[max(match.start() - 9, 0) : match.start()].lower().endswith(_BESIDE):
        return []
    if match["next"] and year is not None and (full_year(match["next"]) - year) % 100 != 1:
        return []
    if year is None and years is None and (match["dated"] or (match["adjective"] and direction is None)):
        return []
    return [Candidate(match.start(), match.end(), "date.school", Period(code, year, years, direction), True)]


def _names() -> dict[int, list[str]]:
    school = lexicon().school
    return {code: [*school.names.get(code, []), *school.dated.get(code, [])] for code in (21, 22, 23, 24)}


def school_rules() -> list[Rule]:
    """List the rules for school holidays and semesters."""
    school = lexicon().school
    names = [name for group in school.names.values() for name in group]
    dated = [name for group in school.dated.values() for name in group]
    adjectives = frozenset(words().directions)
    year = (
        rf"(?:(?:,?{GAP}|-)(?P<year>(?:19|20)\d\d|['’]?\d\d)(?:[/–-]['’]?(?P<next>(?:20)?\d\d))?(?!\d|[.,:/]\d)"
        rf"|,? (?P<phrase>{any_of(words().year_phrases)})(?!\w))?"
    )
    pattern = compiled(
        rf"(?:(?P<adjective>{any_of(adjectives)}) )?"
        rf"(?:(?P<name>{any_of(names)})(?![^\W\d_])"
        rf"|(?P<dated>(?-i:{any_of(dated, fold=False)}))(?![^\W\d_])){year}{END}"
    )
    return [
        Rule(pattern, _school, trigger_words([*names, *dated])),
        Rule(pattern, _school, adjectives, after=trigger_words(names)),
    ]
