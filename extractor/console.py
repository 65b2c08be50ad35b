"""What is printed for people: a console that is coloured on a terminal and plain elsewhere."""

from __future__ import annotations

from rich.console import Console

PLAIN_WIDTH = 120
"""Columns where the output is no terminal."""


def make_console(*, width: int | None = None) -> Console:
    """A console on standard output: coloured on a terminal, plain elsewhere."""
    console = _Console(width=width, highlight=False, markup=False, emoji=False)
    return console if console.is_terminal or width else _Console(width=PLAIN_WIDTH, highlight=False, markup=False)


class _Console(Console):
    """A console that leaves a broken pipe to the command, which knows the exit code."""

    def on_broken_pipe(self) -> None:
        """Let the error through."""
        raise BrokenPipeError
