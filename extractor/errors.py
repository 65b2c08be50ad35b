"""One small tree of exceptions. Each has a stable ``code`` that error records carry."""

from __future__ import annotations

from typing import ClassVar


class ExtractorError(Exception):
    """Base of everything this package raises on purpose.

    ``source`` names the document or argument at fault; the message says what is wrong and what
    can be done about it.
    """

    code: ClassVar[str] = "extractor-error"

    def __init__(self, message: str, *, source: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.source = source

    def __str__(self) -> str:
        return f"{self.source}: {self.message}" if self.source else self.message


class UsageError(ExtractorError):
    """An argument or option that cannot be used."""

    code = "usage"


class OutputUnwritable(UsageError):
    """A file, folder or device that cannot be written: refused, or there is no room left."""

    code = "output-unwritable"


class BadReferenceDate(UsageError):
    """A reference date that is no calendar day."""

    code = "bad-reference-date"


class ModelNotFound(UsageError):
    """A model of named entities that is not installed."""

    code = "model-not-found"


class BadConfiguration(UsageError):
    """A configuration file that cannot be read, or does not say what its schema wants.

    ``source`` is the file with the line, "extractor.toml:12".
    """

    code = "bad-configuration"


class NoDocuments(UsageError):
    """A folder or a glob in which there is nothing to read."""

    code = "no-documents"


class MissingExtra(UsageError):
    """What was asked for needs a package that is not installed."""

    code = "missing-extra"


class SourceError(ExtractorError):
    """A document that cannot be read."""

    code = "source-error"


class SourceNotFound(SourceError):
    """No such file."""

    code = "source-not-found"


class SourceUnreadable(SourceError):
    """The operating system refuses to read it."""

    code = "source-unreadable"


class UnsupportedFormat(SourceError):
    """No reader knows this kind of file."""

    code = "unsupported-format"


class NotText(SourceError):
    """Binary content where text was expected."""

    code = "not-text"


class UnknownEncoding(SourceError):
    """The bytes are text in no encoding that could be recognised."""

    code = "unknown-encoding"


class EmptyDocument(SourceError):
    """Nothing but white space."""

    code = "empty-document"


class DocumentTooLarge(SourceError):
    """More text than one report may have."""

    code = "document-too-large"


class BadLine(SourceError):
    """A line of a JSON Lines file that is not what the command reads."""

    code = "bad-line"


class TextMismatch(SourceError):
    """A text that is not the one from which a record was made."""

    code = "text-mismatch"


class DamagedDocument(SourceError):
    """A file that breaks the rules of its format, or exceeds what any honest one needs."""

    code = "damaged-document"


class TimeLimit(SourceError):
    """A document that took longer than a document may."""

    code = "time-limit"


class MemoryLimit(SourceError):
    """A document that took more memory than a document may."""

    code = "memory-limit"


class WorkerCrashed(SourceError):
    """A document over which the process died that read it."""

    code = "worker-crashed"


class EncryptedDocument(SourceError):
    """A file that only a password opens."""

    code = "encrypted-document"


class InvalidRecord(ExtractorError):
    """A record that its own schema rejects: a defect of this package."""

    code = "invalid-record"


class BadRecord(SourceError):
    """What is no record, or not as its schema says."""

    code = "bad-record"


class UnknownSchemaVersion(BadRecord):
    """A record of a version that this program does not know."""

    code = "unknown-schema-version"


class BadGold(SourceError):
    """Gold facts that cannot be read, or that lack their texts."""

    code = "bad-gold"


class ServerError(ExtractorError):
    """A server that cannot be reached, or does not do what it was asked."""

    code = "server-error"


class AccessDenied(ServerError):
    """A server that does not let us in."""

    code = "access-denied"


class DatabaseError(ExtractorError):
    """A database that cannot be reached, or refuses."""

    code = "database-error"


class DatabaseSchemaError(DatabaseError):
    """A database whose tables are not those that this version knows."""

    code = "database-schema"


class WorkerUnavailable(ExtractorError):
    """A worker process that cannot be started, so that nothing can be extracted."""

    code = "worker-unavailable"


class InternalError(ExtractorError):
    """Anything unforeseen: a defect of this package, kept to the document that shows it."""

    code = "internal-error"
