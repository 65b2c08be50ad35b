"""A German vocabulary cut from the multilingual one: rarely used pieces go, their words fall into shorter pieces."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from training.ner.model import Shape, Tagger

SIZE = 49152
_SPECIAL = 4
_MORE_LETTERS = "▁€™ẞ−°→•…№²³½¼"


def _is_latin(piece: str) -> bool:
    return all(ord(letter) < 0x250 or 0x2010 <= ord(letter) <= 0x203A or letter in _MORE_LETTERS for letter in piece)


def count_pieces(tokenizer: Tokenizer, words: Counter[str]) -> Counter[int]:
    """How often each piece is used; a word of frequency lists counts 1."""
    counts: Counter[int] = Counter()
    entries = list(words.items())
    for start in range(0, len(entries), 20_000):
        part = entries[start : start + 20_000]
        encodings = tokenizer.encode_batch([word for word, _ in part], add_special_tokens=False)
        for (_, frequency), encoding in zip(part, encodings, strict=True):
            for piece in encoding.ids:
                counts[piece] += frequency
    return counts


def frequency_words() -> Iterable[str]:
    """The German words of `wordfreq`, which has them in lower case, in the cases they may be written in."""
    from wordfreq import get_frequency_dict

    for word in get_frequency_dict("de", "large"):
        yield from {word, word.capitalize(), word.upper() if len(word) < 5 else word}


def prune(tokenizer_file: Path, tagger: Tagger, words: Counter[str], size: int = SIZE) -> tuple[str, Tagger]:
    """The `tokenizer.json` and the tagger of the smaller vocabulary."""
    counts = count_pieces(Tokenizer.from_file(str(tokenizer_file)), words)
    settings: dict[str, Any] = json.loads(tokenizer_file.read_text("utf-8"))
    entries: list[list[Any]] = settings["model"]["vocab"]
    latin = {index for index, (piece, _) in enumerate(entries) if _is_latin(piece)}
    kept = set(range(_SPECIAL))
    for index, (piece, _) in enumerate(entries):
        often = counts[index] >= 2 or len(piece.replace("▁", "")) <= 1
        if (index in latin and often) or counts[index] >= 20:
            kept.add(index)
    by_score = sorted(latin - kept, key=lambda index: (counts[index] == 0, -entries[index][1]))
    kept.update(by_score[: max(0, size - len(kept))])
    order = sorted(kept)
    if len(order) != size:
        raise ValueError(f"{len(order)} pieces are used often, more than the {size} to keep")
    new_ids = {old: new for new, old in enumerate(order)}
    settings["model"]["vocab"] = [entries[index] for index in order]
    settings["added_tokens"] = [
        {**token, "id": new_ids[token["id"]]} for token in settings["added_tokens"] if token["id"] in new_ids
    ]
    smaller = Tagger(Shape(**{**asdict(tagger.shape), "vocabulary": size}))
    state = tagger.state_dict()
    state["words.weight"] = state["words.weight"][torch.tensor(order)].clone()
    smaller.load_state_dict(state)
    return json.dumps(settings, ensure_ascii=False), smaller
