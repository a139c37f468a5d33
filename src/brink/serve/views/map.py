"""What the map shows: points where a place or city is told, shaded countries and disputed areas for all that is wider.

A country or a region is never a point: the middle of a country is nowhere that anything was told of.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from typing import Any

from brink.brief.happening import mark
from brink.brief.names import clean
from brink.brief.voices import sentence
from brink.codebook import quad
from brink.coding.countries import XKX, country_name
from brink.records import Happening
from brink.serve.filters import Filter
from brink.serve.links import Links
from brink.serve.lists import POINTS
from brink.serve.moment import Moment
from brink.serve.views.rows import Row

OPACITY = {
    "corroborated": 0.9, "fulfilled": 0.9, "contradicted": 0.5, "not_fulfilled": 0.5, "overdue": 0.5, "claimed": 0.2,
    "planned": 0.2, "retracted": 0.05,
}  # fmt: skip
"""How solid a point is: what is told independently or fulfilled, what is disputed or failed, what is but claimed."""
DRAWN = ("key", "name", "both", "feature", "piece", "outline", "points")


def world(moment: Moment, by: Filter, links: Links) -> Row:
    """What changed in a period, by place. `by` narrows it as it does the crisis page."""
    view = moment.glance(by.since, by.until)
    narrowed = Filter(by.status, by.event, by.quad, by.actor, by.place)
    found = moment.mapped(view, narrowed)
    held = found.items
    points: dict[tuple[float, float], list[Happening]] = {}
    shaded: dict[tuple[str | None, str | None], list[Happening]] = {}
    for h in held:
        if (at := point_of(h)) is not None:
            points.setdefault(at, []).append(h)
        elif (where := shade_of(h)) is not None:
            shaded.setdefault(where, []).append(h)
    placed = sum(map(len, (*points.values(), *shaded.values())))
    return {
        "as_of": moment.day.isoformat(),
        "since": view.since,
        "until": view.as_of,
        "points": [_point(moment, at, told, links) for at, told in points.items()],
        "shaded": sorted((_shaded(moment, k, told, links) for k, told in shaded.items()), key=_most),
        "placeless": len(held) - placed,
        "more": found.total - len(held),
        "areas": [{name: a[name] for name in DRAWN if name in a} for a in areas()["area"]],
        "lines": areas()["lines"],
    }


def point_of(h: Happening) -> tuple[float, float] | None:
    """Longitude and latitude of a happening at a place or in a city, None for all that is wider."""
    place = h.place
    if place is None or place.precision not in POINTS or place.lat is None or place.lon is None:
        return None
    return place.lon, place.lat


def shade_of(h: Happening) -> tuple[str | None, str | None] | None:
    """The country (ISO alpha-3) and, where the place is one, the key of the disputed area that a happening shades."""
    place = h.place
    if place is None:
        return None
    area = None if place.precision in POINTS else _named().get(place.name.casefold())
    if area is None and place.country is None:
        return None
    return (None, area) if area else (place.country, _own_areas().get(_feature(place.country) or ""))


@functools.cache
def areas() -> Mapping[str, Any]:
    """The table of disputed areas (data/serve/areas.toml)."""
    return tomllib.loads((resources.files("brink") / "data/serve/areas.toml").read_text("utf-8"))


@functools.cache
def _named() -> Mapping[str, str]:
    return {name.casefold(): str(a["key"]) for a in areas()["area"] for name in a["names"]}


@functools.cache
def _own_areas() -> Mapping[str, str]:
    """Countries of world-atlas that are themselves disputed: their area is what is shaded."""
    return {a["feature"]: str(a["key"]) for a in areas()["area"] if "feature" in a}


@functools.cache
def _feature(country: str | None) -> str | None:
    """A country's id in world-atlas: its ISO numeric code, a name where it has none."""
    import pycountry

    found = pycountry.countries.get(alpha_3=country) if country else None
    return found.numeric if found else XKX[2] if country == XKX[1] else None


def _point(moment: Moment, at: tuple[float, float], told: Sequence[Happening], links: Links) -> Row:
    place, classes = told[0].place, {quad(h.event).value for h in told}
    assert place is not None
    return {
        "name": clean(place.name),
        "country": place.country,
        "precision": place.precision,
        "lon": at[0],
        "lat": at[1],
        "quad": classes.pop() if len(classes) == 1 else "several",
        "opacity": max(OPACITY[h.status] for h in told),
        "happenings": _told(moment, told, links),
    }


def _shaded(moment: Moment, key: tuple[str | None, str | None], told: Sequence[Happening], links: Links) -> Row:
    country, area = key
    held = next((a for a in areas()["area"] if a["key"] == area), None)
    label = held["name"] if held else country_name(country or "")
    names = dict.fromkeys(clean(h.place.name) for h in told if h.place)
    return {
        "area": area,
        "country": country,
        "feature": None if area else _feature(country),
        "label": label,
        "both": held["both"] if held else [],
        "regions": [name for name in names if name != label],
        "happenings": _told(moment, told, links),
    }


def _told(moment: Moment, told: Iterable[Happening], links: Links) -> list[Row]:
    return [
        {
            "id": h.id,
            "sentence": sentence(moment.view, h),
            "status": h.status,
            "mark": mark(h),
            "quad": quad(h.event).value,
            "href": links.happening(h.id),
        }
        for h in told
    ]


def _most(shaded: Row) -> tuple[int, str]:
    return -len(shaded["happenings"]), shaded["label"]
