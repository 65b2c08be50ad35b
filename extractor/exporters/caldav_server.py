"""A calendar on a CalDAV server (RFC 4791): what it holds, and writing one entry at a time.

Requests that fail for a while (no answer, 429, 5xx) are made again, each time after a longer
pause. Passwords and the bodies of answers never become part of a message or of a log.
"""

from __future__ import annotations

import logging
import time
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import quote, unquote, urlsplit

import icalendar
from caldav.collection import Calendar
from caldav.davclient import DAVClient
from caldav.elements import cdav, dav
from caldav.lib import error
from caldav.lib.http_sync import requests
from caldav.lib.url import URL

from extractor.errors import AccessDenied, ServerError, UsageError
from extractor.exporters.caldav_credentials import Credentials
from extractor.exporters.caldav_plan import Stored
from extractor.exporters.ical import parsed

ATTEMPTS = 5
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds; each pause is twice as long as the one before, or as long as the server asks for."""
TIMEOUT = 60
"""Seconds that a server may take to answer."""

_OF_PATHS = "/@:!$&'()*+,;=~"
"""What stays as it is in a path (RFC 3986); the library hands hrefs on without percent signs."""
_PASSING = frozenset({429, 500, 502, 503, 504})
_EVENTS = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
    "<D:prop><D:getetag/><C:calendar-data/></D:prop>"
    '<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"/></C:comp-filter></C:filter>'
    "</C:calendar-query>"
)
_UNREADABLE = (AssertionError, AttributeError, LookupError, SyntaxError, TypeError, ValueError)
"""What the library raises for an answer that it does not expect: a page to sign in, an unfinished document."""
_CHATTY = ("caldav", "niquests", "requests", "urllib3", "urllib3_future", "jh2", "qh3", "hpack")


_Answer = TypeVar("_Answer")


class Changed(Exception):
    """The entry is no longer what it was when it was read."""


class Server:
    """One calendar of one account on a server; ``sleep`` is how it waits between attempts."""

    def __init__(
        self, url: str, calendar: str, credentials: Credentials, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        _quieten()
        self.host = urlsplit(url).hostname or url
        self._client = _Client(url, credentials, sleep)
        self._calendar = self._asked("cannot list the calendars", lambda: self._find(calendar))

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def stored(self) -> dict[str, Stored]:
        """All entries of the calendar by UID; what cannot be read is left out."""
        return self._asked("cannot read the calendar", self._read)

    def write(self, uid: str, data: bytes, stored: Stored | None) -> None:
        """Write an entry: a new one, or in place of one in the version that was read.

        Raises ``Changed`` where it is another version by now, or no longer new.
        """
        path = stored.href if stored is not None else f"{uid}.ics"
        headers = {"Content-Type": "text/calendar; charset=utf-8"}
        if stored is None:
            headers["If-None-Match"] = "*"
        elif stored.etag is not None and not stored.etag.startswith("W/"):
            headers["If-Match"] = stored.etag
        calendar = URL(str(self._calendar.url))
        response = self._asked(
            "cannot write the entry", lambda: self._client.put(str(calendar.join(path)), data.decode(), headers)
        )
        if response.status in (409, 412):
            raise Changed(uid)
        if response.status not in (200, 201, 204):
            raise ServerError(f"it does not take the entry: status {response.status}", source=self.host)

    def _asked(self, what: str, ask: Callable[[], _Answer]) -> _Answer:
        """The answer; whatever goes wrong on the way becomes an error that tells no secrets."""
        try:
            return ask()
        except error.AuthorizationError as fault:
            status = f" (status {fault.status})" if fault.status else ""
            raise AccessDenied(
                f"{what}: user or password is wrong, or access denied{status}", source=self.host
            ) from None
        except error.RateLimitError:
            raise ServerError(f"{what}: it is too busy; try later", source=self.host) from None
        except error.DAVError as fault:
            status = f"status {fault.status}" if fault.status else type(fault).__name__
            hint = "" if (fault.status or 0) >= 500 else "; is this the CalDAV address?"
            raise ServerError(f"{what}: {status}{hint}", source=self.host) from None
        except requests.exceptions.RequestException as fault:
            raise ServerError(f"{what}: no answer ({type(fault).__name__})", source=self.host) from None
        except _UNREADABLE as fault:
            raise ServerError(
                f"{what}: the answer is none of CalDAV ({type(fault).__name__}); is this the CalDAV address?",
                source=self.host,
            ) from None

    def _find(self, name: str) -> Calendar:
        calendars = self._client.get_calendars()
        if not calendars:
            raise UsageError("it shows no calendars; is this the CalDAV address?", source=self.host)
        found = [calendar for calendar in calendars if unicodedata.normalize("NFC", name) in _names(calendar)]
        if len(found) == 1:
            return found[0]
        known = ", ".join(sorted({_names(calendar)[0] for calendar in calendars}))
        problem = "several calendars are called" if found else "there is no calendar"
        raise UsageError(f"{problem} {name!r}; there are: {known}", source=self.host)

    def _read(self) -> dict[str, Stored]:
        response = self._client.report(str(self._calendar.url), _EVENTS, 1)
        if response.status != 207:
            raise error.ReportError(status=response.status)
        found: dict[str, Stored] = {}
        answers: Mapping[str, Mapping[str, str | None]] = response.expand_simple_props(
            [dav.GetEtag(), cdav.CalendarData()]
        )
        for href, properties in sorted(answers.items()):
            data = properties.get(cdav.CalendarData.tag)
            for uid, event in _events(data or ""):
                found.setdefault(uid, Stored(quote(href, _OF_PATHS), properties.get(dav.GetEtag.tag), event))
        return found


class _Client(DAVClient):
    """The library's client, made patient."""

    def __init__(self, url: str, credentials: Credentials, sleep: Callable[[float], None]) -> None:
        super().__init__(
            url=url,
            username=credentials.user,
            password=credentials.password,
            timeout=TIMEOUT,
            enable_rfc6764=False,
        )
        self._sleep = sleep

    def request(
        self,
        url: str,
        method: str = "GET",
        body: Any = "",
        headers: Mapping[str, str] | None = None,
        rate_limit_time_slept: int = 0,
    ) -> Any:
        """Make a request, again and again where that may help."""
        pause = FIRST_PAUSE
        for attempt in range(1, ATTEMPTS + 1):
            wanted: float | None = None
            try:
                response = super().request(url, method, body, headers or {}, rate_limit_time_slept)
                if response.status not in _PASSING:
                    return response
                if attempt == ATTEMPTS:
                    raise error.DAVError(status=response.status)
            except error.RateLimitError as fault:
                if attempt == ATTEMPTS:
                    raise
                wanted = fault.retry_after_seconds
            except (requests.exceptions.ConnectionError, requests.exceptions.Timeout):
                if attempt == ATTEMPTS:
                    raise
            self._sleep(min(max(pause, wanted or 0.0), LONGEST_PAUSE))
            pause *= 2
        raise AssertionError("unreachable")


def _names(calendar: Calendar) -> list[str]:
    """What a calendar is called: its name, the last part of its address."""
    last = unquote(urlsplit(str(calendar.url)).path.rstrip("/").rpartition("/")[2])
    name = calendar.get_display_name()
    return [unicodedata.normalize("NFC", text) for text in (name, last) if isinstance(text, str) and text]


def _events(data: str) -> list[tuple[str, icalendar.Event | None]]:
    """The UIDs in a calendar object; the event itself where it is one that does not recur."""
    calendar = parsed(data)
    events = calendar.events if calendar is not None else []
    return [(str(event.get("UID", "")), event if len(events) == 1 else None) for event in events]


def _quieten() -> None:
    """Keep libraries from logging requests, whose headers hold the password."""
    for name in _CHATTY:
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.getEffectiveLevel(), logging.WARNING))
    error.debug_dump_communication = False
