"""An annotated corpus on disk: gold facts, and the texts that they are about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extractor.errors import BadGold
from extractor.evaluation.gold import GoldRecord

GOLD = "gold.jsonl"
TEXTS = "texts"
_RECORDS = (".json", ".jsonl", ".ndjson")


def gold_file(path: Path) -> Path:
    """The file with the gold facts: the path itself, or ``gold.jsonl`` in a folder."""
    return path / GOLD if path.is_dir() else path


def text_files(gold: Path, records: Sequence[GoldRecord], folder: Path | None = None) -> list[Path]:
    """The text of each record, found by its name without suffixes.

    They lie in ``folder``, else in ``texts`` beside the gold facts, else beside them. Raises ``BadGold``
    where a record has no text or several.
    """
    if folder is None:
        folder = gold.parent / TEXTS if (gold.parent / TEXTS).is_dir() else gold.parent
    by_name: dict[str, list[Path]] = {}
    try:
        for path in sorted(folder.iterdir()):
            if path.is_file() and path.suffix.lower() not in _RECORDS and not path.name.startswith("."):
                by_name.setdefault(document_name(path.name), []).append(path)
    except OSError as error:
        raise BadGold(f"texts cannot be read: {error.strerror or error}", source=str(folder)) from error
    found = []
    for record in records:
        match by_name.get(record.document, []):
            case [path]:
                found.append(path)
            case []:
                raise BadGold(
                    f"there is no text of {record.document!r}; name its folder with --texts", source=str(folder)
                )
            case several:
                raise BadGold(
                    f"{record.document!r} has several texts: {', '.join(p.name for p in several)}", source=str(folder)
                )
    return found


def document_name(uri: str) -> str:
    """The name under which a document's facts stand: that of its file without suffixes."""
    return uri.rstrip("/").rpartition("/")[2].split(".")[0]
