"""GeoJSON (RFC 7946): one feature an event, a point where the place earns one, else a null geometry."""

from __future__ import annotations

from typing import Any

from brink.export.tables import event_key, sentence_of, teller
from brink.records import CodedReport, Event


def feature(event: Event, coded: CodedReport) -> dict[str, Any]:
    """Give one event as a feature; `precision` says what the place is, modality and teller stand beside it."""
    place, time, report = event.place, event.time, coded.report
    located = place is not None and place.lat is not None and place.lon is not None
    return {
        "type": "Feature",
        "id": event_key(event, coded),
        # Longitude first, as RFC 7946 has it; never a centroid of a country, never a jittered point.
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]} if place and located else None,
        "properties": {
            "event": event.event,
            "mode": list(event.mode),
            "context": list(event.context),
            "auxiliary": list(event.auxiliary),
            "deed": event.deed.event if event.deed else None,
            "certainty": event.certainty,
            "told": teller(event, coded),
            "actor": [actor.name for actor in event.actor],
            "actor_country": [actor.country for actor in event.actor],
            "recipient": [actor.name for actor in event.recipient],
            "recipient_country": [actor.country for actor in event.recipient],
            "place": place.name if place else None,
            "country": place.country if place else None,
            "admin1": place.admin1 if place else None,
            "geonameid": place.geonameid if place else None,
            "precision": place.precision if place else None,
            "start": time.start if time else None,
            "end": time.end if time else None,
            "score": event.score,
            "quad": event.quad,
            "confidence": event.confidence,
            "sentence": sentence_of(event, coded),
            "report": report.id,
            "outlet": report.outlet,
            "published": report.published.isoformat() if report.published else None,
            "url": report.url,
        },
    }
