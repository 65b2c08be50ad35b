"""The page: template and style are data beside this module, everything in them is escaped."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from extractor.errors import TextMismatch
from extractor.exporters.addresses import web_address
from extractor.exporters.fields import event_fields
from extractor.exporters.page.annotations import (
    KINDS,
    entries,
    entry_details,
    find_annotations,
    labelled_events,
    quoted_spans,
)
from extractor.exporters.page.signs import shortened, visible
from extractor.exporters.page.text import MOST_NOTES, note_html, rows

if TYPE_CHECKING:
    from jinja2 import Template

    from extractor.records import Event, Evidence, Mention, Report

MOST_PROOFS = 3
"""Quotes that the page shows beside one value; how many more there are is counted."""
LONGEST_QUOTE = 80
"""Characters of a quote beside its value; the text itself is shown whole."""

_LANGUAGE_TAG = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8}){0,3}")


def to_html(report: Report, text: str) -> str:
    """A web page of its own: the text with its spans marked, the values that they prove beside them.

    ``text`` is the one that the report was made from, ``Document.text``; ``TextMismatch`` is raised
    for any other. The page asks for nothing from anywhere and runs no script; equal arguments give
    equal pages.
    """
    check_text(report, text)
    found = find_annotations(report)
    source = report.source
    style = _resource("style.css")
    return _template().render(
        report=report,
        title=shortened(source.title or source.uri, 200),
        style=Markup(style),  # noqa: S704 -- a file of this package
        style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        web_address=web_address(source.uri),
        language=source.language if source.language != "und" and _LANGUAGE_TAG.fullmatch(source.language) else None,
        cards=[_card(label, event) for label, event in labelled_events(report)],
        lists=[
            (kind, [(item.name, entry_details(item), _proofs(item.mentions)) for item in items])
            for kind, items in entries(report)
            if items
        ],
        rows=rows(text, found),
        kinds=[kind for kind in KINDS if any(note.kind == kind for one in found for note in one.notes)],
        note_html=note_html,
        most_notes=MOST_NOTES,
    )


def check_text(report: Report, text: str) -> None:
    """Raise ``TextMismatch`` where a report quotes what does not stand in ``text``."""
    source = report.source
    if len(text) != source.characters:
        raise TextMismatch(
            f"this is not the text of the record: it has {len(text):,} characters, not {source.characters:,}",
            source=source.uri,
        )
    for span in quoted_spans(report):
        if text[span.start : span.end] != span.quote:
            raise TextMismatch(
                f"this is not the text of the record: at {span.start}–{span.end} stands "
                f"{shortened(text[span.start : span.end], 40)!r}, not {shortened(span.quote, 40)!r}",
                source=source.uri,
            )


class Proofs(NamedTuple):
    """The first places that prove something, and how many more there are."""

    shown: list[tuple[int, str, str]]
    """Start, quote and rule."""
    more: int


class Card(NamedTuple):
    """An event as the page shows it."""

    label: str
    event: Event
    fields: list[tuple[str, str, Proofs]]
    """Name, value and proofs of what is set."""


def _card(label: str, event: Event) -> Card:
    proofs: dict[str, list[Evidence]] = {}
    for evidence in event.evidence:
        proofs.setdefault(evidence.field, []).append(evidence)
    return Card(label, event, [(field, value, _proofs(proofs.get(field, []))) for field, value in event_fields(event)])


def _proofs(mentions: list[Mention] | list[Evidence]) -> Proofs:
    shown = [
        (mention.start, shortened(mention.quote, LONGEST_QUOTE), shortened(mention.rule, LONGEST_QUOTE))
        for mention in mentions[:MOST_PROOFS]
        if mention.start < mention.end
    ]
    return Proofs(shown, len(mentions) - len(shown))


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_shown
    )
    return environment.from_string(_resource("page.html.jinja"))


def _shown(value: Any) -> Any:
    """What the template writes: text of a record with its unseen characters made visible."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _resource(name: str) -> str:
    return files("extractor.exporters.page").joinpath(name).read_text("utf-8")
