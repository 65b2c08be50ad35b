"""Markdown: plain text whose markers the segmenter knows."""

from __future__ import annotations

from extractor.readers.plain import PlainReader


class MarkdownReader(PlainReader):
    """Reads Markdown; the text stays as it is, its front matter is labelled boilerplate."""

    suffixes = (".md", ".markdown", ".mdown", ".mkd")
    media_types = ("text/markdown",)
