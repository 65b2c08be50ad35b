"""Reading files, bytes and texts into documents."""

import hashlib
import io
import logging
import os
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from extractor.document import BlockKind, Document, Source
from extractor.errors import (
    DamagedDocument,
    DocumentTooLarge,
    EmptyDocument,
    NotText,
    SourceNotFound,
    SourceUnreadable,
    UnsupportedFormat,
)
from extractor.readers import MAX_BYTES, MAX_CHARACTERS, Reader, read_bytes, read_file, read_text
from extractor.readers import registry as module
from extractor.readers.markdown import MarkdownReader
from extractor.readers.plain import PlainReader

TEXT = "# Das *Erntefest*\r\n\r\nAm 3. Mai wurde in Guben gefeiert.\r\n"


class ShoutReader:
    """A reader as another package would offer it."""

    suffixes = (".shout", ".txt")
    media_types = ("text/x-shout",)

    def read(self, data: bytes, uri: str) -> Document:
        return Document(data.decode().upper(), (), Source(uri, "text/x-shout", "0"))


def test_a_file_keeps_its_text(tmp_path: Path) -> None:
    path = tmp_path / "Bericht.md"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    document = read_file(path)
    assert document.text == TEXT
    assert document.source == Source(
        path.as_posix(), "text/markdown", hashlib.sha256(path.read_bytes()).hexdigest(), "Das Erntefest", None
    )
    assert [block.kind for block in document.blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH]


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a", "a.log", "a.xyz", ".hidden"])
def test_text_of_any_name_is_read_as_plain_text(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("Ein Fest.", "utf-8")
    assert read_file(tmp_path / name).source.media_type == "text/plain"


def test_relative_paths_stay_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "unter").mkdir()
    (tmp_path / "unter" / "a.txt").write_text("Ein Fest.", "utf-8")
    assert read_file("unter/a.txt").source.uri == "unter/a.txt"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("Grüße".encode("cp1252"))))
    document = read_file("-")
    assert (document.text, document.source.uri) == ("Grüße", "-")


@pytest.mark.parametrize("name", ["missing.txt", "missing/a.txt", "a.txt/b.txt", "nul\0.txt"])
def test_missing_files(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("Ein Fest.", "utf-8")
    with pytest.raises(SourceNotFound) as caught:
        read_file(f"{tmp_path}/{name}")
    assert name in str(caught.value)


def test_folders_are_no_documents(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable):
        read_file(tmp_path)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads everything")
def test_forbidden_files(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Ein Fest.", "utf-8")
    path.chmod(0)
    with pytest.raises(SourceUnreadable):
        read_file(path)


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t", b"\xef\xbb\xbf", "\u00a0\u2003\u200b\n".encode(), "\ufeff\ufeff".encode()]
)
def test_nothing_but_white_space(data: bytes) -> None:
    with pytest.raises(EmptyDocument):
        read_bytes(data, uri="a.txt")


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"%PDF-1.7 abc", DamagedDocument),
        (b"{\\rtf1 abc}", UnsupportedFormat),
        (b"PK\x03\x04\x00\x00", UnsupportedFormat),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 abc", UnsupportedFormat),
        (b"\x00\x01\x02", NotText),
        (b"a" * (MAX_BYTES + 1), DocumentTooLarge),
        (b"a" * (MAX_CHARACTERS + 1), DocumentTooLarge),
    ],
    ids=["pdf", "rtf", "zip", "ole", "binary", "bytes", "characters"],
)
def test_what_cannot_be_read(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        read_bytes(data, uri="a.txt")
    assert "a.txt: " in str(caught.value)


def test_media_types_choose_the_reader() -> None:
    assert (
        read_bytes(b"Ein Fest.", uri="a", media_type="text/markdown; charset=utf-8").source.media_type
        == "text/markdown"
    )
    with pytest.raises(UnsupportedFormat):
        read_bytes(b"Ein Fest.", uri="a.txt", media_type="image/png")


def test_texts_stay_as_they_are() -> None:
    document = read_text("\ufeffEin Fest.\n")
    assert document.text == "\ufeffEin Fest.\n"
    assert document.source == Source("text:", "text/plain", hashlib.sha256("\ufeffEin Fest.\n".encode()).hexdigest())
    with pytest.raises(NotText):
        read_text("Ein \ud800 Fest")
    with pytest.raises(EmptyDocument):
        read_text(" \n")
    with pytest.raises(DocumentTooLarge):
        read_text("a" * (MAX_CHARACTERS + 1))


def test_front_matter_is_boilerplate() -> None:
    document = read_bytes(b"---\ntitle: Fest\n---\n\n# Guben feiert\n\nEs war sch\xc3\xb6n.\n", uri="a.md")
    assert [block.kind for block in document.blocks] == [BlockKind.BOILERPLATE, BlockKind.HEADING, BlockKind.PARAGRAPH]
    assert document.source.title == "Guben feiert"


def test_built_in_readers_are_readers() -> None:
    assert isinstance(PlainReader(), Reader)
    assert isinstance(MarkdownReader(), Reader)


def offered(monkeypatch: pytest.MonkeyPatch, *values: str) -> module.Registry:
    entries = [EntryPoint(f"reader{number}", value, module.GROUP) for number, value in enumerate(values)]
    monkeypatch.setattr(module, "entry_points", lambda **_: entries)
    module.registry.cache_clear()
    try:
        return module.registry()
    finally:
        module.registry.cache_clear()


def test_other_packages_offer_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = offered(monkeypatch, f"{__name__}:ShoutReader")
    assert registry.knows("a.SHOUT")
    assert registry.reader_for(b"laut", "a.shout").read(b"laut", "a.shout").text == "LAUT"
    assert isinstance(registry.reader_for(b"laut", "a.txt"), PlainReader)


def test_broken_readers_are_left_out(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        registry = offered(monkeypatch, "no.such.module:READER", "builtins:object")
    assert isinstance(registry.reader_for(b"laut", "a.shout"), PlainReader)
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]
