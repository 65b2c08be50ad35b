"""Assembly: spans in, `Report` out, and the reasons where asked for."""

from extractor.assembly.explanation import explain
from extractor.assembly.report import assemble

__all__ = ["assemble", "explain"]
