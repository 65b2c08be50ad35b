"""PDF with a text layer: pages in reading order, running heads and page numbers labelled boilerplate."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from extractor.blocks import shapes
from extractor.document import Document, Notice
from extractor.errors import EmptyDocument
from extractor.readers.composition import compose
from extractor.readers.documents import MAX_FILE, check_length, check_size, make_document
from extractor.readers.pdf_lines import Row, baselines, in_reading_order, widen_frames
from extractor.readers.pdf_paragraphs import Typesetter
from extractor.readers.pdf_words import Page, pages_of

_DIGITS = re.compile(r"\d+")
_REACH = 3
_SAME_PLACE = 3.0
"""Points by which the place of a running head may differ from page to page."""
_BARE_NUMBER = re.compile(r"[-–—|/ ]{0,3}(?:\d{1,4}|[ivxl]{1,6})[-–—|/ ]{0,3}(?:(?:von|of|/) ?\d{1,4})?")


class PdfReader:
    """Reads PDFs; see ``docs/formats.md`` for how columns, paragraphs and tables are told."""

    suffixes: tuple[str, ...] = (".pdf",)
    media_types: tuple[str, ...] = ("application/pdf",)

    def read(self, data: bytes, uri: str) -> Document:
        """Read a PDF; raises ``SourceError`` for one that is damaged, encrypted, without text or too large."""
        check_size(data, uri, MAX_FILE)
        pages = list(_within_limits(pages_of(data, uri), uri))
        notices = list(_notices(pages))
        if not any(page.words for page in pages):
            raise EmptyDocument(
                f"none of its {len(pages)} pages has a text layer; run text recognition (OCR) over it first", source=uri
            )
        rows = [baselines(page.words) for page in pages]
        furniture = _furniture(rows)
        bodies = [
            in_reading_order([row for at, row in enumerate(page) if at not in aside], number)
            for number, (page, aside) in enumerate(zip(rows, furniture, strict=True))
        ]
        widen_frames(bodies, [page.width for page in pages])
        setter = Typesetter(bodies)
        for page, all_rows, aside, body in zip(pages, rows, furniture, bodies, strict=True):
            middle = len(all_rows) / 2
            head = [all_rows[at].text for at in sorted(aside) if at < middle]
            foot = [all_rows[at].text for at in sorted(aside) if at >= middle]
            setter.page(page.number, body, head, foot)
        composition = compose(setter.finish(), uri)
        return make_document(
            composition.text,
            data,
            uri=uri,
            media_type=self.media_types[0],
            marks=composition.marks,
            notices=notices,
        )


def _within_limits(pages: Iterator[Page], uri: str) -> Iterator[Page]:
    """The pages, as long as there is not too much text on them."""
    length = 0
    for page in pages:
        length += sum(len(word.text) for word in page.words)
        check_length(length, uri)
        yield page


def _notices(pages: Sequence[Page]) -> Iterator[Notice]:
    """What could not be read: pages without text, and such whose letters have no known meaning."""
    empty = [str(page.number) for page in pages if not page.words]
    if empty:
        yield Notice("page-without-text", f"no text layer on {_listed(empty)} of {len(pages)}; OCR would be needed")
    unreadable = [str(page.number) for page in pages if not page.readable]
    if unreadable:
        yield Notice("unreadable-text", f"the fonts do not say which letters they show on {_listed(unreadable)}")


def _listed(numbers: Sequence[str]) -> str:
    shown = ", ".join(numbers[:20]) + (" and more" if len(numbers) > 20 else "")
    return f"page {shown}" if len(numbers) == 1 else f"pages {shown}"


def _furniture(pages: Sequence[Sequence[Row]]) -> list[set[int]]:
    """The rows of each page that are running heads, feet and page numbers.

    They stand at its top or foot and recur on other pages but for their numbers, or are page numbers.
    The first of several that names a day stays: the day may be the event's.
    """
    edges = [[at for at in range(len(page)) if at < _REACH or at >= len(page) - _REACH] for page in pages]
    keys = [
        {at: _DIGITS.sub("", page[at].text).strip() for at in near} for page, near in zip(pages, edges, strict=True)
    ]
    places: dict[str, list[float]] = {}
    for page, near in zip(pages, keys, strict=True):
        for at, key in near.items():
            places.setdefault(key, []).append(page[at].y)
    for ys in places.values():
        ys.sort()
    seen: set[str] = set()
    found: list[set[int]] = []
    for page, near in zip(pages, keys, strict=True):
        aside = set()
        for at, key in near.items():
            text = page[at].text
            y, ys = page[at].y, places[key]
            same = bisect_right(ys, y + _SAME_PLACE) - bisect_left(ys, y - _SAME_PLACE)
            recurs = same > 1 and 2 * same >= len(pages) and len(text) <= shapes.SHORT and bool(key)
            first = key not in seen
            seen.add(key)
            outermost = at in (0, len(page) - 1)
            if _is_page_number(text, outermost) or (recurs and not (first and shapes.has_day(text))):
                aside.add(at)
        found.append(aside)
    return found


def _is_page_number(text: str, outermost: bool) -> bool:
    if shapes.is_page_number(text) or shapes.is_running_head(text):
        return not shapes.has_day(text)
    return outermost and _BARE_NUMBER.fullmatch(text) is not None
