"""What belongs to a crisis: the span, actors, places and words of its file are filters.

The span is about reports: one published outside it is not laid. The three lists are about happenings: each list lets in
what it names, and what none of them names lies outside and is not shown. A file without lists lets in all.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from datetime import date

from brink.coding import named_in
from brink.ledger import wording
from brink.ledger.evidence import Evidence
from brink.records import Crisis


def in_span(published: date | None, crisis: Crisis | None) -> bool:
    """Whether a report of that day is laid: within the crisis's days, both included; an undated one always is."""
    if crisis is None or published is None:
        return True
    day = published.isoformat()
    return (crisis.since or "") <= day and (crisis.until is None or day <= crisis.until)


def belongs(tellings: Sequence[Evidence], crisis: Crisis | None) -> bool:
    """Whether a happening lies inside a crisis.

    One of its actors or recipients, its place, or the words of one of its sentences must be in the file's lists.
    """
    if crisis is None or not (crisis.actors or crisis.places or crisis.words):
        return True
    return any(_takes_part(e, crisis) or _is_there(e, crisis) or _tells(e, crisis) for e in tellings)


def _takes_part(e: Evidence, crisis: Crisis) -> bool:
    """A country's code names all that are of that country, a name the one that bears it."""
    keys = {part for key in e.actors | e.recipients for part in key.casefold().split("/", 1)}
    names = {party.name.casefold() for party in (*e.event.actor, *e.event.recipient)}
    return not _folded(crisis.actors).isdisjoint(keys | names)


def _is_there(e: Evidence, crisis: Crisis) -> bool:
    """A place by its name or its region's; a country, by code or name, has all places in it."""
    place = e.event.place
    if place is None or not crisis.places:
        return False
    names = {name.casefold() for name in (place.name, place.admin1, place.country) if name}
    return not names.isdisjoint(_folded(crisis.places)) or place.country in _countries(crisis.places)


def _tells(e: Evidence, crisis: Crisis) -> bool:
    return any(_says(word, e) for word in crisis.words)


def _says(word: str, e: Evidence) -> bool:
    """Whether a sentence has a word in any of its forms; all words of a phrase; letters alone as they are written."""
    stems = wording.stems(word)
    return stems <= e.stems if stems else bool(re.search(rf"\b{re.escape(word)}\b", e.sentence))


@functools.lru_cache(maxsize=64)
def _folded(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name.casefold() for name in names)


@functools.lru_cache(maxsize=64)
def _countries(places: tuple[str, ...]) -> frozenset[str]:
    """The codes of those places that are countries."""
    known = (known for place in places for known in named_in(place) if known.kind == "country")
    return frozenset(known.country for known in known if known.country)
