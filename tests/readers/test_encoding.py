"""Which encoding bytes are in."""

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import NotText, UnknownEncoding
from extractor.readers.encoding import decode

TEXTS = [
    "Grüße aus Köln: Das Treffen fällt aus.\r\n",
    "ÖFFENTLICHE SITZUNG DES AUSSCHUSSES FÜR UMWELT",
    "Straße und Maß, Spaß",
    "Mai in Görlitz",
    "Der Verein „Nordlicht“ lädt ein – kommt alle!",
    "»Endlich!«, rief der Bürgermeister.",
    "Der Eintritt kostet 5 € für Schüler.",
    "Café in der Bäckerei, à la carte mit Señor Núñez aus Besançon",
    "Temperaturen über 30 °C, § 7 der Satzung für Bäder",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    "encoding", ["cp1252", "iso8859-15", "iso8859-1", "cp850", "mac-roman", "utf-8", "utf-8-sig", "utf-16", "utf-32"]
)
def test_german_text_in_any_encoding(text: str, encoding: str) -> None:
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        pytest.skip("the encoding lacks a character of the text")
    assert decode(data, "a.txt") == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(encoding: str) -> None:
    assert decode(TEXTS[0].encode(encoding), "a.txt") == TEXTS[0]


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8])
def test_a_mark_is_no_text(mark: bytes) -> None:
    assert decode(mark, "a.txt") == ""


@pytest.mark.parametrize(
    "data",
    [
        b"\x00" * 100,
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"\x7fELF\x02\x01\x01" + bytes(20),
        bytes(range(256)) * 4,
        b"\x01\x02\x03abc",
        b"\xff\xfe\x01\x00\x02\x00",
    ],
)
def test_binary_content(data: bytes) -> None:
    with pytest.raises(NotText) as caught:
        decode(data, "a.bin")
    assert caught.value.source == "a.bin"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Привет, это русский текст о встрече", "koi8-r"),
        ("Конференция состоится в мае", "cp1251"),
        ("これは日本語のテキストです。", "shift_jis"),
        ("这是中文文本，不是德语。", "gbk"),
        ("Αυτό είναι ελληνικό κείμενο", "iso8859-7"),
    ],
)
def test_an_encoding_that_is_not_sure_is_an_error(text: str, encoding: str) -> None:
    with pytest.raises(UnknownEncoding):
        decode(text.encode(encoding), "a.txt")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Конференция прошла в мае в старой ратуше, пришли около восьмидесяти гостей из города и района.", "koi8-r"),
        ("Конференция прошла в мае в старой ратуше, пришли около восьмидесяти гостей из города и района.", "cp1251"),
        ("Αυτό είναι ελληνικό κείμενο για τη συνάντηση των πολιτών στο παλιό δημαρχείο τον Μάιο.", "iso8859-7"),
    ],
)
def test_an_encoding_that_german_does_not_come_in_is_recognised(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("data", [codecs.BOM_UTF8 + b"\xff", codecs.BOM_UTF16_LE + b"a", codecs.BOM_UTF32_LE + b"abc"])
def test_a_mark_binds(data: bytes) -> None:
    with pytest.raises(UnknownEncoding):
        decode(data, "a.txt")


@given(st.text())
def test_utf8_comes_back_as_it_was(text: str) -> None:
    try:
        assert decode(text.encode(), "a.txt") == text.removeprefix("\ufeff")
    except (NotText, UnknownEncoding):
        assert any(ord(character) < 32 or ord(character) == 127 for character in text)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_an_error(data: bytes) -> None:
    with suppress(NotText, UnknownEncoding):
        assert len(decode(data, "a.txt")) <= len(data)
