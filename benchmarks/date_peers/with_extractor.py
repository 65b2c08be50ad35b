"""This project: a text to its expressions, as ``extractor timex --jsonl`` does it, or in a spaCy pipeline."""

from __future__ import annotations

import sys
from datetime import date

from harness import Answer, Timex, run

from extractor.pipes.dates import dates_of, tag_document
from extractor.pipes.values import Timex as Found
from extractor.readers import read_text


def tag(text: str, day: date) -> list[Found]:
    """Read a text and tag it."""
    return tag_document(read_text(text), day.isoformat(), split_ranges=True).timexes


def read(found: list[Found], text: str, day: date) -> Answer:  # noqa: ARG001
    """The values are TIMEX3 as they are."""
    return Answer(text, [Timex(one["start"], one["end"], one["type"], one["value"]) for one in found])


def main(variant: str) -> None:
    """``document``, or ``pipe`` behind spaCy's tokenizer."""
    if variant == "document":
        run(tag, read)
        return
    import spacy

    nlp = spacy.blank("de")
    nlp.add_pipe("german_dates", config={"split_ranges": True})

    def tag_doc(text: str, day: date) -> list[Found]:
        doc = nlp.make_doc(text)
        doc._.reference_date = day.isoformat()
        return dates_of(nlp(doc))

    run(tag_doc, read)


main(sys.argv[1])
