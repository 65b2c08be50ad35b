"""Word pieces: the unigram tokenisation of XLM-RoBERTa, one word at a time.

A word is cut into the pieces whose scores add up to most. Equal to the ``tokenizers`` library on ordinary words
without loading it; its normalisation of rare characters is NFKC here.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

START, PAD, END, UNKNOWN = 0, 1, 2, 3
LONGEST_WORD = 24
"""Pieces kept of a word: the first ones say what it is."""
_CHARACTERS = 120
_REMEMBERED = 50_000
_BLANK = "▁"
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x1f\x7f]")
_WORD = re.compile(r"\w")
_UNKNOWN_PENALTY = 10.0


class WordPieces:
    """Words to the ids of their pieces; ``path`` has a line "piece, tab, score" for each id, in order."""

    def __init__(self, path: Path) -> None:
        entries = [line.rpartition("\t") for line in path.read_text("utf-8").split("\n") if line]
        self.scores = [float(score) for _, _, score in entries]
        self.ids = {piece: number for number, (piece, _, _) in enumerate(entries) if number > UNKNOWN}
        self.longest = max(map(len, self.ids))
        self.unknown = min(self.scores) - _UNKNOWN_PENALTY
        self.memory: dict[str, tuple[int, ...]] = {}

    def of(self, word: str) -> tuple[int, ...]:
        """A word's pieces, one at least."""
        known = self.memory.get(word)
        if known is None:
            if len(self.memory) >= _REMEMBERED:
                self.memory.clear()
            known = self.memory[word] = self._cut(word) or (UNKNOWN,)
        return known

    def _cut(self, word: str) -> tuple[int, ...]:
        plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", word[:_CHARACTERS])).strip()
        if not plain:
            return ()
        ids = self._best(_BLANK + plain.replace(" ", _BLANK))
        if len(ids) > 1 and ids[0] == self.ids[_BLANK] and not _WORD.search(word):
            ids = ids[1:]
        return tuple(ids[:LONGEST_WORD])

    def _best(self, text: str) -> list[int]:
        """Viterbi over all ways to cut the text; neighbouring unknown characters make one unknown piece."""
        length = len(text)
        best = [0.0] + [float("-inf")] * length
        cuts: list[tuple[int, int]] = [(0, UNKNOWN)] * (length + 1)
        for start in range(length):
            score = best[start]
            for end in range(start + 1, min(length, start + self.longest) + 1):
                piece = self.ids.get(text[start:end])
                if piece is not None and score + self.scores[piece] > best[end]:
                    best[end] = score + self.scores[piece]
                    cuts[end] = start, piece
            if score + self.unknown > best[start + 1]:
                best[start + 1] = score + self.unknown
                cuts[start + 1] = start, UNKNOWN
        pieces: list[int] = []
        end = length
        while end:
            end, piece = cuts[end]
            if piece != UNKNOWN or not pieces or pieces[-1] != UNKNOWN:
                pieces.append(piece)
        return pieces[::-1]
