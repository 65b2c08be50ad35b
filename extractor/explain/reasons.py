"""Why: the candidates for the main event, what was inferred, what confidence comes from, what was discarded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from extractor.explain.kinds import KINDS
from extractor.explain.lines import MAX_VALUES, Line, line, quote
from extractor.explanations import STANDING
from extractor.terminal import printable

if TYPE_CHECKING:
    from extractor.explanations import Candidate, Discard, EventExplanation, Explanation, Weight
    from extractor.records import Event, Span

_STYLES = {"event": "events", "date": "dates", "place": "places", "venue": "venues", "organisation": "organisations"}
_MOST_SPANS = 3
_BY_SCORE = {"choice.score", "choice.runner_up", "choice.announced", "choice.weak", "choice.project"}
"""Rules that compare what the candidates score with the least score."""


def reason_lines(event: Event, explained: EventExplanation) -> Iterator[Line]:
    """Why an event has its role, what of it was inferred, and what its confidence comes from."""
    because = Text(explained.message)
    if explained.cue is not None:
        _append_span(because, explained.cue)
    yield _labelled("because", because.append(f"  {explained.rule}", "dim"))
    for inference in explained.inferences:
        shown = Text(f"{inference.field} {printable(inference.value)}: {inference.message}")
        for span in inference.spans[:_MOST_SPANS]:
            _append_span(shown, span)
        yield _labelled("inferred", shown.append(f"  {inference.rule}", "dim"))
    weights = f"from {explained.bias:+.2f}, {_sum(explained.confidence, 2)}"
    yield _labelled("confidence", Text(f"{event.confidence:.2f}  ").append(weights, "dim"))


def choice_lines(explanation: Explanation) -> Iterator[Line]:
    """The candidates for the main event, each with its score and the weights that make it up."""
    choice = explanation.choice
    title = Text("candidates for the main event", "bold")
    least = f"at least {choice.least:g}: " if choice.rule in _BY_SCORE else ""
    yield Line(Text(), title.append(f"  {least}{choice.message}  {choice.rule}", "not bold dim"))
    for candidate in choice.candidates:
        yield Line(Text(f"{candidate.score:8.1f}   "), _candidate(candidate))
    yield line()


def discard_lines(explanation: Explanation) -> Iterator[Line]:
    """What went into no event, and why."""
    discarded = explanation.discarded
    if not discarded:
        return
    yield line("discarded", "bold")
    for discard in discarded[:MAX_VALUES]:
        yield Line(
            Text(f"{discard.kind:>13}   ", KINDS[_STYLES[discard.kind]].style if discard.kind in _STYLES else "dim"),
            _discard(discard),
        )
    if len(discarded) > MAX_VALUES:
        yield line(f"… {len(discarded) - MAX_VALUES:,} more are not shown", "dim")
    yield line()


def _candidate(candidate: Candidate) -> Text:
    name = candidate.name if candidate.name is not None else "a mere date"
    shown = Text(printable(", ".join(filter(None, (name, candidate.start)))), "bold")
    if candidate.span is not None:
        _append_span(shown, candidate.span)
    return shown.append(f"  {_scored(candidate)}", "not bold dim")


def _scored(candidate: Candidate) -> str:
    """The weights of the event alone, what they come to (compared with the least score), and those beside others."""
    alone = [weight for weight in candidate.weights if weight.name not in STANDING]
    beside = [weight for weight in candidate.weights if weight.name in STANDING]
    return f"{_sum(alone, 1)}; alone {candidate.score_alone:.1f}, {_sum(beside, 1)}" if beside else _sum(alone, 1)


def _discard(discard: Discard) -> Text:
    shown = Text(printable(discard.value) if discard.kind != "text" else "", "bold")
    _append_span(shown, discard.span)
    shown.append(f"  {printable(discard.message)}", "not bold")
    if discard.cue is not None:
        _append_span(shown, discard.cue)
    return shown.append(f"  {discard.rule}", "not bold dim")


def _labelled(label: str, shown: Text) -> Line:
    return Line(Text(f"{label:>20}   ", "dim italic"), shown)


def _sum(weights: Sequence[Weight], digits: int) -> str:
    """The weights that count, one after the other."""
    return ", ".join(f"{weight.name} {weight.weight:+.{digits}f}" for weight in weights if round(weight.weight, digits))


def _append_span(shown: Text, span: Span) -> None:
    shown.append(f"  {quote(span.quote)}", "not bold default")
    shown.append(f" {span.start}–{span.end}", "not bold default dim")
