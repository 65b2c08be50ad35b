"""A progress bar on standard error: how many of how many, how fast, how long still, how many failed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from extractor.batch.run import Advance


@contextmanager
def progress(total: int) -> Iterator[Advance]:
    """Show the bar while the block runs."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """Documents a second."""

        def render(self, task: Task) -> Text:
            """The rate of the last half minute, once there is one."""
            return Text(f"{task.speed:,.1f}/s" if task.speed else "")

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failed]} failed"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as shown:
        task = shown.add_task("extracting", total=total, failed=0)
        yield lambda failed: shown.update(task, advance=1, failed=failed)
