"""What a Word document's styles and numbering say about its paragraphs (ECMA-376 part 1, 17.7 and 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.document import BlockKind

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|überschrift) ?\d|(?:title|subtitle|titel|untertitel)$", re.IGNORECASE)
_CAPTION = re.compile(r"(?:caption|beschriftung)$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|verzeichnis) ?\d|toc heading|table of figures", re.IGNORECASE)
_LONGEST_CHAIN = 20
_BODY_LEVEL = 9
_APART = 80
"""Twentieths of a point between two paragraphs that stand apart: a third of a line."""
_NUMERALS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST_NUMERALS = 40


@dataclass(slots=True)
class Style:
    """A paragraph's properties as far as they matter; None where it leaves them to the style below."""

    name: str = ""
    parent: str | None = None
    outline: int | None = None
    before: int | None = None
    after: int | None = None
    contextual: bool | None = None
    list_id: str | None = None
    level: int | None = None


@dataclass(slots=True)
class Level:
    """A level of a numbered list: how its numbers look."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute of an element, if both are there."""
    return element.get(f"{W}{name}") if element is not None else None


def number(text: str | None) -> int | None:
    """A whole number, if the text is one."""
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,9}", text) else None


def switched_on(element: Element | None) -> bool:
    """Whether a toggle is there and not switched off."""
    return element is not None and value(element) not in ("0", "false", "off", "none")


def style_of(properties: Element | None) -> Style:
    """What a ``w:pPr`` says."""
    style = Style()
    if properties is None:
        return style
    style.outline = number(value(properties.find(f"{W}outlineLvl")))
    spacing = properties.find(f"{W}spacing")
    style.before, style.after = number(value(spacing, "before")), number(value(spacing, "after"))
    contextual = properties.find(f"{W}contextualSpacing")
    style.contextual = None if contextual is None else switched_on(contextual)
    style.list_id = value(properties.find(f"{W}numPr/{W}numId"))
    style.level = number(value(properties.find(f"{W}numPr/{W}ilvl")))
    return style


@dataclass
class Styles:
    """The styles of a document, resolved along what each is based on."""

    styles: dict[str, Style] = field(default_factory=dict)
    default: str | None = None

    @classmethod
    def of(cls, root: Element | None) -> Styles:
        """The paragraph styles that ``word/styles.xml`` defines."""
        found = cls()
        if root is None:
            return found
        found.styles[""] = style_of(root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr"))
        for element in root.iterfind(f"{W}style[@{W}type='paragraph']"):
            identifier = element.get(f"{W}styleId", "")
            style = style_of(element.find(f"{W}pPr"))
            style.name = value(element.find(f"{W}name")) or identifier
            style.parent = value(element.find(f"{W}basedOn")) or ""
            found.styles[identifier] = style
            if element.get(f"{W}default") in ("1", "true"):
                found.default = identifier
        return found

    def resolve(self, properties: Element | None) -> Style:
        """The properties of a paragraph, its own before those of its style."""
        resolved = style_of(properties)
        identifier = value(properties.find(f"{W}pStyle")) if properties is not None else None
        following = identifier if identifier in self.styles else self.default
        for _ in range(_LONGEST_CHAIN):
            style = self.styles.get(following) if following is not None else None
            if style is None:
                break
            resolved.name = resolved.name or style.name
            for key in ("outline", "before", "after", "contextual", "list_id", "level"):
                if getattr(resolved, key) is None:
                    setattr(resolved, key, getattr(style, key))
            following = style.parent
        return resolved


def kind_of(style: Style) -> BlockKind:
    """What a paragraph is by its style."""
    if _CONTENTS.match(style.name):
        return BlockKind.BOILERPLATE
    if (style.outline is not None and style.outline < _BODY_LEVEL) or _HEADING.match(style.name):
        return BlockKind.HEADING
    if _CAPTION.match(style.name):
        return BlockKind.CAPTION
    return BlockKind.LIST_ITEM if style.list_id not in (None, "0") else BlockKind.PARAGRAPH


def stands_apart(above: Style | None, style: Style) -> bool:
    """Whether the space between two paragraphs parts them; ``above`` is None behind an empty paragraph."""
    if above is None:
        return True
    gaps = [above.after or 0, style.before or 0]
    if above.name == style.name:
        gaps = [0 if above.contextual else gaps[0], 0 if style.contextual else gaps[1]]
    return max(gaps) >= _APART


class Numbering:
    """Counts the items of a document's lists."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[tuple[str, int], int] = {}
        if root is None:
            return
        for abstract in root.iterfind(f"{W}abstractNum"):
            levels = self._levels.setdefault(abstract.get(f"{W}abstractNumId", ""), {})
            for element in abstract.iterfind(f"{W}lvl"):
                levels[number(element.get(f"{W}ilvl")) or 0] = Level(
                    value(element.find(f"{W}numFmt")) or "decimal",
                    value(element.find(f"{W}lvlText")) or "",
                    number(value(element.find(f"{W}start"))) or 1,
                )
        for numbered in root.iterfind(f"{W}num"):
            self._lists[numbered.get(f"{W}numId", "")] = value(numbered.find(f"{W}abstractNumId")) or ""

    def marker(self, style: Style) -> str:
        """The marker of the next item: "- " for a bullet, else what the list counts, with a blank behind it."""
        if style.list_id in (None, "0"):
            return ""
        abstract = self._lists.get(style.list_id or "", "")
        level, levels = style.level or 0, self._levels.get(abstract, {})
        look = levels.get(level, Level("bullet"))
        if look.form in ("bullet", "none"):
            return "- " if look.form == "bullet" else ""
        self._counts[abstract, level] = self._counts.get((abstract, level), look.start - 1) + 1
        for deeper in range(level + 1, _BODY_LEVEL):
            self._counts.pop((abstract, deeper), None)
        text = look.text
        for above in range(level + 1):
            form = levels.get(above, Level()).form
            text = text.replace(f"%{above + 1}", _figure(self._counts.get((abstract, above), 1), form))
        return f"{text.strip()[:40]} " if text.strip() else ""


def _figure(count: int, form: str) -> str:
    """A number as a list shows it."""
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 0 < count < _MOST_NUMERALS:
        numeral = ""
        for size, sign in _NUMERALS:
            numeral += sign * (count // size)
            count %= size
        return numeral.upper() if form == "upperRoman" else numeral
    return str(count)
