"""Auxiliary modes of an event: the model's chances, shifted by how far from the report's day the event lies.

What lies half a year back is background, what lies ahead has not been done: days tell it more surely than words do.
"""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Mapping
from datetime import date
from importlib.resources import files

from brink.coding.thresholds import Thresholds
from brink.records import Label, TimeValue

NAMES = ("historical", "future", "hypothetical", "negation")
ANNOUNCING = ("AGREE", "CONCEDE")
"""Types that say by themselves that the act is to come: they carry no auxiliary `future`."""
ASKING = ("REQUEST", "THREATEN")
"""Types whose time may be that of the act asked for or threatened."""


def auxiliaries(label: Label, when: TimeValue | None, published: date | None, least: Thresholds) -> tuple[str, ...]:
    """Auxiliary modes of an event, by threshold; `future` never stands on AGREE or CONCEDE."""
    shifts = _shifts(label.kind, when, published) if when and published else {}
    chances = {n: _shifted(label.scores.get(f"aux:{n}", 0.0), shifts.get(n, 0.0)) for n in NAMES}
    found = [n for n in NAMES if chances[n] >= least.auxiliary[n]]
    return tuple(n for n in found if not (n == "future" and label.kind in ANNOUNCING))


@functools.cache
def _days() -> Mapping[str, float]:
    return tomllib.loads(files("brink.data").joinpath("coding/days.toml").read_text("utf-8"))


def _shifts(kind: str, when: TimeValue, published: date) -> dict[str, float]:
    """What is added to the log-odds of modes by the days since the event's end, or where it begins after the report."""
    if when.start is None or when.end is None or kind in (*ANNOUNCING, *ASKING):
        return {}
    if date.fromisoformat(when.start[:10]) > published:
        return {"historical": _days()["ahead historical"], "future": _days()["ahead future"]}
    back = (published - date.fromisoformat(when.end[:10])).days
    far = "year" if back > 180 else "months" if back > 30 else "weeks" if back > 7 else "days"
    return {"historical": _days()[f"{far} historical"]}


def _shifted(p: float, shift: float) -> float:
    if not shift:
        return p
    p = min(max(p, 1e-4), 1 - 1e-4)
    return 1.0 / (1.0 + math.exp(-(math.log(p / (1 - p)) + shift)))


__all__ = ["auxiliaries"]
