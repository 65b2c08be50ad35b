"""The network behind the labels: packed word embeddings and an encoder for ONNX Runtime.

What a sentence gets must not depend on its neighbours. Rows of a batch are computed apart from each other, but sums
over padding may be added up in another order. So a sentence is always padded to the same sizes, the next multiples of
``STEP``, and only sentences of the same sizes make a batch: then not even the last bit differs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractor.pipes.ner.files import FOLDER, Size, manifest
from extractor.pipes.ner.pieces import END, START

STEP = 4
_BUDGET = 4096
"""Pieces in a batch; bounds the memory that it takes."""
_BLOCK = 32
_SLOWER = ["SkipLayerNormFusion"]
"""What ONNX Runtime would fuse to its disadvantage: the whole takes a tenth longer with it."""


class Cut(NamedTuple):
    """A sentence in pieces: for each word the ids of its pieces."""

    words: Sequence[tuple[int, ...]]

    @property
    def pieces(self) -> int:
        """Number of pieces, with those of start and end."""
        return 2 + sum(map(len, self.words))


class Embeddings:
    """The vectors of word pieces: blocks of 32 values of 4 bits with a half-precision scale."""

    def __init__(self, rows: NDArray[np.uint8], width: int) -> None:
        scales = width // _BLOCK * 2
        self.scales = rows[:, :scales].view("<f2")
        self.packed = rows[:, scales:].reshape(len(rows), width // _BLOCK, _BLOCK // 2)
        self.width = width

    def of(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Ids to vectors, one more dimension."""
        unique, inverse = np.unique(ids, return_inverse=True)
        packed = self.packed[unique]
        values = np.concatenate([packed & 15, packed >> 4], 2).astype(np.float32) - np.float32(8)
        vectors = (values * self.scales[unique].astype(np.float32)[:, :, None]).reshape(len(unique), self.width)
        found: NDArray[np.float32] = vectors[inverse.reshape(ids.shape)]
        return found


class Network:
    """Sentences in pieces to logits of their words."""

    def __init__(self, size: Size, *, threads: int = 1) -> None:
        import onnxruntime  # type: ignore[import-untyped]

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        path = FOLDER / f"{size}.onnx"
        self.session: Any = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
        )
        self.embeddings = Embeddings(np.load(FOLDER / "embeddings.npy", mmap_mode="r"), manifest().width)
        self.mean = manifest().pooling[size] == "mean"

    def logits(self, cuts: Sequence[Cut]) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """Batches: the numbers of their sentences, and logits of sentences x words x labels."""
        groups: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, cut in enumerate(cuts):
            groups[_padded(cut.pieces), _padded(1 + len(cut.words))].append(number)
        for (pieces, rows), numbers in sorted(groups.items()):
            count = max(1, _BUDGET // pieces)
            for start in range(0, len(numbers), count):
                batch = numbers[start : start + count]
                yield batch, self._run([cuts[number] for number in batch], pieces, rows)

    def _run(self, cuts: Sequence[Cut], pieces: int, rows: int) -> NDArray[np.float32]:
        ids = np.full((len(cuts), pieces), -1, np.int64)
        pooling = np.zeros((len(cuts), rows, pieces), np.float32)
        for number, cut in enumerate(cuts):
            flat = [START, *(piece for word in cut.words for piece in word), END]
            ids[number, : len(flat)] = flat
            pooling[number, 0, 0] = 1
            at = 1
            for row, word in enumerate(cut.words, 1):
                if self.mean:
                    pooling[number, row, at : at + len(word)] = 1 / len(word)
                else:
                    pooling[number, row, at] = 1
                at += len(word)
        mask = ids >= 0
        vectors = self.embeddings.of(np.maximum(ids, 0)) * mask[:, :, None]
        feed = {"words": vectors, "mask": mask.astype(np.float32), "pooling": pooling}
        logits: NDArray[np.float32] = self.session.run(["logits"], feed)[0]
        return logits[:, 1:]


def _padded(length: int) -> int:
    return -(-length // STEP) * STEP
