"""Records against gold facts: reading, scoring, printing. ``tests/quality/README.md`` says how gold is written."""
