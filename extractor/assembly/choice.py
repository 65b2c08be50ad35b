"""Choice: which event the text is about, if it is about one.

The main event is the draft with the highest sum of weights; see ``scoring`` for them and their reasons.
"""

from __future__ import annotations

from typing import NamedTuple

from extractor.assembly.candidates import MERE_TENSE
from extractor.assembly.chronology import first_day, is_before, is_within
from extractor.assembly.cues import Cues
from extractor.assembly.drafts import Draft
from extractor.assembly.equals import are_equals, is_newsletter, is_row_of_list
from extractor.assembly.scoring import WEIGHTS, contributions, score
from extractor.assembly.stretches import Layout
from extractor.assembly.trace import MOST_CANDIDATES, Trace

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


class Choice(NamedTuple):
    """The rule by which an event is the main one, or none is; the event, and its lead over the runner-up."""

    rule: str
    main: Draft | None = None
    margin: float | None = None


def choose_main(drafts: list[Draft], layout: Layout, cues: Cues, trace: Trace | None) -> Choice:
    """The main event, or why there is none; a ``trace`` gets the candidates, best first."""
    if not drafts or is_newsletter(drafts, layout, cues):
        return Choice("choice.newsletter" if drafts else "choice.none")
    if (series := next((draft for draft in drafts if "series" in draft.features), None)) is not None:
        return Choice("choice.series", series)
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
        return Choice(rule, best, margin)
    if rule in ("choice.weak", "choice.project") and best is told:  # too little is said of what opens the text
        needed = THRESHOLD + _PROJECT * project
        named = [draft for draft in drafts if draft.mentions and score(draft) >= needed]
        return Choice("choice.score", max(named, key=rank)) if named else Choice(rule)
    if rule == "choice.weak" and (announced := _announced(drafts)) is not None:
        return Choice("choice.announced", announced)
    return Choice(rule)


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
    return bool(draft.dates) and draft.dates[0].value["precision"] == "day" and is_within(draft, span)


def _is_told(draft: Draft, cues: Cues) -> bool:
    """Whether the opening tells a dated event as past."""
    if "lead" not in draft.features or "past_edition" in draft.features or first_day(draft) is None:
        return False
    strong = [status.value["status"] for status in draft.statuses if status.value["rule"] not in MERE_TENSE]
    if any(status != "held" for status in strong):
        return False
    return bool(strong or draft.attendances) or cues.told.search(draft.stretches[0].text) is not None


def _is_sequel(draft: Draft, told: Draft) -> bool:
    """Whether an event that no title names is announced behind and for a day after what the text tells."""
    if "head" in draft.features or draft.position < told.position or not is_before(told, draft):
        return False
    return all(status.value["status"] == "planned" for status in draft.statuses)


def _is_project(layout: Layout, cues: Cues, reach: int) -> bool:
    """A text that describes a project: duration, funding, work packages."""
    return cues.project.search(layout.reading.text, 0, reach) is not None
