"""The lexicon of organisations, and what a single word says about one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from extractor.lang.lexicon import Lexicon, load_lexicon
from extractor.pipes.inflection import adjective_ending
from extractor.pipes.names import first_names, is_capitalised, is_common_noun, is_known_noun, is_place
from extractor.pipes.values import OrganisationKind

_INNER_CAPITAL = re.compile(r"(?<=[A-Za-zäöü])[A-ZÄÖÜ][a-zäöüß]{3,}$")
"""The last part of a word with a capital inside: "Bank" in "WIBank"."""

Role = Literal["head", "municipality", "acronym", "open_acronym", "sport", "known"]


class HeadNouns(Lexicon):
    """Head nouns of one kind of organisation; the flags are explained in the TOML file."""

    kind: OrganisationKind
    words: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    units: bool = False
    site: bool = False
    bare: bool = False
    persons: bool = False
    coined: bool = False
    members: bool = False


class Municipalities(Lexicon):
    """Kinds of territorial bodies by gender."""

    f: frozenset[str]
    m: frozenset[str]
    n: frozenset[str]


class Words(Lexicon):
    """Closed classes that bound a name."""

    not_heads: frozenset[str]
    function_words: frozenset[str]
    months_and_days: frozenset[str]
    acting_nouns: frozenset[str]
    articles: frozenset[str]
    spatial: frozenset[str]
    connectors: frozenset[str]
    in_regions: frozenset[str]
    bracketed: frozenset[str]
    purpose: frozenset[str]
    not_members: frozenset[str]
    of_heads: frozenset[str]
    group_verbs: frozenset[str]
    indefinite: frozenset[str]
    loanwords: frozenset[str]
    following: frozenset[str]
    chambers: frozenset[str]
    thanks: frozenset[str]
    member_roles: frozenset[str]
    leading_roles: frozenset[str]
    general_bodies: frozenset[str]
    named_by_town: frozenset[str]
    general_ends: tuple[str, ...]
    role_ends: tuple[str, ...]
    before_units: frozenset[str]
    contracted: frozenset[str]
    partners: frozenset[str]
    saints: frozenset[str]
    portfolio_ends: tuple[str, ...]
    nameless_owners: frozenset[str]
    school_ends: tuple[str, ...]
    school_fronts: tuple[str, ...]
    ageing: tuple[str, ...]
    thanking: frozenset[str]
    bare_company_ends: tuple[str, ...]
    not_coined: tuple[str, ...]
    agent_ends: tuple[str, ...]
    superior: tuple[str, ...]
    superior_ends: tuple[str, ...]
    aims: frozenset[str]
    branch_heads: frozenset[str]
    aiming_ends: tuple[str, ...]
    trades: frozenset[str]
    branches: frozenset[str]
    plural_ends: tuple[str, ...]
    town_titles: frozenset[str]
    acting_verbs: frozenset[str]


class TwoWordHeads(Lexicon):
    """Nouns that are heads only with an adjective: "Runder Tisch"."""

    needs: dict[str, str]


class Attributes(Lexicon):
    """Heads of genitive attributes within a name."""

    heads: frozenset[str]


class LegalForms(Lexicon):
    """Legal forms as they are written."""

    company: tuple[str, ...]
    association: tuple[str, ...]


class Sports(Lexicon):
    """Abbreviations that open the name of a sports club."""

    prefixes: frozenset[str]


class OrganisationLexicon(Lexicon):
    """Schema of ``organisations.toml``."""

    heads: tuple[HeadNouns, ...]
    municipalities: Municipalities
    words: Words
    two_word_heads: TwoWordHeads
    attributes: Attributes
    legal_forms: LegalForms
    sports: Sports
    acronyms: dict[OrganisationKind, tuple[str, ...]]
    open_acronyms: dict[OrganisationKind, tuple[str, ...]]
    known: dict[OrganisationKind, tuple[str, ...]]
    expansions: dict[str, str]


class Trigger(NamedTuple):
    """What a word may begin or be the head of."""

    role: Role
    kind: OrganisationKind
    head: HeadNouns | None = None
    compound: bool = False


@lru_cache(maxsize=1)
def organisation_lexicon() -> OrganisationLexicon:
    """Return the lexicon, loaded once."""
    lexicon: OrganisationLexicon = load_lexicon("organisations", OrganisationLexicon)
    return lexicon


def _inflected(word: str) -> tuple[str, ...]:
    if word.endswith("s"):
        return (word, word + ("ses" if word.endswith("nis") else "es"))
    return (word, word + "s", word + "es")


@lru_cache(maxsize=1)
def _words() -> dict[str, Trigger]:
    """Whole words and what they are."""
    lexicon = organisation_lexicon()
    triggers: dict[str, Trigger] = {}
    for genders in (lexicon.municipalities.f, lexicon.municipalities.m, lexicon.municipalities.n):
        triggers.update(
            (form, Trigger("municipality", "municipality")) for word in genders for form in _inflected(word)
        )
    for head in lexicon.heads:
        triggers.update((form, Trigger("head", head.kind, head)) for word in head.words for form in _inflected(word))
    for kind, names in lexicon.known.items():
        triggers.update(
            (form, Trigger("known", kind)) for name in names if " " not in name for form in _inflected(name)
        )
    for kind, acronyms in lexicon.acronyms.items():
        triggers.update((acronym, Trigger("acronym", kind)) for acronym in acronyms)
    for kind, acronyms in lexicon.open_acronyms.items():
        triggers.update((acronym, Trigger("open_acronym", kind)) for acronym in acronyms)
    triggers.update((prefix, Trigger("sport", "association")) for prefix in lexicon.sports.prefixes)
    return triggers


@lru_cache(maxsize=1)
def _suffixes() -> tuple[dict[str, HeadNouns], tuple[int, ...]]:
    """Ends of compounds, also inflected, and their lengths from long to short."""
    table = {
        form: head for head in organisation_lexicon().heads for suffix in head.suffixes for form in _inflected(suffix)
    }
    return table, tuple(sorted({len(suffix) for suffix in table}, reverse=True))


@lru_cache(maxsize=1)
def known_phrases() -> dict[str, tuple[tuple[tuple[str, ...], OrganisationKind], ...]]:
    """Fixed names of several words, by their last word."""
    phrases: dict[str, list[tuple[tuple[str, ...], OrganisationKind]]] = {}
    for kind, names in organisation_lexicon().known.items():
        for name in names:
            if " " in name:
                words = tuple(name.split(" "))
                for form in _inflected(words[-1]):
                    phrases.setdefault(form, []).append((words, kind))
    return {last: tuple(found) for last, found in phrases.items()}


@lru_cache(maxsize=1 << 15)
def trigger_of(word: str) -> Trigger | None:
    """What a capitalised word says about an organisation; None for nearly all words."""
    found = _words().get(word)
    if found is not None:
        return found
    lexicon = organisation_lexicon()
    if word in lexicon.words.not_heads or len(word) < 5:
        return None
    table, lengths = _suffixes()
    lower = word.lower()
    for length in lengths:
        if length <= len(lower) and (head := table.get(lower[-length:])):
            return Trigger("head", head.kind, head, compound=True)
    last = lower.rpartition("-")[2]
    if len(last) < len(word) and (head_word := _words().get(last.capitalize())) and head_word.role == "head":
        return head_word._replace(compound=True)
    inner = _INNER_CAPITAL.search(word)
    if inner and (head_word := _words().get(inner[0])) and head_word.role == "head":
        return head_word._replace(compound=True)
    return None


@lru_cache(maxsize=1)
def legal_form() -> re.Pattern[str]:
    """A legal form at a position; the group that matched is its kind."""
    forms = organisation_lexicon().legal_forms
    groups = []
    for kind, alternatives in (("company", forms.company), ("association", forms.association)):
        ordered = sorted(alternatives, key=len, reverse=True)
        groups.append(f"(?P<{kind}>{'|'.join(re.escape(form).replace(chr(92) + ' ', ' ?') for form in ordered)})")
    return re.compile(rf"(?:{'|'.join(groups)})(?!\w)(?: i\. ?G\.)?")


@lru_cache(maxsize=1)
def _legal_starts() -> frozenset[str]:
    """The first two characters of the legal forms."""
    forms = organisation_lexicon().legal_forms
    return frozenset(form[:2] for form in (*forms.company, *forms.association))


def legal_form_at(text: str, position: int) -> re.Match[str] | None:
    """Match a legal form at a position of a text."""
    return legal_form().match(text, position) if text[position : position + 2] in _legal_starts() else None


@lru_cache(maxsize=1 << 14)
def is_name_word(word: str) -> bool:
    """Whether a word can stand after a head noun as a name: capitalised, no common noun, no function word."""
    words = organisation_lexicon().words
    if word in words.following:
        return True
    return (
        is_capitalised(word)
        and word[-1] != "-"
        and word not in words.function_words
        and word not in words.months_and_days
        and (not is_common_noun(word) or _is_quarter(word))
        and trigger_of(word) is None
        and not legal_form().fullmatch(word)
    )


def _is_quarter(word: str) -> bool:
    """Whether a compound is a town and a part of it, though the part ends like a noun: "Thun-Strättligen"."""
    town, hyphen, part = word.partition("-")
    return bool(hyphen) and part[:1].isupper() and is_place(town) and not is_known_noun(part) and part.endswith("en")


@lru_cache(maxsize=1 << 14)
def is_name_adjective(word: str) -> bool:
    """Whether a capitalised word is an adjective of a name: "Deutschen", "Freie", "Kasseler"."""
    if not is_capitalised(word) or word in organisation_lexicon().words.function_words:
        return False
    if adjective_ending(word) is not None:
        return True
    return is_town_adjective(word)


@lru_cache(maxsize=1 << 14)
def is_town_adjective(word: str) -> bool:
    """Whether a capitalised word may be a place's adjective in -er: "Kasseler", "Thüringer"."""
    return (
        len(word) > 4
        and word.endswith("er")
        and word[0].isupper()
        and word not in organisation_lexicon().words.function_words
        and word not in first_names()
        and not is_known_noun(word)
        and not word.endswith(organisation_lexicon().words.agent_ends)
        and trigger_of(word) is None
    )
