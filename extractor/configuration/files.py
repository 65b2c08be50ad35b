"""Bytes of a file that the user named, never more than is sensible."""

from __future__ import annotations

from pathlib import Path

from extractor.configuration.problems import Problems


def read_bytes(path: str | Path, most: int, source: str, problems: Problems) -> bytes | None:
    """The content of a regular file of at most ``most`` bytes; None, and a fault at ``source``, for any other."""
    try:
        if not Path(path).exists():
            problems.error(source, _told(path, source, "there is no such file"))
            return None
        if not Path(path).is_file():
            problems.error(source, _told(path, source, "it is no file"))
            return None
        with Path(path).open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        problems.error(source, _told(path, source, f"it cannot be read: {reason or error}"))
        return None
    if len(data) > most:
        problems.error(source, _told(path, source, f"it has more than {most:,} bytes"))
        return None
    return data


def _told(path: str | Path, source: str, message: str) -> str:
    """The message; with the file, where another file names it."""
    return message if source == str(path) else f"{path}: {message}"
