"""Texts of equals: newsletters and lists of dates, in which no event is the subject."""

from __future__ import annotations

from extractor.assembly.cues import Cues
from extractor.assembly.drafts import Draft
from extractor.assembly.entries import is_entry
from extractor.assembly.scoring import score
from extractor.assembly.stretches import ROW_KINDS, Layout
from extractor.pipes.temporal.headings import chronicle_year

_NEWSLETTER_SECTIONS = 3
_ROWS, _ROW_EQUAL = 3, 2.5
_EQUAL = 1.5
_CHRONICLE_MONTHS = 3
"""In so many months a chronicle's events lie at least."""


def _head_text(layout: Layout) -> str:
    return "\n".join(stretch.text for stretch in layout.stretches[: max(4, layout.head)])


def is_newsletter(drafts: list[Draft], layout: Layout, cues: Cues) -> bool:
    """A newsletter of equals: it says so, and its dated events stand in sections or items of their own.

    A letter to members that counts or dates one event in its first sentences, without titles of sections, is a report.
    """
    firsts = [draft.stretches[0] for draft in drafts if draft.dates and (draft.mentions or draft.venues or draft.times)]
    if len({stretch.block for stretch in firsts}) < _NEWSLETTER_SECTIONS:
        return False
    rows = {stretch.block for stretch in firsts if stretch.kind in ROW_KINDS}
    parted = {stretch.section for stretch in firsts} | rows
    counted = [draft for draft in drafts if draft.ordinal and draft.dates and "lead" in draft.features]
    told = any("outlook" not in draft.features for draft in counted)
    return not (told and len(parted) == 1) and bool(cues.newsletter.search(_head_text(layout)))


def is_chronicle(drafts: list[Draft], layout: Layout, cues: Cues) -> bool:
    """What a year brought: its title says so and names no event, and the events of several months follow."""
    if chronicle_year(layout.reading.text) is None and not cues.chronicle.search(_head_text(layout)):
        return False
    named = [draft for draft in drafts if draft.dates and (draft.mentions or draft.venues)]
    titled = any("head" in draft.features and draft.title for draft in named)
    return not titled and len({(draft.start or "")[:7] for draft in named}) >= _CHRONICLE_MONTHS


def are_equals(drafts: list[Draft]) -> bool:
    """Whether the strongest events stand in sections of their own, none of them named in the head."""
    dated = sorted((draft for draft in drafts if draft.dates and draft.mentions), key=score, reverse=True)[:3]
    named = [draft for draft in drafts if draft.mentions]
    labelled = {draft.stretches[0].section for draft in named if "labelled" in draft.features}
    if len(dated) < _NEWSLETTER_SECTIONS or len(labelled) == 1 or any("head" in draft.features for draft in named):
        return False
    sections = {draft.stretches[0].section for draft in dated}
    types = {draft.event_type for draft in dated}
    close = score(dated[0]) - score(dated[-1]) <= _EQUAL
    return close and len(sections) == _NEWSLETTER_SECTIONS and len(types) > 1


def is_row_of_list(best: Draft, drafts: list[Draft]) -> bool:
    """Whether an event is one of several in a list of dates: equals, none of which is the subject."""
    if not _is_row(best) or best.attendances or best.ordinal:
        return False
    rows = [draft for draft in drafts if draft.mentions and _is_row(draft) and score(best) - score(draft) <= _ROW_EQUAL]
    return len({draft.start for draft in rows}) >= _ROWS and len({draft.event_type for draft in rows}) > 1


def _is_row(draft: Draft) -> bool:
    """Whether an event stands in a list of dates, in a line of its own that begins with its day."""
    stretch = draft.stretches[0]
    if "head" in draft.features or not draft.dates or draft.dates[0].value["precision"] != "day":
        return False
    return "row" in draft.features or (stretch.short_line and is_entry(draft, stretch))
