"""How German builds the name of an organisation around its head noun.

Left of the head stand adjectives ("Österreichische Bodenkundliche"), truncated compounds ("Wasser-
und") and names ("Michael Succow"); right of it a name ("Südwestfalen"), a quoted name, a purpose
("für Bildung, Jugend und Sport"), a genitive ("des Landes Brandenburg") and a legal form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.pipes.inflection import adjective_ending
from extractor.pipes.names import Token, first_names, is_capitalised, is_known_noun, is_town
from extractor.pipes.organisation_lexicon import (
    Trigger,
    is_name_adjective,
    is_name_word,
    legal_form,
    organisation_lexicon,
    trigger_of,
)

OPENING, CLOSING = "„“\"»«‚‘'›‹”", "“”\"«»‘’'‹›"
_MOST_LEFT, _MOST_NAME, _MOST_QUOTED, _MOST_PURPOSE, _MOST_ACRONYM, _MOST_COMPANY = 8, 4, 9, 12, 4, 14
_TERRITORIAL = frozenset({"municipality", "church", "authority", "association"})
_PARTNERS = frozenset({"Partner", "Söhne", "Sohn", "Co", "Kollegen", "Töchter", "Partnerinnen"})
_ARTICLES_OF_PURPOSE = frozenset({"die", "den", "das"})
_GENITIVE_ARTICLES = frozenset({"der", "des"})
_ACRONYM = re.compile(r"(?=[^\s]{0,11}[A-ZÄÖÜ][^\s]{0,11}[A-ZÄÖÜ])[A-Za-zÄÖÜäöü][\wÄÖÜäöü+-]{1,11}$")


@dataclass(slots=True)
class Phrase:
    """A name under construction: tokens ``[start, end)``, what evidence it has, what it leaves out."""

    start: int
    head: int
    end: int
    named: bool = False
    adjective: bool = False
    legal: bool = False
    acronym: str | None = None
    left_out: set[int] = field(default_factory=set)


def word(tokens: Sequence[Token], index: int) -> str:
    """Return the token's text, empty beyond the block's ends."""
    return tokens[index].text if 0 <= index < len(tokens) else ""


def extend_left(tokens: Sequence[Token], phrase: Phrase) -> None:
    """Take in adjectives, truncated compounds and names before the head."""
    first = max(phrase.head - _MOST_LEFT, 0)
    index = phrase.head
    while index > first:
        before = word(tokens, index - 1)
        if before in ("und", "oder", "&", ",") and word(tokens, index - 2).endswith("-"):
            index -= 2
            continue
        if not is_capitalised(before) or not _adjacent(tokens, index - 1):
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
    while phrase.start - index < 3 and index > 0 and _adjacent(tokens, index - 1) and is_name_word(word(tokens, index - 1)):
        index -= 1
    before = word(tokens, index - 1)
    article = before.lower() in organisation_lexicon().words.articles
    if index < phrase.start and (article or index == 0):
        phrase.start, phrase.named = index, True


def _adjacent(tokens: Sequence[Token], index: int) -> bool:
    """Whether only a blank lies between a token and the next."""
    return index + 1 < len(tokens) and tokens[index + 1].start - tokens[index].end == 1


def extend_right(text: str, tokens: Sequence[Token], phrase: Phrase, trigger: Trigger) -> None:
    """Take in what follows the head, in the order German has it."""
    bind_acronym(tokens, phrase)
    if not _quoted(tokens, phrase):
        name_after(tokens, phrase, trigger)
    _purpose(tokens, phrase)
    _genitive(tokens, phrase, trigger)
    _members(tokens, phrase, trigger)
    _legal(text, tokens, phrase)
    bind_acronym(tokens, phrase)


def bind_acronym(tokens: Sequence[Token], phrase: Phrase) -> None:
    """Bind "(LfU)", leaving it out of the name; a town may follow it: "(IHK) Trier"."""
    index = phrase.end
    if phrase.acronym is not None or word(tokens, index) != "(":
        return
    closing = next((i for i in range(index + 2, min(index + 2 + _MOST_ACRONYM, len(tokens))) if tokens[i].text == ")"), None)
    if closing is None:
        return
    inside = " ".join(token.text for token in tokens[index + 1 : closing])
    initial = word(tokens, phrase.start)[:1].lower()
    lower = inside.isalpha() and inside.islower() and 2 <= len(inside) <= 6 and inside[0] == initial
    if not (lower or _ACRONYM.match(tokens[index + 1].text)) or legal_form().search(inside):
        return
    phrase.acronym, phrase.named = inside, True
    phrase.left_out.update(range(index, closing + 1))
    phrase.end = closing + 1


def _quoted(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Take in »Meine Stadt der Zukunft«, without its quotation marks."""
    index = phrase.end
    if word(tokens, index) not in OPENING or not word(tokens, index):
        return False
    for closing in range(index + 2, min(index + 2 + _MOST_QUOTED, len(tokens))):
        if tokens[closing].text in CLOSING and tokens[closing].text:
            phrase.left_out.update((index, closing))
            phrase.end, phrase.named = closing + 1, True
            return True
        if tokens[closing].text in ".:!?;":
            return False
    return False


def name_run(tokens: Sequence[Token], start: int, most: int = _MOST_NAME) -> int:
    """Index after a run of name words from ``start``, with what towns have inside their names."""
    index = start
    while index < len(tokens) and index - start < most + 3:
        current, following = tokens[index].text, word(tokens, index + 1)
        if is_name_word(current) and not _person_follows(tokens, index):
            index += 1
        elif is_name_adjective(current) and is_capitalised(following) and not trigger_of(following) and index - start < most:
            index += 2
        elif index > start and (longer := _inside_town(tokens, index)):
            index = longer
        else:
            break
    return index


def _person_follows(tokens: Sequence[Token], index: int) -> bool:
    """Whether a person's name begins here: a good first name and a capitalised word."""
    return first_names().get(tokens[index].text, False) and is_capitalised(word(tokens, index + 1)) and index > 0


def _inside_town(tokens: Sequence[Token], index: int) -> int | None:
    """Index after "an der Orla", "(Oder)", "in Holstein", "St. Ingbert" within a town's name."""
    words = organisation_lexicon().words
    a, b, c = word(tokens, index), word(tokens, index + 1), word(tokens, index + 2)
    if a == "(" and b in words.bracketed and c == ")":
        return index + 3
    if a in ("am", "im", "bei", "ob") and is_name_word(b):
        return index + 2
    if a == "in" and b in words.in_regions:
        return index + 2
    if a in ("an", "ob", "vor") and b in ("der", "dem") and (is_name_word(c) or c == "Höhe"):
        return index + 3
    return None


def name_after(tokens: Sequence[Token], phrase: Phrase, trigger: Trigger) -> None:
    """Take in the name after the head: "Südwestfalen", "Untere Peene", "St. Ingbert", "Nord"."""
    start = phrase.end
    if word(tokens, start) in ("St", "Sankt") and is_capitalised(word(tokens, start + 2)):
        phrase.end, phrase.named = start + (3 if word(tokens, start + 1) == "." else 2), True
        return
    head = trigger.head
    end = name_run(tokens, start)
    if end == start and trigger.kind in _TERRITORIAL and is_town(word(tokens, start)) and _adjacent(tokens, start - 1):
        end = _inside_town(tokens, start + 1) or start + 1
    if end == start and head and head.persons and first_names().get(word(tokens, start)):
        end = start + 2 if is_capitalised(word(tokens, start + 1)) else start
    if end == start and head and head.units and _is_unit(word(tokens, start)):
        end = name_run(tokens, start + 1)
        end = start if end == start + 1 and is_capitalised(word(tokens, end)) else end
    if end == start and word(tokens, start) == "von" and tokens[start - 1].text in organisation_lexicon().words.of_heads:
        end = name_run(tokens, start + 1)
        end = end if end > start + 1 else start
    if end > start and _adjacent(tokens, start - 1):
        partners = word(tokens, end) in ("&", "+", "und") and word(tokens, end + 1) in _PARTNERS
        phrase.end, phrase.named = end + 2 if partners else end, True


def _is_unit(noun: str) -> bool:
    """Whether a common noun can name a unit: "Abteilung Landwirtschaft"."""
    return is_capitalised(noun) and not trigger_of(noun) and noun not in organisation_lexicon().words.function_words


def _purpose(tokens: Sequence[Token], phrase: Phrase) -> None:
    """Take in "für Klimaschutz, ländliche Räume und Umwelt", and the town after it."""
    index = phrase.end
    if word(tokens, index) not in organisation_lexicon().words.purpose:
        return
    index += 2 if word(tokens, index + 1) in _ARTICLES_OF_PURPOSE else 1
    end = _noun_phrase(tokens, index)
    if end is None:
        return
    end = _coordinated(tokens, end)
    town = name_run(tokens, end, 2)
    phrase.end, phrase.named = town, True


def _coordinated(tokens: Sequence[Token], end: int) -> int:
    """Index after the further members of a list that "und" closes; ``end`` where there is none."""
    index, limit = end, end + _MOST_PURPOSE
    while index < min(limit, len(tokens)):
        joint = word(tokens, index)
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
        current = tokens[index].text
        if current.endswith("-") and word(tokens, index + 1) in ("und", "oder"):
            index += 2
        elif adjective_ending(current) and index - start < 3 and is_capitalised(word(tokens, index + 1)):
            index += 1
        elif is_capitalised(current) and current not in organisation_lexicon().words.function_words:
            trigger = trigger_of(current)
            if first_names().get(current) or (trigger and trigger.role != "head" and index > start):
                return None
            return None if trigger and not is_known_noun(current) and trigger.role == "head" and trigger.compound else index + 1
        else:
            return None
    return None


def _genitive(tokens: Sequence[Token], phrase: Phrase, trigger: Trigger) -> None:
    """Take in "des Landes Brandenburg", "der Steiermärkischen Landesregierung"."""
    index = phrase.end
    if word(tokens, index) not in _GENITIVE_ARTICLES:
        return
    index += 1
    adjectives = index
    while is_name_adjective(word(tokens, index)) and is_capitalised(word(tokens, index + 1)):
        index += 1
    owner = word(tokens, index)
    if owner in organisation_lexicon().attributes.heads:
        end = name_run(tokens, index + 1)
        if end > index + 1 or index > adjectives or owner not in ("Stadt", "Gemeinde", "Kreises", "Landes", "Region", "Kirche"):
            phrase.end, phrase.named = end, True
    elif (index > adjectives and (trigger_of(owner) or is_capitalised(owner))) or _names_owner(tokens, index):
        phrase.end, phrase.named = max(index + 1, name_run(tokens, index + 1)), True


def _names_owner(tokens: Sequence[Token], index: int) -> bool:
    """Whether a genitive's head is an organisation with a name: "der Universität Leipzig"."""
    trigger = trigger_of(word(tokens, index))
    return trigger is not None and trigger.role in ("head", "municipality") and name_run(tokens, index + 1) > index + 1


def _members(tokens: Sequence[Token], phrase: Phrase, trigger: Trigger) -> None:
    """Take in members in the genitive plural: "freier Schulen", "der Freiwilligenagenturen"."""
    if trigger.head is None or not trigger.head.members or phrase.named:
        return
    index = phrase.end
    if word(tokens, index) == "der":
        member = word(tokens, index + 1)
        if is_capitalised(member) and member.endswith(("e", "n", "er")) and not trigger_of(member):
            phrase.end, phrase.named = index + 2, True
        return
    start = index
    while word(tokens, index).endswith("-") and word(tokens, index + 1) in ("und", "oder"):
        index += 2
    adjective = word(tokens, index)
    plural = adjective.endswith("er") and len(adjective) > 4 and adjective not in organisation_lexicon().words.not_members
    if plural and adjective.islower() and is_capitalised(word(tokens, index + 1)):
        phrase.end, phrase.named = index + 2, True
    elif index > start:
        phrase.end = start


def _legal(text: str, tokens: Sequence[Token], phrase: Phrase) -> None:
    """Take in a legal form after the name, also after "in NRW" or "im Bremer Westen"."""
    end = legal_end(text, tokens, phrase.end)
    if end is None and word(tokens, phrase.end) in ("in", "im", ","):
        for index in range(phrase.end + 2, min(phrase.end + 5, len(tokens))):
            if not is_capitalised(tokens[index - 1].text):
                break
            end = legal_end(text, tokens, index)
            if end is not None:
                break
    if end is not None:
        phrase.end, phrase.named, phrase.legal = end, True, True


def legal_end(text: str, tokens: Sequence[Token], index: int) -> int | None:
    """Index after the legal form that begins at a token; None where none does."""
    if index >= len(tokens):
        return None
    match = legal_form().match(text, tokens[index].start)
    if match is None:
        return None
    while index < len(tokens) and tokens[index].start < match.end():
        index += 1
    return index


def company_start(tokens: Sequence[Token], form: int, kind: str) -> int | None:
    """Index where the name before a legal form begins.

    The nearest head noun to the left, if only words of a name lie between ("Verein der Freunde der
    Oper e. V."); else the run of capitalised words, joined by "&", "und" or a dash.
    """
    words = organisation_lexicon().words
    index, joint = form, None
    while index > max(form - _MOST_COMPANY, 0):
        current = tokens[index - 1].text
        if is_capitalised(current) and current not in words.function_words:
            index -= 1
            trigger = trigger_of(current)
            if trigger and trigger.role in ("head", "municipality"):
                if joint is not None and _is_complete(tokens, index, joint, trigger, kind):
                    break
                return index
        elif current in ("und", ","):
            index -= 1
            joint = index
        elif _is_inside_company(tokens, index - 1):
            index -= 1
        else:
            break
    return _capital_run(tokens, form)


def _is_inside_company(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word that is not capitalised can stand in a company's name after its head noun."""
    words, current, before = organisation_lexicon().words, tokens[index].text, word(tokens, index - 1)
    if current in words.connectors:
        return is_capitalised(before) and before not in words.function_words
    return current in ("&", "sowie") or current.endswith("-") or (current.islower() and adjective_ending(current) is not None)


def _is_complete(tokens: Sequence[Token], head: int, joint: int, trigger: Trigger, kind: str) -> bool:
    """Whether the head has its own name before the "und": "Sparkasse Essen und Allbau GmbH"."""
    alike = trigger.kind in ("association", "initiative") if kind == "association" else False
    return not alike and joint > head + 1 and name_run(tokens, head + 1) == joint


def _capital_run(tokens: Sequence[Token], form: int) -> int | None:
    """Index where the run of capitalised words before ``form`` begins."""
    words = organisation_lexicon().words
    index = form
    while index > max(form - 6, 0):
        current = tokens[index - 1].text
        if (is_capitalised(current) or current.isdigit()) and current not in words.function_words:
            index -= 1
        elif current in ("&", "+", "-", "–", "und") and index < form and _joins(word(tokens, index - 2)):
            index -= 2
        else:
            break
    while index < form and first_names().get(tokens[index].text) and form - index > 2:
        index += 2
    if index < form:
        return index
    previous = word(tokens, form - 1)
    lower = previous.isalpha() and previous.islower() and len(previous) > 3 and not adjective_ending(previous)
    return form - 1 if lower and previous not in words.connectors else None


def extend_company_left(tokens: Sequence[Token], start: int) -> int:
    """Index after taking in the capitalised words between an article and a company's head noun.

    "die Erneuerbare Energien Nord Clusteragentur", "der Abfallwirtschaft und Stadtreinigung Bonn".
    """
    words = organisation_lexicon().words
    index = start
    while index > max(start - 6, 0):
        before, earlier = tokens[index - 1].text, word(tokens, index - 2)
        if is_capitalised(before) and before not in words.function_words and _adjacent(tokens, index - 1):
            index -= 1
        elif before in ("&", "+") and is_capitalised(earlier):
            index -= 2
        elif before == "und" and _joins(earlier) and word(tokens, index - 3).lower() in words.articles:
            index -= 2
        else:
            break
    if index < start and (index == 0 or word(tokens, index - 1).lower() in words.articles):
        return index
    return _owner_left(tokens, start)


def _owner_left(tokens: Sequence[Token], start: int) -> int:
    """Index of "Förderverein" in "Förderverein der Grundschule": an association whose genitive the name is."""
    trigger = trigger_of(word(tokens, start - 2))
    owner = trigger is not None and trigger.head is not None and trigger.head.members
    return start - 2 if owner and word(tokens, start - 1) in _GENITIVE_ARTICLES else start


def _joins(before: str) -> bool:
    """Whether the word before "und" belongs to the company's name: "Müller und Schmidt GmbH"."""
    return is_capitalised(before) and before not in organisation_lexicon().words.function_words and not trigger_of(before)


def compose(tokens: Sequence[Token], phrase: Phrase) -> str:
    """Return the phrase's text without what it leaves out."""
    parts: list[str] = []
    previous: Token | None = None
    for index in range(phrase.start, phrase.end):
        token = tokens[index]
        if index in phrase.left_out:
            previous = None
            continue
        if parts and (previous is None or token.start > previous.end):
            parts.append(" ")
        parts.append(token.text)
        previous = token
    return "".join(parts)

