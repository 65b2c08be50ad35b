"""What one document may take. The kernel enforces it, also where the interpreter of a worker gets no turn.

Memory is limited on Linux, whose ``RLIMIT_DATA`` counts what a process has of its own; other systems have no limit that
holds. A process whose time is up is killed by the one that waits for it; the alarm here is for a worker that has lost
that one.
"""

from __future__ import annotations

import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import MemoryLimit, TimeLimit, WorkerCrashed

GRACE = 10.0
"""Seconds after which a worker ends itself that should have been killed."""
_STATUS = Path("/proc/self/status")


_CRASHED = "the process that reads it dies ({}), for it is damaged, or needs more memory than a document may take"


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` of wall-clock time for a document, and ``megabytes`` that it may take beyond what its worker has.

    None is no limit.
    """

    seconds: float | None = 120.0
    megabytes: int | None = 1024


def too_slow(seconds: float, source: str | None = None) -> TimeLimit:
    """The error of a document that takes longer than ``seconds``."""
    return TimeLimit(f"it takes longer than {seconds:g} seconds", source=source)


def too_large(source: str | None = None) -> MemoryLimit:
    """The error of a document that takes more than its memory."""
    return MemoryLimit("it needs more memory than a document may take", source=source)


def crashed(reason: str, source: str | None = None) -> WorkerCrashed:
    """The error of a document whose process died, of a signal or with an exit code."""
    return WorkerCrashed(_CRASHED.format(reason), source=source)


def limit_memory(megabytes: int | None) -> None:
    """Let this process have so much more memory than it has now; leave no core dump when it fails."""
    if sys.platform != "linux":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    held = _held()
    if megabytes is None or held is None:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = held + (megabytes << 20)
    resource.setrlimit(resource.RLIMIT_DATA, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _held() -> int | None:
    """Bytes that the kernel counts as data of this process; None where it does not tell."""
    try:
        lines = _STATUS.read_text("ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("VmData:")), None)


def set_alarm(seconds: float | None) -> None:
    """End this process when the time of a document and the grace are over; None calls it off."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds + GRACE if seconds is not None else 0)
