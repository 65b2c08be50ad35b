"""How German builds the name of a company or a registered association before its legal form."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.pipes.inflection import adjective_ending
from extractor.pipes.names import first_names, is_capitalised
from extractor.pipes.organisation_lexicon import Trigger, organisation_lexicon, trigger_of
from extractor.pipes.organisation_tokens import name_run
from extractor.pipes.words import Token, adjacent, text_at

_MOST_COMPANY, _MOST_OWNER_NAME = 14, 4
_OPENING_SIGNS = frozenset(":(|·–•")
_GENITIVE_ARTICLES = frozenset({"der", "des"})


def company_start(tokens: Sequence[Token], form: int, kind: str) -> int | None:
    """Index where the name before a legal form begins.

    The nearest head noun to the left, if only words of a name lie between ("Verein der Freunde der
    Oper e. V."); else the run of capitalised words, joined by "&", "und" or a dash.
    """
    words = organisation_lexicon().words
    index, joint = form, None
    while index > max(form - _MOST_COMPANY, 0):
        current = tokens[index - 1][0]
        if is_capitalised(current) and current not in words.function_words:
            index -= 1
            trigger = trigger_of(current)
            if trigger and (trigger.role == "head" or (trigger.role == "municipality" and index + 1 < form)):
                if joint is not None and _is_complete(tokens, index, joint, trigger, kind):
                    return _capital_run(tokens, form, joint + 1)
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
    words, current, before = organisation_lexicon().words, tokens[index][0], text_at(tokens, index - 1)
    if current in words.connectors:
        return is_capitalised(before) and before not in words.function_words
    return (
        current in ("&", "sowie")
        or current.endswith("-")
        or (current.islower() and adjective_ending(current) is not None)
    )


def _is_complete(tokens: Sequence[Token], head: int, joint: int, trigger: Trigger, kind: str) -> bool:
    """Whether the head has its own name before the "und": "Sparkasse Essen und Allbau GmbH"."""
    alike = trigger.kind in ("association", "initiative") if kind == "association" else False
    return not alike and joint > head + 1 and name_run(tokens, head + 1) == joint


def _capital_run(tokens: Sequence[Token], form: int, floor: int = 0) -> int | None:
    """Index where the run of capitalised words before ``form`` begins."""
    words = organisation_lexicon().words
    index = form
    while index > max(form - 6, floor):
        current = tokens[index - 1][0]
        if (is_capitalised(current) or current.isdigit()) and current not in words.function_words:
            index -= 1
        elif (
            current in ("&", "+", "-", "–", "und", "for", "of", "and")
            and index < form
            and _joins(text_at(tokens, index - 2))
        ):
            index -= 2
        else:
            break
    while index < form and first_names().get(tokens[index][0]) and form - index > 2:
        index += 2
    if index < form:
        return index
    previous = text_at(tokens, form - 1)
    lower = previous.isalpha() and previous.islower() and len(previous) > 3 and not adjective_ending(previous)
    return form - 1 if lower and previous not in words.connectors else None


def extend_company_left(tokens: Sequence[Token], start: int) -> int:
    """Index after taking in the capitalised words between an article and a company's head noun.

    "die Erneuerbare Energien Nord Clusteragentur", "der Abfallwirtschaft und Stadtreinigung Bonn".
    """
    words = organisation_lexicon().words
    index = start
    while index > max(start - 6, 0):
        before, earlier = tokens[index - 1][0], text_at(tokens, index - 2)
        if is_capitalised(before) and before not in words.function_words and adjacent(tokens, index - 1):
            index -= 1
        elif _is_joint(before, earlier, text_at(tokens, index - 3)):
            index -= 2
        else:
            break
    before = text_at(tokens, index - 1)
    if index < start and (index == 0 or before.lower() in words.articles or before in _OPENING_SIGNS):
        return index
    return _owner_left(tokens, start)


def _is_joint(joint: str, before: str, earlier: str) -> bool:
    """Whether "&" or "und" joins two parts of a company's name: "die Abfallwirtschaft und Stadtreinigung"."""
    if joint in ("&", "+"):
        return is_capitalised(before)
    return joint == "und" and _joins(before) and earlier.lower() in organisation_lexicon().words.articles


def _owner_left(tokens: Sequence[Token], start: int) -> int:
    """Index of "Förderverein" in "Förderverein der Grundschule": an association whose genitive the name is."""
    if text_at(tokens, start - 1) not in _GENITIVE_ARTICLES:
        return start
    for owner in range(start - 2, max(start - 2 - _MOST_OWNER_NAME, -1), -1):
        trigger = trigger_of(tokens[owner][0])
        if trigger is not None:
            named = owner + 1 == start - 1 or name_run(tokens, owner + 1) == start - 1
            return owner if named and trigger.head is not None and trigger.head.members else start
    return start


def _joins(before: str) -> bool:
    """Whether the word before "und" belongs to the company's name: "Müller und Schmidt GmbH"."""
    return (
        is_capitalised(before) and before not in organisation_lexicon().words.function_words and not trigger_of(before)
    )
