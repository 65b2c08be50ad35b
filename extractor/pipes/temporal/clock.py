"""Clock times, single, in ranges and lists; parts of a day."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.pipes.temporal.atoms import DASH, END, GAP, HOUR, MINUTE, any_of, compiled
from extractor.pipes.temporal.days import JOINTS
from extractor.pipes.temporal.lexicon import lexicon, word_sets, words
from extractor.pipes.temporal.meanings import Candidate, Clock, DaypartOfDay, Span
from extractor.pipes.temporal.rules import (
    DASHES,
    NUMBER,
    Rule,
    at_line_start,
    chain,
    next_word,
    trigger_words,
    word_before,
)

_ADVERBS = (
    "morgens", "vormittags", "mittags", "nachmittags", "abends", "nachts", "früh", "am Morgen", "am Vormittag",
    "am Mittag", "am Nachmittag", "am Abend", "in der Nacht", "in der Früh", "in der Frühe",
)  # fmt: skip
_HOURLY = ("in", "innerhalb", "dauer", "ca", "je", "pro", "als", "alle", "binnen", "nach", "über")
_CURRENCY = (
    rf"{GAP}(?:€|\$|%|EUR\b|Euro\b|CHF\b|Franken\b|Prozent\b|Meter\b|m\b|km\b|kg\b|ha\b|Mio|Mrd|Punkte|Tore|Sekunden)"
)


class _Item(NamedTuple):
    start: int
    end: int
    clock: Clock


def _item() -> str:
    late = rf"{GAP}(?:Uhr|h) ?(?P<late>{MINUTE})(?![.:]|{GAP}(?:Uhr|Personen))"
    return rf"(?P<hour>{HOUR})(?:[.:](?P<minute>{MINUTE})(?::[0-5]\d)?|{late})?"


_SEPARATOR = (
    rf"(?:(?P<to>,?{GAP}(?:{DASH}|…|\bbis(?: (?:ca\.?|etwa|gegen|circa|um|spätestens|voraussichtlich|max\.))?){GAP})"
    rf"|(?P<and>,? (?:und|sowie|oder|bzw\.)(?: (?:um|ab|von|wieder|nochmals|dann|erneut))? |{GAP}/{GAP}|,{GAP}))"
)
_UHR = rf"{GAP}(?:Uhr|h)(?!\w)"


class _Clocks:
    """The rule for clock times in digits."""

    def __init__(self) -> None:
        self.item, self.separator = compiled(rf"{_item()}(?P<unit>{_UHR})?"), compiled(_SEPARATOR)
        self.tail = compiled(rf"(?: (?P<part>{any_of(_ADVERBS)})(?!\w))?(?!\w|-\w|\.\d|:\d|/\d)(?!{_CURRENCY})")

    def build(self, match: re.Match[str]) -> list[Candidate]:
        matches, separators = chain(match, self.item, self.separator)
        units = [found["unit"] is not None or found["late"] is not None for found in matches]
        if any(units):
            while not units[-1]:
                units.pop()
            matches, separators = matches[: len(units)], separators[: len(units) - 1]
        tail = self.tail.match(match.string, matches[-1].end())
        if tail is None:
            return []
        items = [_read_item(found, tail["part"]) for found in matches]
        if not _is_time(match.string, items, units, separators):
            return []
        items[-1] = items[-1]._replace(end=tail.end())
        return _grouped(match, items, separators)


def _read_item(found: re.Match[str], part: str | None) -> _Item:
    minute = found["minute"] or found["late"]
    clock = Clock(int(found["hour"]), int(minute) if minute else None, daypart=daypart_of(part))
    return _Item(found.start(), found.end(), clock)


def daypart_of(part: str | None) -> str | None:
    """Read "abends" or "am Abend" as its TIMEX3 code."""
    if not part:
        return None
    word = part.split()[-1].lower()
    return words().dayparts.get(word) or words().dayparts.get(word.removesuffix("e"))


def _is_time(text: str, items: list[_Item], units: list[bool], separators: list[str]) -> bool:
    """Tell times from prices, scores, sections and plain numbers where no "Uhr" settles it."""
    start, end = items[0].start, items[-1].end
    if any(item.clock.hour == 24 and item.clock.minute for item in items):
        return False
    before = word_before(text, start)
    sets = word_sets()
    if units[-1]:
        hourly = text[end - 1] in "hH"
        spans_hours = before in _HOURLY
        return not (hourly and items[-1].clock.minute is None and spans_hours)
    if before in sets.numbering or before in sets.scores:
        return False
    if any(item.clock.minute is None for item in items):
        return False
    if next_word(text, end).lower() in sets.units | sets.scores:
        return False
    colons = all(text[item.start : item.end].find(":") > 0 for item in items)
    cued = before in sets.clock_cues
    if colons:
        wide = all(text[item.start + 1 : item.start + 2].isdigit() for item in items)
        return wide or cued or "to" in separators or at_line_start(text, start) or text[start - 2 : start] == ", "
    if at_line_start(text, start) and (text[end : end + 2] == " |" or next_word(text, end)[:1].isupper()):
        return all(item.clock.minute is not None and item.clock.minute % 5 == 0 for item in items)
    return cued or ("to" in separators and (at_line_start(text, start) or text[start - 2 : start] in (", ", "| ")))


def _grouped(match: re.Match[str], items: list[_Item], separators: list[str]) -> list[Candidate]:
    text = match.string
    before = word_before(text, match.start())
    approximate = before in word_sets().approximate
    candidates: list[Candidate] = []
    position = 0
    while position < len(items):
        item = items[position]
        follows = position < len(separators)
        between = before == "zwischen" and len(items) == 2
        if follows and (separators[position] == "to" or between):
            last = items[position + 1]
            span = Span(item.clock, last.clock, (item.end, last.start))
            candidates.append(Candidate(item.start, last.end, "time.range", span, approximate))
            position += 2
        else:
            candidates.append(Candidate(item.start, item.end, "time.clock", item.clock, approximate))
            position += 1
    return candidates


def _spoken(match: re.Match[str]) -> list[Candidate]:
    """Build "halb acht", "Viertel nach drei", "fünf vor zwölf", "um acht"."""
    hour, minute = _hour_of(match["hour"]), 0
    if hour is None:
        return []
    kind = (match["kind"] or "").lower()
    if kind == "halb":
        hour, minute = hour - 1, 30
    elif kind in ("dreiviertel", "drei viertel"):
        hour, minute = hour - 1, 45
    elif kind == "viertel" and not match["side"]:
        hour, minute = hour - 1, 15
    elif match["side"]:
        minutes = 15 if kind == "viertel" else words().numbers.get(kind) or int(kind)
        minute = (30 if match["half"] else 0) + (minutes if match["side"].lower() == "nach" else -minutes)
        hour -= bool(match["half"])
    hour, minute = hour + minute // 60, minute % 60
    clock = Clock(hour % 24 if hour != 24 else 24, minute, True, daypart_of(match["part"]))
    return [Candidate(match.start("time"), match.end(), "time.spoken", clock)]


def _hour_of(text: str) -> int | None:
    if text.isdigit():
        return int(text) if int(text) <= 12 else None
    number = 1 if text.lower() in ("ein", "eins") else words().numbers.get(text.lower())
    return number if number is not None and 1 <= number <= 12 else None


def _word_uhr(match: re.Match[str]) -> list[Candidate]:
    """Build "elf Uhr", "um sechs Uhr dreißig"."""
    text = match["hour"].lower()
    hour = 1 if text in ("ein", "eins") else words().numbers[text]
    if hour > 24:
        return []
    minute = words().numbers[match["minute"].lower()] if match["minute"] else None
    clock = Clock(hour, minute, daypart=daypart_of(match["part"]))
    return [Candidate(match.start(), match.end(), "time.words", clock)]


def _daypart(match: re.Match[str]) -> list[Candidate]:
    """Build "am Abend", "abends", "nachts"."""
    word = match["word"]
    code = words().dayparts.get(word.lower())
    lead = word_before(match.string, match.start("word"))
    adverb = word[0].islower() and word.lower().endswith("s")
    if code is None or not (
        adverb or match["lead"] or lead in ("am", "diesem", "frühen", "späten", "beim", "gegen", "bis zum")
    ):
        return []
    return [Candidate(match.start("word"), match.end(), "time.daypart", DaypartOfDay(code))]


def _noon(match: re.Match[str]) -> list[Candidate]:
    clock = Clock(24 if match[0].lower().startswith("mitter") else 12, 0)
    return [Candidate(match.start(), match.end(), "time.noon", clock)]


def clock_rules() -> list[Rule]:
    """List the rules for clock times."""
    clocks = _Clocks()
    hours = any_of(["ein", "eins", *list(lexicon().numbers.words[2:13])])
    minutes = any_of(["fünf", "zehn", "zwanzig", "fuenf"])
    adverbs = rf"(?: (?P<part>{any_of(_ADVERBS)})(?!\w))?"
    bare_hour = rf"(?P<hour>{hours}|1[0-2]|[1-9])(?!\w|[.:,]\d)"
    spoken = (
        rf"(?P<time>(?:(?P<kind>halb|viertel|drei ?viertel|{minutes}|5|10|20)(?: (?P<side>vor|nach)(?P<half> halb)?)?) "
        rf"{bare_hour}(?:{GAP}Uhr)?){adverbs}{END}"
    )
    after = frozenset({"uhr", "h", "0", ":", "/", ",", "…"}) | DASHES | trigger_words(JOINTS)
    nouns = any_of(w for group in lexicon().dayparts.values() for w in group)
    return [
        Rule(clocks.item, clocks.build, digits=NUMBER, after=after),
        Rule(
            compiled(spoken),
            lambda match: _spoken(match) if _is_spoken(match) else [],
            trigger_words(["halb", "viertel", "dreiviertel", "drei", "fünf", "zehn", "zwanzig"]),
            NUMBER,
            frozenset(words().numbers) | {"viertel", "vor", "nach", "ein", "eins"},
        ),
        Rule(
            compiled(
                rf"(?P<hour>{any_of(['ein', *lexicon().numbers.words])}) Uhr"
                rf"(?: (?P<minute>{any_of([*lexicon().numbers.words[5:], 'dreißig', 'vierzig', 'fünfzig'])}))?(?!\w)"
                rf"{adverbs}{END}"
            ),
            _word_uhr,
            trigger_words(["ein", *lexicon().numbers.words]),
            after=frozenset({"uhr"}),
        ),
        Rule(
            compiled(_bare_hour(hours)),
            _bare,
            trigger_words(["um", "gegen", "kurz", "nachts", "abends", "morgens"]),
            after=frozenset(words().numbers) | {"ein", "eins", "um", "gegen", "nach", "vor", "00"},
        ),
        Rule(
            compiled(rf"(?:mitternacht|(?<=um )mittag|(?<=gegen )mittag|(?<=bis )mittag){END}"),
            _noon,
            trigger_words(["Mitternacht", "Mittag"]),
        ),
        Rule(
            compiled(
                rf"(?:(?P<lead>am|in der|in den|diesen|jeden) (?:(?:frühen|späten|fruehen|spaeten) )?)?"
                rf"(?P<word>{nouns}){END}"
            ),
            _daypart,
            trigger_words(w for group in lexicon().dayparts.values() for w in group),
        ),
    ]


def _bare_hour(hours: str) -> str:
    """Match "um acht" where a mark, the line's end or a daypart follows, or "nachts um drei"."""
    adverbs = any_of(_ADVERBS)
    lead = rf"(?P<before>{any_of(_ADVERBS[:6])}) "
    return (
        rf"(?:{lead})?(?:um|gegen|kurz nach|kurz vor) "
        rf"(?P<time>(?P<hour>{hours}|1[0-2]|[1-9])(?!\w)(?: (?P<part>{adverbs})(?!\w))?)"
        rf"(?=(?P<close>{GAP}(?:[,;!?)\n]|[.](?:\s|$)|$| und | bis |[–—]))?)"
    )


def _bare(match: re.Match[str]) -> list[Candidate]:
    hour = _hour_of(match["hour"])
    part = match["part"] or match["before"]
    if hour is None or not (part or match["close"] is not None):
        return []
    if match["hour"].isdigit() and match.string[match.end("hour") : match.end("hour") + 1] in (",", "."):
        follows = match.string[match.end("hour") + 1 : match.end("hour") + 2]
        if follows.isdigit():
            return []
    clock = Clock(hour, 0, True, daypart_of(part))
    return [Candidate(match.start("time"), match.end("time"), "time.spoken", clock)]


def _is_spoken(match: re.Match[str]) -> bool:
    """Tell "fünf vor zwölf" from "fünf nach zehn Jahren": digits and plain minutes need a side and an end."""
    kind = match["kind"].lower()
    if kind in ("halb", "viertel", "dreiviertel", "drei viertel"):
        following = next_word(match.string, match.end()).lower()
        return following not in words().units and (
            kind not in ("viertel",)
            or bool(match["side"])
            or word_before(match.string, match.start()) in ("um", "ab", "gegen", "bis")
        )
    following = next_word(match.string, match.end())
    return (
        bool(match["side"])
        and not following[:1].isalpha()
        and word_before(match.string, match.start()) in ("um", "ab", "gegen", "bis", "ist", "war", "kurz")
    )
