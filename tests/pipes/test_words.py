"""The words and tokens that the pipes for names share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.pipes.words import adjacent, capitalised_words, indices_at, lines_with, occurrences, text_at

TEXT = "Der Zug nach Zittau/Görlitz\nhält nicht.\nWasser- und Abwasserverband, J. Kowal"


def test_capitalised_words_come_with_their_offsets() -> None:
    words = capitalised_words(TEXT)
    assert [word for word, _ in words] == [
        "Der", "Zug", "Zittau", "Görlitz", "Wasser-", "Abwasserverband", "J", "Kowal",
    ]  # fmt: skip
    assert all(TEXT.startswith(word, start) for word, start in words)


def test_only_lines_with_a_position_are_given() -> None:
    positions = [TEXT.index("Zug"), TEXT.index("Görlitz"), TEXT.index("Kowal")]
    lines = [([token[0] for token in tokens], list(inside)) for tokens, inside in lines_with(TEXT, positions)]
    assert lines == [
        (["Der", "Zug", "nach", "Zittau/Görlitz"], positions[:2]),
        (["Wasser-", "und", "Abwasserverband", ",", "J", ".", "Kowal"], positions[2:]),
    ]


def test_indices_are_those_of_the_tokens_that_hold_the_positions() -> None:
    ((tokens, _),) = lines_with(TEXT, [0])
    assert indices_at(tokens, [0, TEXT.index("Zittau"), TEXT.index("Görlitz")]) == [0, 3]


def test_text_beyond_the_line_is_empty_and_nothing_is_beside_its_end() -> None:
    ((tokens, _),) = lines_with(TEXT, [0])
    assert (text_at(tokens, -1), text_at(tokens, 1), text_at(tokens, 4)) == ("", "Zug", "")
    assert adjacent(tokens, 0)
    assert not adjacent(tokens, 3)


def test_two_texts_in_turn_keep_their_own_tokens() -> None:
    texts = ["Eins Zwei", "Drei Vier"]
    for text in texts * 2:
        ((tokens, _),) = lines_with(text, [0])
        assert [token[0] for token in tokens] == text.split()


def test_occurrences_may_overlap() -> None:
    assert list(occurrences("eVeVe", "eVe")) == [0, 2]


@given(st.text(alphabet="AÄb-/.,1 \n", max_size=60))
def test_every_capitalised_word_lies_in_a_token_of_its_line(text: str) -> None:
    starts = [start for _, start in capitalised_words(text)]
    for tokens, positions in lines_with(text, starts):
        for index, position in zip(indices_at(tokens, positions[:1]), positions, strict=False):
            assert tokens[index].start() <= position < tokens[index].end()


@pytest.mark.parametrize("piece", ["A", "A ", "A-", "A\n", "Ab."])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = piece * (400_000 // len(piece))
    starts = [start for _, start in capitalised_words(text)]
    assert sum(len(indices_at(tokens, positions)) for tokens, positions in lines_with(text, starts))
