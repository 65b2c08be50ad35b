"""From bytes to text: which encoding, decoded once and strictly.

Byte order marks and UTF-8 are certain. What is neither is tried as the single-byte encodings that
German texts come in; the one that yields the most plausible letters wins, Windows-1252 where
several do equally well. Plausible is what German typing has, in the places where it stands: an
umlaut within a word, a quotation mark at its edge. (A general detector knows no language for a
short text and takes "FÜR" for "F‹R"; it is asked where none of these encodings fits.)
"""

from __future__ import annotations

import codecs
import re
from itertools import islice

from extractor.errors import NotText, UnknownEncoding

SINGLE_BYTE = ("cp1252", "iso8859-15", "iso8859-1", "cp850", "mac-roman")
"""The single-byte encodings, in the order of preference."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536
_SAMPLED = 4_000
_LEAST_PLAUSIBLE = 0.5
_MOST_CHAOS = 0.1
_LEAST_COHERENCE = 0.5
_NEVER_GUESSED = ("utf_7", "utf_16", "utf_32", "ascii")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b")) + b"\x7f"
_CONTROL_CHARACTERS = dict.fromkeys(_CONTROLS)
_MOST_CONTROLS = 0.01
_ZEROS_OF_UTF16, _ZEROS_ELSEWHERE = 0.4, 0.05

_USUAL = re.compile(r"(?:utf|iso|windows|cp|koi8|mac|big5|gb|euc|shift|sjis|ascii|us-ascii|latin)[\w.:-]{0,30}")
_WESTERN_NAMES = frozenset(("iso-8859-1", "iso8859-1", "iso_8859-1", "latin-1", "latin1", "ascii"))
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_GERMAN = frozenset("äöüÄÖÜß")
_WESTERN = frozenset("áàâãåæçéèêëíìîïñóòôõøúùûýÿœšžÁÀÂÅÆÇÉÈÊËÍÎÑÓÔØÚŒŠŽ")
_PUNCTUATION = frozenset("„“”‚‘’»«›‹–—…•·")
_SIGNS = frozenset("€§°²³½¼¾×±µ£©®™†\u00a0\u00ad")


def decode(data: bytes, uri: str) -> str:
    """The text of a document's bytes, without its byte order mark.

    Raises ``NotText`` for binary content and ``UnknownEncoding`` for text in no encoding tried.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _textual(_strict(data[len(mark) :], encoding, uri), uri)
    if b"\0" in data:
        zeros = _utf16_without_mark(data)
        if zeros is None:
            raise NotText("the content is binary; save it as plain text", source=uri)
        return _textual(_strict(data, zeros, uri), uri)
    if len(data) - len(data.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(data):
        raise NotText("the content is binary: too many control characters; save it as plain text", source=uri)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _single_byte(data, uri)


def decode_as(data: bytes, charset: str) -> str | None:
    """The text in the encoding that a document declares; None if it is not in it, or declares no usual one.

    Western encodings of pages and mails are read as Windows-1252, which has their characters and those
    that are meant where they have none (WHATWG Encoding Standard).
    """
    name = charset.strip().lower()
    if not _USUAL.fullmatch(name):
        return None
    try:
        return data.decode("cp1252" if name in _WESTERN_NAMES else name)
    except (UnicodeError, LookupError):
        return None


def _strict(data: bytes, encoding: str, uri: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnknownEncoding(
            f"it looks like {encoding.upper()}, but byte {error.start} is not; save it as UTF-8", source=uri
        ) from None


def _utf16_without_mark(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: Latin letters have a zero in every second byte."""
    sample = data[:_SAMPLE]
    half = max(len(sample) // 2, 1)
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if len(data) % 2:
        return None
    if odd >= _ZEROS_OF_UTF16 and even <= _ZEROS_ELSEWHERE:
        return "utf-16-le"
    if even >= _ZEROS_OF_UTF16 and odd <= _ZEROS_ELSEWHERE:
        return "utf-16-be"
    return None


def _textual(text: str, uri: str) -> str:
    """The text, unless it is full of control characters."""
    if len(text) - len(text.translate(_CONTROL_CHARACTERS)) > _MOST_CONTROLS * len(text):
        raise NotText("the content is binary: too many control characters; save it as plain text", source=uri)
    return text


def _single_byte(data: bytes, uri: str) -> str:
    """The text in the single-byte encoding that fits best."""
    best, most = None, _LEAST_PLAUSIBLE
    for encoding in SINGLE_BYTE:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = plausibility(text)
        if score > most:
            best, most = text, score
    return best if best is not None else _detected(data, uri)


def _detected(data: bytes, uri: str) -> str:
    """The text in the encoding that a general detector recognises: Cyrillic, Greek, Central European and so on."""
    from charset_normalizer import from_bytes

    guess = from_bytes(data[:_SAMPLE], cp_exclusion=list(_NEVER_GUESSED)).best()
    if guess is not None and guess.coherence >= _LEAST_COHERENCE and guess.chaos <= _MOST_CHAOS:
        try:
            return _textual(data.decode(guess.encoding), uri)
        except UnicodeDecodeError:
            pass
    raise UnknownEncoding("the encoding of the text could not be recognised; save it as UTF-8", source=uri)


def plausibility(text: str) -> float:
    """How much the characters beyond ASCII look like German typing, from -2 to 3: their mean weight."""
    weights = [_weight(text, found.start()) for found in islice(_FOREIGN.finditer(text), _SAMPLED)]
    return sum(weights) / max(len(weights), 1)


def _weight(text: str, at: int) -> int:
    """How well one character beyond ASCII fits its place."""
    character = text[at]
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if _is_alien(before) and _is_alien(after):
        return -2
    if character in _GERMAN or character in _WESTERN:
        if character.islower() and after.isupper():
            return -2
        if character.isupper() and (before.islower() or (before.isalpha() and after.islower())):
            return -2
        return 3 if character in _GERMAN else 1
    if character in _PUNCTUATION:
        return -2 if before.isalpha() and after.isalpha() and character != "’" else 2
    if character in _SIGNS:
        return -2 if before.isalpha() and after.isalpha() and character != "\u00ad" else 1
    return -2


def _is_alien(character: str) -> bool:
    """Whether a neighbour is beyond ASCII too: German has no three such characters in a row."""
    return not character.isascii() and not character.isspace()
