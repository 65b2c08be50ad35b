"""``extractor explain``: the text in the terminal, what was found in it, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.explain.found import text_lines
from extractor.explain.reasons import choice_lines, discard_lines
from extractor.explain.record import card_lines, list_lines, warning_lines

if TYPE_CHECKING:
    from rich.console import Console
    from spacy.tokens import Doc

    from extractor.explanations import Explanation
    from extractor.records import Report


def explain(doc: Doc, report: Report, explanation: Explanation, console: Console) -> None:
    """Show the text with its spans, the record with its evidence, and the reasons for both."""
    for shown in (
        *text_lines(doc),
        *card_lines(report, explanation),
        *choice_lines(explanation),
        *discard_lines(explanation),
        *list_lines(report),
        *warning_lines(report),
    ):
        shown.print(console)
