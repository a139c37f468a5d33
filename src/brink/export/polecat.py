"""POLECAT-shaped rows: 40 columns, one row for every pair of actor and recipient."""

from __future__ import annotations

from collections.abc import Iterator

from brink.export.tables import cell, codes, event_key, pairs
from brink.records import Actor, CodedReport, Event, Place

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip

_FEATURE = {"city": "PPL", "point": "S", "admin1": "ADM1", "country": "PCLI", "area": "RGN"}


def rows(event: Event, coded: CodedReport) -> Iterator[list[str]]:
    """Give the rows of one event; all share its Event ID. None where it has no quad class: PLOVER lacks its type."""
    if event.quad is None:
        return
    report = coded.report
    head = [
        event_key(event, coded), event.time.start if event.time else None, event.event, ";".join(event.mode),
        event.score, event.quad.replace("_", " ").upper(), ";".join(event.context),
    ]  # fmt: skip
    tail = [
        report.outlet, report.published, _named(coded, {"PER"}), _named(coded, {"ORG", "UNIT"}),
        _named(coded, {"GPE", "LOC", "FAC"}), report.language, coded.coder,
    ]  # fmt: skip
    for actor, recipient in pairs(event):
        parts = [*head, *_party(actor), *_party(recipient), *_location(event.place), *tail]
        yield [cell(part) for part in parts]


def _party(actor: Actor | None) -> list[str | None]:
    if actor is None:
        return [None] * 8
    primary = actor.sector[0] if actor.sector else None
    return [
        actor.name, actor.country, codes(actor.country).cow, primary, ";".join(actor.sector), actor.office, actor.text,
        None,
    ]  # fmt: skip


def _location(place: Place | None) -> list[object]:
    if place is None:
        return [None] * 10
    city = place.name if place.precision == "city" else None
    return [
        place.name, city, None, place.admin1, place.country, place.lat, place.lon, place.geonameid, place.text,
        _FEATURE[place.precision],
    ]  # fmt: skip


def _named(coded: CodedReport, kinds: set[str]) -> str:
    return ";".join(dict.fromkeys(mention.name for mention in coded.mentions if mention.kind in kinds))
