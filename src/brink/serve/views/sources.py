"""Outlets, agencies and origins: what they told first and what was later disputed. Counts alone, no ratings."""

from __future__ import annotations

from dataclasses import asdict

from brink.brief.names import opened, origin
from brink.serve.moment import Moment, Voice
from brink.serve.views.rows import Row

COUNTS = ("asserts", "denies", "doubts", "first", "disputed", "revised")
SHOWN = 1000
"""Rows of a table that are shown."""


def sources(moment: Moment) -> Row:
    """Three tables, those told of most first; "more" counts what each leaves out."""
    found = {"outlets": outlets(moment), "agencies": agencies(moment), "origins": origins(moment)}
    more = {name: max(0, len(held) - SHOWN) for name, held in found.items()}
    return {"as_of": moment.day.isoformat(), **{name: held[:SHOWN] for name, held in found.items()}, "more": more}


def outlets(moment: Moment) -> list[Row]:
    """Who publishes."""
    return [asdict(o) for o in sorted(moment.outlets(), key=lambda o: (-o.reports, o.name))]


def agencies(moment: Moment) -> list[Row]:
    """Through whom statements came."""
    held = sorted(moment.relays(), key=lambda r: (-r.statements, r.name))
    return [asdict(r) | {"outlets": list(r.outlets)} for r in held]


def origins(moment: Moment) -> list[Row]:
    """In whose name is spoken."""
    return sorted(map(_origin, moment.voices()), key=lambda r: (-r["asserts"], -r["denies"], r["name"]))


def _origin(one: Voice) -> Row:
    """In whose name is spoken: what each asserts and denies, and what others deny of what it asserts."""
    who = one.origin
    numbers = {name: one.counts.get(name, 0) for name in COUNTS}
    return {"name": who.name, "label": opened(origin(who)), "kind": who.kind, "camp": who.camp, **numbers}
