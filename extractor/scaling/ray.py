"""Ray Data: the engine of many machines. Each machine needs this package, as the extra ``ray``.

Every worker is an actor of Ray with a ``Pool`` of one process in it: so the model is loaded once for each, and a
document that takes too long, takes too much memory or crashes costs only itself there as it does on one machine. An
actor that died with its document would be restarted with the same document for ever.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.configuration import Configuration
from extractor.edtf import calendar_day
from extractor.errors import BadLine, UsageError
from extractor.extras import require
from extractor.pipes.ner import DEFAULT
from extractor.readers.streams import uri_of
from extractor.scaling.handle import Task
from extractor.scaling.limits import Limits
from extractor.scaling.outcomes import Outcome, Settings, failure
from extractor.scaling.pool import Pool

if TYPE_CHECKING:
    import pyarrow
    from ray.data import Dataset

CONTENT = ("bytes", "text")
"""Columns that hold the documents: the first that a dataset has does. Without one, or for null, the path is opened."""
NAMES = ("path", "id")
"""Columns that name a document: the first that it has does."""


def extract_dataset(
    dataset: Dataset,
    *,
    reference_date: date | str | None = None,
    ner: str = DEFAULT,
    config: str | Path | Configuration | None = None,
    workers: int | tuple[int, int] | None = None,
    limits: Limits | None = None,
) -> Dataset:
    """The dataset with the record of each document: lazily, one row for each row, in no certain order.

    Its rows hold a document's ``bytes``, its ``text``, or only its ``path``, which is then opened by the worker and may
    be a URL of an object store; ``path`` or ``id`` names it. The rows that come out hold ``id`` (that of the record),
    ``source``, ``sha256``, ``record`` (canonical JSON), ``warnings`` (their codes), ``error`` (an error record, JSON)
    and ``code`` (that of the error): ``record`` is null where the document failed, else ``error`` is.

    ``workers`` is how many there are, each with one processor, or the fewest and the most; by default from one up to as
    many as the cluster has room for. Reading needs a processor besides: a fixed number that takes all of them waits for
    ever where the dataset is read from files. ``limits`` are those of one document, ``reference_date``, ``ner`` and
    ``config`` those of ``Extractor``; a configuration file is read here, once.

    Raises ``UsageError`` for a ``reference_date`` that is no day, ``BadConfiguration``, ``MissingExtra`` without Ray.
    Where the columns are others, or the settings cannot be used, Ray raises an error with ours in it when rows are
    asked for.
    """
    configuration = Configuration.load(config) if isinstance(config, (str, Path)) else config
    known = configuration.model_dump_json() if configuration is not None else None
    settings = Settings(reference_date=calendar_day(reference_date), ner=ner, configuration=known)
    return extract_rows(dataset, settings, workers=workers, limits=limits)


def extract_rows(
    dataset: Dataset,
    settings: Settings,
    *,
    workers: int | tuple[int, int] | None = None,
    limits: Limits | None = None,
) -> Dataset:
    """As ``extract_dataset``; a column ``known`` is that of ``Task``, and ``error`` the record of a failure to read."""
    data = ray_data()
    if isinstance(workers, int):
        pool = data.ActorPoolStrategy(size=workers)
    else:
        fewest, most = workers or (1, None)
        pool = data.ActorPoolStrategy(min_size=fewest, max_size=most)
    extracted: Dataset = dataset.map_batches(
        Rows,
        fn_constructor_args=(settings, limits or Limits()),
        batch_size=None,  # the blocks as they are: each is a stretch of work for one worker
        batch_format="pyarrow",
        compute=pool,
        num_cpus=1,
    )
    return extracted


def ray_data() -> Any:
    """The module ``ray.data``; raises ``MissingExtra`` where it, or what it needs, is not installed."""
    for needed in ("pandas", "pyarrow"):
        require(needed, extra="ray")
    return require("ray.data", extra="ray")


class Rows:
    """What a worker does with the rows that it gets; Ray makes one in each actor."""

    def __init__(self, settings: Settings, limits: Limits) -> None:
        self._pool = Pool(settings, limits=limits).__enter__()  # it ends with the actor

    def __call__(self, table: pyarrow.Table) -> Iterator[pyarrow.Table]:
        """A row for each row, each a table of its own: so no more than one waits here, however large it is."""
        content, name = _columns(table.column_names)
        columns = (name, content, "known", "error")
        for source, data, known, error in zip(*(_values(table, column) for column in columns), strict=True):
            yield to_table(self._outcome(source, data, name, known, error))

    def _outcome(self, source: Any, data: Any, name: str, known: str | None, error: str | None) -> Outcome:
        """What becomes of a row; ``data`` is the bytes or the text, or anything else for a path to open."""
        uri = os.fsdecode(source) if isinstance(source, bytes) else str(source)
        if error is not None:
            return Outcome(uri, error=error, code=json.loads(error)["code"])
        data = data.encode() if isinstance(data, str) else data
        if source is None or (data is None and name != "path"):
            return failure(uri, BadLine(f"the row has no {name if source is None else 'content'}"))
        ((_, outcome),) = self._pool.run([Task(uri, data, known)])
        return outcome


def _columns(names: list[str]) -> tuple[str, str]:
    """The columns with the documents and with their names; raises ``UsageError`` where there are none."""
    content = next((each for each in CONTENT if each in names), "")
    name = next((each for each in NAMES if each in names), None)
    if name is None or (name != "path" and not content):
        raise UsageError(
            "a dataset needs the column path, or bytes or text and one that names the document (path or id); "
            f"it has {', '.join(names)}"
        )
    return content, name


def _values(table: pyarrow.Table, column: str) -> Iterator[Any]:
    """The values of a column, one at a time; of one that is not there, nulls."""
    if column not in table.column_names:
        yield from repeat(None, table.num_rows)
    else:
        yield from (value.as_py() for value in table[column])


def to_table(outcome: Outcome) -> pyarrow.Table:
    """A row of what ``extract_dataset`` yields; the types are given, for a column of nulls has none."""
    pa = require("pyarrow", extra="ray")
    text = pa.string()
    fields = {"id": text, "source": text, "sha256": text, "record": text}
    fields |= {"warnings": pa.list_(text), "error": text, "code": text}
    values = outcome._replace(source=uri_of(outcome.source))
    columns = {name: pa.array([getattr(values, name)], kind) for name, kind in fields.items()}
    return pa.table(columns)
