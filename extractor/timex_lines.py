"""Texts as JSON Lines through the temporal tagger: a line in, a line out, memory for one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from extractor.edtf import calendar_day
from extractor.errors import BadLine, DocumentTooLarge, EmptyDocument
from extractor.failures import error_record
from extractor.pipes.dates import tag_document
from extractor.readers import MAX_CHARACTERS, read_text
from extractor.readers.streams import open_source, read_lines, uri_of
from extractor.terminal import printable, standard_error

LONGEST_LINE = 7 * MAX_CHARACTERS
"""Bytes of a line: the longest text with its characters escaped, and something to spare."""

_MARK = b"\xef\xbb\xbf"


class Text(NamedTuple):
    """A text to be tagged, its id, and the day from which "heute" counts in it."""

    id: str | int
    text: str
    reference_date: str | None


class TimexLines:
    """The lines of a JSON Lines file on their way through the tagger.

    A line is an object with ``id``, ``text`` and perhaps ``reference_date``; ``reference_date`` here serves for
    those that have none. What is wrong with a line goes to standard error; ``failed`` counts them.
    """

    def __init__(self, path: str, *, reference_date: str | None = None) -> None:
        self.path = path
        self.reference_date = calendar_day(reference_date)
        self.failed = 0

    def records(self) -> Iterator[str]:
        """An object a line, ``id``, ``date_line`` and ``timexes``, in the order of the input, as JSON.

        Raises ``SourceError`` for a file that cannot be read.
        """
        with open_source(self.path) as file:
            for number, line in enumerate(read_lines(file, LONGEST_LINE), 1):
                if line is None or line.strip(b" \t" + _MARK):
                    record = self._record(line, number)
                    if record is not None:
                        yield record

    def _record(self, line: bytes | None, number: int) -> str | None:
        """What a line yields; None, and a message, for one that fails."""
        try:
            if line is None:
                raise DocumentTooLarge(f"the line has more than {LONGEST_LINE:,} bytes; give each text a line")
            return self._tagged(parse_line(line))
        except Exception as error:
            self.failed += 1
            failure = error_record(error, source=f"{uri_of(self.path)}:{number}")
            standard_error(f"error: {printable(failure.source)}: {printable(failure.message)} [{failure.code}]")
            return None

    def _tagged(self, text: Text) -> str:
        answer: dict[str, Any] = {"id": text.id, "date_line": None, "timexes": []}
        try:
            document = read_text(text.text)
        except EmptyDocument:
            return json.dumps(answer, ensure_ascii=False)
        tagged = tag_document(document, text.reference_date or self.reference_date, split_ranges=True)
        answer |= {"date_line": tagged.date_line, "timexes": tagged.timexes}
        return json.dumps(answer, ensure_ascii=False)


def parse_line(line: bytes) -> Text:
    """Read a line; raises ``BadLine`` or ``BadReferenceDate`` for one that cannot be used."""
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadLine(f"it is not UTF-8 (byte {error.start})") from None
    except RecursionError:
        raise BadLine("it is nested too deeply; it must be an object with id and text") from None
    except ValueError as error:
        raise BadLine(f"it is no JSON: {error}") from None
    if not isinstance(fields, dict):
        raise BadLine("it must be an object with id and text")
    number, text, day = fields.get("id"), fields.get("text"), fields.get("reference_date")
    if not isinstance(number, str | int) or isinstance(number, bool):
        raise BadLine("id must be a string or an integer")
    if not isinstance(text, str):
        raise BadLine("text must be a string")
    if not isinstance(day, str | None):
        raise BadLine("reference_date must be a string such as 2025-03-04, or null")
    return Text(number, text, calendar_day(day[:10] if day is not None and day[10:11] == "T" else day))
