"""CalDAV: bring a calendar on a server to what records say, and leave alone what is not ours."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from extractor.errors import ServerError
from extractor.exporters.caldav_credentials import Credentials, checked_url, credentials
from extractor.exporters.caldav_plan import WRITING, Action, Step, plan, step
from extractor.exporters.ical import entries
from extractor.exporters.imprecise import Imprecise
from extractor.extras import require
from extractor.linking.known_events import known_events
from extractor.records import Report

if TYPE_CHECKING:
    from extractor.exporters.caldav_server import Server

_CONFLICTS = 3
"""How often an entry is tried anew that somebody changes meanwhile."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done, or with ``dry_run`` would be done, and what failed."""

    steps: tuple[Step, ...]
    failures: tuple[ServerError, ...] = ()

    def count(self, action: Action) -> int:
        """How many entries had this done to them."""
        return sum(step.action is action for step in self.steps)


def to_caldav(
    reports: Iterable[Report],
    url: str,
    calendar: str,
    *,
    user: Credentials | None = None,
    imprecise: Literal["span", "skip"] = "span",
    other: bool = False,
    modified: datetime | None = None,
    dry_run: bool = False,
    sleep: Callable[[float], None] = time.sleep,
) -> Outcome:
    """Bring the calendar of this name on a CalDAV server to what the reports say.

    New events are created; entries that were made here and say something else by now are updated;
    everything else stays as it is. ``user`` is by default that of the environment or the keyring.
    The options are those of ``to_ical``. With ``dry_run`` nothing is written.

    Raises ``MissingExtra`` without the extra ``caldav``, ``UsageError`` for an address or calendar
    that cannot be used, ``ServerError`` for a server that cannot be reached or read. An entry that
    cannot be written is among the failures.
    """
    require("caldav", extra="caldav")
    from extractor.exporters.caldav_server import Server

    checked_url(url)
    account = user if user is not None else credentials(url)
    chosen = entries(known_events(reports), imprecise=Imprecise(imprecise), other=other)
    with closing(Server(url, calendar, account, sleep=sleep)) as server:
        steps = plan(chosen, server.stored(), modified=modified)
        return Outcome(tuple(steps)) if dry_run else _carried_out(steps, server, modified)


def _carried_out(steps: list[Step], server: Server, modified: datetime | None) -> Outcome:
    done: list[Step] = []
    failures: list[ServerError] = []
    for wanted in steps:
        try:
            done.append(_written(wanted, server, modified))
        except ServerError as error:
            failures.append(type(error)(f"{wanted.title}: {error.message}", source=error.source))
    return Outcome(tuple(done), tuple(failures))


def _written(wanted: Step, server: Server, modified: datetime | None) -> Step:
    """Carry out a step; plan it anew where somebody else was quicker."""
    from extractor.exporters.caldav_server import Changed

    for _ in range(_CONFLICTS):
        if wanted.action not in WRITING or wanted.data is None:
            return wanted
        try:
            server.write(wanted.entry.uid, wanted.data, wanted.stored)
        except Changed:
            wanted = step(wanted.entry, server.stored().get(wanted.entry.uid), modified=modified)
        else:
            return wanted
    raise ServerError("somebody else keeps changing the entry; try later", source=server.host)
