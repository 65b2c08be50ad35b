"""Named entities: how good, how fast, how large; our models beside spaCy's, in one run.

    python benchmarks/ner.py --data FILE [--sentences N] [--json FILE] [MODEL ...]

``FILE`` has two columns, words and BIOES or IOB2 tags, an empty line after each sentence; docs/ner.md says how to make
it from the test part of GermEval 2014. ``MODEL`` is what ``--ner`` takes, or ``spacy-cnn``; without any, all of:

- ``none``: no model; what the process weighs and takes to start with spaCy alone.
- ``small``, ``full``: the models that come with the package.
- ``spacy:NAME``: each German spaCy model that is installed.
- ``spacy-cnn``: the architecture of spaCy's small models (a CNN of width 96), untrained, as a yardstick for speed: it
  takes as long as a trained one and its F1 is left out.

F1 is strict (same words, same class) over the classes of the file, and of each. Each model runs in a process and
thread of its own; time is processor time over all sentences, sorted by length, the best of three rounds, words new in
the first.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROUNDS = 3
CNN = "spacy-cnn"
_CLASSES = {"PER": "PER", "LOC": "LOC", "ORG": "ORG", "OTH": "OTH", "MISC": "OTH", "PERSON": "PER", "GPE": "LOC"}
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

Sentence = tuple[list[str], list[str]]
Tag = Callable[[Sequence[Sequence[str]]], list[list[str]]]


def read(path: Path) -> list[Sentence]:
    """Sentences of words and tags; raises ``ValueError`` for a line without a tag."""
    sentences: list[Sentence] = []
    words: list[str] = []
    tags: list[str] = []
    for number, line in enumerate([*path.read_text("utf-8").splitlines(), ""], 1):
        columns = line.split()
        if columns and not line.startswith(("# ", "-DOCSTART-")):
            if len(columns) < 2:
                raise ValueError(f"{path}:{number}: expected a word and a tag, found {line!r}")
            words.append(columns[0])
            tags.append(columns[-1])
        elif not columns and words:
            sentences.append((words, tags))
            words, tags = [], []
    return sentences


def spans(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """The entities of BIOES, IOB1 or IOB2 tags."""
    found = set()
    start = 0
    for index, tag in enumerate(tags):
        if tag == "O":
            continue
        if tag[0] in "BS" or index == 0 or tags[index - 1][2:] != tag[2:] or tags[index - 1][0] in "ES":
            start = index
        following = tags[index + 1] if index + 1 < len(tags) else "O"
        if following[0] not in "IE" or following[2:] != tag[2:]:
            found.add((start, index + 1, _CLASSES.get(tag[2:], tag[2:])))
    return found


def scores(gold: Sequence[Sequence[str]], given: Sequence[Sequence[str]], classes: Sequence[str]) -> dict[str, float]:
    """Strict F1 over all classes and of each."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("all", *classes)}
    for wanted_tags, given_tags in zip(gold, given, strict=True):
        wanted = {span for span in spans(wanted_tags) if span[2] in classes}
        found = {span for span in spans(given_tags) if span[2] in classes}
        for part, group in (("wanted", wanted), ("given", found), ("right", wanted & found)):
            for _, _, name in group:
                counts[name][part] += 1
                counts["all"][part] += 1
    return {name: 2 * c["right"] / ((c["wanted"] + c["given"]) or 1) for name, c in counts.items()}


def _ours(model: str) -> Tag:
    from extractor.pipes.ner.recognizer import Recognizer

    recognizer = Recognizer("full" if model == "full" else "small")
    return lambda sentences: [list(tagged.labels) for tagged in recognizer.tag(sentences)]


def _spacy(model: str) -> Tag:
    import spacy
    from spacy.tokens import Doc

    if model == CNN:
        from spacy.training import Example

        nlp = spacy.blank("de")
        nlp.add_pipe("ner")
        doc = Doc(nlp.vocab, words=["Anna", "wohnt", "in", "Guben"])
        facts = {"entities": ["U-PER", "O", "O", "U-LOC"]}
        nlp.initialize(lambda: [Example.from_dict(doc, facts)])
    else:
        nlp = spacy.load(model.removeprefix("spacy:"), exclude=["parser", "lemmatizer", "attribute_ruler"])

    def tag(sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        docs = nlp.pipe(Doc(nlp.vocab, words=list(words)) for words in sentences)
        return [[f"{t.ent_iob_}-{_CLASSES.get(t.ent_type_, 'O')}" if t.ent_type_ else "O" for t in doc] for doc in docs]

    return tag


def _none(_model: str) -> Tag:
    import spacy

    spacy.blank("de")
    return lambda sentences: [["O"] * len(words) for words in sentences]


def measure(model: str, data: Path, count: int | None) -> dict[str, Any]:
    """The figures of one model; runs in a process of its own."""
    sentences = sorted(read(data)[:count], key=lambda sentence: len(sentence[0]))
    words = [sentence[0] for sentence in sentences]
    began = time.process_time()
    make = _none if model == "none" else _spacy if model.startswith("spacy") else _ours
    tag = make(model)
    tag([["Anna", "Müller", "wohnt", "in", "Guben", "."]])
    start_up = time.process_time() - began
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        given = tag(words)
        times.append(time.process_time() - began)
    classes = sorted({name for _, tags in sentences for _, _, name in spans(tags)} & set(_CLASSES.values()))
    return {
        "model": model,
        "sentences": len(sentences),
        "f1": {} if model in (CNN, "none") else scores([tags for _, tags in sentences], given, classes),
        "words_per_second": sum(map(len, words)) / max(min(times), 1e-9),
        "start_up_seconds": start_up,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def installed() -> list[str]:
    """German spaCy models that are installed."""
    from spacy.util import get_installed_models

    return [f"spacy:{name}" for name in get_installed_models() if name.startswith("de_")]


def show(rows: Sequence[dict[str, Any]]) -> None:
    """Print the figures as a table; ``ratio`` is the speed beside the yardstick."""
    classes = list(dict.fromkeys(name for row in rows for name in row["f1"]))
    header = "".join(f"{name:>7}" for name in classes)
    print(f"{rows[0]['sentences']} sentences\n{'model':20}{header}{'words/s':>10}{'ratio':>7}{'start s':>9}{'MB':>6}")
    yardstick = next((row["words_per_second"] for row in rows if row["model"] == CNN), None)
    for row in rows:
        figures = "".join(f"{row['f1'][name]:7.3f}" if name in row["f1"] else f"{'-':>7}" for name in classes)
        idle = row["model"] == "none"
        speed = "-" if idle else f"{row['words_per_second']:.0f}"
        ratio = "-" if idle or yardstick is None else f"{row['words_per_second'] / yardstick:.2f}"
        print(
            f"{row['model']:20}{figures}{speed:>10}{ratio:>7}{row['start_up_seconds']:9.2f}{row['peak_memory_mb']:6.0f}"
        )


def main() -> int:
    """Measure each model in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", metavar="MODEL", nargs="*")
    parser.add_argument("--data", type=Path, required=True, metavar="FILE")
    parser.add_argument("--sentences", type=int, help="only so many, the first")
    parser.add_argument("--json", type=Path, help="write the figures there")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if not arguments.data.is_file():
        print(f"there is no {arguments.data}; name a file of words and tags with --data", file=sys.stderr)
        return 2
    if arguments.child:
        print(json.dumps(measure(arguments.child, arguments.data, arguments.sentences)))
        return 0
    rows = []
    for model in arguments.models or ["none", "small", "full", *installed(), CNN]:
        command = [sys.executable, __file__, "--child", model, "--data", str(arguments.data)]
        command += ["--sentences", str(arguments.sentences)] if arguments.sentences else []
        environment = os.environ | dict.fromkeys(_THREADS, "1")
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
        rows.append(json.loads(done.stdout))
    show(rows)
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
