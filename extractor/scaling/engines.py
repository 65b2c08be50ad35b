"""What runs documents through workers: one machine's processes, or a cluster's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from extractor.errors import UsageError

if TYPE_CHECKING:
    from extractor.scaling.handle import Task
    from extractor.scaling.limits import Limits
    from extractor.scaling.outcomes import Outcome, Settings


class EngineName(StrEnum):
    """The engines."""

    LOCAL = "local"
    RAY = "ray"


class Engine(Protocol):
    """Documents in, outcomes out; see ``Pool``."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None: ...

    def run(self, tasks: Iterable[Task], *, ordered: bool = True) -> Iterator[tuple[int, Outcome]]:
        """The outcome of each document with its number, counted from 0; in this order if ``ordered``."""


def make_engine(
    name: EngineName, settings: Settings, *, jobs: int = 1, limits: Limits | None = None, address: str | None = None
) -> Engine:
    """The engine of a name; ``address`` is that of a cluster.

    Raises ``MissingExtra`` where its package is not installed, ``UsageError`` for an address without a cluster.
    """
    if name is EngineName.RAY:
        from extractor.scaling.ray_pool import RayPool

        return RayPool(settings, jobs=jobs, limits=limits, address=address)
    if address is not None:
        raise UsageError("only a cluster has an address; add --engine ray", source="--address")
    from extractor.scaling.pool import Pool

    return Pool(settings, jobs=jobs, limits=limits)
