"""The lines of a text and what each looks like by itself: item, row, heading, rule or plain text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from extractor.blocks import shapes


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
    ``ordinal`` is the number of an opening "3.", ``depth`` how deeply it is quoted.
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

    @property
    def width(self) -> int:
        """The column in which the line ends."""
        return self.indent + len(self.text)


@dataclass(slots=True)
class Scan:
    """All lines of a text; ``signatures`` are the indices of the first lines below an e-mail's "-- "."""

    lines: list[Line]
    signatures: list[int]


def scan(text: str) -> Scan:
    """Split a text at line ends of every kind and classify each line."""
    lines: list[Line] = []
    signatures: list[int] = []
    position, gap, page = 0, 0, False
    template = table = closed = False
    front = front_matter_end(text)
    for raw in text.splitlines(keepends=True):
        content = raw.strip()
        begin = position
        position += len(raw)
        if "\f" in raw:
            gap, page = gap + 1, True
        if not content:
            gap += 1
            continue
        start = begin + len(raw) - len(raw.lstrip())
        indent = len(raw[: start - begin].expandtabs(4)) if start > begin else 0
        if not shapes.WORD.search(content):
            if len(content) > 2 and not gap and lines:
                _underline(lines[-1], content)
            if content == "--":
                signatures.append(len(lines))
            table = (table or content == "{|") and content != "|}"
            gap, closed = gap + 1, True
            continue
        if begin < front:
            lines.append(Line(Shape.MARKUP, start, start + len(content), content, indent, gap))
            gap, page = 0, False
            continue
        first = content[0]
        if first in "{}[_" or template:
            template, opens_table = shapes.wiki_state(content, template)
            table = table or opens_table
            if shapes.is_wiki_markup(content) or template or opens_table:
                lines.append(Line(Shape.MARKUP, start, start + len(content), content, indent, gap, page))
                gap, page = 0, False
                continue
        line = _classified(Line(Shape.TEXT, start, start + len(content), content, indent, gap, page), table)
        line.closed = closed
        lines.append(line)
        gap, page, closed = 0, False, False
    return Scan(lines, signatures)


def front_matter_end(text: str) -> int:
    """Where the YAML front matter of a Markdown text ends, 0 if there is none."""
    match = shapes.FRONT_MATTER.match(text)
    return match.end() if match else 0


def _underline(line: Line, rule: str) -> None:
    """Mark a line of its own above a rule of equals signs or hyphens."""
    if line.shape is Shape.TEXT and len(line.text) <= shapes.SHORT:
        line.underlined = not rule.strip("=") or (line.gap > 0 and not rule.strip("-"))


def _classified(line: Line, table: bool) -> Line:
    """Give a line its shape and take its marker off."""
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
    elif first in shapes.MARKERS and (marker := shapes.MARKER.match(text)) and not shapes.is_page_number(text):
        _strip(line, marker.end())
        line.shape = Shape.ITEM
    else:
        _plain(line, text)
    return line


def _plain(line: Line, text: str) -> None:
    """Tell rows, numbered items and numbered headings from plain text."""
    if text[0].isdigit() and (ordinal := shapes.ORDINAL.match(text)):
        line.ordinal = int(ordinal[1])
    if ("  " not in text and "\t" not in text) or shapes.PARTED.search(text) is None:
        line.numbered = shapes.NUMBERED.match(text) is not None
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
