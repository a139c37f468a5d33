"""Auxiliary modes: the model's chances, and the days between the event and the report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from brink.coding.auxiliaries import auxiliaries
from brink.coding.thresholds import load_thresholds
from brink.records import Label, TimeValue

PUBLISHED = date(2022, 2, 15)
LEAST = replace(load_thresholds(), auxiliary={"historical": 0.5, "future": 0.5, "hypothetical": 0.5, "negation": 0.5})


def label(kind: str, **chances: float) -> Label:
    return Label(0, 4, "left", "event", kind, 0, 0.9, {f"aux:{name}": p for name, p in chances.items()})


@pytest.mark.parametrize(
    ("kind", "chances", "start", "end", "expected"),
    [
        ("RETREAT", {"historical": 0.2}, "1989-01-01", "1989-12-31", ("historical",)),
        ("RETREAT", {"historical": 0.2}, "2022-02-14", "2022-02-14", ()),
        ("RETREAT", {"historical": 0.6}, "2022-02-14", "2022-02-14", ()),
        ("RETREAT", {"historical": 0.6}, "2022-01-01", "2022-01-31", ("historical",)),
        ("RETREAT", {"future": 0.2}, "2022-02-20", "2022-02-20", ("future",)),
        ("RETREAT", {"future": 0.2}, "2014-01-01", "2022-02-15", ()),
        ("REQUEST", {"future": 0.2}, "2022-02-20", "2022-02-20", ()),
        ("AGREE", {"future": 0.9}, "2022-02-20", "2022-02-20", ()),
        ("RETREAT", {"negation": 0.9, "future": 0.6}, "2022-02-20", "2022-02-20", ("future", "negation")),
    ],
)
def test_days_speak_beside_the_model(
    kind: str, chances: dict[str, float], start: str, end: str, expected: tuple[str, ...]
) -> None:
    when = TimeValue(start, end, "day", "then", 0, 4)
    assert auxiliaries(label(kind, **chances), when, PUBLISHED, LEAST) == expected


@pytest.mark.parametrize(
    ("when", "published"), [(None, PUBLISHED), (TimeValue(None, None, "day", "then", 0, 4), PUBLISHED)]
)
def test_without_a_day_the_model_alone_speaks(when: TimeValue | None, published: date | None) -> None:
    assert auxiliaries(label("RETREAT", historical=0.6), when, published, LEAST) == ("historical",)
    assert auxiliaries(label("RETREAT", historical=0.6), when, None, LEAST) == ("historical",)
