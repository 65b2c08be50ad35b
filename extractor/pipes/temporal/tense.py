"""Where a sentence looks: back to what was, or forward to what is planned."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from extractor.pipes.temporal.lexicon import word_sets
from extractor.pipes.temporal.meanings import Candidate
from extractor.pipes.temporal.rules import word_before
from extractor.pipes.temporal.scanner import Scan

SENTENCE_REACH = 300
"""Characters around an expression within which its sentence is looked at."""
_NEXT_SENTENCE = 60
_CLAUSE_REACH = 120
_CLAUSE_END = re.compile(r"[,;:.!?\n](?!\d)")
_PRETERITE = re.compile(r"ten?\b(?<=[a-zäöüß]{4})")
_PERFECT = re.compile(
    r"(?:hat|haben|ist|sind)\b[^.\n]{1,150}"
    r"\b(?:(?:[a-zäöüß]{2,12})?ge[a-zäöüß]{2,20}|[a-zäöüß]{2,20}ier|(?:be|ver|er|ent)[a-zäöüß]{3,20})(?:t|en)\b"
)
_PRESENT = re.compile(r"[Ww]ir (?![a-zäöüß]+ten\b)[a-zäöüß]{2,20}en\b")
_CALLS_OFF = re.compile(
    r"\b(?:(?:fällt|fallen) [^.\n]{0,60}\baus\b"
    r"|(?:müssen|muss|wird|werden) [^.\n]{0,80}\b(?:ausfallen|entfallen|abgesagt)\b"
    r"|entfällt\b|(?<!ist )(?<!sind )entfallen\b)"
)
"""A clause that calls something off that is still to come."""
_WILL = re.compile(r"\b(?:wird|werden)\b")
"""The auxiliary of what is to come, which outweighs its participle: "die am 16. Mai vorgestellt werden"."""
_HAS_BEEN = re.compile(r"\b(?:ist|sind|war|waren) [^.\n]{1,80}\bworden\b|\bworden (?:ist|sind|war|waren)\b")
_CALLED_OFF = re.compile(r"\b(?:ab(?:ge|zu)?sag(?:t|en)|ausfallen)\b")
"""A clause that calls something off without telling on which side of the text's own time that lies."""
_SEQUEL = re.compile(
    r"\b(?:weiter geht|geht es weiter|nächste[nrsm]?|folgt|Fortsetzung|kommende[nrsm]?)\b", re.IGNORECASE
)


class Tense:
    """The sentences of a text and the direction in time of each."""

    def __init__(self, text: str, scan: Scan) -> None:
        self.text = text
        self.sentences = scan.sentences
        self.cues = scan.cues
        self.positions = [cue.position for cue in scan.cues]

    def direction(self, candidate: Candidate) -> int:
        """Tell where the candidate's sentence looks: -1 back, 1 forward, 0 no cue."""
        start = candidate.start
        before = word_before(self.text, start)
        if before == "seit":
            return -1
        if before in word_sets().bounds or self.text[max(start - 8, 0) : start].endswith("auf den "):
            return 1
        clause = self._clause(candidate)
        if _CALLS_OFF.search(self.text, *clause):
            return 1
        if _CALLED_OFF.search(self.text, *clause):
            return 0
        if self._is_told(candidate):
            return -1
        if _HAS_BEEN.search(self.text, *clause):
            return -1
        if _WILL.search(self.text, *clause):
            return 1
        low, high = self.sentence(start, candidate.end)
        after = bisect_left(self.positions, start)
        nearest = [
            (abs(self.cues[index].position - start), self.cues[index].direction)
            for index in (after - 1, after)
            if 0 <= index < len(self.cues) and low <= self.cues[index].position < high
        ]
        if nearest:
            return min(nearest)[1]
        if _tells_past(self.text, low, high):
            return -1
        return 1 if _PRESENT.search(self.text, low, high) else 0

    def _is_told(self, candidate: Candidate) -> bool:
        """Tell whether the verb of its own clause is in the past and none of the clause's cues looks elsewhere."""
        low, high = self._clause(candidate)
        between = slice(bisect_left(self.positions, low), bisect_left(self.positions, high))
        return not self.cues[between] and _tells_past(self.text, low, high)

    def is_past_clause(self, candidate: Candidate) -> bool:
        """Tell whether the clause around an expression says what was, and nothing of what will be."""
        low, high = self._clause(candidate)
        cues = self.cues[bisect_left(self.positions, low) : bisect_left(self.positions, high)]
        if cues:
            return all(cue.direction < 0 for cue in cues)
        return _tells_past(self.text, low, high)

    def is_past(self, position: int) -> bool:
        """Tell whether the sentence around a place says what was."""
        return _tells_past(self.text, *self.sentence(position, position))

    def _clause(self, candidate: Candidate) -> tuple[int, int]:
        """Give the offsets of the clause around an expression, as far as it is looked at."""
        before = max(candidate.start - _CLAUSE_REACH, 0)
        low = max((match.end() for match in _CLAUSE_END.finditer(self.text, before, candidate.start)), default=before)
        end = _CLAUSE_END.search(self.text, candidate.end, candidate.end + _CLAUSE_REACH)
        high = end.start() if end is not None else min(candidate.end + _CLAUSE_REACH, len(self.text))
        return low, high

    def is_sequel(self, candidate: Candidate) -> bool:
        """Tell whether the sentence says how things go on."""
        return _SEQUEL.search(self.text, *self.sentence(candidate.start, candidate.end)) is not None

    def is_close(self, before: int, after: int) -> bool:
        """Tell whether two places are in one sentence, or in one block not far apart."""
        if not 0 <= after - before <= SENTENCE_REACH or "\n" in self.text[before:after]:
            return False
        return after - before <= _NEXT_SENTENCE or bisect_right(self.sentences, before) == bisect_right(
            self.sentences, after
        )

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Give the offsets of the sentence around an expression, as far as it is looked at."""
        index = bisect_right(self.sentences, start)
        low = self.sentences[index - 1]
        high = self.sentences[index] if index < len(self.sentences) else len(self.text)
        return max(low, start - SENTENCE_REACH), min(high, end + SENTENCE_REACH)


def _tells_past(text: str, low: int, high: int) -> bool:
    """Tell whether a sentence has a verb in the past; nouns, ordinals and participles in -te are none."""
    for match in _PRETERITE.finditer(text, low, high):
        word = text[text.rfind(" ", max(match.end() - 40, 0), match.end()) + 1 : match.end()]
        if word[:1].islower() and not word.startswith("ge") and word not in word_sets().not_past:
            return True
    return _PERFECT.search(text, low, high) is not None
