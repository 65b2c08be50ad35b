"""Labelled blocks of a plain text."""

from __future__ import annotations

import re

from extractor.document import Block, BlockKind


def segment(text: str) -> tuple[Block, ...]:
    """Blocks of a plain text, split at empty lines."""
    return tuple(Block(BlockKind.PARAGRAPH, m.start(), m.end()) for m in re.finditer(r"\S.*(?:\n.*\S.*)*", text))
