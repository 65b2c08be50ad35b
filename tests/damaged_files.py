"""Files of every format, and what may happen to files."""

import io
import random
import zipfile
import zlib
from email.message import EmailMessage

import docx
from fpdf import FPDF
from odf import text
from odf.opendocument import OpenDocumentText

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


def pdf_bomb() -> bytes:
    """A small PDF whose one page unpacks to 200 MB of letters."""
    line = b"BT /F 10 Tf 50 700 Td (" + b"Das Erntefest " * 70 + b") Tj ET\n"
    packer = zlib.compressobj(9)
    stream = b"".join(packer.compress(line) for _ in range(200_000)) + packer.flush()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(stream) + stream + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def zip_bomb() -> bytes:
    """A Word file whose text unpacks to a thousand times its size."""
    file = io.BytesIO(word())
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 5_000_000)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return bomb.getvalue()
