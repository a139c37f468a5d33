"""Decisions by hand over a partition that is kept up to date.

A decision speaks of happenings by the name of their first telling, and of tellings; so only the parts in which a named
telling stands can be merged, split or moved. They are few, and are laid together whenever one of them is touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from brink.ledger.blocks import Ref
from brink.ledger.decisions import MOVES, partition, telling_name
from brink.ledger.evidence import Evidence
from brink.ledger.kept import Kept
from brink.ledger.parts import Part, Parts, key_of
from brink.ledger.shelf import Shelf
from brink.records import Decision


@dataclass(frozen=True, slots=True)
class Hand:
    """The decisions in force until now, and from now on."""

    before: tuple[Decision, ...]
    now: tuple[Decision, ...]


@dataclass(slots=True)
class ByHand:
    """The parts that decisions touch, and the happenings that they make of them.

    `find` gives what a report brings, None where it is not there; `told` a telling as it stands.
    """

    shelf: Shelf
    parts: Parts
    find: Callable[[str], Kept | None]
    told: Callable[[Ref], Evidence]

    def finals(self, hand: Hand, again: Iterable[Part], gone: Iterable[str]) -> tuple[dict[str, Part], set[str]]:
        """The happenings to be built, by name, where parts are to be laid again and others are gone.

        With them come the names of happenings that are no longer.
        """
        found = {key_of(part[0]): part for part in again}
        if hand.before != hand.now:
            found |= {key_of(part[0]): part for part in self._named((*hand.before, *hand.now))}
        out = set(gone)
        group = {key_of(part[0]): part for part in self._named(d for d in hand.now if d.what in MOVES)}
        former, made = self.shelf.get("ledger", "by hand") or ((), ())
        touched = found.keys() | out
        if (group or former) and (hand.before != hand.now or not touched.isdisjoint({*former, *made, *group})):
            out |= {*former, *made, *group}
            for name in former:
                if (part := self.shelf.get("part", name)) is not None:
                    found[name] = part
            found = {name: part for name, part in found.items() if name not in group} | self._made(
                hand.now, group, made
            )
        return found, out - found.keys()

    def _made(self, now: Sequence[Decision], group: dict[str, Part], former: Iterable[str]) -> dict[str, Part]:
        told = {name: [(ref, self.told(ref)) for ref in part] for name, part in group.items()}
        refs = {id(e): ref for pairs in told.values() for ref, e in pairs}
        parts = partition([[e for _, e in pairs] for pairs in told.values()], now)
        found = {key_of(refs[id(part[0])]): tuple(refs[id(e)] for e in part) for part in parts}
        for name in former:
            self.shelf.put("final", name, None)
        for name, part in found.items():
            self.shelf.put("final", name, part)
        self.shelf.put("ledger", "by hand", (tuple(group), tuple(found)) if group else None)
        return found

    def part(self, name: str) -> Part | None:
        """The tellings of the happening of that name."""
        found: Part | None = self.shelf.get("final", name) or self.shelf.get("part", name)
        return found

    def _named(self, decisions: Iterable[Decision]) -> Iterator[Part]:
        for decision in decisions:
            for name in filter(None, (decision.subject, decision.object)):
                for ref in self._refs(name):
                    if (part := self.parts.part_of(ref)) is not None:
                        yield part

    def _refs(self, name: str) -> Iterator[Ref]:
        """The tellings of which a decision may speak by a name."""
        for (ref,) in self.shelf.row(f"id\t{name}"):
            yield ref
        kept = self.find(name.rpartition("/")[0])
        if kept is not None:
            yield from (ref for ref, e in kept.refs.items() if telling_name(e) == name)
