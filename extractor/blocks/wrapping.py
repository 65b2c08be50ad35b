"""Which lines belong together: wrapped paragraphs against short lines of their own.

A line was wrapped if the first word of the next line would not have fitted on it. How wide the
lines are is learnt from the pairs that can only be wrapped text: a line that ends in a hyphen, or
one that the next continues in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from extractor.blocks.boilerplate import BoilerplateCues
from extractor.blocks.lines import Line, Shape
from extractor.document import BlockKind
from extractor.lang.lexicon import load_lexicon

_NARROWEST, _WIDEST = 36, 130
_TOLERANCE = 0.92
_CELL_INDENT = 4
_ENDS = ".!?:;…"
_CLOSERS = "\"“”«»’‘')]*_"
_OPENING = re.compile(
    r"[*_']{0,3}(?:"
    r"[A-ZÄÖÜ][\w/&-]{0,30}(?: [\wäöü./&-]{1,20}){0,2}[*_']{0,3}[:?](?:[*_']{0,3}\s|[*_']{1,3}\S)"
    r"|\d{1,2}[.:]\d{2}\b(?!\d)(?! ?(?:Euro|€|Prozent|%|Mio))"
    r"|(?:ab |bis |ca\. )?\d{1,2}(?:[.:]\d{2})? Uhr\b"
    r"|\d{1,2}\.(?: ?\d{1,2}\.|/)"
    r"|(?:(?:Mo|Di|Mi|Do|Fr|Sa|So|[A-Z][a-z]{2,7}(?:tag|woch|abend))[.,]{0,2} )?(?:den )?\d{1,2}\. ?"
    r"(?:[JFMASOND][a-zäöü]{2,8}\.?(?: \d{4})?|\d{1,2}\.(?:\d{2,4})?)[^:|.;\n]{0,24}[:|–]"
    r"|(?:TOP|AP|§) ?\d"
    r"|[\w.+-]{1,60}@\w|https?:|www\.|gez\. |i\. ?[AV]\. |Tel\b|Fax\b|E-?Mail\b"
    r")"
)
"""How a line begins that stands for itself: a label, a time, a date, an address."""
_ORDINAL_AT_END = re.compile(
    r"(?:\b(?:am|Am|dem|den|der|vom|Vom|zum|bis|und|ab|Ab|seit|Seit|die|das|beim)|[,–-]) \d{1,2}\.$"
)
"""A line that breaks off behind an ordinal: "am 4." before "März"."""
_GREETING = re.compile(r"(?:Mit|Viele|Liebe|Herzliche|Beste|Freundliche|Schöne|Sehr geehrte|Hallo|Guten)\b")


def grouped(lines: Sequence[Line]) -> list[list[Line]]:
    """Put lines together that make one block, in order; each line is in exactly one group."""
    groups: list[list[Line]] = []
    default = document_width(lines)
    for run in adjacent(lines):
        if len(run) == 1:
            groups.append(run)
            continue
        width = run_width(run) or default
        longest = max((line.width for line in run if line.width <= _WIDEST), default=0)
        group = [run[0]]
        for first, second in pairwise(run):
            if _is_one(first, second) or (
                _may_be_one(first, second) and belongs(group[0], first, second, width, longest)
            ):
                group.append(second)
            else:
                groups.append(group)
                group = [second]
        groups.append(group)
    return groups


def _is_one(first: Line, second: Line) -> bool:
    """Whether the format itself says that two lines are one stretch."""
    return first.mark is not None and first.mark is second.mark and first.mark.joined


def _may_be_one(first: Line, second: Line) -> bool:
    """Whether the format leaves it open if two lines are one stretch: some break lines by new paragraphs."""
    return first.mark is second.mark or not any(
        line.mark is not None and (line.mark.joined or line.mark.kind is not BlockKind.PARAGRAPH)
        for line in (first, second)
    )


def adjacent(lines: Sequence[Line]) -> list[list[Line]]:
    """Runs of lines with no empty line or rule between them."""
    runs: list[list[Line]] = []
    for line in lines:
        if runs and not line.gap and not line.page and runs[-1][-1].depth == line.depth:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def run_width(run: Sequence[Line]) -> int:
    """The width to which the lines of a run are wrapped, 0 if nothing shows that they are."""
    if len(run) < 2:
        return 0
    certain = [first.width for first, second in pairwise(run) if certainly_wrapped(first, second)]
    if not certain:
        return 0
    return max(line.width for line in run if line.width <= _WIDEST)


def document_width(lines: Sequence[Line]) -> int:
    """The width to which most of a text is wrapped, 0 if fewer than two line ends show one."""
    widths = sorted(
        first.width for first, second in pairwise(lines) if not second.gap and certainly_wrapped(first, second)
    )
    return widths[-1 - len(widths) // 20] if len(widths) >= 2 else 0


def certainly_wrapped(first: Line, second: Line) -> bool:
    """Whether a line end can only be a wrap: the sentence goes on in lower case."""
    if second.shape is not Shape.TEXT or first.shape not in (Shape.TEXT, Shape.ITEM):
        return False
    return _NARROWEST <= first.width <= _WIDEST and second.text[0].islower() and not _stands_alone(first, second)


def belongs(opening: Line, first: Line, second: Line, width: int, longest: int) -> bool:
    """Whether ``second`` continues the block of which ``opening`` is the first line and ``first`` the last so far.

    ``width`` is the width to which the text is wrapped, 0 if it is not; ``longest`` that of the
    longest line around.
    """
    if second.shape is not Shape.TEXT or first.underlined:
        return False
    if opening.shape is Shape.ROW:
        return second.text[0].islower() and second.indent >= opening.indent + _CELL_INDENT
    if first.shape not in (Shape.TEXT, Shape.ITEM):
        return False
    if second.ordinal and second.closed:
        return False
    start, end = second.text[0], first.text[-1]
    if end in "-\u2010\u00ad" and first.text[-2:-1].isalpha() and start.isalpha():
        return True
    hanging = opening.shape is Shape.ITEM and second.indent > opening.indent
    if _ORDINAL_AT_END.search(first.text) and start.isupper():
        return True
    if start.islower():
        return hanging or not _stands_alone(first, second)
    full = width >= _NARROWEST and first.width <= _WIDEST and _is_full(first, second, width)
    opens = _OPENING.match(second.text) is not None
    ended = first.text.rstrip(_CLOSERS)[-1:] in _ENDS
    if hanging and not opens and _is_full(first, second, width or longest):
        return True
    if not hanging and (
        second.indent > first.indent + 1 or (second.indent < first.indent - 1 and first is not opening)
    ):
        return False
    if opens or second.ordinal:
        return full and not ended and _OPENING.match(first.text) is None
    if first.text.rsplit(maxsplit=1)[-1] in open_ends() and len(first.text) >= 12:
        return True
    if end == ",":
        return full or (len(first.text) >= 30 and _GREETING.match(first.text) is None)
    return full and (not ended or _OPENING.match(opening.text) is None)


@lru_cache(maxsize=1)
def open_ends() -> frozenset[str]:
    """Words with which no German line ends but one that the next continues."""
    lexicon: BoilerplateCues = load_lexicon("boilerplate", BoilerplateCues)
    return lexicon.open_ends


def _is_full(first: Line, second: Line, width: int) -> bool:
    """Whether the next line's first word would not have fitted."""
    word = len(second.text.split(maxsplit=1)[0])
    return first.width + 1 + word > width * _TOLERANCE


def _stands_alone(first: Line, second: Line) -> bool:
    """Whether a line that begins in lower case is none the less no continuation of the one above."""
    if first.numbered or first.underlined or (second.indent > first.indent + 1 and first.shape is Shape.TEXT):
        return True
    if _OPENING.match(second.text):
        return True
    letters = first.text
    if letters.isupper() and not second.text.isupper() and len(letters) < _NARROWEST:
        return True
    labels = [": " in line.text[:40] for line in (first, second)]
    if all(labels):
        return True
    return len(letters) < _NARROWEST and ((labels[1] and letters[-1] != ",") or letters.rstrip(_CLOSERS)[-1:] in ".!?:")
