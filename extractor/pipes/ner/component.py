"""The component ``german_entities``: names by a statistical model, ours or one of spaCy's.

``model`` is ``small`` or ``full``, which come with the package, or ``spacy:NAME`` for an installed spaCy model with a
component that sets ``Doc.ents`` (``spacy:de_core_news_lg``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol

from spacy.language import Language
from spacy.tokens import Doc

from extractor.errors import ModelNotFound, UsageError
from extractor.pipes.ner.files import Size
from extractor.pipes.ner.words import words_of
from extractor.pipes.reading import Reading, reading_of, register, set_spans
from extractor.pipes.sentences import sentence_bounds
from extractor.pipes.values import Entity

KEY = "entities"
SIZES: tuple[Size, ...] = ("small", "full")
SPACY = "spacy:"
_LONGEST_SENTENCE = 20_000
"""Characters; longer "sentences" are cut, so that memory stays bounded."""
_MOST_CHARACTERS = 200_000
"""Characters of the texts that are labelled together."""
_SPACY_LABELS = {"PER": "PER", "PERSON": "PER", "LOC": "LOC", "GPE": "LOC", "ORG": "ORG", "MISC": "OTH"}


class Tagger(Protocol):
    """Finds the entities of several texts."""

    def find(self, texts: Sequence[str]) -> list[list[Entity]]:
        """For each text its entities in text order, offsets into the text."""


class _Ours:
    """The shipped model."""

    def __init__(self, size: Size) -> None:
        from extractor.pipes.ner.recognizer import recognizer

        self.recognizer = recognizer(size)
        self.rule = f"entity.{size}"

    def find(self, texts: Sequence[str]) -> list[list[Entity]]:
        sentences = []
        owners = []
        for number, text in enumerate(texts):
            for start, end in _bounded(text):
                words = words_of(text, start, end)
                if any(word.text[0].isupper() for word in words):
                    sentences.append(words)
                    owners.append(number)
        found: list[list[Entity]] = [[] for _ in texts]
        tagged = self.recognizer.tag([[word.text for word in words] for words in sentences])
        for owner, words, (labels, scores) in zip(owners, sentences, tagged, strict=True):
            for first, last, label in _spans(labels):
                entity = Entity(
                    start=words[first].start,
                    end=words[last - 1].end,
                    rule=self.rule,
                    label=label,
                    score=round(min(scores[first:last]), 2),
                )
                found[owner].append(entity)
        return found


class _Spacy:
    """An installed spaCy model; it gives no scores."""

    def __init__(self, name: str) -> None:
        import spacy

        try:
            self.nlp = spacy.load(name, exclude=["parser", "lemmatizer", "attribute_ruler"])
        except OSError as error:
            message = f"spaCy has no model {name!r} here; install it, or use --ner small"
            raise ModelNotFound(message) from error
        self.rule = f"entity.{SPACY}{name}"

    def find(self, texts: Sequence[str]) -> list[list[Entity]]:
        found = []
        for text in texts:
            entities = []
            bounds = list(_bounded(text))
            docs = self.nlp.pipe(text[start:end] for start, end in bounds)
            for (start, _), doc in zip(bounds, docs, strict=True):
                for span in doc.ents:
                    if label := _SPACY_LABELS.get(span.label_):
                        begin, finish = start + span.start_char, start + span.end_char
                        entities.append(Entity(start=begin, end=finish, rule=self.rule, label=label, score=None))
            found.append(entities)
        return found


def make_tagger(model: str) -> Tagger:
    """The tagger that a name stands for; raises ``UsageError`` for one that stands for none."""
    for size in SIZES:
        if model == size:
            return _Ours(size)
    if model.startswith(SPACY) and len(model) > len(SPACY):
        return _Spacy(model.removeprefix(SPACY))
    raise UsageError(f"{model!r} is no model of named entities; use small, full or spacy:NAME")


def _bounded(text: str) -> Iterator[tuple[int, int]]:
    for start, end in sentence_bounds(text):
        for begin in range(start, end, _LONGEST_SENTENCE):
            yield begin, min(end, begin + _LONGEST_SENTENCE)


def _spans(labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """First word, the word after the last, and the type of each entity of BIO labels."""
    start = 0
    for index, label in enumerate(labels):
        if label == "O":
            continue
        if label.startswith("B-"):
            start = index
        if index + 1 == len(labels) or not labels[index + 1].startswith("I-"):
            yield start, index + 1, label[2:]


class GermanEntities:
    """Sets ``doc.spans["entities"]``; ``pipe`` labels the sentences of several documents together."""

    def __init__(self, model: str) -> None:
        self.tagger = make_tagger(model)

    def __call__(self, doc: Doc) -> Doc:
        """Label one document."""
        self._set([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """Label documents, ``batch_size`` at once; what one gets does not depend on the others."""
        documents = iter(stream)
        while batch := list(islice(documents, batch_size)):
            self._set(batch)
            yield from batch

    def _set(self, docs: Sequence[Doc]) -> None:
        readings = [reading_of(doc) for doc in docs]
        for part in _portions(readings):
            found = self.tagger.find([readings[number].text for number in part])
            for number, entities in zip(part, found, strict=True):
                for entity in entities:
                    entity["start"], entity["end"] = readings[number].source(entity["start"], entity["end"])
                set_spans(docs[number], KEY, entities)


def _portions(readings: Sequence[Reading]) -> Iterator[list[int]]:
    """Numbers of readings that are labelled together."""
    portion: list[int] = []
    size = 0
    for number, reading in enumerate(readings):
        if portion and size + len(reading.text) > _MOST_CHARACTERS:
            yield portion
            portion, size = [], 0
        portion.append(number)
        size += len(reading.text)
    if portion:
        yield portion


@Language.factory("german_entities", default_config={"model": "small"})
def make_german_entities(nlp: Language, name: str, model: str) -> GermanEntities:
    """Create the component."""
    register(KEY)
    return GermanEntities(model)
