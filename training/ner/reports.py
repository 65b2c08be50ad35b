"""Sentences in the manner of reports, with labels by construction: what GermEval's news and articles do not have.

The sentences and the parts of names are data (`reports.toml`); towns and first names are those of the program's own
tables.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from training.ner.corpora import Sentence
from training.ner.labels import OPEN

_DATA = Path(__file__).with_name("reports.toml")
_RESOURCES = Path(__file__).parents[2] / "extractor" / "resources"
_GAP = re.compile(r"\{(\w+)\}")
_ARTICLES = {
    "von": {"m": "vom", "f": "von der", "n": "vom"},
    "Von": {"m": "Vom", "f": "Von der", "n": "Vom"},
    "bei": {"m": "beim", "f": "bei der", "n": "beim"},
    "mit": {"m": "mit dem", "f": "mit der", "n": "mit dem"},
    "für": {"m": "für den", "f": "für die", "n": "für das"},
    "Für": {"m": "Für den", "f": "Für die", "n": "Für das"},
    "durch": {"m": "durch den", "f": "durch die", "n": "durch das"},
    "war": {"m": "war der", "f": "war die", "n": "war das"},
    "ist": {"m": "ist der", "f": "ist die", "n": "ist das"},
    "hatten": {"m": "hatten der", "f": "hatten die", "n": "hatten das"},
    "die": {"m": "der", "f": "die", "n": "das"},
}
_FIRST = {"m": "Der", "f": "Die", "n": "Das"}


def generate(count: int, seed: int = 1) -> list[Sentence]:
    """So many sentences; a quarter of them without any name."""
    return list(_Generator(random.Random(seed)).sentences(count))


class _Generator:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        data = tomllib.loads(_DATA.read_text("utf-8"))
        self.patterns: list[str] = data["sentences"]
        self.plain: list[str] = data["plain"]
        self.organisations: dict[str, list[str]] = data["organisations"]
        self.brands: dict[str, list[str]] = data["brands"]
        self.surnames: dict[str, list[str]] = data["surnames"]
        names = (_RESOURCES / "names" / "first_names.txt").read_text("utf-8").split()
        self.first_names = [name for name in names if name.isalpha()]
        rows = [row.split("\t") for row in (_RESOURCES / "places" / "places.tsv").read_text("utf-8").splitlines()]
        self.towns = sorted({row[0] for row in rows if row[1:3] == ["m", "DE"] and row[0].replace("-", "").isalpha()})

    def sentences(self, count: int) -> Iterator[Sentence]:
        for _ in range(count):
            yield self._sentence(self.rng.choice(self.plain if self.rng.random() < 0.25 else self.patterns))

    def _sentence(self, pattern: str) -> Sentence:
        words: list[str] = []
        tags: list[str] = []
        outside = "O"
        for word in pattern.split(" "):
            gap = _GAP.fullmatch(word)
            if word in "[]":
                outside = OPEN if word == "[" else "O"
            elif gap is None:
                words.append(word)
                tags.append(outside)
            else:
                kind = gap[1][:3]
                gender, colon, written = self._name(gap[1]).rpartition(":")
                name = written.split(" ")
                if colon:
                    _add_article(gender, words, tags)
                words += name
                tags += [f"B-{kind}"] + [f"I-{kind}"] * (len(name) - 1)
        return Sentence(tuple(words), tuple(tags))

    def _name(self, gap: str) -> str:
        if gap == "PER1":
            return self._surname()
        if gap == "PER":
            first = self.rng.choice(self.first_names)
            first = f"{first[0]}." if self.rng.random() < 0.1 else first
            return f"{first} {self._surname()}"
        if gap == "LOC":
            return self.rng.choice(self.towns)
        return self._filled(self.rng.choice(self.organisations["patterns"]))

    def _surname(self) -> str:
        if self.rng.random() < 0.5:
            return self.rng.choice(self.surnames["whole"])
        return self.rng.choice(self.surnames["front"]) + self.rng.choice(self.surnames["back"])

    def _filled(self, pattern: str) -> str:
        return _GAP.sub(lambda gap: self._part(gap[1]), pattern)

    def _part(self, kind: str) -> str:
        match kind:
            case "town":
                return self.rng.choice(self.towns)
            case "surname":
                return self._surname()
            case "brand" | "lower":
                name = self.rng.choice(self.brands["front"]) + self.rng.choice(self.brands["back"])
                return name.lower() if kind == "lower" else name
            case "acronym":
                return "".join(self.rng.choices("ABDEFGHIKLMNPRSTVWZ", k=self.rng.choice((3, 3, 4))))
            case _:
                return self.rng.choice(self.organisations[kind])


def _add_article(gender: str, words: list[str], tags: list[str]) -> None:
    """An article before an organisation, where the sentence asks for one."""
    if not words:
        words.append(_FIRST[gender])
        tags.append("O")
    elif words[-1] in _ARTICLES:
        together = _ARTICLES[words.pop()][gender].split(" ")
        tags.pop()
        words += together
        tags += ["O"] * len(together)
