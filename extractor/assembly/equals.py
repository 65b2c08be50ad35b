"""Texts of equals: newsletters and lists of dates, in which no event is the subject."""

from __future__ import annotations

from extractor.assembly.cues import Cues
from extractor.assembly.drafts import Draft
from extractor.assembly.entries import is_entry
from extractor.assembly.scoring import score
from extractor.assembly.stretches import ROW_KINDS, Layout
from extractor.document import BlockKind
from extractor.pipes.temporal.headings import chronicle_year

_NEWSLETTER_SECTIONS = 3
_ROWS, _ROW_EQUAL = 3, 2.5
_EQUAL = 1.5
_CHRONICLE_DATES = 3
_DECORATION = " *=+~#_.:-–★"
"""What may stand around the title of a section."""


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


def name_by_sections(drafts: list[Draft], layout: Layout) -> None:
    """Let a section of a newsletter that dates one event without a noun for it ("Politik am Gartenzaun") name it."""
    sections: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.dates:
            sections.setdefault(draft.stretches[0].section, []).append(draft)
    titles = {stretch.section: stretch for stretch in layout.stretches if stretch.kind is BlockKind.HEADING}
    for section, dated in sections.items():
        title, draft = titles.get(section), dated[0]
        told = draft.times or draft.attendances or draft.venues
        if title is None or len(dated) > 1 or draft.mentions or not told or title.events or title.dates:
            continue
        if draft.dates[0].value["precision"] == "day":
            draft.entry_title = title.text.strip(_DECORATION)
            draft.features.discard("bare")


def is_chronicle(drafts: list[Draft], layout: Layout) -> bool:
    """A text whose title says that it tells of a year ("Das Jahr 2018 im Heimatverein"), with several dates."""
    dates = {draft.start for draft in drafts if draft.dates}
    return len(dates) >= _CHRONICLE_DATES and chronicle_year(layout.reading.text) is not None


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
