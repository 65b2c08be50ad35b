"""The command line: one Typer app, thin commands that call the API.

Exit codes: 0 all right, 1 some documents failed (the others are written), 2 a command that cannot
be carried out as given, 130 interrupted, 141 the reader of the output went away. A defect of the
package costs one line on standard error; its traceback is shown where EXTRACTOR_DEBUG is set.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from extractor.errors import ExtractorError, NoDocuments, UsageError
from extractor.terminal import printable, standard_error, tolerate_encodings

FAILED, USAGE, INTERRUPTED, BROKEN_PIPE = 1, 2, 130, 141

app = typer.Typer(
    help="Turn German event reports into validated records.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How records are written."""

    JSON = "json"
    JSONL = "jsonl"


class Record(StrEnum):
    """The records that have a schema."""

    REPORT = "report"
    ERROR = "error"


ReferenceDate = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="Day (2025-03-04) from which relative dates count where a document states none. Never today by itself.",
    ),
]


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"extractor {version('extractor')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


@app.command()
def extract(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, directories, globs; - is standard input.")
    ],
    layout: Annotated[
        Format,
        typer.Option("--format", help="json: one object, or an array for several; jsonl: one a line, as they come."),
    ] = Format.JSON,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write there, whole or not at all; else to standard output.")
    ] = None,
    reference_date: ReferenceDate = None,
    errors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a record a line for each document that failed.")
    ] = None,
) -> None:
    """Extract the record of each document."""
    with _exit_codes():
        failed = _extract(paths, layout, output, reference_date, errors)
    if failed:
        raise typer.Exit(FAILED)


def _extract(
    paths: list[str], layout: Format, output: Path | None, reference_date: str | None, errors: Path | None
) -> int:
    """The number of documents that failed."""
    from extractor.output import Layout, opened, write_records

    if output is not None and errors is not None and output.resolve() == errors.resolve():
        raise UsageError("--output and --errors name the same file")
    sources = _sources(paths)
    if output is not None and any(output.resolve() == Path(source).resolve() for source in sources if source != "-"):
        raise UsageError("--output names a document that is to be read", source=str(output))
    several = len(sources) > 1 or any(path != "-" and Path(path).is_dir() for path in paths)

    from extractor.batch import Batch
    from extractor.pipeline import Extractor

    with ExitStack() as stack:
        sink = stack.enter_context(opened(errors)) if errors is not None else None
        batch = Batch(Extractor(reference_date=reference_date), sources, sink)
        bar = len(sources) > 1 and sys.stderr.isatty() and not (output is None and sys.stdout.isatty())
        records = batch.records(indent=2 if layout is Format.JSON else None, bar=bar)
        if layout is Format.JSON and not several:
            for record in records:
                with opened(output) as out:
                    write_records([record], out, Layout.OBJECT)
        else:
            with opened(output) as out:
                write_records(records, out, Layout.ARRAY if layout is Format.JSON else Layout.LINES)
    return batch.failed


def _sources(paths: list[str]) -> list[str]:
    """The documents that the arguments name, each once.

    A folder or pattern without any stays among them, to fail when it is read; ``NoDocuments`` is
    raised where there is nothing else.
    """
    from extractor.readers import find_sources

    found: dict[str, None] = {}
    barren: list[NoDocuments] = []
    for path in paths:
        try:
            found |= dict.fromkeys(find_sources([path]))
        except NoDocuments as error:
            barren.append(error)
            found[path] = None
    if len(barren) == len(found):
        raise barren[0]
    return list(found)


@app.command()
def explain(
    path: Annotated[str, typer.Argument(metavar="PATH", help="A file; - is standard input.")],
    reference_date: ReferenceDate = None,
) -> None:
    """Show a document in the terminal: what was found, where, and by which rule."""
    with _exit_codes():
        from extractor.pipeline import Extractor, calendar_day
        from extractor.readers import read_file

        calendar_day(reference_date)
        document = read_file(path)

        from extractor import explain as view
        from extractor.assembly import assemble

        extractor = Extractor(reference_date=reference_date)
        doc = extractor.annotate(document)
        report = assemble(doc, document, reference_date=extractor.reference_date)
        view.explain(doc, report, view.make_console())


@app.command()
def schema(
    record: Annotated[Record, typer.Option(help="Which record.")] = Record.REPORT,
) -> None:
    """Print the JSON Schema of a record."""
    with _exit_codes():
        from extractor.validation import schema_text

        typer.echo(schema_text(record.value), nl=False)


@contextmanager
def _exit_codes() -> Iterator[None]:
    """Turn what a command raises into one line on standard error and an exit code."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_output()
        raise typer.Exit(BROKEN_PIPE) from None
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except ExtractorError as error:
        standard_error(f"error: {printable(str(error))} [{error.code}]")
        raise typer.Exit(USAGE if isinstance(error, UsageError) else FAILED) from None
    except (typer.Exit, typer.Abort):
        raise
    except OSError as error:
        standard_error(f"error: standard output: cannot write: {error.strerror or error} [usage]")
        _discard_output()
        raise typer.Exit(USAGE) from None
    except Exception as error:
        logging.getLogger(__name__).debug("defect", exc_info=error)
        standard_error(f"error: {type(error).__name__}: {printable(str(error))} [internal-error]")
        raise typer.Exit(FAILED) from None


def _discard_output() -> None:
    """Send what is still in the buffer nowhere, so that the interpreter ends quietly."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    """Run the command line."""
    tolerate_encodings()
    if os.environ.get("EXTRACTOR_DEBUG"):
        logging.basicConfig(level=logging.DEBUG)
    try:
        app(prog_name="extractor")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
