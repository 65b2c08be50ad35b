"""The text as a reader reads it, with the way back to the text as it stands.

Rules match on ``Reading.text``: wrapped lines and hyphenation are joined, soft hyphens and inline
markup are gone, letters are composed (NFC), a block is one line that ends in a line feed, repeats
are left out, the cells of a table row are parted by " | ". The source text is never changed:
``Reading.source`` turns offsets of the reading into offsets of ``doc.text``.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import partial
from operator import itemgetter
from typing import Any

from spacy.tokens import Doc, Span
from spacy.tokens.span_group import SpanGroup

from extractor.blocks import segment
from extractor.document import Block, BlockKind
from extractor.pipes.values import Found

_READING = "extractor.reading"
_BLOCKS = "extractor.blocks"
_TEXT = "extractor.text"

_INVISIBLE = "\u200b-\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff"
_UPPER, _LOWER = "A-ZÄÖÜ", "a-zäöüß"
_LINE_END = r"[^\S\n\r]{0,40}(?:\r\n?|[\n\x0b\x0c\x85\u2028\u2029])[^\S\n\r]{0,40}"
_ADDRESS = r"(?:https?:|mailto:|www\.|/|\#)"
_ALTERNATIVES = rf"""
    (?:
        (?<=[{_UPPER}])(?P<debris>
            (?<=\b[{_LOWER}].)(?=[{_LOWER}]{{2}})(?![{_LOWER}]{{1,3}}[{_UPPER}])
            |(?<=\b[B-DF-HJ-NP-TV-ZU])[b-df-hj-np-tv-zu](?=[{_LOWER}]{{2}})
        )
        |(?<![{_UPPER}])(?:
            (?P<hyphenation>(?<=[{_LOWER}][-\u2010\u00ad]){_LINE_END}(?=[{_LOWER}])(?!(?:und|oder|bzw|sowie)\b))
            |(?P<compound>(?<=[{_LOWER}{_UPPER}]-){_LINE_END}(?=[{_UPPER}\d]))
            |(?P<quote>(?<=[\n\r])[^\S\n\r]{{0,40}}>[>\ \t]{{0,40}})
            |(?P<space>(?<=[^\S\ ])\s*|(?<=\ )\s+)
            |(?P<invisible>(?<=[\u00ad{_INVISIBLE}]))
            |(?P<hyphen>(?<=[\u2010\u2011]))
            |(?P<combining>(?<=[\u0300-\u036f])[\u0300-\u036f]*)
            |(?P<ligature>(?<=[\ufb00-\ufb06]))
            |(?P<markup>
                (?<=\*)(?:\*+|(?<![\w*]\*)(?=\w)|(?<=[\w.!?]\*)(?![\w*]))
                |(?<=(?<!_)_)_(?!_)|(?<=')'+|(?<=`)
                |(?<=\[)\[(?:[^\[\]|\n]{{1,80}}\|(?=[^\[\]|\n]{{1,80}}\]\]))?|(?<=\])\]
                |(?<=\[)(?=[^\[\]\n]{{1,200}}\]\({_ADDRESS})|(?<=\])\({_ADDRESS}[^()\s]{{0,500}}\)
            )
        )
    )
"""
_WHITE = r"\t\n\r\x0b\x0c\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_INITIAL = rf"{_WHITE}\-{_UPPER}\u00ad{_INVISIBLE}\u2010\u2011\u0300-\u036f\ufb00-\ufb06*_'\[\]`"
_EDIT = re.compile(rf"[{_INITIAL}]{_ALTERNATIVES}", re.VERBOSE)
_EDIT_WITH_SPACES = re.compile(rf"[\ {_INITIAL}]{_ALTERNATIVES}", re.VERBOSE)
"""Everything in which the reading differs from the source, one alternative an edit.

The leading character class lets the regex engine skip to candidates; blanks, the most frequent of
them, are only looked at in a text that has one beside other white space.

``debris`` is what accepted tracked changes leave at the start of a word: the new initial and the
old one ("kKünstlicher", "Ffeldtag"); the new one stays. No German word begins with a doubled
consonant; doubled vowels ("Aachen") are left alone, "Uu" excepted.
"""
_SPACES = re.compile(r" \s")
_CELL_GAP = re.compile(r"\s{0,3}!!\s{0,3}|[\s|]{2,}|[^\S ]|\|")
_CELL_END = " | "
_NO_DEBRIS = ("Ll",)


def _replace(edit: re.Match[str], text: str) -> tuple[int, int, str]:
    """The stretch of the source that an edit concerns, and what the reading has in its place."""
    start, end = edit.span()
    match edit.lastgroup:
        case "space" | "quote":
            return start, end, " "
        case "hyphen" | "compound":
            return start, end, "-"
        case "ligature":
            return start, end, unicodedata.normalize("NFKC", text[start:end])
        case "combining":
            begin = max(start - 1, 0)
            return begin, end, unicodedata.normalize("NFC", text[begin:end])
        case "debris":
            begin = end - 2
            doubled = text[begin].lower() == text[begin + 1].lower() and text[begin:end] not in _NO_DEBRIS
            return begin, end, text[begin] if doubled else text[begin:end]
        case _:
            return start, end, ""


class Reading:
    """A text to match rules on, and the map from its offsets to those of the source.

    The text is made of pieces that follow each other: a piece is copied from the source, or it
    replaces a stretch of it. ``starts`` are the pieces' offsets in the reading; ``source_starts``
    and ``source_ends`` those of what they stand for.
    """

    __slots__ = ("source_ends", "source_starts", "starts", "text")

    def __init__(self, text: str, starts: list[int], source_starts: list[int], source_ends: list[int]) -> None:
        self.text = text
        self.starts = starts
        self.source_starts = source_starts
        self.source_ends = source_ends

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the source of the non-empty stretch ``[start, end)`` of the reading.

        A line feed stands for nothing in the source; alone, it gives the character before it.
        """
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, end - 1) - 1
        begin, finish = self._at(first, start)[0], self._at(last, end - 1)[1]
        return min(begin, finish - 1), finish

    def _at(self, piece: int, position: int) -> tuple[int, int]:
        """The source stretch of the one character of the reading at ``position``."""
        begin, source_start, source_end = self.starts[piece], self.source_starts[piece], self.source_ends[piece]
        following = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        if following - begin != source_end - source_start:
            return source_start, source_end
        return source_start + position - begin, source_start + position - begin + 1

    def position(self, offset: int) -> int:
        """Offset in the reading of the source offset, or of the next source text that it shows."""
        piece = bisect_right(self.source_starts, offset) - 1
        if piece < 0:
            return 0
        begin = self.starts[piece]
        following = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        return min(begin + offset - self.source_starts[piece], following)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the reading of a stretch of the source."""
        piece = bisect_right(self.source_starts, start) - 1
        if piece < 0 or end > self.source_ends[piece]:
            return self.position(start), self.position(end)
        begin = self.starts[piece]
        following = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        shift = begin - self.source_starts[piece]
        return min(start + shift, following), min(end + shift, following)


class _Writer:
    """Puts a reading together, piece by piece."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.parts: list[str] = []
        self.starts: list[int] = []
        self.source_starts: list[int] = []
        self.source_ends: list[int] = []
        self.length = 0

    def add(self, piece: str, start: int, end: int) -> None:
        """Let ``piece`` stand for the source's ``[start, end)``."""
        if piece:
            self.parts.append(piece)
            self.starts.append(self.length)
            self.source_starts.append(start)
            self.source_ends.append(end)
            self.length += len(piece)

    def copy(self, start: int, end: int) -> None:
        """Add a stretch of the source, edited."""
        text, cursor = self.text, start
        pattern = _EDIT_WITH_SPACES if _SPACES.search(text, start, end) else _EDIT
        for edit in pattern.finditer(text, start, end):
            begin, finish, replacement = _replace(edit, text)
            if begin >= cursor and replacement != text[begin:finish]:
                self.add(text[cursor:begin], cursor, begin)
                self.add(replacement, begin, finish)
                cursor = finish
        self.add(text[cursor:end], cursor, end)

    def copy_row(self, start: int, end: int) -> None:
        """Add a table row: its cells edited, what parts them made the same."""
        text, cursor = self.text, start
        for gap in _CELL_GAP.finditer(text, start, end):
            if gap[0] == _CELL_END:
                continue
            self.copy(cursor, gap.start())
            bars = "|" in gap[0] or "!" in gap[0]
            blank = not bars and (
                text[gap.start() - 1] == ":" or "\n" in gap[0] or (len(gap[0]) == 1 and gap[0] != "\t")
            )
            self.add(" " if blank else _CELL_END, *gap.span())
            cursor = gap.end()
        self.copy(cursor, end)


def read(text: str, blocks: Sequence[Block]) -> Reading:
    """The reading of a text: its blocks but for repeats, a line each, edits applied."""
    writer = _Writer(text)
    for block in blocks:
        if block.kind is BlockKind.REPEAT:
            continue
        if block.kind is BlockKind.TABLE_ROW:
            writer.copy_row(block.start, block.end)
        else:
            writer.copy(block.start, block.end)
        writer.add("\n", block.end, block.end)
    return Reading("".join(writer.parts), writer.starts, writer.source_starts, writer.source_ends)


def set_blocks(doc: Doc, blocks: Sequence[Block], text: str | None = None) -> None:
    """Give a ``Doc`` the blocks that a reader found; without them they are found from its text.

    ``text`` is ``doc.text`` for a caller who has it at hand: spaCy puts it together from the tokens
    each time it is asked for.
    """
    if text is not None:
        doc.user_data[_TEXT] = text
    doc.user_data[_BLOCKS] = [[block.kind.value, block.start, block.end] for block in blocks]
    doc.user_data.pop(_READING, None)


def text_of(doc: Doc) -> str:
    """``doc.text``, put together once."""
    if _TEXT not in doc.user_data:
        doc.user_data[_TEXT] = doc.text
    text: str = doc.user_data[_TEXT]
    return text


def blocks_of(doc: Doc) -> list[Block]:
    """The blocks of a ``Doc``, offsets into ``doc.text``."""
    if _BLOCKS not in doc.user_data:
        set_blocks(doc, segment(text_of(doc)))
    return [Block(BlockKind(kind), start, end) for kind, start, end in doc.user_data[_BLOCKS]]


def reading_of(doc: Doc) -> Reading:
    """The reading of a ``Doc``, computed once and kept in ``doc.user_data``."""
    stored = doc.user_data.get(_READING)
    if stored is None:
        reading = read(text_of(doc), blocks_of(doc))
        doc.user_data[_READING] = [reading.text, reading.starts, reading.source_starts, reading.source_ends]
        return reading
    return Reading(*stored)


def set_spans(doc: Doc, key: str, values: Sequence[Found]) -> None:
    """Store what a pipe found: a span group ``doc.spans[key]``, the values in text order beside it.

    A span covers the tokens that its value's offsets touch; ``span._.<key>`` is the value (see
    ``register``). Values that share a token ("12./13." is one to some tokenizers) are told apart by ``span.id_``,
    their number.
    """
    ordered = sorted(values, key=lambda found: (found["start"], -found["end"]))
    spans: list[Span] = []
    for number, value in enumerate(ordered):
        span = doc.char_span(value["start"], value["end"], label=key, alignment_mode="expand")
        if span is None:
            raise ValueError(f"no characters {value['start']}-{value['end']} in this Doc")
        if spans and span.start < spans[-1].end:
            spans[-1].id_ = str(number - 1)
            span.id_ = str(number)
        spans.append(span)
    doc.spans[key] = SpanGroup(doc, name=key, attrs={"values": ordered}, spans=spans)


def values_of(doc: Doc, key: str) -> list[Any]:
    """What a pipe stored under ``key``, in text order; empty where the pipe did not run."""
    return doc.spans[key].attrs["values"] if key in doc.spans else []


def register(key: str) -> None:
    """Make ``span._.<key>`` give the value that the pipe found at that span, else None."""
    Span.set_extension(key, getter=partial(_value_at, key), force=True)


def _value_at(key: str, span: Span) -> Any:
    values = values_of(span.doc, key)
    found = None
    for number in range(bisect_left(values, span.start_char, key=itemgetter("start")), len(values)):
        value = values[number]
        if value["start"] >= span.end_char:
            break
        if value["end"] <= span.end_char and (found is None or span.id_ == str(number)):
            found = value
    return found
