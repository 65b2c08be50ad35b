"""Roles: which event the text is about, what comes next, and what else it mentions.

The main event is the draft with the highest sum of weights; see ``scoring`` for them and their reasons.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from extractor.assembly.candidates import MERE_TENSE
from extractor.assembly.cues import Cues
from extractor.assembly.drafts import Draft, covers, same_type
from extractor.assembly.equals import are_equals, is_newsletter, is_row_of_list
from extractor.assembly.postponement import settle_postponement
from extractor.assembly.scoring import WEIGHTS, contributions, score
from extractor.assembly.stretches import Layout
from extractor.assembly.trace import MOST_CANDIDATES, Trace
from extractor.edtf import earliest

THRESHOLD = 3.5
"""Least sum at which an event counts as the subject: less is an event mentioned in passing."""
_PROJECT = 4.0
"""How much more an event needs to be the subject of a text that describes a project."""
_SEQUEL, _SEQUEL_OF_UNNAMED = 2.5, 3.5
"""How much less an event to come is the subject of a text that opens with one that was, with a noun or without."""
_MOST_SPANS = 3
_PART = 2.0
"""How much less an event told as a part ("after the service") is the subject, if there is another one."""
_OPENING, _TITLES = 700, 250
"""How far, in characters, a text says that it describes a project; one that tells of guests first, in its titles."""
_GUESTS = 6
"""Number of stretches behind the head in which a report tells how many came."""
_PROGRAMME_DAYS = 7
"""Events so near to the main one are parts of its programme rather than what comes next."""
_CLOSING = 0.6
"""From which share of the text on announcements count as its outlook."""


@dataclass(slots=True)
class Cast:
    """The events of a text by role; ``margin`` is the main event's lead over the runner-up, None without one."""

    main: Draft | None
    margin: float | None = None
    follow_ups: list[Draft] = field(default_factory=list)
    others: list[Draft] = field(default_factory=list)
    dropped: list[Draft] = field(default_factory=list)


def assign_roles(drafts: list[Draft], layout: Layout, cues: Cues, trace: Trace | None = None) -> Cast:
    """Tell main event, follow-ups and other events apart; a ``trace`` gets the reasons."""
    chosen = _choose_main(drafts, layout, cues, trace)
    main = chosen.main
    if trace is not None:
        trace.choice = chosen.rule
    rest = [draft for draft in drafts if draft is not main]
    precise = main is not None and main.dates and main.dates[0].value["precision"] == "day"
    if main is not None and not precise and "series" not in main.features and not cues.is_series(main.event_type):
        rest = _adopt_date(main, rest, layout)
    if main is not None:
        rest = settle_postponement(main, rest)
    cast = Cast(main, chosen.margin)
    for draft in rest:
        if main is not None and (reason := _why_follow_up(draft, main, len(layout.reading.text))):
            cast.follow_ups.append(draft)
        elif reason := _why_dropped(draft, main, cues):
            cast.dropped.append(draft)
        else:
            cast.others.append(draft)
            reason = "role.other"
        if trace is not None:
            trace.note(draft, reason)
    if main is not None:
        _name_by_sequel(main, cast.follow_ups, cues)
    return cast


def _name_by_sequel(main: Draft, follow_ups: list[Draft], cues: Cues) -> None:
    """An event without a noun is of the kind of what "the next ..." announces."""
    if main.mentions and not main.is_anaphoric:
        return
    for draft in follow_ups:
        if draft.is_anaphoric or not draft.mentions:
            continue
        mention, stretch = draft.mentions[0], draft.stretches[0]
        if mention.value["rule"] == "event.frame.counted.quoted":
            main.event_type, main.entry_title = draft.event_type, draft.title
            return
        if draft.title:
            continue
        if (mention.value["ordinal"] or 0) > 1 or cues.next_one.search(stretch.before(mention, 40)):
            main.event_type = draft.event_type
            return


class _Choice(NamedTuple):
    """The rule by which an event is the main one, or none is; the event, and its lead over the runner-up."""

    rule: str
    main: Draft | None = None
    margin: float | None = None


def _choose_main(drafts: list[Draft], layout: Layout, cues: Cues, trace: Trace | None) -> _Choice:
    if not drafts or is_newsletter(drafts, layout, cues):
        return _Choice("choice.newsletter" if drafts else "choice.none")
    if (series := next((draft for draft in drafts if "series" in draft.features), None)) is not None:
        return _Choice("choice.series", series)
    first = min((draft for draft in drafts if draft.mentions), key=lambda draft: draft.position, default=None)
    told = next((draft for draft in drafts if _is_told(draft, cues)), None)
    spans = [draft for draft in drafts if "lead" in draft.features and _spans_days(draft)][:_MOST_SPANS]

    titled = any("head" in draft.features and draft.mentions for draft in drafts)

    def standing(draft: Draft) -> dict[str, float]:
        part = "part" in draft.features or any(_is_day_of(draft, span) for span in spans)
        sequel = told is not None and _is_sequel(draft, told)
        held = {
            "first": WEIGHTS["first"] * (draft is first),
            "span": WEIGHTS["span"] * (not titled and draft in spans),
            "part": -_PART * part,
            "sequel": -sequel * (_SEQUEL_OF_UNNAMED if told and not told.mentions else _SEQUEL),
        }
        return {name: weight for name, weight in held.items() if weight}

    def rank(draft: Draft) -> tuple[float, int]:
        return score(draft) + sum(standing(draft).values()), -draft.position

    ranked = sorted(((*rank(draft), draft) for draft in drafts), key=lambda row: row[:2], reverse=True)
    best = ranked[0][2]
    margin = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else None
    if trace is not None:
        trace.rank((draft, contributions(draft) | standing(draft)) for _, _, draft in ranked[:MOST_CANDIDATES])
    opening = layout.stretches[: layout.head + _GUESTS]
    attended = best is told and any(stretch.attendances for stretch in opening)
    project = _is_project(layout, cues, _TITLES if attended else _OPENING)
    rule = _why_chosen(best, drafts, project=project)
    if rule == "choice.score":
        return _Choice(rule, best, margin)
    if rule in ("choice.weak", "choice.project") and best is told:  # too little is said of what opens the text
        needed = THRESHOLD + _PROJECT * project
        named = [draft for draft in drafts if draft.mentions and score(draft) >= needed]
        return _Choice("choice.score", max(named, key=rank)) if named else _Choice(rule)
    if rule == "choice.weak" and (announced := _announced(drafts)) is not None:
        return _Choice("choice.announced", announced)
    return _Choice(rule)


def _why_chosen(best: Draft, drafts: list[Draft], *, project: bool) -> str:
    """Whether the best candidate is the main event, or why there is none."""
    if are_equals(drafts) or is_row_of_list(best, drafts):
        return "choice.equals"
    if not best.mentions and not _is_described(best):
        return "choice.bare"
    if score(best) >= THRESHOLD + _PROJECT * project:
        return "choice.score"
    return "choice.project" if project else "choice.weak"


def _announced(drafts: list[Draft]) -> Draft | None:
    """The event of a text that only announces what comes next ("Unser nächster Tauschtag ist am 19. Jänner")."""
    named = [draft for draft in drafts if draft.mentions and draft.dates and "past_edition" not in draft.features]
    days = [draft for draft in named if draft.dates[0].value["precision"] == "day" and "row" not in draft.features]
    if not days or any(not {"outlook", "lead"} <= draft.features for draft in days):
        return None
    return days[0]


def _spans_days(draft: Draft) -> bool:
    """Whether the text names the first and the last day of an event; "am Wochenende" only says roughly when."""
    return draft.end not in (None, draft.start) and draft.dates[0].value["rule"] != "date.relative.weekend"


def _is_described(draft: Draft) -> bool:
    """Whether the text says more of a date than that it is one."""
    details = (draft.statuses, draft.attendances, draft.venues, draft.times, draft.cities)
    return "told" in draft.features or any(details)


def _is_day_of(draft: Draft, span: Draft) -> bool:
    """Whether an event takes place on one of the days that the text has named before as a span."""
    if (
        draft is span
        or "head" in draft.features
        or draft.position < span.position
        or draft.end not in (None, draft.start)
    ):
        return False
    return bool(draft.dates) and draft.dates[0].value["precision"] == "day" and _within(draft, span)


def _is_told(draft: Draft, cues: Cues) -> bool:
    """Whether the opening tells a dated event as past."""
    if "lead" not in draft.features or "past_edition" in draft.features or _day(draft) is None:
        return False
    strong = [status.value["status"] for status in draft.statuses if status.value["rule"] not in MERE_TENSE]
    if any(status != "held" for status in strong):
        return False
    return bool(strong or draft.attendances) or cues.told.search(draft.stretches[0].text) is not None


def _is_sequel(draft: Draft, told: Draft) -> bool:
    """Whether an event that no title names is announced behind and for a day after what the text tells."""
    if "head" in draft.features or draft.position < told.position or not _is_before(told, draft):
        return False
    return all(status.value["status"] == "planned" for status in draft.statuses)


def _is_project(layout: Layout, cues: Cues, reach: int) -> bool:
    """A text that describes a project: duration, funding, work packages."""
    return cues.project.search(layout.reading.text, 0, reach) is not None


def _adopt_date(main: Draft, rest: list[Draft], layout: Layout) -> list[Draft]:
    """Give a main event without a precise date the first bare date of the text that is no outlook.

    A year or month in a title ("Festjahr 2019") is made precise by a day that lies within it.
    """
    barred = {"outlook", "past_edition", "row"}
    for draft in rest:
        fits = not main.dates or covers(main.start or "", draft.start or "")
        framed = bool(draft.mentions) and all(m.value["rule"].startswith("event.frame") for m in draft.mentions)
        nameless = framed or "bare" in draft.features or (main.dates and same_type(draft.event_type, main.event_type))
        precise = draft.dates and draft.dates[0].value["precision"] in ("day", "month", "week")
        if nameless and fits and precise and not barred & draft.features:
            dates = main.dates
            main.dates = []
            main.absorb(draft)
            main.dates.extend(dates)
            return [other for other in rest if other is not draft]
    return rest if main.dates else _adopt_event(main, rest, layout)


def _adopt_event(main: Draft, rest: list[Draft], layout: Layout) -> list[Draft]:
    """Let an event that only the title names be the first one that the opening dates under another name."""
    body = layout.stretches[layout.head].start if layout.head < len(layout.stretches) else 0
    if "head" not in main.features or main.ordinal or any(mention.start >= body for mention in main.mentions):
        return rest
    dated = (draft for draft in rest if draft.dates and draft.dates[0].value["precision"] in ("day", "week", "month"))
    first = next((draft for draft in dated if "lead" in draft.features), None)
    if first is None or {"outlook", "past_edition", "row", "part"} & first.features:
        return rest
    main.absorb(first)
    return [draft for draft in rest if draft is not first]


def _why_follow_up(draft: Draft, main: Draft, length: int) -> str | None:
    """By which rule a draft is what comes next after the main event, if it is."""
    if _is_before(draft, main) or (draft.dates and main.dates and draft.start == main.start):
        return None
    if "outlook" in draft.features:
        vague = "bare" in draft.features and bool(draft.dates) and draft.dates[0].value["precision"] == "year"
        placed = draft.cities or draft.venues or (draft.dates and not vague)
        return "role.follow_up.outlook" if placed else None
    if "past_edition" in draft.features or not draft.dates:
        return None
    if draft.event_type is None:
        return "role.follow_up.closing" if draft.cities and _is_closing(draft, main, length) else None
    if _is_closing(draft, main, length) and not _within(draft, main):
        return "role.follow_up.closing"
    kin = same_type(draft.event_type, main.event_type)
    if main.ordinal is not None and draft.ordinal is not None:
        return "role.follow_up.ordinal" if draft.ordinal > main.ordinal and kin else None
    return "role.follow_up.type" if kin and "row" not in draft.features and not _within(draft, main) else None


def _why_dropped(draft: Draft, main: Draft | None, cues: Cues) -> str | None:
    """Why a draft is no event of its own, which has a noun, and a date or a place; None if it is one."""
    if "bare" in draft.features:
        return "role.dropped.bare"
    if "programme" in draft.features and not draft.venues and cues.programme_item.search(draft.event_type or ""):
        return "role.dropped.item"
    if draft.dates and draft.is_anaphoric and draft.dates[0].value["precision"] == "year":
        return "role.dropped.vague"
    if not draft.dates and not (draft.venues and draft.times):
        return "role.dropped.undated"
    return "role.dropped.item" if main is not None and _is_item(draft, main, cues) else None


def _is_item(draft: Draft, main: Draft, cues: Cues) -> bool:
    """Whether a line of a timetable is a mere item of the one-day main event: no day and no building of its own."""
    if "programme" not in draft.features or main.end not in (None, main.start) or not _within(draft, main):
        return False
    return not draft.cities and all(cues.room.search(venue.value["name"]) for venue in draft.venues)


def _is_closing(draft: Draft, main: Draft, length: int) -> bool:
    """Whether a later event is announced in the last part of the text, where reports look ahead."""
    if _days_between(main, draft) <= _PROGRAMME_DAYS:
        return False
    planned = all(status.value["status"] != "held" for status in draft.statuses)
    return planned and "row" not in draft.features and draft.position > _CLOSING * length and bool(main.dates)


def _days_between(main: Draft, draft: Draft) -> int:
    if (main.start or "").startswith("XXXX") != (draft.start or "").startswith("XXXX"):
        return 0
    one, other = _earliest(main.end or main.start), _earliest(draft.start)
    return (other - one).days if one is not None and other is not None else 0


def _is_before(draft: Draft, main: Draft) -> bool:
    one, other = _day(draft), _day(main)
    return one is not None and other is not None and one < other


def _within(draft: Draft, main: Draft) -> bool:
    """Whether the draft falls on a day of the main event."""
    if not draft.dates or not main.dates:
        return False
    start, end = main.start or "", main.end or main.start or ""
    return start <= (draft.start or "") <= end


def _earliest(edtf: str | None) -> date | None:
    """The first day of a date; one of an open year lies in a leap year, for comparison with others of the text."""
    return earliest(edtf.replace("XXXX", "2000")) if edtf else None


def _day(draft: Draft) -> str | None:
    day = earliest(draft.start) if draft.start else None
    return day.isoformat() if day else None
