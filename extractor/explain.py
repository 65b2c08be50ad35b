"""``extractor explain``: the text in the terminal, what was found in it, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from extractor.document import Block, BlockKind
from extractor.exporters.fields import event_fields
from extractor.pipes.reading import blocks_of, values_of
from extractor.terminal import printable

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extractor.records import Event, Evidence, Mention, Report

MAX_SHOWN = 40_000
"""Characters of the text that are shown."""
MAX_VALUES = 2_000
"""Values beneath the text, and names in one list."""
MAX_EVENTS = 50
"""Event cards that are shown."""
MAX_QUOTE = 60
"""Characters of a quote that are shown."""
_LEAST_WIDTH = 20
_RULE = "│"


@dataclass(frozen=True, slots=True)
class Kind:
    """How the values of one pipe are shown."""

    label: str
    style: str
    show: Callable[[Mapping[str, Any]], str]


def _date(value: Mapping[str, Any]) -> str:
    day = "/".join(filter(None, (value["edtf_start"], value["edtf_end"])))
    time = "–".join(filter(None, (value["start_time"], value["end_time"])))
    inferred = f"(from {value['inferred_from']})" if day and value["inferred_from"] else ""
    return " ".join(filter(None, (day, time, inferred))) or f"{value['type'].lower()} {value['value']}"


def _place(value: Mapping[str, Any]) -> str:
    details = ", ".join(filter(None, (value["kind"], value["state"], value["ags"])))
    return f"{value['name']} ({details})"


def _venue(value: Mapping[str, Any]) -> str:
    return ", ".join(filter(None, ("online" if value["online"] else value["name"], value["address"], value["city"])))


def _organisation(value: Mapping[str, Any]) -> str:
    acronym = f" ({value['acronym']})" if value["acronym"] else ""
    return f"{value['name']}{acronym}, {value['kind']}"


def _person(value: Mapping[str, Any]) -> str:
    return ", ".join(filter(None, (value["name"], value["title"], value["function"], value["organisation"])))


def _event(value: Mapping[str, Any]) -> str:
    ordinal = f"{value['ordinal']}. " if value["ordinal"] else ""
    kind = "" if value["event_type"] == value["name"] else f" ({value['event_type']})"
    return f"{ordinal}{value['name']}{kind}{', generic' if value['generic'] else ''}"


KINDS: Mapping[str, Kind] = {
    "dates": Kind("date", "cyan", _date),
    "places": Kind("place", "green", _place),
    "venues": Kind("venue", "bright_green", _venue),
    "organisations": Kind("organisation", "yellow", _organisation),
    "persons": Kind("person", "magenta", _person),
    "events": Kind("event", "bold bright_blue", _event),
    "statuses": Kind("status", "red", lambda value: str(value["status"])),
    "attendances": Kind("attendance", "bright_cyan", lambda value: str(value["count"])),
    "topics": Kind("topic", "bright_magenta", lambda value: str(value["name"])),
}
"""The span groups in the order in which they are listed; later styles win where spans overlap."""


def explain(doc: Doc, report: Report, console: Console) -> None:
    """Show the text with its spans, then the record with its evidence."""
    for line in (*_text_lines(doc), *_record_lines(report)):
        line.print(console)


@dataclass(frozen=True, slots=True)
class Line:
    """A line with a label in front of it; on a terminal it wraps to the right of the label."""

    label: Text
    text: Text

    def print(self, console: Console) -> None:
        """Show the line, in one piece where the output is no terminal."""
        if not console.is_terminal:
            console.print(Text.assemble(self.label, self.text), soft_wrap=True)
            return
        label = self.label
        for piece in self.text.wrap(console, max(_LEAST_WIDTH, console.width - len(label))) or [Text()]:
            console.print(Text.assemble(label, piece), soft_wrap=True)
            label = Text("".join(sign if sign == _RULE else " " for sign in label.plain), "dim")


def _line(text: str = "", style: str = "") -> Line:
    """A line without a label; one that is empty separates."""
    return Line(Text(), Text(text, style))


_Row = tuple[int, int, str, Mapping[str, Any]]
"""Start, end, span group and value of something found."""


def _text_lines(doc: Doc) -> Iterator[Line]:
    """The first ``MAX_SHOWN`` characters, block by block, each with its values beneath it."""
    text = doc.text
    found = sorted(
        ((value["start"], value["end"], key, value) for key in KINDS for value in values_of(doc, key)),
        key=lambda row: (row[0], -row[1]),
    )
    shown = [row for row in found if row[0] < MAX_SHOWN][:MAX_VALUES]
    position = 0
    for block in blocks_of(doc):
        if block.start >= MAX_SHOWN:
            break
        first = position
        while position < len(shown) and shown[position][0] < block.end:
            position += 1
        rows = shown[first:position]
        yield from _block_lines(text, block, min(block.end, MAX_SHOWN), rows)
        for row in rows:
            yield _value_line(text, row)
        yield _line()
    characters, values = max(0, len(text) - MAX_SHOWN), len(found) - len(shown)
    if characters or values:
        yield _line(f"… {characters:,} more characters and {values:,} more values are not shown", "dim")
        yield _line()


def _block_lines(text: str, block: Block, end: int, rows: Sequence[_Row]) -> Iterator[Line]:
    """The block's lines with their spans coloured; what is no content is dimmed."""
    base = {
        BlockKind.HEADING: "bold",
        BlockKind.BOILERPLATE: "dim",
        BlockKind.REPEAT: "dim",
        BlockKind.CAPTION: "italic",
    }.get(block.kind, "")
    start = block.start
    label: str = "" if block.kind is BlockKind.PARAGRAPH else block.kind.value.replace("_", " ")
    for line in text[block.start : end].splitlines(keepends=True):
        stop = start + len(line)
        shown = _coloured(text, start, start + len(line.rstrip("\r\n")), base, rows)
        yield Line(Text(f"{label[:11]:>11} {_RULE} ", "dim"), shown)
        label = ""
        start = stop


def _coloured(text: str, start: int, end: int, base: str, rows: Sequence[_Row]) -> Text:
    """A stretch of the text, cut at the ends of its spans; the last style that covers a piece wins."""
    touching = [row for row in rows if row[0] < end and row[1] > start]
    cuts = sorted({start, end, *(max(start, row[0]) for row in touching), *(min(end, row[1]) for row in touching)})
    line = Text(style=base)
    order = list(KINDS)
    for left, right in pairwise(cuts):
        covering = [order.index(row[2]) for row in touching if row[0] <= left and row[1] >= right]
        line.append(printable(text[left:right]), KINDS[order[max(covering)]].style if covering else None)
    return line


def _value_line(text: str, row: _Row) -> Line:
    start, end, key, value = row
    kind = KINDS[key]
    shown = Text(_quote(text[start:end]))
    shown.append("  →  ", "dim")
    shown.append(printable(kind.show(value)), "bold")
    shown.append(f"  {value['rule']}", "dim")
    return Line(Text(f"{kind.label:>13}   ", kind.style), shown)


def _quote(text: str) -> str:
    shown = printable(" ".join(text.split()))
    return f"“{shown}”" if len(shown) <= MAX_QUOTE else f"“{shown[: MAX_QUOTE - 1]}…”"


def _record_lines(report: Report) -> Iterator[Line]:
    events = [report.main_event, *report.follow_ups, *report.other_events]
    cards = [event for event in events if event is not None]
    if report.main_event is None:
        yield _line("no main event", "bold")
        yield _line()
    for event in cards[:MAX_EVENTS]:
        yield from _card_lines(event)
    if len(cards) > MAX_EVENTS:
        yield _line(f"… {len(cards) - MAX_EVENTS} more events are not shown", "dim")
    for title in ("organisations", "persons", "places", "topics"):
        yield from _list_lines(title, getattr(report, title))
    for warning in report.warnings:
        yield Line(Text("warning  ", "bold red"), Text(f"{printable(warning.message)} [{warning.code}]"))


def _card_lines(event: Event) -> Iterator[Line]:
    header = Text(f"{event.role.replace('_', ' ')} event" if event.role != "follow_up" else "follow-up", "bold")
    header.append(f"  {printable(event.name)}", KINDS["events"].style)
    header.append(f"  confidence {event.confidence:.2f}", "dim")
    yield Line(Text(), header)
    proofs: dict[str, list[Evidence]] = {}
    for evidence in event.evidence:
        proofs.setdefault(evidence.field, []).append(evidence)
    for field, value in event_fields(event):
        shown = Text(printable(value), "bold")
        for evidence in proofs.get(field, ())[:3]:
            _append_proof(shown, evidence)
        yield Line(Text(f"{field:>20}   ", "dim"), shown)
    yield _line()


def _list_lines(title: str, items: Sequence[Any]) -> Iterator[Line]:
    if not items:
        return
    yield _line(title, "bold")
    for item in items[:MAX_VALUES]:
        shown = Text(printable(item.name), KINDS[title].style)
        for mention in item.mentions[:1]:
            _append_proof(shown, mention)
        yield Line(Text("  "), shown)
    yield _line()


def _append_proof(shown: Text, mention: Mention) -> None:
    shown.append(f"  {_quote(mention.quote)}", "not bold default")
    shown.append(f" {mention.start}–{mention.end} {mention.rule}", "not bold default dim")
