"""TimeML 1.2.1: a text with its temporal expressions tagged in place as TIMEX3.

The text itself is kept, white space and all, so that offsets into the ``TEXT`` element are offsets into the
document: carriage returns are written as references, for an XML parser would turn them into line feeds, and
characters that XML 1.0 forbids become U+FFFD, one for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from extractor.pipes.values import Timex

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IN_TEXT = {"\r": "&#13;"}
_IN_ATTRIBUTES = _IN_TEXT | {"\n": "&#10;", "\t": "&#9;", '"': "&quot;"}
_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<TimeML xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:noNamespaceSchemaLocation="http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd">
"""
_CREATION_TIME = "t0"
_DAY = len("2025-03-04")
_COUNTED_FROM_CREATION_TIME = ("reference_date", "date_line")


def timeml(text: str, timexes: Sequence[Timex], *, docid: str, creation_time: str | None = None) -> str:
    """Write a TimeML document: ``DOCID``, ``DCT`` (empty where no ``creation_time`` is known) and ``TEXT``.

    ``timexes`` have offsets into ``text``; where two overlap, the later one is left out, for TIMEX3 elements do not
    nest. ``creation_time`` is an ISO date or month.
    """
    created = ""
    if creation_time is not None:
        attributes = {
            "tid": _CREATION_TIME,
            "type": "DATE",
            "value": creation_time,
            "temporalFunction": "false",
            "functionInDocument": "CREATION_TIME",
        }
        created = _element(attributes, creation_time)
    body = "".join(_tagged(text, timexes))
    return f"{_HEAD}<DOCID>{_text(docid)}</DOCID>\n<DCT>{created}</DCT>\n<TEXT>{body}</TEXT>\n</TimeML>\n"


def _tagged(text: str, timexes: Sequence[Timex]) -> Iterator[str]:
    """The text piece by piece, expressions as elements."""
    cursor = number = 0
    days: dict[str, str] = {}
    for timex in sorted(timexes, key=lambda timex: timex["start"]):
        start, end = timex["start"], timex["end"]
        if start < cursor:
            continue
        number += 1
        tid = f"t{number}"
        yield _text(text[cursor:start])
        yield _element(_attributes(timex, tid, days), text[start:end])
        if timex["type"] == "DATE":
            days[timex["value"]] = tid
        cursor = end
    yield _text(text[cursor:])


def _attributes(timex: Timex, tid: str, days: Mapping[str, str]) -> dict[str, str]:
    """The attributes of an expression; ``days`` are the ids of the days named before it."""
    attributes = {"tid": tid, "type": timex["type"], "value": timex["value"]}
    said = {"mod": timex["mod"], "quant": timex["quant"], "freq": timex["freq"]}
    attributes |= {name: value for name, value in said.items() if value is not None}
    attributes["temporalFunction"] = "true" if timex["inferred"] else "false"
    attributes["functionInDocument"] = "PUBLICATION_TIME" if timex["rule"] == "date.dateline" else "NONE"
    if timex["inferred_from"] in _COUNTED_FROM_CREATION_TIME:
        attributes["anchorTimeID"] = _CREATION_TIME
    elif timex["type"] == "TIME" and timex["inferred"] and timex["value"][:_DAY] in days:
        attributes["anchorTimeID"] = days[timex["value"][:_DAY]]
    return attributes


def _element(attributes: Mapping[str, str], content: str) -> str:
    written = " ".join(f'{name}="{escape(_allowed(value), _IN_ATTRIBUTES)}"' for name, value in attributes.items())
    return f"<TIMEX3 {written}>{_text(content)}</TIMEX3>"


def _text(text: str) -> str:
    return escape(_allowed(text), _IN_TEXT)


def _allowed(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
