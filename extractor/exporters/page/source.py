"""The text of a report, which its record does not hold: read again from where it came."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from extractor.document import Document
from extractor.errors import SourceNotFound, TextMismatch
from extractor.readers import read_file
from extractor.records import Report


def text_of(
    report: Report,
    path: str | os.PathLike[str] | None = None,
    *,
    read: Callable[[str | os.PathLike[str]], Document] = read_file,
) -> str:
    """The text that the report was made from: of its source, else of the file that is named.

    Nothing is fetched: the source must be a file, and the same as when the report was made.
    Raises ``SourceNotFound`` where it is none, ``TextMismatch`` where it has changed, ``SourceError``
    where it cannot be read. The named file may be written otherwise (another encoding); whether
    its text is the right one, ``to_html`` checks. ``read`` is what reads files.
    """
    if path is not None:
        return read(path).text
    uri = report.source.uri
    if not _is_local_file(uri):
        raise SourceNotFound("there is no such file here; give the text with --text FILE", source=uri)
    document = read(uri)
    if document.source.sha256 != report.source.sha256:
        raise TextMismatch(
            "the file has changed since the record was made; extract it anew, or give its old text with --text FILE",
            source=uri,
        )
    return document.text


def _is_local_file(uri: str) -> bool:
    """Whether it is a file of this machine; a share on another ("//host/…") would be asked for over the network."""
    if uri.startswith(("//", "\\\\")):
        return False
    try:
        return Path(uri).is_file()
    except (OSError, ValueError):
        return False
