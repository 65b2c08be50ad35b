"""OpenDocument texts (ODT, ISO/IEC 26300): read from their XML, tracked changes as accepted, comments left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from extractor.document import BlockKind, Document
from extractor.errors import DamagedDocument, EncryptedDocument
from extractor.readers.archives import Archive
from extractor.readers.composition import Piece, compose, parted_by_lines, rows_of
from extractor.readers.documents import MAX_FILE, check_size, make_document
from extractor.readers.odt_styles import OFFICE, STYLE, TEXT, Style, Styles, kind_of, stands_apart

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_LEFT_OUT = frozenset(
    {
        f"{TEXT}tracked-changes",
        f"{OFFICE}annotation",
        f"{OFFICE}forms",
        f"{TEXT}note-citation",
        f"{TEXT}hidden-text",
        f"{TEXT}sequence-decls",
        f"{TEXT}variable-decls",
        f"{TEXT}user-field-decls",
        f"{TEXT}ruby-text",
        "{http://www.w3.org/2000/svg}title",
        "{http://www.w3.org/2000/svg}desc",
        "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}title",
        "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}desc",
    }
)
_LISTS = (f"{TEXT}list-item", f"{TEXT}list-header")
_INDICES = (f"{TEXT}table-of-content", f"{TEXT}alphabetical-index", f"{TEXT}illustration-index", f"{TEXT}table-index")
_HEADERS = (f"{STYLE}header", f"{STYLE}header-first", f"{STYLE}header-left")
_FOOTERS = (f"{STYLE}footer", f"{STYLE}footer-first", f"{STYLE}footer-left")
_WHITE = re.compile(r"[ \t\r\n]+")
_MOST_BLANKS = 100


class OdtReader:
    """Reads OpenDocument texts: paragraphs, headings, lists, tables, text boxes, notes, headers and footers."""

    suffixes: tuple[str, ...] = (".odt", ".ott")
    media_types: tuple[str, ...] = (
        "application/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.text-template",
    )

    def read(self, data: bytes, uri: str) -> Document:
        """Read a document; raises ``SourceError`` for one that is damaged, encrypted, empty or too large."""
        check_size(data, uri, MAX_FILE)
        archive = Archive(data, uri)
        _refuse_encrypted(archive)
        composition = compose(_OpenDocument(archive).pieces(), uri)
        return make_document(composition.text, data, uri=uri, media_type=self.media_types[0], marks=composition.marks)


def _refuse_encrypted(archive: Archive) -> None:
    manifest = archive.optional_xml("META-INF/manifest.xml")
    if manifest is not None and manifest.find(f".//{_MANIFEST}encryption-data") is not None:
        raise EncryptedDocument("it is encrypted; save it without a password", source=archive.uri)


class _OpenDocument:
    """Walks through an OpenDocument text."""

    def __init__(self, archive: Archive) -> None:
        content = archive.xml("content.xml")
        body = content.find(f"{OFFICE}body/{OFFICE}text")
        if body is None:
            raise DamagedDocument("it is no OpenDocument text: it has no body", source=archive.uri)
        self.body = body
        common = archive.optional_xml("styles.xml")
        self.masters = common.find(f"{OFFICE}master-styles") if common is not None else None
        self.styles = Styles([content, *([common] if common is not None else [])])
        self.spaced = not parted_by_lines(
            [bool("".join(child.itertext()).strip()) for child in self.body.iterfind(f"{TEXT}p")]
        )
        self.above: Style | None = None
        self.notes: list[Element] = []
        self.boxes: list[Element] = []

    def pieces(self) -> Iterator[Piece]:
        """The document from its headers to its footers."""
        yield from self._furniture(_HEADERS)
        yield from self._blocks(self.body)
        for note in self.notes:
            yield from self._blocks(note)
        yield from self._furniture(_FOOTERS)

    def _furniture(self, tags: tuple[str, ...]) -> Iterator[Piece]:
        """Headers or footers, a block each, equal ones once."""
        parts = [part for part in self.masters.iter() if part.tag in tags] if self.masters is not None else []
        texts = ("\n".join(piece.text for piece in self._blocks(part) if piece.text.strip()) for part in parts)
        for text in dict.fromkeys(texts):
            yield Piece(BlockKind.BOILERPLATE, text, joined=True)

    def _blocks(self, parent: Iterable[Element]) -> Iterator[Piece]:
        """The pieces of what holds paragraphs, headings, lists, tables and sections."""
        for element in parent:
            if element.tag in _LEFT_OUT:
                continue
            if element.tag == f"{TEXT}list":
                yield from self._list(element, 0, element.get(f"{TEXT}style-name"))
            elif element.tag in _INDICES:
                for piece in self._blocks(element):
                    piece.kind, piece.marker = BlockKind.BOILERPLATE, ""
                    yield piece
            elif element.tag == f"{TABLE}table":
                yield from rows_of(self._table(element))
                self.above = None
            elif element.tag in (f"{TEXT}p", f"{TEXT}h"):
                yield from self._paragraph(element)
            else:
                yield from self._blocks(element)

    def _paragraph(self, element: Element) -> Iterator[Piece]:
        """A paragraph or heading, then the text boxes that are anchored in it."""
        style = self.styles.resolve(element.get(f"{TEXT}style-name"))
        text = "".join(self._inline(element))
        if text.strip():
            kind = BlockKind.HEADING if element.tag == f"{TEXT}h" else kind_of(style)
            apart = self.above is None or (self.spaced and stands_apart(self.above, style))
            yield Piece(kind, text, apart, joined=kind is BlockKind.HEADING)
            self.above = style
        elif not self.boxes:
            self.above = None
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            yield from self._blocks(box)

    def _list(self, element: Element, level: int, name: str | None) -> Iterator[Piece]:
        """The items of a list; the first paragraph of each gets its marker."""
        count = self.styles.first_number(name, level)
        for item in element:
            if item.tag not in _LISTS:
                continue
            marked = item.tag == _LISTS[0]
            for child in item:
                if child.tag == f"{TEXT}list":
                    yield from self._list(child, level + 1, child.get(f"{TEXT}style-name") or name)
                    continue
                for piece in self._blocks((child,)):
                    if marked and piece.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING):
                        piece.marker = f"{count}. " if count is not None else "- "
                        if piece.kind is BlockKind.PARAGRAPH:
                            piece.kind = BlockKind.LIST_ITEM
                        count = count + 1 if count is not None else None
                        marked = False
                    yield piece

    def _table(self, table: Element) -> list[list[list[Piece]]]:
        rows = (row for row in _table_parts(table, f"{TABLE}table-row"))
        return [[self._cell(cell) for cell in _table_parts(row, f"{TABLE}table-cell")] for row in rows]

    def _cell(self, cell: Element) -> list[Piece]:
        self.above = None
        return list(self._blocks(cell))

    def _inline(self, parent: Element) -> Iterator[str]:
        """The text of a paragraph, white space collapsed as the format has it; notes and text boxes are put by."""
        yield _WHITE.sub(" ", parent.text or "")
        for child in parent:
            if child.tag == f"{TEXT}s":
                blanks = child.get(f"{TEXT}c", "1")
                yield " " * min(int(blanks) if blanks.isdecimal() else 1, _MOST_BLANKS)
            elif child.tag == f"{TEXT}tab":
                yield "\t"
            elif child.tag == f"{TEXT}line-break":
                yield "\n"
            elif child.tag == f"{TEXT}note":
                self.notes.extend(child.iterfind(f"{TEXT}note-body"))
            elif child.tag == f"{_DRAW}text-box":
                self.boxes.append(child)
            elif child.tag not in _LEFT_OUT:
                yield from self._inline(child)
            yield _WHITE.sub(" ", child.tail or "")


def _table_parts(parent: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those in groups and headers, not those of tables within."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag.startswith(TABLE) and child.tag not in (f"{TABLE}table", f"{TABLE}covered-table-cell"):
            yield from _table_parts(child, tag)
