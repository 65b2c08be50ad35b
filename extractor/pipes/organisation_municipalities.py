"""Whether a town or district acts: "die Stadt Cottbus lieferte", "wir danken der Stadt Guben"."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.pipes.names import is_capitalised
from extractor.pipes.organisation_lexicon import organisation_lexicon
from extractor.pipes.words import Token, text_at

_THANKS_REACH = 16
_SENTENCE_ENDS = frozenset(".!?;")


def acts(tokens: Sequence[Token], start: int, head: str) -> bool:
    """Whether the words before a territorial body say that it acts."""
    lexicon = organisation_lexicon()
    before, earlier = text_at(tokens, start - 1), text_at(tokens, start - 2)
    if before in ("vom", "beim"):
        return True
    if before.lower() not in lexicon.words.articles:
        return before not in lexicon.words.spatial and not is_capitalised(before)
    if earlier.lower() in lexicon.words.spatial:
        return False
    municipalities = lexicon.municipalities
    nominatives = {"die": municipalities.f, "der": municipalities.m, "das": municipalities.n}
    if head in nominatives.get(before.lower(), ()):
        return True
    if before in ("der", "dem") and not is_capitalised(earlier) and _is_thanked(tokens, start - 1):
        return True
    return (
        earlier.lower() in ("von", "mit", "bei", "seitens", "durch", "für", "dank", "gegenüber")
        or earlier in lexicon.words.acting_nouns
    )


def _is_thanked(tokens: Sequence[Token], index: int) -> bool:
    """Whether the sentence before an article thanks somebody: "Wir danken der Stadt Guben und dem Kreis Herford"."""
    words = organisation_lexicon().words
    for at in range(index - 1, max(index - 1 - _THANKS_REACH, -1), -1):
        word = tokens[at][0]
        if word in _SENTENCE_ENDS:
            return False
        if word in words.thanks or word in words.thanking:
            return True
    return False
