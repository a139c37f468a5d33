"""The partition of tellings into happenings, kept up to date where it is touched.

What comes out is exactly what `linking.happenings` makes of the same tellings. Two parts are independent if average
linkage over the tellings of both gives just these two; a partition is the right one if each part is what linkage makes
of its own tellings and all parts with a strong pair between them are independent: the join that comes first anywhere is
then always one within a part. So only the parts of touched tellings are taken apart, and any part that turns out not
to be independent of what they become.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field

from brink.ledger.blocks import Entry, Pair, Ref, Rows, Standing, chunk, entered, left, standing
from brink.ledger.evidence import Evidence
from brink.ledger.linking import Crowd, is_crowded, joined
from brink.ledger.matching import least, may, probability

Step = Callable[[Rows, str, int, Entry], tuple[list[Pair], list[Pair]]]
Part = tuple[Ref, ...]
"""The tellings of one happening, in order; the first one names it."""


@dataclass(slots=True)
class Links:
    """Whom a telling is compared with: how often they are neighbours, and how likely they tell of one happening."""

    times: dict[Ref, int] = field(default_factory=dict)
    chances: dict[Ref, float] = field(default_factory=dict)


@dataclass(slots=True)
class Parts:
    """Tellings, the blocks in which they stand, and the parts into which they fall.

    Values are put back after each change, so that the mappings may be of a kind that keeps them elsewhere.
    """

    held: MutableMapping[Ref, Evidence] = field(default_factory=dict)
    standings: MutableMapping[Ref, Standing] = field(default_factory=dict)
    rows: Rows = field(default_factory=dict)
    links: MutableMapping[Ref, Links] = field(default_factory=dict)
    firsts: MutableMapping[Ref, Ref] = field(default_factory=dict)
    parts: MutableMapping[Ref, Part] = field(default_factory=dict)

    def change(self, gone: Iterable[Ref], new: Mapping[Ref, Evidence]) -> tuple[set[Part], set[Part]]:
        """Take tellings out and in; gives the parts that are no longer, and those that are new or told anew."""
        dirty: set[Ref] = set()
        out: set[Ref] = set()
        for ref in gone:
            dirty |= self._leave(ref)
            out.add(ref)
        for ref, e in new.items():
            dirty |= self._enter(ref, e)
        before = self._taken_apart((dirty - new.keys()) | out)
        for ref in out - new.keys():
            del self.held[ref], self.standings[ref], self.links[ref]
        open_ = {ref for part in before for ref in part if ref not in out} | set(new)
        made = self._settled(open_, before)
        return before - made, {part for part in made if part not in before or not new.keys().isdisjoint(part)}

    def _enter(self, ref: Ref, e: Evidence) -> set[Ref]:
        """A telling into its blocks; gives the tellings that lost a pair by it."""
        self.held[ref], self.standings[ref] = e, standing(e)
        self.links[ref] = Links()
        return self._moved(ref, entered)

    def _leave(self, ref: Ref) -> set[Ref]:
        """A telling out of its blocks; gives the tellings whose pairs changed by it."""
        return self._moved(ref, left) | {ref}

    def _moved(self, ref: Ref, step: Step) -> set[Ref]:
        touched: set[Ref] = set()
        for block, stretch, entry in self.standings[ref].entries(ref):
            gained, lost = step(self.rows, block, stretch, entry)
            changed = [pair for pair in gained if self._count(pair, 1)] + [p for p in lost if self._count(p, -1)]
            touched.update(one for pair in changed if ref not in pair for one in pair)
        return touched

    def _count(self, pair: Pair, step: int) -> bool:
        """One block more or less in which two tellings are neighbours; tells whether they are compared since or no more."""
        a, b = pair
        links = self.links[a]
        times = links.times.get(b, 0) + step
        if times == step == 1:
            one, other = self.held[a], self.held[b]
            if not may(one, other):
                return False
            self._link(a, b, probability(one, other))
        elif b not in links.chances:
            return False
        elif times == 0:
            self._unlink(a, b)
            self._unlink(b, a)
            return True
        for of, to in ((a, b), (b, a)):
            mine = self.links[of]
            mine.times[to] = times
            self.links[of] = mine
        return times == step == 1

    def _link(self, a: Ref, b: Ref, chance: float) -> None:
        for of, to in ((a, b), (b, a)):
            mine = self.links[of]
            mine.chances[to] = chance
            self.links[of] = mine

    def _unlink(self, of: Ref, to: Ref) -> None:
        mine = self.links[of]
        del mine.chances[to], mine.times[to]
        self.links[of] = mine

    def _taken_apart(self, refs: Iterable[Ref]) -> set[Part]:
        """The parts of tellings, which are parts no longer."""
        found = {self.parts[self.firsts[ref]] for ref in refs if ref in self.firsts}
        for part in found:
            del self.parts[part[0]]
            for ref in part:
                del self.firsts[ref]
        return found

    def _settled(self, open_: set[Ref], before: set[Part]) -> set[Part]:
        """The parts that open tellings become, and all parts that are not independent of them; `before` gets those."""
        while True:
            made = self._joined(open_)
            near = {(part, self.parts[self.firsts[other]]) for part in made for other in self._strong(part, open_)}
            bound = {other for part, other in near if set(self._joined({*part, *other})) != {part, other}}
            if not bound:
                break
            before |= self._taken_apart(part[0] for part in bound)
            open_ |= {ref for part in bound for ref in part}
        for part in made:
            self.parts[part[0]] = part
            for ref in part:
                self.firsts[ref] = part[0]
        return set(made)

    def _strong(self, part: Part, open_: set[Ref]) -> set[Ref]:
        """The tellings of other parts, not open ones, to which a pair leads that could join them."""
        return {
            other for ref in part for other, chance in self.links[ref].chances.items()
            if chance >= least() and other not in open_
        }  # fmt: skip

    def _joined(self, refs: set[Ref]) -> list[Part]:
        chances = {
            (ref, other): chance for ref in refs for other, chance in self.links[ref].chances.items()
            if ref < other and other in refs
        }  # fmt: skip
        return joined(sorted(refs), chances, Crowd(frozenset(filter(self._is_crowded, refs)), self._is_kept))

    def _is_crowded(self, ref: Ref) -> bool:
        entries = self.standings[ref].entries(ref)
        return any(is_crowded(self.rows.get(chunk(block, stretch), ())) for block, stretch, _ in entries)

    def _is_kept(self, a: Ref, b: Ref) -> bool:
        return self.standings[a].meets(self.standings[b]) and may(self.held[a], self.held[b])
