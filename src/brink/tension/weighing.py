"""What one happening adds to which pair's line on which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from brink.codebook import quad, score
from brink.records import Crisis, Happening, Weighed

VERBAL = frozenset({"verbal_cooperation", "verbal_conflict"})
PLANS = frozenset({"AGREE", "CONCEDE", "THREATEN"})
MEETINGS = frozenset({"CONSULT", "COOPERATE", "AGREE"})


def weighed(happenings: Iterable[Happening], crisis: Crisis | None = None) -> list[Weighed]:
    """All that happenings add, in the order of day, pair, line and happening."""
    held = list(happenings)
    by_id = {h.id: h for h in held}
    found = [one for h in held for one in _of(h, by_id, crisis)]
    return sorted(found, key=lambda w: (w.day, w.pair, w.line, w.happening))


def _of(h: Happening, by_id: Mapping[str, Happening], crisis: Crisis | None) -> Iterable[Weighed]:
    day = _day(h)
    hull = _hull(h, by_id)
    if day is None or hull is None or h.background:
        return
    line = "words" if quad(h.event) in VERBAL else "deeds"
    for pair in sorted(_pairs(h, crisis)):
        yield Weighed(h.id, pair, line, day, *hull)


def _day(h: Happening) -> str | None:
    """A plan counts on the day it was made, an act on the day it took place, else on the day it was first told."""
    if h.promise is not None and h.phase in ("announced", "not_done", "called_off"):
        return h.promise.made or h.first
    told = h.time.start if h.time else None
    return min(told, h.first) if told and h.first else told or h.first


def _hull(h: Happening, by_id: Mapping[str, Happening]) -> tuple[float, float] | None:
    """The interval of scores, None where it adds nothing."""
    value = score(h.event, h.mode)
    if h.status == "retracted" or (h.phase == "not_done" and h.promise is None):
        return None
    if h.phase == "called_off" and h.promise is None:
        return None
    if h.promise is not None and h.event not in PLANS and h.phase in ("announced", "not_done", "called_off"):
        return None  # a plan adds only its words (AGREE, CONCEDE, THREATEN)
    if quad(h.event) in VERBAL and _said_by_itself(h):
        return value, value
    if h.standing == "contradicted":
        others = [score(o.event, o.mode) for o in (by_id[i] for i in h.opposes if i in by_id)]
        return min(0.0, value, *others), max(0.0, value, *others)
    if h.standing == "corroborated":
        return value, value
    return min(0.0, value), max(0.0, value)


def _said_by_itself(h: Happening) -> bool:
    """A verbal event told by its own speaker is done by being said."""
    actors = {p.key.lower() for p in h.actor}
    return any(o.stance == "asserts" and o.until is None and o.name.lower() in actors for o in h.origins)


def _pairs(h: Happening, crisis: Crisis | None) -> set[tuple[str, str]]:
    actors = {p.key for p in h.actor}
    recipients = {p.key for p in h.recipient} - actors
    if not recipients and len(actors) > 1 and h.event in MEETINGS:
        return {_pair(a, b) for a, b in combinations(sorted(actors), 2)}
    if not recipients and h.place is not None and h.place.country and h.place.country not in actors:
        recipients = {h.place.country}
    if not recipients and len(actors) > 1 and h.event == "ASSAULT":  # two-sided fighting
        return {_pair(a, b) for a, b in combinations(sorted(actors), 2)}
    if not recipients and crisis is not None:
        recipients = _other_camp(actors, crisis)
    return {_pair(a, b) for a in actors for b in recipients}


def _other_camp(actors: set[str], crisis: Crisis) -> set[str]:
    """The one other camp of the crisis file, if all actors stand in one camp and there is one other."""
    own = {crisis.camp_of(a) for a in actors}
    others = {camp for _, camp in crisis.camps} - own
    return others if len(own) == 1 and None not in own and len(others) == 1 else set()


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)
