"""The tension of pairs: their bands up to a moment, and the happenings on them."""

from __future__ import annotations

import functools
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from brink.brief.courses import edges
from brink.brief.names import clean, day, named, opened, table
from brink.brief.view import View
from brink.brief.voices import sentence
from brink.records import Band
from brink.serve.chart import SLIM, Drawn, svg
from brink.serve.links import Links
from brink.serve.moment import Moment, PairName

DAYS = 60
"""Days that are drawn, more only where the window begins earlier."""
PAIRS = 8


def pairs(moment: Moment, name: str | None = None, most: int = PAIRS) -> list[dict[str, Any]]:
    """The pairs (of somebody) with most happenings, the first the one with most."""
    found = moment.pairs(name, most)
    return [{"pair": list(p), "label": pair_label(moment, p), "count": n} for p, n in found]


def pair_label(moment: Moment, pair: PairName) -> str:
    """A pair in words: "Russia and Ukraine"."""
    return opened(" and ".join(_name(moment, one) for one in pair))


def _name(moment: Moment, name: str) -> str:
    camps = {camp for _, camp in moment.crisis.camps}
    return f"the camp “{clean(name)}”" if name in camps else named(name)


def courses(moment: Moment, pair: PairName, since: date | None = None) -> list[Band]:
    """Words and deeds of a pair, day by day; words first."""
    return moment.courses(pair, min(filter(None, (moment.day - timedelta(days=DAYS - 1), since))))


def drawing(moment: Moment, pair: PairName, view: View, links: Links) -> dict[str, Any]:
    """A pair's bands as a drawing, and in words."""
    found = courses(moment, pair, date.fromisoformat(view.since))
    label = pair_label(moment, pair)
    told, room = moment.dated(pair, min((b.points[0].day for b in found if b.points), default=""))
    drawn = Drawn(
        found, told, functools.cache(lambda h: sentence(view, h)), table("words")["status"], (view.since, view.as_of),
        f"Tension between {label}, −10 conflict to +10 cooperation. {' '.join(_course(b) for b in found)}",
        room,
    )  # fmt: skip
    return {
        "pair": list(pair),
        "label": label,
        "svg": svg(drawn, links),
        "svg_slim": svg(drawn, links, SLIM),
        "courses": [_told(b) for b in found],
    }


def _course(band: Band) -> str:
    now = band.points[-1]
    return f"{opened(band.line)}: {edges(now)} on {day(now.day)}."


def _told(band: Band) -> dict[str, Any]:
    now = band.points[-1]
    week = next((p for p in reversed(band.points[:-1]) if _days(p.day, now.day) >= 7), None)
    return {
        "line": band.line,
        "now": edges(now),
        "before": edges(week) if week else None,
        "before_day": week.day if week else None,
        "changes": list(band.changes),
    }


def _days(earlier: str, later: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def undrawn(found: dict[str, Any]) -> dict[str, Any]:
    """The same without its drawings, which are the pages'."""
    return {key: value for key, value in found.items() if not key.startswith("svg")}


def points(found: list[Band]) -> list[dict[str, Any]]:
    """Bands as JSON-ready data."""
    return [asdict(band) for band in found]
