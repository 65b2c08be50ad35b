"""German numbers in figures and words: cardinals, ordinals, and quantities before a noun.

Source of the word grammar: the rules for numerals in the official German spelling rules
(Amtliches Regelwerk der deutschen Rechtschreibung, § 36 and § 37).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from extractor.lang.lexicon import Lexicon, load_lexicon

_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_LONGEST_WORD = 60
_FIGURES = re.compile(r"\d{1,3}(?:[.’']\d{3}){1,3}|\d{1,9}")
_GROUP = re.compile(r"\d{3}")
_FIRST_GROUP = re.compile(r"\d{1,3}")
_ORDINAL_FIGURES = re.compile(r"(\d{1,3})(?:\.|(?:s?te[nrsm]?)|(?:st|nd|rd|th))")
_ORDINAL_ENDING = re.compile(r"e[nrsm]?$")
_ROMAN = re.compile(r"(X{0,3})(IX|IV|V?I{0,3})\.")
_ROMAN_VALUES = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
_TOKEN = re.compile(r"\S+")


def fold(word: str) -> str:
    """Lower a word, its umlauts and sharp s transcribed: "Dreißig" gives "dreissig"."""
    return word.lower().translate(_FOLD)


class NumberLexicon(Lexicon):
    """Schema of ``numbers.toml``: written form to value."""

    cardinals: dict[str, int]
    tens: dict[str, int]
    units: dict[str, int]
    multipliers: dict[str, int]
    counting_nouns: dict[str, int]
    fractions: dict[str, float]
    ordinals: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Words:
    """The lexicon as look-up tables, keys folded."""

    below_hundred: dict[str, int]
    multipliers: tuple[tuple[str, int], ...]
    counting_nouns: dict[str, int]
    fractions: dict[str, float]
    ordinal_stems: dict[str, int]


class Quantity(NamedTuple):
    """A number in a text: its value and its half-open offsets; ``in_words`` if written as a word."""

    value: int
    start: int
    end: int
    in_words: bool


@lru_cache(maxsize=1)
def _words() -> _Words:
    lexicon = load_lexicon("numbers", NumberLexicon)
    below = {fold(word): value for word, value in (*lexicon.cardinals.items(), *lexicon.tens.items())}
    below |= {
        fold(f"{unit}und{ten}"): unit_value + ten_value
        for unit, unit_value in lexicon.units.items()
        for ten, ten_value in lexicon.tens.items()
    }
    ordinals = {
        fold(word) + ("t" if value < 20 else "st"): value
        for word, value in below.items()
        if value not in (0, 1, 3, 7, 8) and word not in ("beide", "beiden")
    }
    return _Words(
        below_hundred=below,
        multipliers=tuple(sorted(lexicon.multipliers.items(), key=lambda item: -item[1])),
        counting_nouns={fold(word): value for word, value in lexicon.counting_nouns.items()},
        fractions=lexicon.fractions,
        ordinal_stems=ordinals | {fold(word): value for word, value in lexicon.ordinals.items()},
    )


@lru_cache(maxsize=2048)
def cardinal_word(word: str) -> int | None:
    """Read a written cardinal ("zweihundertfünfzig" gives 250); None for other words."""
    return None if len(word) > _LONGEST_WORD else _cardinal(fold(word))


def _cardinal(word: str) -> int | None:
    words = _words()
    if word in words.below_hundred:
        return words.below_hundred[word]
    for name, factor in words.multipliers:
        before, found, after = word.partition(name)
        if found:
            times = _cardinal(before) if before else 1
            rest = _cardinal(after.removeprefix("und")) if after else 0
            return times * factor + rest if times is not None and rest is not None else None
    return None


def figures(token: str) -> int | None:
    """Read digits, grouped or not: "1.200", "4'000", "17400"; None for other text.

    Numbers with a leading zero are codes, not quantities.
    """
    if not _FIGURES.fullmatch(token) or (token[0] == "0" and len(token) > 1):
        return None
    return int(re.sub(r"\D", "", token))


@lru_cache(maxsize=2048)
def ordinal(token: str) -> int | None:
    """Read an ordinal: "3.", "3te", "III.", "dritte", "einundzwanzigsten"; None for others."""
    if len(token) > _LONGEST_WORD:
        return None
    if match := _ORDINAL_FIGURES.fullmatch(token):
        return int(match[1]) or None
    if token[0] in "IVX" and token[-1] == ".":
        match = _ROMAN.fullmatch(token)
        return (10 * len(match[1]) + _ROMAN_VALUES[match[2]]) or None if match else None
    stem, endings = _ORDINAL_ENDING.subn("", fold(token))
    return _ordinal(stem) if endings else None


def _ordinal(stem: str) -> int | None:
    """Read an ordinal without its ending: "dritt", "hundertfuenfzigst"."""
    words = _words()
    if stem in words.ordinal_stems:
        return words.ordinal_stems[stem]
    for name, factor in words.multipliers:
        before, found, after = stem.partition(name)
        if found:
            times = _cardinal(before) if before else 1
            rest = 0 if after == "st" else _ordinal(after.removeprefix("und"))
            return times * factor + rest if times is not None and rest is not None else None
    return None


def quantity_before(text: str, end: int) -> Quantity | None:
    """Find the number directly before ``end`` in ``text``, blanks aside.

    Reads figures with thousands separators ("1.200", "4 000"), words ("hundert"), and counting
    nouns with their multiplier ("drei Dutzend", "anderthalb hundert").
    """
    left = max(end - _LONGEST_WORD, 0)
    left = max(text.rfind("\n", left, end) + 1, left)
    tokens = [(match.start(), match.end()) for match in _TOKEN.finditer(text, left, end)][-3:]
    if not tokens:
        return None
    start, stop = tokens[-1]
    start = _after_opening(text, start, stop)
    word = text[start:stop]
    counting = _words().counting_nouns.get(fold(word))
    if counting is not None:
        return _multiplied(text, tokens, Quantity(counting, start, stop, in_words=True))
    if word[0].isdigit():
        return _figures(text, tokens, start)
    value = cardinal_word(word)
    return None if value is None else Quantity(value, start, stop, in_words=True)


def _after_opening(text: str, start: int, stop: int) -> int:
    """Move ``start`` behind brackets and quotation marks that open there."""
    while start < stop - 1 and not text[start].isalnum():
        start += 1
    return start


def _multiplied(text: str, tokens: list[tuple[int, int]], noun: Quantity) -> Quantity | None:
    """Combine a counting noun with the multiplier before it; "ein halbes Dutzend" is six, a few hundred nothing."""
    if len(tokens) < 2 or tokens[-1][0] != noun.start:
        return noun
    start, stop = tokens[-2]
    word = text[start:stop]
    if word in ("paar", "einige", "mehrere", "viele"):
        return None
    fraction = _words().fractions.get(fold(word))
    if fraction is not None:
        if len(tokens) > 2 and text[slice(*tokens[-3])] in ("ein", "eine"):
            start = tokens[-3][0]
        return Quantity(int(fraction * noun.value), start, noun.end, in_words=True)
    times = figures(word) or cardinal_word(word)
    return noun if times is None else Quantity(times * noun.value, start, noun.end, in_words=True)


def _figures(text: str, tokens: list[tuple[int, int]], start: int) -> Quantity | None:
    """Read figures, with the groups before them where blanks separate thousands: "4 000", "1 250 000"."""
    stop = tokens[-1][1]
    digits = text[start:stop]
    for left, right in tokens[-2::-1]:
        if right + 1 != start or not _GROUP.fullmatch(digits, 0, 3) or len(digits) % 3:
            break
        left = _after_opening(text, left, right)
        group = text[left:right]
        if not _FIRST_GROUP.fullmatch(group):
            break
        digits, start = group + digits, left
    value = figures(digits)
    return None if value is None else Quantity(value, start, stop, in_words=False)
