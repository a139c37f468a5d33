"""A ledger kept up to date: what a few reports change, for the cost of a few, however many are there already.

`Laying.update` gives the happenings that changed; all of them together are at any time exactly what `ledger` makes of
the same reports, clock and decisions. Everything it must know again lies on a shelf, so that it holds little itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from brink.ledger.amends import Amends
from brink.ledger.blocks import Ref
from brink.ledger.build import identity
from brink.ledger.building import UNDATED, Building, Changed, Scene, turn_of
from brink.ledger.by_hand import ByHand, Hand
from brink.ledger.decisions import crisis_with
from brink.ledger.evidence import Evidence
from brink.ledger.kept import Kept, kept_of
from brink.ledger.parts import Part, Parts, key_of
from brink.ledger.scope import belongs, in_span
from brink.ledger.shelf import Shelf
from brink.records import CodedReport, Crisis, Decision, Happening

AT_ONCE = 64
"""Reports that are laid together; more at once would hold more, and change nothing else."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Happenings that are new or changed, each with its place in the ledger's order, and ids that are no longer."""

    placed: tuple[tuple[Ref, Happening], ...]
    gone: tuple[str, ...]

    @property
    def happenings(self) -> tuple[Happening, ...]:
        """Those that are new or changed."""
        return tuple(h for _, h in self.placed)


class Laying:
    """The happenings of a ledger. A shelf belongs to one crisis and one set of camps (`is_of`)."""

    def __init__(self, shelf: Shelf, crisis: Crisis | None = None) -> None:
        self._shelf, self._crisis = shelf, crisis
        self._parts = Parts(shelf, self._telling)
        self._amends = Amends(shelf, self._report)
        self._hand = ByHand(shelf, self._parts, self._found, self._told)
        self._building = Building(shelf, self._told, self._hand.part)

    @property
    def crisis(self) -> Crisis | None:
        """The crisis that is laid."""
        return self._crisis

    def is_of(self, by_hand: Sequence[Decision]) -> bool:
        """Whether the shelf was laid with this crisis and the camps set by hand; if not, begin with an empty one."""
        told = self._shelf.get("ledger", "camps")
        return told is None or told == _sign(crisis_with(self._crisis, by_hand))

    def update(
        self,
        new: Iterable[CodedReport] = (),
        gone: Iterable[str] = (),
        clock: int | None = None,
        by_hand: Sequence[Decision] | None = None,
    ) -> Changes:
        """Take reports in, in place of former ones of the same id, and others out, and give what changed by it.

        `clock` is the day (ordinal) at which the ledger stands, by default that of its newest publication; no report
        may be of a later one. `by_hand` are all decisions in force, None for those of the last time.
        """
        former = tuple(self._shelf.get("ledger", "decisions") or ())
        now = former if by_hand is None else tuple(by_hand)
        camps = crisis_with(self._crisis, now)
        self._shelf.put("ledger", "camps", _sign(camps))
        self._shelf.put("ledger", "decisions", now)
        changed = Changed()
        told = {coded.report.id: coded for coded in new}
        come = {id: coded for id, coded in told.items() if in_span(coded.report.published, self._crisis)}
        leave = [id for id in dict.fromkeys((*gone, *told)) if id not in come]
        for some, out in _slices(list(come.values()), leave):
            self._slice(some, out, Hand(former, now), (camps, clock), changed)
            former = now
        placed = tuple(sorted(changed.placed.values(), key=lambda one: one[0]))
        gone_ids = changed.gone - {h.id for _, h in placed}
        return Changes(placed, tuple(sorted(id for id in gone_ids if not self._is_there(id))))

    def _is_there(self, id: str) -> bool:
        """Whether any happening has that id: two may, where one sentence tells of two acts of one kind."""
        return any(self._shelf.get("built", key_of(ref)) for (ref,) in self._shelf.row(f"id\t{id}"))

    def _slice(
        self, new: Sequence[CodedReport], gone: Sequence[str], hand: Hand, camps: tuple[Crisis | None, int | None],
        changed: Changed,
    ) -> None:  # fmt: skip
        before, made = self._exchanged(new, gone)
        clock, turned = self._clock(camps[1])
        touched = [self._parts.part_of(ref) for ref in self._amends.settle()]
        out = {key_of(part[0]) for part in before}
        touched += [self._shelf.get("part", name) for name in turned]
        finals, out = self._hand.finals(hand, made | set(filter(None, touched)), out | turned)
        outside = {name for name, part in finals.items() if not belongs([self._told(r) for r in part], self._crisis)}
        finals, out = {name: part for name, part in finals.items() if name not in outside}, out | outside
        self._building.rebuilt(finals, out, Scene(camps[0], clock, hand.now), changed)

    def _exchanged(self, new: Sequence[CodedReport], gone: Sequence[str]) -> tuple[set[Part], set[Part]]:
        """Reports out and in; gives the parts that are no longer, and those that are new or told anew."""
        come = [(kept_of(coded), coded.report.text) for coded in new]
        go = [kept for id in (*gone, *(kept.report for kept, _ in come)) if (kept := self._found(id)) is not None]

        def exchange() -> None:
            for kept in go:
                self._leave(kept)
            for kept, text in come:
                self._enter(kept, text)

        entering = {ref: e for kept, _ in come for ref, e in kept.refs.items()}
        return self._parts.change([ref for kept in go for ref in kept.refs], entering, exchange)

    def _leave(self, kept: Kept) -> None:
        self._count(kept.day, -1)
        for ref, e in kept.refs.items():
            self._shelf.remove(f"id\t{identity([e])}", (ref,))
        self._amends.leave(kept)
        self._shelf.put("report", kept.report, None)

    def _enter(self, kept: Kept, text: str) -> None:
        self._shelf.put("report", kept.report, kept)
        self._count(kept.day, 1)
        for ref, e in kept.refs.items():
            self._shelf.insert(f"id\t{identity([e])}", (ref,))
        self._amends.enter(kept, text)

    def _count(self, day: int | None, step: int) -> None:
        """How many reports each day of publication has, and which days have any."""
        if day is None:
            return
        count = (self._shelf.get("day", str(day)) or 0) + step
        self._shelf.put("day", str(day), count or None)
        if step > 0 and count == 1:
            self._shelf.insert("days", (day,))
        elif count == 0:
            self._shelf.remove("days", (day,))

    def _clock(self, asked: int | None) -> tuple[int | None, set[str]]:
        """The day at which the ledger stands, and the happenings that change by themselves on the way there."""
        days = self._shelf.row("days")
        now = asked if asked is not None else days[-1][0] if days else None
        before = self._shelf.get("ledger", "clock")
        self._shelf.put("ledger", "clock", now)
        if now == before:
            return now, set()
        if now is None or before is None:
            return now, {name for (name,) in self._shelf.row(UNDATED)}
        passed = range(min(before, now) + 1, max(before, now) + 1)
        return now, {name for day in passed for (name,) in self._shelf.row(turn_of(day))}

    def _told(self, ref: Ref) -> Evidence:
        """A telling, marked where it was taken back."""
        e = self._telling(ref)
        since = self._shelf.get("withdrawn", key_of(ref))
        return replace(e, withdrawn=since) if since is not None else e

    def _telling(self, ref: Ref) -> Evidence:
        return self._report(ref[1]).tellings[ref[4]]

    def _report(self, id: str) -> Kept:
        found = self._found(id)
        assert found is not None
        return found

    def _found(self, id: str) -> Kept | None:
        kept: Kept | None = self._shelf.get("report", id)
        return kept


def _sign(crisis: Crisis | None) -> str:
    """What of a crisis happenings are built with, and what lets them in."""
    return repr(replace(crisis, name="") if crisis else None)


def _slices(new: Sequence[CodedReport], gone: Sequence[str]) -> Iterator[tuple[Sequence[CodedReport], Sequence[str]]]:
    """All that goes first, then what comes, some at a time; once at least."""
    yield new[:AT_ONCE], gone
    for start in range(AT_ONCE, len(new), AT_ONCE):
        yield new[start : start + AT_ONCE], ()
