"""A whole run of ``extract``: which documents, with which workers, into which files, and what is said of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from extractor.batch.run import Advance, Batch
from extractor.batch.tally import Tally
from extractor.errors import OutputUnwritable, UsageError
from extractor.output import Layout, is_device, make_folder, opened, remove_remains, write_records
from extractor.readers import Sources
from extractor.scaling.engines import EngineName, make_engine
from extractor.scaling.limits import Limits
from extractor.scaling.outcomes import Settings
from extractor.terminal import standard_error


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to do.

    ``output`` None is standard output. ``array`` asks for one JSON value, an object for one document and an array for
    several or a folder; else records are lines. ``resume`` takes up what an interrupted run has left beside ``output``.
    ``address`` is that of a cluster, for the engine that needs one.
    """

    sources: Sources
    settings: Settings
    jobs: int = 1
    limits: Limits = field(default_factory=Limits)
    output: Path | None = None
    array: bool = False
    errors: Path | None = None
    report: Path | None = None
    resume: bool = True
    engine: EngineName = EngineName.LOCAL
    address: str | None = None


def execute(plan: Plan) -> int:
    """Carry out a plan; the number of documents that failed.

    Raises ``UsageError`` for what cannot be carried out.
    """
    _check([path for path in (plan.output, plan.errors, plan.report) if path is not None])
    if plan.settings.texts is not None:
        make_folder(Path(plan.settings.texts))
        remove_remains(Path(plan.settings.texts))
    for path in (plan.output, plan.errors, plan.report):
        if path is not None:
            remove_remains(path.resolve().parent, path.resolve().name)
    tally = Tally()
    engine = make_engine(plan.engine, plan.settings, jobs=plan.jobs, limits=plan.limits, address=plan.address)
    with engine as pool:
        total = _total(plan)
        tally.skipped = plan.sources.skipped
        several = total != 1 or plan.sources.open_ended
        resumable = several and plan.output is not None and not is_device(plan.output)
        try:
            with _bar(plan, total) as advance:
                batch = Batch(pool, plan.sources, tally, advance)
                if plan.output is not None and resumable:
                    _through_journal(plan, plan.output, batch)
                else:
                    _streamed(plan, batch, several=several)
        except KeyboardInterrupt:
            if several:
                way_on = "; the same command goes on from there" if resumable and tally.read else ""
                standard_error(f"interrupted: {tally.read:,} of {total:,} read{way_on}")
            _write_report(plan, tally, total, interrupted=True)
            raise
    if several:
        for line in tally.lines():
            standard_error(line)
    _write_report(plan, tally, total, interrupted=False)
    return tally.failed


def _check(files: Sequence[Path]) -> None:
    """Refuse files that cannot be written before anything is extracted."""
    if len({file.resolve() for file in files}) < len(files):
        raise UsageError("--output, --errors and --report must name different files")
    for file in files:
        if file.is_dir():
            raise OutputUnwritable("cannot write: it is a directory", source=str(file))
        if not file.resolve().parent.is_dir():
            raise OutputUnwritable("cannot write: there is no such directory", source=str(file))


def _total(plan: Plan) -> int:
    """The number of documents; ``UsageError`` if a file that is to be written is one of them."""
    total = 0
    files = {"--output": plan.output, "--errors": plan.errors, "--report": plan.report}
    targets = {path.resolve(): option for option, path in files.items() if path is not None}
    names = tuple(path.name for path in targets)
    for source in plan.sources:
        total += 1
        if source.endswith(names) and (target := Path(source).resolve()) in targets:
            raise UsageError(f"{targets[target]} names a document that is to be read", source=source)
    return total


def _bar(plan: Plan, total: int) -> AbstractContextManager[Advance]:
    """A progress bar where somebody sees it and it disturbs nothing."""
    if total > 1 and sys.stderr.isatty() and not (plan.output is None and sys.stdout.isatty()):
        from extractor.batch.progress import progress

        return progress(total)
    return nullcontext(lambda _: None)


def _streamed(plan: Plan, batch: Batch, *, several: bool) -> None:
    with ExitStack() as stack:
        errors = stack.enter_context(opened(plan.errors)) if plan.errors is not None else None
        records = batch.stream(errors)
        if plan.array and not several:
            for record in records:
                with opened(plan.output) as out:
                    write_records([record], out, Layout.OBJECT)
        else:
            with opened(plan.output) as out:
                write_records(records, out, Layout.ARRAY if plan.array else Layout.LINES)


def _through_journal(plan: Plan, output: Path, batch: Batch) -> None:
    from extractor.batch.journal import opened_journal
    from extractor.batch.version import fingerprint

    with opened_journal(output, fingerprint(plan.settings), anew=not plan.resume) as journal:
        if journal.stale:
            standard_error("note: an interrupted run was of another version or had other options; beginning anew")
        batch.complete(journal)
        if plan.errors is not None:
            with opened(plan.errors) as sink:
                write_records(journal.errors(), sink, Layout.LINES)
        with opened(output, workplace=journal.folder) as out:
            write_records(journal.records(), out, Layout.ARRAY if plan.array else Layout.LINES)


def _write_report(plan: Plan, tally: Tally, total: int, *, interrupted: bool) -> None:
    if plan.report is not None:
        with opened(plan.report) as file:
            file.write(json.dumps(tally.report(total=total, interrupted=interrupted), indent=2).encode() + b"\n")
