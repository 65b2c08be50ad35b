"""An evaluation to read, and as data."""

from __future__ import annotations

from typing import Any

from extractor.evaluation.scoring import Evaluation


def as_table(evaluation: Evaluation) -> str:
    """Write a line a field, then the summary."""
    lines = [f"{'field':22} {'P':>6} {'R':>6} {'F1':>6}   TP/FP/FN"]
    lines += [
        f"{name:22} {tally.precision:6.3f} {tally.recall:6.3f} {tally.f1:6.3f}   {tally.tp}/{tally.fp}/{tally.fn}"
        for name, tally in evaluation.tallies.items()
    ]
    summary = {name: value for name, value in _summary(evaluation).items() if value is not None}
    lines.append(" ".join(f"{k}={v:.3f}" if isinstance(v, float) else f"{k}={v}" for k, v in summary.items()))
    return "\n".join(lines)


def faults(evaluation: Evaluation) -> list[str]:
    """Write a line a fault: document, field, what was found, what should have been."""
    lines = []
    for document in evaluation.documents:
        if not document.found:
            lines.append(f"{document.id}: no record")
        lines += [f"{document.id}: {fault.field}: {fault.found}, not {fault.expected}" for fault in document.faults]
    return lines


def as_data(evaluation: Evaluation) -> dict[str, Any]:
    """The evaluation as a JSON object: ``summary``, ``fields`` and ``documents``."""
    return {
        "summary": _summary(evaluation),
        "fields": {
            name: {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1, "tp": tally.tp}
            | {"fp": tally.fp, "fn": tally.fn}
            for name, tally in evaluation.tallies.items()
        },
        "documents": [
            {"id": document.id, "found": document.found, "faults": [fault._asdict() for fault in document.faults]}
            for document in evaluation.documents
        ],
    }


def _summary(evaluation: Evaluation) -> dict[str, int | float | None]:
    return {
        "documents": len(evaluation.documents),
        "missing": evaluation.missing,
        "perfect_cards": evaluation.perfect_cards,
        "mean_f1": evaluation.mean_f1,
    }
