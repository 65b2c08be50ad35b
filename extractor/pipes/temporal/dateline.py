"""The date of the text itself: a place-dateline, a mail's date, "Stand: ...", a newspaper's head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from extractor.pipes.temporal.atoms import any_of, compiled
from extractor.pipes.temporal.lexicon import lexicon
from extractor.pipes.temporal.meanings import CalendarDate, Candidate, Clock, Shift, WeekdayName

_REACH = 200
"""Characters looked at on either side of a date."""
_HEAD_LINES = 8
_NO_PLACE = re.compile(
    r"(?:tag|tage|tagung|konferenz|werkstatt|workshop|kongress|messe|fest|treffen|forum|abend|konzert|markt|sitzung|versammlung|dialog"
    r"|seminar|symposium|termine?|kolloquium|kurs|reihe|gespräch|lauf|turnier|ausstellung|exkursion|feier|veranstaltung|programm|protokoll"
    r"|einladung|datum|wann|beginn|zeit|start|zeitraum|anmeldung|laufzeit|schluss|ende|frist|teil|\d)$",
    re.IGNORECASE,
)


class Dateline(NamedTuple):
    """The indices of the candidates that are date lines, and of the one that dates the text."""

    indices: frozenset[int]
    chosen: int | None


class _Patterns(NamedTuple):
    label: re.Pattern[str]
    changed: re.Pattern[str]
    mail: re.Pattern[str]
    mail_headers: re.Pattern[str]
    event_headers: re.Pattern[str]
    place: re.Pattern[str]
    after_place: re.Pattern[str]
    paper: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    words = lexicon().dateline
    between = (
        r"(?:[ :·|–—,/()*-]|\b(?:Nr\.?|am|vom|den|zum|von (?:\w{1,30} )?\w{1,30}|auf|geändert|aktualisiert|bearbeitet"
        r"|\d[\d/.-]{0,12})){0,9}$"
    )
    header = r"(?:^|\n)[ *|]{0,4}"
    name = r"(?-i:[A-ZÄÖÜ])[\w.'’-]{1,30}"
    link = r"(?:am|an|an der|auf der|im|in|in der|ob der|bei|vor der|a\. ?d\.|i\.|und)"
    return _Patterns(
        label=compiled(rf"(?<!\w)(?P<label>{any_of(words.labels)})(?!\w){between}"),
        changed=compiled(r"[^.\n]{0,30}\b(?:geändert|aktualisiert|bearbeitet|überarbeitet|ergänzt)"),
        mail=compiled(
            rf"{header}(?:{any_of(words.mail)})(?: am)?\*{{0,2}} ?:[ *|]{{0,6}}(?:[a-z]{{2,9}}\.?,? )?(?:den )?$"
        ),
        mail_headers=compiled(rf"{header}(?:{any_of(words.mail_headers)})\*{{0,2}} ?:"),
        event_headers=compiled(rf"{header}(?:{any_of(words.event_headers)})\*{{0,2}} ?[:?]"),
        place=compiled(
            rf"(?:^|\n)[ *_#>]{{0,6}}"
            rf"(?P<place>{name}(?:[ /–-]{{1,3}}(?:{link} )?{name}){{0,4}}(?: ?\([^)\n]{{1,20}}\))?)"
            rf"(?:, ?(?:den |am |im )?| den )\*{{0,2}}$"
        ),
        after_place=compiled(rf"\*{{0,2}} ?(?:\((?:{words.agencies})\))?\*{{0,2}} ?(?:[–—:.\n|(]|-{{1,2}} |/ |$)"),
        paper=compiled(rf"\b\w{{0,30}}{words.papers}(?!\w)"),
    )


def find_dateline(text: str, candidates: Sequence[Candidate]) -> Dateline:
    """Find which dates are the text's own. A range is never one, nor a date without its year."""
    found: dict[str, list[int]] = {"label": [], "mail": [], "place": [], "paper": [], "alone": [], "changed": []}
    deictic = any(_is_deictic(candidate) for candidate in candidates)
    head = _end_of_head(text)
    for index, candidate in enumerate(candidates):
        meaning = candidate.meaning
        if (
            isinstance(meaning, CalendarDate)
            and meaning.year
            and meaning.day
            and not candidate.rule.startswith("date.list")
        ):
            kind = _kind(text, candidates, index, head, deictic)
            if kind is not None:
                found[kind].append(index)
    order = ("label", "mail", "place", "paper", "alone", "changed")
    chosen = next((found[kind][0] for kind in order if found[kind]), None)
    own = {index for kind in ("label", "mail", "place", "changed") for index in found[kind]}
    return Dateline(frozenset(own if chosen is None else own | {chosen}), chosen)


def _end_of_head(text: str) -> int:
    """Give the offset at which the first lines end."""
    end = -1
    for _ in range(_HEAD_LINES):
        end = text.find("\n", end + 1)
        if end < 0:
            return len(text)
    return end


def _is_deictic(candidate: Candidate) -> bool:
    meaning = candidate.meaning
    if isinstance(meaning, Shift):
        return meaning.unit in ("D", "W") and not meaning.anaphoric
    return isinstance(meaning, WeekdayName) and meaning.direction is not None


def _kind(text: str, candidates: Sequence[Candidate], index: int, head: int, deictic: bool) -> str | None:
    """Tell what kind of date line a date is, if any."""
    start, end = candidates[index].start, candidates[index].end
    patterns = _patterns()
    before = text[max(start - _REACH, 0) : start]
    after = text[end : end + _REACH]
    label = patterns.label.search(before, max(len(before) - 70, 0))
    if label:
        changes = any(label["label"].startswith(word) for word in lexicon().dateline.changed)
        if label["label"].lower() != "zuletzt" or patterns.changed.match(after):
            return "changed" if changes else "label"
    if patterns.mail.search(before):
        around = before[-_REACH:] + after
        if patterns.mail_headers.search(around):
            return "mail"
        return None if patterns.event_headers.search(around) else "label"
    if start >= head:
        return None
    place = patterns.place.search(before)
    if place and patterns.after_place.match(after) and not _NO_PLACE.search(place["place"]):
        return "place"
    line_before, line_after = before.rpartition("\n")[2].strip(" *_#"), after.partition("\n")[0].strip(" *_#")
    if (
        index < 3
        and len(line_before) + len(line_after) < 120
        and patterns.paper.search(f"{line_before} | {line_after}")
    ):
        return "paper"
    if deictic and not line_before and _only_clock(candidates, index, line_after):
        return "alone"
    return None


def _only_clock(candidates: Sequence[Candidate], index: int, rest: str) -> bool:
    """Tell whether a line ends after its date, or after one clock time more."""
    if not rest:
        return True
    following = candidates[index + 1] if index + 1 < len(candidates) else None
    if following is None or not isinstance(following.meaning, Clock):
        return False
    return len(rest) - (following.end - following.start) <= 3 and following.start - candidates[index].end <= 3
