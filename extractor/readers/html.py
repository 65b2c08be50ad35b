"""Web pages: the main content, found by trafilatura, with what it drops: title, date line, tables, event data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from extractor.document import BlockKind, Document
from extractor.errors import DamagedDocument, EmptyDocument, UnknownEncoding
from extractor.extras import require
from extractor.readers.composition import Piece, compose
from extractor.readers.documents import check_size, make_document
from extractor.readers.encoding import decode, decode_as
from extractor.readers.html_blocks import Found, Page
from extractor.readers.html_metadata import event_lines, metadata_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE
)
_DECLARATION_REACH = 4096
_WORDS = re.compile(r"\w+")
_MOST_BROKEN = 0.001
_SHINGLE = 4
_SAME = 0.7
_LINKED = 0.5
_FEWEST_TITLE_WORDS = 2
_OPENING = 3
_MOST_ELEMENTS, _MOST_SIFTED = 200_000, 30_000
"""Elements of a page that are read, and of one whose main content is looked for, about two seconds."""


class HtmlReader:
    """Reads web pages: the main content and what belongs to it; see ``docs/formats.md``."""

    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")
    media_types: tuple[str, ...] = ("text/html", "application/xhtml+xml")

    def read(self, data: bytes, uri: str) -> Document:
        """Read a page; raises ``SourceError`` for one without text or too large, or without the extra ``html``."""
        check_size(data, uri)
        text = decode_page(data, uri)
        root = parse_page(text, uri)
        metadata = metadata_of(root)
        sifted = sum(1 for _ in root.iter()) <= _MOST_SIFTED
        founds = _main(Page().read(root), _extracted(text) if sifted else "", metadata.titles)
        pieces = [found.piece for found in founds]
        if metadata.title and not _is_titled(pieces, metadata.title):
            pieces.insert(0, Piece(BlockKind.HEADING, metadata.title, joined=True))
        shown = "\n".join(piece.text for piece in pieces)
        pieces += [Piece(BlockKind.PARAGRAPH, line) for line in event_lines(metadata.events, shown)]
        composition = compose(pieces, uri)
        heading = next((piece.text for piece in pieces if piece.kind is BlockKind.HEADING), None)
        return make_document(
            composition.text,
            data,
            uri=uri,
            media_type=self.media_types[0],
            title=heading or metadata.title,
            published=metadata.published,
            marks=composition.marks,
        )


def decode_page(data: bytes, uri: str) -> str:
    """The text of a page: UTF-8 if it can be, else the encoding that it declares, else as plain text is decoded.

    Pages are put together from many sources: a few bytes that are not UTF-8 do not make one unreadable.
    """
    declared = _DECLARED.search(data[:_DECLARATION_REACH])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        for charset in ("utf-8", declared[1].decode("ascii")):
            text = decode_as(data, charset)
            if text is not None:
                return text.replace("\0", "")
    try:
        return decode(data, uri)
    except UnknownEncoding:
        text = data.decode("utf-8", "replace")
        if text.count("\ufffd") > _MOST_BROKEN * len(text):
            raise
        return text


def parse_page(text: str, uri: str) -> HtmlElement:
    """The tree of a page; nothing that it refers to is fetched.

    Raises ``EmptyDocument`` for one without elements, ``DamagedDocument`` for one that has too many, and
    ``MissingExtra`` where lxml or trafilatura is not installed.
    """
    require("trafilatura", extra="html")
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise EmptyDocument("there is nothing in it but markup", source=uri) from None
    if sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
        raise DamagedDocument(f"it has more than {_MOST_ELEMENTS:,} elements; give each report a page", source=uri)
    return root


def _extracted(text: str) -> str:
    """The main content of a page as trafilatura sees it; empty where it sees none."""
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        content = trafilatura.extract(text, include_comments=False, include_tables=True, with_metadata=False)
    except Exception:  # what a hostile page does to it costs the choice of blocks, not the page
        return ""
    return content or ""


def _main(founds: Sequence[Found], extracted: str, titles: Sequence[str]) -> list[Found]:
    """The pieces of the main content: those extracted, what lies between them, and what lies right beside them.

    What the page marks as furniture is no part of it; a piece not extracted that mostly consists of
    links is labelled boilerplate.
    """
    content = _Content(extracted)
    free = [found for found in founds if not found.furniture]
    anchored = {at for at, found in enumerate(free) if content.has(found.piece.text)}
    title = _title_at(founds, titles)
    kept = _around(free, anchored, title) if anchored else free
    if title is not None and title not in kept:
        kept.insert(0, title)
    return kept


def _around(free: Sequence[Found], anchored: set[int], title: Found | None) -> list[Found]:
    """What lies between the first and the last of the anchored pieces, the title included, and beside them."""
    ends = sorted(anchored | {at for at, found in enumerate(free) if found is title})
    parents = {free[at].element.getparent() for at in anchored} | {free[at].element for at in anchored}
    kept = []
    for at, found in enumerate(free):
        if ends[0] <= at <= ends[-1] or found.dated or _is_beside(found, parents):
            kept.append(found)
        if at not in anchored and found.linked > _LINKED and found.piece.kind is not BlockKind.HEADING:
            found.piece.kind = BlockKind.BOILERPLATE
    return kept


def _is_beside(found: Found, parents: set[HtmlElement | None]) -> bool:
    """Whether a piece stands in an element that also holds anchored ones; a caption does if its figure does."""
    parent = found.element.getparent()
    if found.piece.kind is BlockKind.CAPTION and parent is not None and parent.getparent() in parents:
        return True
    return parent in parents or found.element in parents


def _title_at(founds: Iterable[Found], titles: Sequence[str]) -> Found | None:
    """The heading that the page itself gives as its title."""
    wanted = [_WORDS.findall(title.lower()) for title in titles]
    for found in founds:
        if found.piece.kind is BlockKind.HEADING:
            words = _WORDS.findall(found.piece.text.lower())
            if len(words) >= _FEWEST_TITLE_WORDS and any(title[: len(words)] == words for title in wanted):
                return found
    return None


def _is_titled(pieces: Sequence[Piece], title: str) -> bool:
    """Whether a text has a heading of its own, or opens with its title."""
    if any(piece.kind is BlockKind.HEADING for piece in pieces):
        return True
    opening = " ".join(word for piece in pieces[:_OPENING] for word in _WORDS.findall(piece.text.lower()))
    return " ".join(_WORDS.findall(title.lower())[:_SHINGLE]) in opening


class _Content:
    """The extracted text, to compare blocks with: its lines, and runs of four words."""

    def __init__(self, text: str) -> None:
        lines = [_WORDS.findall(line.lower()) for line in text.splitlines()]
        self.lines = {tuple(line) for line in lines}
        words = [word for line in lines for word in line]
        self.shingles = {tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}

    def has(self, text: str) -> bool:
        """Whether a block is part of the extracted text."""
        words = _WORDS.findall(text.lower())
        if len(words) < _SHINGLE:
            return bool(words) and tuple(words) in self.lines
        runs = [tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)]
        return sum(run in self.shingles for run in runs) >= _SAME * len(runs)
