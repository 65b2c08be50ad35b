"""``extractor evaluate``: how good records are, measured on annotated texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.commands.exits import FAILED, exit_codes
from extractor.commands.options import Config, Ner, ReferenceDate
from extractor.pipes.ner import DEFAULT
from extractor.terminal import printable, standard_error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.evaluation.gold import GoldRecord
    from extractor.records import Report


def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="Gold facts, a JSON object a line; or a folder with gold.jsonl.")
    ],
    predictions: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PREDICTIONS]", help="Records as `extract` writes them; else the texts are extracted now."
        ),
    ] = None,
    texts: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the texts are; else in `texts` beside GOLD, or beside it.")
    ] = None,
    per_document: Annotated[bool, typer.Option("--per-document", help="List what is wrong in each document.")] = False,
    reliability: Annotated[
        bool, typer.Option("--reliability", help="Show how well the events' confidence is calibrated.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    reference_date: ReferenceDate = None,
    ner: Ner = DEFAULT,
    config: Config = None,
) -> None:
    """Measure records against gold facts: precision, recall and F1 by field, and perfect event cards."""
    with exit_codes():
        from extractor.evaluation.corpus import document_name, gold_file
        from extractor.evaluation.gold import read_gold
        from extractor.evaluation.reliability import as_lines, as_object
        from extractor.evaluation.reliability import reliability as judge
        from extractor.evaluation.scoring import evaluate as score
        from extractor.evaluation.table import as_data, as_table, faults

        path = gold_file(gold)
        records = read_gold(path)
        if predictions is not None:
            reports, failed = _predicted(predictions)
        else:
            reports, failed = _extracted(path, records, texts, reference_date, ner, config)
        by_name = {document_name(report.source.uri): report for report in reports}
        evaluation = score(records, by_name)
        calibration = judge(records, by_name) if reliability else None
        if as_json:
            table = {"reliability": as_object(calibration)} if calibration else {}
            typer.echo(json.dumps(as_data(evaluation) | table, ensure_ascii=False, indent=2))
        else:
            typer.echo(as_table(evaluation))
            for line in faults(evaluation) if per_document else []:
                typer.echo(printable(line))
            for line in ["", *as_lines(calibration)] if calibration else []:
                typer.echo(line)
    if failed:
        raise typer.Exit(FAILED)


def _predicted(path: Path) -> tuple[list[Report], int]:
    from extractor.record_files import read_reports

    failed: list[Exception] = []
    reports = list(read_reports([path], on_fault=failed.append))
    for error in failed:
        standard_error(f"error: {printable(str(error))}")
    return reports, len(failed)


def _extracted(
    gold: Path,
    records: Sequence[GoldRecord],
    texts: Path | None,
    reference_date: str | None,
    ner: str,
    config: Path | None,
) -> tuple[list[Report], int]:
    from extractor.evaluation.corpus import text_files
    from extractor.pipeline import Extractor
    from extractor.records import ErrorRecord

    reports, failed = [], 0
    extractor = Extractor(reference_date=reference_date, ner=ner, config=config)
    for result in extractor.extract_many(text_files(gold, records, texts)):
        if isinstance(result, ErrorRecord):
            failed += 1
            standard_error(f"error: {printable(result.source)}: {printable(result.message)} [{result.code}]")
        else:
            reports.append(result)
    return reports, failed
