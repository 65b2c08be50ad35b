"""What every peer's program does: tag the texts once for the answers, then once a round for the time.

    python with_PEER.py [VARIANT] < ROUNDS.json > RESULT.json

``ROUNDS.json`` is ``{"texts": [...], "rounds": [[...], ...]}``, each text ``{"id", "text", "reference_date"}``.
``RESULT.json`` is ``{"answers": [{"id", "text", "timexes"}], "seconds": [...]}``: processor time of each round, that
of child processes included; what turns a peer's own output into TIMEX3 is not timed. Runs in the peer's own
environment, so it needs nothing but the standard library.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple


class Timex(NamedTuple):
    """An expression: half-open offsets, TIMEX3 type and value."""

    start: int
    end: int
    type: str
    value: str


class Answer(NamedTuple):
    """Expressions and the text that their offsets count in, which some peers change."""

    text: str
    timexes: list[Timex]


Tag = Callable[[str, date], Any]
"""A peer at work: a text and its reference date to whatever the peer returns."""
Read = Callable[[Any, str, date], Answer]
"""What the peer returned, the text and its reference date, to TIMEX3."""


def seconds() -> float:
    """Processor time of this process, its threads, and the child processes that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def run(tag: Tag, read: Read) -> None:
    """Do the work and print the result; what the peer prints itself goes to standard error."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    work = json.load(sys.stdin)
    tag("Am 4. März 2025 um 18 Uhr wird drei Stunden lang gefeiert.", date(2025, 6, 11))
    answers = []
    for row in work["texts"]:
        day = date.fromisoformat(row["reference_date"])
        answer = read(tag(row["text"], day), row["text"], day)
        timexes = [timex._asdict() for timex in apart(answer.timexes)]
        answers.append({"id": row["id"], "text": answer.text, "timexes": timexes})
    spent = []
    for texts in work["rounds"]:
        pairs = [(row["text"], date.fromisoformat(row["reference_date"])) for row in texts]
        began = seconds()
        for text, day in pairs:
            tag(text, day)
        spent.append(seconds() - began)
    json.dump({"answers": answers, "seconds": spent}, out, ensure_ascii=False)
    out.close()


def apart(timexes: list[Timex]) -> list[Timex]:
    """The expressions without those that are empty or overlap an earlier one."""
    kept: list[Timex] = []
    for timex in sorted(timexes, key=lambda timex: (timex.start, -timex.end)):
        if timex.start < timex.end and (not kept or timex.start >= kept[-1].end):
            kept.append(timex)
    return kept
