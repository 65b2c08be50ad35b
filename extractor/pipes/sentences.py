"""Sentence boundaries of German text.

A full stop ends a sentence unless it belongs to an ordinal ("am 3. Juli", "Friedrich II. von"), an
abbreviation ("Dr.", "z. B.", "e. V.") or an initial ("J. Müller"). Where it could be either, the
next word decides: articles, pronouns, prepositions and the like are capitalised only when they
open a sentence. Every block boundary is a sentence boundary.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from extractor.document import Block, BlockKind
from extractor.lang.lexicon import Lexicon, load_lexicon
from extractor.pipes.reading import Reading, blocks_of, read, reading_of, text_of

KEY = "extractor.sentences"

_OPENING, _CLOSING = "\"'„“”‚‘»«›‹([–—-", "\"'“”‘’»«›‹)\\]"
_CANDIDATE = re.compile(
    rf"[.!?…](?P<more>[.!?…]{{0,9}})(?P<close>[{_CLOSING}]{{0,4}})(?:[ ]{{1,9}}|(?=[A-ZÄÖÜ][a-zäöü]))"
    rf"(?P<open>[{re.escape(_OPENING)} ]{{0,4}})(?P<next>\w{{1,40}})"
)
_LETTERS = "abcdefghijklmnopqrstuvwxyzäöüßABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ"
_DIGITS = "0123456789"
_REACH = 32
_ROMAN = frozenset("IVXLCDM")
_LONGEST_PART = 3
_VOWELS = frozenset("aeiouyäöüAEIOUYÄÖÜ")


class SentenceCues(Lexicon):
    """The word lists of ``sentences.toml``; each is described there."""

    before_name: frozenset[str]
    perhaps: frozenset[str]
    closing: frozenset[str]
    never_parts: frozenset[str]
    perhaps_parts: frozenset[str]
    openers: frozenset[str]
    counted: frozenset[str]


@lru_cache(maxsize=1)
def _cues() -> SentenceCues:
    cues: SentenceCues = load_lexicon("sentences", SentenceCues)
    return cues


class _Endings(NamedTuple):
    """How text before a full stop ends that belongs to an abbreviation with several parts."""

    never: tuple[str, ...]
    perhaps: tuple[str, ...]


@lru_cache(maxsize=1)
def _endings() -> _Endings:
    cues = _cues()
    return _Endings(
        *(
            tuple(before + parts.replace(" ", "") for parts in sorted(phrases) for before in (" ", "."))
            for phrases in (cues.never_parts, cues.perhaps_parts)
        )
    )


@lru_cache(maxsize=2)
def sentence_bounds(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of a reading's text, offsets half-open; a line never holds part of the next line's.

    The last results are kept, since several pipes ask for the same text one after the other.
    """
    cues = _cues()
    bounds: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        begin = start
        for candidate in _CANDIDATE.finditer(text, start, end):
            cut = candidate.end("close")
            if _ends_sentence(text, begin, candidate, cues):
                bounds.append((begin, cut))
                begin = cut + (text[cut] == " ")
        if begin < end:
            bounds.append((begin, end))
        start = end + 1
    return tuple(bounds)


def _ends_sentence(text: str, begin: int, candidate: re.Match[str], cues: SentenceCues) -> bool:
    """Whether the sentence that began at ``begin`` ends at the candidate."""
    following = candidate["next"]
    opens = following.lower() in cues.openers and not following[1:].isupper()
    stop, at = text[candidate.start()], candidate.start()
    if following[0].islower():
        return False
    if candidate.end("close") == candidate.start("open"):
        return opens and not candidate["close"] and text[at - 3 : at].islower() and text[at - 3 : at].isalpha()
    if stop in "!?":
        if text[at - 1 : at] == " ":
            return opens
        return opens or not candidate["close"] or not _closes_title(text, begin, candidate.start("close"))
    if stop == "…" or candidate["more"]:
        return opens
    before = text[max(begin, at - _REACH) : at]
    if not before or not before[-1].isalnum():
        return not before.endswith(" ")
    number = before[len(before.rstrip(_DIGITS)) :]
    if number:
        return _ends_with_number(before, number, following, opens, cues)
    return _ends_with_word(before, at - begin, following, opens, cues)


def _ends_with_number(before: str, number: str, following: str, opens: bool, cues: SentenceCues) -> bool:
    """Whether a number with a full stop ends the sentence, and is not an ordinal or part of a date."""
    if before == number:
        return False
    if opens or len(number) >= 4:
        return not following[0].isdigit() or len(number) >= 4
    words = before[: -len(number)].split()
    return before[-len(number) - 1] == "," or (bool(words) and words[-1].lower() in cues.counted)


def _ends_with_word(before: str, length: int, following: str, opens: bool, cues: SentenceCues) -> bool:
    """Whether a word with a full stop ends the sentence, and is not an abbreviation or an initial."""
    word = before[len(before.rstrip(_LETTERS)) :]
    folded = word.lower()
    if before[: -len(word)].endswith(("'", "’")):
        return True
    if len(word) <= _LONGEST_PART and "." in before:
        shortened = " " + before.lower().replace("(", " ").replace(". ", ".")
        if shortened.endswith(_endings().never):
            return False
        if shortened.endswith(_endings().perhaps):
            return opens
    if folded in cues.before_name or folded.endswith("nr"):
        return False
    if folded in cues.closing:
        return following[0].isupper()
    if folded in cues.perhaps or folded.endswith("str") or _ROMAN.issuperset(word) or len(word) == 1:
        return opens
    if not word.isupper() and _VOWELS.isdisjoint(word):
        return opens or not word
    if length <= 4 or (following[0].isdigit() and len(word) <= 4 and word[0].isupper()):
        return opens
    return True


def _closes_title(text: str, begin: int, at: int) -> bool:
    """Whether the quotation that ends at ``at`` is a title within the sentence, not a speech."""
    opening = max(text.rfind(quote, max(begin, at - 2 * _REACH), at - 1) for quote in '„»«‚"“')
    return opening > begin and text[begin:opening].rstrip()[-1:] not in (":", ",", "")


def sentence_starts(text: str, blocks: Sequence[Block], ranges: Sequence[Sequence[int]]) -> list[int]:
    """Where sentences begin in the source, markers before a block belonging to its first sentence."""
    starts: list[int] = []
    following = iter(ranges)
    current = next(following, None)
    end = 0
    for block in blocks:
        gap = text[end : block.start]
        starts.append(end + len(gap) - len(gap.lstrip()) if gap.strip() else block.start)
        inner = False
        while current is not None and current[0] < block.end:
            if inner:
                starts.append(current[0])
            inner = True
            current = next(following, None)
        end = block.end
    return starts


def source_ranges(reading: Reading) -> list[list[int]]:
    """The sentences of a reading as half-open ranges of the source, in order."""
    return [list(reading.source(start, end)) for start, end in sentence_bounds(reading.text)]


def sentences_of(doc: Doc) -> list[list[int]]:
    """The sentences of what a ``Doc`` tells, as half-open ranges of ``doc.text``: repeats are left out."""
    if KEY not in doc.user_data:
        doc.user_data[KEY] = source_ranges(reading_of(doc))
    ranges: list[list[int]] = doc.user_data[KEY]
    return ranges


def set_sentences(doc: Doc) -> Doc:
    """Mark every token of a ``Doc`` as opening a sentence or not, and store the sentences' ranges."""
    doc.user_data.pop(KEY, None)
    ranges = sentences_of(doc)
    if not len(doc):
        return doc
    blocks = blocks_of(doc)
    repeats = [Block(BlockKind.PARAGRAPH, b.start, b.end) for b in blocks if b.kind is BlockKind.REPEAT]
    if repeats:
        ranges = sorted([*ranges, *source_ranges(read(text_of(doc), repeats))])
    starts = sentence_starts(text_of(doc), blocks, ranges)
    opens: Any = np.full((len(doc), 1), -1, dtype=np.int64)
    tokens = np.searchsorted(doc.to_array(["IDX"]).ravel(), np.asarray(starts, dtype=np.uint64))
    opens[tokens[tokens < len(doc)]] = 1
    opens[0] = 1
    doc.from_array(["SENT_START"], opens.astype(np.uint64))
    return doc


@Language.factory("german_sentences", assigns=["token.is_sent_start", "doc.sents"])
def make_german_sentences(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Make the component that sets sentence boundaries by rules for German."""
    _cues()
    return set_sentences
