"""The pipeline: wires readers, pipes and assembly together; holds no rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import spacy
from spacy.tokens import Doc

from extractor.assembly import assemble
from extractor.configuration import Configuration
from extractor.edtf import calendar_day, day_or_none
from extractor.failures import error_record
from extractor.pipes import ner as ner_models
from extractor.pipes.configured_names import ConfiguredNames
from extractor.pipes.reading import set_blocks
from extractor.pipes.tokenizer import make_tokenizer
from extractor.readers import MAX_CHARACTERS, read_file, read_text
from extractor.records import ErrorRecord, Report

if TYPE_CHECKING:
    from spacy.language import Language

    from extractor.document import Document

PIPES = (
    "german_sentences",
    "german_dates",
    "german_places",
    "german_venues",
    "german_organisations",
    "german_persons",
    "german_events",
    "german_statuses",
    "german_attendance",
    "german_topics",
)
"""The pipes in the order in which they run; each is usable alone by its name."""

MAX_STRINGS = 100_000
"""Strings that spaCy's vocabulary may hold, about 40 MB, before it is begun anew.

It keeps every word that it has seen, which is fast, but grows with a batch. (``memory_zone`` would
free them with each document; tokens then take three times as long.)
"""


class Extractor:
    """Turns documents into reports.

    ``reference_date`` is the day from which relative dates ("heute", "am kommenden Freitag", a day
    without a year) are counted where a document states none itself; without it they stay open.
    Today is never assumed.

    ``ner`` names the model that finds names without a form that rules know: ``small`` or ``full``, which come with the
    package, ``spacy:NAME`` for an installed spaCy model, ``none`` for rules alone. ``UsageError`` is raised for any
    other, ``ModelNotFound`` for a spaCy model that is not installed.

    ``config`` names organisations, venues, event types, series, persons and topics that the user knows: the path of a
    configuration file, or a ``Configuration``. ``BadConfiguration`` is raised for a file that cannot be used.

    Building one takes about a second, so keep it. It may be shared between threads; they take
    turns. For parallel work give every process its own; pickled, it is built anew from its arguments.
    """

    def __init__(
        self,
        *,
        reference_date: date | str | None = None,
        ner: str = ner_models.DEFAULT,
        config: str | Path | Configuration | None = None,
    ) -> None:
        self.reference_date = calendar_day(reference_date)
        self.ner = ner
        self.config = Configuration.load(config) if isinstance(config, (str, Path)) else config
        self._names = ConfiguredNames(self.config) if self.config is not None else None
        self.nlp = make_pipeline(ner, self._names)
        self._turn = Lock()

    def __reduce__(self) -> tuple[Callable[[], Extractor], tuple[()]]:
        """Pickle by the arguments, for processes that are spawned; configuration and vocabularies go with them."""
        return partial(Extractor, reference_date=self.reference_date, ner=self.ner, config=self.config), ()

    def extract(self, text: str, *, reference_date: date | str | None = None, uri: str = "text:") -> Report:
        """Extract the report that a text holds; ``uri`` names the text in the record.

        Raises ``ExtractorError`` for a text that is empty or too long.
        """
        return self.extract_document(read_text(text, uri=uri), reference_date=reference_date)

    def extract_file(self, path: str | Path, *, reference_date: date | str | None = None) -> Report:
        """Extract the report in a file.

        Raises ``ExtractorError`` for a file that cannot be read.
        """
        return self.extract_document(read_file(path), reference_date=reference_date)

    def extract_document(self, document: Document, *, reference_date: date | str | None = None) -> Report:
        """Extract the report in a document that a reader returned."""
        day = calendar_day(reference_date) or self.reference_date
        return assemble(self.annotate(document, reference_date=day), document, reference_date=day)

    def extract_many(self, sources: Iterable[str | Path]) -> Iterator[Report | ErrorRecord]:
        """Extract the report in each file: lazily, in order, an ``ErrorRecord`` for each that fails."""
        if isinstance(sources, (str, Path)):
            raise TypeError("extract_many takes several sources; for one use extract_file")
        for source in sources:
            try:
                yield self.extract_file(source)
            except Exception as error:
                yield error_record(error, source=str(source))

    def annotate(self, document: Document, *, reference_date: date | str | None = None) -> Doc:
        """Run the pipes: the document as a spaCy ``Doc`` with all that they found."""
        with self._turn:
            if len(self.nlp.vocab.strings) > MAX_STRINGS:
                self.nlp = make_pipeline(self.ner, self._names)
            doc = self.nlp.make_doc(document.text)
            set_blocks(doc, document.blocks, document.text)
            doc._.reference_date = calendar_day(reference_date) or self.reference_date
            doc._.published = day_or_none(document.source.published)
            return self.nlp(doc)


def extract(text: str, *, reference_date: date | str | None = None) -> Report:
    """Extract the report that a text holds; see ``Extractor``, one of which is kept for all calls."""
    return _shared_extractor().extract(text, reference_date=reference_date)


@lru_cache(maxsize=1)
def _shared_extractor() -> Extractor:
    return Extractor()


def make_pipeline(ner: str = ner_models.DEFAULT, names: ConfiguredNames | None = None) -> Language:
    """The German pipeline: a blank one, our tokenizer, and the pipes in their order; ``ner`` as for ``Extractor``.

    The user's names, where there are any, are looked for before all else.
    """
    nlp = spacy.blank("de")
    nlp.tokenizer = make_tokenizer(nlp)
    nlp.max_length = MAX_CHARACTERS
    if names is not None:
        component = nlp.add_pipe("german_configured_names")
        component.names = names  # type: ignore[attr-defined]
    for name in PIPES:
        nlp.add_pipe(name)
    if ner != ner_models.NONE:
        nlp.add_pipe("german_entities", config={"model": ner})
        nlp.add_pipe("german_entity_union")
    return nlp
