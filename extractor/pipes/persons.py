from spacy.language import Language


@Language.factory("german_persons")
def make_german_persons(nlp: Language, name: str):
    return lambda doc: doc
