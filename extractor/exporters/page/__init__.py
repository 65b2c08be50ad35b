"""A report as a web page that needs nothing else: the text with its spans, and what they prove."""

from extractor.exporters.page.page import to_html

__all__ = ["to_html"]
