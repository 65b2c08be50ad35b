"""spaCy components, one module per kind of span, usable in any spaCy pipeline."""
