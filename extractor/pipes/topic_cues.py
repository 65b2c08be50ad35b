"""Topics that running text announces: cue words with their context, and enumerations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from extractor.pipes.clauses import words_of
from extractor.pipes.noun_phrase_words import WordClass, word_classes
from extractor.pipes.noun_phrases import Phrase, enumeration, noun_phrase, opens_with_determiner
from extractor.pipes.topic_context import OtherEvents, sentence_around
from extractor.pipes.topic_lexicon import Cue, topic_lexicon
from extractor.pipes.topic_names import Candidate, candidate
from extractor.pipes.topic_titles import title_or_parts
from extractor.pipes.verdicts import Verdicts
from extractor.pipes.words import capitalised_words

_WORD = (
    r"[^\s.!?;:,|„“”»«\"]{1,60}"
    r"(?:\.(?:(?<=\d\.)|(?<=\bDr\.)|(?<=\bSt\.)|(?<=\bProf\.)|(?<=\bDipl\.)|(?<=\bIng\.)))?"
)
_CAPITALISED = re.compile(r"[A-ZÄÖÜ][^\W\d_]+")
_ENDING_LENGTH = 4
_CLAUSE_START = re.compile(r"[.!?:;|»«„“\",] ?")
_SLACK = re.compile(r"(?: (?!und\b|oder\b|sowie\b)[a-zäöüß]{2,20}){0,4} ?$")
_FRONTED_SLACK = re.compile(r"(?: (?!und )[^\s,.;:!?|„“”»«\"]{1,40}){0,8} ?$")
_QUOTED = re.compile(r" ?[„“\"»«‚‘›‹]{1,2}([^„“”\"»«\n|]{3,110})[“”\"»«’‘‹›]{1,2}")
_NEXT_QUOTED = re.compile(r"(?:,| und| oder| sowie|, sowie) (?=[„“\"»«‚‘›‹])")
_COLON = re.compile(r": (?=\w)")
_COMMA_LATER = re.compile(r"[^.;:!?\n]{2,90}, [^.;:!?\n]{2,90}(?:,| und | oder | sowie )")
_STOP = re.compile(r"(?: \([^()\n]{1,60}\))?(?: [a-zäöüß][^.,;:!?\n]{1,40})?(?:[.;!]|$)", re.MULTILINE)
_ADDRESS = re.compile(r"\d{4,5}\b|\b\d{1,3}[a-z]?$|[Ss]tr(?:aße|asse)?\b")
_PREPOSITIONS: frozenset[WordClass | None] = frozenset({"attribute", "adverbial", "contraction"})
_FEWEST, _LONGEST_LEAD = 3, 120
_COMMA_REACH = 92
_LOOK_BACK, _LOOK_AHEAD, _MOST_STARTS = 220, 320, 12


class _Rule(NamedTuple):
    cue: Cue
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    back: re.Pattern[str] | None
    then: re.Pattern[str] | None


@lru_cache(maxsize=1)
def _rules() -> tuple[dict[str, tuple[_Rule, ...]], dict[str, list[tuple[str, _Rule]]]]:
    """The cues by trigger word, and those for compounds by the last letters of the trigger."""
    words: dict[str, tuple[_Rule, ...]] = {}
    ends: dict[str, list[tuple[str, _Rule]]] = {}
    for cue in topic_lexicon().cues:
        after = cue.after and f"(?:{cue.after})(?!\\w)"
        back = cue.back and rf"\b(?:{cue.back})(?!\w)"
        rule = _Rule(cue, *(_compiled(pattern) for pattern in (cue.before, after, back, cue.then)))
        for word in cue.words:
            words[word] = (*words.get(word, ()), rule)
        for end in cue.ends:
            ends.setdefault(end[-_ENDING_LENGTH:], []).append((end, rule))
    return words, ends


@lru_cache(maxsize=1)
def _atoms() -> dict[str, str]:
    """What the atoms in the cues' patterns stand for."""
    return {
        "{gap}": rf"(?: {_WORD},?){{0,10}}?",
        "{few}": rf"(?: {_WORD}){{0,3}}?",
        "{word}": _WORD,
        "{adverbs}": rf"(?: (?:{'|'.join(topic_lexicon().fillers.adverbs)})(?!\w)){{0,4}}",
    }


@lru_cache(maxsize=1)
def _fillers() -> re.Pattern[str]:
    fillers = topic_lexicon().fillers
    return re.compile(rf"(?:(?:{'|'.join((*fillers.adverbs, *fillers.wrappers))}) ){{1,3}}")


def _compiled(pattern: str) -> re.Pattern[str] | None:
    for atom, expression in _atoms().items():
        pattern = pattern.replace(atom, expression)
    return re.compile(pattern) if pattern else None


def _rules_of(word: str) -> tuple[_Rule, ...]:
    """The rules that a capitalised word triggers."""
    words, ends = _rules()
    rules, lower = words.get(word, ()), word.lower()
    compound = (rule for end, rule in ends.get(lower[-_ENDING_LENGTH:], ()) if lower.endswith(end))
    return (*rules, *(rule for rule in compound if rule not in rules))


def cued(text: str, others: OtherEvents) -> Iterator[Candidate]:
    """Topics that a cue announces, in the order of their triggers."""
    for start, end, rules in triggers(text):
        topics = [topic for rule in rules for topic in _apply(text, rule, start, end)]
        if topics and not others.told_at(start):
            yield from topics


class Trigger(NamedTuple):
    """A trigger word, ``text[start:end]``, and the cues it belongs to."""

    start: int
    end: int
    rules: tuple[_Rule, ...]


@lru_cache(maxsize=1)
def triggers(text: str) -> list[Trigger]:
    """Where the triggers stand, and their rules, in text order; kept for who asks for the same text."""
    words, in_small, in_capitals = words_of(text), _small_triggers(), _capital_triggers()
    found = [
        Trigger(words.starts[index], words.end(index), _rules()[0][word])
        for index, word in enumerate(words.texts)
        if word in in_small and text.startswith(word, words.starts[index])
    ]
    found += [
        Trigger(begin + start, begin + end, rules)
        for word, begin in capitalised_words(text)
        if (triggers := in_capitals[word])
        for start, end, rules in triggers
        if not text[begin - 1 : begin].isalnum()
    ]
    return sorted(found, key=itemgetter(0))


@lru_cache(maxsize=1)
def _small_triggers() -> frozenset[str]:
    return frozenset(word for word in _rules()[0] if word.islower())


@lru_cache(maxsize=1)
def _capital_triggers() -> Verdicts[tuple[Trigger, ...]]:
    """The triggers in a capitalised word, that is in its parts between hyphens."""
    return Verdicts(_triggers_in)


def _triggers_in(word: str) -> tuple[Trigger, ...]:
    parts = ((match, _rules_of(match[0])) for match in _CAPITALISED.finditer(word))
    return tuple(Trigger(match.start(), match.end(), rules) for match, rules in parts if rules)


def _apply(text: str, rule: _Rule, start: int, end: int) -> Iterator[Candidate]:
    """The topics of one rule whose trigger is ``text[start:end]``."""
    right = text.find("\n", end, end + _LOOK_AHEAD)
    right = right if right >= 0 else min(len(text), end + _LOOK_AHEAD)
    if rule.after is not None:
        context = rule.after.match(text, end, right)
        if context is None or text.endswith((" nicht um", " nicht über"), 0, context.end()):
            return
        end = context.end()
    left = max(text.rfind("\n", max(0, start - _LOOK_BACK), start) + 1, start - _LOOK_BACK, 0)
    if rule.before is not None and not rule.before.search(text, left, start):
        return
    match rule.cue.side:
        case "between":
            yield from _named(text, _between(text, rule, left, start), rule.cue)
        case "object":
            yield from _named(text, _object(text, left, start), rule.cue)
        case "particle":
            yield from _named(text, _object(text, start, text.rfind(" ", start, end) + 1), rule.cue)
        case "after":
            yield from _behind(text, rule, end, right)


def _behind(text: str, rule: _Rule, end: int, right: int) -> Iterator[Candidate]:
    """The topics behind a trigger and its context: a quoted title or an enumeration."""
    quoted = _QUOTED.match(text, end, right)
    if quoted:
        while quoted:
            yield from title_or_parts(text, quoted.start(1), quoted.end(1), rule.cue.id, rule.cue.weight)
            following = _NEXT_QUOTED.match(text, quoted.end(), right)
            quoted = _QUOTED.match(text, following.end(), right) if following else None
        return
    phrases = phrases_from(text, end, right)
    if rule.then is None or (phrases and rule.then.match(text, phrases[-1].end, right)):
        yield from _named(text, phrases, rule.cue)


def _named(text: str, phrases: list[Phrase], cue: Cue) -> Iterator[Candidate]:
    if phrases and phrases[0].anaphoric:
        return
    for phrase in phrases:
        found = candidate(text, phrase, cue.id, cue.weight)
        if found is not None:
            yield found


def phrases_from(text: str, pos: int, end: int) -> list[Phrase]:
    """The enumeration at ``pos``, behind fillers."""
    pos += text.startswith(" ", pos)
    filler = _fillers().match(text, pos, end)
    return enumeration(text, filler.end() if filler else pos, end)


def _between(text: str, rule: _Rule, left: int, start: int) -> list[Phrase]:
    """The noun phrases between the word before them and the trigger, else those before that word."""
    if rule.back is None:
        return []
    if not rule.back.search(text, left, start):
        return []
    left = max(left, sentence_around(text, start)[0])
    anchors = list(rule.back.finditer(text, left, start))
    if not anchors:
        return []
    anchor = anchors[-1]
    slack = _FRONTED_SLACK if anchor[0][0].isupper() else _SLACK
    for position in _free_starts(text, anchor.end(), start):
        phrases = phrases_from(text, position, start)
        if phrases and slack.match(text, phrases[-1].end, start):
            return phrases
    return _subject(text, left, anchor.start())


def _free_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Where words begin that a phrase may begin with: not behind another preposition, as in "auf der Treppe"."""
    governed, position = False, start
    for number in range(_MOST_STARTS):
        following = text.find(" ", position + 1, end)
        word = text[position : following if following >= 0 else end].strip(" ,")
        if number and word_classes().get(word) in _PREPOSITIONS:
            governed = True
        elif not governed:
            yield position
        elif word[:1].isupper():
            governed = False
        if following < 0:
            return
        position = following


def _subject(text: str, left: int, end: int) -> list[Phrase]:
    """The noun phrases from the start of the clause to its verb at ``end``."""
    starts = [left, *(match.end() for match in _CLAUSE_START.finditer(text, left, end))]
    for start in starts[-6:]:
        phrases = phrases_from(text, start, end)
        if phrases and text[phrases[-1].end : end].strip() == "":
            return phrases
    return []


def _object(text: str, left: int, end: int) -> list[Phrase]:
    """The noun phrase with a determiner that stands directly before the verb or particle at ``end``."""
    stop = end - text.endswith(" ", left, end)
    starts = [left]
    while len(starts) <= _MOST_STARTS:
        blank = text.rfind(" ", left, starts[-1] if len(starts) > 1 else stop)
        if blank < 0:
            break
        starts.append(blank)
    for start in sorted(starts):
        phrase = noun_phrase(text, start, stop) if opens_with_determiner(text, start, stop) else None
        if phrase is not None and phrase.end == stop and phrase.nuclei[0].article:
            return [phrase]
    return []


def enumerated(text: str, others: OtherEvents) -> Iterator[Candidate]:
    """Three or more noun phrases behind a colon, or at the start of a line up to a colon."""
    for match in _COLON.finditer(text):
        reach = max(0, match.start() - _LONGEST_LEAD)
        line_start = text.rfind("\n", reach, match.start()) + 1 or reach
        label = text[line_start : match.start()].rpartition(". ")[2].strip("*_ ")
        if "|" in label or label in topic_lexicon().stop.labels:
            continue
        phrases = _listed(text, line_start, match)
        found = [candidate(text, phrase, "topic.enumeration", 2.5) for phrase in phrases]
        named = [topic for topic in found if topic is not None and not _ADDRESS.search(topic.name)]
        if named and 3 * len(named) >= 2 * len(found) and not others.told_at(match.start()):
            yield from named


def _listed(text: str, line_start: int, colon: re.Match[str]) -> list[Phrase]:
    """The enumeration behind a colon, or before it; empty where there is none of three at least."""
    comma = text.find(", ", colon.end(), colon.end() + _COMMA_REACH)
    if comma >= 0 and _COMMA_LATER.match(text, colon.end()):
        line_end = text.find("\n", colon.end(), colon.end() + _LOOK_AHEAD)
        behind = enumeration(text, colon.end(), line_end if line_end >= 0 else colon.end() + _LOOK_AHEAD)
        if len(behind) >= _FEWEST and _STOP.match(text, behind[-1].end):
            return behind
    whole_line = line_start == 0 or text[line_start - 1] == "\n"
    if not whole_line or text.find(", ", line_start, colon.start()) < 0:
        return []
    before = enumeration(text, line_start, colon.start())
    return before if len(before) >= _FEWEST and before[-1].end == colon.start() else []
