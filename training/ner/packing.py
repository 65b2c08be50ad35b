"""What the program loads: packed embeddings, the list of pieces, and the manifest."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.ner.labels import LABELS

BLOCK = 32
"""Values that share a scale."""
_LEVELS = (-8, 8, 7, -7, 6, -6, 5, -5, 4, -4)


def pack(vectors: NDArray[np.float32]) -> tuple[NDArray[np.uint8], float]:
    """Rows of scales and 4-bit values as `extractor.pipes.ner.network.Embeddings` reads them, and the largest error.

    The embeddings came from 4 bits and were not trained, so a block's scale can be found again: its largest value is
    a small whole number times the scale.
    """
    rows, width = vectors.shape
    blocks = vectors.reshape(-1, BLOCK)
    largest = blocks[np.arange(len(blocks)), np.abs(blocks).argmax(1)]
    errors = np.full(len(blocks), np.inf, np.float32)
    scales = np.zeros(len(blocks), np.float16)
    values = np.zeros(blocks.shape, np.int8)
    for level in _LEVELS:
        scale = (largest / level).astype(np.float16)
        wide = scale.astype(np.float32)[:, None]
        rounded = np.clip(np.rint(blocks / np.where(wide == 0, 1, wide)), -8, 7)
        error = np.abs(rounded * wide - blocks).max(1)
        better = error < errors
        errors[better], scales[better], values[better] = error[better], scale[better], rounded[better]
    unsigned = (values + 8).astype(np.uint8)
    packed = unsigned[:, : BLOCK // 2] | unsigned[:, BLOCK // 2 :] << 4
    together = np.concatenate([scales.reshape(rows, -1).view(np.uint8), packed.reshape(rows, width // 2)], 1)
    return together, float(errors.max())


def round_to_4_bits(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The nearest vectors that `pack` keeps without error."""
    blocks = vectors.reshape(-1, BLOCK)
    largest = blocks[np.arange(len(blocks)), np.abs(blocks).argmax(1)]
    scales = (largest / -8).astype(np.float16).astype(np.float32)[:, None]
    values = np.clip(np.rint(blocks / np.where(scales == 0, 1, scales)), -8, 7)
    return (values * scales).astype(np.float32).reshape(vectors.shape)


def write_pieces(tokenizer_file: Path, path: Path) -> None:
    """The list that `extractor.pipes.ner.pieces.WordPieces` reads; pieces with control characters are left empty."""
    entries: list[tuple[str, float]] = json.loads(tokenizer_file.read_text("utf-8"))["model"]["vocab"]
    lines = [f"{piece if piece.isprintable() else ''}\t{score:.9g}" for piece, score in entries]
    path.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")


def write_manifest(folder: Path, width: int, pooling: dict[str, str]) -> None:
    """`model.json`, with the hash of every file; the version is the hash of these."""
    hashes = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.suffix in (".onnx", ".npy", ".tsv")
    }
    version = hashlib.sha256("".join(hashes.values()).encode()).hexdigest()[:12]
    manifest = {"version": version, "labels": LABELS, "width": width, "pooling": pooling, "sha256": hashes}
    (folder / "model.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf-8", newline="\n")
