"""The temporal tagger: atoms → composed rules → underspecified meaning → resolution.

``vocabulary`` and ``lexicon`` hold the words, ``atoms`` are the building blocks of the patterns. ``days``,
``ordinal_days``, ``months``, ``quarters``, ``periods``, ``decades``, ``years``, ``school``, ``feasts``, ``foreign``,
``clock``, ``spoken``, ``relative``, ``durations`` and ``sets`` compose them to rules, and ``parts`` lets some of them
follow "Ende der", "zweite Hälfte des". ``scanner`` applies the rules in one pass and yields candidates, whose
``meanings`` keep every hole that the text leaves. ``dateline`` finds the
date of the text itself. ``resolution`` fills what reference date and ``context`` can fill (``completion``,
``deixis``), with ``tense`` to tell what was from what is planned, and ``tagging`` puts it all together.
"""
