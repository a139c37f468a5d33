"""The first of its kind: "First RETREAT by RUS in 92 days", or "first since this record begins"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from brink.records import First, Happening
from brink.tension.bands import table


def firsts(happenings: Iterable[Happening]) -> tuple[First, ...]:
    """First happenings of a type by an actor after the pause that tension.toml names; plans are none.

    In the order of day and happening; the order of the happenings given does not matter.
    """
    least = int(table()["firsts"]["days"])
    last: dict[tuple[str, str], int] = {}
    found = []
    dated = [(d, h.id, h) for h in happenings if (d := _day(h)) is not None and _counts(h)]
    for day, _, h in sorted(dated, key=lambda row: row[:2]):
        for actor in sorted({p.key for p in h.actor}):
            before = last.get((actor, h.event))
            if before is None or day - before >= least:
                found.append(First(h.id, actor, h.event, None if before is None else day - before))
            last[actor, h.event] = day
    return tuple(found)


def _counts(h: Happening) -> bool:
    return not h.background and h.status not in ("retracted", "planned", "overdue") and h.phase != "not_done"


def _day(h: Happening) -> int | None:
    told = h.time.start if h.time and h.time.start else h.first
    return date.fromisoformat(told[:10]).toordinal() if told else None
