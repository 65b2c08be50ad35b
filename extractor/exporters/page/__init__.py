"""A report as a web page that needs nothing else: the text with its spans, and what they prove."""

from extractor.exporters.page.page import to_html
from extractor.exporters.page.source import text_of

__all__ = ["text_of", "to_html"]
