"""What our own processes have in common: how they are started, and how what they raise is raised here."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

from extractor.errors import ExtractorError, WorkerUnavailable


def command(module: str) -> list[str]:
    """What runs ``main`` of a module of ours, found where this process finds it, whatever the folder it runs in."""
    program = f"import sys; sys.path[:] = {sys.path!r}; from {module} import main; main()"
    return [sys.executable, "-c", program]


def not_started(error: OSError) -> WorkerUnavailable:
    """What is told where the system starts no further process."""
    way_out = "fewer --jobs need less, and so does a limit (`ulimit -a`) that is raised"
    return WorkerUnavailable(f"a worker process cannot be started: {error.strerror or error}; {way_out}")


def own_streams() -> tuple[BinaryIO, BinaryIO]:
    """In such a process: input and output of our own; what a library prints, or reads, goes elsewhere."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(2, 1)
    os.close(nowhere)
    return requests, answers


def refusal(error: ExtractorError) -> dict[str, Any]:
    """An error as the header of a message."""
    return {"refused": error.code, "message": error.message, "source": error.source}


def raise_refusal(header: dict[str, Any]) -> None:
    """Raise here what was raised there, if the header is that of a refusal."""
    if "refused" in header:
        error = next(each for each in _errors() if each.code == header["refused"])
        raise error(header["message"], source=header["source"])


def reason_of(code: int) -> str:
    """How a process ended, by its return code."""
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def _errors(base: type[ExtractorError] = ExtractorError) -> Iterator[type[ExtractorError]]:
    yield base
    for each in base.__subclasses__():
        yield from _errors(each)
