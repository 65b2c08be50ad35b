"""How texts are cut into blocks, and how blocks are labelled."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.blocks import segment
from extractor.document import BlockKind

CORPUS = tomllib.loads((Path(__file__).parents[1] / "corpora" / "blocks.toml").read_text("utf-8"))
PIECES = [
    "\n",
    "\r\n",
    "\f",
    "\u2028",
    "\x85",
    " ",
    "  ",
    "\t",
    "- ",
    "* ",
    "# ",
    "== ",
    " ==",
    "| ",
    "||",
    "|-",
    "---",
    "===",
    "> ",
]
PIECES += [
    "1. ",
    "2. ",
    "a) ",
    "Foto: ",
    "Seite 3",
    "Am 3. Mai",
    "das Fest",
    "FEST",
    "Ort: ",
    "{{",
    "}}",
    "[[",
    "+",
    "ä",
    "\u00ad",
    "\ufeff",
]


def labelled(text: str) -> list[list[str]]:
    return [[block.kind.value, text[block.start : block.end]] for block in segment(text)]


@pytest.mark.parametrize("case", CORPUS["segment"], ids=[case["name"] for case in CORPUS["segment"]])
def test_segments(case: dict[str, Any]) -> None:
    assert labelled(case["text"]) == case["blocks"]


@pytest.mark.parametrize("case", CORPUS["repeats"], ids=[case["name"] for case in CORPUS["repeats"]])
def test_repeats(case: dict[str, Any]) -> None:
    between = "Dazwischen steht ein Satz, der mit dem Übrigen gar nichts zu tun hat."
    text = f"{case['first']}\n\n{between}\n\n{case['second']}\n"
    kinds = [block.kind for block in segment(text)]
    assert BlockKind.REPEAT not in kinds[:-1]
    assert (kinds[-1] is BlockKind.REPEAT) is case["repeat"]


@pytest.mark.parametrize("line", CORPUS["boilerplate"]["yes"])
def test_boilerplate(line: str) -> None:
    assert [kind for kind, _ in labelled(f"Ein Satz steht davor.\n\n{line}\n\nEin Satz steht danach.")][1:-1] == [
        "boilerplate"
    ]


@pytest.mark.parametrize("line", CORPUS["boilerplate"]["no"])
def test_no_boilerplate(line: str) -> None:
    assert "boilerplate" not in [
        kind for kind, _ in labelled(f"Ein Satz steht davor.\n\n{line}\n\nEin Satz steht danach.")
    ]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_blocks_are_ordered_and_trimmed(text: str) -> None:
    end = 0
    for block in segment(text):
        assert end <= block.start < block.end <= len(text)
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        assert any(character.isalnum() for character in text[block.start : block.end])
        end = block.end


@given(st.text(max_size=300))
def test_any_text_has_blocks(text: str) -> None:
    end = 0
    for block in segment(text):
        assert end <= block.start < block.end <= len(text)
        end = block.end


@given(
    st.lists(
        st.sampled_from(["Das Fest beginnt am Abend.", "Kuchen", "- Tee", "Ort: Guben", "", "# Ablauf"]), max_size=30
    )
)
def test_what_lies_between_blocks_has_no_words(lines: list[str]) -> None:
    text = "\n".join(lines)
    rest = text
    for block in reversed(segment(text)):
        rest = rest[: block.start] + rest[block.end :]
    assert not any(character.isalnum() for character in rest)


def test_blocks_are_the_same_each_time() -> None:
    text = "\n\n".join(case["text"] for case in CORPUS["segment"])
    assert segment(text) == segment(text)


@pytest.mark.parametrize(
    "unit",
    [
        "a\n",
        "- a\n",
        "1. a\n",
        "| a\n",
        "{{\n",
        "a  b\n",
        ": ",
        "(",
        "1",
        "A",
        "=",
        "- ",
        "das fest ",
        "das fest\n\n",
        "1 a\n\n",
        "\f1\n",
    ],
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    segment(text)


def test_many_similar_paragraphs_take_linear_time() -> None:
    text = "\n\n".join(
        f"Im Dorf Nummer {number} wurde das Fest der Ernte mit Musik, Tanz und gutem Essen gefeiert."
        for number in range(4_000)
    )
    assert all(block.kind is BlockKind.PARAGRAPH for block in segment(text))
