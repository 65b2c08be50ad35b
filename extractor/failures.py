"""What a batch yields for a document that failed."""

from __future__ import annotations

import logging

from extractor.errors import ExtractorError, InternalError
from extractor.records import ErrorRecord

_LOG = logging.getLogger(__name__)


def error_record(error: Exception, *, source: str) -> ErrorRecord:
    """The record of a failure; a defect of ours costs one document only.

    The traceback goes to the log, at level debug.
    """
    if not isinstance(error, ExtractorError):
        _LOG.debug("defect shown by %s", source, exc_info=error)
        error = InternalError(f"{type(error).__name__}: {error}")
    return ErrorRecord(source=_encodable(source), code=error.code, message=_encodable(error.message))


def _encodable(text: str) -> str:
    """File names may hold bytes that are no text; records may not."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
