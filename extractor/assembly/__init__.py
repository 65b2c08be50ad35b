"""Assembly: spans in, `Report` out."""

from extractor.assembly.report import assemble

__all__ = ["assemble"]
