"""Which language a text is in, by its function words (Ingle 1976; Grefenstette 1995)."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from extractor.lang.lexicon import Lexicon, load_lexicon

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 2_000
_ENOUGH_WORDS = 20
_CLEAR_SHARE = 0.08
_SURELY_GERMAN = 0.2
"""Share of German function words that no text in another language reaches."""


class FunctionWords(Lexicon):
    """Schema of ``function_words.toml``: language tag to its most frequent function words."""

    words: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, frozenset[str]]:
    lexicon = load_lexicon("function_words", FunctionWords)
    return {language: frozenset(words) for language, words in lexicon.words.items()}


def identify_language(text: str) -> str:
    """BCP 47 tag of the language whose function words are most frequent, ``und`` if none is clear.

    A text too short to tell counts as German, the language that this package is made for.
    """
    words = _WORD.findall(text[:_SAMPLE].casefold())
    if len(words) < _ENOUGH_WORDS:
        return "de" if words else "und"
    lexicon = _lexicon()
    counts = Counter(words)
    german = sum(map(counts.__getitem__, lexicon["de"])) / len(words)
    if german >= _SURELY_GERMAN:
        return "de"
    shares = {language: sum(map(counts.__getitem__, known)) / len(words) for language, known in lexicon.items()}
    best = max(shares, key=lambda language: (shares[language], language == "de"))
    if shares[best] >= _CLEAR_SHARE:
        return best
    return "de" if shares["de"] >= shares[best] and shares["de"] > 0 else "und"
