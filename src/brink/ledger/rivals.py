"""What tellings of one happening do to each other: words taken back, rival versions of who did it or how far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from brink.ledger.evidence import Evidence
from brink.ledger.tables import table, words
from brink.ledger.wording import overlap

PERFORMED = frozenset({"done", "under_way"})


def taken_back(tellings: Sequence[Evidence]) -> list[Evidence]:
    """Tellings that a later sentence of the same body, or of the same outlet, takes back are marked as withdrawn.

    The sentence that takes back tells nothing itself.
    """
    notices = [e for e in tellings if words("retracts").search(e.sentence) and e.stance != "asserts"]
    gone = {id(e): n.at for n in notices for e in tellings if _takes(n, e)}
    return [replace(e, withdrawn=gone[id(e)]) if id(e) in gone else e for e in tellings]


def _takes(notice: Evidence, e: Evidence) -> bool:
    if e.telling.report == notice.telling.report:
        return e is notice or e.body.kind == notice.body.kind == "outlet"
    return e.at < notice.at and _speaks_of(notice, e)


def _speaks_of(notice: Evidence, e: Evidence) -> bool:
    if notice.body.kind != "outlet":
        return e.body.name == notice.body.name
    same = bool(set(notice.mode) & set(e.mode)) or overlap(notice.stems, e.stems) >= float(
        table("acts")["copies"]["same"]
    )
    return e.outlet is not None and e.outlet == notice.outlet and same


def rivals(tellings: Sequence[Evidence]) -> list[Evidence]:
    """Rival versions as denials of the attribute in which they differ.

    Who denies and in the same report tells another actor for it denies the actor; who tells a part and denies the rest
    denies the extent. An accused party that names another actor denies the actor.
    """
    found = list(tellings)
    by_teller: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, e in enumerate(found):
        if not e.background:
            by_teller[e.telling.report, e.body.name].append(i)
    for held in by_teller.values():
        stances = {found[i].stance for i in held if found[i].form in PERFORMED}
        if {"asserts", "denies"} <= stances:
            _split(found, held)
    return [_accused(e, found) for e in found]


def _split(found: list[Evidence], held: Sequence[int]) -> None:
    against = [found[i] for i in held if found[i].stance == "denies"]
    denied = frozenset().union(*(e.actors for e in against))
    for i in held:
        e = found[i]
        if e.form not in PERFORMED or e.stance != "asserts":
            continue
        if e.actors and denied and not e.actors & denied:
            found[i] = replace(e, stance="denies", on="actor")
        elif words("not_extent").search(e.sentence):
            found[i] = replace(e, stance="denies", on="extent")
        elif all(e.act != other.act for other in against):
            found[i] = replace(e, stance="denies")


def _accused(e: Evidence, tellings: Sequence[Evidence]) -> Evidence:
    """An assertion that lays the act to another, told by whom others hold to be the actor, denies the actor."""
    if e.stance != "asserts" or e.form not in PERFORMED or not e.actors or e.act != "ASSAULT":
        return e
    if _names(e, e):
        return e
    others = (o for o in tellings if o.stance == "asserts" and o.form in PERFORMED and o.body.name != e.body.name)
    accused = any(not o.actors & e.actors and _names(o, e) and o.key < e.key for o in others)
    return replace(e, stance="denies", on="actor") if accused else e


def _names(telling: Evidence, teller: Evidence) -> bool:
    """Whether a telling lays the act to the body of the teller."""
    name = teller.body.name.lower()
    return any(actor.lower() == name or actor.split("/")[-1].lower() == name for actor in telling.actors)
