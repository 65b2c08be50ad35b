"""Whether a head noun makes a name by itself, or by the adjective before it: "Lessingschule", "Thuner Tagblatt"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extractor.pipes.inflection import adjective_ending
from extractor.pipes.names import first_names, is_common_noun, is_town
from extractor.pipes.organisation_lexicon import Trigger, is_town_adjective, organisation_lexicon, trigger_of
from extractor.pipes.organisation_tokens import Phrase
from extractor.pipes.place_names import place_words
from extractor.pipes.words import Token
from extractor.resources.gazetteer import load_gazetteer

_SENTENCE_ENDS = frozenset(".!?:;•–-*|")
_SHORTEST_FRONT = 4
_HYPHENATED = frozenset({"school", "university", "association", "other", "media"})


def is_proper(tokens: Sequence[Token], phrase: Phrase, trigger: Trigger) -> bool:
    """Whether the head itself, or an adjective before it, makes a name."""
    head_word = tokens[phrase.head][0]
    front, hyphen, _ = head_word.rpartition("-")
    if head_word[1:] != head_word[1:].lower() and not hyphen and not head_word.isupper():
        return True
    if hyphen and trigger.kind in _HYPHENATED and front[0].isupper() and not front.isupper() and _is_name(front):
        return True
    if trigger.kind == "school" and not hyphen and _is_called_after(head_word):
        return True
    owner = trigger_of(front) if hyphen else None
    if owner is not None and owner.role in ("acronym", "open_acronym"):
        return True
    return phrase.adjective and _by_adjective(tokens, phrase, trigger)


def _is_name(front: str) -> bool:
    """Whether what stands before a hyphen is a name: "Thünen-Institut", "Rhein-Post", but not "Online-Akademie"."""
    parts = front.split("-")
    loanwords = organisation_lexicon().words.loanwords
    return bool(first_names().get(parts[0])) or not any(is_common_noun(part) or part in loanwords for part in parts)


@lru_cache(maxsize=1 << 12)
def _is_called_after(school: str) -> bool:
    """Whether a school is called after somebody: "Lessingschule", "Schillergymnasium", but not "Grundschule"."""
    lower = school.lower().removesuffix("s")
    end = next((end for end in organisation_lexicon().words.school_ends if lower.endswith(end)), None)
    front = school[: len(lower) - len(end)] if end else ""
    if len(front) < _SHORTEST_FRONT or lower.startswith(organisation_lexicon().words.school_fronts):
        return False
    return not any(is_common_noun(form) or is_town(form) for form in (front, front.removesuffix("s"), f"{front}e"))


def _by_adjective(tokens: Sequence[Token], phrase: Phrase, trigger: Trigger) -> bool:
    """Whether the adjective before a head makes it a name: "Thuner Tagblatt", but not "die Alte Spinnerei"."""
    adjective, head_word = tokens[phrase.start][0], tokens[phrase.head][0]
    words = organisation_lexicon().words
    if is_town_adjective(adjective) and (head_word in words.named_by_town or trigger.kind == "media"):
        return True
    if is_town_adjective(adjective) and adjective_ending(adjective) is None:
        general = trigger.head is None or (trigger.head.bare and not _is_of_region(adjective))
        return trigger.compound and not general
    if adjective.startswith(words.ageing) and trigger.kind == "company" and trigger.compound:
        return False
    if adjective.startswith("Freiwillig"):
        return False
    return not _begins_sentence(tokens, phrase.start) or trigger.compound


def _begins_sentence(tokens: Sequence[Token], index: int) -> bool:
    return index == 0 or tokens[index - 1][0] in _SENTENCE_ENDS or not tokens[index - 1][0].isalnum()


@lru_cache(maxsize=1 << 10)
def _is_of_region(adjective: str) -> bool:
    """Whether an adjective in -er is a state's or a region's: "Südtiroler", "Thüringer", but not "Kölner"."""
    stem = adjective.removesuffix("er")
    entries = [entry for form in (stem, f"{stem}en") for entry in load_gazetteer().named(form)]
    regions = [named for form in (stem, f"{stem}en") for named in place_words().named.get(form, ())]
    return any(entry.kind == "state" for entry in entries) or any(
        named.kind == "region" and not named.rest for named in regions
    )
