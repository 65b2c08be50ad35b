"""Readers of the corpora, as sentences of words and BIO tags."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from training.ner.labels import CLASSES, OPEN, spans, to_bio


class Sentence(NamedTuple):
    """Words and as many BIO tags."""

    words: tuple[str, ...]
    tags: tuple[str, ...]


def read_columns(path: Path, word_column: int = 0, tag_column: int = 1) -> list[Sentence]:
    """Sentences of a file with one word a line, columns between blanks, an empty line after each sentence.

    The tags may be BIOES, IOB1 or IOB2; `# ` comments and `-DOCSTART-` lines are left out.
    Raises `ValueError` with the line's number where a line has too few columns.
    """
    sentences: list[Sentence] = []
    words: list[str] = []
    tags: list[str] = []
    for number, line in enumerate([*path.read_text("utf-8").splitlines(), ""], 1):
        if line.startswith(("# ", "-DOCSTART-")):
            continue
        columns = line.split("\t") if "\t" in line else line.split()
        if not columns:
            if words:
                sentences.append(Sentence(tuple(words), tuple(to_bio(tags))))
            words, tags = [], []
            continue
        if len(columns) <= max(word_column, tag_column):
            raise ValueError(f"{path}:{number}: expected a word and a tag, found {line!r}")
        words.append(columns[word_column])
        tags.append(columns[tag_column])
    return sentences


def germeval(folder: Path, part: str) -> list[Sentence]:
    """GermEval 2014 (CC BY 4.0): `part` is train, dev or test."""
    return read_columns(folder / f"{part}.bioes")


def mobie(folder: Path) -> list[Sentence]:
    """MobIE's training part (CC BY 4.0) without its tags: its scheme of types is not GermEval's."""
    return unlabelled(read_columns(folder / "train.conll2003", 0, 3))


def unlabelled(sentences: Iterable[Sentence]) -> list[Sentence]:
    """The same words, about which no corpus says anything."""
    return [Sentence(sentence.words, (OPEN,) * len(sentence.words)) for sentence in sentences]


def with_other_names(sentences: Sequence[Sentence], rng: random.Random) -> list[Sentence]:
    """Each sentence that holds names, two of three of them exchanged for others of the same class.

    Names of a class are drawn as often as they occur. Derivations and parts of words stay, for they are inflected.
    Entity replacement: Dai and Adel, An Analysis of Simple Data Augmentation for Named Entity Recognition, COLING 2020.
    """
    names: dict[str, list[tuple[str, ...]]] = {kind: [] for kind in CLASSES}
    for words, tags in sentences:
        for start, end, kind in sorted(spans(tags)):
            if kind in names:
                names[kind].append(words[start:end])
    result = []
    for words, tags in sentences:
        new_words, new_tags, last = [], [], 0
        for start, end, kind in sorted(spans(tags)):
            if kind in names and rng.random() < 2 / 3:
                name = rng.choice(names[kind])
                new_words += [*words[last:start], *name]
                new_tags += [*tags[last:start], f"B-{kind}", *[f"I-{kind}"] * (len(name) - 1)]
                last = end
        if last:
            result.append(Sentence((*new_words, *words[last:]), (*new_tags, *tags[last:])))
    return result


_QUOTES = ("„“", "„“", "»«", "“”", '„"')


def vary(sentence: Sentence, rng: random.Random) -> Sentence:
    """The sentence with other quotation marks (35 %), all upper case (1.5 %) or all lower case (1.5 %).

    GermEval writes every quotation mark as `"`; reports write typographic ones.
    """
    words = list(sentence.words)
    if '"' in words and rng.random() < 0.35:
        pair = rng.choice(_QUOTES)
        count = 0
        for index, word in enumerate(words):
            if word == '"':
                words[index] = pair[count % 2]
                count += 1
    chance = rng.random()
    if chance < 0.015:
        words = [word.upper() for word in words]
    elif chance < 0.03:
        words = [word.lower() for word in words]
    return Sentence(tuple(words), sentence.tags)
