"""Linking: which events of different reports are one and the same, and what is known of each."""

from extractor.linking.identity import event_uid
from extractor.linking.known_events import KnownEvent, Sighting, known_events

__all__ = ["KnownEvent", "Sighting", "event_uid", "known_events"]
