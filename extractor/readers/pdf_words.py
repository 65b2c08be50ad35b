"""The words of a PDF's pages with their places, as PDFium finds them.

Coordinates are in points; ``x`` grows to the right and ``y`` downwards along the way in which most
of a page's text runs, so a page set sideways reads like any other.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import byref, c_double
from dataclasses import dataclass
from threading import Lock
from typing import Any

from extractor.errors import DamagedDocument, DocumentTooLarge, EncryptedDocument

MAX_PAGES = 2_000
MAX_PAGE_CHARACTERS = 200_000
"""More than a page can show in readable type."""
_PASSWORD_NEEDED, _SECURITY_UNKNOWN = 4, 5
_HYPHENS = (0x02, 0xAD, 0xFFFE)
_APART, _TOUCHING, _SAME_LINE = 0.3, 0.08, 0.3
"""Space between two letters of different words, and of one word, in sizes of its type."""
_TURN_BACK, _LIGATURE = 0.5, 0.02
_UNREADABLE = 0.3
_TURN = Lock()
"""PDFium may be used by one thread at a time."""


@dataclass(slots=True)
class Word:
    """A word: its left and right edge, its baseline, the size of its type, its letters."""

    left: float
    right: float
    y: float
    height: float
    text: str


@dataclass(slots=True)
class Page:
    """A page: its number, counted from 1, its words in the order of the file, and its width.

    ``readable`` says whether its words are letters at all.
    """

    number: int
    words: list[Word]
    readable: bool
    width: float = 0.0


@dataclass(slots=True)
class _Letter:
    character: str
    x: float
    y: float
    left: float
    right: float
    height: float
    quarter: int


def pages_of(data: bytes, uri: str) -> Iterator[Page]:
    """The pages of a PDF, in order.

    Raises ``EncryptedDocument`` for one that needs a password, ``DamagedDocument`` for one that
    PDFium cannot open and ``DocumentTooLarge`` for more than ``MAX_PAGES``.
    """
    with _TURN, _opened(data, uri) as document:
        if len(document) > MAX_PAGES:
            raise DocumentTooLarge(f"it has more than {MAX_PAGES:,} pages; give each report a file", source=uri)
        for index in range(len(document)):
            yield _page(document, index, uri)


@contextmanager
def _opened(data: bytes, uri: str) -> Iterator[Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (_PASSWORD_NEEDED, _SECURITY_UNKNOWN):
            raise EncryptedDocument("it is encrypted; save it without a password", source=uri) from None
        raise DamagedDocument("it is damaged: PDFium cannot open it; save it anew", source=uri) from None
    try:
        yield document
    finally:
        document.close()


def _page(document: Any, index: int, uri: str) -> Page:
    """A page; one that cannot be loaded has no words."""
    import pypdfium2

    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return Page(index + 1, [], readable=True)
    try:
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        page.close()
        return Page(index + 1, [], readable=True)
    try:
        letters, unmapped = _letters(text, uri)
        width = page.get_width()
    finally:
        text.close()
        page.close()
    shown = sum(not letter.character.isspace() for letter in letters)
    return Page(index + 1, list(_words(_turned(letters))), unmapped <= _UNREADABLE * shown, width)


def _letters(text: Any, uri: str) -> tuple[list[_Letter], int]:
    """The letters of a page, and how many of them have no known meaning."""
    from pypdfium2 import raw

    count = raw.FPDFText_CountChars(text)
    if count > MAX_PAGE_CHARACTERS:
        raise DocumentTooLarge(f"a page has more than {MAX_PAGE_CHARACTERS:,} characters", source=uri)
    box, matrix, x, y = raw.FS_RECTF(), raw.FS_MATRIX(), c_double(), c_double()
    letters: list[_Letter] = []
    unmapped = 0
    for at in range(count):
        code = raw.FPDFText_GetUnicode(text, at)
        if raw.FPDFText_IsGenerated(text, at) == 1:
            if code > 32 and letters:  # what a ligature stands for beside its first letter
                letters[-1].character += chr(code)
            else:
                letters.append(_Letter(" ", 0, 0, 0, 0, 0, 0))
            continue
        unmapped += raw.FPDFText_HasUnicodeMapError(text, at) == 1
        if code in _HYPHENS or raw.FPDFText_IsHyphen(text, at) == 1:
            code = ord("-")
        raw.FPDFText_GetLooseCharBox(text, at, byref(box))
        raw.FPDFText_GetCharOrigin(text, at, byref(x), byref(y))
        quarter = round(raw.FPDFText_GetCharAngle(text, at) / (math.pi / 2)) % 4
        edges = (box.left, box.right) if quarter % 2 == 0 else (box.bottom, box.top)
        raw.FPDFText_GetMatrix(text, at, byref(matrix))
        height = raw.FPDFText_GetFontSize(text, at) * math.hypot(matrix.c, matrix.d)
        character = chr(code) if 31 < code < 0x110000 else " "
        letters.append(_Letter(character, x.value, y.value, min(edges), max(edges), height, quarter))
    return letters, unmapped


def _turned(letters: list[_Letter]) -> list[_Letter]:
    """The letters that run along with most of a page, set upright; watermarks and stamps across are left out."""
    quarters = Counter(letter.quarter for letter in letters if not letter.character.isspace())
    if not quarters:
        return []
    most = quarters.most_common(1)[0][0]
    kept = [letter for letter in letters if letter.quarter == most or letter.height == 0]
    for letter in kept:
        if most in (2, 3):
            letter.left, letter.right = -letter.right, -letter.left
        if most % 2 == 0:
            letter.y = -letter.y if most == 0 else letter.y
        else:
            letter.y = letter.x if most == 1 else -letter.x
    return kept


def _words(letters: list[_Letter]) -> Iterator[Word]:
    """Letters put together to words: they part where there is white space, where the pen jumps, and at gaps."""
    word: Word | None = None
    guessed = False
    for letter in letters:
        if letter.height == 0 and letter.character == " ":
            guessed = True  # PDFium thinks that a blank is missing; where letters nearly touch, none is
            continue
        if word is not None and (letter.character.isspace() or not _continues(word, letter, guessed)):
            yield word
            word = None
        guessed = False
        if letter.character.isspace() or not math.isfinite(letter.left + letter.right + letter.y + letter.height):
            continue
        if word is None:
            word = Word(letter.left, letter.right, letter.y, letter.height, letter.character)
        else:
            word.right = max(word.right, letter.right)
            word.height = max(word.height, letter.height)
            word.text += letter.character
    if word is not None:
        yield word


def _continues(word: Word, letter: _Letter, guessed: bool) -> bool:
    size = max(word.height, letter.height, 1.0)
    near = -_TURN_BACK * size <= letter.left - word.right <= (_TOUCHING if guessed else _APART) * size
    near = near or abs(letter.right - word.right) <= _LIGATURE * size  # its letters share a place
    return near and abs(letter.y - word.y) <= _SAME_LINE * size
