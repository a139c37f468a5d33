"""The partition of tellings into happenings, kept up to date where it is touched.

What comes out is exactly what `linking.happenings` makes of the same tellings. Two parts are independent if average
linkage over the tellings of both gives just these two; a partition is the right one if each part is what linkage makes
of its own tellings and all parts with a strong pair between them are independent: the join that comes first anywhere is
then always one within a part. So a part is taken apart where a pair within it is compared since or no longer, and where
it turns out not to be independent of another; two parts are looked at again where such a pair lies between them.
"""

from __future__ import annotations

import itertools
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from brink.ledger.blocks import Pair, Ref, Standing, beside, chunk, parted, standing
from brink.ledger.evidence import Evidence
from brink.ledger.linking import Joined, Stood, independent, is_crowded, joined
from brink.ledger.matching import least, may, probability
from brink.ledger.shelf import Shelf

Part = tuple[Ref, ...]
"""The tellings of one happening, in order; the first one names it."""
REMEMBERED = 4096
"""Tellings whose comparisons are held at once; what falls out is made again when it is asked for."""


@dataclass(slots=True)
class Links:
    """A telling, where it stands, whom it is compared with, in how many blocks, and the chances of one happening.

    `number` is given anew whenever it is; `meets` is what is known of others by number (`linking.Stood`).
    """

    told: Evidence
    where: Standing
    times: dict[Ref, int]
    chances: dict[Ref, float]
    number: int
    meets: dict[int, bool]


def key_of(ref: Ref) -> str:
    """A telling as the key of a value."""
    return f"{ref[1]}\t{ref[4]}"


class Parts:
    """The blocks in which tellings stand and the parts into which they fall, on a shelf.

    `find` gives a telling that is held, or was until the present change.
    """

    def __init__(self, shelf: Shelf, find: Callable[[Ref], Evidence]) -> None:
        self._shelf, self._find = shelf, find
        self._links: OrderedDict[Ref, Links] = OrderedDict()
        self._numbers = itertools.count()
        self._steps: OrderedDict[Ref, Joined] = OrderedDict()

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
        changed = {pair for ref in gone for pair in self._leave(ref)}
        before = self._taken_apart(self._within(changed, gone))
        leave()
        lost = {pair for ref in new for pair in self._enter(ref)}
        before |= self._taken_apart(self._within(lost, ()))
        open_ = ({ref for part in before for ref in part} - set(gone)) | new.keys()
        again = [(a, b) for a, b in changed | lost if open_.isdisjoint((a, b)) and not {a, b} & set(gone)]
        for part in [part for pair in again for part in self._disturbed(*pair)]:
            before |= self._taken_apart(part[:1])
            open_.update(part)
        made = set(self._settled(open_, before, {*new, *(ref for pair in changed | lost for ref in pair)}))
        return before - made, {part for part in made if part not in before or not new.keys().isdisjoint(part)}

    def _within(self, pairs: Iterable[Pair], gone: Iterable[Ref]) -> set[Ref]:
        """The tellings that go, and those of pairs within one part: only such a pair changes what a part is."""
        first = {ref: self._shelf.get("first", key_of(ref)) for pair in pairs for ref in pair}
        return {*gone, *(a for a, b in pairs if first[a] is not None and first[a] == first[b])}

    def _disturbed(self, a: Ref, b: Ref) -> tuple[Part, ...]:
        """The parts of two tellings, if they are two and not independent."""
        one, other = self.part_of(a), self.part_of(b)
        if one is None or other is None or one == other or self._independent(one, other):
            return ()
        return one, other

    def _enter(self, ref: Ref) -> set[Pair]:
        """A telling into its blocks; gives the pairs that are no longer compared because of it."""
        where = standing(ref, self._find(ref))
        lost: Counter[Pair] = Counter()
        for block, stretch, entry in where.entries:
            self._shelf.insert(chunk(block, stretch), entry)
            lost.update(parted(self._shelf, block, stretch, entry))
        touched = {pair for pair, times in lost.items() if ref not in pair and self._is_changed(pair, -times)}
        mine = self._links_of(ref)
        for other, chance in mine.chances.items():
            if yours := self._links.get(other):
                yours.times[ref], yours.chances[ref] = mine.times[other], chance
        return touched

    def _leave(self, ref: Ref) -> set[Pair]:
        """A telling out of its blocks; gives the pairs that are compared since."""
        mine = self._links_of(ref)
        for other in mine.chances:
            if yours := self._links.get(other):
                del yours.times[ref], yours.chances[ref]
        gained: Counter[Pair] = Counter()
        for block, stretch, entry in mine.where.entries:
            gained.update(parted(self._shelf, block, stretch, entry))
            self._shelf.remove(chunk(block, stretch), entry)
        del self._links[ref]
        changed = {pair: times for pair, times in gained.items() if ref not in pair}
        return {pair for pair, times in changed.items() if self._is_changed(pair, times)}

    def _is_changed(self, pair: Pair, step: int) -> bool:
        """Count blocks in which two tellings are neighbours; tells whether they are compared since, or no longer."""
        known = [(self._links[of], to) for of, to in (pair, pair[::-1]) if of in self._links]
        if not known:
            times = self._compared(pair[0]).times.get(pair[1], 0)  # not remembered: it knows of all steps already
            return times == 0 if step < 0 else times == step
        before = known[0][0].times.get(known[0][1], 0)
        if not before:
            if step < 0:
                return False
            one, other = map(self._find, pair)
            if not may(one, other):
                return False
            chance = probability(one, other)
            for links, to in known:
                links.times[to], links.chances[to] = step, chance
            return True
        for links, to in known:
            links.times[to] = before + step
            if before + step == 0:
                del links.times[to], links.chances[to]
        return before + step == 0

    def _links_of(self, ref: Ref) -> Links:
        found = self._links.get(ref)
        if found is None:
            found = self._links[ref] = self._compared(ref)
            if len(self._links) > REMEMBERED:
                self._links.popitem(last=False)
        else:
            self._links.move_to_end(ref)
        return found

    def _compared(self, ref: Ref) -> Links:
        e = self._find(ref)
        where = standing(ref, e)
        times: dict[Ref, int] = {}
        chances: dict[Ref, float] = {}
        for other, count in beside(self._shelf, where, ref).items():
            known = self._links.get(other)
            if known is not None and ref in known.chances:
                times[other], chances[other] = count, known.chances[ref]
                continue
            told = self._find(other)
            if may(e, told):
                times[other] = count
                chances[other] = probability(e, told) if ref < other else probability(told, e)
        return Links(e, where, times, chances, next(self._numbers), {})

    def _taken_apart(self, refs: Iterable[Ref]) -> set[Part]:
        """The parts of tellings, which are parts no longer."""
        found = {part for ref in refs if (part := self.part_of(ref)) is not None}
        for part in found:
            self._shelf.put("part", key_of(part[0]), None)
            self._steps.pop(part[0], None)
            for ref in part:
                self._shelf.put("first", key_of(ref), None)
        return found

    def _settled(self, open_: set[Ref], before: set[Part], touched: Set[Ref]) -> list[Part]:
        """The parts that open tellings become, and all parts that are not independent of them; `before` gets those.

        A part that was one before, and of which no telling was touched, stays independent of all that stay closed.
        """
        seen: set[tuple[Part, Part]] = set()
        while True:
            linked = self._joined(open_)
            made = [part for part, _ in linked]
            self._keep(linked)
            fresh = [part for part in made if part not in before or not touched.isdisjoint(part)]
            pairs = {(part, other) for part in fresh for other in self._near(part, open_)} - seen
            bound = {other for part, other in pairs if not self._independent(part, other)}
            if not bound:
                break
            seen |= pairs
            before |= self._taken_apart(part[0] for part in bound)
            open_ |= {ref for part in bound for ref in part}
        for part in made:
            self._shelf.put("part", key_of(part[0]), part)
            for ref in part:
                self._shelf.put("first", key_of(ref), part[0])
        return made

    def _near(self, part: Part, open_: set[Ref]) -> set[Part]:
        """The parts, without open tellings, to which a pair leads that could join them."""
        strong = {
            other for ref in part for other, chance in self._links_of(ref).chances.items()
            if chance >= least() and other not in open_
        }  # fmt: skip
        return {found for other in strong if (found := self.part_of(other)) is not None}

    def _independent(self, one: Part, other: Part) -> bool:
        if len(one) > len(other):
            one, other = other, one
        among = frozenset(other)
        chances = {(a, b) if a < b else (b, a): chance for a in one for b, chance in self._strengths(a, among)}
        if all(chance < least() for chance in chances.values()):
            return True
        return independent(self._of(one), self._of(other), chances, self._stood)

    def _strengths(self, ref: Ref, among: Set[Ref]) -> list[tuple[Ref, float]]:
        known = self._links_of(ref).chances
        return [(other, known[other]) for other in known.keys() & among]

    def _of(self, part: Part) -> Joined:
        """The steps of a part; what is not remembered is made again."""
        found = self._steps.get(part[0])
        if found is None or found[0] != part:
            [found] = self._joined(set(part))
            self._keep([found])
        return found

    def _keep(self, linked: Iterable[Joined]) -> None:
        for one in linked:
            if len(one[0]) > 1:
                self._steps[one[0][0]] = one
        while len(self._steps) > REMEMBERED:
            self._steps.popitem(last=False)

    def _joined(self, refs: set[Ref]) -> list[Joined]:
        chances: dict[Pair, float] = {}
        for ref in refs:
            chances.update({(ref, other): chance for other, chance in self._strengths(ref, refs) if ref < other})
        return joined(sorted(refs), chances, self._stood)

    def _stood(self, ref: Ref) -> Stood:
        links = self._links_of(ref)
        rows = (self._shelf.row(chunk(block, stretch)) for block, stretch, _ in links.where.entries)
        return Stood(links.told, links.where, any(map(is_crowded, rows)), links.number, links.meets)
