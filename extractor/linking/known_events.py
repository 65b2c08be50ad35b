"""What many reports together know of each event: one entry a UID, the best knowledge of each field.

Reports repeat, correct and outdate each other. Which of them says what, field by field:

- **name and the rest**: who tells of it as the main event, before an announcement of what comes
  next, before a mention in passing; of these the one published last.
- **when**: the one published last; but a date that is merely vaguer than another ("Juli 2025"
  beside 17 July) says nothing new, and a date that a later one names as its old date is outdated.
- **status**: of those who speak of that date, held or cancelled before postponed before planned
  (which is what was said before there was news); of equal weight the one published last.
- **where**: as the name; a venue and an address that it lacks come from others who name the town
  and speak of that date. So do times, organisers, topics, attendance.

A report without a date of publication counts as published before those that have one. What still
ties is settled by content, so the order of the reports makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from extractor.edtf import earliest, latest
from extractor.linking.identity import event_uids
from extractor.records import Event, Evidence, Place, Report, Source, When, Where

_ROLES = {"main": 2, "follow_up": 1, "other": 0}
_MOST_DATES = 300
"""So many dates of one event are compared, the latest; records may be made to tell of more."""
_NEWS = {"planned": 0, "postponed": 1, "held": 2, "cancelled": 2}


@dataclass(frozen=True, slots=True)
class Sighting:
    """One report's word on an event."""

    uid: str
    event: Event
    report_id: str
    source: Source
    place: Place | None
    """The entry of the event's town in the report's ``places``."""
    follows: str | None
    """UID of the report's main event, where this one follows it."""


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """An event as all reports together know it.

    ``event`` holds the best value of each field. Its evidence is that of the report from which
    the name comes, for what comes from there; ``evidence`` finds that of any field.
    """

    uid: str
    event: Event
    sightings: tuple[Sighting, ...]
    """Who told of it, the source of the name first."""
    origin: Mapping[str, Sighting]
    """Whence ``when``, ``status``, ``where`` and whatever else comes that is not the first's."""
    follows: tuple[str, ...]
    """UIDs of the events that it follows, sorted."""

    @property
    def published(self) -> str | None:
        """When the latest report was published, EDTF, if any says."""
        dated = [s.source.published for s in self.sightings if s.source.published is not None]
        return max(dated, key=lambda text: (earliest(text) or date.min, text), default=None)

    def source_of(self, field: str) -> Sighting:
        """Who told what a field says."""
        return self.origin.get(field) or self.origin.get(field.partition(".")[0]) or self.sightings[0]

    def evidence(self, field: str) -> Iterator[tuple[Evidence, Sighting]]:
        """The quotes that prove a field, such as ``when.start``, and where they stand."""
        sighting = self.source_of(field)
        for evidence in sighting.event.evidence:
            if evidence.field == field:
                yield evidence, sighting


def known_events(reports: Iterable[Report]) -> list[KnownEvent]:
    """Each event that the reports tell of, once, with the best knowledge of it; by date, then UID.

    Equal whatever the order of the reports.
    """
    groups: dict[str, list[Sighting]] = {}
    for report in reports:
        for sighting in sightings(report):
            groups.setdefault(sighting.uid, []).append(sighting)
    return sorted((known_event(group) for group in groups.values()), key=lambda known: (*_first_day(known), known.uid))


def sightings(report: Report) -> Iterator[Sighting]:
    """What a report says of each of its events."""
    uids = event_uids(report)
    main = uids[0][1] if report.main_event is not None else None
    places = {place.name: place for place in reversed(report.places)}
    for event, uid in uids:
        place = places.get(event.where.place or event.where.city or "") if event.where is not None else None
        follows = main if event.role == "follow_up" and uid != main else None
        yield Sighting(uid, event, report.id, report.source, place, follows)


def period(when: When) -> tuple[date, date] | None:
    """First and last day that a date may mean; None where the year is unknown."""
    first, last = earliest(when.start), latest(when.end or when.start)
    if first is None or last is None:
        return None
    return first, max(first, last)


def _first_day(known: KnownEvent) -> tuple[date, str]:
    when = known.event.when
    days = period(when) if when is not None else None
    return (days[0] if days else date.max, (when.start_time if when is not None else None) or "")


def known_event(group: list[Sighting]) -> KnownEvent:
    """One event, as all its sightings together know it; at least one, in whatever order."""
    if len(group) == 1:
        only = group[0]
        return KnownEvent(only.uid, only.event, (only,), {}, (only.follows,) if only.follows is not None else ())
    ranked = sorted(_distinct(group), key=_weight, reverse=True)
    best = ranked[0]
    dated = _best_date(ranked)
    current = [sighting for sighting in ranked if dated is None or _agrees(sighting, dated)]
    values: dict[str, Any] = {}
    origin: dict[str, Sighting] = {}
    if dated is not None:
        origin["when"] = dated
        values["when"] = _with_times(dated, current, origin)
    origin["status"] = max(current, key=_news)
    values["status"] = origin["status"].event.status
    values["where"] = _where(ranked, current, origin)
    for field in ("organisers", "topics", "attendance"):
        teller = next((s for s in [best, *current] if getattr(s.event, field) not in (None, [])), best)
        origin[field] = teller
        values[field] = getattr(teller.event, field)
    origin = {field: sighting for field, sighting in origin.items() if sighting is not best}
    values["evidence"] = [
        evidence
        for evidence in best.event.evidence
        if evidence.field not in origin and evidence.field.partition(".")[0] not in origin
    ]
    follows = tuple(sorted({sighting.follows for sighting in ranked if sighting.follows is not None}))
    return KnownEvent(best.uid, best.event.model_copy(update=values), tuple(ranked), origin, follows)


def _distinct(group: list[Sighting]) -> Iterable[Sighting]:
    return {(s.report_id, s.source.uri, s.event.model_dump_json()): s for s in group}.values()


def _published(sighting: Sighting) -> date:
    text = sighting.source.published
    return (earliest(text) if text is not None else None) or date.min


def _days(when: When | None) -> int:
    """How many days a date may mean; the fewer, the more it says."""
    days = period(when) if when is not None else None
    return (days[1] - days[0]).days if days else date.max.toordinal()


def _weight(sighting: Sighting) -> tuple[Any, ...]:
    """How much the word of a report counts on what an event is."""
    event = sighting.event
    return (
        _ROLES[event.role],
        _published(sighting),
        _NEWS[event.status],
        -_days(event.when),
        event.confidence,
        *_content(sighting),
    )


def _news(sighting: Sighting) -> tuple[Any, ...]:
    """How much the word of a report counts on whether an event takes place."""
    event = sighting.event
    return (_NEWS[event.status], _published(sighting), event.status == "cancelled", *_weight(sighting))


def _content(sighting: Sighting) -> tuple[str, ...]:
    """What settles a tie."""
    return sighting.report_id, sighting.source.uri, sighting.event.model_dump_json()


def _best_date(ranked: list[Sighting]) -> Sighting | None:
    dated = [sighting for sighting in ranked if sighting.event.when is not None]
    dated = sorted(dated, key=lambda sighting: (_published(sighting), *_news(sighting)), reverse=True)[:_MOST_DATES]
    dated = [sighting for sighting in dated if not any(_outdates(other, sighting) for other in dated)] or dated
    dated = [sighting for sighting in dated if not any(_refines(other, sighting) for other in dated)] or dated
    return next(iter(dated), None)


def _outdates(new: Sighting, old: Sighting) -> bool:
    """Whether one report calls the date of another its old one."""
    if new.event.when is None or old.event.when is None or new.event.when.previous_start is None:
        return False
    if new.event.when.start == old.event.when.start:
        return False
    first, last = earliest(new.event.when.previous_start), latest(new.event.when.previous_start)
    days = period(old.event.when)
    return first is not None and last is not None and days is not None and first <= days[0] and days[0] <= last


def _refines(exact: Sighting, vague: Sighting) -> bool:
    """Whether one date lies within another, which is no more than vaguer."""
    if exact.event.when is None or vague.event.when is None or vague.event.when.precision == "day":
        return False
    inner, outer = period(exact.event.when), period(vague.event.when)
    if inner is None or outer is None:
        return inner is not None
    return inner != outer and outer[0] <= inner[0] and inner[1] <= outer[1]


def _agrees(sighting: Sighting, dated: Sighting) -> bool:
    """Whether a report speaks of the date of another, as far as can be told."""
    if sighting is dated:
        return True
    if sighting.event.when is None:
        return _published(sighting) >= _published(dated)
    here = period(sighting.event.when)
    there = period(dated.event.when) if dated.event.when is not None else None
    return here is None or there is None or (here[0] <= there[1] and there[0] <= here[1])


def _with_times(dated: Sighting, current: list[Sighting], origin: dict[str, Sighting]) -> When | None:
    when = dated.event.when
    if when is None or when.start_time is not None:
        return when
    for sighting in current:
        other = sighting.event.when
        if other is not None and other.start_time and (other.start, other.end) == (when.start, when.end):
            origin["when.start_time"] = origin["when.end_time"] = sighting
            times = {field: getattr(other, field) for field in ("start_time", "end_time", "timezone")}
            return when.model_copy(update=times)
    return when


def _where(ranked: list[Sighting], current: list[Sighting], origin: dict[str, Sighting]) -> Where | None:
    teller = next((s for s in [ranked[0], *current] if s.event.where is not None and s.event.where.city), None)
    teller = teller or next((s for s in [ranked[0], *current] if s.event.where is not None), None)
    if teller is None or teller.event.where is None:
        return None
    origin["where"] = teller
    where = teller.event.where
    for field in ("venue", "address"):
        for sighting in current:
            other = sighting.event.where
            if getattr(where, field) is not None or other is None or other.city != where.city:
                continue
            if getattr(other, field) is not None:
                origin[f"where.{field}"] = sighting
                where = where.model_copy(update={field: getattr(other, field)})
    return where
