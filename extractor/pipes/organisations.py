"""The component ``german_organisations``: organisations by the form that German gives their names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from extractor.pipes.configured import Stretches, configured_names, of_kind, stretches_of
from extractor.pipes.organisation_bare import bare_bodies, companies_by_trade
from extractor.pipes.organisation_configured import configured_organisation
from extractor.pipes.organisation_lexicon import known_phrases, legal_form_at, organisation_lexicon, trigger_of
from extractor.pipes.organisation_members import belonging
from extractor.pipes.organisation_mentions import acronym_mentions, appositions, groups, resolve_acronyms, unite
from extractor.pipes.organisation_rules import Found, around, company
from extractor.pipes.reading import reading_of, register, set_spans
from extractor.pipes.values import Configured, Organisation
from extractor.pipes.words import Token, capitalised_words, indices_at, lines_with, occurrences

KEY = "organisations"

_LEGAL_LITERALS = ("mbH", "eG", "e. V", "e.V", "eV", "e. G", "e.G", "B.V", "S.r.l", "S.A")


def find_organisations(text: str, names: Sequence[Configured] = ()) -> list[Organisation]:
    """Organisations of a reading's text, in text order; offsets into ``text``.

    ``names`` are the user's names in the text: organisations, and others in which none is looked for.
    """
    found: list[Organisation] = []
    for tokens, positions in lines_with(text, _positions(text)):
        found.extend(_in_line(text, tokens, positions))
    if names:
        found = _with_configured(text, found, names)
    starts = {value["start"] for value in found}
    found.extend(group for group in groups(text) if group["start"] not in starts)
    starts.update(value["start"] for value in found)
    found.extend(member for member in belonging(text, found) if member["start"] not in starts)
    found.extend(companies_by_trade(text, found))
    found = resolve_acronyms(appositions(text, found))
    found.extend(acronym_mentions(text, found))
    found.extend(bare_bodies(text, found))
    return sorted(unite(found), key=lambda value: value["start"])


def _with_configured(text: str, found: list[Organisation], names: Sequence[Configured]) -> list[Organisation]:
    """The user's organisations, and those of the rules that share nothing with them and lie in no other name."""
    known: list[Organisation] = []
    for name in of_kind(names, "organisation"):
        value = configured_organisation(text, name)
        if value is not None and (not known or value["start"] >= known[-1]["end"]):
            known.append(value)
    own, others = Stretches(known), stretches_of(names, "organisation", "topic")
    free = [
        value
        for value in found
        if not own.touch(value["start"], value["end"]) and not others.hold(value["start"], value["end"])
    ]
    return [*known, *free]


def _positions(text: str) -> list[int]:
    """Offsets of words that may be, or end, an organisation's name."""
    positions = {start for word, start in capitalised_words(text) if _may_be_of_name(word)}
    for literal in _LEGAL_LITERALS:
        for at in occurrences(text, literal):
            begin = at
            while begin > 0 and at - begin < 2 and text[begin - 1].isalpha():
                begin -= 1
            if legal_form_at(text, begin) and (begin == 0 or not text[begin - 1].isalnum()):
                positions.add(begin)
    return sorted(positions)


@lru_cache(maxsize=1 << 15)
def _may_be_of_name(word: str) -> bool:
    """Whether a capitalised word can be, or end, an organisation's name."""
    return len(word) > 1 and (trigger_of(word) is not None or word in known_phrases() or word in _forms())


@lru_cache(maxsize=1)
def _forms() -> frozenset[str]:
    """Legal forms that begin with a capital, as far as one word of them goes."""
    forms = organisation_lexicon().legal_forms
    return frozenset(
        form.split(" ")[0].rstrip(".") for form in (*forms.company, *forms.association) if form[0].isupper()
    )


def _in_line(text: str, tokens: list[Token], positions: Sequence[int]) -> list[Organisation]:
    """Organisations of one line: those with a legal form first, then the others around them."""
    begins = set(positions)
    indices = [index for index in indices_at(tokens, positions) if tokens[index].start() in begins]
    found: list[Found] = []
    for index in indices:
        form = legal_form_at(text, tokens[index].start())
        if form and (organisation := company(text, tokens, index, form, found)):
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
    return annotate


def annotate(doc: Doc) -> Doc:
    """Find the organisations of a ``Doc`` and store them."""
    reading = reading_of(doc)
    values = find_organisations(reading.text, configured_names(doc, reading))
    for value in values:
        value["start"], value["end"] = reading.source(value["start"], value["end"])
    set_spans(doc, KEY, values)
    return doc
