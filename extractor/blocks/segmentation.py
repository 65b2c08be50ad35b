"""The segmenter: lines, put together into blocks, labelled."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.blocks import shapes
from extractor.blocks.boilerplate import Cues, cues
from extractor.blocks.columns import resolve_columns
from extractor.blocks.furniture import mark_furniture
from extractor.blocks.headings import Draft, label_headings
from extractor.blocks.lines import Line, Scan, Shape, scan
from extractor.blocks.marks import Mark
from extractor.blocks.numbering import resolve_ordinals
from extractor.blocks.quotes import is_field, quoted_in_copy
from extractor.blocks.repeats import find_repeats
from extractor.blocks.schedules import label_schedules
from extractor.blocks.wrapping import adjacent, grouped
from extractor.document import Block, BlockKind

_OF_SHAPE = {
    Shape.TEXT: BlockKind.PARAGRAPH,
    Shape.ITEM: BlockKind.LIST_ITEM,
    Shape.ROW: BlockKind.TABLE_ROW,
    Shape.HEADING: BlockKind.HEADING,
    Shape.MARKUP: BlockKind.BOILERPLATE,
}
_LONGEST_TEASER = 100
_LONGEST_MENU_ITEM, _FEWEST_MENU_ITEMS = 40, 3
_LONGEST_SIGNATURE, _WIDEST_SIGNATURE = 12, 100


def segment(text: str, marks: Sequence[Mark] = ()) -> tuple[Block, ...]:
    """Cut a text into labelled blocks, in order; see ``Block`` for what lies between them.

    ``marks`` is what the format of the text says about it; without them its looks alone decide.
    """
    scanned = scan(text, marks)
    lines = scanned.lines
    if not marks:
        mark_furniture(lines)
    resolve_ordinals(lines)
    for run in adjacent(lines):
        if len(run) > 1:
            resolve_columns(run)
    german = cues()
    anywhere = german.anywhere_in(text)
    drafts = [_draft(group, german, anywhere) for group in grouped(lines)]
    _label_signatures(drafts, scanned)
    if not marks:
        _label_quotes(drafts, text)
    _label_menus(drafts, german)
    _label_teasers(drafts, german)
    label_headings(drafts, german)
    label_schedules(drafts)
    _label_repeats(drafts, german)
    return tuple(map(_block, drafts))


def _block(draft: Draft) -> Block:
    first, last = draft.lines[0], draft.lines[-1]
    if first.mark is None:
        return Block(draft.kind, first.start, last.end)
    return Block(draft.kind, first.start, last.end, first.mark.page, first.mark.paragraph)


def _draft(lines: list[Line], german: Cues, anywhere: Sequence[tuple[str, str]]) -> Draft:
    """A block with the label that its own lines give it."""
    text = lines[0].text if len(lines) == 1 else "\n".join(line.text for line in lines)
    mark = lines[0].mark
    kind = BlockKind.CAPTION if mark and mark.kind is BlockKind.CAPTION else _OF_SHAPE[lines[0].shape]
    if kind is not BlockKind.BOILERPLATE:
        if german.is_boilerplate(text, anywhere):
            kind = BlockKind.BOILERPLATE
        elif kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and german.is_caption(text):
            kind = BlockKind.CAPTION
    return Draft(lines, text, kind)


def _label_signatures(drafts: Sequence[Draft], scanned: Scan) -> None:
    """Make what stands below an e-mail's signature mark boilerplate: short lines down to an empty one."""
    marked: set[int] = set()
    for opening in scanned.signatures:
        for at, line in enumerate(scanned.lines[opening : opening + _LONGEST_SIGNATURE]):
            if (at and line.gap) or len(line.text) > _WIDEST_SIGNATURE or shapes.has_day(line.text):
                break
            marked.add(id(line))
    for draft in drafts if marked else ():
        if all(id(line) in marked for line in draft.lines):
            draft.kind = BlockKind.BOILERPLATE


def _label_quotes(drafts: Sequence[Draft], text: str) -> None:
    """Make the mails that a copied mail quotes boilerplate, if it names a day itself."""
    spans = quoted_in_copy(text)
    if not spans:
        return
    quoted = [
        draft
        for draft in drafts
        if any(start <= draft.lines[0].start and draft.lines[-1].end <= end for start, end in spans)
    ]
    ids = {id(draft) for draft in quoted}
    if any(
        shapes.has_day(line.text)
        for draft in drafts
        if id(draft) not in ids
        for line in draft.lines
        if not is_field(line.text)
    ):
        for draft in quoted:
            draft.kind = BlockKind.BOILERPLATE


def _label_menus(drafts: Sequence[Draft], german: Cues) -> None:
    """Make columns of menu items boilerplate: from the first to the last of three and more known ones."""
    run: list[Draft] = []
    known: list[int] = []
    for draft in [*drafts, None]:
        short = draft is not None and len(draft.lines) == 1 and len(draft.text) <= _LONGEST_MENU_ITEM
        is_known = draft is not None and short and german.is_menu_item(draft.text)
        parted = (
            draft is None
            or not short
            or (draft.lines[0].gap and not (is_known and known and known[-1] == len(run) - 1))
        )
        if parted:
            if len(known) >= _FEWEST_MENU_ITEMS and len(known) * 2 > known[-1] - known[0]:
                for item in run[known[0] : known[-1] + 1]:
                    item.kind = BlockKind.BOILERPLATE
            run, known = [], []
        if draft is not None and short:
            if is_known:
                known.append(len(run))
            run.append(draft)


def _label_teasers(drafts: Sequence[Draft], german: Cues) -> None:
    """Make titles of other texts boilerplate: the short lines below "Lesen Sie auch:", down to a longer one."""
    teased = False
    for draft in drafts:
        if german.opens_teasers(draft.text):
            teased = True
        elif len(draft.lines) > 1 or len(draft.text) > _LONGEST_TEASER or draft.text[-1] in ".:":
            teased = False
        if teased:
            draft.kind = BlockKind.BOILERPLATE


def _label_repeats(drafts: Sequence[Draft], german: Cues) -> None:
    texts = [draft.text for draft in drafts]
    kinds = [draft.kind for draft in drafts]
    for draft, repeats in zip(drafts, find_repeats(texts, kinds, german.is_label), strict=True):
        if repeats:
            draft.kind = BlockKind.REPEAT
