"""Origins of a happening, their stance, and the standing and status that follow (docs/design.md, section 6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from brink.ledger.bodies import Body, unified
from brink.ledger.evidence import Evidence
from brink.ledger.promises import AHEAD, told_as_outcome
from brink.records import Crisis, Origin

Key = tuple[str, str, str]
"""Name, stance and of: what one row of origins is about."""


def camp_of(body: Body, crisis: Crisis | None) -> str | None:
    """The side a body speaks for: the crisis file's, else each state its own, each group its own, others none."""
    if crisis is not None:
        for name in (body.name, body.country if body.kind == "state" else None):
            if name and (camp := crisis.camp_of(name)):
                return camp
    if body.kind == "state":
        return body.country or body.name
    return body.name if body.kind == "group" else None


def origins_of(tellings: Sequence[Evidence], crisis: Crisis | None) -> tuple[Origin, ...]:
    """One row per body, stance and of; a row that a later stance of the same body replaced has `until`."""
    rows: dict[tuple[str, str, str], list[Evidence]] = defaultdict(list)
    same = unified({e.body for e in tellings})
    for e in tellings:
        if _counts(e, tellings):
            rows[same[e.body].name, e.stance, of(e, tellings)].append(e)
    # Own-voice sentences beside somebody's word retell it; they vouch only where nobody else does.
    voiced = {about for name, stance, about in rows if stance == "asserts" and name != "outlets"}
    rows = {key: held for key, held in rows.items() if key[0] != "outlets" or key[2] not in voiced}
    found = [_origin(key, held, rows, crisis) for key, held in rows.items()]
    return tuple(sorted(found, key=lambda o: (o.since or "", o.name, o.of, o.stance)))


def _counts(e: Evidence, tellings: Sequence[Evidence]) -> bool:
    """A background clause adds no origin to what is told elsewhere."""
    return not e.background or all(other.background for other in tellings)


def of(e: Evidence, tellings: Sequence[Evidence]) -> str:
    """`outcome` where a promise's carrying out is told, else `claim`."""
    if not any(other.form in AHEAD and other.stance == "asserts" for other in tellings):
        return "claim"
    return "outcome" if told_as_outcome(e) else "claim"


def _origin(key: Key, held: list[Evidence], rows: Mapping[Key, list[Evidence]], crisis: Crisis | None) -> Origin:
    name, stance, about = key
    body = next((e.body for e in held if e.body.name == name), held[0].body)
    last = max(e.at for e in held)
    # A count that was rejected stays so; of denials the latest says what is denied.
    on = [e.on for e in held if e.on != "occurrence" and (e.at == last or stance == "asserts")]
    return Origin(
        name=name,
        country=body.country,
        kind=_kind(held),
        camp=camp_of(body, crisis),
        anonymous=all(e.body.anonymous for e in held),
        stance=stance,
        on=on[-1] if on else "occurrence",
        of=about,
        tellings=tuple(e.telling for e in held),
        since=held[0].published,
        until=_until(key, last, rows),
    )


def _kind(held: list[Evidence]) -> str:
    kinds = [e.body.kind for e in held]
    return "witness" if "witness" in kinds else kinds[0]


def _until(key: Key, last: str, rows: Mapping[Key, list[Evidence]]) -> str | None:
    """An origin's latest stance counts: the former one ends on the day of the later; doubts end nothing."""
    name, stance, about = key
    if stance == "doubts":
        return None
    later = [
        e.published
        for (other, opposite, of_), held in rows.items()
        if (other, of_) == (name, about) and opposite not in (stance, "doubts")
        for e in held
        if e.at > last and e.published is not None
    ]
    return min(later, default=None)


def standing_of(origins: Sequence[Origin], blamed: bool = False) -> tuple[str, tuple[str, ...]]:
    """Standing, and the attributes on which it is contradicted or a count is rejected.

    `blamed`: tellers lay the act to different actors, each to the other. Origins are the happening's rows.
    """
    now = [o for o in origins if o.until is None]
    of_outcome = [o for o in now if o.of == "outcome" and o.stance != "doubts"]
    seen = of_outcome or [o for o in now if o.of == "claim"]
    against = [o for o in seen if o.stance == "denies" and o.kind != "outlet"]
    deniers = [o for o in against if o.on != "quantity"]
    asserting = [o for o in seen if o.stance == "asserts"]
    # Who lowers a count that he gave himself rejects nobody's.
    by = [o.name for o in seen if o.on == "quantity" and o.kind != "outlet"]
    rejected = {"quantity"} if any(a.name != name for a in asserting for name in by) else set()
    if not asserting and not against:
        return ("retracted" if not now else "claimed"), ()
    if asserting and (blamed or any(a.name != d.name for a in asserting for d in deniers)):
        named = ({"actor"} if blamed else set()) | {o.on for o in deniers} | rejected
        # Who denies one attribute grants the rest: beside it a flat denial says no more.
        return "contradicted", tuple(sorted(named - {"occurrence"} or named))
    if asserting:
        return vouched(asserting + [o for o in against if o not in deniers]), tuple(sorted(rejected))
    return vouched(deniers or against), ()


def vouched(origins: Sequence[Origin]) -> str:
    """Corroborated by two camps, a camp and an origin outside all camps, or two such origins; else claimed.

    What outlets tell in their own voice never corroborates.
    """
    counted = [o for o in origins if o.kind != "outlet"]
    voices = {("camp", o.camp) if o.camp else ("origin", o.name) for o in counted}
    return "corroborated" if len(voices) > 1 else "claimed"


def status_of(standing: str, outcome: str | None, phase: str) -> str:
    """The first that holds (docs/design.md, section 6)."""
    if standing == "contradicted":
        return "contradicted"
    if outcome in ("broken", "called_off", "lapsed", "not_true"):
        return "not_fulfilled"
    if outcome in ("kept", "carried_out", "came_true"):
        return "fulfilled"
    if standing == "retracted":
        return "retracted"
    if outcome == "overdue":
        return "overdue"
    if outcome == "open" and phase == "announced":
        return "planned"
    return "corroborated" if standing == "corroborated" else "claimed"
