"""Lines for the terminal: a label in front, quotes that are short and steer nothing."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from extractor.terminal import printable

MAX_VALUES = 2_000
"""Values beneath the text, names in one list, and discards."""
MAX_QUOTE = 60
"""Characters of a quote that are shown."""
_LEAST_WIDTH = 20
RULE = "│"


@dataclass(frozen=True, slots=True)
class Line:
    """A line with a label in front of it; on a terminal it wraps to the right of the label."""

    label: Text
    text: Text

    def print(self, console: Console) -> None:
        """Show the line, in one piece where the output is no terminal."""
        if not console.is_terminal:
            console.print(Text.assemble(self.label, self.text), soft_wrap=True)
            return
        label = self.label
        for piece in self.text.wrap(console, max(_LEAST_WIDTH, console.width - len(label))) or [Text()]:
            console.print(Text.assemble(label, piece), soft_wrap=True)
            label = Text("".join(sign if sign == RULE else " " for sign in label.plain), "dim")


def line(text: str = "", style: str = "") -> Line:
    """A line without a label; one that is empty separates."""
    return Line(Text(), Text(text, style))


def quote(text: str) -> str:
    """The text in quotation marks, on one line, cut where it is long."""
    shown = printable(" ".join(text.split()))
    return f"“{shown}”" if len(shown) <= MAX_QUOTE else f"“{shown[: MAX_QUOTE - 1]}…”"
