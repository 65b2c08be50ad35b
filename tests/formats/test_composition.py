"""What holds for every text that is put together from pieces, whatever the format."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.blocks import Mark, segment
from extractor.document import BlockKind
from extractor.errors import DocumentTooLarge
from extractor.readers.composition import Piece, compose, rows_of, tidy

texts = st.lists(
    st.sampled_from(
        ["Am 4. März 2025", "- ", "1. ", "> ", "| ", "# ", "\n", "\r", "\f", "\x85", "\u2028", " ", "\t", "\xa0",
         "\x00",
         "\ud800", "***", "Fachkon-", "ferenz", "Impressum", "Seite 3 von 7", "“", "{|", "[[Datei:"]
    ),
    max_size=12,
).map("".join)  # fmt: skip
pieces = st.builds(
    Piece,
    st.sampled_from([kind for kind in BlockKind if kind is not BlockKind.REPEAT]),
    texts,
    st.booleans(),
    st.sampled_from(["", "- ", "12. "]),
    st.booleans(),
    st.one_of(st.none(), st.integers(1, 3)),
)


@given(st.lists(pieces, max_size=8))
def test_blocks_lie_within_the_text_and_keep_their_origin(given: list[Piece]) -> None:
    composition = compose(given, "a")
    text = composition.text
    end = 0
    for block in segment(text, composition.marks):
        assert end <= block.start < block.end <= len(text)
        assert text[block.start : block.end].strip() == text[block.start : block.end]
        assert block.paragraph is not None
        end = block.end
    assert text.encode("utf-8").decode("utf-8") == text


@given(st.lists(pieces, max_size=8))
def test_marks_hold_the_words_of_their_pieces(given: list[Piece]) -> None:
    composition = compose(given, "a")
    shown = [composition.text[mark.start : mark.end] for mark in composition.marks]
    assert shown == [tidy(piece.text) for piece in given if tidy(piece.text)]


def test_a_mark_is_one_block_of_its_kind() -> None:
    text = "Das Fest\nin Guben\n\nAm 3. Mai\nwar es schön."
    heading, prose = Mark(BlockKind.HEADING, 0, 17), Mark(BlockKind.PARAGRAPH, 19, 42, page=2, paragraph=1)
    blocks = segment(text, [heading, prose])
    assert [(block.kind, block.start, block.end) for block in blocks] == [
        (BlockKind.HEADING, 0, 17),
        (BlockKind.PARAGRAPH, 19, 42),
    ]
    assert (blocks[1].page, blocks[1].paragraph) == (2, 1)


def test_short_lines_in_paragraphs_of_their_own_may_be_one_block() -> None:
    lines = ["Am Samstag waren wir beim Uferputz in Köpenick 26", "leute und haben 41 Säcke aus dem Fluss gezogen."]
    composition = compose([Piece(BlockKind.PARAGRAPH, line, apart=False) for line in lines], "a")
    assert len(segment(composition.text, composition.marks)) == 1
    joined = compose([Piece(BlockKind.PARAGRAPH, line, apart=False, joined=True) for line in lines], "a")
    assert len(segment(joined.text, joined.marks)) == 2


def test_a_table_that_arranges_a_page_is_no_table() -> None:
    def cell(kind: BlockKind, text: str) -> list[Piece]:
        return [Piece(kind, text)]

    plain = [[cell(BlockKind.PARAGRAPH, "9 Uhr"), cell(BlockKind.PARAGRAPH, "Andacht")]]
    assert [piece.text for piece in rows_of(plain)] == ["9 Uhr | Andacht"]
    arranged = [[cell(BlockKind.HEADING, "Fest"), cell(BlockKind.PARAGRAPH, "Logo")]]
    assert [piece.text for piece in rows_of(arranged)] == ["Fest", "Logo"]
    assert [piece.text for piece in rows_of([[cell(BlockKind.PARAGRAPH, "Eine Spalte")]])] == ["Eine Spalte"]


def test_too_much_text_is_noticed_while_it_is_read() -> None:
    with pytest.raises(DocumentTooLarge):
        compose((Piece(BlockKind.PARAGRAPH, "a" * 100_000) for _ in range(10**9)), "a")


def test_long_runs_of_blanks_take_linear_time() -> None:
    assert tidy("a" + "\xa0" * 1_000_000 + "b" + " \n" * 500_000 + "c").endswith("b\nc")


def test_text_is_read_without_the_libraries_of_other_formats(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Am 3. Mai war ein Fest.", "utf-8")
    code = (
        "import sys; from extractor.readers import read_file\n"
        f"read_file({str(tmp_path / 'a.txt')!r})\n"
        "print([name for name in ('lxml', 'trafilatura', 'pypdfium2', 'xml.etree.ElementTree') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
