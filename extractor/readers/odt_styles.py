"""What an OpenDocument text's styles say about its paragraphs and lists (ISO/IEC 26300, chapter 16)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.document import BlockKind

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_HEADING = re.compile(r"(?:heading|überschrift)(?: ?\d.*)?$|(?:title|subtitle|titel|untertitel)$", re.IGNORECASE)
_CAPTION = re.compile(r"(?:caption|illustration|beschriftung|abbildung)$", re.IGNORECASE)
_ESCAPED = re.compile(r"_([0-9a-f]{2,4})_")
_LENGTH = re.compile(r"(\d{1,6}(?:\.\d{1,9})?)(cm|mm|in|pt|pc|px)")
_POINTS = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75}
_APART = 4.0
"""Points between two paragraphs that stand apart: a third of a line."""
_LONGEST_CHAIN = 20


@dataclass(slots=True)
class Style:
    """A paragraph style: the names of it and of those it is based on, and the space around it in points."""

    names: tuple[str, ...] = ()
    before: float | None = None
    after: float | None = None


class Styles:
    """The paragraph and list styles of a document, resolved along what each is based on."""

    def __init__(self, roots: Sequence[Element]) -> None:
        self._styles: dict[str, tuple[Style, str | None]] = {}
        self._numbers: dict[tuple[str, int], int] = {}
        for root in roots:
            for element in root.iter(f"{STYLE}style"):
                if element.get(f"{STYLE}family") == "paragraph":
                    name = element.get(f"{STYLE}name", "")
                    shown = element.get(f"{STYLE}display-name") or _unescaped(name)
                    self._styles.setdefault(name, (_style(element, shown), element.get(f"{STYLE}parent-style-name")))
            for element in root.iter(f"{TEXT}list-style"):
                for level in element.iterfind(f"{TEXT}list-level-style-number"):
                    if level.get(f"{STYLE}num-format", "1"):
                        place = _number(level.get(f"{TEXT}level")) - 1
                        self._numbers[element.get(f"{STYLE}name", ""), place] = _number(level.get(f"{TEXT}start-value"))

    def resolve(self, name: str | None) -> Style:
        """A style with what it inherits."""
        resolved = Style()
        for _ in range(_LONGEST_CHAIN):
            if name is None or name not in self._styles:
                break
            style, parent = self._styles[name]
            resolved.names += style.names
            resolved.before = style.before if resolved.before is None else resolved.before
            resolved.after = style.after if resolved.after is None else resolved.after
            name = parent
        if name is not None and name not in self._styles:
            resolved.names += (_unescaped(name),)
        return resolved

    def first_number(self, name: str | None, level: int) -> int | None:
        """The number of a list's first item, None for bullets."""
        return self._numbers.get((name or "", level))


def _style(element: Element, name: str) -> Style:
    properties = element.find(f"{STYLE}paragraph-properties")
    if properties is None:
        return Style((name,))
    return Style((name,), _points(properties.get(f"{_FO}margin-top")), _points(properties.get(f"{_FO}margin-bottom")))


def _number(text: str | None) -> int:
    """A whole number, 1 if the text is none."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 1


def _points(length: str | None) -> float | None:
    match = _LENGTH.fullmatch(length or "")
    return float(match[1]) * _POINTS[match[2]] if match else None


def _unescaped(name: str) -> str:
    """A style's name as a program shows it: "Heading_20_1" is "Heading 1"."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), name)


def kind_of(style: Style) -> BlockKind:
    """What a paragraph is by the names of its style and of those that it is based on."""
    if any(map(_HEADING.match, style.names)):
        return BlockKind.HEADING
    if any(map(_CAPTION.match, style.names)):
        return BlockKind.CAPTION
    return BlockKind.PARAGRAPH


def stands_apart(above: Style | None, style: Style) -> bool:
    """Whether the space between two paragraphs parts them."""
    return above is None or max(above.after or 0.0, style.before or 0.0) >= _APART
