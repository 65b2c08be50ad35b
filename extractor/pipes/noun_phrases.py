"""German noun phrases without a tagger: a chunker that reads from a given position on.

It relies on what German spelling shows: nouns are capitalised, adjectives before them inflect, and
determiners and prepositions are closed classes (``lang/de/noun_phrases.toml``). It is meant for
places where a cue makes a noun phrase likely ("Vortrag zu ..."), not for whole texts.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.pipes.inflection import gender_of
from extractor.pipes.noun_phrase_words import (
    WordClass,
    contractions,
    genitive_articles,
    predicate_nouns,
    roles,
    temporal_nouns,
    word_classes,
)

_WORD = re.compile(r" ?([\w$§]\w{0,60}(?:[-/.’'&+*:]\w{1,60}){0,20}-?)")
_VERSION = re.compile(r"\d{1,2}\.\d")
_ENGLISH = re.compile(r" (?:from|of|for|to|and|the|of the|with|is) (?=[A-Z])")
_BRACKET = re.compile(r" ?\([^()\n]{1,60}\)")
_COORDINATION = re.compile(r" (?:und|oder|sowie|bzw\.|&|/) (?=[A-ZÄÖÜ])")
_TRUNCATED = re.compile(r"(?:, ?| (?:und|oder|sowie|bzw\.|&) )(?=[A-ZÄÖÜa-zäöü])")
_TORN = re.compile(r" (?=[A-ZÄÖÜ])")
_SEPARATOR = re.compile(
    r"(?:,? (?:und|oder|sowie|bzw\.|&|als auch|aber auch|wie auch|bis hin|bis(?= zu))"
    r"|,(?: aber| sowie| und| oder| vor allem)?|;)"
    r"(?: auch| nicht zuletzt| insbesondere| schließlich| zuletzt)? (?:(?:über|um|zu|an|mit|für|von|auf|in) (?=\S))?"
)
_BEFORE_NEXT = frozenset(" ,;(")
_RELATIVE = re.compile(r"(?:der|die|das|dem|den|dessen|deren|denen|was|wo|wie|ob|dass|weil|wer|wenn)\b")
_CLOSED = re.compile(r" ?(?:\([^()\n]{1,60}\))? ?(?:[,.;:!?|)\n“”»«\"]|(?:und|oder|sowie|bzw\.) |–|$)")
_DETERMINERS: frozenset[WordClass | None] = frozenset({"article", "possessive", "contraction", "anaphor"})
_LONGEST_NAME, _MOST_ATTRIBUTES, _MOST_WORDS_BEFORE = 4, 4, 7


class Nucleus(NamedTuple):
    """Adjectives and nouns without attributes: ``text[start:end]``, its nouns from ``noun`` on.

    ``link`` is what ties it to the nucleus before it: a preposition, "genitive", or "" for the head
    of the phrase. ``article`` is the determiner before it in lower case, "" where there is none.
    """

    link: str
    article: str
    start: int
    noun: int
    end: int


class Phrase(NamedTuple):
    """A noun phrase: a head and its attributes in text order; ``start`` is behind the determiner."""

    nuclei: tuple[Nucleus, ...]
    anaphoric: bool = False

    @property
    def start(self) -> int:
        """Offset of the first word behind the determiner."""
        return self.nuclei[0].start

    @property
    def end(self) -> int:
        """Offset behind the last word."""
        return self.nuclei[-1].end


def noun_phrase(text: str, pos: int, end: int, *, pairs: bool = True) -> Phrase | None:
    """The noun phrase that begins at ``pos``, or None; it never reaches beyond ``end``.

    With ``pairs`` a noun joined by "und" to an attribute belongs to it: "Gespräche mit Schulen und Vereinen".
    """
    head, anaphoric = _nucleus(text, pos, end, "")
    if head is None:
        return None
    nuclei = [head]
    while len(nuclei) <= _MOST_ATTRIBUTES:
        attribute = _attribute(text, nuclei[-1].end, end, pairs=pairs)
        if attribute is None:
            break
        nuclei.append(attribute)
    return Phrase(tuple(nuclei), anaphoric)


def enumeration(text: str, pos: int, end: int, most: int = 10) -> list[Phrase]:
    """The noun phrases that begin at ``pos`` and follow each other: "A, B und C"."""
    first = noun_phrase(text, pos, end)
    if first is None:
        return []
    phrases = [first]
    while len(phrases) < most:
        cursor = phrases[-1].end
        if text[cursor : cursor + 1] not in _BEFORE_NEXT:
            break
        bracket = _BRACKET.match(text, cursor, end)
        separator = _SEPARATOR.match(text, bracket.end() if bracket else cursor, end)
        if separator is None:
            break
        following = noun_phrase(text, separator.end(), end, pairs=False)
        if following is None:
            break
        doubtful = "," in separator.group() and _RELATIVE.match(text, separator.end())
        if doubtful and not _CLOSED.match(text, following.end):
            break
        phrases.append(following)
    return _pair(text, phrases)


def opens_with_determiner(text: str, pos: int, end: int) -> bool:
    """Whether the word at ``pos`` is an article or the like; only then can the phrase there have an article."""
    match = _WORD.match(text, pos, end)
    return match is not None and word_classes().get(match[1].lower()) in _DETERMINERS


def _pair(text: str, phrases: list[Phrase]) -> list[Phrase]:
    """Two bare nouns joined by "und" are one phrase: "Obst und Gemüse"."""
    if len(phrases) != 2:
        return phrases
    first, second = phrases
    bare = len(first.nuclei) == 1 and first.start == first.nuclei[0].noun and second.start == second.nuclei[0].noun
    if not bare or second.nuclei[0].article or "(" in text[first.end : second.start]:
        return phrases
    if text[first.end : second.start] not in (" und ", " & ", " oder "):
        return phrases
    head = first.nuclei[0]
    joined = Nucleus("", head.article, head.start, head.noun, second.nuclei[0].end)
    return [Phrase((joined, *second.nuclei[1:]), first.anaphoric)]


def _nucleus(text: str, pos: int, end: int, link: str) -> tuple[Nucleus | None, bool]:
    """Determiner, adjectives and nouns from ``pos`` on, and whether the determiner points back."""
    classes = word_classes()
    match = _WORD.match(text, pos, end)
    article, anaphoric = "", False
    for _ in range(3):
        if match is None:
            return None, False
        word = match[1].lower()
        kind = classes.get(word)
        if kind == "contraction" and not article:
            article = contractions()[word]
        elif kind in ("article", "possessive"):
            article = article or word
        elif kind == "anaphor":
            anaphoric = True
        else:
            break
        match = _WORD.match(text, match.end(), end)
    if match is None:
        return None, False
    start = match.start(1)
    noun = _noun_start(text, match, end, determined=bool(article or link))
    if noun is None:
        return None, False
    return Nucleus(link, article, start, noun.start(1), _noun_end(text, noun, end)), anaphoric


def _noun_start(text: str, first: re.Match[str], end: int, *, determined: bool) -> re.Match[str] | None:
    """The first noun at or behind a word, if only numbers, adjectives and their adverbs precede it."""
    known = roles()
    word: re.Match[str] | None = first
    previous_adverb = False
    for _ in range(_MOST_WORDS_BEFORE):
        if word is None:
            return None
        role, cursor = known[word[1]], word.end()
        match role:
            case "noun" | "function noun":
                opens = role == "function noun" and word is first and not determined
                return None if opens or previous_adverb else word
            case "other":
                return None
            case "number" if text.startswith(".", cursor):
                return None
            case "joint" if word is first:
                return None
            case "adverb" if previous_adverb:
                return None
            case "adjective" | "number" if text.startswith(", ", cursor):
                cursor += 1
        previous_adverb = role == "adverb"
        word = _WORD.match(text, cursor, end)
    return None


def _noun_end(text: str, noun: re.Match[str], end: int) -> int:
    """Offset behind the nouns that follow each other from ``noun`` on."""
    cursor, last, predicates = noun.end(1), noun[1], predicate_nouns()
    for _ in range(_LONGEST_NAME):
        if last.endswith("-"):
            joint = _TRUNCATED.match(text, cursor, end) or _TORN.match(text, cursor, end)
            following = _WORD.match(text, joint.end(), end) if joint else None
            if following is None:
                break
        else:
            english = _ENGLISH.match(text, cursor, end)
            cursor = english.end() - 1 if english else cursor
            if not text.startswith(" ", cursor) or not _opens_noun(text[cursor + 1 : cursor + 2]):
                break
            following = _WORD.match(text, cursor, end)
            if following is None:
                break
            token = following[1]
            if token.isdigit():
                if len(token) > 4 or text[following.end() : following.end() + 1] in (".", ":"):
                    break
            elif _VERSION.fullmatch(token):
                pass
            elif not token[0].isupper() or token in predicates:
                break
        cursor, last = following.end(1), following[1]
    return cursor


def _opens_noun(character: str) -> bool:
    return character.isupper() or character.isdigit()


def _is_singular_masculine(nouns: str) -> bool:
    """Whether "der" before a noun makes a subject ("der Ausbau") and no genitive."""
    noun = nouns.split(" ")[0]
    return gender_of(noun) == "m" and not noun.endswith(("er", "el", "en"))


def _attribute(text: str, pos: int, end: int, *, pairs: bool) -> Nucleus | None:
    """The attribute that follows at ``pos``: genitive, or preposition and noun phrase."""
    if text[pos : pos + 1] not in (" ", "("):
        return None
    bracket = _BRACKET.match(text, pos, end)
    match = _WORD.match(text, bracket.end() if bracket else pos, end)
    if match is None or not match[0].startswith(" "):
        return None
    word = match[1]
    kind = word_classes().get(word)
    if word in genitive_articles():
        found = _nucleus(text, match.start(), end, "genitive")[0]
        if word == "der" and found is not None and _is_singular_masculine(text[found.noun : found.end]):
            return None
    elif word == "rund":
        inner = _WORD.match(text, match.end(), end)
        found = _nucleus(text, inner.end(), end, "um")[0] if inner and inner[1] == "um" else None
    elif kind == "contraction":
        found = _nucleus(text, match.start(), end, word)[0]
    elif kind == "attribute":
        found = _nucleus(text, match.end(), end, word)[0]
    elif kind is None and word[0].islower():
        found = _nucleus(text, match.start(), end, "genitive")[0]
        if found is not None and not text[found.start : found.noun].endswith(("er", "er ")):
            return None
    else:
        return None
    if found is None or text[found.noun : found.end].split(" ")[0] in temporal_nouns():
        return None
    coordination = _COORDINATION.match(text, found.end, end) if pairs and found.link != "genitive" else None
    if coordination:
        other = _WORD.match(text, coordination.end(), end)
        if other and _CLOSED.match(text, other.end(), end):
            return found._replace(end=other.end(1))
    return found
