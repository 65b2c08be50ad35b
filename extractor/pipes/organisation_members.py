"""Organisations that only somebody's belonging tells.

"Uwe Heil (Junge Europäer)", "NDR-Redakteur Thies Horn", "Anna Moll vom Jugendbeirat", "Pia Kern von der „Warte“".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.pipes.event_heads import event_word
from extractor.pipes.inflection import adjective_ending
from extractor.pipes.names import first_names, is_common_noun, is_place
from extractor.pipes.organisation_lexicon import organisation_lexicon, trigger_of
from extractor.pipes.people import people_noun
from extractor.pipes.values import Organisation, OrganisationKind

_BELONGING = re.compile(
    r"(?P<first>[A-ZÄÖÜ][\w’-]{1,20}) (?:(?:von|van|de|[A-ZÄÖÜ]\.) )?[^\W\d_][\w’-]{1,25} "
    r"\((?P<name>(?:Ev\. |Kath\. )?[A-ZÄÖÜ][\w&.-]{1,25}(?: [A-ZÄÖÜ][\w-]{2,25}){0,3})\)"
)
_MEMBER = re.compile(r"(?<![\w-])(?P<name>[A-ZÄÖÜ][A-Za-zÄÖÜäöüß]{1,24})-(?P<role>[A-ZÄÖÜ][a-zäöüß]{4,30})\b")
_FROM = re.compile(
    r" (?:vom|von der|von den|bei der|beim) "
    r"(?:[„\"»](?P<quoted>[A-ZÄÖÜ][\w -]{2,30})[“\"«]|(?P<name>[A-ZÄÖÜ][\wäöüß-]{2,40}))"
)
_WHO = re.compile(r"(?<![\w-])(?P<first>[A-ZÄÖÜ][\w’-]{1,20}) (?:(?:von|van|de|[A-ZÄÖÜ]\.) )?[A-ZÄÖÜ][\w’-]{1,25}$")
_REACH = 54
_SHORTEST_ACRONYM = 3
_ADDRESSES = frozenset({"Frau", "Herr", "Herrn"})


def belonging(text: str, found: Sequence[Organisation]) -> Iterator[Organisation]:
    """Bodies in brackets behind a person, and those that the first part of a person's role names."""
    names = [value["name"] for value in found]
    acronyms = {value["acronym"] for value in found}
    for match in _BELONGING.finditer(text):
        if (match["first"] not in first_names() and match["first"] not in _ADDRESSES) or match["name"].split()[
            0
        ] in acronyms:
            continue
        if _may_be_body(match["name"]) and not any(_abbreviates(match["name"], name) for name in names):
            yield _value(match, "organisation.belonging", "other")
    for match in _MEMBER.finditer(text):
        kind = _kind_of_owner(match["name"], match["role"])
        if kind is not None:
            yield _value(match, "organisation.member", kind)
    for match in _FROM.finditer(text):
        who = _WHO.search(text, max(0, match.start() - _REACH), match.start())
        kind = _kind_of_body(match) if who and who["first"] in first_names() else None
        if kind is not None:
            yield _value(match, "organisation.belonging", kind)


def _kind_of_owner(name: str, role: str) -> OrganisationKind | None:
    """Of which kind the body is that the first part of a role names: "NDR-Redakteur", "Stadtwerke-Vorstand"."""
    trigger, words = trigger_of(name), organisation_lexicon().words
    if trigger is None:
        return "other" if role in words.leading_roles and _is_unknown(name) else None
    if not _is_role(role):
        return None
    company = trigger.role == "head" and name.lower().endswith(words.bare_company_ends) and role in words.member_roles
    return trigger.kind if company or trigger.role in ("acronym", "open_acronym") else None


def _is_unknown(name: str) -> bool:
    """Whether a word is a body's name that no list has: "Laxora-Leiter", neither "Museums-Leiter" nor "LEADER-Chef"."""
    known = is_common_noun(name) or is_common_noun(name.removesuffix("s")) or is_place(name) or name in first_names()
    return (
        not known
        and name[1:].islower()
        and len(name) > _SHORTEST_ACRONYM
        and event_word(name) is None
        and name not in organisation_lexicon().words.loanwords
    )


def _kind_of_body(match: re.Match[str]) -> OrganisationKind | None:
    """Of which kind the body is that somebody is said to be from: "vom Jugendbeirat", "von der RPTU"."""
    if match["quoted"]:
        return "other"
    name = match["name"]
    trigger, words = trigger_of(name), organisation_lexicon().words
    if trigger is None:
        acronym = len(name) >= _SHORTEST_ACRONYM and name.isupper() and name.isalpha()
        return "other" if acronym and not is_place(name.title()) else None
    named = trigger.role == "head" and trigger.compound and name not in words.general_bodies
    return trigger.kind if named else None


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
        company = last.lower().endswith(organisation_lexicon().words.bare_company_ends)
        return company or (last.isupper() and len(last) > 2 and last.isalpha())
    if people_noun(last) is not None and adjective_ending(words[0]) is None:
        return False
    if words[0].endswith(organisation_lexicon().words.agent_ends):
        return False
    plural = words[0].endswith("e") and last.endswith("er")
    role = not plural and last.endswith(organisation_lexicon().words.role_ends)
    return not role and not all(map(is_place, words)) and not first_names().get(words[0])


def _is_role(word: str) -> bool:
    """Whether a noun is somebody's role: "Redakteur", "Kollegen", "Vorsitzende"."""
    return people_noun(word) is not None or word in organisation_lexicon().words.member_roles


def _value(match: re.Match[str], rule: str, kind: OrganisationKind) -> Organisation:
    group = "name" if match["name"] else "quoted"
    start, end = match.span(group)
    return {"start": start, "end": end, "rule": rule, "name": match[group], "acronym": None, "kind": kind}
