"""Which format bytes are in, told by themselves; the name of a file decides only what they leave open."""

from __future__ import annotations

import codecs
import io
import re
from zipfile import BadZipFile, ZipFile

from extractor.errors import EncryptedDocument, UnsupportedFormat

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
HTML = "text/html"
MAIL = "message/rfc822"

BINARY = frozenset({PDF, DOCX, ODT})
"""Formats that are always recognised: bytes not recognised as one of them are none."""

ARCHIVE = b"PK\x03\x04"
"""What ZIP archives begin with, office documents among them."""

_HEAD = 2048
_PDF_REACH = 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = (
    (b"{\\rtf", "rich text (RTF)"),
    (_OLE, "an old office document (OLE)"),
)
_HTML = re.compile(
    r"\ufeff?(?:\s|<\?xml[^>]{0,200}>|<!--.{0,1500}?-->)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]?[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*(?:\r?\n|\Z)")
_SENDER_FIELDS = frozenset({"from", "sender", "return-path", "received", "delivered-to"})
_MAIL_FIELDS = frozenset({"message-id", "mime-version", "received", "return-path", "x-mailer", "dkim-signature"})
_MBOX = re.compile(r"From \S+ .*\r?\n")
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF8, "utf-8"))


def media_type_of(data: bytes, uri: str) -> str | None:
    """The media type of a document that shows what it is; None for text, and for what is not recognised.

    Raises ``EncryptedDocument`` and ``UnsupportedFormat`` for formats that are recognised and not read.
    """
    if b"%PDF-" in data[:_PDF_REACH]:
        return PDF
    if data.startswith(ARCHIVE):
        return _of_archive(data, uri)
    for signature, name in _FOREIGN:
        if data.startswith(signature):
            if signature == _OLE and _ENCRYPTED_PACKAGE in data:
                raise EncryptedDocument("it is encrypted; save it without a password", source=uri)
            raise UnsupportedFormat(f"it is {name}, which no reader knows; save it as DOCX or PDF", source=uri)
    head = _head(data)
    if _HTML.match(head):
        return HTML
    return MAIL if _is_mail(head) else None


def begins_like_mail(data: bytes) -> bool:
    """Whether bytes begin with a header field, or the line above it in a mailbox, as those of any mail do."""
    head = _head(data).lstrip("\ufeff\r\n")
    return _FIELD.match(head) is not None or _MBOX.match(head) is not None


def _of_archive(data: bytes, uri: str) -> str:
    """The media type of an office document by the parts of its archive, also of one that is damaged."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        names = [name for name in ("word/document.xml", "content.xml") if name.encode() in data]
    if any(name.startswith("word/") for name in names):
        return DOCX
    if "content.xml" in names and ODT.encode() in data[:_HEAD]:
        return ODT
    raise UnsupportedFormat("it is an archive or office document (ZIP) which no reader knows", source=uri)


def _head(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[:_HEAD].decode(encoding, "replace")
    return data[:_HEAD].decode("latin-1")


def _is_mail(head: str) -> bool:
    """Whether a text begins with the header of a message: only fields, among them some that only machines write."""
    mbox = _MBOX.match(head)
    position = mbox.end() if mbox else 0
    names = set()
    while field := _FIELD.match(head, position):
        names.add(field[1].lower())
        position = field.end()
    complete = position >= len(head) or head[position] in "\r\n"
    return complete and not names.isdisjoint(_SENDER_FIELDS) and not names.isdisjoint(_MAIL_FIELDS)
