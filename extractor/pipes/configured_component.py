"""The component ``german_configured_names``: where the names of the user's configuration stand.

It runs before all other pipes and stores what it finds in ``doc.spans["configured"]``; the pipe of each kind takes its
names from there and treats them as its own: roles, acronyms, titles, towns follow the same rules. What the user knows
comes before what rules see in the same words. Without the component the other pipes are as they are.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extractor.configuration import Configuration
from extractor.pipes.configured import KEY
from extractor.pipes.configured_names import ConfiguredNames
from extractor.pipes.reading import reading_of, register, set_spans
from extractor.pipes.values import Configured


class GermanConfiguredNames:
    """The component; without a configuration it finds nothing."""

    def __init__(self, names: ConfiguredNames | None = None) -> None:
        self.names = names
        register(KEY)

    def __call__(self, doc: Doc) -> Doc:
        """Add ``doc.spans["configured"]``."""
        found: list[Configured] = []
        if self.names is not None:
            reading = reading_of(doc)
            found = self.names.find(reading.text)
            for value in found:
                value["start"], value["end"] = reading.source(value["start"], value["end"])
        set_spans(doc, KEY, found)
        return doc


@Language.factory("german_configured_names", default_config={"path": None})
def make_german_configured_names(nlp: Language, name: str, path: str | None) -> GermanConfiguredNames:
    """Create the component from a configuration file.

    Raises ``BadConfiguration`` for one that cannot be used.
    """
    return GermanConfiguredNames(ConfiguredNames(Configuration.load(path)) if path is not None else None)
