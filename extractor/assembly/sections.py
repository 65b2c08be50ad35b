"""Items of a newsletter whose only name is their section's title: "Politik am Gartenzaun", below it day and place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from extractor.assembly.drafts import Draft
from extractor.assembly.stretches import Layout, Stretch
from extractor.document import BlockKind

_KIND = "Termin"
_FRAMING = re.compile(r"^[^\w„»\"]+|[^\w“«\"?!]+$")
_LONGEST_NAME = 60
_LEAST_SECTIONS = 2


def name_by_sections(drafts: list[Draft], layout: Layout) -> None:
    """Give a mere day with a time or a venue, the only one of its section, the section's title as its name.

    So it is where the text is no report of one event and several sections date something.
    """
    dated: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.dates:
            dated[draft.stretches[0].section].append(draft)
    if len(dated) < _LEAST_SECTIONS:
        return
    titles = _titles(layout)
    for section, found in dated.items():
        title = titles.get(section)
        if title is None or len(found) > 1 or "bare" not in found[0].features or not _is_told(found[0]):
            continue
        found[0].entry_title = title
        found[0].event_type = _KIND
        found[0].features.discard("bare")


def _is_told(draft: Draft) -> bool:
    """Whether the text gives a day with an hour or a place."""
    return draft.dates[0].value["precision"] == "day" and bool(draft.times or draft.venues)


def _titles(layout: Layout) -> dict[int, str]:
    """The titles of the sections that have one of a single line, without a date or an event's noun."""
    headings = [stretch for stretch in layout.stretches if stretch.kind is BlockKind.HEADING]
    lines = Counter(stretch.section for stretch in headings)
    return {
        stretch.section: title
        for stretch in headings
        if lines[stretch.section] == 1 and not stretch.dates and (title := _title(stretch))
    }


def _title(stretch: Stretch) -> str | None:
    title = _FRAMING.sub("", stretch.text)
    return title if 0 < len(title) <= _LONGEST_NAME and " " in title and not stretch.events else None
