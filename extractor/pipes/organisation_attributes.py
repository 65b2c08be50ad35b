"""The attributes in the name of an organisation, behind its head and its proper name.

A purpose ("für Bildung, Jugend und Sport"), a ministry's portfolio ("der Justiz"), a genitive ("des Landes
Brandenburg") and members ("freier Schulen"). Each function takes in what it finds where the phrase ends.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.pipes.inflection import adjective_ending
from extractor.pipes.names import first_names, is_capitalised, is_common_noun, is_known_noun
from extractor.pipes.organisation_lexicon import (
    Trigger,
    is_name_adjective,
    organisation_lexicon,
    trigger_of,
)
from extractor.pipes.organisation_tokens import Phrase, name_run
from extractor.pipes.words import Token, text_at

_MOST_PURPOSE, _THANKS_REACH = 12, 6
_ARTICLES_OF_PURPOSE = frozenset({"die", "den", "das"})
_GENITIVE_ARTICLES = frozenset({"der", "des"})
_TO = frozenset({"zur", "zum"})


def take_purpose(tokens: Sequence[Token], phrase: Phrase) -> None:
    """Take in "für Klimaschutz, ländliche Räume und Umwelt", and the town after it."""
    index = phrase.end
    words = organisation_lexicon().words
    if text_at(tokens, index) in _TO:
        _take_aim(tokens, phrase)
        return
    if text_at(tokens, index) not in words.purpose:
        return
    if not words.thanks.isdisjoint(token[0] for token in tokens[max(0, phrase.start - _THANKS_REACH) : phrase.start]):
        return
    if (phrase.adjective or phrase.end > phrase.head + 1) and text_at(tokens, index + 1) in _ARTICLES_OF_PURPOSE:
        return
    index += 2 if text_at(tokens, index + 1) in _ARTICLES_OF_PURPOSE else 1
    end = _noun_phrase(tokens, index)
    if end is None:
        return
    end = _coordinated(tokens, end)
    town = name_run(tokens, end, 2)
    phrase.end, phrase.named = town, True


def _take_aim(tokens: Sequence[Token], phrase: Phrase) -> None:
    """Take in "zur Rettung Schiffbrüchiger", "zum Schutz der Moore"; not "lädt der Verein zur Pflege der Wiese ein"."""
    words, aim = organisation_lexicon().words, phrase.end + 1
    if text_at(tokens, aim) not in words.aims or phrase.end > phrase.head + 1:
        return
    head, earlier = tokens[phrase.head][0].lower(), text_at(tokens, phrase.start - 2)
    if (
        earlier.isalpha()
        and earlier.islower()
        and earlier not in words.before_units
        and not head.endswith(words.aiming_ends)
    ):
        return
    following, end = text_at(tokens, aim + 1), None
    plural = following.islower() and following.endswith("er") and following not in words.not_members
    if plural or following in ("der", "des", "von"):
        end = _noun_phrase(tokens, aim + 2)
    elif is_capitalised(following) and adjective_ending(following) == "er":
        end = aim + 2
    if end is not None:
        phrase.end, phrase.named = end, True


def _coordinated(tokens: Sequence[Token], end: int) -> int:
    """Index after the further members of a list that "und" closes; ``end`` where there is none."""
    index, limit = end, end + _MOST_PURPOSE
    while index < min(limit, len(tokens)):
        joint = text_at(tokens, index)
        following = _noun_phrase(tokens, index + 1)
        if following is None or joint not in (",", "und", "sowie", "&"):
            break
        index = following
        if joint != ",":
            end = index
    return end


def _noun_phrase(tokens: Sequence[Token], index: int) -> int | None:
    """Index after adjectives and one noun, no organisation's head or person: "ländliche Räume"."""
    start = index
    while index < min(start + 4, len(tokens)):
        current = tokens[index][0]
        if current.endswith("-") and text_at(tokens, index + 1) in ("und", "oder"):
            index += 2
        elif _is_adjective(current, text_at(tokens, index + 1)) and index - start < 3:
            index += 1
        elif is_capitalised(current) and current not in organisation_lexicon().words.function_words:
            trigger = trigger_of(current)
            acronym = trigger is not None and trigger.role in ("acronym", "open_acronym")
            if first_names().get(current) or acronym or _opens_name(trigger, index > start):
                return None
            return (
                None
                if trigger and not is_known_noun(current) and trigger.role == "head" and trigger.compound
                else index + 1
            )
        else:
            return None
    return None


def _opens_name(trigger: Trigger | None, later: bool) -> bool:
    """Whether a noun behind another word begins a name of its own; "Land" does not in "das Alte Land"."""
    return later and trigger is not None and trigger.role not in ("head", "municipality")


def _is_adjective(word: str, following: str) -> bool:
    """Whether a word before a noun is its adjective, also one that only its ending shows: "Solare Energiesysteme"."""
    if not is_capitalised(following):
        return False
    if adjective_ending(word):
        return True
    inflected = word[0].isupper() and word.endswith(("e", "en")) and not is_common_noun(word)
    return inflected and is_common_noun(following)


def take_portfolio(tokens: Sequence[Token], phrase: Phrase) -> None:
    """Take in a ministry's portfolio in the genitive: "der Justiz", "des Innern und für Sport"."""
    index = phrase.end
    ministry = tokens[phrase.head][0].lower().rstrip("s").endswith(organisation_lexicon().words.portfolio_ends)
    if not ministry or phrase.named or text_at(tokens, index) not in _GENITIVE_ARTICLES:
        return
    end = _noun_phrase(tokens, index + 1)
    if end is None or text_at(tokens, index + 1) in organisation_lexicon().attributes.heads:
        return
    phrase.end, phrase.named = end, True
    if text_at(tokens, end) == "und" and text_at(tokens, end + 1) in organisation_lexicon().words.purpose:
        phrase.end = end + 1
        take_purpose(tokens, phrase)


def take_genitive(tokens: Sequence[Token], phrase: Phrase) -> None:
    """Take in "des Landes Brandenburg", "der Steiermärkischen Landesregierung"."""
    index = phrase.end
    if text_at(tokens, index) not in _GENITIVE_ARTICLES:
        return
    index += 1
    adjectives = index
    while is_name_adjective(text_at(tokens, index)) and is_capitalised(text_at(tokens, index + 1)):
        index += 1
    owner = text_at(tokens, index)
    if owner in organisation_lexicon().attributes.heads:
        end = name_run(tokens, index + 1)
        nameless = owner in organisation_lexicon().words.nameless_owners
        if end > index + 1 or index > adjectives or not nameless:
            phrase.end, phrase.named = end, True
    elif (index > adjectives and (trigger_of(owner) or is_capitalised(owner))) or _names_owner(tokens, index):
        phrase.end, phrase.named = max(index + 1, name_run(tokens, index + 1)), True


def _names_owner(tokens: Sequence[Token], index: int) -> bool:
    """Whether a genitive's head is an organisation with a name: "der Universität Leipzig"."""
    trigger = trigger_of(text_at(tokens, index))
    return trigger is not None and trigger.role in ("head", "municipality") and name_run(tokens, index + 1) > index + 1


def take_members(tokens: Sequence[Token], phrase: Phrase, trigger: Trigger) -> None:
    """Take in members in the genitive plural: "freier Schulen", "der Freiwilligenagenturen"."""
    if trigger.head is None or not trigger.head.members or phrase.named:
        return
    index = phrase.end
    if text_at(tokens, index) == "der":
        member = text_at(tokens, index + 1)
        if is_capitalised(member) and member.endswith(("e", "n", "er")) and not trigger_of(member):
            phrase.end, phrase.named = name_run(tokens, index + 2, 2), True
        return
    start = index
    while text_at(tokens, index).endswith("-") and text_at(tokens, index + 1) in ("und", "oder"):
        index += 2
    adjective = text_at(tokens, index)
    plural = (
        adjective.endswith("er") and len(adjective) > 4 and adjective not in organisation_lexicon().words.not_members
    )
    if plural and adjective.islower() and is_capitalised(text_at(tokens, index + 1)):
        phrase.end, phrase.named = name_run(tokens, index + 2, 2), True
    elif index > start:
        phrase.end = start
