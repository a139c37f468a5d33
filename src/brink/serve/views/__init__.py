"""What each page shows, as JSON-ready dicts: the page and its JSON twin are made from the same one.

A view takes a `Moment` and what was asked, and gives a dict of texts, numbers, lists and None. Where a record knows
nothing, a view says nothing.
"""
