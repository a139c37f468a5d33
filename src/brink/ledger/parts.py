"""The partition of tellings into happenings, kept up to date where it is touched.

Tellings choose in the order of the ledger, each among the happenings of those told before it at which it looks
(`blocks` says at whom, `joining` how it chooses). So a telling that comes last costs those and nothing more, however
many there are; one that comes late makes those choose again that look at it, then those that look at one which moved by
that, and so on in order, each once at most. What comes out follows from the set of tellings alone.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from heapq import heapify, heappop, heappush

from brink.ledger.blocks import Ref, Standing, copied_before, entries, standing, told_after, told_before
from brink.ledger.evidence import Evidence
from brink.ledger.joining import best
from brink.ledger.matching import COPIED, is_copied, may, probability
from brink.ledger.shelf import Shelf

Part = tuple[Ref, ...]
"""The tellings of one happening, in order; the first one names it."""
REMEMBERED = 1024
"""Tellings whose comparisons are held at once; what falls out is made again when it is asked for."""


def key_of(ref: Ref) -> str:
    """A telling as the key of a value."""
    return f"{ref[1]}\t{ref[4]}"


class Parts:
    """The blocks in which tellings stand and the parts into which they fall, on a shelf.

    `find` gives a telling that is held, or was until the present change.
    """

    def __init__(self, shelf: Shelf, find: Callable[[Ref], Evidence]) -> None:
        self._shelf, self._find = shelf, find
        self._chances: OrderedDict[Ref, dict[Ref, float]] = OrderedDict()

    def part_of(self, ref: Ref) -> Part | None:
        """The part of a telling, None where it is not held."""
        first = self._shelf.get("first", key_of(ref))
        part: Part | None = self._shelf.get("part", key_of(first)) if first else None
        return part

    def change(
        self, gone: Sequence[Ref], new: Mapping[Ref, Evidence], leave: Callable[[], None]
    ) -> tuple[set[Part], set[Part]]:
        """Take tellings out and in; gives the parts that are no longer, and those that are new or told anew.

        `leave` is called when those that go need not be found any more.
        """
        moving = _Moving(self._shelf)
        for ref in gone:
            moving.move(ref, None)
        again = {other for ref in gone for other in self._leave(ref)} - set(gone)
        leave()
        where = {ref: standing(ref, self._find(ref)) for ref in new}
        for ref in new:
            moving.begin(ref)
        for one in where.values():
            for key, entry in entries(one):
                self._shelf.insert(key, entry)
        self._choose(again.union(new, *(told_after(self._shelf, one) for one in where.values())), where, moving)
        before, made = moving.ended()
        return before - made, {part for part in made if part not in before or not new.keys().isdisjoint(part)}

    def compared(self, ref: Ref) -> Mapping[Ref, float]:
        """Those told before a telling that it looks at and may be one happening with, and the chance that they are."""
        return self._compared(standing(ref, self._find(ref)))

    def _leave(self, ref: Ref) -> set[Ref]:
        """A telling out of its blocks; gives those that looked at it."""
        where = standing(ref, self._find(ref))
        found = told_after(self._shelf, where)
        for other in found:
            self._chances.get(other, {}).pop(ref, None)
        self._chances.pop(ref, None)
        for key, entry in entries(where):
            self._shelf.remove(key, entry)
        return found

    def _choose(self, again: Set[Ref], new: Mapping[Ref, Standing], moving: _Moving) -> None:
        """Let tellings choose, the first first; where one moves, those that look at it choose again."""
        waiting, heap = set(again), list(again)
        heapify(heap)
        while heap:
            ref = heappop(heap)
            e = self._find(ref)
            where = new.get(ref) or standing(ref, e)
            fits: dict[Ref, list[float]] = defaultdict(list)
            for other, chance in self._compared(where).items():
                fits[moving.first(other)].append(chance)
            if moving.move(ref, best(fits, e.stance != "asserts") or ref) and ref not in new:
                for other in told_after(self._shelf, where) - waiting:
                    if other > ref:
                        waiting.add(other)
                        heappush(heap, other)

    def _compared(self, where: Standing) -> dict[Ref, float]:
        known = self._chances.pop(where.ref, {})
        e = self._find(where.ref)
        found: dict[Ref, float] = {}
        for other in told_before(self._shelf, where):
            if other in known:
                found[other] = known[other]
            elif may(told := self._find(other), e):
                found[other] = probability(told, e)
        found |= dict.fromkeys((o for o in copied_before(self._shelf, where) if is_copied(self._find(o), e)), COPIED)
        self._chances[where.ref] = found
        if len(self._chances) > REMEMBERED:
            self._chances.popitem(last=False)
        return found


class _Moving:
    """The parts while they change: `first` tells in which a telling is, by name, and `move` puts it into another."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._first: dict[Ref, Ref | None] = {}
        self._before: dict[Ref, Part] = {}
        self._now: dict[Ref, set[Ref]] = {}

    def begin(self, ref: Ref) -> None:
        """A telling that is in no part yet."""
        self._first[ref] = None

    def first(self, ref: Ref) -> Ref:
        """The name of the part of a telling that has chosen."""
        found = self._known(ref)
        assert found is not None
        return found

    def move(self, ref: Ref, to: Ref | None) -> bool:
        """A telling into the part of that name, None for none; tells whether it was in another until now."""
        now = self._known(ref)
        if now is not None:
            self._part(now).discard(ref)
        if to is not None:
            self._part(to).add(ref)
        self._first[ref] = to
        return now != to

    def ended(self) -> tuple[set[Part], set[Part]]:
        """All that changed, on the shelf; gives the parts that were touched, as they were and as they are."""
        before = {part for part in self._before.values() if part}
        made = {tuple(sorted(part)) for part in self._now.values() if part}
        for part in before - made:
            self._shelf.put("part", key_of(part[0]), None)
        for ref in (ref for ref, first in self._first.items() if first is None):
            self._shelf.put("first", key_of(ref), None)
        for part in made - before:
            self._shelf.put("part", key_of(part[0]), part)
        for ref, first in self._first.items():
            if first is not None:
                self._shelf.put("first", key_of(ref), first)
        return before, made

    def _known(self, ref: Ref) -> Ref | None:
        if ref not in self._first:
            self._first[ref] = self._shelf.get("first", key_of(ref))
        return self._first[ref]

    def _part(self, name: Ref) -> set[Ref]:
        found = self._now.get(name)
        if found is None:
            part = self._shelf.get("part", key_of(name)) or ()
            # The name may be that of another telling with the same place in a former version of its report.
            self._before[name] = part if part[:1] == (name,) else ()
            found = self._now[name] = set(self._before[name])
        return found
