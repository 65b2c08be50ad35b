"""What is wrong with a configuration, each fault with file and line."""

from __future__ import annotations

from typing import NamedTuple

from extractor.errors import BadConfiguration


class Problem(NamedTuple):
    """A fault, or a warning about what can still be used; ``source`` is "extractor.toml:12"."""

    source: str
    message: str


class Problems:
    """Collects the faults and warnings of one configuration, at most ``most`` of each."""

    def __init__(self, most: int = 100) -> None:
        self.errors: list[Problem] = []
        self.warnings: list[Problem] = []
        self._most = most

    def error(self, source: str, message: str) -> None:
        """Take down a fault, for which the configuration cannot be used."""
        self._add(self.errors, source, message)

    def warn(self, source: str, message: str) -> None:
        """Take down what the user should know."""
        self._add(self.warnings, source, message)

    def _add(self, problems: list[Problem], source: str, message: str) -> None:
        if len(problems) < self._most:
            problems.append(Problem(source, message))
        elif len(problems) == self._most:
            problems.append(Problem(source, f"and more; the first {self._most} are listed"))

    def raise_first(self, path: str) -> None:
        """Raise ``BadConfiguration`` for the first fault, if there is one."""
        if not self.errors:
            return
        first, others = self.errors[0], len(self.errors) - 1
        more = f" ({others} more: see `extractor config check {path}`)" if others else ""
        raise BadConfiguration(first.message + more, source=first.source)


def place(file: str, line: int | None = None) -> str:
    """A file and a line in it, as compilers write them."""
    return file if line is None else f"{file}:{line}"
