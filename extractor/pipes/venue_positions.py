"""What stands before a venue: prepositions with their articles, labels; and rooms behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractor.pipes.venue_labels import LABEL_MORE, LABELLED_ARTICLES
from extractor.pipes.venue_names import venues_lexicon


@dataclass(frozen=True, slots=True)
class VenuePositions:
    """The patterns of what stands before a venue, made from the lexicon."""

    determiner: re.Pattern[str]
    bare: re.Pattern[str]
    label: re.Pattern[str]
    room: re.Pattern[str]
    predicate: re.Pattern[str]
    predicated: re.Pattern[str]
    filled: re.Pattern[str]
    lasting: re.Pattern[str]


@lru_cache(maxsize=1)
def venue_positions() -> VenuePositions:
    """Make the patterns from the lexicon, once."""
    lexicon = venues_lexicon()
    prepositions, articles = lexicon.prepositions.replace(" ", "|"), lexicon.articles.replace(" ", "|")
    contractions, weak = lexicon.contractions.replace(" ", "|"), lexicon.weak_contractions.replace(" ", "|")
    rooms = lexicon.rooms_with_number.replace(" ", "|")
    label = rf"(?<!\w)(?:{lexicon.labels.replace(' ', '|')}){LABEL_MORE}(?: ist|:| ?\?| \|)"
    predicates, says = lexicon.predicates.replace(" ", "|"), lexicon.predicate_verbs.replace(" ", "|")
    article = (
        r"(?:[Dd](?:er|ie|as|en)|[Uu]nsere?n?|[Ii]hre?n?|[Ss]eine?n?|[Ee]in(?:e|en)?)"
        r"(?: [a-zäöüß]{2,20}(?:e|er|es|en)){0,2} $"
    )
    return VenuePositions(
        determiner=re.compile(
            rf"(?<!\w)(?:(?:{prepositions}) (?P<article>{articles})|(?P<contraction>{contractions})|(?P<weak>{weak}))"
            r"(?: [a-zäöüß]{3,20}(?:en|em|er)){0,2} $",
            re.IGNORECASE,
        ),
        bare=re.compile(r"(?<!\w)(?:in|auf|nach|vor|[IA]n|Auf) $"),
        label=re.compile(
            rf"(?:{label}[ :]{{0,2}}(?:(?:{LABELLED_ARTICLES}) )?|(?<!\w)(?:Treffpunkt|Veranstaltungsort|Tagungsort) )$"
        ),
        room=re.compile(
            rf",? \(?(?:(?:Kleiner|Großer|Blauer|Roter|Grüner) )?(?:{rooms}) "
            r"(?:[A-Z]?\d[\w/-]{0,6}|[A-Z]\b)(?!\w)(?!\.\s?(?:Stock|Etage|OG|UG|EG|Ober|Unter|Geschoss|Januar|[A-Z]\.))\)?"
        ),
        predicate=re.compile(
            rf"(?<!\w)(?:{predicates})(?: (?:de[rs]|für) (?:[\wäöü.-]{{1,30}} ){{1,3}}| )(?:{says}) "
            rf"(?:[a-zäöüß]{{2,12}} ){{0,3}}(?:am [A-ZÄÖÜ]\w{{2,12}} )?{article}"
        ),
        predicated=re.compile(
            rf" (?:{says}) (?:[a-zäöüß]{{2,12}} ){{0,4}}(?:am [A-ZÄÖÜ]\w{{2,12}} )?(?:{predicates})\b"
        ),
        filled=re.compile(
            rf"(?<!\w)(?:{lexicon.filling_verbs.replace(' ', '|')}) (?:[\wäöüß.,:]{{1,20}} ){{0,5}}{article}"
        ),
        lasting=re.compile(rf" ({lexicon.lasting_adjectives.replace(' ', '|')}) $"),
    )
