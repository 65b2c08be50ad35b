"""Damaged files of every format: a document or a clear error, never anything else."""

import io
import random
from collections.abc import Callable
from email.message import EmailMessage

import docx
import pytest
from fpdf import FPDF
from odf import text
from odf.opendocument import OpenDocumentText

from extractor.errors import SourceError
from extractor.readers import read_bytes

LINE = "Am 3. Mai 2024 wurde auf dem Markt in Guben das Erntefest gefeiert, rund 80 Gäste kamen."


def word() -> bytes:
    document, file = docx.Document(), io.BytesIO()
    document.add_heading("Das Erntefest", 1)
    document.add_paragraph(LINE, style="List Number")
    document.save(file)
    return file.getvalue()


def open_document() -> bytes:
    document, file = OpenDocumentText(), io.BytesIO()
    document.text.addElement(text.H(outlinelevel=1, text="Das Erntefest"))
    document.text.addElement(text.P(text=LINE))
    document.save(file)
    return file.getvalue()


def pdf() -> bytes:
    document = FPDF()
    document.set_compression(False)
    document.add_page()
    document.set_font("Helvetica", size=11)
    document.multi_cell(0, 5, LINE * 5)
    return bytes(document.output())


def page() -> bytes:
    lines = f"<p>{LINE}</p><table><tr><td>9 Uhr<td>Andacht</table><dl><dt>Wann<dd>Samstag</dl>"
    return f"<!DOCTYPE html><meta charset=utf-8><title>Fest</title><main><h1>Fest</h1>{lines}</main>".encode()


def mail() -> bytes:
    message = EmailMessage()
    message["From"] = "Otto Ohm <o@example.org>"
    message["Date"] = "Mon, 30 Aug 2021 21:14:00 +0200"
    message["Subject"] = "Das Erntefest in Güben"
    message["Message-ID"] = "<1@example.org>"
    message.set_content(LINE)
    message.add_alternative(page().decode(), subtype="html")
    message.add_attachment(b"x", maintype="image", subtype="png", filename="a.png")
    return message.as_bytes()


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes cut, with bits flipped, a piece missing or a piece repeated."""
    torn, at = bytearray(data), chance.randrange(len(data))
    match chance.randrange(4):
        case 0:
            return bytes(torn[:at])
        case 1:
            for _ in range(chance.choice((1, 10, 100))):
                torn[chance.randrange(len(torn))] ^= 1 << chance.randrange(8)
        case 2:
            del torn[at : at + chance.randrange(1, 300)]
        case _:
            torn[at:at] = torn[max(0, at - 200) : at] * chance.choice((1, 40))
    return bytes(torn)


@pytest.mark.parametrize("make", [word, open_document, pdf, page, mail], ids=lambda make: make.__name__)
def test_damaged_files(make: Callable[[], bytes]) -> None:
    data, read = make(), 0
    chance = random.Random(12)  # noqa: S311 -- the same damage in every run
    for _ in range(120):
        try:
            document = read_bytes(damaged(data, chance), uri="a")
        except SourceError:
            continue
        read += 1
        assert all(document.text[block.start : block.end].strip() for block in document.blocks)
    assert read < 120 or make in (page, mail)
