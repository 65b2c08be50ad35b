"""How German builds the name of an organisation around its head noun.

Left of the head stand adjectives ("Österreichische Bodenkundliche"), truncated compounds ("Wasser-
und") and names ("Michael Succow"); right of it a name ("Südwestfalen"), a quoted name, attributes
(``organisation_attributes``) and a legal form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.pipes.event_heads import event_word
from extractor.pipes.names import first_names, is_capitalised, is_common_noun, is_known_noun, is_town
from extractor.pipes.organisation_attributes import take_genitive, take_members, take_portfolio, take_purpose
from extractor.pipes.organisation_lexicon import (
    Trigger,
    is_name_adjective,
    is_name_word,
    legal_form,
    organisation_lexicon,
    trigger_of,
)
from extractor.pipes.organisation_tokens import Phrase, inside_town, legal_end, name_run
from extractor.pipes.people import people_noun
from extractor.pipes.words import Token, adjacent, text_at

OPENING, CLOSING = "„“\"»«‚‘'›‹”", "“”\"«»‘’'‹›"
_MOST_LEFT, _MOST_QUOTED, _MOST_ACRONYM = 8, 9, 4
_TERRITORIAL = frozenset({"municipality", "church", "authority", "association", "university", "school"})
_ACRONYM = re.compile(r"(?=[^\s]{0,11}[A-ZÄÖÜ][^\s]{0,11}[A-ZÄÖÜ])[A-Za-zÄÖÜäöü][\wÄÖÜäöü+-]{1,11}$")


def extend_left(tokens: Sequence[Token], phrase: Phrase) -> None:
    """Take in adjectives, truncated compounds and names before the head."""
    first = max(phrase.head - _MOST_LEFT, 0)
    index = phrase.head
    while index > first:
        before = text_at(tokens, index - 1)
        if before in ("und", "oder", "&", ",") and text_at(tokens, index - 2).endswith("-"):
            index -= 2
            phrase.truncated = True
            continue
        if not is_capitalised(before) or not adjacent(tokens, index - 1):
            break
        if is_name_adjective(before):
            phrase.adjective = True
            index -= 1
            continue
        break
    phrase.start = index
    _names_before(tokens, phrase)


def _names_before(tokens: Sequence[Token], phrase: Phrase) -> None:
    """Take in "Michael Succow" before "Stiftung": names between an article and the head."""
    index = phrase.start
    while (
        phrase.start - index < 3
        and index > 0
        and adjacent(tokens, index - 1)
        and _may_precede(text_at(tokens, index - 1))
    ):
        index -= 1
    before = text_at(tokens, index - 1)
    article = before.lower() in organisation_lexicon().words.articles
    if index < phrase.start and (article or index == 0):
        phrase.start, phrase.named = index, True


def _may_precede(word: str) -> bool:
    """Whether a word before a head may be part of its name, another body's name included: "Bosch Stiftung"."""
    trigger = trigger_of(word)
    return is_name_word(word) or (trigger is not None and trigger.role == "known")


def extend_right(text: str, tokens: Sequence[Token], phrase: Phrase, trigger: Trigger) -> None:
    """Take in what follows the head, in the order German has it."""
    bind_acronym(tokens, phrase)
    quoted = _quoted(tokens, phrase)
    if not quoted:
        name_after(tokens, phrase, trigger)
    take_purpose(tokens, phrase)
    take_portfolio(tokens, phrase)
    if not quoted:
        take_genitive(tokens, phrase)
    take_members(tokens, phrase, trigger)
    _legal(text, tokens, phrase)
    bind_acronym(tokens, phrase)


def bind_acronym(tokens: Sequence[Token], phrase: Phrase) -> None:
    """Bind "(LfU)", leaving it out of the name; a town may follow it: "(IHK) Trier"."""
    index = phrase.end
    if phrase.acronym is not None or text_at(tokens, index) != "(":
        return
    closing = next(
        (i for i in range(index + 2, min(index + 2 + _MOST_ACRONYM, len(tokens))) if tokens[i][0] == ")"), None
    )
    if closing is None:
        return
    inside = " ".join(token[0] for token in tokens[index + 1 : closing])
    initial = text_at(tokens, phrase.start)[:1].lower()
    lower = inside.isalpha() and inside.islower() and 2 <= len(inside) <= 6 and inside[0] == initial
    if not (lower or _ACRONYM.match(tokens[index + 1][0])) or legal_form().search(inside):
        return
    phrase.acronym, phrase.named = inside, True
    phrase.left_out.update(range(index, closing + 1))
    phrase.end = closing + 1


def _quoted(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Take in »Meine Stadt der Zukunft«, without its quotation marks."""
    index = phrase.end
    if text_at(tokens, index) not in OPENING or not text_at(tokens, index):
        return False
    for closing in range(index + 2, min(index + 2 + _MOST_QUOTED, len(tokens))):
        if tokens[closing][0] in CLOSING and tokens[closing][0]:
            phrase.left_out.update((index, closing))
            phrase.end, phrase.named = closing + 1, True
            return True
        if tokens[closing][0] in ".:!?;":
            return False
    return False


def name_after(tokens: Sequence[Token], phrase: Phrase, trigger: Trigger) -> None:
    """Take in the name after the head: "Südwestfalen", "Untere Peene", "St. Ingbert", "Nord"."""
    words, start = organisation_lexicon().words, phrase.end
    at_saint = text_at(tokens, start) in ("an", "zu", "bei", "von") and text_at(tokens, start + 1) in words.saints
    start += at_saint
    if trigger.kind == "school" and text_at(tokens, start) in ("am", "im") and is_name_word(text_at(tokens, start + 1)):
        phrase.end, phrase.named = start + 2, True
        return
    if text_at(tokens, start) in words.saints and is_capitalised(text_at(tokens, start + 2)):
        phrase.end, phrase.named = start + (3 if text_at(tokens, start + 1) == "." else 2), True
        return
    head, following = trigger.head, text_at(tokens, start)
    end = name_run(tokens, start)
    if end == start and trigger.kind in _TERRITORIAL and is_town(following) and adjacent(tokens, start - 1):
        end = inside_town(tokens, start + 1) or start + 1
    if end == start and head and head.persons and first_names().get(following):
        end = start + 2 if is_capitalised(text_at(tokens, start + 1)) else start
    if end == start and head and head.units and _is_unit(following) and _names_unit(tokens, phrase, trigger):
        end = name_run(tokens, start + 1)
        end = start if end == start + 1 and is_capitalised(text_at(tokens, end)) else end
    if end == start + 1 and head and head.units and trigger.kind == "authority":
        end = _second_unit(tokens, end)
    if end == start and head and head.coined and adjacent(tokens, start - 1) and _is_coined(tokens, phrase):
        end = max(start + 1, name_run(tokens, start + 1))
    if end == start and following == "zu" and is_town(text_at(tokens, start + 1)):
        end = start + 2
    if end == start and following == "von" and tokens[start - 1][0] in words.of_heads:
        end = name_run(tokens, start + 1)
        end = end if end > start + 1 else start
    if end > start and trigger.kind == "company" and text_at(tokens, end) in words.trades | words.branches:
        end += 1
    if end > start and adjacent(tokens, start - 1):
        partners = text_at(tokens, end) in ("&", "+", "und") and text_at(tokens, end + 1) in words.partners
        phrase.end, phrase.named = end + 2 if partners else end, True


def _names_unit(tokens: Sequence[Token], phrase: Phrase, trigger: Trigger) -> bool:
    """Whether a common noun after the head is its name, not the object: "das Netzwerk Teilhabe lädt ein".

    An office's unit always is; an initiative's only at the start of a clause, after a preposition, or
    with an adjective before the head.
    """
    if trigger.kind == "authority" or phrase.adjective or trigger.compound:
        return True
    words, before = organisation_lexicon().words, text_at(tokens, phrase.start - 1)
    if before == "des" or (_is_compound(text_at(tokens, phrase.end)) and not _is_object(tokens, phrase.start)):
        return True
    if before.lower() in words.articles:
        before = text_at(tokens, phrase.start - 2) if before not in words.contracted else ""
    return (not before.isalpha() and before != ",") or before in words.before_units


def _second_unit(tokens: Sequence[Token], end: int) -> int:
    """Index after "und Kultur" in "Abteilung Kunst und Kultur", but not in "Abteilung Kunst und Landrat Moll"."""
    noun = text_at(tokens, end + 1)
    if text_at(tokens, end) != "und" or not _is_unit(noun) or not is_common_noun(noun) or people_noun(noun):
        return end
    return end if is_capitalised(text_at(tokens, end + 2)) else end + 2


def _is_compound(noun: str) -> bool:
    """Whether a noun is a compound in the singular that no list has: "Feldberegnung", but not "Geld"."""
    return (
        is_common_noun(noun) and not is_known_noun(noun) and not noun.endswith(organisation_lexicon().words.plural_ends)
    )


def _is_object(tokens: Sequence[Token], start: int) -> bool:
    """Whether a verb in the singular stands before a head's article, so that a noun behind it may be an object."""
    verb = text_at(tokens, start - 2)
    return verb.islower() and verb.endswith(("t", "te"))


def _is_coined(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether the compound behind a head is made up for a name: "Raumklang", not listed ("Rückenwind").

    A plural ("Klangfarben") is one only where the head begins the clause, else an object ("spielte das Duo Lieder").
    """
    words, noun = organisation_lexicon().words, text_at(tokens, phrase.end)
    if not _is_unit(noun) or not noun[1:].islower() or event_word(noun) is not None:
        return False
    if text_at(tokens, phrase.end + 1) in words.trades | words.branches:
        return True
    opens = (
        not text_at(tokens, phrase.start - 2).isalpha() and text_at(tokens, phrase.start - 1).lower() in words.articles
    )
    if noun.lower().endswith(words.not_coined) and not (opens and noun.endswith("en")):
        return False
    return is_common_noun(noun) and not is_known_noun(noun)


def _is_unit(noun: str) -> bool:
    """Whether a common noun can name a unit: "Abteilung Landwirtschaft"."""
    return is_capitalised(noun) and not trigger_of(noun) and noun not in organisation_lexicon().words.function_words


def _legal(text: str, tokens: Sequence[Token], phrase: Phrase) -> None:
    """Take in a legal form after the name, also after "in NRW" or "im Bremer Westen"."""
    end = legal_end(text, tokens, phrase.end)
    if end is None and text_at(tokens, phrase.end) in ("in", "im"):
        for index in range(phrase.end + 2, min(phrase.end + 5, len(tokens))):
            if not is_capitalised(tokens[index - 1][0]):
                break
            end = legal_end(text, tokens, index)
            if end is not None:
                break
    if end is not None:
        phrase.end, phrase.named, phrase.legal = end, True, True
