"""Fit the weights of ``extractor/lang/de/confidence.toml``, by which events get their confidence.

    python training/confidence/fit.py [FOLDER[=WEIGHT] ...] [--developed FOLDER[=WEIGHT] ...]

The honest folders are those given, else ``HONEST``; the developed ones are ``DEVELOPED`` and those given. Each holds
``gold.jsonl`` and its texts, beside it or in ``texts``; of gold only the events count. It takes some ten seconds.

The rules were made while their authors looked at the developed texts, so more events are right there than in any other
text. That is one more feature, ``developed``, which takes up the difference and is left out of what is written: what
speaks for an event is learnt from all texts, how often events are right only from those that no rule was made for.

The model is a logistic regression with a penalty on the square of the weights, whose signs are those that ``FEATURES``
demands; fitted by projected gradient descent: deterministic, no random start. Prints the reliability table of a
cross-validation by text over the honest ones, beside that of a constant.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from extractor.assembly import explain
from extractor.assembly.confidence import FEATURES
from extractor.evaluation.corpus import gold_file, text_files
from extractor.evaluation.gold import read_gold
from extractor.evaluation.reliability import Judgement, Reliability, as_lines, judged_events
from extractor.pipeline import Extractor
from extractor.readers import read_file

REPOSITORY = Path(__file__).parents[2]
OUT = REPOSITORY / "extractor" / "lang" / "de" / "confidence.toml"
HONEST = [REPOSITORY / "training" / "confidence" / "texts"]
DEVELOPED = [
    REPOSITORY / "samples",
    *(REPOSITORY / "tests" / "quality" / name for name in ("reports", "roles", "venues", "topics")),
]
PENALTY, STEPS, FOLDS = 16.0, 2000, 12
"""From 4 to 32 the log loss of the cross-validation differs by less than .005; the larger the penalty, the less can a
hundred texts lead astray."""
DEVELOPED_WEIGHT = 1.0
LEAST, MOST = 0.02, 0.98
_BIAS, _DEVELOPED = "bias", "developed"
_COLUMNS = (_BIAS, _DEVELOPED, *FEATURES)


class Text(NamedTuple):
    """The events of a text: their features, whether they are right, their roles; and how the text counts."""

    rows: np.ndarray
    right: np.ndarray
    roles: list[str]
    weight: float
    developed: bool


def main() -> None:
    """Fit, print how well, and write the weights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("honest", nargs="*", default=HONEST)
    parser.add_argument("--developed", nargs="*", default=[], help="more texts that rules were made for")
    arguments = parser.parse_args()
    extractor = Extractor()
    texts = [text for folder in arguments.honest for text in read_texts(extractor, str(folder), developed=False)]
    texts += [
        text
        for folder in [*DEVELOPED, *arguments.developed]
        for text in read_texts(extractor, str(folder), developed=True)
    ]
    validate(texts)
    weights = dict(zip(_COLUMNS, fit(texts), strict=True))
    lines = [
        "# Log-odds of an event to be right, by what extractor/assembly/confidence.py sees of it.",
        "# Fitted by training/confidence/fit.py; do not edit.",
        f"bias = {weights[_BIAS]:.3f}",
        f"least = {LEAST}",
        f"most = {MOST}",
        "",
        "[features]",
        *(f'"{name}" = {weights[name] + 0.0:.3f}' for name in FEATURES),
    ]
    OUT.write_text("\n".join(lines) + "\n", "utf-8")


def read_texts(extractor: Extractor, argument: str, *, developed: bool) -> list[Text]:
    """The events of a folder's texts, where gold says enough to judge them."""
    folder, _, weight = argument.partition("=")
    gold = gold_file(Path(folder))
    records = read_gold(gold)
    texts = []
    for record, path in zip(records, text_files(gold, records), strict=True):
        document = read_file(path)
        report, explanation = explain(extractor.annotate(document), document)
        features = {event.id: {held.name for held in event.confidence} for event in explanation.events}
        judged = list(judged_events(record, report))
        if judged:
            rows = [[1.0, float(developed), *(name in features[event.id] for name in FEATURES)] for _, event in judged]
            right = np.array([judgement.right for judgement, _ in judged], float)
            share = float(weight or (DEVELOPED_WEIGHT if developed else 1.0))
            texts.append(
                Text(np.array(rows, float), right, [judgement.role for judgement, _ in judged], share, developed)
            )
    return texts


def fit(texts: Sequence[Text]) -> np.ndarray:
    """The weights in the order of ``_COLUMNS``."""
    rows, right = np.vstack([text.rows for text in texts]), np.concatenate([text.right for text in texts])
    share = np.concatenate([np.full(len(text.right), text.weight) for text in texts])
    signs = np.array([0, 0, *(feature.sign for feature in FEATURES.values())])
    penalty = np.array([0.01, 0.1, *(PENALTY for _ in FEATURES)])
    rate = 1 / (np.linalg.norm(rows * np.sqrt(share)[:, None], 2) ** 2 / 4 + penalty.max())
    weights = np.zeros(len(_COLUMNS))
    ahead, momentum = weights, 1.0
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-rows @ ahead))
        moved = ahead - rate * (rows.T @ (share * (likely - right)) + penalty * ahead)
        moved = np.where(moved * signs < 0, 0.0, moved)
        faster = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        ahead = moved + (momentum - 1) / faster * (moved - weights)
        weights, momentum = moved, faster
    return weights


def validate(texts: Sequence[Text]) -> None:
    """Print the reliability of a cross-validation over the honest texts, and that of their share of right events."""
    honest = [text for text in texts if not text.developed]
    developed = [text for text in texts if text.developed]
    model, constant = [], []
    for fold in range(FOLDS):
        held_out = honest[fold::FOLDS]
        kept = [text for number, text in enumerate(honest) if number % FOLDS != fold]
        weights = fit([*kept, *developed])
        share = float(np.concatenate([text.right for text in kept]).mean())
        for text in held_out:
            likely = np.clip(1 / (1 + np.exp(-text.rows @ weights)), LEAST, MOST)
            for role, right, value in zip(text.roles, text.right, likely, strict=True):
                model.append(Judgement(role, round(float(value), 2), bool(right)))
                constant.append(Judgement(role, round(share, 2), bool(right)))
    print(
        "\n".join(["cross-validation", *as_lines(Reliability(model)), "", "constant", *as_lines(Reliability(constant))])
    )


if __name__ == "__main__":
    main()
