"""Reading one document within limits: in a process of its own, but for plain text, in which nothing can hang.

For commands that need the document itself; many documents go through a ``Pool``, which bounds the whole extraction.
"""

from __future__ import annotations

import io
import os
import signal
import subprocess
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from extractor.document import Document
from extractor.errors import ExtractorError
from extractor.readers import MAX_FILE, is_plain, read_bytes
from extractor.readers.streams import open_source, read_most, uri_of
from extractor.scaling.child import command, not_started, own_streams, raise_refusal, reason_of, refusal
from extractor.scaling.frames import read_frame, write_frame
from extractor.scaling.limits import Limits, crashed, limit_memory, set_alarm, too_large, too_slow

_ALARM = 14
_DOCUMENTS = TypeAdapter(Document)


def read_within(path: str | os.PathLike[str], limits: Limits) -> Document:
    """Read a file as ``read_file`` does; "-" is standard input.

    Raises ``SourceError``, ``TimeLimit``, ``MemoryLimit`` and ``WorkerCrashed`` among them, for one that cannot be
    read, and ``WorkerUnavailable`` where the system starts no process.
    """
    uri = uri_of(path)
    with open_source(path) as file:
        data = read_most(file, MAX_FILE + 1)
    if len(data) > MAX_FILE or is_plain(data, uri):
        return read_bytes(data, uri=uri)
    return _read_apart(data, uri, limits)


def _read_apart(data: bytes, uri: str, limits: Limits) -> Document:
    request = io.BytesIO()
    write_frame(request, {"uri": uri, "limits": asdict(limits)}, data)
    quiet = None if os.environ.get("EXTRACTOR_DEBUG") else subprocess.DEVNULL
    try:
        done = subprocess.run(  # noqa: S603 -- our own interpreter and module
            command(__name__),
            input=request.getbuffer(),
            stdout=subprocess.PIPE,
            stderr=quiet,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise too_slow(error.timeout, uri) from None
    except OSError as error:
        raise not_started(error) from error
    if done.returncode == -_ALARM and limits.seconds is not None:
        raise too_slow(limits.seconds, uri)
    try:
        header, _ = read_frame(io.BytesIO(done.stdout))
    except EOFError:
        raise crashed(reason_of(done.returncode), uri) from None
    raise_refusal(header)
    return _DOCUMENTS.validate_python(header)


def main() -> None:
    """Read the document that stands on standard input; write it, or what is wrong with it, to standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes of a terminal; the first one decides
    requests, answers = own_streams()
    request, data = read_frame(requests)
    limits = Limits(**request["limits"])
    limit_memory(limits.megabytes)
    set_alarm(limits.seconds)
    answer: dict[str, Any]
    try:
        answer = asdict(read_bytes(data, uri=request["uri"]))
    except ExtractorError as error:
        answer = refusal(error)
    except MemoryError:
        answer = refusal(too_large(request["uri"]))
    write_frame(answers, answer)
