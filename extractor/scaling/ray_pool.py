"""Ray as the engine of a command: the interface of ``Pool``, over the machines of a cluster.

Without an address a cluster of this machine alone is started and, at the end, stopped; it listens to this machine only.
Usage statistics, the dashboard and the output of workers are off.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from secrets import token_hex
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from extractor.errors import ExtractorError, ServerError, TimeLimit
from extractor.extras import require
from extractor.readers import MAX_FILE
from extractor.readers.object_store import is_url
from extractor.readers.streams import open_source, read_most
from extractor.scaling.handle import Task
from extractor.scaling.limits import Limits
from extractor.scaling.outcomes import Outcome, Settings, failure
from extractor.scaling.pool import cores
from extractor.scaling.ray import extract_rows, ray_data

if TYPE_CHECKING:
    import pyarrow

LONGEST_BLOCK = 64
"""Documents that a worker gets at once: many, so that it costs little, but not so many that others go without."""
MOST_TASKS = 200_000
"""Documents that are handed to the cluster in one go, and with ``MOST_BYTES``, what is held here of them at a time."""
MOST_BYTES = 256_000_000
_STANDARD_ERROR = 2


class RayPool:
    """``jobs`` workers on the cluster at ``address`` (HOST:PORT, or auto for the one that runs on this machine).

    0 is one for each of its processors. A context manager. Raises ``MissingExtra``, ``ServerError`` where no cluster
    answers, and when results are asked for, what ``Pool`` raises.
    """

    def __init__(
        self, settings: Settings, *, jobs: int = 1, limits: Limits | None = None, address: str | None = None
    ) -> None:
        self.settings = settings
        self.jobs = jobs
        self.limits = limits or Limits()
        self.address = address
        self._stack = ExitStack()
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
        if address is None:
            os.environ.setdefault("RAY_worker_niceness", "0")  # as the workers of Pool, not behind all else
            if "RAY_AUTH_MODE" not in os.environ:  # a token for this run, and kept in no file
                os.environ |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": token_hex(32)}
        self._data = ray_data()
        self._ray = require("ray", extra="ray")

    def __enter__(self) -> Self:
        debug = bool(os.environ.get("EXTRACTOR_DEBUG"))
        level = logging.INFO if debug else logging.ERROR
        options: dict[str, Any] = {"log_to_driver": debug, "logging_level": level}
        if self.address is None:
            options |= {"num_cpus": self.jobs or cores(), "include_dashboard": False, "_node_ip_address": "127.0.0.1"}
        logging.getLogger("ray.data").setLevel(level)
        if not debug:
            self._stack.enter_context(_messages_of_ray_dropped())
        try:
            self._ray.init(address=self.address or "local", **options)
        except Exception as error:
            self._stack.close()
            raise ServerError(f"no Ray cluster answers: {error}", source=self.address) from None
        self._stack.callback(self._ray.shutdown)
        self.jobs = self.jobs or max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stack.close()

    def run(self, tasks: Iterable[Task], *, ordered: bool = True) -> Iterator[tuple[int, Outcome]]:  # noqa: ARG002
        """As ``Pool.run``, and always in order; documents are taken from ``tasks`` in long stretches."""
        first = 0
        for stretch in stretches(tasks):
            for number, outcome in enumerate(self._outcomes(stretch), first):
                yield number, outcome._replace(source=stretch[number - first].source)
            first += len(stretch)

    def _outcomes(self, stretch: list[Task]) -> Iterator[Outcome]:
        length = min(LONGEST_BLOCK, -(-len(stretch) // (4 * self.jobs)))
        blocks = [to_block(stretch[at : at + length]) for at in range(0, len(stretch), length)]
        documents = self._data.from_arrow(blocks).map_batches(
            Reading(Path.cwd(), self.limits.seconds),
            batch_size=None,
            batch_format="pyarrow",
            compute=self._data.TaskPoolStrategy(size=1),
            num_cpus=0,
            label_selector={"ray.io/node-id": self._ray.get_runtime_context().get_node_id()},
        )
        records = extract_rows(documents, self.settings, workers=self.jobs, limits=self.limits)
        records.context.execution_options.preserve_order = True
        records.context.enable_progress_bars = False
        try:
            for row in records.iter_rows():
                yield Outcome(**row | {"warnings": tuple(row["warnings"])})
        except Exception as error:
            raise _cause(error) from None


class Reading:
    """Files, read on the machine on which the command runs; objects are left to the workers.

    Opening one may take for ever: that of a pipe to which nobody writes, or on a server that is gone.
    """

    def __init__(self, folder: Path, seconds: float | None) -> None:
        self.folder = folder
        self.seconds = seconds

    def __call__(self, table: pyarrow.Table) -> Iterator[pyarrow.Table]:
        """A table for each document: with its bytes, or with the record of why there are none."""
        for row in table.to_pylist():
            source, data = os.fsdecode(row["path"]), row["bytes"]
            error = None
            if data is None and not is_url(source):
                try:
                    data = self._read(source)
                except ExtractorError as failed:
                    error = failure(source, failed).error
            yield to_block([Task(source, data, row["known"])], error)

    def _read(self, source: str) -> bytes:
        """The bytes of a file; raises ``SourceError``, and ``TimeLimit`` where its time is up."""
        found: SimpleQueue[bytes | ExtractorError] = SimpleQueue()
        Thread(target=self._put_bytes, args=(source, found), daemon=True).start()
        try:
            result = found.get(timeout=self.seconds)
        except Empty:
            raise TimeLimit(f"it takes longer than {self.seconds:g} seconds") from None
        if isinstance(result, ExtractorError):
            raise result
        return result

    def _put_bytes(self, source: str, found: SimpleQueue[bytes | ExtractorError]) -> None:
        try:
            with open_source(self.folder / source) as file:
                found.put(read_most(file, MAX_FILE + 1))
        except ExtractorError as error:
            found.put(error)


def stretches(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    """The tasks in lists that may be held in memory."""
    held: list[Task] = []
    size = 0
    for task in tasks:
        held.append(task)
        size += len(task.data or b"")
        if len(held) == MOST_TASKS or size > MOST_BYTES:
            yield held
            held, size = [], 0
    if held:
        yield held


def to_block(tasks: Sequence[Task], error: str | None = None) -> pyarrow.Table:
    """Tasks as rows for ``extract_rows``; file names may hold bytes that are no text, so they are bytes."""
    pa = require("pyarrow", extra="ray")
    columns = {
        "path": pa.array([os.fsencode(task.source) for task in tasks], pa.binary()),
        "bytes": pa.array([task.data for task in tasks], pa.large_binary()),
        "known": pa.array([task.known for task in tasks], pa.string()),
        "error": pa.array([error] * len(tasks), pa.string()),
    }
    return pa.table(columns)


@contextmanager
def _messages_of_ray_dropped() -> Iterator[None]:
    """What Ray and its processes write to standard error past Python goes nowhere; what we write stays."""
    ours = sys.stderr
    try:
        shown = ours.fileno() == _STANDARD_ERROR
    except (AttributeError, OSError):
        shown = False
    if not shown:
        yield
        return
    ours.flush()
    kept = os.dup(_STANDARD_ERROR)
    with open(kept, "w", buffering=1, encoding=ours.encoding, errors=ours.errors) as sys.stderr:  # noqa: PTH123
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), _STANDARD_ERROR)
        try:
            yield
        finally:
            sys.stderr.flush()
            os.dup2(kept, _STANDARD_ERROR)
            sys.stderr = ours


def _cause(error: BaseException) -> BaseException:
    """What was raised in a worker, as it was; else a ``ServerError``."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ExtractorError):
            return cause
        cause = getattr(cause, "cause", None) or cause.__cause__
    return ServerError(f"the Ray cluster cannot go on: {error}")
