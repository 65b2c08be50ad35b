"""``extractor calendar``: records into a calendar, a file or one on a server."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypedDict

import typer

from extractor.commands.exits import FAILED, exit_codes
from extractor.commands.records import Records
from extractor.errors import UsageError
from extractor.exporters.imprecise import Imprecise
from extractor.terminal import printable, standard_error

if TYPE_CHECKING:
    from extractor.exporters.caldav import Outcome


def calendar(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="RECORDS...", help="Files of records, folders of such files; - is standard input."),
    ],
    output: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write an .ics file there, or update it; else to standard output."),
    ] = None,
    caldav: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Bring a calendar on this CalDAV server up to date. User and password come from "
            "EXTRACTOR_CALDAV_USER and EXTRACTOR_CALDAV_PASSWORD, or from the keyring.",
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--calendar", metavar="NAME", help="Name of the calendar; with --caldav it must exist."),
    ] = None,
    imprecise: Annotated[
        Imprecise,
        typer.Option(help="Events whose day is not known: span, tentative over the whole period; skip, left out."),
    ] = Imprecise.SPAN,
    other: Annotated[
        bool, typer.Option("--other", help="Also the other events of the reports, not only main ones and follow-ups.")
    ] = False,
    modified: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="Time stamp (2025-03-04T12:00:00Z) of new and changed entries; else the day of publication.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --caldav: print what would be done, and do nothing.")
    ] = False,
) -> None:
    """Put the events of records into a calendar."""
    with exit_codes():
        if caldav is None and dry_run:
            raise UsageError("--dry-run is for --caldav; without it nothing but --output is written")
        if caldav is not None and (output is not None or not name):
            raise UsageError("--caldav needs --calendar NAME, and takes no --output")
        options = _Options(imprecise=imprecise.value, other=other, modified=_moment(modified))
        records = Records(paths)
        failed = 0
        if caldav is None:
            _write(records, output, name, options)
        else:
            failed = _send(records, caldav, name or "", options, dry_run)
    if failed or records.failed:
        raise typer.Exit(FAILED)


class _Options(TypedDict):
    imprecise: Literal["span", "skip"]
    other: bool
    modified: datetime | None


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise UsageError(f"--modified is {text!r}; write it as 2025-03-04T12:00:00Z")
    return moment


def _write(records: Records, output: Path | None, name: str | None, options: _Options) -> None:
    """Write an .ics file; not one that says the same already, nor an empty one for want of records."""
    from extractor.exporters.ical import to_ical
    from extractor.output import opened

    previous = None
    if output is not None and output.is_file():
        try:
            previous = output.read_bytes()
        except OSError as error:
            raise UsageError(f"cannot read: {error.strerror or error}", source=str(output)) from None
    try:
        data = to_ical(records, name=name, previous=previous, **options)
    except UsageError as error:
        error.source = error.source or str(output)
        raise
    records.report()
    if not records.read and (previous is not None or records.failed):
        if previous is not None:
            standard_error(f"note: {printable(str(output))} is left as it is: no record was read")
        return
    if data != previous or output is None:
        with opened(output) as out:
            out.write(data)


def _send(records: Records, url: str, name: str, options: _Options, dry_run: bool) -> int:
    """Bring the calendar on a server up to date; the number of entries for which that failed."""
    from extractor.exporters.caldav import to_caldav

    outcome = to_caldav(records, url, name, dry_run=dry_run, **options)
    records.report()
    _print(outcome)
    for failure in outcome.failures:
        standard_error(f"error: {printable(str(failure))} [{failure.code}]")
    return len(outcome.failures)


def _print(outcome: Outcome) -> None:
    """A line for each entry that is not as it was, and one that counts."""
    from extractor.exporters.caldav_plan import Action

    for step in outcome.steps:
        if step.action is not Action.KEEP:
            typer.echo(f"{step.action:<7} {printable(step.title)}")
    words = {
        Action.CREATE: "new",
        Action.UPDATE: "updated",
        Action.CANCEL: "cancelled",
        Action.KEEP: "unchanged",
        Action.LEAVE: "not ours",
    }
    typer.echo(", ".join(f"{outcome.count(action)} {word}" for action, word in words.items()))
