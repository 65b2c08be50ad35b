"""Records for tests: made by hand where a test needs exactly these, at random for properties."""

from __future__ import annotations

import hashlib
from typing import Any

from extractor.records import Event, Report, Source, When, Where


def make_when(start: str, **fields: Any) -> When:
    """A date; the precision is that of ``start``."""
    from extractor.edtf import precision

    return When(**({"text": start, "start": start, "precision": precision(start)} | fields))


def make_event(name: str = "Bürgerdialog Innenstadt", **fields: Any) -> Event:
    """An event; ``start`` and ``city`` stand for the simplest ``when`` and ``where``."""
    start, city = fields.pop("start", None), fields.pop("city", None)
    if start is not None:
        fields["when"] = make_when(start)
    if city is not None:
        fields["where"] = Where(city=city)
    digest = hashlib.sha256(f"{name}{sorted((key, str(value)) for key, value in fields.items())}".encode())
    return Event(
        **(
            {
                "id": digest.hexdigest()[:16],
                "role": "main",
                "name": name,
                "event_type": name.split()[0],
                "status": "planned",
                "confidence": 0.8,
            }
            | fields
        )
    )


def make_report(
    main: Event | None = None, follow_ups: list[Event] | None = None, others: list[Event] | None = None, **fields: Any
) -> Report:
    """A report of these events; ``published`` and ``uri`` go to its source."""
    published, uri = fields.pop("published", None), fields.pop("uri", "https://stadt.example/bericht")
    told = [main, *(follow_ups or []), *(others or [])]
    content = f"{published}{uri}{[event.model_dump_json() for event in told if event is not None]}{fields}"
    digest = hashlib.sha256(content.encode()).hexdigest()
    source = Source(
        uri=uri, media_type="text/plain", sha256=digest, language="de", published=published, characters=1000
    )
    return Report(
        **(
            {
                "generator": "extractor 0.1.0",
                "id": digest[:32],
                "source": source,
                "main_event": main,
                "follow_ups": [event.model_copy(update={"role": "follow_up"}) for event in follow_ups or []],
                "other_events": [event.model_copy(update={"role": "other"}) for event in others or []],
            }
            | fields
        )
    )
