"""Documents in object stores, named by URL ("s3://bucket/reports/april.pdf"), through fsspec.

fsspec knows the common stores; each needs a package of its own where it is read (s3fs, gcsfs, adlfs), and finds its
credentials where that package documents it. ``file://`` needs none. A connection is opened to what a URL names only;
web addresses are not among them, for what a page shows must have been saved to be proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extractor.errors import MissingExtra, NoDocuments, SourceError, SourceNotFound, SourceUnreadable, UsageError
from extractor.extras import require
from extractor.readers.documents import MAX_FILE
from extractor.readers.registry import registry
from extractor.readers.streams import read_most

_URL = re.compile(r"(?!https?:)[A-Za-z][A-Za-z0-9+.-]+://(?!.*::)", re.IGNORECASE | re.DOTALL)
"""fsspec's chains ("zip://a.txt::https://...") are none of ours: they would lead into the web."""
_MAGIC = re.compile(r"[*?\[]")


def is_url(source: str) -> bool:
    """Whether a source is named by URL rather than by path."""
    return _URL.match(source) is not None


def find_objects(url: str) -> Iterator[str]:
    """The documents that a URL stands for, in order: itself, what its pattern matches, or what lies below a folder.

    As with local folders, of a folder only what a reader knows. What cannot be listed stands for itself, to fail when
    it is read. Raises ``NoDocuments`` where there is none, ``MissingExtra`` where a package is missing.
    """
    try:
        files, path = _located(url)
        if _MAGIC.search(path):
            found = [match for match in files.glob(path) if files.isfile(match)]
        elif files.isdir(path):
            found = [each for each in files.find(path) if registry().knows(each) and not _hidden(each, path)]
        else:
            found = [path]
    except UsageError:
        raise
    except Exception:
        yield url
        return
    if not found:
        raise NoDocuments("there are no documents", source=url)
    yield from (files.unstrip_protocol(each) for each in sorted(found))


def changed(url: str) -> float | None:
    """When a document was last changed, in seconds of the epoch; None where its store does not tell."""
    try:
        files, path = _located(url)
        moment: float = files.modified(path).timestamp()
    except Exception:
        return None
    return moment


def read_object(url: str) -> bytes:
    """The bytes of one document, at most one more than any reader takes.

    Raises ``SourceNotFound`` or ``SourceUnreadable``; ``MissingExtra`` where the package for its store is missing.
    """
    files, path = _located(url)
    try:
        with files.open(path, "rb") as file:
            return read_most(file, MAX_FILE + 1)
    except MemoryError:
        raise
    except FileNotFoundError:
        raise SourceNotFound("there is no such object", source=url) from None
    except Exception as error:
        raise SourceUnreadable(f"it cannot be read: {_told(error)}", source=url) from None


def _located(url: str) -> tuple[Any, str]:
    """The file system of a URL, and the path in it."""
    fsspec = require("fsspec", extra="ray")
    try:
        located: tuple[Any, str] = fsspec.core.url_to_fs(url)
    except ImportError as error:
        raise MissingExtra(f"its store needs a package: {error}", source=url) from None
    except Exception as error:
        raise SourceError(f"it names no object: {_told(error)}", source=url) from None
    return located


def _hidden(path: str, folder: str) -> bool:
    return any(part.startswith(".") for part in path[len(folder) :].split("/"))


def _told(error: Exception) -> str:
    return str(error) or type(error).__name__
