"""Candidates: which nouns, dates, times and towns of a stretch can be an event's."""

from __future__ import annotations

import itertools
import re
from datetime import date as day
from typing import Any, NamedTuple

from extractor.assembly.cues import Cues
from extractor.assembly.stretches import Item, Stretch
from extractor.edtf import specified_year
from extractor.pipes.values import CONFIGURED, EventMention, Place, Status, Timex, Venue
from extractor.resources.gazetteer import load_gazetteer

_CITY_BEFORE = re.compile(
    r"(?:^|\b(?:[Ii]n|[Nn]ach|[Bb]ei|[Ii]ns|[Rr]aum|Ort|Wo)\b:?|[,·|•/:–—-]|\d{4,5}) ?(?:[A-ZÄÖÜ][\w-]{1,30} |[\"„»])?$"
)
_HOME_BEFORE = re.compile(
    r"\b(?:[Aa]us|[Vv]on|[Vv]om|zwischen|und|sowie|der|die|des|Richtung|bis|über|ab|Raum|Region)"
    r"(?: (?!(?:in|nach|bei|ins) )\w{2,12})? $"
)
_QUARTER_OF = re.compile(
    r"\b(?:[Oo]rtsteil|[Ss]tadtteil|[Oo]rtschaft|Teilort|Gemeindeteil) (?:von|der Stadt|der Gemeinde) $"
)
_ORIGIN_BEFORE = re.compile(r"\b(?:[Aa]us|Richtung) (?:[A-ZÄÖÜ][\w-]{2,25}(?:, | und | sowie )){0,3}$")
_NO_EVENT_RULES = frozenset({"date.dateline", "date.month.numeric"})
"""Dates of the text itself, and numbers of issues ("2/2022")."""
_NAMED_DAYS = frozenset({"date.feast", "date.weekday", "date.relative.weekday", "date.relative.day"})
_NAMING = ("year", "month")
"""How precise a date is that may be part of a name."""
_YEAR_OF = re.compile(r"\b[A-ZÄÖÜ][\wäöüß-]{3,40} (?:von|aus|des Jahres) $")
"""What stands before the year of something that is no event: "die Sturmflut von 1962"."""
_APPOSITION = re.compile(
    r"(?:,? ?(?:de[mnr] |am )?\(?|, (?:also |das heißt |d\. ?h\. |genauer |nämlich )?(?:am )?"
    r"(?:\w{2,3}\.,? |\w+tag, )?(?:de[mn] )?)"
)
_BOUND = re.compile(r" ?(?:vom|von|am|im|des Jahres|im Jahr)? ?")
_UNTIL = re.compile(r"[ ,(]{0,3}(?:(?:ab |um )?\d{1,2}(?:[.:]\d\d)? ?Uhr[ ,)]{0,3})?bis(?: zum| einschließlich)? ")
_CAUSE = re.compile(r"\b(?:[Ww]egen|[Aa]uf ?[Gg]rund|[Ii]nfolge|[Tt]rotz|[Uu]ngeachtet)(?: \w{2,12}){0,2} $")
"""What stands before the noun of an event that is only a cause."""
_SHOWN_THROUGH = re.compile(r"\b[Dd]urch (?:die|den|das|ihre|seine|unsere|eine) (?:\w+e[nr]? )?$")
_SHOWN = ("ausstellung", "schau")
"""What visitors are led through: it is there on other days, too."""
_COMES_TO = re.compile(r"\b(?:[Bb]eim|[Zz]um|[Ee]inem|[Ee]inen|[Nn]ächsten?|[Nn]ächster) $")
_TAKES_PLACE = re.compile(
    r" (?:ist|war|wird|findet|fand|beginnt|begann|startet|tagt|tagte|trifft sich|traf sich|steigt|geht)"
    r" (?:\w+ )?(?:am|diese[nr]?|nächste[nr]?|kommende[nr]?|letzte[nr]?|heute|morgen|gestern|um|statt|vom|im)\b"
)
"""What stands behind the name of a meeting: "ist diesen Freitag"."""
_LONGEST_FEAST = 4
"""Most days of a feast on which an event can be: Easter, but not Advent."""
_BESIDE_FEAST = re.compile(r"\b(?:[Vv]or|[Nn]ach|[Bb]is|[Rr]und um) (?:de[mrn] )?$")
_NOT_THERE = re.compile(
    r"\b(nicht|NICHT|statt|anstatt|anstelle|[Ss]onst|[Ff]rüher|ursprünglich|eigentlich|normalerweise|üblicherweise|weder)"
    r"(?! nur\b)(?: [\wäöüß]{1,14}){0,6} $"
)
_FINDS = re.compile(r"\b[Ff](?:inde[tn]|and(?:en)?)\b")
_LASTS = re.compile(
    r"[^.;]{0,60}\b(?:geht|gehen|ging|läuft|laufen|lief|dauert|dauerte|währt|erstreckt sich)\b[^.;]{0,30} "
    r"bis (?:zum |einschließlich |zu )?(?:\w+, (?:de[mn] )?)?"
)
_NEXT_DAY = re.compile(
    r"[ ,]{0,2}(?:\([^()]{1,30}\))?,? ?(?:(?:ab|um|von) )?(?:\d{1,2}(?:[.:]\d\d)?(?: ?(?:bis|-|–) ?"
    r"\d{1,2}(?:[.:]\d\d)?)? ?Uhr)?,? ?(?:und|sowie|/|\+|&) ?(?:(?:dann |auch |noch )?am )?"
    r"(?:[A-Z]\w{1,9}[.,]{0,2} )?(?:de[nm] )?"
)
_DATED = (" (", " am ", " im ", " vom ")
"""What stands between a place and its date behind it."""
_COORDINATION = re.compile(r" ?(?:/|und|oder|sowie|bzw\.)(?: (?:auch )?in)? ?")


class Refusal(NamedTuple):
    """Why something cannot be an event's: the rule, and where its cue stands in the reading, if there is one."""

    rule: str
    cue: tuple[int, int] | None = None


def event_mentions(stretch: Stretch) -> list[Item[EventMention]]:
    """The nouns of a stretch that name a single event.

    Not those inside a name of somebody or a date ("Buß- und Bettag"), nor causes ("wegen des Warnstreiks"), nor
    first parts ("Konzert- und Ballhaus").
    """
    names: list[Item[Any]] = [*stretch.persons, *stretch.dates]
    feasts = [date for date in stretch.dates if date.value["rule"] == "date.feast"]
    return [
        item
        for item in stretch.events
        if not item.value["generic"]
        and not item.inside(names)
        and not any(feast.start <= item.start < feast.end for feast in feasts)
        and not (item.inside(stretch.organisations) and not _meets(item, stretch))
        and not _CAUSE.search(stretch.before(item, 40))
        and not (_SHOWN_THROUGH.search(stretch.before(item, 40)) and item.value["event_type"].lower().endswith(_SHOWN))
        and not stretch.after(item, 2).startswith("- ")
    ]


def _meets(item: Item[EventMention], stretch: Stretch) -> bool:
    """Whether a name that is a body's as well ("Runder Tisch Integration") is said to meet, or is counted."""
    if not item.value["rule"].startswith("event.fixed"):
        return False
    if item.value["ordinal"] or _COMES_TO.search(stretch.before(item, 24)):
        return True
    end = max(body.end for body in stretch.organisations if body.start <= item.start and item.end <= body.end)
    return _TAKES_PLACE.match(stretch.text, end - stretch.start) is not None


def denied_kinds(stretch: Stretch, cues: Cues) -> list[Item[EventMention]]:
    """The kind of event that a sentence or a headline says there will not be ("es wird kein Brunnenfest geben")."""
    if not cues.denied_around.search(stretch.text) and not (
        stretch.short_line and cues.denied_heading.match(stretch.text)
    ):
        return []
    kinds = (item for item in stretch.events if item.value["generic"])
    return [kind for kind in kinds if cues.denied_before.search(stretch.before(kind, 40))][:1]


def denial(mention: Item[EventMention]) -> Item[Status]:
    """The status of an event that a text says there will not be, with the event's noun as evidence."""
    value = Status(
        start=mention.value["start"], end=mention.value["end"], rule="status.cancelled.denied", status="cancelled"
    )
    return Item(value, mention.start, mention.end)


def event_dates(stretch: Stretch, cues: Cues) -> list[Item[Timex]]:
    """The calendar dates of a stretch that can be an event's.

    A year or month inside an event's name ("Hochwasser 2013") is one only where no other date stands.
    """
    dates = [date for date in stretch.dates if why_no_date(date, stretch, cues) is None]
    own = [date for date in dates if date.value["precision"] not in _NAMING or not date.inside(stretch.events)]
    own = [date for date in own or dates if not _in_apposition(date, own or dates, stretch)]
    return [date for number, date in enumerate(own) if not any(_same_day(date, other) for other in own[:number])]


def _in_apposition(date: Item[Timex], others: list[Item[Timex]], stretch: Stretch) -> bool:
    """Whether a feast or weekday is said again as a calendar date ("am Bettag, dem 18. September")."""
    named = date.value["rule"] in _NAMED_DAYS or date.value["rule"].startswith("date.relative")
    return named and any(
        _APPOSITION.fullmatch(stretch.text[date.end - stretch.start : other.start - stretch.start])
        for other in others
        if other.start >= date.end and other.value["precision"] == "day"
    )


def _same_day(one: Item[Timex], other: Item[Timex]) -> bool:
    """Whether a date only says again what the other says ("tomorrow, Thursday, 5 December")."""
    return one.value["edtf_start"] == other.value["edtf_start"] and one.value["edtf_end"] == other.value["edtf_end"]


def _is_season(value: Timex) -> bool:
    """Whether a feast is a season rather than a day or a few: "im Advent"."""
    start, end = value["edtf_start"] or "", value["edtf_end"] or ""
    if not (specified_year(start) and specified_year(end) and len(start) == len(end) == len("2024-12-01")):
        return bool(end) and start[5:7] != end[5:7]
    return (day.fromisoformat(end) - day.fromisoformat(start)).days >= _LONGEST_FEAST


def why_no_date(date: Item[Timex], stretch: Stretch, cues: Cues) -> Refusal | None:
    """Why a temporal expression cannot be the date of an event; None if it can."""
    value = date.value
    if value["type"] not in ("DATE", "TIME"):
        return Refusal("date.length")
    if value["edtf_start"] is None or value["precision"] in ("decade", "century", "none"):
        return Refusal("date.vague")
    if value["rule"] in _NO_EVENT_RULES:
        return Refusal("date.of_text")
    if value["precision"] in ("month", "season") and stretch.short_line and cues.issue.search(stretch.before(date)):
        return Refusal("date.of_text")
    if (
        value["precision"] == "year"
        and _YEAR_OF.search(stretch.before(date, 60))
        and not _belongs_to_noun(date, stretch, titled=False)
    ):
        return Refusal("date.validity")
    if value["rule"] == "date.feast" and (_is_season(value) or _BESIDE_FEAST.search(stretch.before(date, 16))):
        return Refusal("date.vague")
    before, after = stretch.before(date, 120), stretch.after(date)
    for role, cue in cues.no_event_date.items():
        if role == "background" and value["precision"] != "year":
            continue
        found = cue.locate(before, after)
        if found is not None and (role not in ("validity", "background") or not _belongs_to_noun(date, stretch)):
            base = date.start if found[1] <= 0 else date.end
            return Refusal(f"date.{role}", (base + found[0], base + found[1]))
    return None


def _belongs_to_noun(date: Item[Timex], stretch: Stretch, *, titled: bool = True) -> bool:
    """Whether a date is bound to an event noun right before it ("die Versammlung vom 3. Juni").

    Without ``titled`` not to one that ends with its topic ("der Vortrag über die Flut von 1962").
    """
    return any(
        _BOUND.fullmatch(stretch.text[event.end - stretch.start : date.start - stretch.start])
        for event in stretch.events
        if event.end <= date.start and (titled or event.value["title"] is None)
    )


def closing_dates(stretch: Stretch, cues: Cues) -> list[Item[Timex]]:
    """Dates that only end a span begun by the date before ("Freitag, 3. Mai, 14 Uhr, bis Samstag, 4. Mai")."""
    days = [date for date in stretch.dates if date.value["precision"] == "day" and date.value["edtf_start"]]
    return [
        last
        for first, last in itertools.pairwise(days)
        if why_no_date(first, stretch, cues) is None
        and (first.value["edtf_start"] or "") < (last.value["edtf_start"] or "")
        and _closes_span(first, last, stretch.text[first.end - stretch.start : last.start - stretch.start])
    ]


def venues_of_events(stretch: Stretch, cues: Cues) -> list[Item[Venue]]:
    """The venues of a stretch at which an event can be held: not "statt in der Aula", "Karten gibt es im Rathaus"."""
    return [venue for venue in event_venues(stretch) if why_no_venue(venue, stretch, cues) is None]


def why_no_venue(venue: Item[Venue], stretch: Stretch, cues: Cues) -> Refusal | None:
    """Why a venue, looked at alone, cannot be an event's: it is denied, or serves something else."""
    found = cues.other_use.locate(stretch.before(venue, 90), stretch.after(venue, 60))
    if found is None or venue.value["online"]:
        return why_elsewhere(venue, stretch)
    base = venue.start if found[1] <= 0 else venue.end
    return Refusal("venue.other_use", (base + found[0], base + found[1]))


def why_elsewhere(item: Item[Any], stretch: Stretch) -> Refusal | None:
    """Why a place is one where the event is not, or no longer, held: the words before it deny it."""
    before = stretch.before(item, 60)
    denied = _NOT_THERE.search(before)
    if denied is None or (denied[1] == "statt" and _FINDS.search(before, 0, denied.start())):
        return None
    return _refused("place.denied", denied, item)


def _refused(rule: str, cue: re.Match[str], item: Item[Any]) -> Refusal:
    """What a cue refuses that was found in the words before an item."""
    return Refusal(rule, (item.start - len(cue.string) + cue.start(), item.start))


def _closes_span(first: Item[Timex], last: Item[Timex], between: str) -> bool:
    """Whether a date ends what the one before begins: "bis" stands between, or "und" and it is the next day."""
    if _UNTIL.fullmatch(between) or _LASTS.fullmatch(between):
        return True
    return _are_consecutive(first.value, last.value) and _NEXT_DAY.fullmatch(between) is not None


def _are_consecutive(one: Timex, other: Timex) -> bool:
    end, start = one["edtf_end"] or one["edtf_start"] or "", other["edtf_start"] or ""
    if not (specified_year(end) and specified_year(start)):
        return end[:7] == start[:7] and end[-2:].isdigit() and int(end[-2:]) + 1 == int(start[-2:])
    return (day.fromisoformat(start) - day.fromisoformat(end)).days == 1


def event_venues(stretch: Stretch) -> list[Item[Venue]]:
    """The venues of a stretch but for those that are an event's name ("Nacht der offenen Werkstätten").

    Nor is the user's "Kranwerk" one in "Förderverein Kranwerk e. V.".
    """
    free = (venue for venue in stretch.venues if not venue.overlaps(stretch.events))
    return [venue for venue in free if not (venue.value["rule"].endswith(CONFIGURED) and _in_body(venue, stretch))]


def _in_body(venue: Item[Venue], stretch: Stretch) -> bool:
    """Whether a venue's name is a part of an organisation's."""
    length = venue.end - venue.start
    return venue.inside(body for body in stretch.organisations if body.end - body.start > length)


def city_of(stretch: Stretch) -> list[Item[Place]]:
    """Towns of a stretch in a position in which an event's town stands, best first."""
    towns = [place for place in stretch.places if why_no_city(place, stretch) is None]
    towns.sort(key=lambda place: (not _CITY_BEFORE.search(stretch.before(place, 40)), place.start))
    return [town for town in towns if not any(_joined(town, other, stretch) for other in towns if other is not town)]


def why_no_city(place: Item[Place], stretch: Stretch) -> Refusal | None:
    """Why a place, looked at alone, cannot be an event's town; None if it can."""
    if place.value["kind"] not in ("municipality", "locality"):
        return Refusal("place.no_town")
    if place.inside(stretch.organisations):
        return Refusal("place.in_name")
    if (elsewhere := why_elsewhere(place, stretch)) is not None:
        return elsewhere
    before = stretch.before(place, 40)
    listed = any(dated_at_once(place, date, stretch) for date in stretch.dates)
    home = _ORIGIN_BEFORE.search(before) or (None if listed else _home(before, stretch))
    return _refused("place.home", home, place) if home else None


def dated_at_once(item: Item[Any], date: Item[Any], stretch: Stretch) -> bool:
    """Whether a date stands right behind a place: "Kassel (13. September) und Darmstadt am 8. November"."""
    return stretch.text[item.end - stretch.start : max(0, date.start - stretch.start)] in _DATED


def _home(before: str, stretch: Stretch) -> re.Match[str] | None:
    """The words that tell a town as where somebody is at home ("die Stadt Guben"), not as the whole of a part of it."""
    return None if stretch.short_line or _QUARTER_OF.search(before) else _HOME_BEFORE.search(before)


def home_towns(stretch: Stretch) -> list[Item[Place]]:
    """Towns and villages of a stretch that are not told as somebody's origin ("aus Memmingen war die Kapelle da")."""
    towns = (place for place in stretch.places if place.value["kind"] in ("municipality", "locality"))
    return [place for place in towns if not _ORIGIN_BEFORE.search(stretch.before(place, 40))]


def _joined(one: Item[Place], other: Item[Place], stretch: Stretch) -> bool:
    """Whether the text names two towns in one breath ("in Hanau oder in Offenbach"): none is the event's."""
    first, second = (one, other) if one.start < other.start else (other, one)
    return bool(_COORDINATION.fullmatch(stretch.text[first.end - stretch.start : second.start - stretch.start]))


def municipality(place: Place) -> str:
    """The municipality of a place: its own name, or that of the town it is a part of."""
    if place["kind"] == "locality" and place["ags"]:
        town = load_gazetteer().by_ags(place["ags"])
        if town is not None and town.kind in ("municipality", "state"):
            return town.name
    return place["name"]
