"""What the ranking of nouns sees in a text, and what it makes of it."""

from extractor.document import BlockKind
from extractor.pipes.topic_context import OtherEvents
from extractor.pipes.topic_features import TextFeatures
from extractor.pipes.topic_named import Named
from extractor.pipes.topic_names import Candidate
from extractor.pipes.topic_ranking import by_head, log_odds, named_by, ranked, topic_weights

HEADING, PARAGRAPH = BlockKind.HEADING, BlockKind.PARAGRAPH
TEXT = (
    "Neue Blühstreifen für den Acker\n"
    "Am Abend ging es um die Blühstreifen, und mit dem Pflanzplan kam auch der kantonale Zuschuss zur Sprache.\n"
    "Kaffee und Kuchen gab es ab 15.30 Uhr im Pfarrsaal, eine Kiste Pflaumen auch.\n"
)


def features_of(text: str, kinds: list[BlockKind]) -> TextFeatures:
    return TextFeatures(text, kinds, Named(), OtherEvents(text))


def nouns(text: str = TEXT) -> dict[str, frozenset[str]]:
    found = features_of(text, [HEADING, PARAGRAPH, PARAGRAPH]).nouns()
    return {text[noun.start : noun.end]: noun.features for noun in reversed(list(found))}


def test_features_tell_line_neighbours_repetition_and_sentence() -> None:
    seen = nouns()
    assert {"line.heading", "first_line", "in_title", "twice"} <= seen["Blühstreifen"]
    assert {"before.article", "link.with"} <= seen["Pflanzplan"]
    assert "before.adjective" in seen["Zuschuss"]
    assert {"sentence.business", "sentence.figures", "before.joint"} <= seen["Kuchen"]
    assert "sentence.business" not in seen["Pflanzplan"]


def test_persons_places_streets_and_words_in_capitals_are_no_nouns() -> None:
    assert not nouns("Potsdam, Katharina, Gartenstraße, ABGESAGT und Wehrführer\n")


def test_a_verb_before_a_noun_is_no_adjective() -> None:
    seen = nouns("Wir roden Wurzeln, pflanzen Obstbäume und loben die alten Obstwiesen.\n")
    assert "before.adjective" not in seen["Obstbäume"]
    assert "before.adjective" in seen["Obstwiesen"]


def test_a_noun_takes_its_adjective_in_the_nominative_and_close_attributes_along() -> None:
    features = features_of(TEXT, [HEADING, PARAGRAPH, PARAGRAPH])
    names = [named.name for noun in features.nouns() if (named := named_by(TEXT, noun))]
    assert "kantonaler Zuschuss" in names
    assert "Blühstreifen für den Acker" in names


def test_what_a_rule_announces_is_apart_and_carries_its_features() -> None:
    start = TEXT.index("Pflanzplan")
    announced = Candidate("topic.cue.theme", 5, start, start + 10, start + 10, "Pflanzplan")
    features = features_of(TEXT, [HEADING, PARAGRAPH, PARAGRAPH])
    ((noun, announcing),) = [pair for pair in by_head(TEXT, features, [announced]) if pair[1]]
    assert announcing == [announced]
    weights = topic_weights()
    with_cue = log_odds(weights.bias, weights.features, noun, [announced])
    assert with_cue > log_odds(weights.bias, weights.features, noun, [])
    first, others = ranked(TEXT, features, [announced])
    assert [found.name for found in first] == ["Pflanzplan"]
    assert "Pflanzplan" not in [found.name for found in others]


def test_the_weights_know_only_features_that_can_be_seen() -> None:
    weights = topic_weights()
    seen = frozenset().union(*nouns().values())
    assert {"word.common", "line.heading", "in_title"} <= seen & weights.features.keys()
