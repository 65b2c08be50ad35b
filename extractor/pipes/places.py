from spacy.language import Language


@Language.factory("german_places")
def make_german_places(nlp: Language, name: str):
    return lambda doc: doc
