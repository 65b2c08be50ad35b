"""``extractor evaluate``: how good records are, measured on annotated texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.commands.exits import FAILED, exit_codes
from extractor.commands.options import DEFAULT_MEMORY, DEFAULT_TIMEOUT, Config, Memory, Ner, ReferenceDate, Timeout
from extractor.pipes.ner import DEFAULT
from extractor.terminal import printable, standard_error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.records import Report
    from extractor.scaling.limits import Limits
    from extractor.scaling.outcomes import Settings


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
    timeout: Timeout = DEFAULT_TIMEOUT,
    memory: Memory = DEFAULT_MEMORY,
) -> None:
    """Measure records against gold facts: precision, recall and F1 by field, and perfect event cards."""
    with exit_codes():
        from extractor.configuration import Configuration
        from extractor.evaluation.corpus import document_name, gold_file, text_files
        from extractor.evaluation.gold import read_gold
        from extractor.evaluation.reliability import as_lines, as_object
        from extractor.evaluation.reliability import reliability as judge
        from extractor.evaluation.scoring import evaluate as score
        from extractor.evaluation.table import as_data, as_table, faults
        from extractor.scaling.limits import Limits
        from extractor.scaling.outcomes import Settings

        path = gold_file(gold)
        records = read_gold(path)
        if predictions is not None:
            reports, failed = _predicted(predictions)
        else:
            configuration = Configuration.load(config).model_dump_json() if config is not None else None
            settings = Settings(reference_date, ner, configuration)
            reports, failed = _extracted(
                text_files(path, records, texts), settings, Limits(timeout or None, memory or None)
            )
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


def _extracted(texts: Sequence[Path], settings: Settings, limits: Limits) -> tuple[list[Report], int]:
    from extractor.records import ErrorRecord, Report
    from extractor.scaling.handle import Task
    from extractor.scaling.pool import Pool

    reports, failed = [], 0
    with Pool(settings, limits=limits) as pool:
        for _, outcome in pool.run(Task(str(text)) for text in texts):
            if outcome.record is not None:
                reports.append(Report.model_validate_json(outcome.record))
            else:
                failed += 1
                fault = ErrorRecord.model_validate_json(outcome.error or "")
                standard_error(f"error: {printable(fault.source)}: {printable(fault.message)} [{fault.code}]")
    return reports, failed
