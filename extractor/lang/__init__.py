"""Language resources as data."""
