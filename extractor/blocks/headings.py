"""Headings that no markup shows: short lines above longer text, and lines in capitals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.blocks import shapes
from extractor.blocks.boilerplate import Cues
from extractor.blocks.lines import Line
from extractor.document import BlockKind

_LONG = 80
_MOST_WORDS = 18
_CLOSERS = "\"“”«»’‘')]*_"
_CONTACT_MARKS = ("@", "http", "www.", "Tel", "Fax", "gez.", "IBAN", "€")
_CONTACT = re.compile(r"[\w.+-]@|https?:|www\.|\bTel(?:\.|efon)|\bFax\b|\bgez\.|\bIBAN\b|€")
_FIGURES = re.compile(r"\d(?:(?<=\b\d)\d{4}\s[A-ZÄÖÜ]|\s?Uhr\b|[.:]\d\d\s?[–-])")
"""A postcode with its town, a time of day, a span of time."""
_ADDRESS = re.compile(
    r"(?:Univ|Priv|Dipl|Mag|Prof|Dr|Frau|Herr)\b|Ihre?\s"
    r"|(?:Mit|Viele|Liebe|Herzliche|Beste|Freundliche|Sehr geehrte|Hallo|Guten|Moin)\b.{0,40}(?:Gr[üu]|Damen|,$)"
)
"""How a line begins that names or addresses a person."""
_LABEL = re.compile(r"[*_']{0,3}[A-ZÄÖÜ][\wäöüß/&-]{1,40}(?: [\w/&.-]{1,30}){0,2}[*_']{0,3}:[*_']{0,3} {1,2}(?=\S| )")
_FRAMED = re.compile(r"([*=+~#_•★–-])\1{1,5} ?\w.{2,90}?\w[?!“«\"]? ?\1{2,6}")
"""A line between marks: "*** Kräuterwanderung ***"."""
_DATE_LINE = re.compile(r"(?:[\w .()/-]{1,40}, )?(?:den |am )?\d{1,2}\.")


@dataclass(slots=True)
class Draft:
    """A block in the making: its lines, its text and the label it has so far."""

    lines: list[Line]
    text: str
    kind: BlockKind


def label_headings(drafts: Sequence[Draft], cues: Cues) -> None:
    """Turn the paragraphs and items among the drafts that are headings into headings, last to first."""
    following: Draft | None = None
    opening = _opening(drafts, cues)
    for at in range(len(drafts) - 1, -1, -1):
        draft = drafts[at]
        previous = drafts[at - 1] if at and not draft.lines[0].gap else None
        adjacent = following if following and not following.lines[0].gap else None
        if draft.kind is BlockKind.LIST_ITEM:
            if draft.lines[0].ordinal and adjacent and _is_prose(adjacent) and _is_short(draft):
                draft.kind = BlockKind.HEADING
        elif draft.kind is BlockKind.PARAGRAPH and _is_short(draft):
            if draft.lines[0].numbered and any(near and near.lines[0].numbered for near in (previous, adjacent)):
                draft.kind = BlockKind.LIST_ITEM
            elif _is_heading(draft, previous, following, at < opening, cues):
                draft.kind = BlockKind.HEADING
        if draft.kind is not BlockKind.BOILERPLATE and draft.kind is not BlockKind.CAPTION:
            following = draft


def _opening(drafts: Sequence[Draft], cues: Cues) -> int:
    """How many drafts stand above the first prose of a text or, without any, above its first date or label."""
    for at, draft in enumerate(drafts):
        if draft.kind is BlockKind.PARAGRAPH and _is_prose(draft):
            return at
    for at, draft in enumerate(drafts):
        if draft.kind is not BlockKind.BOILERPLATE and (
            shapes.has_day(draft.text) or cues.is_content_label(draft.text)
        ):
            return at
    return 0


def _is_heading(draft: Draft, previous: Draft | None, following: Draft | None, in_opening: bool, cues: Cues) -> bool:
    """Whether a short paragraph is a heading; ``previous`` is the block above if no empty line parts them."""
    first = draft.lines[0]
    if _in_capitals(draft.text) or _FRAMED.fullmatch(draft.text):
        return True
    if not _may_be_heading(draft.text, cues) or _is_label(draft, previous, following):
        return False
    if first.underlined or in_opening or first.numbered:
        return True
    if following is None or (previous and not _is_prose(previous) and not _opens_run(previous)):
        return False
    if following.kind is BlockKind.PARAGRAPH:
        return _is_prose(following)
    if following.kind is BlockKind.HEADING:
        return not following.lines[0].gap and previous is None and len(following.lines) == 1
    return following.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)


def _opens_run(draft: Draft) -> bool:
    """Whether a short line stands below an empty one, so that the next may be its subtitle."""
    return bool(draft.lines[0].gap) and draft.kind is BlockKind.PARAGRAPH and not shapes.has_day(draft.text)


def _is_label(draft: Draft, previous: Draft | None, following: Draft | None) -> bool:
    """Whether "Word: value" is one of several below each other, or its value is set apart."""
    label = _LABEL.match(draft.text)
    if label is None:
        return False
    adjacent = following if following and not following.lines[0].gap else None
    return label[0].endswith("  ") or any(near and _LABEL.match(near.text) for near in (previous, adjacent))


def _is_short(draft: Draft) -> bool:
    return len(draft.lines) <= 3 and len(draft.text) <= shapes.SHORT and len(draft.text.split()) <= _MOST_WORDS


def _is_prose(draft: Draft) -> bool:
    length = len(draft.text)
    return length >= 2 * _LONG or (length >= _LONG and draft.text.rstrip(_CLOSERS)[-1:] in ".!?…:")


def _in_capitals(text: str) -> bool:
    return text.replace("ß", "").isupper() and sum(map(str.isalpha, text)) >= 4


def _may_be_heading(text: str, cues: Cues) -> bool:
    """Whether a short line may be a heading by its own look."""
    bare = text.rstrip(_CLOSERS)
    if not bare or bare[-1] in ".,;:" or text[0].islower():
        return False
    if not text[:3].isalpha() and sum(map(str.isalpha, text)) < 3:
        return False
    if (
        text.count(",") > 1
        or " | " in text
        or _ADDRESS.match(text)
        or _FIGURES.search(text)
        or (any(mark in text for mark in _CONTACT_MARKS) and _CONTACT.search(text))
        or (_DATE_LINE.match(text) and shapes.has_day(text))
        or cues.is_content_label(text)
    ):
        return False
    return not cues.is_masthead(text)
