"""Rows in the shape of GDELT 2.0's event table: 61 columns without a header, one row for every pair of parties."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date

from brink.export.tables import cell, codes, event_key, pairs, table
from brink.records import Actor, CodedReport, Event, Place

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
          "Type2Code", "Type3Code")  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")

COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{number}{name}" for number in (1, 2) for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{whose}Geo_{name}" for whose in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip

# GDELT's own numbers of kinds of place: country, US state, US city, world city, world state.
_COUNTRY, _US_STATE, _US_CITY, _WORLD_CITY, _WORLD_STATE = 1, 2, 3, 4, 5


def rows(event: Event, coded: CodedReport) -> Iterator[list[str]]:
    """Give the rows of one event. Raises nothing: an event without a CAMEO code gives none, and is counted."""
    if event.cameo is None or event.quad is None:
        return
    url, published = coded.report.url, coded.report.published
    for number, (first, second) in enumerate(pairs(event)):
        parts: list[object] = [
            _number(f"{event_key(event, coded)} {number}"), *_dates(event), *_actor(first), *_actor(second),
            int(event.main), event.cameo, event.cameo[:3], event.cameo[:2], table("gdelt.toml")["quad"][event.quad],
            event.score, 1, 1, 1, None, *[None] * 16, *_geo(event.place),
            published.strftime("%Y%m%d000000") if published else None, url,
        ]  # fmt: skip
        yield [cell(part) for part in parts]


def _number(key: str) -> str:
    """GDELT numbers its rows; here the number is drawn from what identifies the row, so that it stays the same."""
    return str(int(hashlib.sha256(key.encode()).hexdigest()[:12], 16))


def _dates(event: Event) -> list[object]:
    if event.time is None or event.time.start is None:
        return [None] * 4
    day = date.fromisoformat(event.time.start)
    # GDELT's fraction counts the year as 365 days and the month as 30.
    fraction = f"{day.year + (day.month * 30 + day.day) / 365:.4f}"
    return [day.strftime("%Y%m%d"), day.strftime("%Y%m"), day.year, fraction]


def _actor(actor: Actor | None) -> list[object]:
    if actor is None:
        return [None] * 10
    known: dict[str, str] = table("gdelt.toml")["types"]
    group = table("gdelt.toml")["groups"].get(actor.name)
    types = [known[sector] for sector in actor.sector if sector in known][:3]
    code = (actor.country or group or "") + "".join(types)
    padded = [*types, None, None, None][:3]
    return [code, actor.name.upper(), actor.country, group, None, None, None, *padded]


def _geo(place: Place | None) -> list[object]:
    if place is None or place.country is None:
        return [None] * 8
    country = codes(place.country)
    united_states = place.country == "USA"
    if place.precision in {"city", "point"}:
        kind = _US_CITY if united_states else _WORLD_CITY
    elif place.admin1:
        kind = _US_STATE if united_states else _WORLD_STATE
    else:
        kind = _COUNTRY
    parts = [place.name if place.precision != "country" else None, place.admin1, country.name]
    full = ", ".join(dict.fromkeys(part for part in parts if part))
    return [kind, full, country.fips, country.fips, None, place.lat, place.lon, None]
