"""Opposites of the same actor, theatre and days: linked and shown as "at odds", not yet contradicted.

Happenings that a row of the table of opposites speaks of stand in a list for their actor, by day; those near each other
in it are looked at, so that a crowded month costs no more than a quiet one.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from brink.ledger.blocks import after, before, chunk, days
from brink.ledger.shelf import Memory, Shelf
from brink.ledger.tables import opposites, table
from brink.records import Happening

Entry = tuple[int, str, str, tuple[bool, bool], str]
"""Day, id, name, which sides of the row it is of, and country ("" where not known)."""
Place = tuple[str, Entry]
"""A list, and how a happening stands in it."""


@functools.cache
def _numbers() -> tuple[int, int]:
    found = table("acts")["days"]
    return int(found["opposite"]), int(found["between"]) + 1


def linked(happenings: Sequence[Happening]) -> list[Happening]:
    """The same happenings with `opposes` filled in, both ways."""
    odds = Odds(Memory())
    held = [(h, places_of(str(i), h)) for i, h in enumerate(happenings)]
    for _, places in held:
        odds.enter(places)
    return [replace(h, opposes=found) if (found := odds.of(places)) else h for h, places in held]


class Odds:
    """The lists of opposites, by actor and row of the table, on a shelf. What goes in and out are `places_of`."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def enter(self, places: Iterable[Place]) -> set[str]:
        """A happening into its lists; gives the names of others that are at odds with others than before."""
        touched: set[str] = set()
        for key, entry in places:
            self._shelf.insert(chunk(key, entry[0] // days()), entry)
            touched |= self._touched(key, entry)
        return touched

    def leave(self, places: Iterable[Place]) -> set[str]:
        """A happening out of its lists; gives the names of others that are at odds with others than before."""
        touched: set[str] = set()
        for key, entry in places:
            touched |= self._touched(key, entry)
            self._shelf.remove(chunk(key, entry[0] // days()), entry)
        return touched

    def _touched(self, key: str, entry: Entry) -> set[str]:
        """Who is at odds with an entry, and pairs at odds that see each other only while it does not stand between."""
        sooner, later = self._sides(key, entry)
        found = {other[2] for other in (*sooner, *later) if _at_odds(entry, other)}
        for one, other in zip(sooner, later[_numbers()[1] - len(sooner) :], strict=False):
            if _at_odds(one, other):
                found |= {one[2], other[2]}
        return found

    def of(self, places: Iterable[Place]) -> tuple[str, ...]:
        """The ids of all that a happening, which stands in the lists, is at odds with."""
        found = {
            other[1] for key, entry in places for other in self._around(key, entry) if _at_odds(entry, other)
        }  # fmt: skip
        return tuple(sorted(found))

    def _around(self, key: str, entry: Entry) -> list[Entry]:
        sooner, later = self._sides(key, entry)
        return [*sooner, *later]

    def _sides(self, key: str, entry: Entry) -> tuple[list[Entry], list[Entry]]:
        most = _numbers()[1]
        return before(self._shelf, key, entry, most), after(self._shelf, key, entry, most)


def _at_odds(one: Entry, other: Entry) -> bool:
    """Whether two entries of a row undo each other: on its two sides, near in time, and not in two theatres."""
    (mine, yours), (own, theirs) = one[3], other[3]
    elsewhere = bool(one[4] and other[4] and one[4] != other[4])
    return not elsewhere and abs(one[0] - other[0]) <= _numbers()[0] and ((mine and theirs) or (yours and own))


def places_of(name: str, h: Happening) -> tuple[Place, ...]:
    """The lists in which a happening stands, and how; what has not come about undoes nothing.

    `name` tells it from others of its day and id.
    """
    return tuple(_places(name, h))


def _places(name: str, h: Happening) -> Iterator[Place]:
    sides = _sides(h.event, h.mode)
    day = _day(h) if sides else None
    if day is None or h.phase == "not_done" or h.status == "retracted":
        return
    if h.promise is not None and h.phase == "announced":
        return
    country = (h.place.country if h.place else None) or ""
    for actor in sorted({p.key for p in h.actor}):
        for row, side in sides:
            yield f"odds\t{row}\t{actor}", (day, h.id, name, side, country)


@functools.cache
def _sides(event: str, mode: tuple[str, ...]) -> tuple[tuple[int, tuple[bool, bool]], ...]:
    found = ((row, (_is(event, mode, one), _is(event, mode, other))) for row, (one, other) in enumerate(opposites()))
    return tuple((row, sides) for row, sides in found if any(sides))


def _is(event: str, mode: tuple[str, ...], named: tuple[str, str]) -> bool:
    return event == named[0] and (not named[1] or named[1] in mode)


def _day(h: Happening) -> int | None:
    told = h.time.start if h.time else h.first
    return date.fromisoformat(told[:10]).toordinal() if told else None
