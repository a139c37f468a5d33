"""Opposites of the same actor, theatre and days: linked and shown as "at odds", not yet contradicted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from brink.ledger.tables import opposites, table
from brink.records import Happening


def linked(happenings: Sequence[Happening]) -> list[Happening]:
    """The same happenings with `opposes` filled in, both ways."""
    by_actor: dict[tuple[str, int], list[int]] = defaultdict(list)
    length = int(table("acts")["days"]["opposite"]) + 1
    kinds = {kind for one, other in opposites() for kind in (one[0], other[0])}
    found: dict[int, set[str]] = defaultdict(set)
    for i, h in enumerate(happenings):
        day = _day(h)
        if day is None or h.event not in kinds or h.phase == "not_done" or h.status == "retracted":
            continue
        for name in {p.key for p in h.actor}:
            for j in {j for near in (-1, 0, 1) for j in by_actor.get((name, day // length + near), ())}:
                if _at_odds(h, happenings[j]):
                    found[i].add(happenings[j].id)
                    found[j].add(h.id)
            by_actor[name, day // length].append(i)
    return [replace(h, opposes=tuple(sorted(found[i]))) if i in found else h for i, h in enumerate(happenings)]


def _at_odds(a: Happening, b: Happening) -> bool:
    return (_opposite(a, b) or _opposite(b, a)) and _near(a, b) and not _elsewhere(a, b)


def _opposite(a: Happening, b: Happening) -> bool:
    if any(h.promise is not None and h.phase == "announced" for h in (a, b)):
        return False
    return any(_is(a, *one) and _is(b, *other) for one, other in opposites())


def _is(h: Happening, event: str, mode: str) -> bool:
    return h.event == event and (not mode or mode in h.mode)


def _near(a: Happening, b: Happening) -> bool:
    one, other = _day(a), _day(b)
    return one is not None and other is not None and abs(one - other) <= int(table("acts")["days"]["opposite"])


def _day(h: Happening) -> int | None:
    told = h.time.start if h.time else h.first
    return date.fromisoformat(told[:10]).toordinal() if told else None


def _elsewhere(a: Happening, b: Happening) -> bool:
    """Another theatre: both have a country and they differ."""
    return bool(a.place and b.place and a.place.country and b.place.country and a.place.country != b.place.country)
