"""Organisations, persons, places and topics: one entry a name, with all its mentions."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from extractor.assembly.candidates import event_venues
from extractor.assembly.cues import Cues
from extractor.assembly.stretches import Item, Layout, Stretch
from extractor.pipes.values import CONFIGURED, Found
from extractor.pipes.venue_names import is_mere_room
from extractor.records import Event, Mention, Organisation, Person, Place, Topic

_OF = re.compile(r" (?:der|des|von|vom) ")
_PART_OF_NAME = "place.part"
OrganisationRole = Literal["organiser", "host", "speaker", "participant", "funder", "mentioned"]
_ROLE_ORDER: tuple[OrganisationRole, ...] = ("organiser", "host", "speaker", "participant", "funder", "mentioned")


def mention_of(layout: Layout, value: Found) -> Mention:
    """The mention that a found value stands for."""
    start, end = value["start"], value["end"]
    return Mention(start=start, end=end, quote=layout.quote(start, end), rule=value["rule"], **layout.origin(start))


def content(layout: Layout) -> Iterator[Stretch]:
    """The stretches that are no boilerplate."""
    return (stretch for stretch in layout.stretches if stretch.is_content)


def organisations_of(layout: Layout, cues: Cues) -> list[Organisation]:
    """Organisations in the order of their first mention, long form and acronym bound."""
    groups: dict[str, list[tuple[Item[Any], Stretch]]] = {}
    for stretch in content(layout):
        for item in stretch.organisations:
            groups.setdefault(item.value["name"].casefold(), []).append((item, stretch))
    own = (name for name, group in groups.items() if not any(is_configured(item) for item, _ in group))
    for shorter, longer in shortened(own):
        groups[longer].extend(groups.pop(shorter))
    found = []
    for group in groups.values():
        group.sort(key=lambda row: row[0].start)
        values = [item.value for item, _ in group]
        longest = max(values, key=lambda value: len(value["name"]))
        roles = {role for item, stretch in group for role in _roles(item, stretch, cues)} or {"mentioned"}
        found.append(
            Organisation(
                name=longest["name"],
                acronym=next((value["acronym"] for value in values if value["acronym"]), None),
                kind=longest["kind"],
                roles=[role for role in _ROLE_ORDER if role in roles],
                mentions=[mention_of(layout, value) for value in values],
            )
        )
    return sorted(found, key=lambda organisation: organisation.mentions[0].start)


def is_configured(item: Item[Any]) -> bool:
    """Whether the name is the user's, and so nobody else's."""
    rule: str = item.value["rule"]
    return rule.endswith(CONFIGURED)


def shortened(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of a name and the one longer name that begins with it: "Umweltamt" of "Umweltamt der Stadt Graz"."""
    for shorter, longer in itertools.pairwise(sorted(names)):
        if longer.startswith(shorter + " ") and longer[len(shorter) + 1 :].startswith(
            ("der ", "des ", "e. v.", "für ")
        ):
            yield shorter, longer


def _roles(item: Item[Any], stretch: Stretch, cues: Cues) -> Iterator[OrganisationRole]:
    before, after = stretch.before(item), stretch.after(item)
    if cues.organiser.matches(before, after) or _owns_event(item, stretch):
        yield "organiser"
    if cues.host.matches(before, after):
        yield "host"
    if cues.funder.matches(before, after):
        yield "funder"
    if cues.speaker.matches(before, after):
        yield "speaker"
    if cues.participant.matches(before, after):
        yield "participant"


def _owns_event(item: Item[Any], stretch: Stretch) -> bool:
    """Whether the organisation stands in the genitive of a numbered event: "das 5. Reparaturcafé der Initiative"."""
    return any(
        event.value["ordinal"] and _OF.fullmatch(stretch.text, event.end - stretch.start, item.start - stretch.start)
        for event in stretch.events
    )


def persons_of(layout: Layout) -> list[Person]:
    """Persons in the order of their first mention."""
    groups: dict[str, list[Any]] = {}
    for stretch in content(layout):
        for item in stretch.persons:
            groups.setdefault(item.value["name"].casefold(), []).append(item.value)

    def first(values: list[Any], key: str) -> Any:
        return next((value[key] for value in values if value[key]), None)

    return [
        Person(
            name=values[0]["name"],
            title=first(values, "title"),
            function=first(values, "function"),
            organisation=first(values, "organisation"),
            mentions=[mention_of(layout, value) for value in values],
        )
        for values in groups.values()
    ]


def places_of(layout: Layout) -> tuple[list[Place], dict[str, str]]:
    """Places and venues in the order of their first mention, and the listed name of each town by its official one.

    A name inside another name ("Hochschule Merseburg") is no mention of the place. A place is
    listed as the text writes it, unless the text gives its official name somewhere.
    """
    groups: dict[tuple[str, str], list[Any]] = {}
    for stretch in content(layout):
        for item in stretch.places:
            hidden = item.inside(stretch.organisations) or item.inside(stretch.persons)
            if not hidden and item.value["rule"] != _PART_OF_NAME:
                groups.setdefault((item.value["name"], item.value["kind"]), []).append(item.value)
        for venue in event_venues(stretch):
            if not venue.value["online"]:
                groups.setdefault((venue.value["name"], "venue"), []).append(venue.value)
    for shorter, longer in named_in_full([name for name, kind in groups if kind == "venue"]):
        values = groups[longer, "venue"] + groups.pop((shorter, "venue"))
        groups[longer, "venue"] = sorted(values, key=lambda value: value["start"])
    places = []
    towns = {}
    for (official, kind), values in groups.items():
        first = values[0]
        name = official if kind == "venue" else _as_written(official, values, layout)
        if kind in ("municipality", "locality"):
            towns[official] = name
        places.append(_place(name, kind, first, [mention_of(layout, value) for value in values]))
    return sorted(places, key=lambda place: place.mentions[0].start), towns


def with_town(event: Event, places: list[Place], towns: dict[str, str], layout: Layout) -> tuple[Event, list[Place]]:
    """An event and the places, its town among them also where the text names it only in a venue's or a body's name."""
    where = event.where
    if where is None or where.city is None or where.city in towns:
        return event, places
    hidden: list[Any] = [
        item.value
        for stretch in content(layout)
        for item in stretch.places
        if item.value["name"] == where.city and item.value["kind"] in ("municipality", "state")
    ]
    proof = next((evidence for evidence in event.evidence if evidence.field == "where.city"), None)
    if hidden:
        mentions = [mention_of(layout, value) for value in hidden]
    elif proof is not None:
        mentions = [Mention(**proof.model_dump(include=set(Mention.model_fields)))]
    else:
        return event, places
    name = _as_written(where.city, hidden, layout) if hidden else where.city
    town = _place(name, "municipality", hidden[0] if hidden else {}, mentions)
    event = event.model_copy(update={"where": where.model_copy(update={"place": town.name})})
    return event, sorted([*places, town], key=lambda place: place.mentions[0].start)


def without_mere_rooms(places: list[Place], events: Iterable[Event]) -> list[Place]:
    """The places but for rooms that the text only tells of and where no event is: "Instrumente im Probelokal"."""
    used = {event.where.venue for event in events if event.where is not None}
    return [place for place in places if place.kind != "venue" or place.name in used or not is_mere_room(place.name)]


def _place(name: str, kind: Any, known: Mapping[str, Any], mentions: list[Mention]) -> Place:
    """A place with what the gazetteer knows of it, if ``known`` is of the gazetteer."""
    return Place(
        name=name,
        kind=kind,
        ags=known.get("ags"),
        state=known.get("state"),
        country=known.get("country"),
        latitude=known.get("latitude"),
        longitude=known.get("longitude"),
        mentions=mentions,
    )


def named_in_full(names: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs of a venue's name and the one longer name that begins with it: "Demeterhof" of "Demeterhof Wutzsee"."""
    names = sorted(names)
    for index, shorter in enumerate(names):
        following = names[index + 1 : index + 3]
        longer = [name for name in following if name.startswith(shorter + " ")]
        if len(longer) == 1:
            yield shorter, longer[0]


def _as_written(official: str, values: list[Any], layout: Layout) -> str:
    """The official name if the text gives it, else the short form ("Freiburg" im Breisgau) that it gives."""
    written = official
    for value in values:
        quote = layout.quote(value["start"], value["end"])
        written = official[: len(quote.removesuffix("s"))]
        if (
            quote == official
            or quote.removesuffix("s") != written
            or not official[len(written) :].startswith((" ", "/"))
        ):
            return official
    return written


def _concept(values: list[Any]) -> str | None:
    """The concept that the user's vocabulary has for a topic."""
    return next((value["concept"] for value in values if value.get("concept")), None)


def topics_of(layout: Layout) -> list[Topic]:
    """Topics in the order of their first mention."""
    groups: dict[str, list[Any]] = {}
    for stretch in content(layout):
        for item in stretch.topics:
            groups.setdefault(item.value["name"].casefold(), []).append(item.value)
    return [
        Topic(
            name=values[0]["name"], concept=_concept(values), mentions=[mention_of(layout, value) for value in values]
        )
        for values in groups.values()
    ]
