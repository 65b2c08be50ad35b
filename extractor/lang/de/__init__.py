"""German lexicons and patterns."""
