"""Choice: which event the text is about, if it is about one.

The main event is the draft with the highest sum of weights; see ``scoring`` for them and their reasons.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from extractor.assembly.chronology import first_day, is_before, is_within
from extractor.assembly.cues import Cues
from extractor.assembly.drafts import MERE_TENSE, Draft
from extractor.assembly.equals import are_equals, is_chronicle, is_newsletter, is_row_of_list
from extractor.assembly.scoring import THRESHOLD, WEIGHTS, contributions, score
from extractor.assembly.stretches import Layout, Stretch
from extractor.assembly.trace import MOST_CANDIDATES, Trace

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
    """The rule by which an event is the main one, or none is; the event, and its lead over the best other candidate.

    The lead is negative where another rule than the score chose an event that is not the best; None for an only one.
    """

    rule: str
    main: Draft | None = None
    margin: float | None = None


class _Candidate(NamedTuple):
    """A draft, what it scores alone, and the weights that it has beside the others."""

    draft: Draft
    alone: float
    standing: Mapping[str, float]

    @property
    def order(self) -> tuple[float, int]:
        """The greatest is the best; of equals the first of the text."""
        return self.total, -self.draft.position

    @property
    def total(self) -> float:
        return self.alone + sum(self.standing.values())


def choose_main(drafts: list[Draft], layout: Layout, cues: Cues, trace: Trace | None) -> Choice:
    """The main event, or why there is none; a ``trace`` gets the candidates, best first, and the least score."""
    if not drafts or is_newsletter(drafts, layout, cues):
        return Choice("choice.newsletter" if drafts else "choice.none")
    if is_chronicle(drafts, layout, cues):
        return Choice("choice.chronicle")
    told = next((draft for draft in drafts if _is_told(draft, cues)), None)
    ranked = _ranked(drafts, told)
    least = THRESHOLD + _PROJECT * _is_project(layout, cues, attended=ranked[0].draft is told and _is_attended(layout))
    if trace is not None:
        trace.least = least
        trace.rank((one.draft, contributions(one.draft), one.standing) for one in ranked[:MOST_CANDIDATES])
    rule, main = _decide(ranked, drafts, told, least)
    return Choice(rule, main, _lead(main, ranked))


def _ranked(drafts: list[Draft], told: Draft | None) -> list[_Candidate]:
    """The candidates, best first, by what each scores alone and what it is beside the others."""
    first = min((draft for draft in drafts if draft.mentions), key=lambda draft: draft.position, default=None)
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

    candidates = (_Candidate(draft, score(draft), standing(draft)) for draft in drafts)
    return sorted(candidates, key=lambda one: one.order, reverse=True)


def _lead(main: Draft | None, ranked: list[_Candidate]) -> float | None:
    """By how much the main event leads the best of the others; negative where it follows it."""
    own = next((one.total for one in ranked if one.draft is main), None)
    other = next((one.total for one in ranked if one.draft is not main), None)
    return own - other if own is not None and other is not None else None


def _decide(
    ranked: list[_Candidate], drafts: list[Draft], told: Draft | None, least: float
) -> tuple[str, Draft | None]:
    """The rule that decides, and the main event if there is one."""
    if (series := next((draft for draft in drafts if "series" in draft.features), None)) is not None:
        return "choice.series", series
    best = ranked[0]
    if are_equals(drafts) or is_row_of_list(best.draft, drafts):
        return "choice.equals", None
    if not best.draft.mentions and not _is_described(best.draft):
        return "choice.bare", None
    if best.alone >= least:
        return "choice.score", best.draft
    if best.draft is told:
        strong = next((one.draft for one in ranked if one.draft.mentions and one.alone >= least), None)
        if strong is not None:
            return "choice.runner_up", strong
    elif least == THRESHOLD and (announced := _announced(drafts)) is not None:
        return "choice.announced", announced
    return "choice.weak" if least == THRESHOLD else "choice.project", None


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
    if not draft.features & {"lead", "head"} or "past_edition" in draft.features or first_day(draft) is None:
        return False
    strong = [status.value["status"] for status in draft.statuses if status.value["rule"] not in MERE_TENSE]
    if any(status != "held" for status in strong):
        return False
    return bool(strong or draft.attendances) or cues.told.search(_dating(draft).text) is not None


def _dating(draft: Draft) -> Stretch:
    """The stretch that dates an event."""
    return next((stretch for stretch in draft.stretches if draft.dates[0] in stretch.dates), draft.stretches[0])


def _is_sequel(draft: Draft, told: Draft) -> bool:
    """Whether an event that no title names is announced behind and for a day after what the text tells."""
    if "head" in draft.features or draft.position < told.position or not is_before(told, draft):
        return False
    return all(status.value["status"] == "planned" for status in draft.statuses)


def _is_attended(layout: Layout) -> bool:
    """Whether the opening tells how many came."""
    return any(stretch.attendances for stretch in layout.stretches[: layout.head + _GUESTS])


def _is_project(layout: Layout, cues: Cues, *, attended: bool) -> bool:
    """A text that describes a project: duration, funding, work packages; one that tells of guests says so in titles."""
    titles = min(_TITLES, layout.stretches[max(layout.head - 1, 0)].end)
    return cues.project.search(layout.reading.text, 0, titles if attended else _OPENING) is not None
