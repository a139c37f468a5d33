"""Tellings -> happenings by average linkage over the pairs that were compared.

The two parts with the highest mean probability are joined while it reaches `least`; a pair that was not compared counts
as 0, except where both stand in a common block and were kept apart by nothing but its crowd. Ties go by the tellings'
own keys, so any order of reports gives the same partition. No join needs more than one pair of `least`, so each
component of such pairs is a world of its own; `parts` keeps the partition up to date where it is touched.

The joins that made a part are kept as its steps: whether two parts are independent can then be told from the pairs
between them alone, without linking either anew.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from brink.ledger.blocks import Entry, Pair, Ref, Standing, chunk, compared, neighbours, standing
from brink.ledger.evidence import Evidence
from brink.ledger.matching import least, may, probability

REMEMBERED = 256
"""Tellings of which it is held at once, for each telling, whether both may meet."""


@dataclass(frozen=True, slots=True)
class Stood:
    """A telling, where it stands, and whether a crowd may have come between it and others there.

    `number` is its own among all; `known` tells by number whether it may meet another, and is added to.
    """

    told: Evidence
    where: Standing
    crowded: bool
    number: int
    known: dict[int, bool]

    def is_kept_from(self, other: Stood) -> bool:
        """Whether two tellings that were not compared would have been, but for the crowd."""
        if not (self.crowded or other.crowded):
            return False
        found = self.known.get(other.number)
        if found is None:
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            found = self.known[other.number] = self.where.meets(other.where) and may(self.told, other.told)
        return found


Crowd = Callable[[Ref], Stood]


Step = tuple[float, Ref, Ref, int, int]
"""A join: the mean with its sign turned, the names (first tellings) of both parts, and how many tellings each had."""
Joined = tuple[tuple[Ref, ...], tuple[Step, ...]]
"""A part and the joins that made it, in order."""


def refs_of(tellings: Iterable[Evidence]) -> dict[Ref, Evidence]:
    """Tellings by their place in the ledger, in that order; those of one report in the order given."""
    counted: dict[str, int] = defaultdict(int)
    found: dict[Ref, Evidence] = {}
    for e in tellings:
        found[(*e.key, counted[e.telling.report])] = e
        counted[e.telling.report] += 1
    return dict(sorted(found.items()))


def happenings(tellings: Sequence[Evidence]) -> list[list[Evidence]]:
    """The partition: each list is one happening's tellings in the order of their keys, lists by their first."""
    held = refs_of(tellings)
    standings, rows = _blocks(held)
    chances = {(a, b): probability(held[a], held[b]) for a, b in compared(rows) if may(held[a], held[b])}
    numbers = {ref: i for i, ref in enumerate(held)}
    crowded = frozenset(ref for row in rows.values() if is_crowded(row) for _, ref in row)

    def stood(ref: Ref) -> Stood:
        return Stood(held[ref], standings[ref], ref in crowded, numbers[ref], {})

    parts = [part for component, pairs in _components(held, chances) for part, _ in joined(component, pairs, stood)]
    return [[held[ref] for ref in part] for part in sorted(parts)]


def candidates(held: Mapping[Ref, Evidence]) -> set[Pair]:
    """The pairs that are compared and may be one happening."""
    return {(a, b) for a, b in compared(_blocks(held)[1]) if may(held[a], held[b])}


def _blocks(held: Mapping[Ref, Evidence]) -> tuple[dict[Ref, Standing], dict[str, list[Entry]]]:
    standings = {ref: standing(ref, e) for ref, e in held.items()}
    rows: dict[str, list[Entry]] = defaultdict(list)
    for where in standings.values():
        for block, stretch, entry in where.entries:
            rows[chunk(block, stretch)].append(entry)
    for row in rows.values():
        row.sort()
    return standings, rows


def is_crowded(row: Sequence[Entry]) -> bool:
    """Whether a stretch of a block may keep two of its tellings, or one of it and one of the next, apart."""
    return len(row) > neighbours() // 2


def _components(
    refs: Iterable[Ref], chances: Mapping[Pair, float]
) -> Iterable[tuple[Sequence[Ref], Mapping[Pair, float]]]:
    """Tellings that pairs of at least `least` connect, and the pairs within each component."""
    parent = {ref: ref for ref in refs}

    def root(ref: Ref) -> Ref:
        while parent[ref] != ref:
            parent[ref] = parent[parent[ref]]
            ref = parent[ref]
        return ref

    for (a, b), chance in chances.items():
        if chance >= least():
            parent[root(a)] = root(b)
    found: dict[Ref, list[Ref]] = defaultdict(list)
    pairs: dict[Ref, dict[Pair, float]] = defaultdict(dict)
    for ref in parent:
        found[root(ref)].append(ref)
    for (a, b), chance in chances.items():
        if root(a) == root(b):
            pairs[root(a)][a, b] = chance
    return ((sorted(component), pairs[r]) for r, component in found.items())


def joined(refs: Sequence[Ref], chances: Mapping[Pair, float], crowd: Crowd) -> list[Joined]:
    """The parts, with their steps, into which tellings, in order, fall. Each pair has its earlier telling first."""
    if len(refs) == 1:
        return [((refs[0],), ())]
    return _Linkage(refs, chances, crowd).run()


def independent(one: Joined, other: Joined, chances: Mapping[Pair, float], crowd: Crowd) -> bool:
    """Whether linkage over the tellings of both parts gives just these two; `chances` are of pairs between them."""
    refs = sorted((*one[0], *other[0]))
    return _Linkage(refs, chances, crowd).is_undisturbed_by(one[1], other[1])


class _Linkage:
    """Average linkage with a heap over the pairs of parts that share a compared pair.

    A part is named by the number of its first telling. Entries of the heap for parts that have grown since are
    passed over.
    """

    def __init__(self, refs: Sequence[Ref], chances: Mapping[Pair, float], crowd: Crowd) -> None:
        self.numbers = {ref: i for i, ref in enumerate(refs)}
        self.refs, self.crowd = refs, crowd
        self.stood: dict[int, Stood] = {}
        self.parts = {i: [i] for i in range(len(refs))}
        self.sums: dict[int, dict[int, tuple[float, int]]] = {i: {} for i in self.parts}
        self.apart: dict[tuple[int, int], tuple[int, int, int]] = {}
        self.known = {(self.numbers[a], self.numbers[b]): chance for (a, b), chance in chances.items()}
        for (i, j), chance in self.known.items():
            self.sums[i][j] = self.sums[j][i] = chance, 1
        self.heap = [(-chance, i, j, 1, 1) for (i, j), chance in self.known.items() if chance >= least()]
        heapq.heapify(self.heap)

    def run(self) -> list[Joined]:
        """Join while anything can be joined."""
        steps: list[Step] = []
        while self._is_any():
            mean, i, j, one, other = heapq.heappop(self.heap)
            steps.append((mean, self.refs[i], self.refs[j], one, other))
            self._join(i, j)
        of = {self.refs[i]: name for name, part in self.parts.items() for i in part}
        own: dict[int, list[Step]] = {name: [] for name in self.parts}
        for step in steps:
            own[of[step[1]]].append(step)
        return [(tuple(self.refs[i] for i in sorted(part)), tuple(own[name])) for name, part in self.parts.items()]

    def is_undisturbed_by(self, *steps: Iterable[Step]) -> bool:
        """Whether two parts are joined as by themselves, and never one with the other; only pairs between are known.

        Nothing that cannot be joined now can be joined later, for no mean exceeds those of which it is made.
        """
        number = self.numbers
        own = ([(m, number[a], number[b], one, other) for m, a, b, one, other in some] for some in steps)
        for step in heapq.merge(*own):
            if not self._is_any():
                return True
            if self.heap[0] < step:
                return False
            self._join(step[1], step[2])
        return not self._is_any()

    def _is_any(self) -> bool:
        """Whether anything can be joined; what is passed over goes."""
        heap, parts = self.heap, self.parts
        while heap:
            _, i, j, one, other = heap[0]
            if i in parts and j in parts and len(parts[i]) == one and len(parts[j]) == other:
                return True
            heapq.heappop(heap)
        return False

    def _join(self, i: int, j: int) -> None:
        """Part `j` goes into part `i`, whose lower number names both from now on."""
        mine, row = self.sums[i], self.sums.pop(j)
        mine.pop(j, None)
        row.pop(i, None)
        for k, (total, count) in row.items():
            del self.sums[k][j]
            before, counted = mine.get(k, (0.0, 0))
            mine[k] = self.sums[k][i] = before + total, counted + count
            self._carry(i, j, k)
        self.parts[i] += self.parts.pop(j)
        for k in mine:
            self._offer(*((i, k) if i < k else (k, i)))

    def _offer(self, i: int, j: int) -> None:
        """Put two parts on the heap if their mean is enough; the kept are counted only where they can matter."""
        total, count = self.sums[i][j]
        if total / count < least():
            return
        one, other = self.parts[i], self.parts[j]
        mean = total / (len(one) * len(other) - self._kept(i, j))
        if mean >= least():
            heapq.heappush(self.heap, (-mean, i, j, len(one), len(other)))

    def _kept(self, i: int, j: int) -> int:
        """How many pairs of two parts were kept apart by a crowd alone; those counted before are not counted again."""
        one, other = self.parts[i], self.parts[j]
        found, mine, yours = self.apart.get((i, j), (0, 0, 0))
        found += sum(self._is_kept(a, b) for a in one[mine:] for b in other)
        found += sum(self._is_kept(a, b) for a in one[:mine] for b in other[yours:])
        self.apart[i, j] = found, len(one), len(other)
        return found

    def _carry(self, i: int, j: int, k: int) -> None:
        """Add up what was counted between two parts, about to be one, and a third, where both are counted in full."""
        first, second = self._counted(i, k), self._counted(j, k)
        if first is not None and second is not None:
            both, third = len(self.parts[i]) + len(self.parts[j]), len(self.parts[k])
            self.apart[(i, k) if i < k else (k, i)] = (first + second, *((both, third) if i < k else (third, both)))

    def _counted(self, i: int, j: int) -> int | None:
        low, high = (i, j) if i < j else (j, i)
        found = self.apart.get((low, high))
        full = found is not None and found[1:] == (len(self.parts[low]), len(self.parts[high]))
        return found[0] if full and found is not None else None

    def _is_kept(self, one: int, other: int) -> bool:
        i, j = (one, other) if one < other else (other, one)
        return (i, j) not in self.known and self._stood(i).is_kept_from(self._stood(j))

    def _stood(self, i: int) -> Stood:
        found = self.stood.get(i)
        if found is None:
            found = self.stood[i] = self.crowd(self.refs[i])
        return found
