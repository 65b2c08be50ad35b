"""How fast: the extractor beside plain tokenising and beside the naive stack, in one run.

    python benchmarks/speed.py [--json FILE] [--quick] [--profile]

Peers, each in a process of its own, so that memory and caches are its own:

- ``tokenise``: ``spacy.blank("de")``, nothing but tokens.
- ``extract``: text to ``Report``.
- ``write``: text to ``Report`` to JSON that both validators accepted, as the command line does it.
- ``naive``: what a user would write: ``spacy.blank("de")`` with spaCy's sentencizer, and
  ``dateparser.search.search_dates(languages=["de"])`` on every sentence. It finds dates only.

Texts of 1, 10, 100 and 1,000 kB are made from ``samples/``: samples follow each other in a fixed
order until the size is reached, and in every copy the digits are drawn anew and the words of four
letters and more behind a capital get another middle in one of ten places, seeded, so that no copy
equals another and no cache answers for the work. All peers get the same texts.

Time is processor time (everything runs in one thread), so a busy machine disturbs little; the best
of several rounds counts, so words are known, as they are within a batch. The naive stack runs on
texts up to 100 kB only, for it takes half a minute for a megabyte.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parents[1] / "samples"
SIZES = {1_000: 40, 10_000: 10, 100_000: 3, 1_000_000: 1}
"""Characters of a text, and how many such texts make a round."""
ROUNDS = 3
NAIVE_LIMIT = 100_000
PEERS = ("tokenise", "extract", "write", "naive")

_DIGIT = re.compile(r"[1-9]")
_CAPITALISED = re.compile(r"\b([A-ZÄÖÜ])([a-zäöüß]{3,})")


def varied(text: str, chance: random.Random) -> str:
    """The text with other digits, and another vowel in every tenth capitalised word."""

    def other_vowel(match: re.Match[str]) -> str:
        if chance.random() >= 0.1:
            return match.group()
        return match[1] + re.sub("[aeiou]", lambda _: chance.choice("aeiou"), match[2], count=1)

    digits = _DIGIT.sub(lambda match: match.group() if chance.random() < 0.5 else chance.choice("12"), text)
    return _CAPITALISED.sub(other_vowel, digits)


def texts_of(size: int, count: int) -> list[str]:
    """``count`` different texts of ``size`` characters."""
    samples = [path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.*")) if path.suffix in (".txt", ".md")]
    chance = random.Random(size)  # noqa: S311
    texts = []
    for number in range(count):
        parts: list[str] = []
        length = 0
        while length < size:
            parts.append(varied(samples[(number + len(parts)) % len(samples)], chance))
            length += len(parts[-1]) + 2
        texts.append("\n\n".join(parts)[:size])
    return texts


def make_peer(name: str) -> Callable[[str], object]:
    """The function that does a peer's work on one text."""
    if name in ("extract", "write"):
        from extractor import Extractor
        from extractor.validation import validated_json

        extractor = Extractor()
        return extractor.extract if name == "extract" else lambda text: validated_json(extractor.extract(text))

    import spacy

    nlp = spacy.blank("de")
    nlp.max_length = 10_000_000
    if name == "tokenise":
        return nlp
    from dateparser.search import search_dates

    nlp.add_pipe("sentencizer")
    return lambda text: [search_dates(sentence.text, languages=["de"]) for sentence in nlp(text).sents]


def measure(name: str, size: int, rounds: int) -> dict[str, Any]:
    """Time and memory of one peer on texts of one size; runs in its own process."""
    began = time.process_time()
    work = make_peer(name)
    work("Am 4. März 2025 fand in Templin die 2. Werkstatt statt.")
    start_up = time.process_time() - began
    texts = texts_of(size, SIZES[size])
    times = []
    for _ in range(rounds):
        began = time.process_time()
        for text in texts:
            work(text)
        times.append(time.process_time() - began)
    best, characters = min(times), sum(map(len, texts))
    return {
        "peer": name,
        "size": size,
        "documents_per_second": len(texts) / best,
        "characters_per_second": characters / best,
        "seconds_per_document": best / len(texts),
        "spread": (statistics.median(times) - best) / best,
        "start_up_seconds": start_up,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def in_own_process(name: str, size: int, rounds: int) -> dict[str, Any]:
    """Run ``measure`` in a fresh interpreter."""
    command = [sys.executable, __file__, "--peer", name, "--size", str(size), "--rounds", str(rounds)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    row: dict[str, Any] = json.loads(done.stdout)
    return row


def help_seconds() -> float:
    """Processor time of ``extractor --help``, the best of five."""
    times = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "extractor", "--help"], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


def ratios(rows: list[dict[str, Any]]) -> dict[str, float]:
    """The numbers that matter, independent of the machine."""
    speed = {(row["peer"], row["size"]): row["characters_per_second"] for row in rows}
    seconds = {(row["peer"], row["size"]): row["seconds_per_document"] for row in rows}
    found: dict[str, float] = {}
    for size in SIZES:
        if ("extract", size) in speed and ("tokenise", size) in speed:
            found[f"extract takes x times tokenise, {size:,}"] = speed["tokenise", size] / speed["extract", size]
        if ("extract", size) in speed and ("naive", size) in speed:
            found[f"extract is x times as fast as naive, {size:,}"] = speed["extract", size] / speed["naive", size]
        if ("write", size) in speed and ("extract", size) in speed:
            found[f"write takes x times extract, {size:,}"] = speed["extract", size] / speed["write", size]
    if ("extract", 1_000_000) in seconds and ("extract", 100_000) in seconds:
        found["extract, 1,000,000 takes x times 100,000"] = seconds["extract", 1_000_000] / seconds["extract", 100_000]
    return found


def print_table(rows: list[dict[str, Any]], found: dict[str, float]) -> None:
    """The results for people."""
    print(f"{'peer':<9} {'text':>9} {'documents/s':>12} {'characters/s':>13} {'memory MB':>10} {'start-up s':>11}")
    for row in rows:
        print(
            f"{row['peer']:<9} {row['size']:>9,} {row['documents_per_second']:>12.1f}"
            f" {row['characters_per_second']:>13,.0f} {row['peak_memory_mb']:>10.0f} {row['start_up_seconds']:>11.2f}"
        )
    print()
    for name, value in found.items():
        print(f"{value:8.2f}  {name}")


def profile(size: int) -> None:
    """Nanoseconds a character that each room of the pipeline takes."""
    from extractor.assembly import assemble
    from extractor.pipeline import make_pipeline
    from extractor.pipes.reading import reading_of, set_blocks
    from extractor.readers import read_text
    from extractor.validation import validated_json

    nlp = make_pipeline()
    spent: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        began = time.process_time()
        result = work()
        spent[name] = spent.get(name, 0.0) + time.process_time() - began
        return result

    def run(text: str) -> None:
        document = timed("reader and blocks", lambda: read_text(text, uri="text"))
        doc = timed("tokenizer", lambda: nlp.make_doc(document.text))
        set_blocks(doc, document.blocks, document.text)
        timed("reading", lambda: reading_of(doc))
        for name, pipe in nlp.pipeline:
            timed(name, lambda pipe=pipe: pipe(doc))  # type: ignore[misc]
        report = timed("assembly", lambda: assemble(doc, document))
        timed("JSON and validation", lambda: validated_json(report))

    texts = texts_of(size, SIZES[size])
    for text in texts:
        run(text)
    spent.clear()
    for text in texts:
        run(text)
    characters = sum(map(len, texts))
    for name, seconds in spent.items():
        print(f"{seconds / characters * 1e9:9.0f} ns/character  {name}")
    print(f"{sum(spent.values()) / characters * 1e9:9.0f} ns/character  all")


def main() -> None:
    """Run everything, or one measurement as a child process."""
    parser = argparse.ArgumentParser(description="How fast the extractor is, and beside what.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the results there")
    parser.add_argument("--quick", action="store_true", help="two rounds, texts up to 100 kB")
    parser.add_argument("--profile", action="store_true", help="time of each component instead")
    parser.add_argument("--peer", choices=PEERS, help=argparse.SUPPRESS)
    parser.add_argument("--size", type=int, choices=SIZES, default=100_000, help="of the texts for --profile")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="the best of so many counts")
    options = parser.parse_args()
    if options.peer:
        print(json.dumps(measure(options.peer, options.size, options.rounds)))
    elif options.profile:
        profile(options.size)
    else:
        rounds = 2 if options.quick else options.rounds
        sizes = [size for size in SIZES if size <= 100_000 or not options.quick]
        plan = [(peer, size) for size in sizes for peer in PEERS if peer != "naive" or size <= NAIVE_LIMIT]
        rows = [in_own_process(peer, size, rounds) for peer, size in plan]
        found = ratios(rows)
        found["--help, seconds of processor time"] = help_seconds()
        print_table(rows, found)
        if options.json:
            options.json.write_text(json.dumps({"rows": rows, "ratios": found}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
