"""A tokenizer for pipelines that look at spans, not at tokens: fast, and linear on any text.

It parts words, numbers and punctuation by one regular expression, so that every span a rule finds
begins and ends with a token ("12./13. Mai" has six). spaCy's own German tokenizer keeps
abbreviations whole, which takes six times as long, and it looks at a run without white space again
for each affix it takes off, which takes quadratic time on hostile text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, registry
from spacy.vocab import Vocab

_TOKEN = re.compile(r"(\w{1,200}(?:[-'’]\w{1,200}){0,8}|[^\w\s]|\s)( ?)")
"""A word with its inner hyphens, a mark, or white space, and the blank behind it."""


class WordTokenizer(DummyTokenizer):
    """Parts a text into words, marks and white space; ``Doc.text`` equals the text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokenise a text."""
        pairs = _TOKEN.findall(text)
        return Doc(self.vocab, words=[word for word, _ in pairs], spaces=[bool(blank) for _, blank in pairs])

    def __reduce__(self) -> tuple[type[WordTokenizer], tuple[Vocab]]:
        """Pickle by the vocabulary, for ``nlp.pipe(n_process=2)`` where processes are spawned."""
        return WordTokenizer, (self.vocab,)


def make_tokenizer(nlp: Language) -> WordTokenizer:
    """Make the tokenizer of a pipeline."""
    return WordTokenizer(nlp.vocab)


def create_word_tokenizer() -> Callable[[Language], WordTokenizer]:
    """Name the tokenizer for spaCy configs: ``[nlp.tokenizer] @tokenizers = "extractor.word_tokenizer.v1"``."""
    return make_tokenizer


registry.tokenizers("extractor.word_tokenizer.v1", func=create_word_tokenizer)
