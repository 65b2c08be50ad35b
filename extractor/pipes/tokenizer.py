"""A tokenizer that stays linear on hostile text.

spaCy's rule tokenizer looks at a run without white space again for each affix it takes off, so its
time grows with the square of the run. Words are short; only hostile or broken input has runs of
thousands of characters. Such runs are cut into pieces first, everything else goes through unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.language import create_tokenizer as create_rule_tokenizer
from spacy.tokens import Doc
from spacy.util import registry

LONGEST_RUN = 300
"""The longest run without white space that is tokenised in one piece."""

_LONG_RUN = re.compile(r"\S+")


class BoundedTokenizer:
    """A guard around a spaCy tokenizer: the tokens of ``inner``, in linear time on any text."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def __call__(self, text: str) -> Doc:
        """Tokenise a text; ``Doc.text`` equals it."""
        if max(map(len, text.split()), default=0) <= LONGEST_RUN:
            doc: Doc = self.inner(text)
            return doc
        words: list[str] = []
        spaces: list[bool] = []
        for piece in _pieces(text):
            for token in self.inner(piece):
                words.append(token.text)
                spaces.append(bool(token.whitespace_))
        return Doc(self.inner.vocab, words=words, spaces=spaces)

    def __getattr__(self, name: str) -> Any:
        """Everything else (``explain``, ``add_special_case``, ``rules``) is the inner tokenizer's."""
        if name == "inner":
            raise AttributeError(name)
        return getattr(self.inner, name)

    def __reduce__(self) -> tuple[type[BoundedTokenizer], tuple[Any]]:
        """Pickle by the inner tokenizer, for ``nlp.pipe(n_process=2)`` where processes are spawned."""
        return BoundedTokenizer, (self.inner,)

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Tokenise a stream of texts."""
        return map(self, texts)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Serialise the inner tokenizer."""
        data: bytes = self.inner.to_bytes(exclude=list(exclude))
        return data

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> BoundedTokenizer:
        """Load the inner tokenizer."""
        self.inner.from_bytes(data, exclude=list(exclude))
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Serialise the inner tokenizer to a file."""
        self.inner.to_disk(path, exclude=list(exclude))

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> BoundedTokenizer:
        """Load the inner tokenizer from a file."""
        self.inner.from_disk(path, exclude=list(exclude))
        return self


def _pieces(text: str) -> Iterator[str]:
    """The text in order, cut within long runs only; each piece but the last ends before a cut."""
    cursor = 0
    for run in _LONG_RUN.finditer(text):
        if run.end() - run.start() > LONGEST_RUN:
            for cut in chain(range(run.start() + LONGEST_RUN, run.end(), LONGEST_RUN), (run.end(),)):
                yield text[cursor:cut]
                cursor = cut
    if cursor < len(text):
        yield text[cursor:]


def make_tokenizer(nlp: Language) -> BoundedTokenizer:
    """Give a pipeline its language's tokenizer with the guard around it."""
    return BoundedTokenizer(create_rule_tokenizer()(nlp))


def create_bounded_tokenizer() -> Callable[[Language], BoundedTokenizer]:
    """Name the tokenizer for spaCy configs: ``[nlp.tokenizer] @tokenizers = "extractor.bounded_tokenizer.v1"``."""
    return make_tokenizer


registry.tokenizers("extractor.bounded_tokenizer.v1", func=create_bounded_tokenizer)
