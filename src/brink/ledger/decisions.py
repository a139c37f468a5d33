"""Decisions by hand: merge, split and move tellings, set a camp, overrule a status.

They are laid over what the rules give, in the order in which they were made, and show as "by hand"; leaving them out
gives the rules' own result. A decision about something that is no longer there does nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from brink.errors import UsageError
from brink.ledger.build import identity
from brink.ledger.evidence import Evidence
from brink.records import Crisis, Decision, Happening

WHAT = ("merge", "split", "move", "camp", "status")
MOVES = frozenset({"merge", "split", "move"})
"""Decisions about which tellings make a happening."""


STATUSES = (
    "contradicted", "not_fulfilled", "fulfilled", "retracted", "overdue", "planned", "corroborated", "claimed",
)  # fmt: skip


def check(decision: Decision, happenings: Sequence[Happening] | None = None) -> None:
    """Raise UsageError if a decision names no known action or status, or lacks what it needs.

    With `happenings` also where it is about one, or a telling, that is not among them.
    """
    if decision.what not in WHAT:
        raise UsageError(f"A decision by hand is one of {', '.join(WHAT)}, not '{decision.what}'.")
    needed = decision.value if decision.what in ("camp", "status") else decision.object
    if not decision.subject or not needed:
        raise UsageError(f"The decision '{decision.what}' needs what it is about and what is to become of it.")
    if not decision.user or not decision.reason:
        raise UsageError("A decision by hand needs the name of who makes it and a reason.")
    if decision.what == "status" and decision.value not in STATUSES:
        raise UsageError(f"'{decision.value}' is no status; choose one of {', '.join(STATUSES)}.")
    if happenings is not None:
        _check_there(decision, happenings)


def _check_there(decision: Decision, happenings: Sequence[Happening]) -> None:
    ids = {h.id for h in happenings}
    tellings = {f"{t.report}/{t.event or t.statement}" for h in happenings for o in h.origins for t in o.tellings}
    needed = {
        "merge": (ids, ids), "split": (ids, tellings), "move": (tellings, ids), "status": (ids, None),
        "camp": (None, None),
    }[decision.what]  # fmt: skip
    for known, named in zip(needed, (decision.subject, decision.object), strict=True):
        if known is not None and named not in known:
            raise UsageError(f"'{named}' is not in this ledger; `brink ledger` and `brink why` list ids and tellings.")


def telling_name(e: Evidence) -> str:
    """How a decision names a telling: its report and its event or statement."""
    return f"{e.telling.report}/{e.telling.event or e.telling.statement}"


def partition(parts: Sequence[list[Evidence]], decisions: Iterable[Decision]) -> list[list[Evidence]]:
    """The happenings' tellings after merges, splits and moves."""
    found = [list(part) for part in parts]
    for one in decisions:
        if one.what == "merge":
            _merge(found, one)
        elif one.what in ("split", "move"):
            _move(found, one)
    kept = [sorted(part, key=lambda e: e.key) for part in found if part]
    return sorted(kept, key=lambda part: part[0].key)


def _merge(parts: list[list[Evidence]], one: Decision) -> None:
    into, gone = _part(parts, one.subject), _part(parts, one.object)
    if into is not None and gone is not None and into is not gone:
        into += gone
        into.sort(key=lambda e: e.key)
        gone.clear()


def _move(parts: list[list[Evidence]], one: Decision) -> None:
    """`split`: the telling (object) leaves the happening (subject); `move`: the telling (subject) goes to `object`."""
    name = one.object if one.what == "split" else one.subject
    target = None if one.what == "split" else _part(parts, one.object)
    if one.what == "move" and target is None:
        return
    for part in parts:
        for e in part:
            if telling_name(e) == name:
                part.remove(e)
                if target is None:
                    parts.append([e])
                else:
                    target.append(e)
                return


def _part(parts: Iterable[list[Evidence]], name: str | None) -> list[Evidence] | None:
    return next((part for part in parts if part and identity(part) == name), None)


def crisis_with(crisis: Crisis | None, decisions: Iterable[Decision]) -> Crisis | None:
    """The crisis file with the camps that were set by hand."""
    set_by_hand = {d.subject: str(d.value) for d in decisions if d.what == "camp"}
    if not set_by_hand:
        return crisis
    base = crisis or Crisis("by hand", None, None, ())
    return replace(base, camps=tuple(sorted((dict(base.camps) | set_by_hand).items())))


def marked(happenings: Iterable[Happening], decisions: Sequence[Decision]) -> list[Happening]:
    """Happenings with overruled statuses, and the names of the decisions in force on each."""
    return [_marked(h, decisions) for h in happenings]


def _marked(h: Happening, decisions: Sequence[Decision]) -> Happening:
    origins = {o.name for o in h.origins}
    names = [f"{t.report}/{t.event or t.statement}" for o in h.origins for t in o.tellings]
    mine = [
        d for d in decisions
        if h.id in (d.subject, d.object) or d.subject in names or d.object in names
        or (d.what == "camp" and d.subject in origins)
    ]  # fmt: skip
    if not mine:
        return h
    status = next((d.value for d in reversed(mine) if d.what == "status" and d.subject == h.id), None)
    told = tuple(f"{d.what} by {d.user}, {d.at}: {d.reason}" for d in mine)
    return replace(h, status=status or h.status, by_hand=told)
