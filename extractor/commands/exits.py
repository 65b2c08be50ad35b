"""How a command ends: exit codes, and one line on standard error for what went wrong.

0 all right, 1 some documents failed (the others are written), 2 a command that cannot be carried
out as given, 130 interrupted, 141 the reader of the output went away. A defect of the package
costs one line on standard error; its traceback is shown where EXTRACTOR_DEBUG is set.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from extractor.errors import ExtractorError, UsageError
from extractor.output import unwritable
from extractor.terminal import printable, standard_error

FAILED, USAGE, INTERRUPTED, BROKEN_PIPE = 1, 2, 130, 141


@contextmanager
def exit_codes() -> Iterator[None]:
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
        if error.filename is None:
            _discard_output()
            told: UsageError = unwritable(error, "standard output")
        else:  # a path that the system does not take, as a name that is too long
            told = UsageError(error.strerror or str(error), source=str(error.filename))
        standard_error(f"error: {printable(str(told))} [{told.code}]")
        raise typer.Exit(USAGE) from None
    except Exception as error:
        logging.getLogger(__name__).debug("defect", exc_info=error)
        standard_error(f"error: {type(error).__name__}: {printable(str(error))} [internal-error]")
        raise typer.Exit(FAILED) from None


def _discard_output() -> None:
    """Send what is still in the buffer nowhere, so that the interpreter ends quietly."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
