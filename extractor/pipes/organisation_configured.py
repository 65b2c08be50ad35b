"""Organisations of the user's configuration, with what the text adds to their names: legal form, acronym."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from extractor.pipes.organisation_grammar import bind_acronym
from extractor.pipes.organisation_lexicon import trigger_of
from extractor.pipes.organisation_tokens import Phrase, legal_end, name_run
from extractor.pipes.values import Configured, Organisation, OrganisationKind
from extractor.pipes.words import Token, indices_at, lines_with

RULE = "organisation.configured"


def configured_organisation(text: str, name: Configured) -> Organisation | None:
    """The organisation that a name stands for; None for an acronym that other words make another's: "IHK Trier"."""
    ((tokens, _),) = lines_with(text, [name["start"]])
    (first,) = indices_at(tokens, [name["start"]])
    last = first
    while last < len(tokens) and tokens[last].start() < name["end"]:
        last += 1
    acronym, end = name["details"]["acronym"], name["end"]
    if tokens[last - 1].end() == end:
        if text[name["start"] : end] == acronym:
            if _is_anothers(tokens, first, last, name["name"]):
                return None
        else:
            phrase = Phrase(first, first, legal_end(text, tokens, last) or last, named=True)
            bind_acronym(tokens, phrase)
            acronym, end = acronym or phrase.acronym, max(end, tokens[phrase.end - 1].end())
    return Organisation(
        start=name["start"],
        end=end,
        rule=RULE,
        name=name["name"],
        acronym=acronym,
        kind=cast("OrganisationKind", name["details"]["kind"]),
    )


def _is_anothers(tokens: Sequence[Token], first: int, last: int, name: str) -> bool:
    """Whether a well-known acronym is followed by a name that is not in this organisation's."""
    trigger = trigger_of(tokens[first][0])
    if trigger is None or not trigger.role.endswith("acronym"):
        return False
    return any(token[0] not in name for token in tokens[last : name_run(tokens, last)])
