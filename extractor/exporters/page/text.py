"""The text of a report as rows of a page: a block each, its spans marked, its values beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from extractor.blocks import segment
from extractor.document import Block, BlockKind
from extractor.exporters.page.annotations import Annotation, Note
from extractor.exporters.page.pieces import Piece, pieces
from extractor.exporters.page.signs import shortened, visible

MOST_NOTES = 12
"""Notes that one annotation, or the tip of one piece, shows."""
_LONGEST_VALUE = 300
_BLANK = " \t\r\n"
_LONGEST_RULE = 80

_PIECE = Markup(
    '<a class="span {kinds}" href="#note-{number}" aria-describedby="tip-{start}"{target}{numbers}>{text}</a>{tip}'
)
_MARKS = Markup('<span class="span {kinds}"{target}{numbers}>{text}</span>')
"""The part of a span that is mere marks, a closing quotation mark for one: too small for a link (WCAG 2.2, 2.5.8)."""
_TARGET = Markup(' id="at-{start}"')
_NUMBERS = Markup(' data-numbers="{numbers}"')
_TIP = Markup('<span class="tip" role="tooltip" id="tip-{start}" lang="en">{lines}{more}</span>')
_LINE = Markup(
    '<span class="line {kind}"><span class="field">{field}</span> <b>{value}</b>'
    ' <span class="details">{details}</span> <span class="rule">{rule}{confidence}</span></span>'
)
_MORE = Markup('<span class="line">and {count:,} more</span>')


@dataclass(frozen=True, slots=True)
class Row:
    """A block of the text as HTML, with the annotations that begin in it."""

    kind: str
    html: Markup
    annotations: list[Annotation]


def rows(text: str, annotations: Sequence[Annotation]) -> Iterator[Row]:
    """The whole text but for the white space between blocks, in order."""
    blocks = segment(text) or _of_markers_only(text)
    bounds = [*_bounds(text, blocks), len(text)]
    cut = pieces(annotations, bounds)
    begun = {annotation.start for annotation in annotations}
    position = 0
    piece = next(cut, None)
    for (start, end), block in zip(pairwise(bounds), blocks, strict=True):
        visible_end = start + len(text[start:end].rstrip(_BLANK))
        html: list[str] = []
        while piece is not None and piece.end <= end:
            if piece.start < visible_end:
                html.append(_piece_html(text[piece.start : min(piece.end, visible_end)], piece, begun))
            piece = next(cut, None)
        first = position
        while position < len(annotations) and annotations[position].start < end:
            position += 1
        yield Row(block.kind.value, Markup("").join(html), list(annotations[first:position]))


def _of_markers_only(text: str) -> Sequence[Block]:
    """One block for a text in which there is none."""
    return (Block(BlockKind.PARAGRAPH, 0, len(text)),) if text.strip(_BLANK) else ()


def _bounds(text: str, blocks: Sequence[Block]) -> Iterator[int]:
    """Where rows begin: at the line on which a block begins, so that its bullet stands with it."""
    end = 0
    for position, block in enumerate(blocks):
        if position == 0:
            yield 0
        else:
            line = text.rfind("\n", end, block.start) + 1
            yield line or block.start
        end = block.end


def _piece_html(shown: str, piece: Piece, begun: set[int]) -> Markup:
    if not piece.covering:
        return Markup.escape(visible(shown))
    inner, outer = piece.covering[0], piece.covering[-1]
    ending = [str(annotation.number) for annotation in piece.covering if annotation.end == piece.end]
    kinds = inner.kind if inner is outer else f"{inner.kind} in-{outer.kind}"
    target = _TARGET.format(start=piece.start) if piece.start in begun else ""
    numbers = _NUMBERS.format(numbers=" ".join(reversed(ending))) if ending else ""
    longer = inner.end - inner.start > piece.end - piece.start
    if longer and not any(map(str.isalnum, shown)):
        return _MARKS.format(kinds=kinds, target=target, numbers=numbers, text=visible(shown))
    return _PIECE.format(
        kinds=kinds,
        number=inner.number,
        start=piece.start,
        target=target,
        numbers=numbers,
        text=visible(shown),
        tip=_tip(piece),
    )


def _tip(piece: Piece) -> Markup:
    """What there is to say about a piece, the innermost first."""
    notes = [note for annotation in piece.covering for note in annotation.notes[: MOST_NOTES + 1]]
    total = sum(len(annotation.notes) for annotation in piece.covering) + piece.more
    lines = Markup("").join(note_html(note) for note in notes[:MOST_NOTES])
    more = _MORE.format(count=total - MOST_NOTES) if total > MOST_NOTES else ""
    return _TIP.format(start=piece.start, lines=lines, more=more)


def note_html(note: Note) -> Markup:
    """One note in a line: field, value, rule and confidence."""
    return _LINE.format(
        kind=note.kind,
        field=visible(shortened(note.field, _LONGEST_RULE)),
        value=visible(shortened(note.value, _LONGEST_VALUE)),
        details=visible(shortened(note.details, _LONGEST_VALUE)),
        rule=visible(shortened(note.rule, _LONGEST_RULE)),
        confidence="" if note.confidence is None else f" · confidence {note.confidence:.2f}",
    )
