"""Tension between pairs of actors over time (docs/design.md, section 7)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weighed:
    """What one happening adds to one pair's line: an interval of scores (-10 to +10) on a day (ISO 8601)."""

    happening: str
    pair: tuple[str, str]
    line: str
    day: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class BandPoint:
    """A pair's band on one day: -10 is conflict, +10 cooperation; `happenings` are those dated that day."""

    day: str
    lower: float
    upper: float
    happenings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """One pair's line over time, a point a day. `line`: words or deeds; `changes`: days where its course breaks."""

    pair: tuple[str, str]
    line: str
    points: tuple[BandPoint, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class First:
    """The first happening of a type by an actor in `days` days, None where the record knows no earlier one."""

    happening: str
    actor: str
    event: str
    days: int | None
