"""Word pieces are those of XLM-RoBERTa's tokenizer, cut to German."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.pipes.ner.files import FOLDER
from extractor.pipes.ner.pieces import LONGEST_WORD, UNKNOWN, WordPieces

PIECES = WordPieces(FOLDER / "pieces.tsv")
NAMES = {number: piece for piece, number in PIECES.ids.items()}


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Werkstatt", ["▁Werk", "statt"]),
        ("Bürger", ["▁Bürger"]),
        ("Donau", ["▁Dona", "u"]),
        (".", ["."]),
        ("Bür\u00adger", ["▁Bürger"]),
        ("ﬁnden", ["▁finden"]),
    ],
)
def test_word_is_cut_as_by_the_tokenizer(word: str, pieces: list[str]) -> None:
    assert [NAMES[number] for number in PIECES.of(word)] == pieces


@pytest.mark.parametrize("word", ["", " ", "\x00", "\u200b\u200b"])
def test_nothing_is_one_unknown_piece(word: str) -> None:
    assert PIECES.of(word) == (UNKNOWN,)


@given(st.text(max_size=300))
def test_any_word_has_a_bounded_number_of_known_pieces(word: str) -> None:
    pieces = PIECES.of(word)
    assert 1 <= len(pieces) <= LONGEST_WORD
    assert all(number == UNKNOWN or number in NAMES for number in pieces)


def test_memory_of_words_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.pipes.ner.pieces._REMEMBERED", 10)
    for number in range(25):
        PIECES.of(f"Wort{number}")
    assert len(PIECES.memory) <= 10
