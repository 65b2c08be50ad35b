"""The user's own knowledge: names in a configuration file, and vocabularies of topics beside it."""

from extractor.configuration.models import Configuration

__all__ = ["Configuration"]
