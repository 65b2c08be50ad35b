"""The engine of one machine: documents over worker processes, results in order or as they come.

A document that takes too long, takes too much memory or crashes its worker costs only itself: its worker is killed and
replaced. Where somebody else killed the worker, as a system does that runs out of memory, the document is tried once
more.

Every worker has a thread here that waits for it. Few documents are on their way at any time, so memory does not grow
with their number: ``WINDOW`` for each worker where the order is kept, and only as many as fit into ``MOST_HELD``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from queue import SimpleQueue
from threading import Event, Thread
from types import TracebackType
from typing import Self

from extractor.errors import MemoryLimit, WorkerUnavailable
from extractor.scaling.handle import Handle, Task, WorkerDied
from extractor.scaling.limits import Limits, crashed, too_slow
from extractor.scaling.outcomes import Outcome, Settings, failure

WINDOW = 32
"""Documents for each worker that may be ahead of the one that is waited for."""
MOST_HELD = 32_000_000
"""Characters of results that may wait for an earlier one, before no further document is begun."""
_ATTEMPTS = 2
_STARTS = 3
_LOOK = 0.05
"""Seconds between two looks at the clock."""

_Result = tuple[int, Outcome | Exception]


class Pool:
    """``jobs`` worker processes, each started when there is a document for it; a context manager.

    0 stands for as many as there are cores. ``Settings`` that cannot be used raise ``UsageError``, and workers that do
    not start ``WorkerUnavailable``, when results are asked for.
    """

    def __init__(self, settings: Settings, *, jobs: int = 1, limits: Limits | None = None) -> None:
        self.settings = settings
        self.jobs = jobs or cores()
        self.limits = limits or Limits()
        self._tasks: SimpleQueue[tuple[int, Task] | None] = SimpleQueue()
        self._results: SimpleQueue[_Result] = SimpleQueue()
        self._handles: list[Handle | None] = [None] * self.jobs
        self._closed = Event()
        self._threads = [Thread(target=self._serve, args=(number,), daemon=True) for number in range(self.jobs)]
        self._threads.append(Thread(target=self._watch, daemon=True))

    def __enter__(self) -> Self:
        try:
            self._handles[0] = Handle(self.settings, self.limits)
            for thread in self._threads:
                thread.start()
        except BaseException as error:
            self.__exit__(type(error), error, error.__traceback__)
            self._let_go(0)
            if isinstance(error, RuntimeError):  # what ``threading`` raises where the system gives no more threads
                raise WorkerUnavailable(f"{error}; fewer --jobs need fewer") from error
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._closed.set()
        for _ in range(self.jobs):
            self._tasks.put(None)
        for thread in self._threads:
            while thread.is_alive():
                for handle in self._handles:
                    if handle is not None:
                        handle.stop()
                thread.join(_LOOK)

    @property
    def pids(self) -> list[int]:
        """The ids of the processes that there are at this moment."""
        return [handle.pid for handle in self._handles if handle is not None]

    def run(self, tasks: Iterable[Task], *, ordered: bool = True) -> Iterator[tuple[int, Outcome]]:
        """The outcome of each document with its number, counted from 0; in this order if ``ordered``.

        Documents are taken from ``tasks`` only as they are needed.
        """
        waiting = enumerate(tasks)
        ahead = (WINDOW if ordered else 2) * self.jobs
        held: dict[int, Outcome] = {}
        size = running = following = 0
        while True:
            room = ahead - running - len(held) if size <= MOST_HELD or not running else 0
            for each in islice(waiting, max(room, 0)):
                self._tasks.put(each)
                running += 1
            if not running:
                return
            number, outcome = self._results.get()
            running -= 1
            if isinstance(outcome, Exception):
                raise outcome
            if not ordered:
                yield number, outcome
                continue
            held[number] = outcome
            size += _size(outcome)
            while following in held:
                outcome = held.pop(following)
                size -= _size(outcome)
                yield following, outcome
                following += 1

    def _serve(self, number: int) -> None:
        """What the thread of one worker does: documents in, outcomes out, until the pool is closed."""
        while (item := self._tasks.get()) is not None and not self._closed.is_set():
            position, task = item
            result: Outcome | Exception
            try:
                result = self._outcome(number, task)
            except Exception as error:
                result = error
            self._results.put((position, result))
        self._let_go(number)

    def _outcome(self, number: int, task: Task) -> Outcome:
        reason = ""
        for _ in range(_ATTEMPTS):
            handle = self._ready(number)
            try:
                outcome = handle.ask(task)
            except WorkerDied as death:
                self._let_go(number)
                if death.overdue and self.limits.seconds is not None:
                    return failure(task.source, too_slow(self.limits.seconds))
                reason = death.reason
                if not death.killed:
                    break
                continue
            if outcome.code == MemoryLimit.code:
                self._let_go(number)
            return outcome
        return failure(task.source, crashed(reason))

    def _ready(self, number: int) -> Handle:
        """The worker, or a new one that has started."""
        reason = ""
        for _ in range(_STARTS):
            if self._closed.is_set():
                break
            handle = self._handles[number]
            if handle is None:
                handle = self._handles[number] = Handle(self.settings, self.limits)
            try:
                handle.await_start()
            except WorkerDied as death:
                self._let_go(number)
                reason = death.reason
                continue
            return handle
        raise WorkerUnavailable(f"a worker process does not start ({reason}); EXTRACTOR_DEBUG=1 shows why")

    def _let_go(self, number: int) -> None:
        handle, self._handles[number] = self._handles[number], None
        if handle is not None:
            handle.close()

    def _watch(self) -> None:
        """Kill what is overdue."""
        while not self._closed.wait(_LOOK):
            for handle in self._handles:
                if handle is not None:
                    handle.kill_if_overdue()


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _size(outcome: Outcome) -> int:
    return len(outcome.record or "") + len(outcome.error or "")
