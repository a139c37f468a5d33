"""Happenings built again where their tellings changed, with their opposites and the days of their own turns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from brink.ledger.blocks import Ref
from brink.ledger.build import happening_of, turns_of
from brink.ledger.decisions import marked
from brink.ledger.evidence import Evidence
from brink.ledger.opposites import Odds, Place, places_of
from brink.ledger.parts import Part
from brink.ledger.shelf import Shelf
from brink.records import Crisis, Decision, Happening


@dataclass(frozen=True, slots=True)
class Built:
    """A happening with its opposites, but for what was decided by hand; the days of its turns, its places among others.

    It is kept whole, since in a busy crisis its opposites change much oftener than it does itself.
    """

    happening: Happening
    turns: tuple[str, ...]
    places: tuple[Place, ...]

    @property
    def id(self) -> str:
        """The happening's."""
        return self.happening.id


@dataclass(frozen=True, slots=True)
class Scene:
    """What happenings are built with: camps, the day at which the ledger stands, decisions."""

    crisis: Crisis | None
    clock: int | None
    by_hand: tuple[Decision, ...]


@dataclass(slots=True)
class Changed:
    """What an update has changed so far: happenings and their places by name, and ids of such as are no longer."""

    placed: dict[str, tuple[Ref, Happening]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Building:
    """`told` gives a telling as it stands, `part` the tellings of a happening by its name."""

    shelf: Shelf
    told: Callable[[Ref], Evidence]
    part: Callable[[str], Part | None]

    def rebuilt(self, finals: Mapping[str, Part], gone: Iterable[str], scene: Scene, changed: Changed) -> None:
        """Build happenings, take away those that are gone, and all that follows for their opposites."""
        odds = Odds(self.shelf)
        touched = {other for name in gone for other in self._gone(name, odds, changed)}
        for name, part in finals.items():
            touched |= self._entered(name, part, self._happening(part, scene), odds, changed)
        for name in touched | finals.keys():
            self._shown(name, name in finals, odds, scene, changed)

    def _happening(self, part: Part, scene: Scene) -> Happening:
        return happening_of([self.told(ref) for ref in part], scene.crisis, scene.clock)

    def _gone(self, name: str, odds: Odds, changed: Changed) -> set[str]:
        built: Built | None = self.shelf.get("built", name)
        changed.placed.pop(name, None)
        if built is None:
            return set()
        self._turns(name, built.turns, ())
        self.shelf.put("built", name, None)
        changed.gone.add(built.id)
        return odds.leave(built.places)

    def _entered(self, name: str, part: Part, h: Happening, odds: Odds, changed: Changed) -> set[str]:
        """A happening into the lists, in place of what it was; gives those that may be at odds with others now."""
        before: Built | None = self.shelf.get("built", name)
        places = places_of(name, h)
        if before is not None and before.id != h.id:
            changed.gone.add(before.id)
        touched: set[str] = set()
        if before is None or before.places != places:
            touched |= odds.leave(before.places) if before else set()
            touched |= odds.enter(places)
        turns = _turns(part, [self.told(ref) for ref in part])
        self._turns(name, before.turns if before else (), turns)
        self.shelf.put("built", name, Built(h, turns, places))
        return touched

    def _turns(self, name: str, before: Iterable[str], now: Iterable[str]) -> None:
        old, new = set(before), set(now)
        for turn in old - new:
            self.shelf.remove(turn, (name,))
        for turn in new - old:
            self.shelf.insert(turn, (name,))

    def _shown(self, name: str, fresh: bool, odds: Odds, scene: Scene, changed: Changed) -> None:
        built: Built | None = self.shelf.get("built", name)
        if built is None:
            return
        opposes = odds.of(built.places)
        if opposes != built.happening.opposes:
            built = replace(built, happening=replace(built.happening, opposes=opposes))
            self.shelf.put("built", name, built)
        elif not fresh:
            return
        part = self.part(name)
        assert part is not None
        changed.placed[name] = part[0], marked([built.happening], scene.by_hand)[0]


UNDATED = "turn\t"
"""The list of happenings of which no telling is dated: any clock changes them."""


def turn_of(day: int) -> str:
    """The list of happenings that may change by themselves on a day."""
    return f"{UNDATED}{day}"


def _turns(part: Part, tellings: list[Evidence]) -> tuple[str, ...]:
    live = [e for e in tellings if not e.background] or tellings
    undated = (UNDATED,) if all(e.day is None for e in live) else ()
    return (*undated, *map(turn_of, turns_of(live)))
