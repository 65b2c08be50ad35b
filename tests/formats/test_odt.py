"""OpenDocument texts of different making yield the record of their text."""

import io
import re
import zipfile
from collections.abc import Callable
from html import escape
from pathlib import Path

import docx
import pytest
from odf import dc, office, style, table, text
from odf.draw import Frame, TextBox
from odf.opendocument import OpenDocumentText

from extractor.errors import DamagedDocument, EncryptedDocument
from extractor.readers import read_bytes, read_file

SAMPLES = (
    "bahnhofskonferenz-erfurt",
    "chorpost-vogelsberg",
    "projekt-telesprechstunde-bayerwald",
    "streuobsttag-herrenberg",
)


def typed(document: OpenDocumentText, pieces: list) -> None:
    """Every line a paragraph, empty ones between them."""
    for number, piece in enumerate(pieces):
        if piece.apart and number:
            document.text.addElement(text.P())
        document.text.addElement(text.P(text=("- " if piece.kind == "list_item" else "") + piece.text))


def structured(document: OpenDocumentText, pieces: list) -> None:
    """Headings, lists, and paragraphs set apart by their style."""
    apart = style.Style(name="Absatz", family="paragraph")
    apart.addElement(style.ParagraphProperties(marginbottom="0.3cm"))
    document.styles.addElement(apart)
    items = None
    for piece in pieces:
        if piece.kind == "list_item":
            if items is None:
                items = text.List()
                document.text.addElement(items)
            item = text.ListItem()
            item.addElement(text.P(text=piece.text))
            items.addElement(item)
            continue
        items = None
        if piece.kind == "heading":
            document.text.addElement(text.H(outlinelevel=2, text=piece.text))
        else:
            document.text.addElement(text.P(stylename=apart, text=piece.text))


def sectioned(document: OpenDocumentText, pieces: list) -> None:
    """Sections in sections; headings only by the names of their styles."""
    for name in ("Heading 1", "Title"):
        document.styles.addElement(style.Style(name=name.replace(" ", "_20_"), displayname=name, family="paragraph"))
    outer = text.Section(name="a")
    inner = text.Section(name="b")
    document.text.addElement(outer)
    outer.addElement(inner)
    for number, piece in enumerate(pieces):
        if piece.kind == "heading":
            inner.addElement(text.P(stylename="Heading_20_1" if number else "Title", text=piece.text))
        else:
            marker = "• " if piece.kind == "list_item" else ""
            inner.addElement(text.P(text=marker + piece.text))
        inner.addElement(text.P())


def spans(document: OpenDocumentText, pieces: list) -> None:
    """Words in spans and links, blanks as elements, bookmarks, soft page breaks, annotations."""
    for piece in pieces:
        if piece.kind == "heading":
            document.text.addElement(text.H(outlinelevel=1, text=piece.text))
            continue
        paragraph = text.P(text="– " if piece.kind == "list_item" else "")
        for number, word in enumerate(piece.text.split(" ")):
            if number:
                paragraph.addElement(text.S(c=1)) if number % 5 == 0 else paragraph.addText(" ")
            if number % 3 == 0:
                paragraph.addElement(text.Span(text=word))
            elif number % 7 == 1:
                paragraph.addElement(text.A(href="http://example.org", text=word))
            else:
                paragraph.addText(word)
                paragraph.addElement(text.SoftPageBreak())
        remark = office.Annotation()
        remark.addElement(dc.Creator(text="A"))
        remark.addElement(text.P(text="Stimmt das? Am 3. März 2031 in Bonn?"))
        paragraph.addElement(remark)
        document.text.addElement(paragraph)
        document.text.addElement(text.P())


def boxed(document: OpenDocumentText, pieces: list) -> None:
    """The title in a text box."""
    frame, box = Frame(width="10cm", height="2cm"), TextBox()
    box.addElement(text.H(outlinelevel=1, text=pieces[0].text))
    frame.addElement(box)
    anchor = text.P()
    anchor.addElement(frame)
    document.text.addElement(anchor)
    structured(document, pieces[1:])


MAKERS = (typed, structured, sectioned, spans, boxed)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_same_record(
    make: Callable, name: str, pieces: Callable, sample: Callable, same_record: Callable, tmp_path: Path
) -> None:
    document = OpenDocumentText()
    make(document, pieces(name))
    document.save(str(tmp_path / "bericht.odt"))
    same_record(sample(name), tmp_path / "bericht.odt")


@pytest.fixture(scope="module")
def converted(pieces: Callable, convert: Callable, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What LibreOffice makes of DOCX, of HTML and of plain text."""
    folder = tmp_path_factory.mktemp("odt")
    sources = []
    for name in SAMPLES:
        word = docx.Document()
        lines = []
        for piece in pieces(name):
            word.add_paragraph(
                piece.text, style={"heading": "Heading 2", "list_item": "List Bullet"}.get(piece.kind, "Normal")
            )
            tag = {"heading": "h2", "list_item": "li"}.get(piece.kind, "p")
            lines.append(f"<{tag}>{escape(piece.text)}</{tag}>")
        word.save(folder / f"{name}-docx.docx")
        (folder / f"{name}-html.html").write_text("<meta charset=utf-8>" + "\n".join(lines), "utf-8")
        sources += [folder / f"{name}-docx.docx", folder / f"{name}-html.html"]
    convert(sources, "odt:writer8", folder)
    return folder


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("origin", ["docx", "html"])
def test_same_record_from_libreoffice(
    origin: str, name: str, converted: Path, sample: Callable, same_record: Callable
) -> None:
    same_record(sample(name), converted / f"{name}-{origin}.odt")


def saved(document: OpenDocumentText) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def repacked(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """An archive with one part changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()) if name == part else content)
    return file.getvalue()


def test_tracked_changes_are_read_as_accepted() -> None:
    document = OpenDocumentText()
    document.text.addElement(text.P(text="Am 3. Mai 2024 wurde in Guben gefeiert."))
    changes = (
        "<text:tracked-changes><text:changed-region text:id='c1'><text:deletion><text:p>Am 4. Mai 2023</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
    )
    data = repacked(
        saved(document),
        "content.xml",
        lambda xml: re.sub(r"(<office:text[^>]*>)", rf"\1{changes}", xml).replace(
            "Am 3.", "<text:change text:change-id='c1'/>Am 3."
        ),
    )
    assert read_bytes(data, uri="a.odt").text == "Am 3. Mai 2024 wurde in Guben gefeiert."


def test_what_stands_where() -> None:
    document = OpenDocumentText()
    master = style.MasterPage(name="Standard", pagelayoutname="a")
    for part, line in ((style.Header(), "Stadt Guben, Amtsblatt"), (style.Footer(), "Seite 1")):
        part.addElement(text.P(text=line))
        master.addElement(part)
    document.masterstyles.addElement(master)
    document.text.addElement(text.H(outlinelevel=1, text="Das Erntefest"))
    grid = table.Table()
    for cells in (("9 Uhr", "Andacht"), ("10 Uhr", "Festzug")):
        row = table.TableRow()
        for cell in cells:
            element = table.TableCell()
            element.addElement(text.P(text=cell))
            row.addElement(element)
        grid.addElement(row)
    document.text.addElement(grid)
    paragraph = text.P(text="Danach wurde gefeiert.")
    note = text.Note(noteclass="footnote")
    note.addElement(text.NoteCitation(text="1"))
    body = text.NoteBody()
    body.addElement(text.P(text="Laut Amtsblatt."))
    note.addElement(body)
    paragraph.addElement(note)
    document.text.addElement(paragraph)
    read = read_bytes(saved(document), uri="a.odt")
    assert [(b.kind.value, read.text[b.start : b.end]) for b in read.blocks] == [
        ("boilerplate", "Stadt Guben, Amtsblatt"),
        ("heading", "Das Erntefest"),
        ("table_row", "9 Uhr | Andacht"),
        ("table_row", "10 Uhr | Festzug"),
        ("paragraph", "Danach wurde gefeiert."),
        ("paragraph", "Laut Amtsblatt."),
        ("boilerplate", "Seite 1"),
    ]
    assert [block.paragraph for block in read.blocks] == [1, 2, 3, 4, 5, 6, 7]


ENCRYPTED = (
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
    "<manifest:encryption-data/></manifest:file-entry>"
)


def test_encrypted_files() -> None:
    document = OpenDocumentText()
    document.text.addElement(text.P(text="Text"))
    data = repacked(
        saved(document),
        "META-INF/manifest.xml",
        lambda xml: xml.replace("</manifest:manifest>", f"{ENCRYPTED}</manifest:manifest>"),
    )
    with pytest.raises(EncryptedDocument):
        read_bytes(data, uri="a.odt")


@pytest.mark.parametrize("xml", ["<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "<a", "<a/>"])
def test_damaged_files(xml: str) -> None:
    document = OpenDocumentText()
    document.text.addElement(text.P(text="Text"))
    with pytest.raises(DamagedDocument):
        read_bytes(repacked(saved(document), "content.xml", lambda _: xml), uri="a.odt")


def test_the_name_does_not_matter(tmp_path: Path) -> None:
    document = OpenDocumentText()
    document.text.addElement(text.P(text="Am 3. Mai 2024 wurde in Guben gefeiert."))
    (tmp_path / "a.docx").write_bytes(saved(document))
    assert read_file(tmp_path / "a.docx").source.media_type == "application/vnd.oasis.opendocument.text"
