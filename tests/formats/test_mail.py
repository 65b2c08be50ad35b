"""E-mails of different making yield the record of what a mail program shows."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from pathlib import Path

import pytest

from extractor.document import BlockKind
from extractor.errors import DamagedDocument, EmptyDocument, EncryptedDocument, SourceError
from extractor.readers import read_bytes, read_file

SAMPLES = ("mail-uferinitiative-koepenick", "streuobsttag-herrenberg", "einwohnerversammlung-eckernfoerde-verschoben")
SENT = datetime(2021, 8, 30, 21, 14, tzinfo=timezone(timedelta(hours=2)))
HEAD = """Von: Ilka Tschernitz <ilka.tschernitz@example.org>
An: Verteiler <verteiler@example.org>
Datum: Mo, 30. August 2021, 21:14 Uhr
Betreff: Plenum heute in zwei Wochen / Steg / Danke!
"""


def headed() -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Return-Path"] = "<ilka.tschernitz@example.org>"
    message["From"] = "Ilka Tschernitz <ilka.tschernitz@example.org>"
    message["To"] = "Verteiler <verteiler@example.org>"
    message["Subject"] = "Plenum heute in zwei Wochen / Steg / Danke!"
    message["Date"] = SENT
    message["Message-ID"] = "<1@example.org>"
    return message


def shown(body: str) -> str:
    """What a mail program shows of such a mail."""
    return f"{HEAD}\n{body}"


def as_html(body: str) -> str:
    paragraphs = (f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in body.split("\n\n"))
    return f"<html><body>{''.join(paragraphs)}</body></html>"


def plain(body: str) -> bytes:
    message = headed()
    message.set_content(body, cte="8bit")
    return message.as_bytes()


def quoted_printable(body: str) -> bytes:
    message = headed()
    message.set_content(body, charset="windows-1252", cte="quoted-printable")
    return message.as_bytes()


def base64(body: str) -> bytes:
    message = headed()
    message.set_content(body, charset="utf-8", cte="base64")
    return message.as_bytes()


def alternative(body: str) -> bytes:
    message = headed()
    message.set_content(body)
    message.add_alternative(as_html("Ein anderer Text, der am 1. Januar 1999 in Ulm spielt."), subtype="html")
    return message.as_bytes()


def html_only(body: str) -> bytes:
    message = headed()
    message.set_content(as_html(body), subtype="html")
    return message.as_bytes()


def stub(body: str) -> bytes:
    message = headed()
    message.set_content("Bitte sehen Sie sich die HTML-Fassung an.")
    message.add_alternative(as_html(body), subtype="html")
    return message.as_bytes()


def answered(body: str) -> bytes:
    message = headed()
    quote = "> Liebe Ilka,\n> am 3. Mai 2020 war das Plenum in Bonn.\n>\n> Otto"
    message.set_content(f"{body}\n\nAm 29. August 2021 um 10:00 schrieb Otto Ohm <o@example.org>:\n{quote}\n")
    return message.as_bytes()


def top_posted(body: str) -> bytes:
    message = headed()
    original = (
        "Von: Otto Ohm\nGesendet: Sonntag, 29. August 2021 10:00\nAn: Ilka\nBetreff: Plenum\n\nAm 3. Mai 2020 in Bonn."
    )
    message.set_content(f"{body}\n\n{original}\n")
    return message.as_bytes()


def attached(body: str) -> bytes:
    message = headed()
    message.set_content(body)
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="Flyer für alle.pdf")
    return message.as_bytes()


def related(body: str) -> bytes:
    """HTML with a picture of its own, within an alternative, as newsletters come."""
    message = headed()
    message.set_content(" ")
    message.add_alternative(as_html(body) + '<img src="cid:logo" alt="Logo">', subtype="html")
    message.get_payload()[1].add_related(b"GIF89a", "image", "gif", cid="<logo>")
    return message.as_bytes()


def from_a_mailbox(body: str) -> bytes:
    message = headed()
    message.set_content(body)
    return b"From ilka@example.org Mon Aug 30 21:14:00 2021\n" + message.as_bytes().replace(b"\r\n", b"\n")


MAKERS = (plain, quoted_printable, base64, alternative, html_only, stub, related, from_a_mailbox)


def body_of(path: Path) -> str:
    """The text of a sample, without the head that that of an e-mail has."""
    text = path.read_text("utf-8")
    return text.partition("\n\n")[2] if text.startswith("Von: ") else text


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_same_record(make: Callable, name: str, sample: Callable, same_record: Callable, tmp_path: Path) -> None:
    body = body_of(sample(name))
    (tmp_path / "gezeigt.txt").write_text(shown(body), "utf-8")
    (tmp_path / "mail.eml").write_bytes(make(body))
    same_record(tmp_path / "gezeigt.txt", tmp_path / "mail.eml", stated=("title", "published"))


@pytest.mark.parametrize("make", [answered, top_posted, attached], ids=lambda make: make.__name__)
def test_quotes_and_attachments_add_no_event(make: Callable, sample: Callable, extractor, tmp_path: Path) -> None:
    body = body_of(sample(SAMPLES[0]))
    (tmp_path / "a.eml").write_bytes(make(body))
    (tmp_path / "b.eml").write_bytes(plain(body))
    report, alone = (extractor.extract_file(tmp_path / name) for name in ("a.eml", "b.eml"))
    assert [e.name for e in report.follow_ups + report.other_events] == [
        e.name for e in alone.follow_ups + alone.other_events
    ]
    assert (report.main_event.name, report.main_event.when) == (alone.main_event.name, alone.main_event.when)
    assert not any(place.name == "Bonn" for place in report.places)


def test_the_head() -> None:
    document = read_bytes(plain("Hallo, bis bald."), uri="a.eml")
    assert document.text == shown("Hallo, bis bald.")
    assert document.source.title == "Plenum heute in zwei Wochen / Steg / Danke!"
    assert document.source.published == "2021-08-30"
    assert document.source.media_type == "message/rfc822"
    assert document.blocks[3].paragraph == 4


def test_a_mail_dates_itself(extractor, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(plain("Das nächste Plenum findet heute in zwei Wochen in Köpenick statt."))
    event = extractor.extract_file(tmp_path / "a.eml").main_event
    assert (event.when.start, event.when.inferred_from) == ("2021-09-13", "date_line")


def test_quotes_are_labelled() -> None:
    document = read_bytes(answered("Danke, so machen wir es."), uri="a.eml")
    kinds = {document.text[b.start : b.end].split()[-1]: b.kind for b in document.blocks}
    assert kinds["es."] is BlockKind.PARAGRAPH
    assert kinds["Otto"] is BlockKind.BOILERPLATE
    assert kinds["Bonn."] is BlockKind.BOILERPLATE


def test_html_quotes_are_labelled() -> None:
    message = headed()
    message.set_content(
        "<p>Danke, so machen wir es.</p>"
        "<div class=gmail_quote>Otto schrieb:<blockquote>Am 3. Mai in Bonn.</blockquote></div>",
        subtype="html",
    )
    document = read_bytes(message.as_bytes(), uri="a.eml")
    assert [b.kind for b in document.blocks[-3:]] == [BlockKind.PARAGRAPH, BlockKind.BOILERPLATE, BlockKind.BOILERPLATE]


def test_a_forwarded_mail_is_no_quote() -> None:
    message = headed()
    del message["Subject"]
    message["Subject"] = "WG: Plenum"
    message.set_content("> Am 3. Mai ist Plenum in Bonn.\n")
    document = read_bytes(message.as_bytes(), uri="a.eml")
    assert document.blocks[-1].kind is BlockKind.PARAGRAPH


def test_attachments_are_named() -> None:
    document = read_bytes(attached("Hallo, bis bald."), uri="a.eml")
    assert [notice.code for notice in document.notices] == ["attachment-not-read"]
    assert "Flyer für alle.pdf" in document.notices[0].message


def test_encrypted_mails() -> None:
    message = headed()
    message.set_content(b"xyz", maintype="application", subtype="pkcs7-mime")
    with pytest.raises(EncryptedDocument):
        read_bytes(message.as_bytes(), uri="a.eml")


def test_deep_nesting() -> None:
    data = b"From: a@example.org\nMIME-Version: 1.0\n"
    for number in range(3_000):
        data += b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (number, number)
    with pytest.raises((DamagedDocument, EmptyDocument)):
        read_bytes(data, uri="a.eml")


@pytest.mark.parametrize(
    "data",
    [
        b"From: a@example.org\nMIME-Version: 1.0\nContent-Type: text/plain; charset=nope\n\nGr\xfc\xdfe aus Guben",
        b"From: a@example.org\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n%%%",
        b"From: =?utf-8?b?%%%?= <a@\nMIME-Version: 1.0\nDate: 99 Foo 2024\nSubject: \xff\xfe\n\nGr\xc3\xbc\xc3\x9fe",
        b"Received: x\nMIME-Version: 1.0\nFrom: a\nTo: \x00,,,;;<<>>\n\nHallo",
    ],
)
def test_malformed_mails_are_read(data: bytes) -> None:
    assert read_bytes(data, uri="mail").source.media_type == "message/rfc822"


def test_a_text_that_quotes_a_head_is_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("From: Otto\nSubject: Fest\n\nAm 3. Mai ist Fest.", "utf-8")
    assert read_file(tmp_path / "a.txt").source.media_type == "text/plain"


@pytest.mark.parametrize("start", [b"\x89PNG\r\n\x1a\n", b"\x7fELF", b"Rar!\x1a\x07"])
def test_a_suffix_alone_makes_no_mail(start: bytes) -> None:
    with pytest.raises(SourceError):
        read_bytes(start + bytes(range(128, 256)) * 8, uri="a.eml")
