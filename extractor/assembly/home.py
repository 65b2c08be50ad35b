"""Where a text is at home: the town of its date line, its only address, its sender, or the town that acts in it."""

from __future__ import annotations

import re
from collections import Counter

from extractor.assembly.stretches import Item, Layout
from extractor.pipes.values import Place

_POSTCODE = re.compile(r"\b\d{4,5} $")
_SENT_FROM = re.compile(r"\b[Gg]r(?:uß|uss|üße|üsse|üßen|üssen) aus (?:de[mr] )?(?:[a-zäöüß]+ )?$")
_DATED = re.compile(
    r", (?:im |den |am |Anfang |Mitte |Ende )?(?:\d{1,2}\. ?)?(?:[A-ZÄ][a-zä]{2,8}|\d{1,2}\.) ?\d{4}(?!\w)[.)]?\s*$"
)
_OPENING = re.compile(r"(?:^|[.!?] )$")
_ACTING = "organisation.municipality"


def dateline_city(layout: Layout) -> Item[Place] | None:
    """The town that opens the first running text ("PASSAU. Auf den Tag", "Celle, 3. Mai 2019")."""
    for stretch in layout.stretches[: layout.head + 4]:
        for place in stretch.places:
            known = place.value["kind"] == "municipality" or place.value["rule"] == "place.village"
            if known and place.start - stretch.start <= 2:
                return place
    return None


def address_city(layout: Layout) -> Item[Place] | None:
    """The town behind a postcode, in a contact line or a footer, if the text names only one so."""
    towns: dict[str, Item[Place]] = {}
    for stretch in layout.stretches:
        for place in stretch.places:
            if _POSTCODE.search(stretch.before(place, 8)):
                towns.setdefault(place.value["name"], place)
    return next(iter(towns.values())) if len(towns) == 1 else None


def sender_city(layout: Layout) -> Item[Place] | None:
    """The town of the last greeting or closing date line: "Herzliche Grüße aus Guben", "Guben, 9. Mai 2024"."""
    for stretch in reversed(layout.stretches[layout.head :]):
        for place in stretch.places:
            if place.value["kind"] != "municipality":
                continue
            before, after = stretch.before(place, 40), stretch.after(place, 40)
            if _SENT_FROM.search(before) or (_OPENING.search(before) and _DATED.match(after)):
                return place
    return None


def acting_city(layout: Layout) -> Item[Place] | None:
    """The town that acts ("die Grüße der Stadt Chur") or is named by two bodies, if no other is named as often."""
    counts: Counter[str] = Counter()
    towns: dict[str, Item[Place]] = {}
    acting: set[str] = set()
    for stretch in layout.stretches:
        for place in stretch.places if stretch.organisations else ():
            bodies = [body for body in stretch.organisations if place.inside([body])]
            if place.value["kind"] == "municipality" and bodies:
                town = place.value["name"]
                counts[town] += 1
                towns.setdefault(town, place)
                acting.update(town for body in bodies if body.value["rule"] == _ACTING)
    first, second = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    sure = first[1] > second[1] and (first[0] in acting or first[1] > 1)
    return towns[first[0]] if sure else None
