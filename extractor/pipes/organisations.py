"""The component ``german_organisations``: organisations by the form that German gives their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from extractor.pipes.names import Token, tokenise
from extractor.pipes.organisation_lexicon import known_phrases, legal_form, organisation_lexicon, trigger_of
from extractor.pipes.organisation_mentions import acronym_mentions, groups, resolve_acronyms, unite
from extractor.pipes.organisation_rules import Found, around, company
from extractor.pipes.reading import reading_of, register, set_spans
from extractor.pipes.values import Organisation

KEY = "organisations"

_CAPITALISED = re.compile(r"[A-ZÄÖÜ][\w-]{1,60}")
_LEGAL_LITERALS = ("mbH", "eG", "e. V", "e.V", "eV", "e. G", "e.G")


def find_organisations(text: str) -> list[Organisation]:
    """Organisations of a reading's text, in text order; offsets into ``text``."""
    found: list[Organisation] = []
    for start, end, positions in _blocks(text):
        found.extend(_in_block(text, tokenise(text, start, end), positions))
    starts = {value["start"] for value in found}
    found.extend(group for group in groups(text) if group["start"] not in starts)
    found = resolve_acronyms(found)
    found.extend(acronym_mentions(text, found))
    return sorted(unite(found), key=lambda value: value["start"])


def _blocks(text: str) -> Iterator[tuple[int, int, list[int]]]:
    """Blocks (lines) that hold a word that can make an organisation, with those words' offsets."""
    positions = sorted(_trigger_positions(text))
    index = 0
    while index < len(positions):
        start = text.rfind("\n", 0, positions[index]) + 1
        end = text.find("\n", positions[index])
        end = len(text) if end < 0 else end
        first = index
        while index < len(positions) and positions[index] < end:
            index += 1
        yield start, end, positions[first:index]


def _trigger_positions(text: str) -> set[int]:
    """Offsets of words that may be, or end, an organisation's name."""
    known = known_phrases()
    positions = {
        match.start()
        for match in _CAPITALISED.finditer(text)
        if trigger_of(match[0]) or match[0] in known or match[0] in _forms()
    }
    for literal in _LEGAL_LITERALS:
        at = text.find(literal)
        while at >= 0:
            begin = at
            while begin > 0 and at - begin < 2 and text[begin - 1].isalpha():
                begin -= 1
            if legal_form().match(text, begin) and (begin == 0 or not text[begin - 1].isalnum()):
                positions.add(begin)
            at = text.find(literal, at + 1)
    return positions


@lru_cache(maxsize=1)
def _forms() -> frozenset[str]:
    """Legal forms that begin with a capital, as far as one word of them goes."""
    forms = organisation_lexicon().legal_forms
    return frozenset(
        form.split(" ")[0].rstrip(".") for form in (*forms.company, *forms.association) if form[0].isupper()
    )


def _in_block(text: str, tokens: list[Token], positions: list[int]) -> list[Organisation]:
    """Organisations of one block: those with a legal form first, then the others around them."""
    by_start = {token.start: index for index, token in enumerate(tokens)}
    indices = [by_start[position] for position in positions if position in by_start]
    found: list[Found] = []
    for index in indices:
        if organisation := company(text, tokens, index, found):
            found.append(organisation)
    taken = {i for organisation in found for i in range(organisation.first, organisation.last)}
    for index in indices:
        if index in taken:
            continue
        organisation = around(text, tokens, index)
        if organisation and not taken.intersection(range(organisation.first, organisation.last)):
            found.append(organisation)
            taken.update(range(organisation.first, organisation.last))
    return [organisation.value for organisation in sorted(found, key=lambda item: item.first)]


@Language.factory("german_organisations")
def make_german_organisations(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Create the component that finds organisations."""
    register(KEY)
    organisation_lexicon()

    def component(doc: Doc) -> Doc:
        reading = reading_of(doc)
        values = find_organisations(reading.text)
        for value in values:
            value["start"], value["end"] = reading.source(value["start"], value["end"])
        set_spans(doc, KEY, values)
        return doc

    return component
