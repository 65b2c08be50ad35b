"""Word documents (DOCX, ECMA-376): read from their XML, tracked changes as accepted, comments left out."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extractor.document import BlockKind, Document
from extractor.errors import DamagedDocument
from extractor.readers.archives import Archive
from extractor.readers.composition import Piece, compose, parted_by_lines, rows_of
from extractor.readers.documents import MAX_FILE, check_size, make_document
from extractor.readers.docx_styles import Numbering, Style, Styles, W, kind_of, stands_apart, switched_on

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MAIN_PARTS = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.document.macroenabled.main+xml",
)
_DELETED = frozenset({f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}pPr", f"{W}rt", f"{_ALTERNATIVES}Fallback"})
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "\xad",
}
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}


class DocxReader:
    """Reads Word documents: paragraphs, headings, lists, tables, text boxes, notes, headers and footers."""

    suffixes: tuple[str, ...] = (".docx", ".docm", ".dotx")
    media_types: tuple[str, ...] = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",)

    def read(self, data: bytes, uri: str) -> Document:
        """Read a document; raises ``SourceError`` for one that is damaged, encrypted, empty or too large."""
        check_size(data, uri, MAX_FILE)
        archive = Archive(data, uri)
        composition = compose(_Word(archive).pieces(), uri)
        return make_document(composition.text, data, uri=uri, media_type=self.media_types[0], marks=composition.marks)


class _Word:
    """Walks through a Word document."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        main = _main_part(archive)
        relations = _relations(archive, main)
        body = archive.xml(main).find(f"{W}body")
        if body is None:
            raise DamagedDocument("it is no Word document: it has no body", source=archive.uri)
        self.body = body
        self.styles = Styles.of(self._part(relations, "/styles"))
        self.numbering = Numbering(self._part(relations, "/numbering"))
        self.notes = {
            form: {note.get(f"{W}id", ""): note for note in self._notes_part(relations, form)}
            for form in ("footnote", "endnote")
        }
        self.headers = self._parts(relations, "/header")
        self.footers = self._parts(relations, "/footer")
        self.spaced = not parted_by_lines([any(True for _ in child.iter(f"{W}t")) for child in body.iterfind(f"{W}p")])
        self.above: Style | None = None
        self.referred: list[tuple[str, str]] = []
        self.boxes: list[Element] = []

    def _parts(self, relations: list[tuple[str, str]], form: str) -> list[Element]:
        return [
            self.archive.xml(name) for kind, name in relations if kind.endswith(form) and name in self.archive.names
        ]

    def _part(self, relations: list[tuple[str, str]], form: str) -> Element | None:
        return next(iter(self._parts(relations, form)), None)

    def _notes_part(self, relations: list[tuple[str, str]], form: str) -> Sequence[Element]:
        root = self._part(relations, f"/{form}s")
        return list(root) if root is not None else ()

    def pieces(self) -> Iterator[Piece]:
        """The document from its headers to its footers."""
        yield from self._furniture(self.headers)
        yield from self._blocks(self.body)
        for form, identifier in self.referred:
            yield from self._note(form, identifier)
        yield from self._furniture(self.footers)

    def _furniture(self, parts: list[Element]) -> Iterator[Piece]:
        """Headers or footers, a block each, equal ones once."""
        texts = ("\n".join(piece.text for piece in self._blocks(part) if piece.text.strip()) for part in parts)
        for text in dict.fromkeys(texts):
            yield Piece(BlockKind.BOILERPLATE, text, joined=True)

    def _note(self, form: str, identifier: str) -> Iterator[Piece]:
        note = self.notes[form].get(identifier)
        if note is not None:
            yield from self._blocks(note)

    def _blocks(self, parent: Element) -> Iterator[Piece]:
        """The pieces of what holds paragraphs and tables."""
        carried = ""
        for element in _block_elements(parent):
            if element.tag == f"{W}tbl":
                yield from rows_of(self._table(element))
                self.above = None
                continue
            properties = element.find(f"{W}pPr")
            text = carried + "".join(self._inline(element))
            if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
                carried = text
                continue
            carried = ""
            yield from self._paragraph(properties, text)
        if carried:
            yield Piece(BlockKind.PARAGRAPH, carried)

    def _paragraph(self, properties: Element | None, text: str) -> Iterator[Piece]:
        """A paragraph, then the text boxes that are anchored in it."""
        style = self.styles.resolve(properties)
        if text.strip():
            kind, marker = kind_of(style), self.numbering.marker(style)
            apart = self.above is None or (self.spaced and stands_apart(self.above, style))
            yield Piece(kind, text, apart, marker, kind is BlockKind.HEADING)
            self.above = style
        elif not self.boxes:
            self.above = None
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            yield from self._blocks(box)

    def _table(self, table: Element) -> list[list[list[Piece]]]:
        rows = []
        for row in _within(table, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            if properties is None or properties.find(f"{W}del") is None:
                rows.append([self._cell(cell) for cell in _within(row, f"{W}tc")])
        return rows

    def _cell(self, cell: Element) -> list[Piece]:
        self.above = None
        return list(self._blocks(cell))

    def _inline(self, parent: Element) -> Iterator[str]:
        """The text of runs, deletions and hidden text left out; notes and text boxes are put by."""
        for child in parent:
            if child.tag == f"{W}t":
                yield child.text or ""
            elif child.tag in _CHARACTERS:
                yield _CHARACTERS[child.tag]
            elif child.tag == f"{W}br":
                yield "\n"
            elif child.tag in _NOTES:
                self.referred.append((_NOTES[child.tag], child.get(f"{W}id", "")))
            elif child.tag == f"{W}txbxContent":
                self.boxes.append(child)
            elif child.tag == f"{W}r" and switched_on(child.find(f"{W}rPr/{W}vanish")):
                continue
            elif child.tag not in _DELETED:
                yield from self._inline(child)


def _block_elements(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables in an element, also those that content controls and tracked changes enclose."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag not in _DELETED:
            yield from _block_elements(child)


def _within(parent: Element, tag: str) -> Iterator[Element]:
    """The elements of a kind in an element, those within them not looked at."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in _DELETED:
            yield from _within(child, tag)


def _main_part(archive: Archive) -> str:
    """The name of the part that holds the text."""
    types = archive.xml("[Content_Types].xml")
    for override in types.iterfind(f"{_CONTENT_TYPES}Override"):
        if override.get("ContentType", "").lower() in MAIN_PARTS:
            return override.get("PartName", "").lstrip("/")
    raise DamagedDocument("it is no Word document: it has no main part", source=archive.uri)


def _relations(archive: Archive, main: str) -> list[tuple[str, str]]:
    """Type and part name of what the main part refers to within the archive, in the order of its names."""
    folder, name = posixpath.split(main)
    root = archive.optional_xml(f"{folder}/_rels/{name}.rels".lstrip("/"))
    found = []
    for relation in root.iterfind(f"{_RELATIONS}Relationship") if root is not None else ():
        if relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
            found.append((relation.get("Type", ""), target))
    return sorted(found, key=lambda relation: relation[1])
