"""The same checkpoint from the Hugging Face hub, as single precision weights, where there is a network to it."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file

from training.ner.model import Shape, Tagger
from training.ner.packing import round_to_4_bits

_HEAD = 32
"""Width of an attention head in the MiniLM family, which the file does not say."""
_NAMES = {
    "attended": "attention.output.dense",
    "attended_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "outer_norm": "output.LayerNorm",
}


def get(model: str, weights: Path, tokenizer: Path) -> None:
    """Download a model of BERT's architecture with XLM-RoBERTa's tokenizer, such as intfloat/multilingual-e5-small."""
    from huggingface_hub import hf_hub_download

    shutil.copy(hf_hub_download(model, "model.safetensors"), weights)
    shutil.copy(hf_hub_download(model, "tokenizer.json"), tokenizer)


def read(path: Path) -> Tagger:
    """The checkpoint; its word embeddings rounded to 4 bits, in which they are shipped."""
    tensors: dict[str, NDArray[np.float32]] = load_file(path)
    tensors = {name.removeprefix("bert."): values for name, values in tensors.items()}
    words = tensors["embeddings.word_embeddings.weight"]
    state = {
        "words.weight": round_to_4_bits(words),
        "positions": tensors["embeddings.position_embeddings.weight"]
        + tensors["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": tensors["embeddings.LayerNorm.weight"],
        "norm.bias": tensors["embeddings.LayerNorm.bias"],
    }
    layers = 0
    while (of := f"encoder.layer.{layers}.") + "output.dense.weight" in tensors:
        for kind in ("weight", "bias"):
            parts = [tensors[f"{of}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            state[f"layers.{layers}.qkv.{kind}"] = np.concatenate(parts)
            for ours, theirs in _NAMES.items():
                state[f"layers.{layers}.{ours}.{kind}"] = tensors[f"{of}{theirs}.{kind}"]
        layers += 1
    inner, width = state["layers.0.inner.weight"].shape
    sizes = {"width": width, "heads": width // _HEAD, "inner": inner, "positions": len(state["positions"])}
    tagger = Tagger(Shape(len(words), layers, **sizes, piece_layers=layers))
    missing = tagger.load_state_dict({name: torch.from_numpy(values) for name, values in state.items()}, strict=False)
    if missing.unexpected_keys or set(missing.missing_keys) != {"labels.weight", "labels.bias"}:
        raise ValueError(f"{path} is no BERT model: {missing}")
    return tagger
