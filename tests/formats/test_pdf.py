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
from extractor.errors import DamagedDocument, DocumentTooLarge, EmptyDocument, EncryptedDocument
from extractor.readers import read_bytes, read_file

SAMPLES = (
    "bahnhofskonferenz-erfurt",
    "chorpost-vogelsberg",
    "projekt-telesprechstunde-bayerwald",
    "streuobsttag-herrenberg",
)
HEADING = ParagraphStyle("heading", fontName="Helvetica-Bold", fontSize=15, leading=19, spaceBefore=10, spaceAfter=6)
BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=14, spaceAfter=7)


def flowing(pieces: list, body: ParagraphStyle = BODY) -> list:
    """The pieces as flowables of reportlab."""
    return [
        Paragraph(
            ("• " if piece.kind == "list_item" else "") + escape(piece.text),
            HEADING if piece.kind == "heading" else body,
        )
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
    pdf = Numbered(format=(148, 150))
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


def balanced(pieces: list, path: Path) -> None:
    """Two balanced columns, justified and hyphenated, headings within them."""
    try:
        import weasyprint
    except (ImportError, OSError):
        pytest.skip("weasyprint or the library Pango is not installed")
    tags = {"heading": "h2", "list_item": "li"}
    body = "".join(f"<{tags.get(p.kind, 'p')}>{escape(p.text)}</{tags.get(p.kind, 'p')}>" for p in pieces)
    style = "body{font:11pt serif;text-align:justify;hyphens:auto;columns:2}li{list-style:inside}h2{text-align:left}"
    weasyprint.HTML(string=f"<html lang=de><style>{style}</style>{body}").write_pdf(path)


def from_a_browser(pieces: list, path: Path) -> None:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no browser is installed")
    tags = {"heading": "h2", "list_item": "li"}
    body = "".join(f"<{tags.get(p.kind, 'p')}>{escape(p.text)}</{tags.get(p.kind, 'p')}>" for p in pieces)
    style = (
        "<style>li{list-style-type:'– '}body{font:11pt serif;hyphens:auto;text-align:justify;max-width:12cm}</style>"
    )
    source = path.with_suffix(".html")
    source.write_text(f"<!DOCTYPE html><html lang=de><meta charset=utf-8>{style}{body}", "utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={path.parent / 'profile'}"]
    command = [program, *options, f"--print-to-pdf={path}", "--no-pdf-header-footer", source.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=100)


MAKERS = (
    ragged,
    justified,
    indented,
    two_columns,
    line_by_line,
    with_running_heads,
    latin,
    sideways,
    balanced,
    from_a_browser,
)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_same_record(
    make: Callable, name: str, pieces: Callable, sample: Callable, same_record: Callable, tmp_path: Path
) -> None:
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


def test_running_heads_and_page_numbers_are_boilerplate(pieces: Callable, tmp_path: Path) -> None:
    with_running_heads(pieces(SAMPLES[0]), tmp_path / "a.pdf")
    document = read_file(tmp_path / "a.pdf")
    aside = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.BOILERPLATE]
    pages = max(block.page for block in document.blocks)
    assert pages > 1
    assert aside.count("Mitteilungen des Vereins, Heft 12") == pages
    assert f"Seite 1 von {pages}" in aside


def test_evidence_tells_the_page(extractor, pieces: Callable, tmp_path: Path) -> None:
    with_running_heads(pieces(SAMPLES[0]), tmp_path / "a.pdf")
    report = extractor.extract_file(tmp_path / "a.pdf")
    start = next(evidence for evidence in report.main_event.evidence if evidence.field == "when.start")
    assert start.page == 1
    pages = {mention.page for place in report.places for mention in place.mentions}
    assert {1, 2} <= pages <= set(range(1, 10))


def test_broken_words_are_joined_in_the_reading_only(extractor) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    for line in (
        "Am 4. März 2025 fand in Guben die große Fachkon-",
        "ferenz über den Wald statt. Rund 80 Gäste kamen.",
    ):
        pdf.cell(0, 5, line, new_x="LMARGIN", new_y="NEXT")
    document = read_bytes(bytes(pdf.output()), uri="a.pdf")
    assert "Fachkon-\nferenz" in document.text
    assert extractor.extract_document(document).main_event.event_type == "Fachkonferenz"


def test_tables_are_rows_of_cells() -> None:
    file = io.BytesIO()
    cell = ParagraphStyle("c", BODY, spaceAfter=0)
    table = Table(
        [
            [Paragraph(text, cell) for text in row]
            for row in (
                ("9:15", "Einlass", "alle"),
                (
                    "10:00",
                    "Vortrag über Orgeln, die niemand mehr spielt und die doch jemand hören will",
                    "Dr. Theo Hemmersbach",
                ),
                ("11:30", "Gespräch", "Mirjam Latz"),
            )
        ],
        colWidths=[2 * cm, 6 * cm, 5 * cm],
        style=[("VALIGN", (0, 0), (-1, -1), "TOP")],
    )
    SimpleDocTemplate(file, pagesize=A4).build([Paragraph("Programm", HEADING), table])
    document = read_bytes(file.getvalue(), uri="a.pdf")
    rows = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.TABLE_ROW]
    assert rows == [
        "9:15 | Einlass | alle",
        "10:00 | Vortrag über Orgeln, die niemand mehr spielt und die doch jemand hören will | Dr. Theo Hemmersbach",
        "11:30 | Gespräch | Mirjam Latz",
    ]


def blank_pages(count: int) -> pypdf.PdfWriter:
    writer = pypdf.PdfWriter()
    for _ in range(count):
        writer.add_blank_page(595, 842)
    return writer


def written(writer: pypdf.PdfWriter) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def one_page(text: str = "Am 3. Mai 2024 wurde in Guben gefeiert.") -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    pdf.multi_cell(0, 5, text)
    return bytes(pdf.output())


def test_a_page_without_text_gives_a_warning(extractor) -> None:
    writer = blank_pages(1)
    writer.append(io.BytesIO(one_page()))
    report = extractor.extract_document(read_bytes(written(writer), uri="a.pdf"))
    assert report.warnings[0].code == "page-without-text"
    assert "page 1 of 2" in report.warnings[0].message


def test_a_pdf_without_text_is_an_error() -> None:
    with pytest.raises(EmptyDocument, match="OCR"):
        read_bytes(written(blank_pages(3)), uri="a.pdf")


def test_encrypted_files() -> None:
    writer = pypdf.PdfWriter(io.BytesIO(one_page()))
    writer.append(io.BytesIO(one_page()))
    writer.encrypt("geheim", algorithm="RC4-128")
    with pytest.raises(EncryptedDocument):
        read_bytes(written(writer), uri="a.pdf")


def test_a_file_that_only_printing_needs_a_password_for_is_read() -> None:
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(one_page()))
    writer.encrypt("", "geheim", algorithm="RC4-128")
    assert read_bytes(written(writer), uri="a.pdf").text == "Am 3. Mai 2024 wurde in Guben gefeiert."


def test_too_many_pages() -> None:
    with pytest.raises(DocumentTooLarge):
        read_bytes(written(blank_pages(2_001)), uri="a.pdf")


@pytest.mark.parametrize("cut", [20, 400, -300])
def test_torn_files(cut: int) -> None:
    try:
        read_bytes(one_page()[:cut], uri="a.pdf")
    except (DamagedDocument, EmptyDocument):
        return


def test_fonts_that_do_not_say_what_they_show() -> None:
    pdf = one_page().replace(b"/WinAnsiEncoding", b"/Nothing00000000").replace(b"/Helvetica", b"/Unknown00")
    assert read_bytes(pdf, uri="a.pdf").blocks


@pytest.mark.parametrize("name", ["a.txt", "a.docx", "a", "a.html"])
def test_the_name_does_not_matter(name: str) -> None:
    assert read_bytes(one_page(), uri=name).source.media_type == "application/pdf"
