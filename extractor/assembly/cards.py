"""Event cards: a draft with its role becomes an ``Event``, every value with its evidence."""

from __future__ import annotations

import hashlib

from extractor.assembly.candidates import home_towns, municipality
from extractor.assembly.confidence import confidence, features_of
from extractor.assembly.context import Context, Role
from extractor.assembly.drafts import Draft
from extractor.assembly.names import Naming, name_of
from extractor.assembly.status import status_of
from extractor.assembly.stretches import Item, Layout, Stretch
from extractor.pipes.values import Attendance, Found, Place, Timex, Venue
from extractor.records import Event, Evidence, When, Where

_TIME_ZONES = {"AT": "Europe/Vienna", "CH": "Europe/Zurich", "LI": "Europe/Vaduz", "LU": "Europe/Luxembourg"}


class _Proof:
    """Collects evidence while a card is made."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self.items: list[Evidence] = []

    def add(self, field: str, value: Found | None) -> None:
        if value is not None:
            start, end = value["start"], value["end"]
            quote = self._layout.quote(start, end)
            origin = self._layout.origin(start)
            self.items.append(Evidence(field=field, start=start, end=end, quote=quote, rule=value["rule"], **origin))


def card(draft: Draft, role: Role, context: Context, main: Draft | None) -> Event:
    """The event that a draft has become."""
    proof = _Proof(context.layout)
    naming = name_of(draft, role, context.layout, main)
    series, series_proof = _series(naming, draft, main)
    counted = next((item.value for item in draft.mentions if item.value["ordinal"] == draft.ordinal), naming.evidence)
    proof.add("name", naming.headline or naming.evidence)
    proof.add("event_type", naming.evidence)
    proof.add("series", series_proof)
    proof.add("ordinal", counted if draft.ordinal is not None else None)
    when = _when(draft, context, main, proof)
    where = _where(draft, role, context, main, proof)
    status, cue = status_of(draft, role, context)
    proof.add("status", cue or naming.evidence)
    attendance = _attendance(draft, context.layout)
    proof.add("attendance", attendance)
    key = "|".join(
        [context.report_id, naming.name, when.start if when else "", (where.city or "") if where else "", role]
    )
    return Event(
        id=hashlib.sha256(key.encode("utf-8")).hexdigest()[:16],
        role=role,
        name=naming.name,
        event_type=naming.event_type,
        series=series,
        ordinal=draft.ordinal,
        when=when,
        where=where,
        status=status,
        organisers=list(context.organisers) if role == "main" else [],
        topics=_topics(draft, role, context),
        attendance=attendance["count"] if attendance else None,
        evidence=proof.items,
        confidence=confidence(features_of(draft, role, where, context, main)),
    )


def _attendance(draft: Draft, layout: Layout) -> Attendance | None:
    """The head count: of an audience ("43 Gäste"), or beside the event's noun, before that of people ("20 Leute")."""
    named = {layout.stretch_at(mention.start).index for mention in draft.mentions}

    def is_loose(count: Item[Attendance]) -> bool:
        return count.value["rule"] == "attendance.persons" and layout.stretch_at(count.start).index not in named

    first = min(draft.attendances, key=is_loose, default=None)
    return first.value if first is not None else None


def _topics(draft: Draft, role: Role, context: Context) -> list[str]:
    """Names of the topics told of an event: the main event has all that no other event claims."""
    if role == "main":
        claimed = context.claimed
        indices = [index for index in context.topics if index not in claimed]
    else:
        indices = sorted({stretch.index for stretch in draft.stretches} & set(context.topics))
    return list(dict.fromkeys(name for index in indices for name in context.topics[index]))


def _series(naming: Naming, draft: Draft, main: Draft | None) -> tuple[str | None, Found | None]:
    """The series and what proves it: one that the user knows, else the type that recurs with ordinals."""
    for mention in draft.mentions:
        if "series" in mention.value:
            return mention.value["series"], mention.value
    if draft.ordinal is not None or (
        main is not None and main.ordinal is not None and main.event_type == draft.event_type
    ):
        return naming.event_type, naming.evidence
    return None, None


def _when(draft: Draft, context: Context, main: Draft | None, proof: _Proof) -> When | None:
    if not draft.dates:
        return None
    date = draft.dates[0].value
    proof.add("when.start", date)
    end = draft.end if draft.end != date["edtf_start"] else None
    if end is not None:
        proof.add("when.end", draft.closing.value if draft.closing else date)
    start_time, end_time = _times(draft, context, main, proof)
    previous = draft.previous.value if draft.previous else None
    proof.add("when.previous_start", previous)
    return When(
        text=context.layout.quote(date["start"], date["end"]),
        start=date["edtf_start"] or "",
        end=end,
        previous_start=previous["edtf_start"] if previous else None,
        start_time=start_time,
        end_time=end_time,
        timezone=_TIME_ZONES.get(context.country or "DE", "Europe/Berlin"),
        precision=date["precision"],
        approximate=date["approximate"],
        inferred_from=date["inferred_from"],
    )


def _times(draft: Draft, context: Context, main: Draft | None, proof: _Proof) -> tuple[str | None, str | None]:
    """The event's own start and end: those that stand with its date before others, ranges first."""
    times = sorted(_own(draft, context), key=lambda time: _time_rank(time, draft, context))
    if times:
        best = times[0].value
        proof.add("when.start_time", best)
        proof.add("when.end_time", best if best["end_time"] else None)
        end = best["end_time"]
        if end is None and draft.closing_times:
            end = draft.closing_times[0].value["start_time"]
            proof.add("when.end_time", draft.closing_times[0].value)
        return best["start_time"], end
    if main is not None and main is not draft and main.times:
        stretch = next((s for s in draft.stretches if context.cues.same_time.search(s.text)), None)
        if stretch is not None:
            return _times(main, context, None, proof)
    return None, None


def _own(draft: Draft, context: Context) -> list[Item[Timex]]:
    """Times that stand with a date of the event, are a span of hours, or say when it begins."""
    if "elliptic" in draft.features:
        return draft.times

    def is_own(time: Item[Timex]) -> bool:
        stretch = context.layout.stretch_at(time.start)
        if time.value["end_time"] or stretch.short_line or _holds_date(stretch, draft):
            return True
        return bool(context.cues.opening.search(stretch.text))

    return [time for time in draft.times if is_own(time)]


def _holds_date(stretch: Stretch, draft: Draft) -> bool:
    return any(stretch.start <= date.start < stretch.end for date in draft.dates[:1])


def _time_rank(time: Item[Timex], draft: Draft, context: Context) -> tuple[bool, bool, int]:
    """Times beside the event's date first (in the head, beside its date line), then spans of hours."""
    beside = _holds_date(context.layout.stretch_at(time.start), draft)
    near = abs(time.start - draft.dates[0].end) if draft.dates else time.start
    return not beside, time.value["end_time"] is None, near


def _where(draft: Draft, role: Role, context: Context, main: Draft | None, proof: _Proof) -> Where | None:
    """Where an event takes place; one that is online only has no town, a hybrid one has both."""
    online = next((item for item in draft.venues if item.value["online"]), None)
    proof.add("where.online", online.value if online else None)
    venue = _venue(draft, context)
    city = _city_of_venue(venue) or _town(draft, role, context, hybrid_only=online is not None and venue is None)
    if venue is None and online is not None and city is None:
        proof.add("where.venue", online.value)
        return Where(venue="online", online=True)
    if venue is None and city is None:
        return _same_place(draft, context, main, proof)
    address = venue.value["address"] if venue else None
    name, town_proof = city or (None, None)
    proof.add("where.venue", venue.value if venue else None)
    proof.add("where.address", venue.value if venue and address else None)
    proof.add("where.city", town_proof)
    return Where(
        city=name,
        venue=venue.value["name"] if venue else None,
        address=address,
        online=online is not None,
        place=context.listed_places.get(name) if name else None,
    )


def _city_of_venue(venue: Item[Venue] | None) -> tuple[str, Found] | None:
    return (venue.value["city"], venue.value) if venue is not None and venue.value["city"] else None


def _town(draft: Draft, role: Role, context: Context, *, hybrid_only: bool) -> tuple[str, Found] | None:
    """The event's town; of an online event only one that stands with its date."""
    if hybrid_only:
        place = next((c for c in draft.cities if _holds_date(context.layout.stretch_at(c.start), draft)), None)
    else:
        place = _city(draft, role, context)
    return (municipality(place.value), place.value) if place is not None else None


def _same_place(draft: Draft, context: Context, main: Draft | None, proof: _Proof) -> Where | None:
    """The main event's place for an event "at the same place"."""
    if main is None or main is draft:
        return None
    if any(context.cues.same_place.search(stretch.text) for stretch in draft.stretches):
        return _where(main, "main", context, None, proof)
    return None


def _venue(draft: Draft, context: Context) -> Item[Venue] | None:
    """The venue on site that stands with the date, else the first; one that only its position tells comes last."""
    on_site = [venue for venue in draft.venues if not venue.value["online"]]
    on_site = [venue for venue in on_site if venue.value["rule"] != "venue.name"] or on_site
    with_date = (venue for venue in on_site if _holds_date(context.layout.stretch_at(venue.start), draft))
    return next(with_date, next(iter(on_site), None))


def _city(draft: Draft, role: Role, context: Context) -> Item[Place] | None:
    if draft.cities:
        return _municipality_of(draft, context)
    if role == "main" and "several_towns" not in draft.features:
        return context.dateline_city or _organiser_city(draft, context) or context.address_city
    return None


def _municipality_of(draft: Draft, context: Context) -> Item[Place]:
    """The event's first town; for a village that no table places, a municipality that the text names."""
    first = draft.cities[0]
    if first.value["kind"] == "municipality" or first.value["ags"]:
        return first
    named = (place for place in draft.cities if place.value["kind"] == "municipality")
    head = context.layout.stretches[: context.layout.head]
    in_head = (place for stretch in head for place in home_towns(stretch) if place.value["kind"] == "municipality")
    return next(named, context.dateline_city or next(in_head, context.address_city or first))


def _organiser_city(draft: Draft, context: Context) -> Item[Place] | None:
    """The town in the name of the body that the head names: "Sitzung des Seniorenbeirates der Stadt Celle"."""
    opening = context.layout.stretches[: max(6, context.layout.head)]
    towns = [place for stretch in (*draft.stretches, *opening) for place in home_towns(stretch)]
    municipalities = (place for place in towns if place.value["kind"] == "municipality")
    return next(municipalities, next(iter(towns), None))
