"""Clock times in words: "halb acht", "um zehn", "von zehn bis vier"."""

from __future__ import annotations

import re

from extractor.pipes.temporal.atoms import DASH, END, GAP, any_of, compiled
from extractor.pipes.temporal.lexicon import lexicon, word_sets, words
from extractor.pipes.temporal.meanings import Candidate, Clock, Span
from extractor.pipes.temporal.rules import DASHES, NUMBER, Rule, next_word, trigger_words, word_before

ADVERBS = (
    "morgens", "vormittags", "mittags", "nachmittags", "abends", "nachts", "früh", "am Morgen", "am Vormittag",
    "am Mittag", "am Nachmittag", "am Abend", "in der Nacht", "in der Früh", "in der Frühe",
)  # fmt: skip
_CLOSE = rf"(?=(?P<close>{GAP}(?:[,;!?)\n|]|[.](?:\s|$)|$| und | bis |[–—]))?)"
"""What ends a clock time that is only a number."""
_POINT_LEADS = frozenset({"zu", "zum", "unter", "in", "im", "der", "den", "dem", "beim", "von", "auf", "und", "ab"})
"""Before "Punkt acht" that is an item of a list."""
_LISTED = re.compile(r"(?:, ?| und | oder | bis |[–—/-])\d")
"""Further numbers follow: "um 7, 9 und 11 Uhr"."""
_NOUN_BEFORE = re.compile(r"([A-ZÄÖÜ][\w-]*) $")


def daypart_of(part: str | None) -> str | None:
    """Read "abends" or "am Abend" as its TIMEX3 code."""
    if not part:
        return None
    word = part.split()[-1].lower()
    return words().dayparts.get(word) or words().dayparts.get(word.removesuffix("e"))


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
        kind = kind.removesuffix(" minuten")
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


def _hour_atom(hours: str, name: str) -> str:
    """Match "zehn", "halb elf", "Viertel nach drei"."""
    return rf"(?:(?P<{name}_kind>halb|(?:drei)?viertel)(?: (?P<{name}_side>vor|nach))? )?(?P<{name}>{hours})(?!\w)"


def _clock_of(match: re.Match[str], name: str) -> tuple[int, int] | None:
    """Read hour and minute of what ``_hour_atom`` matched."""
    hour, kind, side = words().numbers.get(match[name].lower()), match[f"{name}_kind"], match[f"{name}_side"]
    if match[name].lower() in ("ein", "eins"):
        hour = 1
    if hour is None or hour > 24:
        return None
    if kind is None:
        return hour, 0
    quarter = {"halb": 30, "viertel": 15, "dreiviertel": 45}[kind.lower()]
    if side and kind.lower() == "viertel":
        return (hour, 15) if side.lower() == "nach" else (hour - 1, 45)
    return hour - 1, quarter


def _range(match: re.Match[str]) -> list[Candidate]:
    """Build "von zehn bis vier", "neun bis zwölf Uhr", "zwischen neun und zwölf"; not "Kinder von sechs bis zwölf"."""
    first, last = _clock_of(match, "first"), _clock_of(match, "last")
    if first is None or last is None or first == last:
        return []
    if match["and"] and (match["lead"] or "von").lower() == "von":
        return []
    sure = match["unit"] or match["part"] or match["first_kind"] or match["last_kind"]
    if not match["lead"] and not match["unit"]:
        return []
    if not sure and (first[0] == 1 or _counts(match) or not _is_closed(match, match["and"] is None)):
        return []
    code = daypart_of(match["part"])
    begin = Clock(*first, spoken=first[0] <= 12, daypart=daypart_of(match["first_part"]))
    span = Span(begin, Clock(*last, spoken=last[0] <= 12, daypart=code), (match.end("begin"), match.start("end")))
    return [Candidate(match.start("begin"), match.end(), "time.range.spoken", span)]


def _counts(match: re.Match[str]) -> bool:
    """Tell whether the noun before counts people or marks: "Jugendliche ab zwölf", "Noten von eins bis sechs"."""
    noun = _NOUN_BEFORE.search(match.string[max(match.start() - 40, 0) : match.start()])
    return noun is not None and noun[1].lower().endswith(tuple(lexicon().clock.counted))


def _is_closed(match: re.Match[str], loosely: bool) -> bool:
    """Tell whether nothing is counted by the number: a mark, a verb or a preposition follows, no noun."""
    if match["close"] is not None:
        return True
    following = next_word(match.string, match.end())
    if loosely:
        return following[:1].islower() and following not in word_sets().units
    return following in word_sets().clock_followers


def _bare(match: re.Match[str]) -> list[Candidate]:
    """Build "um acht", "nachts um drei", "ab zehn gibt es Kaffee"; not "ab zehn Personen", "Kinder ab sechs"."""
    hour = _hour_of(match["hour"])
    part = match["part"] or match["before"]
    if hour is None or (match["lead"].lower() == "ab" and not part and (match["hour"].isdigit() or _counts(match))):
        return []
    if match["lead"][0].isupper() and word_before(match.string, match.start()) in _POINT_LEADS:
        return []
    in_words = match["hour"].isalpha() and match["hour"].lower() != "ein"
    if not part and match["close"] is None and not (in_words and _is_closed(match, loosely=False)):
        return []
    if match["hour"].isdigit() and match.string[match.end("hour") : match.end("hour") + 1] in (",", "."):
        follows = match.string[match.end("hour") + 1 : match.end("hour") + 2]
        if follows.isdigit():
            return []
    if match["hour"].isdigit() and _LISTED.match(match.string, match.end("time")):
        return []
    clock = Clock(hour, 0, True, daypart_of(part))
    return [Candidate(match.start("time"), match.end("time"), "time.spoken", clock)]


def _is_spoken(match: re.Match[str]) -> bool:
    """Tell "fünf vor zwölf" from "fünf nach zehn Jahren": digits and plain minutes need a side and an end."""
    kind = match["kind"].lower()
    if kind in ("halb", "viertel", "dreiviertel", "drei viertel"):
        following = next_word(match.string, match.end()).lower()
        return (
            following not in words().units
            and following not in word_sets().units
            and (
                kind not in ("viertel",)
                or bool(match["side"])
                or word_before(match.string, match.start()) in ("um", "ab", "gegen", "bis")
            )
        )
    if match["half"]:
        return True
    following = next_word(match.string, match.end())
    return (
        bool(match["side"])
        and not following[:1].isalpha()
        and (
            kind.endswith(" minuten")
            or word_before(match.string, match.start()) in ("um", "ab", "gegen", "bis", "ist", "war", "kurz")
        )
    )


def spoken_rules() -> list[Rule]:
    """List the rules for clock times in words."""
    numbers = lexicon().numbers.words
    hours = any_of(["ein", "eins", *numbers[2:13]])
    minutes = any_of(["fünf", "zehn", "zwanzig", "fuenf"])
    parts = any_of(ADVERBS)
    adverbs = rf"(?: (?P<part>{parts})(?!\w))?"
    spoken = (
        rf"(?P<time>(?:"
        rf"(?P<kind>halb|viertel|drei ?viertel|(?:{minutes}|5|10|20)(?: Minuten)?)"
        rf"(?: (?P<side>vor|nach)(?P<half> halb)?)?) "
        rf"(?P<hour>{hours}|1[0-2]|[1-9])(?!\w|[.:,]\d)(?:{GAP}Uhr)?){adverbs}{END}"
    )
    uhr = (
        rf"(?P<hour>{any_of(['ein', *numbers])}) Uhr"
        rf"(?: (?P<minute>{any_of([*numbers[5:], 'dreißig', 'vierzig', 'fünfzig'])}))?(?!\w){adverbs}{END}"
    )
    bare = (
        rf"(?:(?P<before>{any_of(ADVERBS[:6])}) )?"
        rf"(?P<lead>(?:um )?(?:Punkt|Schlag)|um|ab|gegen|kurz nach|kurz vor) "
        rf"(?P<time>(?P<hour>{hours}|1[0-2]|[1-9])"
        rf"(?!\w| (?:Minuten )?(?:vor|nach) "
        rf"(?:halb )?(?:{hours}|1?\d)(?!\w)| bis {hours}(?!\w))(?: (?P<part>{parts})(?!\w))?){_CLOSE}"
    )
    any_hour = any_of(["eins", *numbers[2:]])
    ranged = (
        rf"(?:(?P<lead>von|zwischen) )?(?P<begin>{_hour_atom(any_hour, 'first')}(?: Uhr)?"
        rf"(?: (?P<first_part>{parts})(?!\w))?)(?:(?:,? bis | ?{DASH} ?)|(?P<and> und ))"
        rf"(?P<end>{_hour_atom(any_hour, 'last')}(?P<unit>{GAP}Uhr)?){adverbs}(?!\w|-\w){_CLOSE}"
    )
    named = frozenset(words().numbers)
    return [
        Rule(
            compiled(spoken),
            lambda match: _spoken(match) if _is_spoken(match) else [],
            trigger_words(["halb", "viertel", "dreiviertel", "drei", "fünf", "zehn", "zwanzig"]),
            NUMBER,
            named | {"viertel", "vor", "nach", "ein", "eins", "minuten", "00"},
        ),
        Rule(
            compiled(ranged),
            _range,
            trigger_words(["von", "zwischen", *numbers[2:]]),
            after=named | DASHES | {"halb", "viertel", "dreiviertel", "bis", "uhr"},
        ),
        Rule(compiled(uhr), _word_uhr, trigger_words(["ein", *numbers]), after=frozenset({"uhr"})),
        Rule(
            compiled(bare),
            _bare,
            trigger_words(["um", "ab", "gegen", "kurz", "Punkt", "Schlag", *ADVERBS[:6]]),
            after=named | {"ein", "eins", "um", "gegen", "nach", "vor", "punkt", "schlag", "00"},
        ),
    ]
