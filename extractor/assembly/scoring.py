"""The weights by which the main event is chosen, written down with their reasons: the choice can be explained."""

from __future__ import annotations

from extractor.assembly.drafts import Draft

WEIGHTS: dict[str, float] = {
    "head": 4.0,  # a title line names what the text is about
    "labelled": 2.0,  # "Wann:" belongs to the event that the text announces
    "first": 1.0,  # what the text is about is named before what it mentions
    "lead": 2.0,  # reports and press releases say in the first sentences what took place
    "title": 1.5,  # an event with a title of its own is more than mentioned
    "dated": 1.5,  # an event without a date is rarely the subject
    "day": 1.0,  # the subject's date is given in full
    "span": 0.7,  # what lasts several days is rarely mentioned in passing, where no title names an event
    "time": 0.5,  # times, venues and head counts are told of the subject
    "venue": 0.5,
    "city": 0.5,
    "attendance": 0.5,
    "mention": 0.4,  # the subject is named again and again (each time, up to five)
    "outlook": -4.0,  # "the next meeting is ..."
    "past_edition": -3.5,  # "the last one was in 2021"
    "row": -1.5,  # a row of a programme or of a list of dates
    "bare": -1.5,  # a date without an event noun
    "told": 0.5,  # the sentence that gives it is in a past tense
    "anaphoric": -1.0,  # "the event" takes up something else
}

THRESHOLD = 3.5
"""Least sum at which an event counts as the subject: less is an event mentioned in passing."""


def contributions(draft: Draft) -> dict[str, float]:
    """What speaks for and against a draft as main event: the weights that hold for it."""
    times = dict.fromkeys(draft.features, 1) | {
        "title": bool(draft.title),
        "dated": bool(draft.dates),
        "day": bool(draft.dates and draft.dates[0].value["precision"] in ("day", "week")),
        "time": bool(draft.times),
        "venue": bool(draft.venues),
        "city": bool(draft.cities),
        "attendance": bool(draft.attendances),
        "mention": min(5, len(draft.mentions)),
        "anaphoric": draft.is_anaphoric,
    }
    return {name: weight * held for name, weight in WEIGHTS.items() if (held := times.get(name))}


def score(draft: Draft) -> float:
    """The sum of the weights that hold for a draft as main event."""
    return sum(contributions(draft).values())
