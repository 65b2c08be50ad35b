"""What an event is called that the text tells without a noun for it."""

from extractor import Extractor


def test_the_title_names_only_the_event_that_the_text_is_about(extractor: Extractor) -> None:
    report = extractor.extract(
        "Lichterzauber am Kanal\n\nAm 3. Mai 2024 kamen in Gera 40 Gäste zusammen. Es war voll.\n\n"
        "Am 5. Juni 2024 trifft man sich wieder in Zeitz."
    )
    assert report.main_event is not None
    assert report.main_event.event_type == "Lichterzauber"
    assert [event.event_type for event in report.follow_ups] == ["Treffen"]
