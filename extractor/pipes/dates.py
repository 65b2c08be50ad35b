"""Dates and times: ``german_dates`` adds ``doc.spans["dates"]`` and ``doc._.date_line``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

from extractor.edtf import calendar_day, day_or_none
from extractor.pipes.configured import KEY as CONFIGURED_NAMES
from extractor.pipes.configured import Stretches
from extractor.pipes.reading import Reading, read, reading_of, register, set_spans, values_of
from extractor.pipes.values import Timex

if TYPE_CHECKING:
    from extractor.document import Document
    from extractor.pipes.temporal.tagging import Tagged

KEY = "dates"


class GermanDates:
    """Finds and resolves temporal expressions.

    ``reference_date`` ("2025-03-04") is the day from which "heute" counts in a ``Doc`` that has none itself in
    ``doc._.reference_date``; without either the text's own date line serves. With ``split_ranges`` the two ends of
    a range are two expressions, as TIMEX3 has it. Raises ``BadReferenceDate`` for what is no calendar day.
    """

    def __init__(self, *, reference_date: str | None = None, split_ranges: bool = False) -> None:
        from extractor.pipes.temporal.scanner import grammar

        self.reference_date = calendar_day(reference_date)
        self.split_ranges = split_ranges
        register(KEY)
        register_extensions()
        grammar()

    def __call__(self, doc: Doc) -> Doc:
        """Add ``doc.spans["dates"]`` and ``doc._.date_line``."""
        reference_date = doc._.reference_date or self.reference_date
        tagged = tag_reading(reading_of(doc), reference_date, doc._.published, split_ranges=self.split_ranges)
        set_spans(doc, KEY, Stretches(values_of(doc, CONFIGURED_NAMES)).without(tagged.timexes))
        doc._.date_line = tagged.date_line
        return doc


@Language.factory(
    "german_dates",
    assigns=["doc.spans", "doc._.date_line"],
    default_config={"reference_date": None, "split_ranges": False},
)
def make_german_dates(nlp: Language, name: str, reference_date: str | None, split_ranges: bool) -> GermanDates:
    """Create the component that finds and resolves temporal expressions."""
    return GermanDates(reference_date=reference_date, split_ranges=split_ranges)


def dates_of(doc: Doc) -> list[Timex]:
    """Give the temporal expressions that the component found, in text order; ``doc.spans["dates"]`` has their spans."""
    return values_of(doc, KEY)


def find_dates(text: str, reference_date: str | None = None, *, split_ranges: bool = False) -> list[Timex]:
    """Find the temporal expressions of a text whose lines are its blocks; offsets into that text.

    ``reference_date`` is an ISO date; where it is None, the text's own date line serves. Needs no pipeline.
    """
    from extractor.pipes.temporal.tagging import tag

    return tag(text, reference_date, split_ranges=split_ranges).timexes


def tag_reading(
    reading: Reading, reference_date: str | None = None, published: str | None = None, *, split_ranges: bool = False
) -> Tagged:
    """Find the temporal expressions of a text by its reading; offsets into the text as it stands.

    ``published`` is the day of publication, told beside the text; it serves where the text has no date line and
    ``reference_date`` is None.
    """
    from extractor.pipes.temporal.tagging import tag

    tagged = tag(reading.text, reference_date, split_ranges=split_ranges)
    if tagged.date_line is None and reference_date is None and published is not None:
        tagged = tag(reading.text, published, split_ranges=split_ranges)
    for timex in tagged.timexes:
        timex["start"], timex["end"] = reading.source(timex["start"], timex["end"])
    return tagged


def tag_document(document: Document, reference_date: str | None = None, *, split_ranges: bool = False) -> Tagged:
    """Find the temporal expressions of a document that a reader returned; offsets into ``Document.text``."""
    reading = read(document.text, document.blocks)
    return tag_reading(reading, reference_date, day_or_none(document.source.published), split_ranges=split_ranges)


def register_extensions() -> None:
    """Register ``doc._.reference_date`` and ``doc._.published`` (ISO dates of the caller), ``doc._.date_line`` (EDTF).

    The day of publication is what a document states beside its text; it serves where the text has no
    date line and the caller sets no reference date.
    """
    for name in ("reference_date", "published", "date_line"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
