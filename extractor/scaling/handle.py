"""One worker process as seen from outside: started, asked, killed when its time is up."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from dataclasses import asdict
from threading import Lock
from time import monotonic
from typing import Any, BinaryIO, NamedTuple, cast

from extractor.scaling.child import command, not_started, raise_refusal, reason_of
from extractor.scaling.frames import read_frame, write_frame
from extractor.scaling.limits import Limits
from extractor.scaling.outcomes import Outcome, Settings

START_SECONDS = 300.0
"""A worker that takes longer to start, on whatever machine, never will."""
_LAST_SECONDS = 5.0
_KILL, _ALARM, _TERMINATE = 9, 14, 15
"""Signals; Windows has none of them."""
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class Task(NamedTuple):
    """A document to be extracted: a file, or bytes with a name; ``known`` as for ``Worker.run``."""

    source: str
    data: bytes | None = None
    known: str | None = None


class WorkerDied(Exception):
    """The process ended instead of answering: ``overdue``, ``killed`` from outside, or else by its own doing.

    ``reason`` is the signal or exit code.
    """

    def __init__(self, code: int, *, overdue: bool) -> None:
        self.reason = reason_of(code)
        self.overdue = overdue or code == -_ALARM
        self.killed = code in (-_KILL, -_TERMINATE)
        super().__init__(self.reason)


class Handle:
    """A worker process, which starts at once and is ready when it is first asked.

    Raises ``WorkerUnavailable`` where the system has no room for another process.
    """

    def __init__(self, settings: Settings, limits: Limits) -> None:
        self._limits = limits
        self._lock = Lock()
        self._deadline: float | None = None
        self._overdue = False
        self._ready = False
        quiet = None if os.environ.get("EXTRACTOR_DEBUG") else subprocess.DEVNULL
        try:
            self._process = subprocess.Popen(  # noqa: S603 -- our own interpreter and module
                command("extractor.scaling.process"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=quiet,
                env=_ONE_THREAD | os.environ,
            )
        except OSError as error:
            raise not_started(error) from error
        self._requests = cast(BinaryIO, self._process.stdin)
        self._answers = cast(BinaryIO, self._process.stdout)
        with suppress(BrokenPipeError):
            write_frame(self._requests, {"settings": asdict(settings), "limits": asdict(limits)})

    def await_start(self) -> None:
        """Wait until the process is ready; raises as ``ask`` does."""
        if not self._ready:
            with self._lock:
                self._deadline = monotonic() + START_SECONDS
            raise_refusal(self._reply()[0])
            self._ready = True

    def ask(self, task: Task) -> Outcome:
        """The outcome of one document.

        Raises ``WorkerDied``, and what the worker itself raises: ``UsageError`` for settings that cannot be used.
        """
        with self._lock:
            self._deadline = monotonic() + self._limits.seconds if self._limits.seconds is not None else None
        header = {"source": task.source, "given": task.data is not None, "known": task.known}
        with suppress(BrokenPipeError):  # no answer will come
            write_frame(self._requests, header, task.data or b"")
        return _outcome(*self._reply())

    def kill_if_overdue(self) -> None:
        """Kill the process if its document, or its start, takes longer than allowed."""
        with self._lock:
            if self._deadline is not None and monotonic() > self._deadline:
                self._overdue = True
                self._process.kill()

    def stop(self) -> None:
        """Kill the process; who waits for its answer gets ``WorkerDied``. May be called from any thread."""
        self._process.kill()

    def close(self) -> None:
        """Kill the process and let go of it."""
        self._process.kill()
        for stream in (self._requests, self._answers):
            with suppress(OSError):
                stream.close()
        self._process.wait()

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def _reply(self) -> tuple[dict[str, Any], bytes]:
        try:
            reply = read_frame(self._answers)
        except EOFError:
            with suppress(subprocess.TimeoutExpired):  # how it ends says why
                self._process.wait(_LAST_SECONDS)
            self.close()
            raise WorkerDied(self._process.returncode, overdue=self._overdue) from None
        with self._lock:
            self._deadline = None
            killed = self._overdue  # with its answer under way: the document was too late
        if killed:
            self.close()
            raise WorkerDied(self._process.returncode, overdue=True)
        return reply


def _outcome(header: dict[str, Any], body: bytes) -> Outcome:
    raise_refusal(header)
    header["warnings"] = tuple(header["warnings"])
    if header["code"] is not None:
        header["error"] = body.decode()
    elif header["id"] is not None:
        header["record"] = body.decode()
    return Outcome(**header)
