"""Organisations that the text as a whole gives: later mentions, one name for one body, groups without a form."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from extractor.pipes.inflection import adjective_ending
from extractor.pipes.names import is_common_noun
from extractor.pipes.organisation_lexicon import organisation_lexicon
from extractor.pipes.values import CONFIGURED, Organisation

_FEWEST_WORDS = 3
_GROUP = re.compile(r": Die ([A-ZÄÖÜ][a-zäöüß]{5,30}(?:en|er|s|e))((?:, die [^\n,.;]{5,90},)? )([a-zäöü]{3,20})\b")


def acronym_mentions(text: str, found: Sequence[Organisation]) -> list[Organisation]:
    """Later mentions by the acronym that the text itself introduced."""
    long_forms = {value["acronym"]: value for value in reversed(found) if value["acronym"]}
    if not long_forms:
        return []
    starts = {value["start"] for value in found}
    introduced = sorted((value["start"], value["end"]) for value in found if value["acronym"])
    alternatives = "|".join(re.escape(acronym) for acronym in sorted(long_forms, key=len, reverse=True))
    mentions: list[Organisation] = []
    for match in re.finditer(rf"(?:{alternatives})(?![\w-])", text):
        before = text[match.start() - 1 : match.start()]
        if before.isalnum() or before == "-" or match.start() in starts:
            continue
        index = bisect_right(introduced, (match.start(), len(text))) - 1
        if index >= 0 and match.start() < introduced[index][1]:
            continue
        value = long_forms[match[0]]
        mentions.append({**value, "start": match.start(), "end": match.end(), "rule": "organisation.acronym.mention"})
    return mentions


def appositions(text: str, found: Sequence[Organisation]) -> list[Organisation]:
    """Join a body and the branch behind a comma: "das Deutsche Rote Kreuz, Kreisverband Delmenhorst"."""
    branches = organisation_lexicon().words.branch_heads
    joined: list[Organisation] = []
    for value in sorted(found, key=lambda value: value["start"]):
        body = joined[-1] if joined else None
        if body and value["name"].partition(" ")[0] in branches and text[body["end"] : value["start"]] == ", ":
            body = {**body, "end": value["end"], "name": f"{body['name']}, {value['name']}"}
            joined[-1] = body
        else:
            joined.append(value)
    return joined


def resolve_acronyms(found: Sequence[Organisation]) -> list[Organisation]:
    """Give an acronym that stands alone the long form that the text has for it: "IHK", "KFV Oderland"."""
    long_forms = {value["acronym"]: value for value in reversed(found) if value["acronym"]}
    expansions = organisation_lexicon().expansions
    names = {value["name"]: value for value in reversed(found)}
    resolved: list[Organisation] = []
    for value in found:
        acronym, _, rest = value["name"].partition(" ")
        same = None
        if value["rule"] == "organisation.acronym":
            same = names.get(f"{expansions[acronym]} {rest}".strip()) if acronym in expansions else None
            if same is None and acronym in long_forms and long_forms[acronym]["name"].endswith(rest):
                same = long_forms[acronym]
        resolved.append(
            value if same is None else {**value, "name": same["name"], "acronym": same["acronym"], "kind": same["kind"]}
        )
    return resolved


def unite(found: list[Organisation]) -> list[Organisation]:
    """Give "SV Nord" the longer name "SV Nord 1921 e. V." if the text has just one that continues it.

    So is "Kirchgemeinde Thun" given the adjective of "Reformierte Kirchgemeinde Thun".
    """
    names = {value["name"] for value in found}
    longer: dict[str, set[str]] = {}
    denominated: dict[str, set[str]] = {}
    for name in names:
        words = name.split(" ")
        if len(words) >= _FEWEST_WORDS and adjective_ending(words[0]) is not None:
            denominated.setdefault(" ".join(words[1:]), set()).add(name)
        for count in range(2, len(words)):
            longer.setdefault(" ".join(words[:count]), set()).add(name)
    for value in found:
        if value["rule"].endswith(CONFIGURED):
            continue
        candidates = longer.get(value["name"], set())
        if len(candidates) == 1 and _is_closed(value["name"], candidates):
            value["name"] = next(iter(candidates))
        full = denominated.get(value["name"], set())
        if len(full) == 1:
            value["name"] = next(iter(full))
    return found


def _is_closed(name: str, candidates: set[str]) -> bool:
    """Whether the longer name adds a legal form, a town after it or a year, not another body's name."""
    rest = next(iter(candidates)).removeprefix(name).strip()
    return bool(re.match(r"(?:\d{4}|e\. V\.|gGmbH|m?GmbH|mbH|AG|eG|KG)", rest)) or name.endswith(
        ("GmbH", "AG", "KG", "mbH", "eG")
    )


def groups(text: str) -> Iterator[Organisation]:
    """Groups named by an unknown plural that act: "Drei Beiträge: Die Dorfpilotinnen, die ..., gaben Einblick"."""
    verbs = organisation_lexicon().words.group_verbs
    for match in _GROUP.finditer(text):
        name = match[1]
        if match[3] not in verbs or is_common_noun(name) or adjective_ending(name) is not None:
            continue
        yield {
            "start": match.start(1),
            "end": match.end(1),
            "rule": "organisation.group",
            "name": name,
            "acronym": None,
            "kind": "initiative",
        }
