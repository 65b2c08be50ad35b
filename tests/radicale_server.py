"""A real CalDAV server: Radicale, on a free port of this machine, with a password, its requests counted."""

from __future__ import annotations

import base64
import threading
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from radicale import log
from radicale.app import Application
from radicale.config import load

USER, PASSWORD = "anna", "geheim:ä&1"
WRITING = ("PUT", "DELETE", "PROPPATCH", "MKCALENDAR", "MKCOL", "POST", "MOVE")
_MKCALENDAR = (
    '<?xml version="1.0"?><C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>'
    "<D:displayname>{name}</D:displayname></D:prop></D:set></C:mkcalendar>"
)


class Radicale:
    """The server: its address, what it was asked for, and its calendars as they are."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.requests: list[tuple[str, str]] = []
        self.before: Callable[[str, str], int | None] = lambda *_: None
        """Asked before each request; a status that it returns is the answer."""

    @property
    def writes(self) -> list[str]:
        """The methods of the requests that write, in order."""
        return [method for method, _ in self.requests if method in WRITING]

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> str:
        """Ask the server past everything that is tested and counted."""
        token = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(  # noqa: S310
            self.url + path,
            body.encode() or None,
            {"Authorization": f"Basic {token}", "X-Test": "1"} | names,
            method=method,
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            text: str = answer.read().decode()
            return text

    def make_calendar(self, path: str, name: str) -> None:
        """Make a calendar for the user."""
        self.ask("MKCALENDAR", f"/{USER}/{path}/", _MKCALENDAR.format(name=name))

    def put(self, path: str, data: str) -> None:
        """Write an entry as somebody else would."""
        self.ask("PUT", f"/{USER}/{path}", data, Content_Type="text/calendar; charset=utf-8")

    def calendar(self, path: str) -> str:
        """A whole calendar as iCalendar."""
        return self.ask("GET", f"/{USER}/{path}/")


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@contextmanager
def running(folder: Path) -> Iterator[Radicale]:
    """Radicale with its files in a folder, while the block lasts."""
    users = folder / "users"
    users.write_text(f"{USER}:{PASSWORD}\n", "utf-8")
    configuration = load()
    configuration.update(
        {
            "auth": {"type": "htpasswd", "htpasswd_filename": str(users), "htpasswd_encryption": "plain", "delay": "0"},
            "storage": {"filesystem_folder": str(folder / "collections")},
            "logging": {"level": "critical"},
        },
        "test",
    )
    log.logger.setLevel("CRITICAL")
    application = Application(configuration)

    def counted(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if "HTTP_X_TEST" not in environ:
            server.requests.append((method, path))
            status = server.before(method, path)
            if status is not None:
                environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
                start_response(f"{status} No", [("Content-Length", "0")])
                return [b""]
        return application(environ, start_response)

    with _serving(counted) as url:
        server = Radicale(url)
        yield server


@contextmanager
def answering(status: str, body: bytes) -> Iterator[str]:
    """The address of a server that says the same to everything, while the block lasts."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        start_response(status, [("Content-Type", "text/xml"), ("Content-Length", str(len(body)))])
        return [body]

    with _serving(application) as url:
        yield url


@contextmanager
def _serving(application: Callable[..., Iterable[bytes]]) -> Iterator[str]:
    with make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Quiet) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{httpd.server_port}"
        finally:
            httpd.shutdown()
            thread.join()


@contextmanager
def for_examples(folder: Path) -> Iterator[dict[str, str]]:
    """A server as the guide wants it, while the block lasts: the variables that its readers set."""
    with running(folder) as server:
        server.make_calendar("veranstaltungen", "Veranstaltungen")
        yield {"CALDAV": server.url, "EXTRACTOR_CALDAV_USER": USER, "EXTRACTOR_CALDAV_PASSWORD": PASSWORD}
