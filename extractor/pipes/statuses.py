"""The spaCy component ``german_statuses``: cues for whether an event is planned, held, cancelled or postponed.

Rule ids read ``status.<status>.<cue>``. A cue's span is what expresses it: a word or phrase; with a
separable verb the stretch from verb to particle ("findet am 5. Mai statt"); with a participle or an
infinitive the stretch from or to its auxiliary ("wird auf Juni verschoben"), or the word alone where
the auxiliary is far away. ``held.tense`` and ``held.preterite`` tell no more than a past tense and
are weak; a text's main status needs more than one of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from extractor.pipes.clauses import clauses_of, lower, words_of
from extractor.pipes.reading import reading_of, register, set_spans
from extractor.pipes.status_cues import (
    Compiled,
    Cue,
    CueIndex,
    Entry,
    Finite,
    Nonfinite,
    StatusName,
    Wording,
    cue_index,
)
from extractor.pipes.values import Status

KEY = "statuses"

_CLAUSE_END = re.compile(r"[.,;:!?)\]|\n“”\"«»]| [–—-] | (?:und|oder|sowie|bzw)\b|$")
_ADJUNCT = re.compile(r" (?:am|im|in|um|von|vom|ab|auf|mit|bei|beim|vor|für|nach|zu|zum|zur|wie|als|unter|über|an)\b")
_OPENINGS = (": ", "– ", "- ")
"""What stands before a word in capitals that opens a clause: "Betreff: Verschoben!"."""
_CALLED_OFF = ("cancelled", "postponed")
_CLAUSE_MARKS = ",;:–("
"""What stands before the first word of a clause, a blank between."""
_LONGEST_STRETCH, _SENTENCE_REACH, _MOST_WORDS, _NEAR = 220, 300, 40, 3
_NEGATION_REACH, _WITHOUT_PARTICLE_REACH = 4, 24


def find_statuses(text: str) -> list[Status]:
    """Find cues for a status in a reading's text; offsets are those of ``text``.

    A cue inside a longer one of the same status is left out.
    """
    finder = _Finder(text)
    kept: list[Status] = []
    for status in sorted(finder.cues(), key=lambda status: (status["start"], -status["end"])):
        if not any(status["end"] <= other["end"] and status["status"] == other["status"] for other in kept[-_NEAR:]):
            kept.append(status)
    return kept


class _Finder:
    """One text with its words and sentences, and the cues to look for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words_of(text)
        self.sentences = clauses_of(text)
        self.index: CueIndex = cue_index()
        self._last_sentence = (0, 0)

    def cues(self) -> Iterator[Status]:
        entries = self.index.entries
        for position in [index for index, word in enumerate(self.words.texts) if word in entries]:
            for entry in entries[self.words.texts[position]]:
                status = self._cue(entry, position)
                if status is not None:
                    yield status

    def _cue(self, entry: Entry, position: int) -> Status | None:
        if isinstance(entry, Wording):
            start = self.words.starts[position] - entry.trigger_offset
            end = start + len(entry.text)
            return self._phrase(entry, start, end) if self.text[start:end].lower() == entry.text else None
        if isinstance(entry, Compiled):
            match = entry.expression.match(self.text, self.words.starts[position])
            return self._found(entry.cue.status, f"status.{entry.cue.rule}", *match.span()) if match else None
        if self._is_noun(position):
            return None
        if isinstance(entry, Finite):
            return self._joined(entry, position) if entry.joined else self._separable(entry, position)
        return self._nonfinite(entry, position)

    def _separable(self, entry: Finite, position: int) -> Status | None:
        """Read "findet ... statt": the verb at ``position``, its particle later in the sentence."""
        cue, (_, last) = entry.cue, self._sentence(position)
        following = self.words.texts[position + 1 : min(last, position + _MOST_WORDS)]
        if cue.particle in following:
            for index, word in enumerate(following, position + 1):
                if word == cue.particle and self._ends_clause(cue.particle_before, cue.lenient, index):
                    return self._status(cue, entry.status, position, position, index)
        if cue.without_particle.isdisjoint(following[: _WITHOUT_PARTICLE_REACH - 1]):
            return None
        return self._status(cue, entry.status, position, position, position)

    def _ends_clause(self, before: frozenset[str], lenient: bool, position: int) -> bool:
        end = self.words.end(position)
        if _CLAUSE_END.match(self.text, end) or (lenient and _ADJUNCT.match(self.text, end)):
            return True
        return position + 1 < len(self.words.texts) and self.words.texts[position + 1] in before

    def _joined(self, entry: Finite, position: int) -> Status | None:
        """Read "stattfindet", one word."""
        return self._status(entry.cue, entry.status, max(position - _NEGATION_REACH, 0), position, position)

    def _nonfinite(self, cue: Nonfinite, position: int) -> Status | None:
        """A participle or infinitive with its auxiliary, which may follow it or come earlier in the sentence."""
        first, last = self._sentence(position)
        auxiliary = self._auxiliary(cue, position, first, last)
        if auxiliary is None:
            after = position > first and self.words.texts[position - 1] in cue.alone_after
            if cue.alone is None or (cue.alone_after and not after):
                return None
            return self._status(cue, cue.alone, max(position - _NEGATION_REACH, first), position, position)
        status = cue.auxiliaries[self.index.auxiliaries[self.words.texts[auxiliary]]]
        if cue.needs and cue.needs not in self.words.texts[auxiliary:position]:
            return None
        negatable = max(min(auxiliary, position), max(position - _MOST_WORDS, first))
        if auxiliary > position:
            negatable = max(position - _NEGATION_REACH, first)
        start, end = min(auxiliary, position), max(auxiliary, position)
        if self.words.end(end) - self.words.starts[start] > _LONGEST_STRETCH:
            start = end = position
        return self._status(cue, status, negatable, start, end, word=position)

    def _auxiliary(self, cue: Nonfinite, position: int, first: int, last: int) -> int | None:
        """Find the auxiliary: right after the word, else the nearest one before it that decides."""
        groups, texts = self.index.auxiliaries, self.words.texts
        after = position + 1
        if after < last and groups.get(texts[after]) in cue.auxiliaries and self._adjacent(position):
            return after
        for candidate in range(position - 1, max(first, position - _MOST_WORDS) - 1, -1):
            if groups.get(texts[candidate]) in cue.auxiliaries and self._governs(candidate):
                return candidate
        return None

    def _governs(self, position: int) -> bool:
        """Whether the auxiliary may have a verb to come: one before a comma ends its own clause."""
        return self.text[self.words.end(position) : self.words.end(position) + 1] not in (",", ".")

    def _adjacent(self, position: int) -> bool:
        """Whether only a blank stands between a word and the next."""
        return self.words.starts[position + 1] == self.words.end(position) + 1

    def _is_noun(self, position: int) -> bool:
        """Whether the word is capitalised though no sentence begins there: "an zwei Tagen" has no verb."""
        start = self.words.starts[position]
        if not self.text[start].isupper() or self.text[start + 1 : start + 2].isupper():
            return False
        if self.text[max(start - 2, 0) : start] in _OPENINGS:
            return False
        return position > self._sentence(position)[0]

    def _phrase(self, wording: Wording, start: int, end: int) -> Status | None:
        """Read a phrase that stands in ``text[start:end]``, unless it is part of longer words or voided."""
        if self.text[start - 1 : start].isalnum() or self.text[end : end + 1].isalnum():
            return None
        first = self.words.inside(start, end)[0]
        if not self._holds(wording.cue, first, max(first - 2, 0), first):
            return None
        if wording.cue.status in _CALLED_OFF and self._is_condition(first):
            return None
        return self._found(wording.cue.status, f"status.{wording.cue.rule}", start, end)

    def _status(
        self, cue: Cue, status: StatusName, negatable: int, first: int, last: int, word: int | None = None
    ) -> Status | None:
        """The cue in the words ``first`` to ``last``, unless voided; a negation from ``negatable`` on turns it."""
        anchor = last if word is None else word
        if not self._holds(cue, first if word is None else word, None, None):
            return None
        if self._is_negated(negatable, anchor):
            words = cue.negated_words if isinstance(cue, Nonfinite) else frozenset[str]()
            if cue.negated is None or (words and self.words.texts[anchor] not in words):
                return None
            status = cue.negated
        if status in _CALLED_OFF and self._is_condition(anchor):
            return None
        return self._found(status, f"status.{status}.{cue.rule}", self.words.starts[first], self.words.end(last))

    def _holds(self, cue: Cue, first: int, negatable: int | None, end: int | None) -> bool:
        """Whether nothing around voids the cue that begins with the word ``first``."""
        texts = self.words.texts
        begin, _ = self._sentence(first)
        if first > begin and texts[first - 1] in cue.unless_before:
            return False
        if negatable is not None and end is not None and self._is_negated(max(negatable, begin), end):
            return False
        if cue.unless_near or (isinstance(cue, Nonfinite) and cue.near):
            sentence = self._near(self.words.starts[first])
            if any(near in sentence for near in cue.unless_near):
                return False
            if isinstance(cue, Nonfinite) and cue.near and not self.index.near[cue.rule].search(sentence):
                return False
        return True

    def _near(self, position: int) -> str:
        """The sentence around ``position``, lower case, as far as it is near."""
        left, right = self.sentences.around(position)
        return lower(self.text[max(left, position - _SENTENCE_REACH) : min(right, position + _SENTENCE_REACH)])

    def _is_condition(self, cue: int) -> bool:
        """Whether the sentence of a cue's word makes it conditional: "Bei Sturm entfällt die Runde"."""
        first, last = self._sentence(cue)
        conditions, texts = self.index.negation.conditions, self.words.texts
        for position in range(max(first, cue - _MOST_WORDS), cue):
            opens = position == first or self.text[self.words.starts[position] - 2] in _CLAUSE_MARKS
            if opens and texts[position] in conditions.first:
                return texts[position + 1] not in conditions.first_unless_followed_by
        return any(
            (texts[position] in conditions.anywhere and texts[position - 1] not in conditions.unless_after)
            or (texts[position] in conditions.weather and "bei" in texts[max(first, position - 2) : position])
            for position in range(first, min(last, first + _MOST_WORDS))
        )

    def _is_negated(self, first: int, last: int) -> bool:
        """Whether a negation in the words ``first`` to ``last`` holds up to ``last``."""
        negation, texts = self.index.negation, self.words.texts
        for position in range(last - 1, first - 1, -1):
            if texts[position] in negation.void_between:
                return False
            if texts[position] in negation.words:
                return texts[position + 1] not in negation.void_after
        return False

    def _sentence(self, position: int) -> tuple[int, int]:
        """The range of the words in the sentence of the word at ``position``, from its first non-empty one."""
        first, last = self._last_sentence
        if not first <= position < last:
            first, last = self.words.inside(*self.sentences.around(self.words.starts[position]))
            while first < position and not self.words.texts[first]:
                first += 1
            self._last_sentence = first, last
        return first, last

    @staticmethod
    def _found(status: StatusName, rule: str, start: int, end: int) -> Status:
        return Status(start=start, end=end, rule=rule, status=status)


@Language.factory("german_statuses")
def make_german_statuses(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Create the component that fills ``doc.spans["statuses"]``."""
    register(KEY)
    cue_index()

    def statuses(doc: Doc) -> Doc:
        reading = reading_of(doc)
        for value in (values := find_statuses(reading.text)):
            value["start"], value["end"] = reading.source(value["start"], value["end"])
        set_spans(doc, KEY, values)
        return doc

    return statuses
