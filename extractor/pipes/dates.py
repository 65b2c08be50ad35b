"""Dates and times: ``german_dates`` adds ``doc.spans["dates"]`` and ``doc._.date_line``."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from extractor.pipes.reading import reading_of, register, set_spans
from extractor.pipes.values import Timex

KEY = "dates"


def find_dates(text: str, reference_date: str | None = None) -> list[Timex]:
    """Find the temporal expressions of a text whose lines are its blocks; offsets into that text.

    ``reference_date`` is an ISO date; where it is None, the text's own date line serves.
    """
    from extractor.pipes.temporal.tagging import tag

    return tag(text, reference_date).timexes


def register_extensions() -> None:
    """Register ``doc._.reference_date`` and ``doc._.published`` (ISO dates of the caller), ``doc._.date_line`` (EDTF).

    The day of publication is what a document states beside its text; it serves where the text has no
    date line and the caller sets no reference date.
    """
    for name in ("reference_date", "published", "date_line"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)


@Language.factory("german_dates", assigns=["doc.spans"])
def make_german_dates(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Create the component that finds and resolves temporal expressions."""
    from extractor.pipes.temporal.scanner import grammar
    from extractor.pipes.temporal.tagging import tag

    register(KEY)
    register_extensions()
    grammar()

    def german_dates(doc: Doc) -> Doc:
        reading = reading_of(doc)
        tagged = tag(reading.text, doc._.reference_date)
        if tagged.date_line is None and doc._.reference_date is None and doc._.published is not None:
            tagged = tag(reading.text, doc._.published)
        for timex in tagged.timexes:
            timex["start"], timex["end"] = reading.source(timex["start"], timex["end"])
        set_spans(doc, KEY, tagged.timexes)
        doc._.date_line = tagged.date_line
        return doc

    return german_dates
