"""Repeats: text that stands twice, also when the copies differ a little.

A block is compared with the earlier blocks that share most of its word pairs, which an index of
word pairs finds in time that grows with the text (shingling: Broder, "On the resemblance and
containment of documents", 1997). Containment is measured, not resemblance, so a copy may have its
paragraphs cut or joined in other places. What tells two similar passages apart (numbers, months,
weekdays, ordinals, single letters) must be the same, with the same neighbours; other words may
differ only if they look like an earlier word, or if they are few.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise

from extractor.blocks.boilerplate import BoilerplateCues
from extractor.document import BlockKind
from extractor.lang.lexicon import load_lexicon

_FEWEST_WORDS = 8
_FEWEST_EXACT = 5
_LONG_WORD = 4
_MOST_CANDIDATES = 4
_SAME_PAIRS, _SAME_WORDS = 0.55, 0.78
_WORDS_PER_CHANGE, _WORDS_PER_NOUN = 14, 40
_BEGINNING, _ENDING = 6, 7
_WORDS = re.compile(r"\w+")
_BROKEN = re.compile(r"(?<=[a-zäöüß])[-\u2010]\s{0,20}[\r\n]\s{0,20}(?=[a-zäöüß])")

Pair = tuple[str, str]


class Repeats:
    """What has been read so far, and the search for a new block's original in it."""

    def __init__(self, distinguishing: frozenset[str]) -> None:
        self.distinguishing = distinguishing
        self.texts: list[str] = []
        self.exact: dict[str, int] = {}
        self.seen: set[str] = set()
        self.pending: list[tuple[int, Sequence[str]]] = []
        self.pairs: dict[Pair, int] = {}
        self.vocabularies: dict[int, _Vocabulary] = {}

    def original(self, at: int, words: Sequence[str]) -> int | None:
        """The earlier block that the block numbered ``at`` repeats in other words or in part, if any."""
        long = [word for word in words[:-1] if len(word) > _LONG_WORD]
        if not long or sum(map(self.seen.__contains__, long)) < _SAME_PAIRS * len(long):
            return None
        self._index()
        hits = Counter([self.pairs[pair] for pair in _indexed(words) if pair in self.pairs])
        ranked = sorted(hits, key=lambda candidate: (-hits[candidate], candidate))[:_MOST_CANDIDATES]
        if not ranked or sum(hits[candidate] for candidate in ranked) < _SAME_PAIRS * len(long):
            return None
        sources = [
            self._vocabulary(candidate) for candidate in ranked if abs(candidate - ranked[0]) <= _MOST_CANDIDATES
        ]
        return ranked[0] if self._is_contained(_WORDS.findall(self.texts[at]), sources) else None

    def remember(self, at: int, words: Sequence[str]) -> None:
        """Make the block findable."""
        self.seen.update(words)
        self.pending.append((at, words))

    def _index(self) -> None:
        """Index the word pairs of the blocks remembered since it was last done; few texts ever need it."""
        for at, words in self.pending:
            for pair in _indexed(words):
                self.pairs.setdefault(pair, at)
        self.pending.clear()

    def _vocabulary(self, at: int) -> _Vocabulary:
        if at not in self.vocabularies:
            self.vocabularies[at] = _Vocabulary(_WORDS.findall(self.texts[at].lower()))
        return self.vocabularies[at]

    def _is_contained(self, written: Sequence[str], sources: Sequence[_Vocabulary]) -> bool:
        """Whether earlier blocks hold a block's words, but for what an edit may have changed."""
        words = [word.lower() for word in written]
        pairs = list(pairwise(words))
        if sum(any(pair in source.pairs for source in sources) for pair in pairs) < _SAME_PAIRS * len(pairs):
            return False
        new = [at for at, word in enumerate(words) if not any(word in source.words for source in sources)]
        if len(words) - len(new) < _SAME_WORDS * len(words) or any(self._distinguishes(words[at]) for at in new):
            return False
        changed = [at for at in new if not any(source.resembles(words[at]) for source in sources)]
        nouns = sum(written[at][0].isupper() for at in changed)
        if len(changed) * _WORDS_PER_CHANGE > len(words) or nouns * _WORDS_PER_NOUN > len(words):
            return False
        return all(self._agrees(words, at, sources) for at, word in enumerate(words) if self._distinguishes(word))

    def _distinguishes(self, word: str) -> bool:
        return word in self.distinguishing or len(word) == 1 or not word.isalpha()

    def _agrees(self, words: Sequence[str], at: int, sources: Sequence[_Vocabulary]) -> bool:
        """Whether a number, month or ordinal stands next to the same words as in the original."""
        before = at == 0 or any((words[at - 1], words[at]) in source.pairs for source in sources)
        after = at + 1 == len(words) or any((words[at], words[at + 1]) in source.pairs for source in sources)
        if before and after:
            return True
        other = words[at - 1] if after else words[at + 1]
        return (before or after) and not self._distinguishes(other)


def _indexed(words: Sequence[str]) -> list[Pair]:
    """The word pairs that the index holds: those that begin with a longer word."""
    return [pair for pair in pairwise(words) if len(pair[0]) > _LONG_WORD]


class _Vocabulary:
    """The words, word pairs, beginnings and endings of a block, in lower case."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = frozenset(words)
        self.pairs = frozenset(pairwise(words))
        self.beginnings = frozenset(word[:_BEGINNING] for word in words if len(word) >= _BEGINNING)
        self.endings = frozenset(word[-_ENDING:] for word in words if len(word) >= _ENDING)

    def resembles(self, word: str) -> bool:
        """Whether a word looks like one of the block with a letter too many, or begins or ends as one does."""
        return word[1:] in self.words or word[:_BEGINNING] in self.beginnings or word[-_ENDING:] in self.endings


@lru_cache(maxsize=1)
def distinguishing_words() -> frozenset[str]:
    """Months, weekdays, ordinals and number words, in lower case."""
    lexicon: BoilerplateCues = load_lexicon("boilerplate", BoilerplateCues)
    return lexicon.distinguishing


def find_repeats(texts: Sequence[str], kinds: Sequence[BlockKind], is_label: Callable[[str], bool]) -> list[bool]:
    """Tell of each block whether it repeats an earlier one.

    ``texts`` and ``kinds`` are those of the blocks, in order; ``is_label`` says which begin with a
    label ("Ort: ..."), which recur for good reason as rows and short items do. Boilerplate is
    neither a repeat nor an original.
    """
    considered = [at for at, kind in enumerate(kinds) if kind is not BlockKind.BOILERPLATE]
    repeats = Repeats(distinguishing_words())
    keys: list[str] = []
    originals: list[int | None] = []
    for at, block in enumerate(considered):
        text = unbroken(texts[block])
        repeats.texts.append(text)
        words = text.lower().split()
        keys.append(" ".join(words))
        original = repeats.exact.setdefault(keys[at], at)
        originals.append(None)
        if kinds[block] is BlockKind.TABLE_ROW or (len(words) < 2 * _FEWEST_WORDS and is_label(texts[block])):
            continue
        if original < at and _tells_enough(words, kinds[block]):
            originals[at] = original
        elif len(words) >= _FEWEST_WORDS:
            originals[at] = repeats.original(at, words)
            if originals[at] is None:
                repeats.remember(at, words)
    _extend(originals, keys)
    found = [False] * len(texts)
    for at, block in enumerate(considered):
        found[block] = originals[at] is not None
    return found


def unbroken(text: str) -> str:
    """The text of a block with the words joined that a line end or a soft hyphen parts."""
    if "\u00ad" in text:
        text = text.replace("\u00ad", "")
    if "\n" in text:
        text = _BROKEN.sub("", text)
    return text


def _tells_enough(words: Sequence[str], kind: BlockKind) -> bool:
    """Whether a block that equals an earlier one must be its copy."""
    if len(words) >= _FEWEST_WORDS:
        return True
    plain = kind is BlockKind.PARAGRAPH or kind is BlockKind.HEADING
    return (
        plain and len(words) >= _FEWEST_EXACT and not any(character.isdigit() for word in words for character in word)
    )


def _extend(originals: list[int | None], keys: Sequence[str]) -> None:
    """Make equal short neighbours of a repeat part of the repeated run."""
    for step, order in ((1, range(1, len(originals))), (-1, range(len(originals) - 2, -1, -1))):
        for at in order:
            neighbour = originals[at - step]
            if originals[at] is not None or neighbour is None:
                continue
            original = neighbour + step
            if 0 <= original < at and keys[original] == keys[at]:
                originals[at] = original
