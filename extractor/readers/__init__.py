"""Readers: bytes in, `Document` out; one module per format, one registry."""

from extractor.readers.documents import MAX_BYTES, MAX_CHARACTERS, MAX_FILE
from extractor.readers.registry import Reader, is_plain, read_bytes, read_file, read_text
from extractor.readers.sources import Sources

__all__ = [
    "MAX_BYTES",
    "MAX_CHARACTERS",
    "MAX_FILE",
    "Reader",
    "Sources",
    "is_plain",
    "read_bytes",
    "read_file",
    "read_text",
]
