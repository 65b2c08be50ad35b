"""The temporal tagger: atoms → composed rules → underspecified meaning → resolution.

``atoms`` are the building blocks of the patterns. ``days``, ``months``, ``periods``, ``years``, ``foreign``,
``feasts``, ``clock``, ``spoken``, ``relative`` and ``quantities`` compose them to rules. ``scanner`` applies the
rules in one pass and yields candidates, whose ``meanings`` keep every hole that the text leaves. ``dateline`` finds the
date of the text itself. ``resolution`` fills what reference date and ``context`` can fill (``completion``,
``deixis``), with ``tense`` to tell what was from what is planned, and ``tagging`` puts it all together.
"""
