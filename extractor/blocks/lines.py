"""The lines of a text and what each looks like by itself: item, row, heading, rule or plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from extractor.blocks import shapes
from extractor.blocks.marks import Mark
from extractor.document import BlockKind


class Shape(IntEnum):
    """What a line looks like before its neighbours are considered."""

    TEXT = 0
    ITEM = 1
    ROW = 2
    HEADING = 3
    MARKUP = 4


@dataclass(slots=True)
class Line:
    """A line that has content: ``text`` is the content, ``start`` and ``end`` its offsets.

    ``indent`` counts the columns before the content or, where there is one, the marker; ``gap``
    the empty lines and rules above. ``page`` says that a form feed stands above, ``underlined``
    that a rule stands below, ``numbered`` that the line begins with "TOP 3", "§ 4" and the like,
    ``ordinal`` is the number of an opening "3.", ``depth`` how deeply it is quoted; ``mark`` is
    what the format says about the stretch in which the line lies.
    """

    shape: Shape
    start: int
    end: int
    text: str
    indent: int
    gap: int
    page: bool = False
    underlined: bool = False
    numbered: bool = False
    ordinal: int = 0
    depth: int = 0
    closed: bool = False
    mark: Mark | None = None

    @property
    def width(self) -> int:
        """The column in which the line ends."""
        return self.indent + len(self.text)


@dataclass(slots=True)
class Scan:
    """All lines of a text; ``signatures`` are the indices of the first lines below an e-mail's "-- "."""

    lines: list[Line]
    signatures: list[int]


def scan(text: str, marks: Sequence[Mark] = ()) -> Scan:
    """Split a text at line ends of every kind and classify each line; ``marks`` are those of its format."""
    scanner = _Scanner(0 if marks else front_matter_end(text), marks)
    position = 0
    for raw in text.splitlines(keepends=True):
        scanner.take(raw, position)
        position += len(raw)
    return Scan(scanner.lines, scanner.signatures)


class _Scanner:
    """Takes lines one by one; knows what stands above: gaps, rules, page breaks, open wiki markup."""

    def __init__(self, front: int, marks: Sequence[Mark]) -> None:
        self.front = front
        self.marks = marks
        self.next_mark = 0
        self.lines: list[Line] = []
        self.signatures: list[int] = []
        self.gap = 0
        self.page = self.closed = self.in_template = self.in_table = False

    def take(self, raw: str, begin: int) -> None:
        """Take the next line, which begins at the offset ``begin`` and holds its line end."""
        content = raw.strip()
        if not content:
            self.gap += 1
        elif content[0].isalnum() or shapes.WORD.search(content):
            start = begin if raw[0] == content[0] else begin + len(raw) - len(raw.lstrip())
            indent = len(raw[: start - begin].expandtabs(4)) if start > begin else 0
            line = Line(Shape.TEXT, start, start + len(content), content, indent, self.gap, self.page)
            line.closed = self.closed
            line.mark = self._mark_of(line)
            if line.mark is not None and line.mark.kind is not BlockKind.PARAGRAPH:
                _confine(line, line.mark)
            elif self._is_markup(line):
                line.shape = Shape.MARKUP
            else:
                _classify(line, self.in_table)
            self.lines.append(line)
            self.gap, self.page, self.closed = 0, False, False
        else:
            self._take_rule(content)
        if raw[-1] == "\f":
            self.gap, self.page = self.gap + 1, True

    def _mark_of(self, line: Line) -> Mark | None:
        """The mark in which a line lies."""
        while self.next_mark < len(self.marks) and self.marks[self.next_mark].end <= line.start:
            self.next_mark += 1
        if self.next_mark == len(self.marks) or self.marks[self.next_mark].start >= line.end:
            return None
        return self.marks[self.next_mark]

    def _take_rule(self, content: str) -> None:
        """Take a line without words: a rule, a wiki table's beginning or end, a signature's mark."""
        if len(content) > 2 and not self.gap and self.lines:
            _underline(self.lines[-1], content)
        if content == "--":
            self.signatures.append(len(self.lines))
        self.in_table = (self.in_table or content == "{|") and content != "|}"
        self.in_template = self.in_template and "}}" not in content
        self.gap, self.closed = self.gap + 1, True

    def _is_markup(self, line: Line) -> bool:
        """Whether a line is front matter, part of a wiki template, a category or a table's head."""
        text = line.text
        if line.start < self.front:
            return True
        if self.in_template and text[0] in "|*}":
            self.in_template = "}}" not in text
            return True
        self.in_template = text.startswith("{{") and text.count("{{") > text.count("}}")
        opens_table = text.startswith("{|")
        self.in_table = self.in_table or opens_table
        return self.in_template or opens_table or (text[0] in "{[_" and shapes.is_wiki_markup(text))


def front_matter_end(text: str) -> int:
    """Where the YAML front matter of a Markdown text ends, 0 if there is none."""
    match = shapes.FRONT_MATTER.match(text)
    return match.end() if match else 0


_OF_KIND = {
    BlockKind.HEADING: Shape.HEADING,
    BlockKind.LIST_ITEM: Shape.ITEM,
    BlockKind.TABLE_ROW: Shape.ROW,
    BlockKind.BOILERPLATE: Shape.MARKUP,
}


def _confine(line: Line, mark: Mark) -> None:
    """Cut a line down to what is marked and give it the shape that the mark has."""
    begin, end = max(line.start, mark.start), min(line.end, mark.end)
    line.text = line.text[begin - line.start : end - line.start]
    line.start, line.end = begin, end
    line.shape = _OF_KIND.get(mark.kind, Shape.TEXT)


def _underline(line: Line, rule: str) -> None:
    """Mark a line of its own above a rule of equals signs or hyphens."""
    if line.shape is Shape.TEXT and len(line.text) <= shapes.SHORT:
        line.underlined = not rule.strip("=") or (line.gap > 0 and not rule.strip("-"))


def _classify(line: Line, table: bool) -> None:
    """Give a line its shape and take its marker off; ``table`` says that a wiki table is open."""
    text = line.text
    first = text[0]
    if first == ">" and (quoted := shapes.QUOTED.match(text)):
        line.depth = quoted[0].count(">")
        _strip(line, quoted.end())
        text, first = line.text, line.text[0]
    if first == "#" and (heading := shapes.HASHES.match(text)):
        _strip(line, heading.end(), "# \t")
        line.shape = Shape.HEADING
    elif first == "=" and (heading := shapes.EQUALS.match(text)) and text.endswith("="):
        _strip(line, heading.end(), "= \t")
        line.shape = Shape.HEADING
    elif first == "+" and (heading := shapes.PLUSES.match(text)):
        _strip(line, heading.end(), "+ \t")
        line.shape = Shape.HEADING
    elif first == "|" or (first == "!" and table):
        _strip(line, shapes.cell_marker(text), "| \t")
        line.shape = Shape.ROW
    elif shapes.may_open_item(text) and (marker := shapes.MARKER.match(text)) and not shapes.is_page_number(text):
        _strip(line, marker.end())
        line.shape = Shape.ITEM
    else:
        _classify_plain(line, text)


def _classify_plain(line: Line, text: str) -> None:
    """Tell rows, numbered items and numbered headings from plain text."""
    if text[0].isdigit() and (ordinal := shapes.ORDINAL.match(text)):
        line.ordinal = int(ordinal[1])
    if ("  " not in text and "\t" not in text) or shapes.PARTED.search(text) is None:
        line.numbered = text[0] in "TP§" and shapes.NUMBERED.match(text) is not None
    elif numbered := shapes.NUMBERED_COLUMN.match(text):
        line.numbered = True
    elif numbered := shapes.NUMBER_COLUMN.match(text):
        if shapes.PARTED.search(text, numbered.end()) is None:
            _strip(line, numbered.end())
            line.shape = Shape.ITEM
        else:
            line.shape = Shape.ROW
    elif shapes.is_row(text):
        line.shape = Shape.ROW


def _strip(line: Line, begin: int, trailing: str = "") -> None:
    """Move the line's start behind its marker, and its end before a closing one, if words are left."""
    text = line.text[begin:]
    if trailing:
        text = text.rstrip(trailing)
    if shapes.WORD.search(text):
        kept = text.lstrip()
        line.start += begin + len(text) - len(kept)
        line.end = line.start + len(kept)
        line.text = kept
