"""What the event cards of one report share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from extractor.assembly.cues import Cues
from extractor.assembly.stretches import Item, Layout
from extractor.pipes.values import Place, Status

Role = Literal["main", "follow_up", "other"]


@dataclass(frozen=True, slots=True)
class Context:
    """What the cards of one report share."""

    layout: Layout
    cues: Cues
    report_id: str
    reference: str | None
    country: str | None
    organisers: tuple[str, ...]
    listed_places: dict[str, str]
    """Names in the report's list of places by official name."""
    topics: dict[int, tuple[str, ...]]
    """Topic names by index of the stretch in which they stand."""
    claimed: frozenset[int]
    """Indices of the stretches that speak of another event than the main one."""
    dateline_city: Item[Place] | None
    told: Status | None
    """The cue for held or planned that speaks for the whole text."""
    told_until: date | None
    """The last day of the main event, as far as the telling reaches."""
    address_city: Item[Place] | None
    margin: float | None
    """By how much the main event leads the best other candidate, negative where it follows it; None without another."""
    events: int
    """How many events the report has."""
    last_year: int | None
    """The latest year that the text names."""
