"""Tension of the pairs with most happenings: words and deeds as two bands, and what they say in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta

from brink.brief.content import Course, Line, Pair
from brink.brief.names import clean, count, listed, named
from brink.brief.view import View, unique
from brink.records import Band, BandPoint, Happening, Weighed
from brink.tension import bands, weighed

PAIRS = 4
"""Pairs that are shown."""
DAYS = 60
"""Days that are plotted."""


def pairs(view: View) -> tuple[Pair, ...]:
    """The pairs of which the plotted days tell most happenings, each with its courses."""
    last = date.fromisoformat(view.as_of)
    first = last - timedelta(days=DAYS - 1)
    rows = [w for w in weighed(view.material.happenings, view.crisis) if w.day <= view.as_of]
    counted = Counter(w.pair for w in rows if w.day >= first.isoformat())
    top = sorted(counted, key=lambda pair: (-counted[pair], pair))[:PAIRS]
    long = any(w.day < first.isoformat() for w in rows)
    found = bands(_of(view, rows, top), view.crisis, first if long else None, last)
    camps = {camp for _, camp in view.crisis.camps}
    return tuple(
        Pair(
            (_name(pair[0], camps), _name(pair[1], camps)),
            tuple(_course(view, b) for b in reversed(found) if b.pair == pair),
        )
        for pair in top
    )


def _of(view: View, rows: list[Weighed], top: Collection[tuple[str, str]]) -> list[Happening]:
    """What the shown pairs' bands need: their happenings and what those oppose; others would only cost time."""
    own = {w.happening for w in rows if w.pair in top}
    own |= {o for i in own for o in view.by_id[i].opposes}
    return [h for h in view.material.happenings if h.id in own]


def _name(name: str, camps: Collection[str]) -> str:
    return f"the camp “{clean(name)}”" if name in camps else named(name)


def _course(view: View, band: Band) -> Course:
    now = band.points[-1]
    before = next((p for p in reversed(band.points) if p.day < view.since), None)
    fresh = unique(i for p in band.points if view.within(p.day) for i in p.happenings)
    text = f"{edges(now)} on {view.day(now.day)}"
    text += f", {edges(before)} on {view.day(before.day)}" if before else ""
    latest = next((p for p in reversed(band.points) if p.happenings), None)
    if fresh:
        text += f"; {count(len(fresh), 'happening')} since {view.day(view.since)}"
    elif latest:
        text += f"; nothing since {view.day(view.since)}, the latest on {view.day(latest.day)}"
    if band.changes:
        text += f"; the course breaks on {listed([view.day(c) for c in band.changes])}"
    rests = fresh or (latest.happenings if latest else ())
    reports = unique(r for i in rests for r in view.by_id[i].reports)
    return Course(band, Line(f"{text}.", reports, band.line))


def edges(point: BandPoint) -> str:
    """A band on one day in words: "−6.5 to −1.2"."""
    return f"{signed(point.lower)} to {signed(point.upper)}"


def signed(value: float) -> str:
    """A score with one decimal and its sign."""
    told = f"{abs(value):.1f}"
    return told if told == "0.0" else ("+" if value > 0 else "−") + told
