"""The date of the text itself: a place-dateline, a mail's date, "Stand: ...", a newspaper's head, a byline."""

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
_FOOT_LINES = 3
_CLOSING_LINES = 6
"""Last lines among which one may hold nothing but the text's place and date."""
_LONG_LINE = 160
"""Characters of a line that is running text, so that what follows no longer opens the text."""
_SENTENCE_END = re.compile(r"[^\W\d_][^\W\d_][\"“»)]?[.!?](?:[\"“»)]| [A-ZÄÖÜ„\"»]|$)")
_BYLINE_END = re.compile(r"[*_]{0,2}[)\]]?[ .|*_]{0,3}(?:\n|$)")
_MONTH_END = re.compile(r"[*_]{0,2} ?(?:[.:–—]|-{1,2} |\n|$)")
_INITIALS = re.compile(r"[*_]{0,2} ?(?:[/|,(–-]{1,2} ?[a-zäöü]{2,4}[)]?)?[.*_ ]{0,3}(?:\n|$)")
"""What may follow the date that closes a text: its writer's initials ("22. März 2024 / kst")."""
_BRACKETED = re.compile(r"[ *_]{0,3}[(\[](?=[^\W\d_])[^\n()\[\]:]{2,60}, ?(?:vom |den |am )?$")
"""What stands before the date of a line in brackets that names where a text is from: "(Der Talbote, 3. Mai 2024)"."""
_BRACKET_END = re.compile(r"[)\]][.*_ ]{0,3}(?:\n|$)")
_SOURCE_END = re.compile(r"(?:, (?:S\.|Seite) ?\d{1,3})?[)\]]?[.*_ ]{0,3}(?:\n|$)")
"""What may follow the date of the paper that a text is from: "(Nordblatt, 4. April 2025, S. 12)"."""
_TEXT_FOLLOWS = re.compile(r"[*_]{0,2} ?(?:[–—]|-{1,2} )[^\n]{40}")
_KINDS = ("label", "mail", "place", "opening", "paper", "byline", "closing", "month", "alone", "changed")
"""Kinds of date lines, in the order in which they are trusted."""
_OWN = ("label", "mail", "place", "opening", "byline", "closing", "month", "changed")
"""Kinds whose dates are never an event's."""


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
    opening: re.Pattern[str]
    clock: re.Pattern[str]
    byline: re.Pattern[str]
    source: re.Pattern[str]
    no_place: re.Pattern[str]
    posted: re.Pattern[str]
    letter: re.Pattern[str]


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
            rf"(?:^|\n)[ *_#>(]{{0,6}}"
            rf"(?P<place>(?:{name}(?: {name}){{0,2}}, )?{name}(?:[ /–-]{{1,3}}(?:{link} )?{name}){{0,4}}"
            r"(?: ?\([^)\n]{1,20}\))?)"
            rf"(?:, ?(?:den |am |im )?| den )\*{{0,2}}(?:\d{{1,2}}\. ?)?$"
        ),
        after_place=compiled(rf"\*{{0,2}} ?(?:\((?:{words.agencies})\))?\*{{0,2}} ?(?:[–—:.\n|(]|-{{1,2}} |/ |$)"),
        paper=compiled(rf"{words.papers}(?!\w)"),
        opening=compiled(
            rf"(?P<place>,? {name}(?: {name})?)?(?:[*_]{{0,2}} ?(?:\((?:{words.agencies})\) ?)?"
            r"(?:[–—|/·]|-{1,2} |\+{1,3})|[)\]])[*_]{0,2} ?(?P<text>(?-i:[„\"»]?[A-ZÄÖÜ0-9])[^\n]{40})"
        ),
        clock=compiled(r"[^.!?]{0,20}\d ?(?:Uhr|h)\b"),
        byline=compiled(
            rf"(?:^|[\n(\[]|[.!?][\"“»]? ?[–—/-] ?)[ *_]{{0,3}}"
            rf"(?:(?-i:(?!(?:{words.no_initials})\b)(?:[a-zäöü]{{1,4}}|[A-ZÄÖÜ]{{2,3}})(?:[./][a-zäöü]{{1,4}})?)\.?"
            rf"|(?:{words.bylines})(?!\w| vom| von| am| zum)[^\n|()]{{0,60}}?)"
            r"[ ,/|·–-]{1,4}(?:am |vom |den )?$"
        ),
        source=compiled(
            rf"[ *_]{{0,3}}(?:[(\[] ?)?(?:{any_of(words.sources)}(?: der| dem)?:? )?"
            rf"(?=[^\n]{{0,60}}{words.papers}(?!\w)){name}(?: (?:{name}|für|am|an der|und)){{0,4}}"
            r"(?:,? (?:vom|am|den) |, (?:Nr\. ?\d{1,4}, )?)$"
        ),
        no_place=re.compile(rf"(?:{'|'.join(words.no_place_ends)}|\d)$", re.IGNORECASE),
        posted=re.compile(rf"[*_]{{0,2}} ?[|·•/–-] ?(?:{'|'.join(words.posted)})"),
        letter=re.compile(
            rf"\W{{0,4}}(?:{'|'.join(words.letter_beginnings)})(?:{'|'.join(words.letter_ends)})\b[^\n,]{{0,70}}, ?$"
        ),
    )


def find_dateline(text: str, candidates: Sequence[Candidate]) -> Dateline:
    """Find which dates are the text's own. A range is never one, nor a date without its year."""
    found: dict[str, list[int]] = {kind: [] for kind in _KINDS}
    deictic = any(_is_deictic(candidate) for candidate in candidates)
    head, foot = _end_of_head(text), _start_of_foot(text)
    for index, candidate in enumerate(candidates):
        meaning = candidate.meaning
        if (
            isinstance(meaning, CalendarDate)
            and meaning.year
            and (meaning.day or meaning.month)
            and not candidate.rule.startswith("date.list")
        ):
            place = (text, candidates, index, head, foot)
            kind = _kind(*place, deictic) if meaning.day else _kind_of_month(*place)
            if kind is not None:
                found[kind].append(index)
    if len(found["opening"]) > 1:
        found["opening"].clear()
    if len(found["closing"]) > 1:
        found["closing"].clear()
    chosen = next((found[kind][0] for kind in _KINDS if found[kind]), None)
    own = {index for kind in _OWN for index in found[kind]}
    return Dateline(frozenset(own if chosen is None else own | {chosen}), chosen)


def _end_of_head(text: str) -> int:
    """Give the offset at which the first lines end."""
    end = -1
    for _ in range(_HEAD_LINES):
        end = text.find("\n", end + 1)
        if end < 0:
            return len(text)
    return end


def _start_of_foot(text: str) -> int:
    """Give the offset at which the last lines begin."""
    start = len(text.rstrip())
    for _ in range(_FOOT_LINES):
        start = text.rfind("\n", 0, max(start, 0))
        if start < 0:
            return 0
    return start


def _is_deictic(candidate: Candidate) -> bool:
    meaning = candidate.meaning
    if isinstance(meaning, Shift):
        return meaning.unit in ("D", "W") and not meaning.anaphoric
    return isinstance(meaning, WeekdayName) and meaning.direction is not None


def _kind(text: str, candidates: Sequence[Candidate], index: int, head: int, foot: int, deictic: bool) -> str | None:
    """Tell what kind of date line a date is, if any."""
    start, end = candidates[index].start, candidates[index].end
    patterns = _patterns()
    line = text[text.rfind("\n", max(start - _REACH, 0), start) + 1 or max(start - _REACH, 0) : start]
    after = text[end : end + _REACH]
    label = patterns.label.search(line, max(len(line) - 70, 0))
    if label:
        changes = any(label["label"].startswith(word) for word in lexicon().dateline.changed)
        if label["label"].lower() != "zuletzt" or patterns.changed.match(after):
            return "changed" if changes else "label"
    if patterns.mail.match(line):
        around = text[max(start - _REACH, 0) : end + _REACH]
        if patterns.mail_headers.search(around):
            return "mail"
        return None if patterns.event_headers.search(around) else "label"
    if start >= foot and (_is_byline(line, after) or _is_source(line, after)):
        return "byline"
    last = index == len(candidates) - 1 > 0
    if (last or (start >= head and len(candidates) > 1)) and _closes(text, start, line, after):
        return "closing"
    if start >= head:
        return None
    posted = not line.strip(" *_#>") and patterns.posted.match(after)
    if posted or (patterns.letter.fullmatch(line) and _MONTH_END.match(after)):
        return "label"
    place = patterns.place.match(line)
    if place and patterns.after_place.match(after) and not patterns.no_place.search(place["place"]):
        return "place"
    if _opens(text, start, end):
        return "opening"
    line_before, line_after = line.strip(" *_#"), after.partition("\n")[0].strip(" *_#")
    if (
        index < 3
        and len(line_before) + len(line_after) < 120
        and patterns.paper.search(f"{line_before} | {line_after}")
    ):
        return "paper"
    if deictic and not line_before and _only_clock(candidates, index, line_after):
        return "alone"
    return None


def _opens(text: str, start: int, end: int) -> bool:
    """Tell whether a date begins the first running text: "3. Mai 2019 – Es regnete, als ..."."""
    rest = _patterns().opening.match(text, end - (text[end - 1] == ")"))
    if rest is None:
        return False
    begin = text.rfind("\n", max(start - _REACH, 0), start) + 1
    if not begin and start > _REACH:
        return False
    bracket = text[begin:start].lstrip(" *_#>")
    if bracket not in ("", "(", "[") or (bracket == "") == (text[rest.start()] in ")]"):
        return False
    if rest["place"] and _patterns().no_place.search(rest["place"]):
        return False
    if any(len(line) > _LONG_LINE for line in text[:begin].split("\n")):
        return False
    line = text[rest.start("text") : text.find("\n", rest.end())]
    return _SENTENCE_END.search(line) is not None and not _patterns().clock.match(line)


def _closes(text: str, start: int, line: str, after: str) -> bool:
    """Tell whether a date is one of a text's last lines, with a place at most: "Gnoien, 29. November 2024"."""
    place = _patterns().place.match(line)
    if line.strip(" *_#>(") and (place is None or _patterns().no_place.search(place["place"])):
        return False
    if not _INITIALS.match(after) or text.count("\n", start, len(text.rstrip())) >= _CLOSING_LINES:
        return False
    return any(len(written) > _LONG_LINE for written in text[:start].split("\n"))


def _is_byline(before: str, after: str) -> bool:
    """Tell whether a date ends a text with its writer's name or initials: "(kb, 12.3.2019)"."""
    return _BYLINE_END.match(after) is not None and _patterns().byline.search(before) is not None


def _is_source(before: str, after: str) -> bool:
    """Tell whether a date stands with the paper that a text is from, or ends a line in brackets."""
    if _BRACKETED.match(before) and _BRACKET_END.match(after):
        return True
    return _patterns().source.match(before) is not None and _SOURCE_END.match(after) is not None


def _kind_of_month(text: str, candidates: Sequence[Candidate], index: int, head: int, foot: int) -> str | None:
    """Tell whether a month dates the text: "Ravensburg, im Juli 2025"."""
    start, end = candidates[index].start, candidates[index].end
    if head <= start < foot:
        return None
    before, after = text[max(start - _REACH, 0) : start], text[end : end + _REACH]
    place = _patterns().place.search(before)
    if not place or _patterns().no_place.search(place["place"]):
        return None
    written = place[0].endswith(("im ", "den "))
    return "month" if (_MONTH_END if written else _TEXT_FOLLOWS).match(after) else None


def _only_clock(candidates: Sequence[Candidate], index: int, rest: str) -> bool:
    """Tell whether a line ends after its date, or after one clock time more."""
    if not rest:
        return True
    following = candidates[index + 1] if index + 1 < len(candidates) else None
    if following is None or not isinstance(following.meaning, Clock):
        return False
    return len(rest) - (following.end - following.start) <= 3 and following.start - candidates[index].end <= 3
