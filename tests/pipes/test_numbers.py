"""German numbers in figures and words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.pipes.numbers import cardinal_word, figures, ordinal, quantity_before


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("zwei", 2),
        ("zwo", 2),
        ("zwölf", 12),
        ("zwoelf", 12),
        ("Siebzehn", 17),
        ("dreißig", 30),
        ("dreissig", 30),
        ("einundzwanzig", 21),
        ("hundert", 100),
        ("einhundert", 100),
        ("hundertzwanzig", 120),
        ("zweihundertfünfzig", 250),
        ("tausend", 1000),
        ("dreitausendvierhundert", 3400),
        ("zwölftausend", 12000),
        ("Hunde", None),
        ("einsam", None),
        ("Achtung", None),
        ("hundertjährig", None),
        ("tausendfach", None),
    ],
)
def test_cardinal_words(word: str, value: int | None) -> None:
    assert cardinal_word(word) == value


@pytest.mark.parametrize(
    ("token", "value"),
    [
        ("3.", 3),
        ("27.", 27),
        ("10te", 10),
        ("3ten", 3),
        ("20sten", 20),
        ("2nd", 2),
        ("III.", 3),
        ("IV.", 4),
        ("XIV.", 14),
        ("XXXIX.", 39),
        ("erste", 1),
        ("allererstes", 1),
        ("Vierter", 4),
        ("VIERTES", 4),
        ("Vierzehnten", 14),
        ("zweiter", 2),
        ("dritten", 3),
        ("siebten", 7),
        ("siebente", 7),
        ("achtes", 8),
        ("zwölften", 12),
        ("zwanzigste", 20),
        ("einundzwanzigsten", 21),
        ("hundertste", 100),
        ("hundertfünfzigsten", 150),
        ("0.", None),
        ("III", None),
        ("MDC.", None),
        ("letzte", None),
        ("Werkstätte", None),
        ("13.01.", None),
        ("drei", None),
        ("achte.", None),
    ],
)
def test_ordinals(token: str, value: int | None) -> None:
    assert ordinal(token) == value


@pytest.mark.parametrize(
    ("token", "value"),
    [
        ("1.200", 1200),
        ("4'000", 4000),
        ("62’000", 62000),
        ("17400", 17400),
        ("0048", None),
        ("1.20", None),
        ("12,5", None),
    ],
)
def test_figures(token: str, value: int | None) -> None:
    assert figures(token) == value


@pytest.mark.parametrize(
    ("text", "value", "quote"),
    [
        ("rund 4 000", 4000, "4 000"),
        ("etwa 1 250 000", 1250000, "1 250 000"),
        ("im Mai 2013 380", 380, "380"),
        ("gut 17.400", 17400, "17.400"),
        ("(70", 70, "70"),
        ("über hundert", 100, "hundert"),
        ("gut ein Dutzend", 12, "ein Dutzend"),
        ("ein halbes Dutzend", 6, "ein halbes Dutzend"),
        ("drei Dutzend", 36, "drei Dutzend"),
        ("anderthalb hundert", 150, "anderthalb hundert"),
        ("fast zwei Millionen", 2000000, "zwei Millionen"),
    ],
)
def test_quantity_before(text: str, value: int, quote: str) -> None:
    quantity = quantity_before(f"{text} ", len(text) + 1)
    assert quantity is not None
    assert (quantity.value, text[quantity.start : quantity.end]) == (value, quote)


@pytest.mark.parametrize("text", ["ein paar hundert", "Tische", "Nr. 0048213", "", "am 3.", "Hunderte", "\n"])
def test_no_quantity(text: str) -> None:
    assert quantity_before(f"{text} ", len(text) + 1) is None


@given(st.integers(min_value=1, max_value=999))
def test_figures_round_trip(value: int) -> None:
    assert figures(str(value)) == value
    assert ordinal(f"{value}.") == value
    assert figures(f"{value}.000") == value * 1000


@given(st.text(max_size=80))
def test_any_text_is_read_without_error(text: str) -> None:
    quantity_before(text, len(text))
    cardinal_word(text)
    if text:
        ordinal(text)


@pytest.mark.parametrize("ending", ["e", "er", "en", "es", "em"])
def test_ordinal_words_in_all_endings_and_capitals(ending: str) -> None:
    one_to_ten = ["erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt"]
    teens = ["dreizehnt", "vierzehnt", "fünfzehnt", "sechzehnt", "siebzehnt", "achtzehnt", "neunzehnt"]
    stems = [*one_to_ten, "elft", "zwölft", *teens, "zwanzigst"]
    for value, stem in enumerate(stems, start=1):
        word = stem + ending
        assert [ordinal(word), ordinal(word.capitalize()), ordinal(word.upper())] == [value] * 3
