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
    outlets = sorted(moment.outlets(), key=lambda o: (-o.reports, o.name))
    relays = sorted(moment.relays(), key=lambda r: (-r.statements, r.name))
    origins = sorted(map(_origin, moment.voices()), key=lambda r: (-r["asserts"], -r["denies"], r["name"]))
    return {
        "as_of": moment.day.isoformat(),
        "outlets": [asdict(o) for o in outlets[:SHOWN]],
        "agencies": [asdict(r) | {"outlets": list(r.outlets)} for r in relays[:SHOWN]],
        "origins": origins[:SHOWN],
        "more": {
            name: max(0, len(held) - SHOWN)
            for name, held in (("outlets", outlets), ("agencies", relays), ("origins", origins))
        },
    }


def _origin(one: Voice) -> Row:
    """In whose name is spoken: what each asserts and denies, and what others deny of what it asserts."""
    who = one.origin
    numbers = {name: one.counts.get(name, 0) for name in COUNTS}
    return {"name": who.name, "label": opened(origin(who)), "kind": who.kind, "camp": who.camp, **numbers}
