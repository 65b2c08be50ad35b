"""Stretches: the sentences and lines of a text with everything the pipes found in them.

From here on all positions are offsets in the *reading* of the text, on which cues are matched;
each item keeps its value, whose ``start`` and ``end`` point into the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypedDict, TypeVar

from spacy.tokens import Doc

from extractor.document import Block, BlockKind, Document
from extractor.pipes.reading import Reading, blocks_of, reading_of, values_of
from extractor.pipes.sentences import sentence_bounds
from extractor.pipes.values import (
    Attendance,
    EventMention,
    Organisation,
    Person,
    Place,
    Status,
    Timex,
    Topic,
    Venue,
)

V = TypeVar("V", bound=Any)

_SHORT_LINE = 140
"""Longest line, in characters, that still counts as a title, date or place line."""
_LONGEST_HEAD = 24
_LONGEST_STRETCH = 2000
_SEPARATED = re.compile(r" ?[:|–—]{1,2} ?\S")
_SHORTEST_TITLE = 10
_LONGEST_SECTION_TITLE = 60
_LIST_OF_DATES = 3
"""So many lines with a day of their own are a list, not the date of the title."""
_LEAST_SECTIONS = 2
"""So many more titles of sections make a newsletter."""
_LETTERHEAD = 3
"""Number of opening lines that may stand in columns: sender, date, page."""
_SENTENCE_END = re.compile(r"[.!?…][\"“”«»’)\]]?$")
LABEL = re.compile(r"[A-ZÄÖÜ][\w/ -]{1,28}(?::|\? ?\|)\s")


@dataclass(slots=True, eq=False)
class Item(Generic[V]):
    """A found value and where it stands in the reading."""

    value: V
    start: int
    end: int

    def inside(self, others: Iterable[Item[Any]]) -> bool:
        """Whether the item lies within one of the others."""
        return any(other.start <= self.start and self.end <= other.end for other in others)

    def overlaps(self, others: Iterable[Item[Any]]) -> bool:
        """Whether the item shares a character with one of the others."""
        return any(other.start < self.end and self.start < other.end for other in others)


@dataclass(slots=True, eq=False)
class Stretch:
    """A sentence, or a line that is none, with what was found in it."""

    index: int
    start: int
    end: int
    text: str
    kind: BlockKind
    block: int
    section: int
    short_line: bool
    dates: list[Item[Timex]] = field(default_factory=list)
    places: list[Item[Place]] = field(default_factory=list)
    venues: list[Item[Venue]] = field(default_factory=list)
    organisations: list[Item[Organisation]] = field(default_factory=list)
    persons: list[Item[Person]] = field(default_factory=list)
    events: list[Item[EventMention]] = field(default_factory=list)
    statuses: list[Item[Status]] = field(default_factory=list)
    attendances: list[Item[Attendance]] = field(default_factory=list)
    topics: list[Item[Topic]] = field(default_factory=list)

    @property
    def is_content(self) -> bool:
        """Whether the stretch belongs to the text rather than to its furniture."""
        return self.kind is not BlockKind.BOILERPLATE

    def before(self, item: Item[Any], width: int = 80) -> str:
        """The words of the stretch before an item."""
        return self.text[max(0, item.start - self.start - width) : item.start - self.start]

    def after(self, item: Item[Any], width: int = 80) -> str:
        """The words of the stretch behind an item."""
        return self.text[item.end - self.start : item.end - self.start + width]


ROW_KINDS = (BlockKind.TABLE_ROW, BlockKind.LIST_ITEM)
_KEYS = ("dates", "places", "venues", "organisations", "persons", "events", "statuses", "attendances", "topics")


class Origin(TypedDict):
    """Where something stands in its source."""

    page: int | None
    paragraph: int | None


@dataclass(frozen=True, slots=True)
class Layout:
    """A text as assembly sees it: its stretches in order, and how many of them are the head.

    The head is what stands before the first running text: title, subtitle, date line, place line.
    ``source`` are the blocks of the document, which know where they come from.
    """

    text: str
    reading: Reading
    stretches: list[Stretch]
    starts: list[int]
    head: int
    source: Sequence[Block] = ()

    def stretch_at(self, position: int) -> Stretch:
        """The stretch in which an offset of the reading lies."""
        return self.stretches[max(0, bisect_right(self.starts, position) - 1)]

    def quote(self, start: int, end: int) -> str:
        """The source text at source offsets."""
        return self.text[start:end]

    def origin(self, start: int) -> Origin:
        """Page and paragraph of the document in which a source offset lies, None where it has none."""
        at = bisect_right(self.source, start, key=lambda block: block.start) - 1
        if at < 0:
            return Origin(page=None, paragraph=None)
        return Origin(page=self.source[at].page, paragraph=self.source[at].paragraph)


def lay_out(doc: Doc, document: Document) -> Layout:
    """Cut a processed ``Doc``, made from ``document``, into stretches."""
    reading = reading_of(doc)
    blocks = [block for block in blocks_of(doc) if block.kind is not BlockKind.REPEAT]
    stretches = list(_stretches(reading, blocks))
    starts = [stretch.start for stretch in stretches]
    for key in _KEYS:
        for value in values_of(doc, key):
            start, end = reading.span(value["start"], value["end"])
            index = bisect_right(starts, start) - 1
            if index >= 0:
                getattr(stretches[index], key).append(Item(value, start, end))
    return Layout(document.text, reading, stretches, starts, _head_length(stretches), document.blocks)


def _bounded(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a reading, endless ones cut, so that the work within one stays bounded."""
    for start, end in sentence_bounds(text):
        while end - start > _LONGEST_STRETCH:
            blank = text.rfind(" ", start, start + _LONGEST_STRETCH)
            cut = blank + 1 if blank > start else start + _LONGEST_STRETCH
            yield start, cut
            start = cut
        yield start, end


def _stretches(reading: Reading, blocks: list[Block]) -> Iterator[Stretch]:
    block_starts = [block.start for block in blocks]
    section = 0
    previous = -1
    for index, (start, end) in enumerate(_bounded(reading.text)):
        number = max(0, bisect_right(block_starts, reading.source(start, end)[0]) - 1)
        block = blocks[number]
        text = reading.text[start:end]
        is_item = block.kind is BlockKind.LIST_ITEM
        numbered = is_item and _titles_section(blocks, number, text)
        kind = BlockKind.HEADING if numbered or (is_item and _is_capitals(text)) else block.kind
        if kind is BlockKind.HEADING and number != previous:
            section += 1
        previous = number
        short = (
            block.end - block.start <= _SHORT_LINE
            and not numbered
            and (not _SENTENCE_END.search(text.rstrip()) or kind is BlockKind.HEADING)
        )
        yield Stretch(index, start, end, text, kind, number, section, short)


def _titles_section(blocks: list[Block], number: int, text: str) -> bool:
    """A single item between paragraphs: the title of a numbered section ("3. Sommerfest")."""
    if _SENTENCE_END.search(text.rstrip()) or len(text) > _LONGEST_SECTION_TITLE or any(map(str.isdigit, text)):
        return False
    around = (
        blocks[number - 1].kind if number else None,
        blocks[number + 1].kind if number + 1 < len(blocks) else None,
    )
    return around[1] is BlockKind.PARAGRAPH and around[0] in (BlockKind.PARAGRAPH, BlockKind.HEADING)


def _is_capitals(text: str) -> bool:
    """A line in capitals: the title of a numbered item ("(2) LESEN LASSEN")."""
    return text.isupper() and len(text) >= _SHORTEST_TITLE


def _is_line(stretch: Stretch) -> bool:
    in_list = stretch.kind in ROW_KINDS
    return stretch.short_line and (not in_list or (stretch.index < _LETTERHEAD and stretch.kind is BlockKind.TABLE_ROW))


def _head_length(stretches: list[Stretch]) -> int:
    """Number of stretches before the first running text, the first day of a programme, or a list of dates."""
    head = _without_section_title(stretches, _opening(stretches))
    dated = [index for index in range(head) if stretches[index].dates]
    day_heading = next((index for index in dated if _opens_programme(stretches, index, first=index == dated[0])), head)
    lines = [index for index in dated if _is_date_line(stretches[index])]
    entries = [index for index in lines if _SEPARATED.match(stretches[index].after(stretches[index].dates[0]))]
    listed = lines[0] if len(lines) >= _LIST_OF_DATES or len(entries) > 1 else head
    following = stretches[head : head + 1]
    if head - 1 in lines and following and following[0].dates and _are_rows(stretches[head - 1], following[0]):
        listed = min(listed, head - 1)
    return min(head, day_heading, listed)


def _are_rows(one: Stretch, other: Stretch) -> bool:
    """Whether two lines are rows of one list of dates."""
    return one.kind in ROW_KINDS and other.kind in ROW_KINDS and _is_date_line(other)


def _without_section_title(stretches: list[Stretch], head: int) -> int:
    """Leave the title of the first section to its section where others follow: a newsletter's.

    The lines above it name no event, it does, and so does the title of another section.
    """
    if head < 2 or not stretches[head - 1].events or any(stretch.events for stretch in stretches[: head - 1]):
        return head
    titles = [stretch for stretch in stretches[head:] if stretch.kind is BlockKind.HEADING and not stretch.dates]
    if len(titles) < _LEAST_SECTIONS or not any(title.events for title in titles):
        return head
    return head - 1


def _opens_programme(stretches: list[Stretch], index: int, first: bool) -> bool:
    """A day in a heading above the rows of a timetable; a weekday alone if it is not the text's first date."""
    if stretches[index].kind is not BlockKind.HEADING:
        return False
    if _is_date_line(stretches[index]) and index + 1 < len(stretches):
        following = stretches[index + 1]
        if following.kind is BlockKind.TABLE_ROW and any(date.value["type"] == "TIME" for date in following.dates):
            return True
    return not first and stretches[index].dates[0].value["rule"] == "date.weekday"


def _is_date_line(stretch: Stretch) -> bool:
    """A line that begins with a day of its own."""
    first = stretch.dates[0]
    return first.value["precision"] == "day" and first.start == stretch.start and first.value["rule"] != "date.dateline"


def _opening(stretches: list[Stretch]) -> int:
    """Number of stretches before the first running text."""
    for index, stretch in enumerate(stretches):
        if not stretch.is_content:
            continue
        if index >= _LONGEST_HEAD or not (LABEL.match(stretch.text) or _is_line(stretch)):
            return index
    return len(stretches)
