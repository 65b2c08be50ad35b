"""The reading of a text, and the way back to the source."""

import unicodedata
from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from extractor.blocks import segment
from extractor.document import Block, BlockKind
from extractor.pipes.reading import Reading, blocks_of, read, reading_of, register, set_blocks, set_spans, values_of

PIECES = [
    "Das Fest",
    "kKüche",
    "Ver-",
    "kehr",
    "\n",
    "\r\n",
    "\n\n",
    " ",
    "  ",
    "\t",
    "\u00a0",
    "\u00ad",
    "\u200b",
    "\u2011",
    "u\u0308",
]
PIECES += [
    "ﬁ",
    "**",
    "*",
    "_",
    "''",
    "[[",
    "]]",
    "|",
    "||",
    "> ",
    "- ",
    "# ",
    "[Text](https://example.org)",
    "a\u0301\u0308",
    "\u2028",
    ": ",
]
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def reading(text: str) -> Reading:
    return read(text, segment(text))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Der Saal war\nvoll, sagte sie, und alle\nblieben.", "Der Saal war voll, sagte sie, und alle blieben."),
        (
            "Die Gemein-\nde plant, die Haupt-\nund die Realschule zu verbinden.",
            "Die Gemeinde plant, die Haupt- und die Realschule zu verbinden.",
        ),
        ("Das Land Nordrhein-\r\nWestfalen hilft.", "Das Land Nordrhein-Westfalen hilft."),
        ("Bürger\u00adwerkstatt und Bürger\u00ad\ndialog", "Bürgerwerkstatt und Bürgerdialog"),
        ("Am 3.\u00a0Mai  um\u20099 Uhr", "Am 3. Mai um 9 Uhr"),
        ("**Wann:** *heute* und '''morgen''', ''immer''", "Wann: heute und morgen, immer"),
        ("3 * 4 und a_b bleiben", "3 * 4 und a_b bleiben"),
        ("[[Guben]], [[Guben|die Stadt]], [hier](https://example.org/a)", "Guben, die Stadt, hier"),
        ("Siehe [1] und (a) im Anhang", "Siehe [1] und (a) im Anhang"),
        ("u\u0308ber die Bru\u0308cke", "über die Brücke"),
        ("Proﬁl und Oﬀenheit", "Profil und Offenheit"),
        (
            "Der Ffeldtag und kKünstliche Wege in Aachen und Llanelli",
            "Der Feldtag und künstliche Wege in Aachen und Llanelli",
        ),
        ("Baden\u2011Württemberg", "Baden-Württemberg"),
        (
            "> Kommt alle zum Fest, bringt Kuchen mit und\n> gute Laune.",
            "Kommt alle zum Fest, bringt Kuchen mit und gute Laune.",
        ),
        ("9.00\tBegrüßung\tIna Kolb", "9.00 | Begrüßung | Ina Kolb"),
        ("Beginn:   18 Uhr          Ende: 20 Uhr", "Beginn: 18 Uhr | Ende: 20 Uhr"),
        ("| 9.00 || Ankommen || |\n| 9.30  | Vortrag |", "9.00 | Ankommen\n9.30 | Vortrag"),
        ("9.00    Vortrag zur Frage, wie Moore\n        wachsen", "9.00 | Vortrag zur Frage, wie Moore wachsen"),
        ("", ""),
    ],
)
def test_readings(source: str, expected: str) -> None:
    assert reading(source).text == (f"{expected}\n" if expected else "")


def test_repeats_are_left_out() -> None:
    text = "Erster Teil\nZweiter Teil\nDritter Teil"
    kinds = [BlockKind.HEADING, BlockKind.REPEAT, BlockKind.BOILERPLATE]
    blocks = [Block(kind, start, start + 11) for kind, start in zip(kinds, (0, 12, 25), strict=True)]
    assert read(text, blocks).text.startswith("Erster Teil\nDritter")


@given(texts, st.data())
def test_source_of_any_stretch_is_a_stretch_of_the_text(text: str, data: st.DataObject) -> None:
    made = reading(text)
    if made.text:
        start = data.draw(st.integers(0, len(made.text) - 1))
        end = data.draw(st.integers(start + 1, len(made.text)))
        begin, finish = made.source(start, end)
        assert 0 <= begin < finish <= len(text)


@given(texts)
def test_characters_that_are_not_replaced_map_to_themselves(text: str) -> None:
    made = reading(text)
    for position, character in enumerate(made.text):
        start, end = made.source(position, position + 1)
        piece = text[start:end]
        if character.isalnum() and len(piece) == 1:
            assert unicodedata.normalize("NFKC", piece).startswith(character) or character in unicodedata.normalize(
                "NFKC", piece
            )
        elif character.isalnum():
            assert character.lower() in unicodedata.normalize("NFKC", piece).lower()


@given(texts)
def test_sources_follow_each_other(text: str) -> None:
    made = reading(text)
    ends = [made.source(position, position + 1) for position in range(len(made.text))]
    assert all(first[0] <= second[0] and first[1] <= second[1] for first, second in pairwise(ends))


@given(texts)
def test_reading_is_composed_and_plain(text: str) -> None:
    made = reading(text).text
    assert not set(made) & set("\t\r\x0b\x0c\x85\u00a0\u00ad\u2028\u200b\u2011")
    assert made.count("\n") == sum(block.kind is not BlockKind.REPEAT for block in segment(text))


@given(texts, st.data())
def test_position_is_the_way_back(text: str, data: st.DataObject) -> None:
    made = reading(text)
    if made.text.strip():
        place = data.draw(st.sampled_from([at for at, character in enumerate(made.text) if character.isalnum()] or [0]))
        assert 0 <= made.position(made.source(place, place + 1)[0]) <= place


@pytest.mark.parametrize(
    "unit",
    ["-\n", "[", "[a", "'", "*", "_", "Aa", "\u00ad", "u\u0308", "  \t", "> \n", "](", "[[a|", "!!", "|", "- \n"],
)
def test_hostile_text_has_a_reading(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    read(text, [Block(BlockKind.PARAGRAPH, 0, len(text))])
    read(text, [Block(BlockKind.TABLE_ROW, 0, len(text))])


def test_reading_is_kept_with_the_doc() -> None:
    doc = spacy.blank("de")("Die Bürger\u00adwerkstatt in Guben")
    assert reading_of(doc).text == "Die Bürgerwerkstatt in Guben\n"
    copy = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert reading_of(copy).source(4, 19) == (4, 20)


def test_blocks_given_win_over_blocks_found() -> None:
    doc = spacy.blank("de")("Startseite und Guben")
    assert [block.kind for block in blocks_of(doc)] == [BlockKind.PARAGRAPH]
    set_blocks(doc, [Block(BlockKind.REPEAT, 0, 10), Block(BlockKind.HEADING, 15, 20)])
    assert [block.kind for block in blocks_of(doc)] == [BlockKind.REPEAT, BlockKind.HEADING]
    assert reading_of(doc).text == "Guben\n"


def test_spans_carry_their_values() -> None:
    register("marks")
    doc = spacy.blank("de")("Am 3. Mai in Guben und Forst")
    second = {"start": 23, "end": 28, "rule": "mark.town"}
    first = {"start": 13, "end": 18, "rule": "mark.town"}
    set_spans(doc, "marks", [second, first])
    assert [span.text for span in doc.spans["marks"]] == ["Guben", "Forst"]
    assert [span._.marks for span in doc.spans["marks"]] == [first, second]
    assert values_of(doc, "marks") == [first, second]
    assert values_of(doc, "nothing") == []
    assert doc[:2]._.marks is None
