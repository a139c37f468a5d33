"""The crisis: its tension, what changed in a period, what is due, what nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from brink.brief.changes import RANK, at_odds, first_of_kind, unknown
from brink.brief.content import Section
from brink.brief.names import table
from brink.brief.view import View
from brink.errors import UsageError
from brink.records import Happening
from brink.serve.filters import Filter
from brink.serve.links import Links
from brink.serve.moment import Moment
from brink.serve.views import tension
from brink.serve.views.promises import due
from brink.serve.views.rows import Row, row

CHANGED = 40
"""Happenings of a period that the page shows; the list holds the rest."""


def crisis(moment: Moment, by: Filter, pair: str | None, links: Links) -> Row:
    """The crisis page. `by` narrows what changed, its days are the period; `pair` ("RUS~UKR") is the one drawn."""
    view = moment.window(by.since, by.until)
    if view.since > view.as_of:
        raise UsageError(f"The period would begin on {view.since}, after {view.as_of}, up to which it can look.")
    offered = tension.pairs(moment)
    shown = _pair(offered, pair)
    held, states = moment.moved(view, Filter(by.status, by.event, by.quad, by.actor, by.place), CHANGED)
    moment.ready(held)
    return {
        "name": moment.crisis.name,
        "as_of": moment.day.isoformat(),
        "since": view.since,
        "until": view.as_of,
        "totals": totals(moment),
        "pairs": offered,
        "tension": tension.drawing(moment, shown, view, links) if shown else None,
        "changed": [_changed(moment, view, h) for h in held],
        "more": sum(states.values()) - len(held),
        "tally": _tally(states),
        "due": due(moment, view),
        "unknown": _section(unknown(view)),
        "at_odds": _section(at_odds(view)),
        "firsts": _section(first_of_kind(view)),
    }


def _pair(offered: list[dict[str, Any]], asked: str | None) -> tuple[str, str] | None:
    if asked:
        one, _, other = asked.partition("~")
        return (one, other) if one <= other else (other, one)
    return (offered[0]["pair"][0], offered[0]["pair"][1]) if offered else None


def _changed(moment: Moment, view: View, h: Happening) -> Row:
    return row(moment, h) | {"news": _news(view, h)}


def _news(view: View, h: Happening) -> str:
    """What is new about it in the period."""
    if view.within(h.first):
        return "new"
    before = [c for c in h.history if c.date and c.date < view.since]
    after = [c for c in h.history if view.within(c.date)]
    if before and after and before[-1].status != after[-1].status:
        return f"was {table('words')['status'][before[-1].status]}"
    return "new voices"


def _tally(states: Mapping[str, int]) -> list[Row]:
    """Statuses in words, the most frequent first."""
    ordered = sorted(states.items(), key=lambda row: (-row[1], RANK.get(row[0], 4), row[0]))
    return [{"status": s, "mark": str(table("words")["status"][s]), "count": n} for s, n in ordered]


def totals(moment: Moment) -> Row:
    """What the page rests on, in numbers."""
    found = moment.totals()
    return found | {"statuses": _tally(dict(found["statuses"]))}


def _section(section: Section) -> Row:
    return asdict(section)
