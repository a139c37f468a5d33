"""The crisis: its tension, what changed in a period, what is due, what nobody knows."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import date
from typing import Any

from brink.brief.changes import RANK, at_odds, first_of_kind, moved, unknown
from brink.brief.content import Section
from brink.brief.happening import mark
from brink.brief.names import table
from brink.brief.view import View
from brink.codebook import score
from brink.errors import UsageError
from brink.records import Happening
from brink.serve.filters import Filter, chosen
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
    changed = [_changed(moment, view, h) for h in sorted(_moved(view, by), key=_weight)]
    return {
        "name": moment.crisis.name,
        "as_of": moment.day.isoformat(),
        "since": view.since,
        "until": view.as_of,
        "totals": totals(moment),
        "pairs": offered,
        "tension": tension.drawing(moment, shown, view, links) if shown else None,
        "changed": changed[:CHANGED],
        "more": max(0, len(changed) - CHANGED),
        "tally": _tally(changed),
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


def _moved(view: View, by: Filter) -> list[Happening]:
    return chosen(moved(view), Filter(by.status, by.event, by.quad, by.actor, by.place))


def _weight(h: Happening) -> tuple[int, float, str]:
    """Disputed first, then settled one way or the other; within a rank by PLOVER's score and number of reports."""
    event, mode = (h.deed.event, h.deed.mode) if h.deed else (h.event, h.mode)
    return RANK.get(h.status, 4), -abs(score(event, mode)) * len(h.reports), h.id


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


def _tally(changed: list[Row]) -> list[Row]:
    counted = Counter((r["status"], r["mark"]) for r in changed)
    return [{"status": status, "mark": words, "count": n} for (status, words), n in counted.most_common()]


def totals(moment: Moment) -> Row:
    """What the page rests on, in numbers."""
    reports = [c.report for c in moment.reports.values()]
    dated = sorted(r.published for r in reports if r.published)
    states = Counter((h.status, mark(h)) for h in moment.happenings)
    return {
        "reports": len(reports),
        "outlets": len({r.outlet for r in reports if r.outlet}),
        "happenings": len(moment.happenings),
        "first": _iso(dated[0]) if dated else None,
        "last": _iso(dated[-1]) if dated else None,
        "statuses": [{"status": s, "mark": m, "count": n} for (s, m), n in states.most_common()],
    }


def _iso(day: date) -> str:
    return day.isoformat()


def _section(section: Section) -> Row:
    return asdict(section)
