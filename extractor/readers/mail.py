"""E-mails (RFC 5322): head and body as a German mail program shows them, quoted mails labelled boilerplate."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from datetime import datetime
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime

from extractor.blocks import Mark
from extractor.blocks.quotes import quoted_spans
from extractor.document import BlockKind, Document, Notice
from extractor.errors import DamagedDocument, EncryptedDocument, NotText, UnknownEncoding
from extractor.lang.months import month_names
from extractor.readers.composition import Piece, compose, tidy
from extractor.readers.documents import MAX_FILE, check_size, make_document
from extractor.readers.encoding import decode, decode_as
from extractor.readers.html import parse_page
from extractor.readers.html_blocks import Page

_WEEKDAYS = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]
_MOST_ADDRESSES, _MOST_PARTS, _LONGEST_FIELD = 10, 1_000, 1_000
_STUB = 200
_MBOX = re.compile(rb"From \S+ [^\n]*\n")
_REPLY = re.compile(r"(?:\s*(?:Re|Aw|Antwort)(?:\[\d+\])?:\s*)+", re.IGNORECASE)
_FORWARDED = re.compile(r"\s*(?:Wg|Fwd?|Wtrlt|Weitergeleitet)\s*:", re.IGNORECASE)
_CIPHERED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")


class MailReader:
    """Reads e-mails: sender, recipients, date and subject, then the body, plain or HTML."""

    suffixes: tuple[str, ...] = (".eml", ".email", ".mht", ".mhtml")
    media_types: tuple[str, ...] = ("message/rfc822",)

    def read(self, data: bytes, uri: str) -> Document:
        """Read an e-mail; raises ``SourceError`` for one that is damaged, encrypted, empty or too large."""
        check_size(data, uri, MAX_FILE)
        message = _parse(data, uri)
        sent = _sent(message)
        head = compose(
            (Piece(BlockKind.PARAGRAPH, line, apart=False, joined=True) for line in _head(message, sent)), uri
        )
        subject = _field(message, "Subject")
        text, marks = _body(message, uri, _FORWARDED.match(subject) is not None)
        shift = len(head.text) + 2 if head.text else 0
        return make_document(
            f"{head.text}\n\n{text}" if head.text else text,
            data,
            uri=uri,
            media_type=self.media_types[0],
            title=_REPLY.sub("", subject, count=1),
            published=sent.date().isoformat() if sent else None,
            marks=head.marks + [_moved(mark, shift, len(head.marks)) for mark in marks],
            notices=list(_attachments(message)),
        )


def _parse(data: bytes, uri: str) -> EmailMessage:
    mbox = _MBOX.match(data)
    try:
        message = email.message_from_bytes(data[mbox.end() if mbox else 0 :], policy=email.policy.default)
        parts = sum(1 for _ in message.walk())
    except (MessageError, ValueError, LookupError, IndexError, AttributeError, TypeError) as error:
        raise DamagedDocument(f"it is no readable e-mail: {error}", source=uri) from None
    if parts > _MOST_PARTS:
        raise DamagedDocument(f"it has more than {_MOST_PARTS:,} parts", source=uri)
    if message.get_content_type() in _CIPHERED and message.get_param("smime-type") != "signed-data":
        raise EncryptedDocument("it is encrypted; save it deciphered", source=uri)
    return message


def _field(message: EmailMessage, name: str) -> str:
    """A field of the header, decoded, on one line; empty if it is missing or cannot be decoded."""
    try:
        content = str(message.get(name, ""))
    except (MessageError, ValueError, LookupError, IndexError, AttributeError, TypeError):
        content = ""  # the standard library trips over some malformed fields
    return " ".join(tidy(content).split())[:_LONGEST_FIELD]


def _sent(message: EmailMessage) -> datetime | None:
    """When the mail was sent, in the sender's time zone."""
    try:
        return parsedate_to_datetime(_field(message, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _head(message: EmailMessage, sent: datetime | None) -> Iterator[str]:
    """The lines that a mail program shows above a mail."""
    for label, name in (("Von", "From"), ("An", "To")):
        addresses = getaddresses([_field(message, name)])
        shown = (f"{person} <{address}>" if person and address else person or address for person, address in addresses)
        line = ", ".join([each for each in shown if each][:_MOST_ADDRESSES])
        if line:
            yield f"{label}: {line}"
    if sent is not None:
        day = f"{_WEEKDAYS[sent.weekday()]}, {sent.day}. {month_names()[sent.month - 1]} {sent.year}"
        yield f"Datum: {day}, {sent.hour:02d}:{sent.minute:02d} Uhr"
    subject = _field(message, "Subject")
    if subject:
        yield f"Betreff: {subject}"


def _body(message: EmailMessage, uri: str, forwarded: bool) -> tuple[str, list[Mark]]:
    """The text of the body and the marks in it: the plain version, or HTML where that says more."""
    plain, page = (_content(message, kind, uri) for kind in ("plain", "html"))
    if page and len(plain.strip()) < _STUB:
        founds = Page(quotes=not forwarded).read(parse_page(page, uri))
        composition = compose((found.piece for found in founds), uri)
        if len(composition.text) > len(plain):
            return composition.text, composition.marks
    return plain, [] if forwarded else list(_quotes(plain))


def _content(message: EmailMessage, kind: str, uri: str) -> str:
    """The body of a kind, decoded; empty if there is none."""
    try:
        part = message.get_body(preferencelist=(kind,))
    except (MessageError, ValueError, LookupError, AttributeError, TypeError):
        part = None
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    check_size(data, uri)
    text = decode_as(data, part.get_content_charset() or "utf-8")
    if text is None:
        try:
            text = decode(data, uri)
        except (UnknownEncoding, NotText):
            text = data.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").strip("\n")


def _quotes(text: str) -> Iterator[Mark]:
    """Marks on quoted mails, unless there is nothing else."""
    marks: list[Mark] = []
    end = 0
    for start, finish in quoted_spans(text):
        for begin, close in _paragraphs(text, max(start, end), finish):
            marks.append(Mark(BlockKind.BOILERPLATE, begin, close))
        end = max(end, finish)
    quoted = sum(mark.end - mark.start for mark in marks)
    if quoted < len(text.strip()):
        yield from marks


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a text between empty lines, without white space around them."""
    for match in re.finditer(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*", text[start:end]):
        yield start + match.start(), start + match.start() + len(match[0].rstrip())


def _moved(mark: Mark, by: int, paragraphs: int) -> Mark:
    """A mark of the body as one of the whole text."""
    paragraph = mark.paragraph + paragraphs if mark.paragraph is not None else None
    return Mark(mark.kind, mark.start + by, mark.end + by, mark.joined, mark.page, paragraph)


def _attachments(message: EmailMessage) -> Iterator[Notice]:
    """A notice about what is attached, which is not read."""
    names = [tidy(part.get_filename() or part.get_content_type()) for part in message.walk() if part.is_attachment()]
    if names:
        shown = ", ".join(name[:100] for name in names[:_MOST_ADDRESSES])
        yield Notice("attachment-not-read", f"attachments are not read; give each to the program by itself: {shown}")
