"""What the words around a number of people say of it: a limit, rounded, earlier, and whether those people came."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.pipes.attendance_lexicon import attendance_lexicon
from extractor.pipes.clauses import clauses_of
from extractor.pipes.numbers import Quantity
from extractor.pipes.people import PeopleKind

YEAR = range(1900, 2100)
"""Numbers of four digits that may be a year's."""
FEW = 5
"""From here on, people whom nothing else tells to be an audience are one."""
_PARTICIPLE = re.compile(
    r"\b[a-zäöü]{0,10}(?:ge[a-zäöüß]{2,14}(?:t|en)|(?:be|er|ver|ent|zer)[a-zäöüß]{3,14}(?:t|en)|[a-zäöü]{3,12}iert)\b"
)
_PLACED = re.compile(
    r" (?:(?:im|am|beim|in|auf|bei|an) |(?:in|auf|an|bei|vor) (?:der|dem|den|einem|einer|unserem|unserer) )"
    r"(?:[a-zäöüß]{3,16}(?:en|er) )?[A-ZÄÖÜ][\w-]{2,40}(?: [A-ZÄÖÜ(][\w()-]{1,30}){0,3}(?=[,.!–—]|$|\n| [–—-])"
)
_SENTENCE_REACH = 240
_WORD = re.compile(r"\w+")
_PART_END = re.compile(r"[,:;] ")


def counts(text: str, quantity: Quantity, begin: int, end: int, kind: PeopleKind) -> bool:
    """Whether the people counted in ``[begin, end)`` are an event's, by what the sentence says of them."""
    cues = attendance_lexicon().cues
    if is_limit(text, begin) or any(text.startswith(rate, end + 1) for rate in cues.rates):
        return False
    rounded = begin < quantity.start
    if quantity.value in YEAR and not quantity.in_words and quantity.end - quantity.start == 4 and not rounded:
        return False
    if _is_earlier(text, quantity.start):
        return False
    words = sentence_words(text, quantity.start, end)
    sized = (
        "letzten" not in words
        and not cues.sizes.isdisjoint(words)
        and not cues.sizes.isdisjoint(part_words(text, begin, end))
    )
    standing = cues.standing & (words - cues.reflexive if "sich" in words else words)
    if sized or (standing and not (standing.isdisjoint(part_words(text, begin, end)) and _acts(text, begin, end))):
        return kind == "audience" and not cues.attending.isdisjoint(words - cues.unsure_attending)
    if kind == "residents":
        return not cues.coming.isdisjoint(part_words(text, begin, end))
    attending = not _attending().isdisjoint(words) or any(pair <= words for pair in cues.attending_pairs)
    attending = attending or present_adjective().match(text, quantity.end + 1, end) is not None
    if kind == "audience":
        return quantity.value >= FEW or attending
    return quantity.value >= FEW and (attending or rounded or _acts(text, begin, end))


@lru_cache(maxsize=1)
def _attending() -> frozenset[str]:
    """Words of a sentence that tells who came, also as the Swiss spell them: "begrüssten"."""
    words = attendance_lexicon().cues.attending
    return words | {word.replace("ß", "ss") for word in words}


@lru_cache(maxsize=1)
def _earlier() -> re.Pattern[str]:
    return re.compile(rf"(?<!als im )(?<!wie im )(?<!schon im )(?:{'|'.join(attendance_lexicon().cues.earlier)})")


def _is_earlier(text: str, start: int) -> bool:
    """Whether the sentence begins with an earlier year, the number's: "Im vergangenen Jahr zählten wir 600 Gäste"."""
    left = clauses_of(text).around(start)[0]
    return _earlier().search(text[max(left, start - _SENTENCE_REACH) : start].lower()) is not None


@lru_cache(maxsize=1)
def _past_plural() -> re.Pattern[str]:
    """A plural verb in the past behind the people: "aus drei Klassen haben"."""
    return re.compile(
        r"(?: (?:und|aus|von|im|in|zwischen|der|den|dem|des|bis|vom|\d{1,3}|[A-ZÄÖÜ]\w{1,20})){0,8}"
        r"(?:, [^,.;:!?\n]{2,60},)? "
        rf"(?:(?!{'|'.join(attendance_lexicon().cues.presents)})[a-zäöü]{{2,16}}ten|haben|hatten|waren)\b"
    )


@lru_cache(maxsize=1)
def _adverbial_opening() -> re.Pattern[str]:
    """A sentence up to its subject: it opens with a date or a place, so that who acted stands behind "haben"."""
    cues = attendance_lexicon().cues
    openings = "|".join([*cues.adverbials, *(rf"{stem}\w*" for stem in cues.adverbial_stems)])
    return re.compile(
        rf"(?:^|(?<=[.!?] )|(?<=\n))(?:{openings})\b(?:[^;:!?.\n]|(?<=\d)\.){{0,120}}? (?:haben|hatten) "
        rf"(?:(?:{'|'.join(cues.adverbs)}|am [A-ZÄÖÜ]\w{{3,16}}) ){{0,4}}$"
    )


def _acts(text: str, begin: int, end: int) -> bool:
    """Whether a sentence says what the people did: "Zehn Kinder haben gefilmt", or only where: "31 Leute im Saal"."""
    left, right = clauses_of(text).around(begin)
    opening = text[left:begin].rpartition(": ")[2].strip()
    if opening in attendance_lexicon().cues.openings:
        return _past_plural().match(text, end) is not None or _PLACED.match(text, end) is not None
    told = _adverbial_opening().search(text[max(begin - _SENTENCE_REACH, 0) : begin])
    return told is not None and _PARTICIPLE.search(text, end, min(right, end + _SENTENCE_REACH)) is not None


def sentence_words(text: str, start: int, end: int) -> set[str]:
    """The words, lower case, of the sentence around ``[start, end)``, without that stretch itself."""
    left, right = clauses_of(text).around(start)
    before, after = text[max(left, start - _SENTENCE_REACH) : start], text[end : min(right, end + _SENTENCE_REACH)]
    return set(_WORD.findall(f"{before} {after}".lower()))


def part_words(text: str, start: int, end: int) -> set[str]:
    """The words, lower case, of the part of a sentence, between commas or colons, around ``[start, end)``."""
    left, right = clauses_of(text).around(start)
    left, right = max(left, start - _SENTENCE_REACH), min(right, end + _SENTENCE_REACH)
    before, after = _PART_END.split(text[left:start])[-1], _PART_END.split(text[end:right], maxsplit=1)[0]
    return set(_WORD.findall(f"{before} {after}".lower()))


@lru_cache(maxsize=1)
def present_adjective() -> re.Pattern[str]:
    """An adjective of those who came: "anwesenden "."""
    return re.compile(rf"\b(?:{'|'.join(attendance_lexicon().cues.present)})e[nrs]? ")


@lru_cache(maxsize=1)
def _limit() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in attendance_lexicon().cues.limits)
    return re.compile(
        rf"(?:(?<!\w)(?:{words}|zwischen \S{{1,12}} und)|(?<!\b(?:19|20)\d)\d ?[-–])[.:]? ?$", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _rounding() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, attendance_lexicon().cues.rounding), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})\.? $", re.IGNORECASE)


def is_limit(text: str, start: int) -> bool:
    """Whether a limit, a rate or the first part of a range stands before the number."""
    return _limit().search(text, max(start - 24, 0), start) is not None


def rounding_start(text: str, start: int) -> int:
    """Where the rounding words before the number begin; ``start`` if there are none."""
    left = max(start - 24, 0)
    while match := _rounding().search(text, left, start):
        start = match.start()
    return start
