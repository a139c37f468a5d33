"""Tellings of one happening -> Happening: the act's name, parties, place, time, counts, status and its history."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from brink.ledger.counts import counts_of
from brink.ledger.evidence import Evidence
from brink.ledger.promises import AHEAD, GRACE, Course, course_of
from brink.ledger.rivals import rivals, taken_back
from brink.ledger.standing import origins_of, standing_of, status_of
from brink.records import Act, Actor, Cited, Crisis, Happening, Interval, Origin, Party, StatusChange

TELLING = frozenset({"done", "under_way", "future"})
PARTY_SHARE = 0.34
"""How often a party must be named beside the one named most; set by hand on wire-groups."""


def happening_of(tellings: Sequence[Evidence], crisis: Crisis | None, as_of: int | None) -> Happening:
    """One happening as it stands on day `as_of` (ordinal); tellings in the order of their keys.

    To a happening told elsewhere a background clause adds no origin, party, count or date.
    """
    live = [e for e in tellings if not e.background] or list(tellings)
    state = _state(live, crisis, as_of, None)
    seen = state.told or live
    event, mode, deed = _act(seen, state.course)
    return Happening(
        id=identity(tellings),
        event=event,
        mode=mode,
        deed=deed,
        actor=_parties(seen, "actor"),
        recipient=_parties(seen, "recipient"),
        place=next((e.event.place for e in seen if e.event.place), None),
        time=_time(seen, state.course),
        phase=state.course.phase,
        standing=state.standing,
        status=state.status,
        origins=state.origins,
        reports=tuple(dict.fromkeys(e.telling.report for e in tellings)),
        quantity=counts_of(seen),
        background=all(e.background for e in tellings),
        contradicted_on=state.on,
        opposes=(),
        promise=state.course.promise,
        history=_history(live, crisis, as_of),
        first=live[0].published,
        register=_register(tellings),
    )


def _register(tellings: Sequence[Evidence]) -> str | None:
    """The hash of what reports teach of the offices of parties in these tellings."""
    found = sorted({e.taught for e in tellings if e.taught is not None})
    return hashlib.sha256(" ".join(found).encode()).hexdigest()[:8] if len(found) > 1 else next(iter(found), None)


def identity(tellings: Sequence[Evidence]) -> str:
    """A name that stays while the first telling stays: a hash of its report and place in it."""
    first = tellings[0].telling
    place = f"{first.report}\0{first.start}\0{tellings[0].event.trigger.start}\0{tellings[0].act}"
    return hashlib.sha256(place.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class _State:
    """What holds of a happening on one day; `told` are the tellings that nobody has taken back by then."""

    told: tuple[Evidence, ...]
    course: Course
    origins: tuple[Origin, ...]
    standing: str
    on: tuple[str, ...]
    status: str


def _state(tellings: Sequence[Evidence], crisis: Crisis | None, as_of: int | None, day: str | None) -> _State:
    """The state after the tellings given; `day` is the day it is told of, None for the last."""
    marked = rivals(taken_back(tellings))
    told = [e for e in marked if e.withdrawn is None or (day is not None and e.withdrawn[:10] > day)]
    only_outlets = all(e.body.kind == "outlet" and e.stance == "denies" for e in told)
    if not told or (len(told) < len(marked) and only_outlets):
        return _State((), Course("done", None, True), (), "retracted", (), "retracted")
    course = course_of(told, as_of, crisis)
    origins = origins_of(told, crisis)
    standing, on = standing_of(origins, _blamed(told))
    outcome = course.promise.outcome if course.promise else None
    return _State(tuple(told), course, origins, standing, on, status_of(standing, outcome, course.phase))


def _blamed(told: Sequence[Evidence]) -> bool:
    """Whether tellers lay the act to different actors: the accused, or its foe, names another.

    Where somebody tells of both as fighting, it is one fight, whoever began it.
    """
    laid: dict[str, set[str]] = {}
    for e in told:
        if e.stance == "asserts" and e.actors and e.act == "ASSAULT" and e.form in ("done", "under_way"):
            laid.setdefault(e.body.name, set()).update(e.actors)
    rows = list(laid.items())
    return any(
        not one & other and (a in other or b in one) and not any(both & one and both & other for both in laid.values())
        for i, (a, one) in enumerate(rows)
        for b, other in rows[i + 1 :]
    )  # fmt: skip


def _act(tellings: Sequence[Evidence], course: Course) -> tuple[str, tuple[str, ...], Act | None]:
    """Type, modes and deed: the act itself once begun, until then the promise or threat with its deed."""
    acts = Counter(e.act for e in tellings if e.stance == "asserts" and (e.form in TELLING or e.event.deed))
    act = _most(acts) or tellings[0].act
    mode = tuple(m for m in (_most(Counter(m for e in tellings if e.act == act for m in e.mode)),) if m)
    ahead = [e for e in tellings if e.event.deed is not None]
    begun = course.begun if course.promise else any(e.form in ("done", "under_way") for e in tellings)
    if ahead and not begun:
        event = _most(Counter(e.event.event for e in ahead)) or ahead[0].event.event
        own = tuple(m for m in (_most(Counter(m for e in ahead if e.event.event == event for m in e.event.mode)),) if m)
        return event, own, Act(act, mode, any(e.event.deed.negation for e in ahead if e.event.deed))
    return act, mode, None


def _most(counted: Counter[str]) -> str | None:
    """The most frequent, the first in the alphabet among equals, so that the order of reports does not matter."""
    return min(counted, key=lambda k: (-counted[k], k)) if counted else None


def _parties(tellings: Sequence[Evidence], side: str) -> tuple[Party, ...]:
    found: dict[tuple[str, str | None], Party] = {}
    told: Counter[tuple[str, str | None]] = Counter()
    for e in tellings:
        actors: tuple[Actor, ...] = getattr(e.event, side)
        for actor in actors:
            state = actor.country and (not actor.sector or actor.sector[0] in ("GOV", "MIL", "SPY", "COP"))
            key = ("", actor.country) if state else (actor.name.lower(), actor.country)
            told[key] += 1
            found.setdefault(key, Party(str(actor.country) if state else actor.name, actor.country, actor.sector))
    # Who is named in one telling of many is a slip of that telling; rival versions stay.
    least = max(told.values(), default=0) * PARTY_SHARE
    return tuple(party for key, party in found.items() if told[key] >= least)


def _time(tellings: Sequence[Evidence], course: Course) -> Interval | None:
    """The act's days as most often told, the first told among equals; a promise's due day until it is begun."""
    dated = [e for e in tellings if e.days is not None and (course.begun is False or e.form in ("done", "under_way"))]
    dated = dated or [e for e in tellings if e.days is not None]
    counted = Counter(e.days for e in dated)
    if not counted:
        return None
    first = next(e.days for e in dated if counted[e.days] == max(counted.values()))
    assert first is not None
    precision = next(e.event.time.precision for e in dated if e.days == first and e.event.time)
    return Interval(date.fromordinal(first[0]).isoformat(), date.fromordinal(first[1]).isoformat(), precision)


def _history(tellings: Sequence[Evidence], crisis: Crisis | None, as_of: int | None) -> tuple[StatusChange, ...]:
    """The status after each day of publication where it changed, with that day's sentences.

    Then the days up to `as_of` on which it changed with no new telling: a promise came due, a telling was taken back.
    """
    found: list[StatusChange] = []
    days = sorted({e.published or "" for e in tellings})
    for day in days:
        upto = [e for e in tellings if (e.published or "") <= day]
        clock = date.fromisoformat(day).toordinal() if day else as_of
        status = _state(upto, crisis, clock, day or None).status
        if not found or found[-1].status != status:
            because = tuple(_cited(e) for e in upto if (e.published or "") == day)
            found.append(StatusChange(day or None, status, because))
    for turn in turns_of(tellings):
        if as_of is not None and turn <= as_of:
            day = date.fromordinal(turn).isoformat()
            status = _state(tellings, crisis, turn, day).status
            if found[-1].status != status:
                found.append(StatusChange(day, status, ()))
    return tuple(found)


def turns_of(tellings: Sequence[Evidence]) -> list[int]:
    """The days after the last telling on which the status may change by itself, in order."""
    last = max((e.day for e in tellings if e.day is not None), default=None)
    due = {e.days[1] + more for e in tellings if e.form in AHEAD and e.days is not None for more in (1, GRACE + 1)}
    gone = {date.fromisoformat(e.withdrawn[:10]).toordinal() for e in tellings if e.withdrawn}
    return sorted(day for day in due | gone if last is None or day > last)


def _cited(e: Evidence) -> Cited:
    return Cited(e.telling.report, e.telling.start, e.telling.end)
