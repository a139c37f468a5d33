"""The band of each pair and line, day by day.

lower = (sum w_i lo_i - 10 w_0) / (sum w_i + w_0), upper = (sum w_i hi_i + 10 w_0) / (sum w_i + w_0),
w_i = 2 ** (-age_i / h), age in days (docs/design.md, section 7). So the band stays within -10 and +10, silence
widens it, and volume alone does not move it.
"""

from __future__ import annotations

import functools
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from importlib import resources
from typing import Any

from brink.records import Band, BandPoint, Crisis, Happening, Weighed
from brink.tension.changes import changes
from brink.tension.weighing import weighed

EDGE = 10.0


@functools.cache
def table() -> Mapping[str, Any]:
    """data/tension/tension.toml."""
    return tomllib.loads((resources.files("brink") / "data/tension/tension.toml").read_text("utf-8"))


def bands(
    happenings: Iterable[Happening],
    crisis: Crisis | None = None,
    since: date | None = None,
    until: date | None = None,
    pairs: Collection[frozenset[str]] | None = None,
) -> tuple[Band, ...]:
    """One band per pair and line with anything to it, from `since` (default: its first day) to `until` (its last).

    `pairs`: of these pairs alone, as each band costs its days.
    """
    rows: dict[tuple[tuple[str, str], str], list[Weighed]] = defaultdict(list)
    for one in weighed(happenings, crisis):
        if pairs is None or frozenset(one.pair) in pairs:
            rows[one.pair, one.line].append(one)
    found = []
    for (pair, line), held in sorted(rows.items()):
        points = _points(held, since, until)
        found.append(Band(pair, line, points, changes(points, table()["changes"])))
    return tuple(found)


def _points(held: Sequence[Weighed], since: date | None, until: date | None) -> tuple[BandPoint, ...]:
    days = [date.fromisoformat(w.day).toordinal() for w in held]
    first = since.toordinal() if since else min(days)
    last = until.toordinal() if until else max(days)
    return tuple(point_on(held, days, day) for day in range(first, last + 1))


def point_on(held: Sequence[Weighed], days: Sequence[int], day: int) -> BandPoint:
    """The band on one day (ordinal) from all that is dated up to it."""
    prior, half = float(table()["prior"]), float(table()["half_life"])
    weights = [2.0 ** (-(day - d) / half) if d <= day else 0.0 for d in days]
    total = sum(weights) + prior
    lower = (sum(w * one.low for w, one in zip(weights, held, strict=True)) - EDGE * prior) / total
    upper = (sum(w * one.high for w, one in zip(weights, held, strict=True)) + EDGE * prior) / total
    today = tuple(one.happening for d, one in zip(days, held, strict=True) if d == day)
    return BandPoint(date.fromordinal(day).isoformat(), lower, upper, today)
