"""Linking: which events of different reports are one and the same."""
