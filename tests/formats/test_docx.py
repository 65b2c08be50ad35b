"""Word documents of different making yield the record of their text."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as Word
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from extractor.document import BlockKind
from extractor.errors import DamagedDocument, EncryptedDocument, UnsupportedFormat
from extractor.readers import read_bytes, read_file

SAMPLES = (
    "bahnhofskonferenz-erfurt",
    "chorpost-vogelsberg",
    "projekt-telesprechstunde-bayerwald",
    "streuobsttag-herrenberg",
)


def typed(word: Word, pieces: list) -> None:
    """Every line a paragraph, empty ones between them: what a typist does."""
    for number, piece in enumerate(pieces):
        if piece.apart and number:
            word.add_paragraph()
        word.add_paragraph(("- " if piece.kind == "list_item" else "") + piece.text)


def styled(word: Word, pieces: list) -> None:
    """Headings and lists by their styles."""
    styles = {"heading": "Heading 1", "list_item": "List Bullet"}
    for piece in pieces:
        word.add_paragraph(piece.text, style=styles.get(piece.kind))


def german(word: Word, pieces: list) -> None:
    """Styles named as a German Word names them, headings told by their outline level only."""
    style = word.styles.add_style("Zwischentitel", 1)
    style.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="1"/>'))
    for piece in pieces:
        word.add_paragraph(piece.text, style={"heading": "Zwischentitel", "list_item": "List Number"}.get(piece.kind))


def scattered(word: Word, pieces: list) -> None:
    """Every word a run of its own, in links, content controls and smart tags, with spelling marks between."""
    for piece in pieces:
        paragraph = word.add_paragraph(style={"heading": "Heading 2", "list_item": "List Bullet"}.get(piece.kind))
        for number, part in enumerate(re.findall(r"\S+\s*", piece.text)):
            run = paragraph.add_run(part)._element
            paragraph._element.append(OxmlElement("w:proofErr"))
            if number % 3:
                around = OxmlElement(("w:hyperlink", "w:smartTag", "w:ins")[number % 3])
                run.addprevious(around)
                around.append(run)
            elif number % 2:
                control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent/></w:sdt>")
                run.addprevious(control)
                control[1].append(run)


def tracked(word: Word, pieces: list) -> None:
    """Deletions that must not be read, insertions that must, a paragraph mark deleted, a comment."""
    for piece in pieces:
        first, blank, rest = piece.text.partition(" ")
        paragraph = word.add_paragraph(style={"heading": "Heading 1", "list_item": "List Bullet"}.get(piece.kind))
        _change(paragraph, "w:del", "Das fällt am 1. Januar 1999 in Ulm weg. ")
        _change(paragraph, "w:ins", first)
        if piece.kind == "paragraph" and rest:
            paragraph._element.get_or_add_pPr().append(
                parse_xml(f'<w:rPr {nsdecls("w")}><w:del w:id="1" w:author="A"/></w:rPr>')
            )
            paragraph = word.add_paragraph()
        paragraph.add_run(blank + rest)
        _change(paragraph, "w:moveFrom", "Auch das. ")
        if rest:
            word.add_comment(paragraph.runs[-1:], "Stimmt das? Am 3. März 2031 in Bonn?", author="B")


def _change(paragraph: Paragraph, tag: str, text: str) -> None:
    change = OxmlElement(tag)
    change.set(qn("w:id"), "7")
    change.set(qn("w:author"), "A")
    run = parse_xml(f"<w:r {nsdecls('w')}/>")
    part = OxmlElement("w:delText" if tag == "w:del" else "w:t")
    part.text = text
    part.set(qn("xml:space"), "preserve")
    run.append(part)
    change.append(run)
    paragraph._element.append(change)


def framed(word: Word, pieces: list) -> None:
    """The first line in a text box, given twice for old and new programs."""
    first, *others = pieces
    line = f"<w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr><w:r><w:t>{first.text}</w:t></w:r></w:p>"
    box = f"<w:txbxContent>{line}</w:txbxContent>"
    word.add_paragraph()._element.append(
        parse_xml(
            f"<w:r {nsdecls('w')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
            f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    styled(word, others)


def broken_lines(word: Word, pieces: list) -> None:
    """What stands on adjacent lines is one paragraph with line breaks."""
    paragraph = None
    for piece in pieces:
        if paragraph is None or piece.apart or piece.kind in ("heading", "list_item"):
            style = {"heading": "Heading 1", "list_item": "List Bullet"}.get(piece.kind)
            paragraph = word.add_paragraph(piece.text, style=style)
            paragraph = None if style else paragraph
        else:
            paragraph.add_run().add_break()
            paragraph.add_run(piece.text)


MAKERS = (typed, styled, german, scattered, tracked, framed, broken_lines)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_same_record(
    make: Callable, name: str, pieces: Callable, sample: Callable, same_record: Callable, tmp_path: Path
) -> None:
    word = docx.Document()
    make(word, pieces(name))
    word.save(tmp_path / "bericht.docx")
    same_record(sample(name), tmp_path / "bericht.docx")


@pytest.fixture(scope="module")
def converted(pieces: Callable, convert: Callable, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docx")
    for name in SAMPLES:
        word = docx.Document()
        styled(word, pieces(name))
        word.save(folder / f"{name}.docx")
    sources = [folder / f"{name}.docx" for name in SAMPLES]
    (folder / "odt").mkdir()
    convert(sources, "odt", folder / "odt")
    convert([folder / "odt" / f"{name}.odt" for name in SAMPLES], "docx", folder)
    return folder


@pytest.mark.parametrize("name", SAMPLES)
def test_same_record_from_libreoffice(name: str, converted: Path, sample: Callable, same_record: Callable) -> None:
    same_record(sample(name), converted / f"{name}.docx")


def test_a_table_is_rows_of_cells(pieces: Callable, sample: Callable, same_record: Callable, tmp_path: Path) -> None:
    word = docx.Document()
    table = None
    for piece in pieces("programm-orgeltag-pirmasens"):
        if piece.kind == "table_row":
            cells = piece.text.split(" | ")
            table = table or word.add_table(0, 3)
            for cell, text in zip(table.add_row().cells, cells, strict=False):
                cell.text = text
        else:
            word.add_paragraph(piece.text, style={"heading": "Heading 1", "list_item": "List Bullet"}.get(piece.kind))
    word.save(tmp_path / "programm.docx")
    document = read_file(tmp_path / "programm.docx")
    rows = [block for block in document.blocks if block.kind is BlockKind.TABLE_ROW]
    assert document.text[rows[2].start : rows[2].end] == "10:00 | Begrüßung | Dekanin Annelie Kuntz"
    same_record(sample("programm-orgeltag-pirmasens"), tmp_path / "programm.docx")


def saved(word: Word) -> bytes:
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def test_what_stands_where() -> None:
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "Stadt Guben, Amtsblatt"
    word.sections[0].footer.paragraphs[0].text = "Seite 1"
    word.add_heading("Das Erntefest", 1)
    word.add_paragraph("Am 3. Mai 2024 wurde in Guben gefeiert.")
    word.add_paragraph("Kuchen", style="List Number")
    word.add_paragraph("Bier", style="List Number")
    word.add_paragraph("Der Festzug", style="Caption")
    hidden = word.add_paragraph("Sichtbar").add_run(" unsichtbar")
    hidden.font.hidden = True
    document = read_bytes(saved(word), uri="fest.docx")
    assert [(b.kind.value, document.text[b.start : b.end], b.paragraph) for b in document.blocks] == [
        ("boilerplate", "Stadt Guben, Amtsblatt", 1),
        ("heading", "Das Erntefest", 2),
        ("paragraph", "Am 3. Mai 2024 wurde in Guben gefeiert.", 3),
        ("list_item", "Kuchen", 4),
        ("list_item", "Bier", 5),
        ("caption", "Der Festzug", 6),
        ("paragraph", "Sichtbar", 7),
        ("boilerplate", "Seite 1", 8),
    ]
    assert "1. Kuchen\n2. Bier" in document.text
    assert document.source.title == "Das Erntefest"


def repacked(data: bytes, change: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive with parts replaced or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", compression) as new:
        for name in old.namelist():
            new.writestr(name, change.get(name, old.read(name)))
        for name in change.keys() - set(old.namelist()):
            new.writestr(name, change[name])
    return file.getvalue()


W = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"


def test_footnotes_stand_behind_the_text() -> None:
    word = docx.Document()
    word.add_paragraph("Am 3. Mai 2024 wurde in Guben gefeiert.")
    part = "word/document.xml"
    data = saved(word)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = archive.read(part).replace(b"</w:r></w:p>", b"<w:footnoteReference w:id='2'/></w:r></w:p>", 1)
        relations = archive.read("word/_rels/document.xml.rels").replace(
            b"</Relationships>",
            b"<Relationship Id='n' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes'"
            b" Target='footnotes.xml'/></Relationships>",
        )
    note = "<w:footnote w:id='2'><w:p><w:r><w:t>Laut Amtsblatt.</w:t></w:r></w:p></w:footnote>"
    notes = f"<w:footnotes {W}>{note}</w:footnotes>"
    change = {part: body, "word/_rels/document.xml.rels": relations, "word/footnotes.xml": notes.encode()}
    assert read_bytes(repacked(data, change), uri="a.docx").text.endswith("gefeiert.\n\nLaut Amtsblatt.")


ENTITIES = b"<!DOCTYPE b [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"word/document.xml": ENTITIES + b"]><b>&j;</b>"}, DamagedDocument),
        ({"word/document.xml": b"<!DOCTYPE b SYSTEM 'file:///etc/passwd'><b/>"}, DamagedDocument),
        ({"word/document.xml": b"<w:document"}, DamagedDocument),
        ({"word/document.xml": b"<a>" * 100_000 + b"</a>" * 100_000}, DamagedDocument),
        ({"word/document.xml": b" " * 60_000_000}, DamagedDocument),
        ({"[Content_Types].xml": b"<Types/>"}, DamagedDocument),
        ({f"word/{n}.xml": b"" for n in range(10_001)}, DamagedDocument),
    ],
    ids=["entities", "external", "torn", "deep", "bomb", "no-main-part", "many-parts"],
)
def test_hostile_parts(change: dict[str, bytes], error: type[Exception]) -> None:
    word = docx.Document()
    word.add_paragraph("Text")
    with pytest.raises(error):
        read_bytes(repacked(saved(word), change), uri="a.docx")


def test_nesting_of_paragraphs_is_bounded() -> None:
    deep = "<w:sdt><w:sdtContent>" * 5_000 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 5_000
    word = docx.Document()
    data = repacked(
        saved(word), {"word/document.xml": f"<w:document {W}><w:body>{deep}</w:body></w:document>".encode()}
    )
    with pytest.raises(DamagedDocument):
        read_bytes(data, uri="a.docx")


@pytest.mark.parametrize("cut", [100, 5_000, -200])
def test_torn_files(cut: int) -> None:
    word = docx.Document()
    word.add_paragraph("Text")
    with pytest.raises((DamagedDocument, UnsupportedFormat)):
        read_bytes(saved(word)[:cut], uri="a.docx")


def test_encrypted_files() -> None:
    package = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    with pytest.raises(EncryptedDocument):
        read_bytes(package, uri="a.docx")


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a", "a.html"])
def test_the_name_does_not_matter(name: str) -> None:
    word = docx.Document()
    word.add_paragraph("Am 3. Mai 2024 wurde in Guben gefeiert.")
    assert read_bytes(saved(word), uri=name).text == "Am 3. Mai 2024 wurde in Guben gefeiert."
