"""PDFs of different making yield the record of their text."""

import io
import shutil
import subprocess
from collections.abc import Callable
from html import escape
from pathlib import Path

import docx
import pypdf
import pytest
from fpdf import FPDF
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    FrameBreak,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Table,
)

from extractor.document import BlockKind
from extractor.errors import DamagedDocument, EmptyDocument, EncryptedDocument
from extractor.readers import read_bytes, read_file

SAMPLES = ("bahnhofskonferenz-erfurt", "streuobsttag-herrenberg", "projekt-telesprechstunde-bayerwald")
HEADING = ParagraphStyle("heading", fontName="Helvetica-Bold", fontSize=15, leading=19, spaceBefore=10, spaceAfter=6)
BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=14, spaceAfter=7)


def flowing(pieces: list, body: ParagraphStyle = BODY) -> list:
    """The pieces as flowables of reportlab."""
    return [
        Paragraph(("• " if piece.kind == "list_item" else "") + escape(piece.text), HEADING if piece.kind == "heading" else body)
        for piece in pieces
    ]


def ragged(pieces: list, path: Path) -> None:
    SimpleDocTemplate(str(path), pagesize=A4).build(flowing(pieces))


def justified(pieces: list, path: Path) -> None:
    """Justified and hyphenated lines, small margins."""
    body = ParagraphStyle("b", BODY, alignment=4, hyphenationLang="de_DE", embeddedHyphenation=1, uriWasteReduce=0.3)
    SimpleDocTemplate(str(path), pagesize=A4, leftMargin=4 * cm, rightMargin=4 * cm).build(flowing(pieces, body))


def indented(pieces: list, path: Path) -> None:
    """No space between paragraphs, their first lines indented, as books are set."""
    body = ParagraphStyle("b", BODY, alignment=4, firstLineIndent=16, spaceAfter=0)
    SimpleDocTemplate(str(path), pagesize=A4).build(flowing(pieces, body))


def two_columns(pieces: list, path: Path) -> None:
    """A title across the page, the text in two columns of half a page, the last one alone."""
    narrow = ParagraphStyle("n", BODY, fontSize=9.5, leading=12, alignment=4)
    frames = [
        Frame(2 * cm, 24.5 * cm, 17 * cm, 1.6 * cm, id="title"),
        Frame(2 * cm, 15 * cm, 8.1 * cm, 9 * cm, id="left"),
        Frame(10.9 * cm, 15 * cm, 8.1 * cm, 9 * cm, id="right"),
    ]
    template = BaseDocTemplate(str(path), pagesize=A4)
    template.addPageTemplates([PageTemplate(frames=frames)])
    story = flowing(pieces, narrow)
    template.build([story[0], FrameBreak(), *story[1:]])


def line_by_line(pieces: list, path: Path) -> None:
    """Each line set by itself, the pages' feet first, words of a line in any order."""
    canvas = Canvas(str(path), pagesize=A4)
    y, page = 27.0 * cm, 1
    for number, piece in enumerate(pieces):
        font, size = ("Helvetica-Bold", 14) if piece.kind == "heading" else ("Helvetica", 10.5)
        words, lines = piece.text.split(), [""]
        if piece.kind == "list_item":
            words.insert(0, "–")
        for word in words:
            if canvas.stringWidth(f"{lines[-1]} {word}", font, size) > 16 * cm:
                lines.append(word)
            else:
                lines[-1] = f"{lines[-1]} {word}".strip()
        y -= 0.35 * cm if piece.apart and number else 0
        for line in lines:
            if y < 3 * cm:
                canvas.showPage()
                y, page = 27.0 * cm, page + 1
            canvas.setFont(font, size)
            left, placed = 2.5 * cm, []
            for word in line.split():
                placed.append((left, word))
                left += canvas.stringWidth(f"{word} ", font, size)
            for x, word in reversed(placed):
                canvas.drawString(x, y, word)
            y -= size * 1.25
    canvas.showPage()
    canvas.save()


class Numbered(FPDF):
    """With a running head and page numbers."""

    def header(self) -> None:
        self.set_font("Helvetica", size=8)
        self.cell(0, 8, "Mitteilungen des Vereins, Heft 12", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("Helvetica", size=8)
        self.cell(0, 8, f"Seite {self.page_no()} von {{nb}}", align="C")


def with_running_heads(pieces: list, path: Path) -> None:
    pdf = Numbered(format=(148, 210))
    pdf.set_auto_page_break(auto=True, margin=20)
    pdf.add_page()
    _write(pdf, pieces)
    pdf.output(str(path))


def latin(pieces: list, path: Path) -> None:
    pdf = FPDF()
    pdf.add_page()
    _write(pdf, pieces)
    pdf.output(str(path))


def _write(pdf: FPDF, pieces: list) -> None:
    pdf.core_fonts_encoding = "cp1252"
    for piece in pieces:
        pdf.set_font("Times", size=16 if piece.kind == "heading" else 11)
        text = ("- " if piece.kind == "list_item" else "") + piece.text
        pdf.multi_cell(0, 8 if piece.kind == "heading" else 5, text, align="L", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(3)


def sideways(pieces: list, path: Path) -> None:
    """Pages turned by a quarter, text upright on the screen, put together by pypdf."""
    ragged(pieces, path)
    writer = pypdf.PdfWriter()
    for page in pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages:
        writer.add_page(page).rotate(90)
    writer.write(path)


def from_a_browser(pieces: list, path: Path) -> None:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no browser is installed")
    tags = {"heading": "h2", "list_item": "li"}
    body = "".join(f"<{tags.get(p.kind, 'p')}>{escape(p.text)}</{tags.get(p.kind, 'p')}>" for p in pieces)
    style = "<style>li{list-style-type:'– '}body{font:11pt serif;hyphens:auto;text-align:justify;max-width:12cm}</style>"
    source = path.with_suffix(".html")
    source.write_text(f"<!DOCTYPE html><html lang=de><meta charset=utf-8>{style}{body}", "utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={path.parent / 'profile'}"]
    command = [program, *options, f"--print-to-pdf={path}", "--no-pdf-header-footer", source.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=100)


MAKERS = (ragged, justified, indented, two_columns, line_by_line, with_running_heads, latin, sideways, from_a_browser)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_same_record(make: Callable, name: str, pieces: Callable, sample: Callable, same_record: Callable, tmp_path: Path) -> None:
    make(pieces(name), tmp_path / "bericht.pdf")
    same_record(sample(name), tmp_path / "bericht.pdf")


@pytest.fixture(scope="module")
def printed(pieces: Callable, convert: Callable, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pdf")
    for name in SAMPLES:
        word = docx.Document()
        for piece in pieces(name):
            word.add_paragraph(piece.text, style={"heading": "Heading 1", "list_item": "List Bullet"}.get(piece.kind))
        word.save(folder / f"{name}.docx")
    convert([folder / f"{name}.docx" for name in SAMPLES], "pdf", folder)
    return folder


@pytest.mark.parametrize("name", SAMPLES)
def test_same_record_from_libreoffice(name: str, printed: Path, sample: Callable, same_record: Callable) -> None:
    same_record(sample(name), printed / f"{name}.pdf")
