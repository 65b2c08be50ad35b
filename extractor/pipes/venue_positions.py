"""The patterns of what stands before a venue (prepositions with articles, labels) and behind it (verbs, rooms)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractor.lang.months import month_names
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
    provided: re.Pattern[str]
    travel: re.Pattern[str]
    affiliation: re.Pattern[str]
    unusable: re.Pattern[str]
    opens: re.Pattern[str]
    time: re.Pattern[str]
    town_after: re.Pattern[str]


@lru_cache(maxsize=1)
def venue_positions() -> VenuePositions:
    """Make the patterns from the lexicon, once."""
    lexicon = venues_lexicon()
    prepositions, articles = lexicon.prepositions.replace(" ", "|"), lexicon.articles.replace(" ", "|")
    contractions, weak = lexicon.contractions.replace(" ", "|"), lexicon.weak_contractions.replace(" ", "|")
    rooms = lexicon.rooms_with_number.replace(" ", "|")
    label = rf"(?<!\w)(?:{lexicon.labels.replace(' ', '|')}){LABEL_MORE}(?: ist|:| ?\?| \|)"
    predicates, says = lexicon.predicates.replace(" ", "|"), lexicon.predicate_verbs.replace(" ", "|")
    months = "|".join([*month_names(), *lexicon.more_months.split()])
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
            rf"(?:{label}[ :]{{0,2}}(?:(?:{LABELLED_ARTICLES}) )?|(?<!\w)(?:{lexicon.bare_labels.replace(' ', '|')}) )$"
        ),
        room=re.compile(
            rf",? \(?(?:(?:{lexicon.room_adjectives.replace(' ', '|')}) )?(?:{rooms}) "
            r"(?:[A-Z]?\d[\w/-]{0,6}|[A-Z]\b)(?!\w)"
            rf"(?!\.\s?(?:{lexicon.no_room_numbers.replace(' ', '|')}|[A-Z]\.))\)?"
        ),
        predicate=re.compile(
            rf"(?<!\w)(?:{predicates})(?: (?:de[rs]|für) (?:[\wäöü.-]{{1,30}} ){{1,3}}| )(?:{says}) "
            rf"(?:[a-zäöüß]{{2,12}} ){{0,3}}(?:am [A-ZÄÖÜ]\w{{2,12}} )?{article}"
        ),
        predicated=re.compile(
            rf" (?:{says}) (?:[a-zäöüß]{{2,12}} ){{0,4}}(?:am [A-ZÄÖÜ]\w{{2,12}} )?(?:{predicates})\b"
        ),
        filled=re.compile(
            rf"(?<!\w)(?:(?:{lexicon.filling_verbs.replace(' ', '|')}) (?:[\wäöüß.,:]{{1,20}} ){{0,5}}"
            rf"|(?:{lexicon.visiting_verbs.replace(' ', '|')}) wir (?:[a-zäöüß]{{2,12}} ){{0,3}}){article}"
        ),
        provided=re.compile(r"(?: \w{2,12}){0,2} zur Verfügung (?:ge)?stell\w{1,3}\b"),
        travel=re.compile(
            rf"(?i:{lexicon.travels.replace(' ', '|')})(?: (?:am|vom|um) [^,;:!?\n]{{1,30}}?)? "
            r"(?:zu[mr]|ins?|auf|nach) (?:(?:die|das|den|der|dem) )?$"
        ),
        lasting=re.compile(rf" ({lexicon.lasting_adjectives.replace(' ', '|')}) $"),
        affiliation=re.compile(
            rf"(?:{_in_either_case(lexicon.affiliations)}|(?:{_in_either_case(lexicon.affiliation_stems)})\w{{1,4}})"
            r" (?:\w{2,30} ){0,4}$"
        ),
        unusable=re.compile(
            r"(?: (?:in|am|an der|auf dem) [A-ZÄÖÜ][\w-]{2,30})? "
            rf"(?:{lexicon.unusable_verbs.replace(' ', '|')})\b[^.;:!?\n]{{0,60}}? (?:{'|'.join(lexicon.unusable)})\b"
        ),
        opens=re.compile(
            rf"(?: \([\w .-]{{2,12}}\))? (?:(?:{lexicon.opening_verbs.replace(' ', '|')})(?: [\wäöü]{{2,14}}){{0,3}} )?"
            rf"(?:seine|ihre|die) (?:{lexicon.doors.replace(' ', '|')})\b[^.;:!?\n]{{0,80}}"
        ),
        time=re.compile(rf"(?:Uhr|\b(?:{months})|\b\d{{4}}|\d{{1,2}}\.|\d[.:]\d\d|h)\)?\s?[,;|·–—-]?\s?$"),
        town_after=re.compile(
            r"(?: \([^()\n]{2,20}\))?(?:,| \(|,? (?:in|bei|nach|zu)| [|·–-])"
            rf"(?: (?:der )?(?:{lexicon.town_kinds.replace(' ', '|')}))? ?$"
        ),
    )


def _in_either_case(words: str) -> str:
    """A pattern for words, blanks between them, whose first letter is small or a capital."""
    return "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in words.split())
