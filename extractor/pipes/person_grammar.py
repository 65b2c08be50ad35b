"""How German writes a person's name: function, title, first names, particle, surname."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.pipes.names import is_capitalised, is_place, is_town
from extractor.pipes.organisation_lexicon import organisation_lexicon, trigger_of
from extractor.pipes.person_lexicon import cue_of, may_be_surname, person_lexicon, titles
from extractor.pipes.words import Token, adjacent, text_at

_MOST_FIRST_NAMES, _MOST_PARTICLES, _MOST_LEAD = 3, 3, 24
_BEFORE_NOUNS = frozenset({"der", "die", "das", "dem", "den", "des", "im", "am", "zum", "zur"})


@dataclass(slots=True)
class Name:
    """A person's name and what stands before it; ``first`` and ``last`` bound the name's tokens."""

    first: int
    last: int
    given: str | None
    surname: str
    title: str | None = None
    function: str | None = None
    rule: str = "person.first_name"


@dataclass(slots=True)
class Lead:
    """What stands before a name: ``end`` is the index of the name's first token."""

    end: int
    title: str | None = None
    function: str | None = None
    addressed: bool = False
    office: bool = False


def read_lead(text: str, tokens: Sequence[Token], start: int) -> Lead:
    """Read function, title and form of address from ``start`` on."""
    lead = Lead(start)
    while lead.end < min(len(tokens), start + _MOST_LEAD):
        word = tokens[lead.end][0]
        cue = cue_of(word) if is_capitalised(word) else None
        retired = (word, text_at(tokens, lead.end + 1), text_at(tokens, lead.end + 2)) in (
            ("i", ".", "R"),
            ("a", ".", "D"),
        )
        if retired:
            lead.end += 4 if text_at(tokens, lead.end + 3) == "." else 3
        elif cue == "title" or word in ("h", "med", "phil", "jur", "rer"):
            match = titles().match(text, tokens[lead.end].start())
            if match is None:
                break
            lead.title = " ".join(filter(None, (lead.title, match[0].strip())))
            lead.end = _index_after(tokens, lead.end, match.end())
        elif cue == "address":
            lead.addressed = True
            lead.end += 2 if text_at(tokens, lead.end + 1) == "." else 1
        elif cue in ("office", "function") and not _is_name_instead(tokens, lead.end):
            before = text_at(tokens, lead.end - 1)
            attribute = f"{before} " if before in person_lexicon().functions.attributes else ""
            lead.function = attribute + word
            lead.office = lead.office or cue == "office"
            lead.end += 1
        else:
            break
    return lead


def _is_name_instead(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word that looks like a function is a surname here: "Jens Richter" read from "Richter" on."""
    return index > 0 and cue_of(tokens[index - 1][0]) == "first" and adjacent(tokens, index - 1)


def _index_after(tokens: Sequence[Token], index: int, offset: int) -> int:
    while index < len(tokens) and tokens[index].start() < offset:
        index += 1
    return index


def read_name(tokens: Sequence[Token], start: int, lead: Lead) -> Name | None:
    """Read the name that begins at ``start``; how much evidence it needs depends on what led to it."""
    supported = lead.title is not None or lead.function is not None or lead.addressed
    index = start
    while index - start < _MOST_FIRST_NAMES and (step := _given(tokens, index, supported and index == start)):
        index = step
    if index == start:
        return _bare_surname(tokens, start, lead)
    lenient = supported and any(cue_of(token[0]) == "first" for token in tokens[start:index] if len(token[0]) > 1)
    particles = index
    while index - particles < _MOST_PARTICLES and text_at(tokens, index) in person_lexicon().particles:
        index += 1
    if index > particles and not _noble(tokens, particles, index):
        index = particles
    if index > particles and index < len(tokens) and is_capitalised(tokens[index][0]):
        return _name(tokens, start, index, lead, particles)
    if index < len(tokens) and _is_surname(tokens, index, lenient):
        return _name(tokens, start, index, lead)
    if index - start >= 2 and index == particles and _is_surname(tokens, index - 1, lenient):
        return _name(tokens, start, index - 1, lead)
    return None


def _noble(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the particles begin a surname: "von der Leyen", not "Anna von Siemens" misread from "Anna und"."""
    return text_at(tokens, start) not in ("und", "der", "den", "zur", "zum", "vom") and is_capitalised(
        text_at(tokens, end)
    )


def _given(tokens: Sequence[Token], index: int, supported: bool) -> int | None:
    """Index after a first name or an initial; None where there is none."""
    word, following = text_at(tokens, index), text_at(tokens, index + 1)
    retired = text_at(tokens, index - 1) == "." and text_at(tokens, index - 2) in ("a", "i")
    if (
        len(word) == 1
        and word.isupper()
        and following == "."
        and not retired
        and is_capitalised(text_at(tokens, index + 2))
    ):
        return index + 2
    if not is_capitalised(word):
        return None
    cue = cue_of(word)
    if cue in ("first", "weak") and _continues(tokens, index):
        return index + 1
    unknown = supported and cue not in ("title", "address") and may_be_surname(word) and _continues(tokens, index)
    return index + 1 if unknown and may_be_surname(following) else None


def _continues(tokens: Sequence[Token], index: int) -> bool:
    """Whether a name can go on after this token: one blank, then a capital or a particle."""
    if not adjacent(tokens, index):
        return False
    following = tokens[index + 1][0]
    return following[0].isupper() or following in person_lexicon().particles


def _is_surname(tokens: Sequence[Token], index: int, lenient: bool) -> bool:
    """Whether the token ends a name: not a noun unless ``lenient``, and no organisation's head right after it."""
    word, following = tokens[index][0], text_at(tokens, index + 1)
    if not may_be_surname(word, lenient):
        initial = len(word) == 1 and word.isupper() and following == "."
        return initial and index + 2 <= len(tokens)
    if is_capitalised(following) and adjacent(tokens, index):
        trigger = trigger_of(following)
        if (trigger is not None and trigger.role == "head") or following in person_lexicon().words.no_surname:
            return False
    return True


def _name(tokens: Sequence[Token], start: int, surname: int, lead: Lead, particles: int | None = None) -> Name | None:
    """Return a full name; after a weak first name the surname must not be a town ("Mark Brandenburg")."""
    supported = lead.title is not None or lead.function is not None or lead.addressed
    family = surname if particles is None else particles
    given = _join(tokens, start, family)
    weak = all(cue_of(token[0]) != "first" for token in tokens[start:family] if len(token[0]) > 1)
    initials = all(len(token[0]) == 1 for token in tokens[start:family])
    if not supported and not _stands_alone(tokens, start, surname, weak, initials):
        return None
    end = surname + (2 if len(tokens[surname][0]) == 1 else 1)
    return Name(start, end, given, _join(tokens, family, end), lead.title, lead.function, _rule(lead))


def _stands_alone(tokens: Sequence[Token], start: int, surname: int, weak: bool, initials: bool) -> bool:
    """Whether a full name is one without title or function before it.

    Not after a building or saint that bears the name; after a weak first name no town ("Mark
    Brandenburg") and no article ("der Frank Müller"); initials not after a capitalised word.
    """
    before = text_at(tokens, start - 1)
    if weak and (is_town(tokens[surname][0]) or before.lower() in _BEFORE_NOUNS):
        return False
    if not is_capitalised(before):
        return not (before == "." and text_at(tokens, start - 2) in ("St", "Skt"))
    touches = adjacent(tokens, start - 1)
    return not (initials or (touches and before.lower().endswith((*person_lexicon().words.named_after, "sankt"))))


def _rule(lead: Lead) -> str:
    """The rule that a lead stands for, the strongest evidence first."""
    if lead.function:
        return "person.function"
    if lead.title:
        return "person.title"
    return "person.address" if lead.addressed else "person.first_name"


def _bare_surname(tokens: Sequence[Token], start: int, lead: Lead) -> Name | None:
    """A surname alone after "Herr", a title or an office; no town, no noun."""
    if not (lead.addressed or lead.title or lead.office):
        return None
    index = start
    while lead.addressed and index - start < _MOST_PARTICLES and text_at(tokens, index) in ("von", "van", "zu", "de"):
        index += 1
    if (
        index >= len(tokens)
        or not _may_be_addressed(tokens[index][0], lead)
        or tokens[start].start() - tokens[start - 1].end() > 1
    ):
        return None
    word = tokens[index][0]
    if not (lead.addressed or lead.title) and (is_place(word) or cue_of(word) in ("function", "office")):
        return None
    rule = "person.address" if lead.addressed else "person.title" if lead.title else "person.office"
    return Name(start, index + 1, None, _join(tokens, start, index + 1), lead.title, lead.function, rule)


def _may_be_addressed(word: str, lead: Lead) -> bool:
    """Whether a word can be a surname alone; behind "Frau" and "Herr" also a noun or a season ("Frau Sommer")."""
    if lead.addressed and word in organisation_lexicon().words.months_and_days:
        return True
    return may_be_surname(word, noun=lead.addressed)


def _join(tokens: Sequence[Token], start: int, end: int) -> str:
    """Text of the tokens, with the blanks that stand between them."""
    parts = [tokens[start][0]] if start < end else []
    for previous, token in zip(tokens[start : end - 1], tokens[start + 1 : end], strict=True):
        parts.append(" " * (token.start() > previous.end()) + token[0])
    return "".join(parts)
