"""Organisations that only somebody's belonging tells: "Uwe Heil (Junge Europäer)", "NDR-Redakteur Thies Horn".

And compounds that an article makes a body of their own, where the text has no longer name for it: "der Heimatverein".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.pipes.event_heads import event_word
from extractor.pipes.inflection import adjective_ending
from extractor.pipes.names import first_names, is_place
from extractor.pipes.organisation_lexicon import is_town_adjective, organisation_lexicon, trigger_of
from extractor.pipes.people import people_noun
from extractor.pipes.values import Organisation, OrganisationKind

_BELONGING = re.compile(
    r"(?P<first>[A-ZÄÖÜ][\w’-]{1,20}) (?:(?:von|van|de|[A-ZÄÖÜ]\.) )?[^\W\d_][\w’-]{1,25} "
    r"\((?P<name>(?:Ev\. |Kath\. )?[A-ZÄÖÜ][\w&.-]{1,25}(?: [A-ZÄÖÜ][\w-]{2,25}){0,3})\)"
)
_MEMBER = re.compile(r"(?<![\w-])(?P<name>[A-ZÄÖÜ][A-Za-zÄÖÜ]{1,7})-(?P<role>[A-ZÄÖÜ][a-zäöüß]{4,30})\b")
_BARE = re.compile(
    r"\b(?P<article>[Dd]er|[Dd]ie|[Dd]as|[Dd]em|[Dd]en|[Vv]om|[Bb]eim) "
    r"(?P<name>(?:[A-ZÄÖÜ]+-)?[A-ZÄÖÜ][a-zäöüß]{5,30})(?![\w-])"
)
_LONG_WORD = 10
_KINDS = frozenset({"association", "authority", "church"})


def belonging(text: str, found: Sequence[Organisation]) -> Iterator[Organisation]:
    """Bodies in brackets behind a person, and those that the first part of a person's role names."""
    names = [value["name"] for value in found]
    acronyms = {value["acronym"] for value in found}
    for match in _BELONGING.finditer(text):
        if match["first"] not in first_names() or match["name"].split()[0] in acronyms:
            continue
        if _may_be_body(match["name"]) and not any(_abbreviates(match["name"], name) for name in names):
            yield _value(match, "organisation.belonging", "other")
    for match in _MEMBER.finditer(text):
        trigger = trigger_of(match["name"])
        known = trigger is not None and trigger.role in ("acronym", "open_acronym")
        if known and trigger is not None and _is_role(match["role"]):
            yield _value(match, "organisation.member", trigger.kind)


def _abbreviates(acronym: str, name: str) -> bool:
    """Whether the letters of an acronym stand in a name in their order: "FHE" in "Fachhochschule Erfurt"."""
    letters = iter(name.casefold())
    return name[:1] == acronym[0] and all(letter in letters for letter in acronym.casefold())


def _may_be_body(name: str) -> bool:
    """Whether words in brackets behind a person can name a body: no town, no role, no part in a choir."""
    words = name.split()
    last = words[-1]
    if is_place(name) or name in organisation_lexicon().words.function_words or event_word(last):
        return False
    if len(words) == 1:
        return last.isupper() and len(last) > 2 and last.isalpha()
    if people_noun(last) is not None and adjective_ending(words[0]) is None:
        return False
    plural = words[0].endswith("e") and last.endswith("er")
    role = not plural and last.endswith(organisation_lexicon().words.role_ends)
    return not role and not all(map(is_place, words)) and not first_names().get(words[0])


def _is_role(word: str) -> bool:
    """Whether a noun is somebody's role: "Redakteur", "Kollegen", "Vorsitzende"."""
    return people_noun(word) is not None or word in organisation_lexicon().words.member_roles


def bare_bodies(text: str, found: Sequence[Organisation]) -> Iterator[Organisation]:
    """Compounds with a definite article that name a body: "der Heimatverein", if no longer name has the word."""
    spans = sorted((value["start"], value["end"]) for value in found)
    names = " ".join(f"{value['name']} {value['acronym'] or ''}" for value in found).casefold()
    words = organisation_lexicon().words
    for match in _BARE.finditer(text):
        name = match["name"].removesuffix("s") if match["name"].endswith(("es", "ns", "ds")) else match["name"]
        trigger = trigger_of(name)
        if trigger is None or trigger.role != "head" or trigger.kind not in _KINDS:
            continue
        if not trigger.compound and len(name) < _LONG_WORD:
            continue
        if name in words.general_bodies or name.casefold() in names or name.endswith(words.general_ends):
            continue
        if any(start <= match.start("name") < end for start, end in spans) or is_town_adjective(name):
            continue
        yield _value(match, "organisation.bare", trigger.kind)


def _value(match: re.Match[str], rule: str, kind: OrganisationKind) -> Organisation:
    start, end = match.span("name")
    return {"start": start, "end": end, "rule": rule, "name": match["name"], "acronym": None, "kind": kind}
