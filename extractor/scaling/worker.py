"""What every engine runs: a worker that is made once in its process and turns documents into outcomes."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from extractor.configuration import Configuration
from extractor.output import write_text
from extractor.pipeline import Extractor
from extractor.readers import MAX_FILE, read_bytes
from extractor.readers.object_store import is_url, read_object
from extractor.readers.streams import open_source, read_most, uri_of
from extractor.scaling.limits import too_large
from extractor.scaling.outcomes import Outcome, Settings, failure
from extractor.validation import validated_json


class Worker:
    """An ``Extractor`` for one document after the other.

    Making one takes about a second, so it is made once in a process; raises ``UsageError`` for settings that cannot be
    used.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        known = settings.configuration
        configuration = Configuration.model_validate_json(known) if known is not None else None
        self.extractor = Extractor(reference_date=settings.reference_date, ner=settings.ner, config=configuration)

    def run(self, source: str, data: bytes | None = None, *, known: str | None = None) -> Outcome:
        """Extract the record of one document: of a file, if its bytes are not given.

        ``known`` is the digest of bytes that need not be extracted again. Whatever is wrong with the document is an
        error record; ``UsageError`` is raised where its text cannot be written.
        """
        digest = None
        try:
            data = _bytes_of(source) if data is None else data
            digest = sha256(data).hexdigest()
            if digest == known:
                return Outcome(source, digest)
            document = read_bytes(data, uri=uri_of(source))
            report = self.extractor.extract_document(document)
            record = validated_json(report, indent=self.settings.indent)
        except MemoryError:
            return failure(source, too_large(), digest)
        except Exception as error:
            return failure(source, error, digest)
        if self.settings.texts is not None:
            write_text(Path(self.settings.texts, f"{report.id}.txt"), document.text)
        return Outcome(source, digest, record, report.id, tuple(warning.code for warning in report.warnings))


def _bytes_of(source: str) -> bytes:
    """The bytes of a file or object, at most one more than any reader takes."""
    if is_url(source):
        return read_object(source)
    with open_source(source) as file:
        return read_most(file, MAX_FILE + 1)
