"""The temporal tagger: atoms → composed rules → underspecified meaning → resolution.

``atoms`` are the building blocks of the patterns; ``days``, ``periods``, ``clock``, ``relative``,
``spans_of_time`` and ``feasts`` compose them to rules; ``scanner`` applies the rules and yields
candidates whose meaning keeps every hole the text leaves (``meanings``); ``dateline`` finds the date of the
text itself; ``resolution`` fills the holes that reference date and context can fill.
"""
