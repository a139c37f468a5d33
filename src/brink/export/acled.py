"""Rows in the shape of ACLED's export: 31 columns. They are no ACLED data, and each row says so in its tags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from brink.export.tables import cell, codes, event_key, sentence_of, table, teller
from brink.records import Actor, CodedReport, Event

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip

NOTICE = "not ACLED data"

_TIME_PRECISION = {"minute": 1, "hour": 1, "day": 1, "week": 2, "month": 3}
_GEO_PRECISION = {"point": 1, "city": 1, "admin1": 3}
_CIVILIANS = "Civilians"


def rows(event: Event, coded: CodedReport) -> Iterator[list[str]]:
    """Give the one row of an event; none where its type is not what ACLED records."""
    kind = _kind(event)
    if kind is None:
        return
    place, report = event.place, coded.report
    country = codes(place.country if place else None)
    first, second = _side(event.actor, event, kind[1]), _side(event.recipient, event, kind[1])
    inters = [inter for inter in (first[2], second[2]) if inter]
    yield [cell(part) for part in (
        event_key(event, coded), *_dates(event), *kind, *first, *second, "-".join(inters),
        "Civilian targeting" if _hits_civilians(kind, second[2]) else None, country.numeric,
        country.region, country.name, place.admin1 if place else None, None, None, place.name if place else None,
        place.lat if place else None, place.lon if place else None,
        _GEO_PRECISION.get(place.precision) if place else None, report.outlet, None,
        f"{sentence_of(event, coded)} [{teller(event, coded)}]", _killed(event), NOTICE, None,
    )]  # fmt: skip


def _kind(event: Event) -> list[str] | None:
    kinds: Mapping[str, list[str]] = table("acled.toml")["events"]
    keys = [f"{event.event}.{mode}" for mode in event.mode]
    if event.recipient and all(_inter(actor, event) == _CIVILIANS for actor in event.recipient):
        keys.append(f"{event.event}.civilians")
    return next((kinds[key] for key in [*keys, event.event] if key in kinds), None)


def _dates(event: Event) -> list[object]:
    if event.time is None or event.time.start is None:
        return [None, None, None]
    day = date.fromisoformat(event.time.start)
    return [event.time.start, day.year, _TIME_PRECISION.get(event.time.precision)]


def _side(actors: tuple[Actor, ...], event: Event, event_type: str) -> tuple[str | None, str, str | None]:
    """Name the first party, its associates, and its kind; who demonstrates is a protester or a rioter."""
    if not actors:
        return None, "", None
    inter = _inter(actors[0], event)
    if actors is event.actor and event.event == "PROTEST":
        inter = "Rioters" if event_type == "Riots" else "Protesters"
    return _name(actors[0]), "; ".join(_name(actor) for actor in actors[1:]), inter


def _name(actor: Actor) -> str:
    country = codes(actor.country).name
    return f"{actor.name} ({country})" if country and country not in actor.name else actor.name


def _inter(actor: Actor, event: Event) -> str | None:
    kinds: Mapping[str, str] = table("acled.toml")["actors"]
    inter = kinds.get(actor.sector[0]) if actor.sector else None
    where = event.place.country if event.place else None
    abroad = inter == "State forces" and where and actor.country and where != actor.country
    return "External/Other forces" if abroad else inter


def _hits_civilians(kind: list[str], inter2: str | None) -> bool:
    return kind[0] == "Political violence" and inter2 == _CIVILIANS


def _killed(event: Event) -> int | None:
    """The lowest count told of the killed; ACLED's 0 for "none told" would be a count that nobody gives."""
    lows = [int(q.low) for q in event.quantity if q.kind == "killed" and q.low is not None]
    return min(lows, default=None)
