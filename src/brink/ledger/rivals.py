"""What tellings of one happening do to each other: words taken back, rival versions of who did it or how far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from brink.ledger import wording
from brink.ledger.evidence import Evidence
from brink.ledger.tables import table, words
from brink.ledger.wording import overlap

PERFORMED = frozenset({"done", "under_way"})
HARM = frozenset({"ASSAULT", "COERCE"})
"""Deeds that leave a mark on somebody: who is accused of one and denies it, denies whose deed it was."""


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

    Who denies an act and in the same report tells it of another actor, place or day denies that; who tells a part and
    denies the rest denies the extent. An accused party that denies, or names another, denies the actor.
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
    return [_in_part(_accused(e, found), found) for e in found]


def _split(found: list[Evidence], held: Sequence[int]) -> None:
    against = [i for i in held if found[i].stance == "denies"]
    for i in held:
        e = found[i]
        if e.form in PERFORMED and e.stance == "asserts" and (on := _apart(e, [found[j] for j in against])):
            found[i] = replace(e, stance="denies", on=on)
            for j in against:
                if found[j].on == "occurrence" and on in ("place", "time"):
                    found[j] = replace(found[j], on=on)


def _apart(e: Evidence, against: Sequence[Evidence]) -> str | None:
    """On what an assertion stands against what its own teller denies; None where it is told beside it."""
    denied = frozenset().union(*(other.actors for other in against))
    if e.actors and denied and not e.actors & denied:
        return "actor"
    if any(wording.places(e.place, other.place) is False for other in against):
        return "place"
    if any(e.days and other.days and not _overlap(e.days, other.days) for other in against):
        return "time"
    if words("not_extent").search(e.sentence):
        return "extent"
    return "occurrence" if all(e.act != other.act for other in against) else None


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _accused(e: Evidence, tellings: Sequence[Evidence]) -> Evidence:
    """What the accused says of the deed: its denial, or its word that another did it, denies the actor.

    So does a telling that names another doer against the one that is accused ("rebels, not soldiers").
    """
    if e.act not in HARM or e.form not in PERFORMED:
        return e
    told = [o for o in tellings if o.stance == "asserts" and o.form in PERFORMED]
    others = [o for o in told if o.body.name != e.body.name]
    if e.stance == "denies":
        accused = e.on == "occurrence" and any(_names(o, e) for o in others)
    elif e.stance == "asserts" and e.actors and not _names(e, e):
        rival = [o for o in others if o.actors and not o.actors & e.actors]
        contrast = words("not_those").search(e.sentence)
        accused = any((contrast and not _one_fight(o, e, told)) or (_names(o, e) and o.key < e.key) for o in rival)
    else:
        return e
    return replace(e, stance="denies", on="actor") if accused else e


def _one_fight(one: Evidence, other: Evidence, told: Sequence[Evidence]) -> bool:
    """Whether somebody tells that both sides acted: then it is one fight, whoever began it."""
    sides = [{actor.partition("/")[0] for actor in e.actors} for e in (one, other)]
    return any(len(both.actors) > 1 and all(side & both.actors for side in sides) for both in told)


def _in_part(e: Evidence, tellings: Sequence[Evidence]) -> Evidence:
    """Who grants a part of what another told whole denies the extent."""
    if e.stance != "asserts" or e.form not in PERFORMED or not words("only_part").search(e.sentence):
        return e
    whole = (o for o in tellings if o.stance == "asserts" and o.form in PERFORMED and o.key < e.key)
    rest = any(o.body.name != e.body.name and not words("only_part").search(o.sentence) for o in whole)
    return replace(e, stance="denies", on="extent") if rest else e


def _names(telling: Evidence, teller: Evidence) -> bool:
    """Whether a telling lays the act to the body of the teller."""
    name = teller.body.name.lower()
    return any(actor.lower() == name or actor.split("/")[-1].lower() == name for actor in telling.actors)
