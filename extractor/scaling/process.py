"""The worker process: reads documents from its standard input, answers with outcomes on its standard output.

It ends when its input does, so none outlives the process that it works for by more than a document.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
from typing import TYPE_CHECKING, BinaryIO

from extractor.errors import ExtractorError, MemoryLimit
from extractor.scaling.child import own_streams, refusal
from extractor.scaling.frames import read_frame, write_frame
from extractor.scaling.limits import Limits, limit_memory, set_alarm
from extractor.scaling.outcomes import Outcome, Settings

if TYPE_CHECKING:
    from extractor.scaling.worker import Worker

_FIRST = "Am 4. März 2025 fand in Templin die 2. Ortswerkstatt statt."
"""Loads what is loaded with the first document, so that it counts for none."""


def main() -> None:
    """Serve documents until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes of a terminal; the first one decides
    if os.environ.get("EXTRACTOR_DEBUG"):
        logging.basicConfig(level=logging.DEBUG)
    requests, answers = own_streams()
    try:
        _serve(requests, answers)
    except (EOFError, BrokenPipeError):
        os._exit(0)


def _serve(requests: BinaryIO, answers: BinaryIO) -> None:
    start, _ = read_frame(requests)
    limits = Limits(**start["limits"])
    try:
        worker = _ready(Settings(**start["settings"]), limits)
        write_frame(answers, {})
        while True:
            outcome = _answer(worker, requests, limits)
            header = outcome._asdict() | {"record": None, "error": None}
            write_frame(answers, header, (outcome.record or outcome.error or "").encode())
            if outcome.code == MemoryLimit.code:
                return  # who knows what is left whole
    except ExtractorError as error:
        write_frame(answers, refusal(error))


def _ready(settings: Settings, limits: Limits) -> Worker:
    from extractor.scaling.worker import Worker

    worker = Worker(settings)
    worker.extractor.extract(_FIRST)
    gc.collect()
    gc.freeze()  # what is loaded now stays, and need not be looked through while documents are read
    limit_memory(limits.megabytes)
    return worker


def _answer(worker: Worker, requests: BinaryIO, limits: Limits) -> Outcome:
    request, data = read_frame(requests)
    set_alarm(limits.seconds)
    try:
        return worker.run(request["source"], data if request["given"] else None, known=request["known"])
    finally:
        set_alarm(None)


if __name__ == "__main__":
    main()
