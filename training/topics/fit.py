"""Fit the weights of ``extractor/lang/de/topic_weights.toml``.

    python training/topics/fit.py FOLDER[=WEIGHT] ...

The weights in use come from a folder of reports that is not in the repository and from ``tests/quality/reports
samples training/topics/texts tests/quality/topics tests/quality/bodies tests/quality/venues tests/quality/genres
tests/quality/mixed``; so what these score is no measure of them. Over all of these 234 texts a cross-validation by
document of all that ``find_topics`` does gives an F1 of about .64 (.590 for the cues and features before). Each folder
holds ``gold.jsonl`` and its texts (``texts/`` here: topics and organisations only).

The model is a logistic regression, regularised and fitted by
Newton's method: deterministic, no random start. A noun counts as right when a gold topic is alike, as the scorer
sees it, and does not count at all when that topic is optional. Weights of what a rule announced are learned best
from texts that the rules were not made for: give such folders more weight. Also prints the F1 of a
cross-validation over documents, by which ``LEAST`` can be judged.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from extractor import Extractor
from extractor.evaluation.gold import read_gold
from extractor.evaluation.similarity import nearest
from extractor.pipes.topic_names import Candidate
from extractor.pipes.topic_ranking import announced_by, by_head, named_by
from extractor.pipes.topics import candidates_of, reading_with_names
from extractor.readers import read_file

OUT = Path(__file__).parents[2] / "extractor" / "lang" / "de" / "topic_weights.toml"
PENALTY, ALIKE, FOLDS, LEAST, LEAST_ANNOUNCED, LEAST_SURE, FEWEST_SEEN = 8.0, 0.6, 8, -0.9, 0.0, -0.2, 1


class Example(NamedTuple):
    """A noun of a text, its name as a topic, its features, and which gold topics are like it."""

    stem: str
    name: str
    features: frozenset[str]
    like: frozenset[int]


class Document(NamedTuple):
    """The nouns of a text, its gold topics (optional ones begin with "?"), and how much it counts."""

    examples: list[Example]
    topics: list[str]
    weight: float


def main(arguments: Sequence[str]) -> None:
    """Fit and write the weights."""
    extractor = Extractor()
    documents = []
    for argument in arguments:
        folder, _, weight = argument.partition("=")
        documents += read_documents(extractor, Path(folder), float(weight or 1))
    seen: dict[str, int] = {}
    for document in documents:
        for feature in {feature for example in document.examples for feature in example.features}:
            seen[feature] = seen.get(feature, 0) + 1
    names = sorted(feature for feature, times in seen.items() if times >= FEWEST_SEEN)
    validate(documents, names)
    weights = fit(documents, names)
    lines = [
        "# Log-odds of a noun to be a topic, by what extractor/pipes/topic_features.py sees in it.",
        "# Fitted by training/topics/fit.py; do not edit.",
        f"bias = {weights[0]:.3f}",
        f"least = {LEAST}",
        f"least_announced = {LEAST_ANNOUNCED}",
        f"least_sure = {LEAST_SURE}",
        "",
        "[features]",
        *(f'"{name}" = {weight:.3f}' for name, weight in zip(names, weights[1:], strict=True)),
    ]
    OUT.write_text("\n".join(lines) + "\n", "utf-8")


def read_documents(extractor: Extractor, folder: Path, weight: float) -> list[Document]:
    """The documents of a folder with a gold file."""
    documents = []
    for row in read_gold(folder / "gold.jsonl"):
        paths = [path for path in sorted(folder.rglob(f"{row.document}.*")) if path.suffix not in (".json", ".jsonl")]
        if not row.topics or not paths:
            continue
        text, kinds, names, bodies = reading_with_names(extractor.annotate(read_file(paths[0])))
        candidates, features = candidates_of(text, kinds, names, bodies)
        examples = []
        for noun, announcing in by_head(text, features, candidates):
            strongest: Candidate | None = max(announcing, key=lambda found: found.weight, default=None)
            named = strongest or named_by(text, noun)
            if named is not None:
                like = frozenset(i for i, topic in enumerate(row.topics) if is_like(topic, named.name))
                examples.append(Example(noun.stem, named.name, noun.features | announced_by(noun, announcing), like))
        documents.append(Document(examples, row.topics, weight))
    return documents


def is_like(topic: str, name: str) -> bool:
    """Whether a name is right for a gold topic."""
    return nearest(topic.removeprefix("?"), name) >= ALIKE


def fit(documents: Sequence[Document], names: Sequence[str]) -> np.ndarray:
    """Weights, the bias first."""
    index = {name: number for number, name in enumerate(names, 1)}
    rows, labels, importance = [], [], []
    for document in documents:
        for example in document.examples:
            required = any(not document.topics[i].startswith("?") for i in example.like)
            row = np.zeros(len(names) + 1)
            row[0] = 1
            row[[index[feature] for feature in example.features if feature in index]] = 1
            rows.append(row)
            labels.append(float(bool(example.like)))
            importance.append(document.weight * (1.0 if required or not example.like else 0.3))
    matrix, target, weight = np.array(rows), np.array(labels), np.array(importance)
    penalty = PENALTY * np.eye(len(names) + 1)
    penalty[0, 0] = 0.01
    result = np.zeros(len(names) + 1)
    for _ in range(50):
        likely = 1 / (1 + np.exp(-matrix @ result))
        curvature = (matrix.T * (weight * likely * (1 - likely) + 1e-9)) @ matrix + penalty
        step = np.linalg.solve(curvature, matrix.T @ (weight * (target - likely)) - penalty @ result)
        result += step
        if float(np.abs(step).max()) < 1e-8:
            break
    return result


def validate(documents: Sequence[Document], names: Sequence[str]) -> None:
    """Print the scores of a cross-validation for several thresholds."""
    index = {name: number for number, name in enumerate(names, 1)}
    tallies: dict[tuple[float, int], np.ndarray] = {}
    for fold in range(FOLDS):
        held_out = documents[fold::FOLDS]
        weights = fit([document for i, document in enumerate(documents) if i % FOLDS != fold], names)
        for document in held_out:
            best: dict[str, tuple[float, Example]] = {}
            for example in document.examples:
                odds = weights[0] + sum(weights[index[name]] for name in example.features if name in index)
                if example.stem not in best or odds > best[example.stem][0]:
                    best[example.stem] = (odds, example)
            order = sorted(best.values(), key=lambda pair: -pair[0])
            for least in (-1.6, -1.2, -0.8, -0.4, 0.0, 0.4):
                for most in (4, 5, 6, 8):
                    chosen = [example for odds, example in order[:most] if odds >= least]
                    tallies[least, most] = tallies.get((least, most), np.zeros(3)) + score(chosen, document.topics)
    for (least, most), (right, wrong, missed) in sorted(tallies.items()):
        precision, recall = right / max(right + wrong, 1), right / max(right + missed, 1)
        f1 = 2 * right / max(2 * right + wrong + missed, 1)
        print(f"least={least:4} most={most} precision={precision:.3f} recall={recall:.3f} f1={f1:.3f}")


def score(chosen: Sequence[Example], topics: Sequence[str]) -> np.ndarray:
    """Right, wrong and missed topics of a document."""
    taken: set[int] = set()
    wrong = 0
    for example in chosen:
        free = sorted(example.like - taken)
        taken.update(free[:1])
        wrong += not free
    required = {i for i, topic in enumerate(topics) if not topic.startswith("?")}
    return np.array([len(taken & required), wrong, len(required - taken)])


if __name__ == "__main__":
    main(sys.argv[1:])
