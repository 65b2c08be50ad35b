"""timexy behind spaCy's German tokenizer: dates and durations, with TIMEX3 values of its own."""

from __future__ import annotations

import logging
import re
from datetime import date
from typing import Any

import spacy
import timexy  # noqa: F401  (registers the component)
from harness import Answer, Timex, run

_TIMEX3 = re.compile(r'TIMEX3 type="(\w+)" value="([^"]*)"')

logging.disable(logging.CRITICAL)
nlp = spacy.blank("de")
nlp.add_pipe("timexy")


def tag(text: str, day: date) -> Any:  # noqa: ARG001
    """Run the pipeline; timexy knows no reference date."""
    return nlp(text)


def read(doc: Any, text: str, day: date) -> Answer:  # noqa: ARG001
    """The entities; the midnight that every date carries goes."""
    timexes = []
    for entity in doc.ents:
        match = _TIMEX3.match(entity.kb_id_)
        if match:
            value = match[2].removesuffix("T00:00:00")
            timexes.append(Timex(entity.start_char, entity.end_char, match[1], value))
    return Answer(text, timexes)


run(tag, read)
