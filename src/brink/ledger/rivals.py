"""What tellings of one happening do to each other: words taken back, rival versions of who did it or how far."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from brink.ledger import wording
from brink.ledger.bodies import OUTLETS, Body
from brink.ledger.evidence import Evidence
from brink.ledger.matching import is_copied
from brink.ledger.parties import compared, is_vague
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
    marked = [replace(e, withdrawn=gone[id(e)]) if id(e) in gone else e for e in tellings]
    return _with_copies(marked)


def _with_copies(tellings: Sequence[Evidence]) -> list[Evidence]:
    """What was taken back goes with the copies of its passage under the same credit that were printed before."""
    out = [e for e in tellings if e.withdrawn is not None and e.at < e.withdrawn]

    def since(e: Evidence) -> str | None:
        copied = (
            o.withdrawn for o in out if e.body in (o.body, OUTLETS) and e.at < str(o.withdrawn) and is_copied(o, e)
        )
        return e.withdrawn or min(filter(None, copied), default=None)

    return [replace(e, withdrawn=since(e)) for e in tellings] if out else list(tellings)


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
        held = [i for i in held if (found[i].stance, found[i].on) != ("denies", "quantity")]  # the act is granted
        stances = {found[i].stance for i in held if found[i].form in PERFORMED}
        if {"asserts", "denies"} <= stances:
            _split(found, held)
    return [_in_part(_elsewhere(_accused(e, found), found), found) for e in found]


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
        accused = e.on == "occurrence" and any(_names(o, e) or (_owns(e) and _same_side(o, e)) for o in others)
    elif e.stance == "asserts" and e.actors and not _names(e, e):
        rival = [o for o in others if o.actors and not o.actors & e.actors]
        contrast = words("not_those").search(e.sentence)
        accused = any((contrast and not _one_fight(o, e, told)) or (_names(o, e) and o.key < e.key) for o in rival)
    else:
        return e
    return replace(e, stance="denies", on="actor") if accused else e


def _owns(e: Evidence) -> bool:
    """Whether a telling speaks of its teller's own men ("our gunners", "we")."""
    return any(words("own_men").match(actor.text) for actor in e.event.actor)


def _same_side(one: Evidence, other: Evidence) -> bool:
    return compared(one.actors, other.actors) in ("same", "vague")


def _elsewhere(e: Evidence, tellings: Sequence[Evidence]) -> Evidence:
    """Who grants an act and sets its place against the one another told ("at X and never at Y") denies the place."""
    against = e.statement is not None and e.statement.cue is not None and e.statement.cue.cue_class == "deny"
    if e.stance != "asserts" or e.form not in PERFORMED or not (against or words("not_place").search(e.sentence)):
        return e
    told = [o for o in tellings if o.stance == "asserts" and o.form in PERFORMED and o.body.name != e.body.name]
    apart = [wording.places(e.place, o.place) for o in told]
    return replace(e, stance="denies", on="place") if False in apart and True not in apart else e


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
    return any(_is_of(actor, teller.body) for actor in telling.actors) or any(
        actor.country == teller.body.country and _told_as(actor.text, teller.body) for actor in telling.event.actor
    )


def _told_as(text: str, body: Body) -> bool:
    """Whether a group is told in a party's own words by a part of its name ("Tigers", "the Tamil Tigers")."""
    own = set(body.name.split())
    return body.kind == "group" and body.name[:1].isupper() and own <= set(re.findall(r"\w[\w'’-]*", text))


def _is_of(actor: str, body: Body) -> bool:
    """Whether a party's key is a body's; a group's by its whole name or the part of it that was told."""
    name, key = body.name.lower(), actor.lower()
    told = key.split("/")[-1]
    if name in (key, told):
        return True
    country = actor.partition("/")[0] if "/" in actor else None
    if body.kind != "group" or country != body.country or is_vague(actor):
        return False
    mine, others = set(name.split()), set(told.split())
    return mine <= others or others <= mine
