"""Entries: lines of a list of dates, "30. April: Maibaumsetzen auf dem Marktplatz, 17 Uhr".

In such a line what stands behind the date is the event, whether or not its noun is known as one.
"""

from __future__ import annotations

import re
from typing import Any

from extractor.assembly.drafts import Draft
from extractor.assembly.stretches import Item, Stretch
from extractor.document import BlockKind
from extractor.pipes.event_heads import lexicon as event_lexicon
from extractor.pipes.reading import Reading
from extractor.pipes.values import EventMention

_NAMELESS = "Termin"
_INDENT = 12
"""How far from the line's beginning, in characters, the date may stand: a bullet, a weekday."""
_SEPARATOR = re.compile(
    r"(?:,? ?(?:ab |um )?\d{1,2}(?:[.:]\d\d)?(?: ?[-–] ?\d{1,2}(?:[.:]\d\d)?)? ?Uhr)? ?[:|–,—-]{1,2} ?"
)
_NOUN = re.compile(
    r"(?!(?:Prof|Pfr|Dipl|Mag|Pfarrer|Pfarrerin|Professor|Professorin|Frau|Herr)\b)"
    r"((?:[A-ZÄÖÜ][a-zäöüß]{1,20}(?:e|er|es|en) )?[A-ZÄÖÜ][\wäöüß-]{3,40})(?=$|[ ,.;:|(–])"
)
_LEADING = re.compile(
    r"\W{0,3}((?:(?!Über|Unter|Hinter|Unser)[A-ZÄÖÜ][a-zäöüß]{1,20}(?:e|er|es|en) )?[A-ZÄÖÜ][\wäöüß-]{4,40})"
    r"(?: (?:auf|in|im|am|an|bei|beim|mit|zum|zur|für|der|des) [^,.;:|]{2,40})?(?:,|:| ?[–|(]| -) ?(?:am |vom |ab )?"
)
_GOES_ON = re.compile(r" ?(?:[,:|)–]|$)")
"""What follows the date in an entry that its noun opens."""
_RUNS_ON = re.compile(
    r" (?!(?:auf|in|im|am|an|bei|beim|mit|zum|zur|für|vor|nach|um|ab|von|vom|des|der|und|sowie|zu)\b)[a-zäöü]"
)
"""A word behind the noun that shows it to be part of a title: "Gemeinsam schreiben in der Cloud"."""
_TITLE = re.compile(r"([„»\"“]?[^|\n]{4,90}?)[\"“”«.]{0,2} ?$")


def is_entry(draft: Draft, stretch: Stretch) -> bool:
    """Whether a stretch is a line that begins with the draft's date and goes on behind a separator."""
    if not draft.dates or draft.dates[0].start - stretch.start > _INDENT:
        return False
    return stretch.kind is BlockKind.TABLE_ROW or _SEPARATOR.match(stretch.after(draft.dates[0])) is not None


def name_entry(draft: Draft, stretch: Stretch, reading: Reading) -> None:
    """Give an entry without a known event noun the noun behind or before its date as type and name."""
    if "bare" not in draft.features or not draft.dates:
        return
    noun = _behind(draft, stretch, _NOUN) if is_entry(draft, stretch) else _before(draft, stretch)
    if noun is None or not (draft.times or draft.venues or draft.cities or "row" in draft.features):
        return
    begin, end = stretch.start + noun.start(1), stretch.start + noun.end(1)
    named: list[Item[Any]] = [*stretch.persons, *stretch.places, *stretch.venues, *stretch.organisations]
    if noun[1] in event_lexicon().context.forms_of_address or any(
        item.start < end and begin < item.end for item in named
    ):
        return
    if _RUNS_ON.match(stretch.text, noun.end(1)):
        draft.entry_title = entry_title(draft, stretch)
        draft.event_type = _NAMELESS
        draft.features.discard("bare")
        return
    draft.add_mention(Item(_mention(noun[1], *reading.source(begin, end)), begin, end))


def entry_title(draft: Draft, stretch: Stretch) -> str | None:
    """The words behind the date of an entry, as the title of an evening: "8. November: Die Setzerin"."""
    if not is_entry(draft, stretch):
        return None
    title = _behind(draft, stretch, _TITLE)
    return title[1].strip(' „»"“”«') if title is not None and not title[1][0].islower() else None


def _before(draft: Draft, stretch: Stretch) -> re.Match[str] | None:
    """The noun that opens an entry, its date behind it: "Gartenpforte, 9. Juni, 10–17 Uhr: 14 Gärten öffnen"."""
    date = draft.dates[0]
    if "head" in draft.features or not _GOES_ON.match(stretch.after(date)):
        return None
    return _LEADING.fullmatch(stretch.text, 0, date.start - stretch.start)


def _behind(draft: Draft, stretch: Stretch, pattern: re.Pattern[str]) -> re.Match[str] | None:
    end = draft.dates[0].end - stretch.start
    separator = _SEPARATOR.match(stretch.text, end)
    begin = separator.end() if separator else end
    return pattern.match(stretch.text, begin + (stretch.text[begin : begin + 1] == " "))


def _mention(noun: str, start: int, end: int) -> EventMention:
    return EventMention(
        start=start,
        end=end,
        rule="event.entry",
        name=noun,
        event_type=noun.rpartition(" ")[2],
        ordinal=None,
        title=None,
        generic=False,
    )
