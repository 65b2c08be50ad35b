"""Labelled blocks of a plain text: what is a heading, a paragraph, a list item, boilerplate, a repeat."""

from extractor.blocks.marks import Mark
from extractor.blocks.segmentation import segment

__all__ = ["Mark", "segment"]
