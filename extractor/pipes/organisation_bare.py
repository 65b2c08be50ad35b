"""Bodies without a head noun or a name of their own.

Compounds that an article makes one, where the text has no longer name ("der Heimatverein", "die Ostseesparkasse"),
titles of towns that act ("die Hansestadt fördert ..."), and companies that their trade tells ("Kern Reisen").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractor.pipes.configured import Stretches
from extractor.pipes.event_heads import event_word
from extractor.pipes.inflection import nominative
from extractor.pipes.organisation_lexicon import (
    Trigger,
    is_name_adjective,
    is_name_word,
    is_town_adjective,
    organisation_lexicon,
    trigger_of,
)
from extractor.pipes.values import Organisation, OrganisationKind
from extractor.pipes.words import capitalised_words

_BARE = re.compile(
    r"\b(?P<article>[Dd]er|[Dd]ie|[Dd]as|[Dd]em|[Dd]en|[Dd]es|[Vv]om|[Bb]eim|[Zz]ur|[Zz]um) "
    r"(?P<name>(?:[A-ZÄÖÜ]+-)?[A-ZÄÖÜ][a-zäöüß]{5,30})(?![\w-])"
)
_LOCATED = re.compile(r"\b(?:in|auf|an|vor|hinter|neben|aus|gegenüber|über|unter|durch|um) $", re.IGNORECASE)
_BEFORE_TRADE = re.compile(r"(?<![\w-])(?P<name>[A-ZÄÖÜ][\w’-]{2,25} (?:[A-ZÄÖÜ][\w’-]{2,25} )?[A-ZÄÖÜ][a-zäöüß]+)$")
_LONG_WORD, _REACH, _TRADE_REACH = 10, 12, 80
_KINDS = frozenset({"association", "authority", "church"})
_DIRECTIONS = frozenset({"zur", "zum", "Zur", "Zum"})


def bare_bodies(text: str, found: Sequence[Organisation]) -> Iterator[Organisation]:
    """Words with a definite article that name a body, if no longer name has the word."""
    taken = Stretches(found)
    names = " ".join(f"{value['name']} {value['acronym'] or ''}" for value in found).casefold()
    for match in _BARE.finditer(text):
        if trigger_of(match["name"]) is None:
            continue
        name = nominative(match["name"], match["article"].lower())
        kind = _kind_of_compound(name, match, text)
        if kind is not None and name.casefold() not in names and not taken.touch(*match.span("name")):
            yield _value(match, name, kind)
    for match in _acting_town().finditer(text):
        if match["name"].casefold() not in names:
            yield _value(match, match["name"], "municipality")


def companies_by_trade(text: str, found: Sequence[Organisation]) -> Iterator[Organisation]:
    """Names before a trade: "Kern Reisen", "Lausitz Energie", but neither "Kölner Architekten" nor "neue Energie"."""
    trades = organisation_lexicon().words.trades
    ends = [start + len(word) for word, start in capitalised_words(text) if word in trades]
    taken = Stretches(found)
    for match in filter(None, (_BEFORE_TRADE.search(text, max(0, end - _TRADE_REACH), end) for end in ends)):
        if all(map(_may_be_owner, match["name"].split()[:-1])) and not taken.touch(*match.span("name")):
            yield _value(match, match["name"], "company")


def _may_be_owner(word: str) -> bool:
    """Whether a word can be a name before a trade."""
    return is_name_word(word) and not is_name_adjective(word) and event_word(word) is None


def _kind_of_compound(name: str, match: re.Match[str], text: str) -> OrganisationKind | None:
    """Of which kind the body is that a compound names; None for those that are too general."""
    trigger, words = trigger_of(name), organisation_lexicon().words
    if trigger is None or trigger.role != "head" or is_town_adjective(name):
        return None
    if trigger.kind == "company":
        return "company" if _is_bare_company(name, match, text) else None
    if _is_superior(name):
        return trigger.kind
    if trigger.kind not in _KINDS or not _is_special(name, trigger):
        return None
    general = name.endswith(words.general_ends)
    return None if general or name in words.general_bodies else trigger.kind


def _is_special(name: str, trigger: Trigger) -> bool:
    return trigger.compound or len(name) >= _LONG_WORD


def _is_superior(name: str) -> bool:
    """Whether there is one such body in a state or country: "Landesmusikagentur", but not "Werbeagentur"."""
    words = organisation_lexicon().words
    return name.startswith(words.superior) and name.endswith(words.superior_ends)


def _is_bare_company(name: str, match: re.Match[str], text: str) -> bool:
    """Whether a bank or a utility acts ("die Pizza zahlte die Stadtsparkasse"), and is no building."""
    words = organisation_lexicon().words
    if not name.lower().endswith(words.bare_company_ends) or match["article"] in _DIRECTIONS:
        return False
    return _LOCATED.search(text, max(0, match.start() - _REACH), match.start()) is None


@lru_cache(maxsize=1)
def _acting_town() -> re.Pattern[str]:
    """A town's title as the subject: "Die Hansestadt hat bewilligt", but not "Die Hansestadt liegt am Meer"."""
    words = organisation_lexicon().words
    titles, verbs = "|".join(sorted(words.town_titles)), "|".join(sorted(words.acting_verbs))
    return re.compile(rf"\b[Dd]ie (?P<name>{titles})(?= (?:{verbs})\b)")


def _value(match: re.Match[str], name: str, kind: OrganisationKind) -> Organisation:
    start, end = match.span("name")
    return {"start": start, "end": end, "rule": "organisation.bare", "name": name, "acronym": None, "kind": kind}
