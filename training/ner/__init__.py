"""The recipe of the named entity model: from a public checkpoint to the files in `extractor/resources/ner`."""
