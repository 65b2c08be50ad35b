"""The rules for organisations, one function a form: legal form, head noun, municipality, club, fixed name, acronym."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractor.pipes.event_heads import event_word
from extractor.pipes.inflection import adjective_ending, nominative
from extractor.pipes.names import first_names, is_capitalised, is_common_noun, is_place
from extractor.pipes.organisation_companies import company_start, extend_company_left
from extractor.pipes.organisation_grammar import bind_acronym, extend_left, extend_right, name_after
from extractor.pipes.organisation_lexicon import (
    Trigger,
    is_name_adjective,
    known_phrases,
    organisation_lexicon,
    trigger_of,
)
from extractor.pipes.organisation_municipalities import acts
from extractor.pipes.organisation_proper import is_proper
from extractor.pipes.organisation_tokens import Phrase, compose, legal_end, name_run
from extractor.pipes.values import Organisation
from extractor.pipes.words import Token, adjacent, text_at

_LONG_WORD = 5
_ASSOCIATION = re.compile(r"\b([er])\. ?V\b\.?")


class Found(NamedTuple):
    """An organisation with its tokens' range."""

    first: int
    last: int
    value: Organisation


def company(text: str, tokens: list[Token], form: int, match: re.Match[str], before: Sequence[Found]) -> Found | None:
    """Return the organisation that ends in the legal form ``match`` at the token ``form``."""
    end = legal_end(text, tokens, form)
    if end is None or form == 0:
        return None
    kind = "association" if match["association"] else "company"
    start = company_start(tokens, form, kind)
    if start is None:
        return None
    floor = before[-1].last if before else 0
    while start < floor or text_at(tokens, start) in ("und", ",", "&"):
        start += 1
    if start >= form:
        return None
    trigger = trigger_of(tokens[start][0])
    phrase = Phrase(start, start, end, named=True, legal=True)
    extend_left(tokens, phrase)
    phrase.start = max(extend_company_left(tokens, phrase.start), floor)
    town = name_run(tokens, end, 2)
    if kind == "company" and town > end and tokens[end].start() - tokens[end - 1].end() == 1:
        phrase.end = town
    bind_acronym(tokens, phrase)
    if trigger and trigger.head and trigger.kind not in ("authority", "other", "church", "municipality"):
        return _value(tokens, phrase, trigger, f"organisation.legal_form.{kind}")
    return _value(
        tokens,
        phrase,
        Trigger("head", "association" if kind == "association" else "company"),
        f"organisation.legal_form.{kind}",
    )


def around(text: str, tokens: list[Token], index: int) -> Found | None:
    """Return the organisation around the trigger word at ``index``."""
    phrase = _known_phrase(tokens, index)
    if phrase is not None:
        return phrase
    trigger = trigger_of(tokens[index][0])
    if trigger is None:
        return None
    match trigger.role:
        case "head":
            return _head(text, tokens, index, trigger)
        case "municipality":
            return _municipality(tokens, index, trigger)
        case "sport":
            return _sports_club(text, tokens, index, trigger)
        case "known":
            return _known(text, tokens, index, trigger)
        case _:
            return _acronym(tokens, index, trigger)


def _head(text: str, tokens: list[Token], index: int, trigger: Trigger) -> Found | None:
    """An organisation named by a head noun and what stands around it."""
    phrase = Phrase(index, index, index + 1)
    extend_left(tokens, phrase)
    extend_right(text, tokens, phrase, trigger)
    head = trigger.head
    needed = organisation_lexicon().two_word_heads.needs.get(tokens[index][0].rstrip("es"))
    if needed and not (phrase.adjective and tokens[index - 1][0].lower().startswith(needed)):
        return None
    truncated = phrase.truncated and head is not None and not head.site
    if head is None or not (phrase.named or truncated or is_proper(tokens, phrase, trigger)):
        return None
    before = text_at(tokens, phrase.start - 1)
    certain = phrase.legal or phrase.acronym is not None or bool(phrase.left_out)
    if not certain and before.lower() in organisation_lexicon().words.indefinite:
        return None
    if not certain and any(
        is_capitalised(token[0]) and not is_name_adjective(token[0]) and event_word(token[0]) is not None
        for token in tokens[max(0, phrase.start - 1) : phrase.head]
    ):
        return None
    if before == "auf" and tokens[index][0] == "Initiative":
        return None
    if before == "." and text_at(tokens, phrase.start - 2).isdigit() and trigger.kind == "initiative":
        return None
    if _is_heading(tokens, phrase):
        return None
    if (head.site or trigger.kind == "media") and not phrase.legal and _is_location(tokens, phrase.start):
        return None
    return _value(tokens, phrase, trigger, f"organisation.{trigger.kind}")


def _is_heading(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a line in capitals, in which all words look like names, holds the head: "FEUERWEHR SAGT FEST AB"."""
    if not tokens[phrase.head][0].isupper() or len(tokens[phrase.head][0]) < _LONG_WORD:
        return False
    others = (tokens[i][0] for i in range(phrase.start, phrase.end) if i != phrase.head and i not in phrase.left_out)
    return any(word.isupper() and not is_place(word.title()) and not is_name_adjective(word.title()) for word in others)


def _is_location(tokens: Sequence[Token], start: int) -> bool:
    """Whether the phrase follows "in der", "im", "am": it says where, not who."""
    before, earlier = text_at(tokens, start - 1).lower(), text_at(tokens, start - 2).lower()
    return before in ("im", "am", "ins", "in", "zum", "zur") or (
        before in ("der", "dem", "den", "die", "das") and earlier in ("in", "aus", "auf", "neben", "vor", "hinter")
    )


def _municipality(tokens: list[Token], index: int, trigger: Trigger) -> Found | None:
    """A town or district that acts: "die Stadt Cottbus lieferte", not "in der Stadt Cottbus"."""
    phrase = Phrase(index, index, index + 1)
    name_after(tokens, phrase, trigger)
    if not phrase.named:
        return None
    extend_left(tokens, phrase)
    if not acts(tokens, phrase.start, tokens[index][0]):
        return None
    return _value(tokens, phrase, trigger, "organisation.municipality")


def _sports_club(text: str, tokens: list[Token], index: int, trigger: Trigger) -> Found | None:
    """A sports club: "TSV 1860 Weidenau", "1. FC Nordheim"."""
    end = index + 1
    while end < min(index + 5, len(tokens)) and (
        (tokens[end][0].isdigit() and 2 <= len(tokens[end][0]) <= 4)
        or (is_capitalised(tokens[end][0]) and not is_common_noun(tokens[end][0]))
    ):
        end += 1
    if end == index + 1 or (tokens[end - 1][0].isdigit() and end == index + 2 and not legal_end(text, tokens, end)):
        return None
    if end == index + 2 == len(tokens) and tokens[index + 1][0] in first_names():
        return None
    start = index - 2 if text_at(tokens, index - 1) == "." and text_at(tokens, index - 2).isdigit() else index
    phrase = Phrase(start, index, legal_end(text, tokens, end) or end, named=True)
    return _value(tokens, phrase, trigger, "organisation.sports_club")


def _known_phrase(tokens: list[Token], index: int) -> Found | None:
    """A fixed name of several words, in any case: "der Deutschen Bahn"."""
    for words, kind in known_phrases().get(tokens[index][0], ()):
        start = index - len(words) + 1
        if start >= 0 and all(_same_stem(tokens[start + i][0], expected) for i, expected in enumerate(words[:-1])):
            phrase = Phrase(start, index, index + 1, named=True)
            if kind == "association":
                phrase.end = name_run(tokens, index + 1, 2)
            name = " ".join([*words, *(token[0] for token in tokens[index + 1 : phrase.end])])
            return _value(tokens, phrase, Trigger("known", kind), "organisation.known", name)
    return None


def _same_stem(form: str, expected: str) -> bool:
    endings = ("en", "er", "es", "em", "e")
    if form == expected:
        return True
    stems = [w.removesuffix(next((e for e in endings if w.endswith(e)), "")) for w in (form, expected)]
    return stems[0] == stems[1] and adjective_ending(expected) is not None


def _known(text: str, tokens: list[Token], index: int, trigger: Trigger) -> Found | None:
    """A fixed name of one word, with the adjectives and the name that may be around it.

    None where it only opens the name of another body ("Robert Bosch Stiftung"), or is a surname ("Ulla Bosch").
    """
    if first_names().get(text_at(tokens, index - 1)) and adjacent(tokens, index - 1):
        return None
    following = trigger_of(text_at(tokens, index + 1))
    if following is not None and following.role == "head" and adjacent(tokens, index):
        return None
    phrase = Phrase(index, index, index + 1, named=True)
    extend_left(tokens, phrase)
    extend_right(text, tokens, phrase, trigger)
    return _value(tokens, phrase, trigger, "organisation.known")


def _acronym(tokens: list[Token], index: int, trigger: Trigger) -> Found | None:
    """An acronym that is a name ("THW"), or with a name ("TU Dresden", "AOK PLUS")."""
    lexicon = organisation_lexicon()
    end = name_run(tokens, index + 1)
    following = text_at(tokens, index + 1)
    if end == index + 1 and len(following) > 2 and following.isupper() and following.isalpha():
        end = index + 2
    if end == index + 1 and (following in lexicon.words.branch_heads or following == "Kreis"):
        branch = name_run(tokens, index + 2)
        end = branch if branch > index + 2 else end
    end = _district(tokens, index, end)
    if (
        trigger.role == "open_acronym"
        and end == index + 1
        and not any(tokens[index][0] in names for names in lexicon.acronyms.values())
    ):
        return None
    return _value(tokens, Phrase(index, index, end, named=True), trigger, "organisation.acronym")


def _district(tokens: Sequence[Token], index: int, end: int) -> int:
    """Index after "zu Kiel", "für München und Oberbayern" behind a chamber's acronym and its town."""
    if tokens[index][0] not in organisation_lexicon().words.chambers or text_at(tokens, end) not in ("für", "zu"):
        return end
    district = name_run(tokens, end + 1, 2)
    if district == end + 1:
        return end
    other = name_run(tokens, district + 1, 2) if text_at(tokens, district) == "und" else district
    return other if other > district + 1 else district


def _value(tokens: Sequence[Token], phrase: Phrase, trigger: Trigger, rule: str, name: str | None = None) -> Found:
    """The found organisation with its name in the nominative."""
    article = text_at(tokens, phrase.start - 1)
    written = name or compose(tokens, phrase)
    written = _ASSOCIATION.sub(r"\1. V.", written) if "V" in written else written
    return Found(
        phrase.start,
        phrase.end,
        {
            "start": tokens[phrase.start].start(),
            "end": tokens[phrase.end - 1].end(),
            "rule": rule,
            "name": written if name or _is_uninflected(written, article, phrase) else nominative(written, article),
            "acronym": phrase.acronym,
            "kind": trigger.kind,
        },
    )


def _is_uninflected(name: str, article: str, phrase: Phrase) -> bool:
    """Whether a company's name stands as it is: "der Erneuerbare Energien Nord GmbH"."""
    if article.lower() not in organisation_lexicon().words.articles:
        return True
    feminine = phrase.legal and not name.endswith("V.")
    return feminine and article.lower() == "der" and adjective_ending(name.split(" ")[0]) == "e"
