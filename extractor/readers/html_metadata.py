"""What a page says about itself: titles, the day of publication, events (schema.org as JSON-LD and microdata)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from extractor.lang.months import month_names

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "date",
    "pubdate",
    "publish-date",
    "publication_date",
    "sailthru.date",
    "parsely-pub-date",
)
_LONGEST_SCRIPT, _MOST_NODES, _MOST_EVENTS, _LONGEST_VALUE = 500_000, 5_000, 10, 300
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}))?")
_TAGS = re.compile(r"<[^<>]{0,500}>")
_WRITTEN = re.compile(rf"\b(\d{{1,2}})\.\s?(?:(\d{{1,2}})\.|({'|'.join(month_names())}|Jänner|Feber))\s?(\d{{4}})?")
_EVENT = re.compile(r"(?:^|/)(?:\w*Event|Festival|Hackathon|CourseInstance)$")


@dataclass(slots=True)
class Metadata:
    """What a page says about itself; ``titles`` are its titles, that of the document element last."""

    titles: list[str] = field(default_factory=list)
    published: str | None = None
    events: list[dict[str, Any]] = field(default_factory=list)

    @property
    def title(self) -> str | None:
        """The best title."""
        return self.titles[0] if self.titles else None


def metadata_of(root: HtmlElement) -> Metadata:
    """Read the metadata of a page; what is malformed is as if it were not there."""
    meta = _meta(root)
    nodes = list(_linked_data(root))
    titles = [meta.get("og:title"), *(_text(node.get("headline")) for node in nodes), root.findtext(".//title")]
    published = [*(meta.get(name) for name in _PUBLISHED), *(_text(node.get("datePublished")) for node in nodes)]
    for element in root.iterfind(".//*[@itemprop='datePublished']"):
        published += [element.get("datetime"), element.get("content")]
    published += [element.get("datetime") for element in root.iterfind(".//time[@pubdate]")]
    return Metadata(
        [" ".join(title.split()) for title in titles if title and title.strip()],
        next(filter(None, map(_day_of, published)), None),
        [node for node in nodes if _is_event(node.get("@type"))] + list(_microdata(root)),
    )


def _meta(root: HtmlElement) -> dict[str, str]:
    """The ``meta`` elements by name or property, in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _day_of(value: str | None) -> str | None:
    """The day of an ISO 8601 date or date and time, if the calendar has it."""
    match = _DAY.match(value.strip()) if value else None
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).isoformat() if match else None
    except ValueError:
        return None


def _linked_data(root: HtmlElement) -> Iterator[dict[str, Any]]:
    """The objects in a page's JSON-LD, those within others included."""
    seen = 0
    for script in root.iter("script"):
        source = script.text or ""
        if script.get("type", "").lower() != "application/ld+json" or len(source) > _LONGEST_SCRIPT:
            continue
        try:
            pending = [json.loads(source, strict=False)]
        except (ValueError, RecursionError):
            continue
        while pending and seen < _MOST_NODES:
            node = pending.pop()
            seen += 1
            if isinstance(node, list):
                pending.extend(reversed(node))
            elif isinstance(node, dict):
                yield node
                pending.extend(value for value in node.values() if isinstance(value, (list, dict)))


def _is_event(kind: object) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(kind, str) and _EVENT.search(kind) for kind in kinds)


def _microdata(root: HtmlElement) -> Iterator[dict[str, Any]]:
    """The events among a page's microdata, their properties as JSON-LD has them."""
    for scope in root.iterfind(".//*[@itemtype]"):
        if scope.get("itemscope") is not None and _is_event(scope.get("itemtype", "").split()[-1:]):
            yield _properties(scope)


def _properties(scope: HtmlElement) -> dict[str, Any]:
    found: dict[str, Any] = {}
    pending = list(reversed(scope))
    while pending:
        element = pending.pop()
        name = element.get("itemprop")
        nested = element.get("itemscope") is not None
        if name and nested:
            found.setdefault(name, _properties(element))
        elif name:
            given = element.get("content") or element.get("datetime")
            found.setdefault(name, given or " ".join(element.text_content().split())[:_LONGEST_VALUE])
        if not nested:
            pending.extend(reversed(element))
    return found


def event_lines(events: Sequence[dict[str, Any]], shown: str) -> list[str]:
    """Lines that tell what a page's data say about events of which it does not show the day.

    ``shown`` is the text of the page. "Veranstaltung", "Wann", "Wo", "Veranstalter" is what a German
    page would write; the values are the data's own.
    """
    days = {(int(match[1]), _month(match)) for match in _WRITTEN.finditer(shown)}
    lines: dict[str, None] = {}
    for event in events[:_MOST_EVENTS]:
        start = _DAY.match(_text(event.get("startDate")) or "")
        name = _text(event.get("name"))
        if start is None or not name or (int(start[3]), int(start[2])) in days:
            continue
        if not 1 <= int(start[2]) <= 12:
            continue
        values = {
            "Veranstaltung": name,
            "Wann": _when(start, _DAY.match(_text(event.get("endDate")) or "")),
            "Wo": _place(event.get("location")),
            "Veranstalter": _name(event.get("organizer")),
        }
        text = "\n".join(f"{label}: {value}" for label, value in values.items() if value)
        lines.setdefault(text)
    return list(lines)


def _month(match: re.Match[str]) -> int:
    if match[2]:
        return int(match[2])
    return {"Jänner": 1, "Feber": 2}.get(match[3]) or month_names().index(match[3]) + 1


def _when(start: re.Match[str], end: re.Match[str] | None) -> str:
    """A span of time as a German page writes it."""
    first = _german_day(start)
    if end is None or not 1 <= int(end[2]) <= 12:
        return first + (f", {start[4]}:{start[5]} Uhr" if start[4] else "")
    if end.group(1, 2, 3) != start.group(1, 2, 3):
        return f"{first} bis {_german_day(end)}"
    if start[4] and end[4] and end.group(4, 5) != start.group(4, 5):
        return f"{first}, {start[4]}:{start[5]} bis {end[4]}:{end[5]} Uhr"
    return first + (f", {start[4]}:{start[5]} Uhr" if start[4] else "")


def _german_day(day: re.Match[str]) -> str:
    return f"{int(day[3])}. {month_names()[int(day[2]) - 1]} {day[1]}"


def _place(location: object) -> str:
    """A place's name and address on one line."""
    if isinstance(location, list):
        location = location[0] if location else None
    if not isinstance(location, dict):
        return _text(location) or ""
    address = location.get("address")
    if isinstance(address, dict):
        town = " ".join(filter(None, (_text(address.get("postalCode")), _text(address.get("addressLocality")))))
        address = ", ".join(filter(None, (_text(address.get("streetAddress")), town)))
    return ", ".join(filter(None, (_text(location.get("name")), _text(address))))


def _name(thing: object) -> str:
    things = thing if isinstance(thing, list) else [thing]
    names = (_text(each.get("name")) if isinstance(each, dict) else _text(each) for each in things)
    return ", ".join(name for name in names if name and not name.startswith("http"))


def _text(value: object) -> str | None:
    """A string on one line, tags gone, cut to a bearable length."""
    if not isinstance(value, str):
        return None
    return " ".join(_TAGS.sub(" ", value[: 2 * _LONGEST_VALUE]).split())[:_LONGEST_VALUE] or None
