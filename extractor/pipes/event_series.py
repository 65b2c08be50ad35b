"""What mentions of events owe to their neighbours: ordinals and titles given elsewhere in the sentence."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Callable
from functools import lru_cache

from extractor.pipes.clauses import Clauses, clauses_of
from extractor.pipes.event_heads import lexicon
from extractor.pipes.event_titles import quotation_at
from extractor.pipes.numbers import ordinal
from extractor.pipes.values import EventMention

_SENTENCE_REACH = 300
_TIME = re.compile(r"(?:[Zz]um|[Dd]as) (?:nun(?:mehr)? |inzwischen |bereits |schon )?(\S{2,40}?)(?: und letzten)?$")
_RELATIVE = re.compile(r", (?:(?:zu|bei|mit|auf|an|von|in) )?(?:der|die|das|dem|den) (?=[^,.;]{0,60}$)")
_RELATIVE_REACH = 70
_FIRST_TIME = re.compile(r" Mal(?:e)?(?: statt| ein\b| stattfand|[.!])")
_ELLIPSIS = re.compile(r"[DdEe](?:er|ie|as|en|in|ine) ((?:\d{1,2}|[IVX]{1,4})\.|[a-zäöü]{4,20})$")
_ELLIPSIS_REACH = 30
_LEAST_COUNT = 2
_OF = re.compile(r" (?:des|der|vom|von|unse?re[sr]|eine[sr]|seine[sr]|ihre[sr]) ?(?:de[rs] )?")


def complete(text: str, mentions: list[EventMention]) -> list[EventMention]:
    """Give mentions the ordinals and titles that stand elsewhere in their sentences; add ellipses."""
    if not mentions:
        return mentions
    mentions = _without_editions(text, mentions)
    sentences = clauses_of(text)
    _add_times(text, mentions, sentences)
    _add_counts(text, mentions, sentences)
    _add_distant_titles(text, mentions, sentences)
    return sorted([*mentions, *_ellipses(text, mentions)], key=lambda mention: mention["start"])


def _without_editions(text: str, mentions: list[EventMention]) -> list[EventMention]:
    """Resolve "die 10. Auflage des Stadtlaufs": the Stadtlauf takes the ordinal."""
    kept: list[EventMention] = []
    for mention in mentions:
        last = kept[-1] if kept else None
        if (
            last is not None
            and last["event_type"] in lexicon().context.editions
            and last["ordinal"] is not None
            and mention["ordinal"] is None
            and _OF.fullmatch(text, last["end"], mention["start"])
        ):
            mention["ordinal"], mention["start"] = last["ordinal"], last["start"]
            kept.pop()
        kept.append(mention)
    return kept


@lru_cache(maxsize=1)
def _counts() -> tuple[re.Pattern[str], ...]:
    """What counts its subject ("war der zweite seiner Art", "es war schon die zwölfte"), or says what edition it is."""
    context, editions = lexicon().context, "|".join(lexicon().frames.editions)
    already = rf"(?:(?:{'|'.join(context.already)}) ){{0,2}}"
    number = rf"{already}(?P<ordinal>\d{{1,3}}\.|[a-zäöü]{{3,30}}te[rsn]?)"
    the_number = rf"{already}(?:der|die|das) {number}"
    return (
        re.compile(
            rf"\b(?:war|ist|wird|waren|sind) (?:es |dies |das )?{the_number}"
            r" (?:(?:seiner|ihrer|dieser) Art|in Folge|in Serie)\b"
        ),
        re.compile(
            rf"\b(?:(?:[Ee]s|[Dd]ies|[Dd]as) (?:war|ist)|war es|ist es) {the_number}"
            r"(?:(?<!\.)(?= insgesamt\b|[.,;!?])|(?<=\.)(?=[,;!?]? ?(?:\n|$)))"
        ),
        re.compile(
            rf"\b(?:{'|'.join(context.counted_in)}) (?:die|der|ihre|ihrer|seine|seiner|eine|einer) {number}"
            rf" (?:{editions})\b"
        ),
    )


def _add_counts(text: str, mentions: list[EventMention], sentences: Clauses) -> None:
    """Resolve "der Dialog war der zweite seiner Art" and "der Lauf geht in die achte Runde"."""
    for count in itertools.chain(*(pattern.finditer(text) for pattern in _counts())):
        value = ordinal(count["ordinal"])
        if value is None or value < _LEAST_COUNT:
            continue
        mention = _nearest(mentions, sentences, count.start(), lambda _: True)
        if mention is None:
            index = bisect_left(mentions, count.start(), key=lambda mention: mention["start"]) - 1
            mention = mentions[index] if index >= 0 and not mentions[index]["generic"] else None
            if mention is None or count.start() - mention["end"] > _SENTENCE_REACH:
                continue
        mention["ordinal"] = mention["ordinal"] or value


def _nearest(
    mentions: list[EventMention], sentences: Clauses, position: int, lacks: Callable[[EventMention], bool]
) -> EventMention | None:
    """The nearest single event mentioned in the sentence at ``position`` that lacks what is to be added."""
    left, right = sentences.around(position)
    left, right = max(left, position - _SENTENCE_REACH), min(right, position + _SENTENCE_REACH)
    first = bisect_left(mentions, left, key=lambda mention: mention["start"])
    last = bisect_left(mentions, right, key=lambda mention: mention["start"])
    candidates = [mention for mention in mentions[first:last] if not mention["generic"] and lacks(mention)]
    return min(candidates, key=lambda mention: abs(mention["start"] - position), default=None)


def _counted(text: str, mentions: list[EventMention], sentences: Clauses, position: int) -> EventMention | None:
    """The event that "zum dritten Mal" at ``position`` counts: in a relative clause the noun before it."""
    relative = _RELATIVE.search(text, max(position - _RELATIVE_REACH, 0), position)
    if relative is None:
        return _nearest(mentions, sentences, position, lambda mention: mention["ordinal"] is None)
    index = bisect_left(mentions, relative.start(), key=lambda mention: mention["start"]) - 1
    before = mentions[index] if index >= 0 else None
    return before if before is not None and before["end"] == relative.start() and not before["ordinal"] else None


def _add_times(text: str, mentions: list[EventMention], sentences: Clauses) -> None:
    """Resolve "lud zum fünften Mal zur Gala": the ordinal of the nearest mention in the sentence."""
    position = text.find(" Mal")
    while position >= 0:
        match = _TIME.search(text, max(position - 50, 0), position)
        value = ordinal(match[1]) if match else None
        if value is not None and (value > 1 or _FIRST_TIME.match(text, position)):
            mention = _counted(text, mentions, sentences, position)
            if mention is not None:
                mention["ordinal"] = value
        position = text.find(" Mal", position + 4)


@lru_cache(maxsize=1)
def _distant() -> tuple[str, ...]:
    return tuple(f" {connector}" for connector in lexicon().context.distant_connectors)


def _add_distant_titles(text: str, mentions: list[EventMention], sentences: Clauses) -> None:
    """Resolve "Unter dem Motto »X« lädt der Verein zum Fachtag": the title of the nearest mention."""
    for connector in _distant():
        position = text.find(connector)
        while position >= 0:
            after = position + len(connector)
            quoted = quotation_at(
                text, after + len(text[after : after + 3]) - len(text[after : after + 3].lstrip(" :"))
            )
            if quoted is not None and not any(m["start"] <= position < m["end"] for m in mentions):
                mention = _nearest(mentions, sentences, position, lambda mention: mention["title"] is None)
                if mention is not None:
                    mention["title"] = quoted.text
                    mention["name"] = f"{mention['name']} {quoted.text}"
                    mention["rule"] += ".distant"
            position = text.find(connector, after)


@lru_cache(maxsize=1)
def _verb_after_ordinal() -> re.Pattern[str]:
    """The end of an ordinal that a verb follows, or a date: no noun."""
    verbs = "|".join(lexicon().context.after_ordinal)
    return re.compile(rf"(?:te[nrsm]?|\.)(?= (?:{verbs}|am \d|im [A-ZÄÖÜ])\b)")


def _ellipses(text: str, mentions: list[EventMention]) -> list[EventMention]:
    """Find "die zweite folgt im Mai": an ordinal without its noun, which is that of the mention before."""
    found = []
    index = 0
    for verb in _verb_after_ordinal().finditer(text, mentions[0]["end"]):
        match = _ELLIPSIS.search(text, max(verb.end() - _ELLIPSIS_REACH, mentions[0]["end"]), verb.end())
        value = ordinal(match[1]) if match else None
        if match is None or value is None:
            continue
        while index + 1 < len(mentions) and mentions[index + 1]["end"] <= match.start():
            index += 1
        before = mentions[index]
        if match.start() - before["end"] > _SENTENCE_REACH or before["start"] <= match.start() < before["end"]:
            continue
        ellipsis = EventMention(
            start=match.start(1),
            end=match.end(1),
            rule="event.ellipsis",
            name=before["event_type"],
            event_type=before["event_type"],
            ordinal=value,
            title=None,
            generic=False,
        )
        if "series" in before:
            ellipsis["name"] = ellipsis["series"] = before["series"]
        found.append(ellipsis)
    return found
