"""Whether a sentence speaks of another event than the one the text reports: the next, the last, "die 5.".

What those are about is no topic of the text's own event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from extractor.pipes.event_heads import event_word
from extractor.pipes.numbers import ordinal

# The patterns begin with a literal where they can, so that the regex engine skips to candidates.
_SENTENCE_END = re.compile(r"[.!?\n](?:(?<=\n)|(?<=[a-zäöüß\d)“”»\"]{2}[.!?])[“”»\"]? (?=[A-ZÄÖÜ„»\"]))")
_OTHER_STEMS = ("ächst", "aechst", "ommend", "olgend", "orherig", "orig", "etzt", "orangegangen", "eiter", "rüher")
_OTHER = re.compile(
    rf"(?:{'|'.join(_OTHER_STEMS)})e[nrsm]? "
    r"(?:[a-zäöüß]{1,30} )?([A-ZÄÖÜ][\w-]{1,60})"
)
_NUMBERED = re.compile(r" (?:(?<=te )|(?<=te[nrs] )|(?<=[\dIVX]\. ))([A-ZÄÖÜ][\w-]{1,60})")
_EVENT_STAND_INS = frozenset({"Termin", "Ausgabe", "Auflage", "Staffel", "Veranstaltung", "Treffen", "Mal"})
_REACH, _LONGEST_ORDINAL = 400, 30


def sentence_around(text: str, position: int) -> tuple[int, int]:
    """Bounds of the sentence that holds a position, within some hundred characters."""
    left = max(text.rfind("\n", max(0, position - _REACH), position) + 1, position - _REACH, 0)
    for match in _SENTENCE_END.finditer(text, left, position):
        left = match.end()
    end = _SENTENCE_END.search(text, position, position + _REACH)
    return left, end.start() if end else min(len(text), position + _REACH)


def sentence_ends(text: str) -> Iterator[int]:
    """Offsets behind the sentences of a text, but for the last."""
    return (match.end() for match in _SENTENCE_END.finditer(text))


class OtherEvents:
    """Tells sentences on other events from those on the text's own, its first numbered one."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _main(self) -> tuple[int, str] | None:
        return _numbered_event(self._text, 0, len(self._text))

    def told_at(self, position: int) -> bool:
        """Whether the sentence at a position tells of another event."""
        start, end = sentence_around(self._text, position)
        sentence = self._text[start:end]
        if any(stem in sentence for stem in _OTHER_STEMS):
            for match in _OTHER.finditer(sentence):
                if event_word(match[1]) or match[1] in _EVENT_STAND_INS:
                    return True
        numbered = _numbered_event(self._text, start, end)
        return (
            numbered is not None and self._main is not None and numbered[1] == self._main[1] and numbered != self._main
        )


def _numbered_event(text: str, start: int, end: int) -> tuple[int, str] | None:
    """The first event with an ordinal in ``text[start:end]``: its number and the event's head."""
    for match in _NUMBERED.finditer(text, start, end):
        number = ordinal(text[max(start, match.start() - _LONGEST_ORDINAL) : match.start()].rpartition(" ")[2])
        event = event_word(match[1])
        if number is not None and event is not None:
            return number, event.lemma
    return None
