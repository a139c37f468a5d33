"""PLOVER JSON (manual 0.8): one event a line, `actor` and `recipient` as lists; old files say source and target."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from brink.errors import Reason, ReportError
from brink.export.tables import event_key, sentence_of, statement_of
from brink.records import Actor, CodedReport, Event, Place

# The four old names of the GSR and of early files, and the name (with its mode) that PLOVER gives them now.
_OLD_TYPES = {
    "FIGHT": ("ASSAULT", None),
    "DEMAND": ("REQUEST", None),
    "DISAPPROVE": ("ACCUSE", "disapprove"),
    "INVESTIGATE": ("ACCUSE", "investigate"),
}


def events(coded: CodedReport) -> Iterator[tuple[Event, dict[str, Any]]]:
    """Give every event of a report with its PLOVER object."""
    for event in coded.events:
        yield event, _object(event, coded)


def read(line: str) -> dict[str, Any]:
    """Read one line of PLOVER JSON, old or new, with today's names. Raises ReportError where it is none."""
    try:
        found = json.loads(line)
        kind = found["event"]
    except (ValueError, KeyError, TypeError) as error:
        raise ReportError(Reason.BROKEN_JSON, f"A PLOVER event in one line of JSON was expected: {error}.") from error
    record: dict[str, Any] = dict(found)
    for old, new in (("source", "actor"), ("target", "recipient")):
        if old in record:
            record.setdefault(new, record.pop(old))
    name, mode = _OLD_TYPES.get(kind, (kind, None))
    modes = record.get("mode") or []
    record["event"] = name
    record["mode"] = [modes] if isinstance(modes, str) else list(modes) or ([mode] if mode else [])
    return record


def _object(event: Event, coded: CodedReport) -> dict[str, Any]:
    place, time = event.place, event.time
    return {
        "id": event_key(event, coded),
        "date": time.start if time else None,
        "endDate": time.end if time else None,
        "actor": [_party(actor) for actor in event.actor],
        "recipient": [_party(actor) for actor in event.recipient],
        "event": event.event,
        "mode": list(event.mode),
        "context": list(event.context),
        "auxiliaryMode": list(event.auxiliary),
        "text": sentence_of(event, coded),
        "eventText": event.trigger.text,
        "deed": _deed(event),
        "certainty": event.certainty,
        "statedBy": _teller(event, coded),
        "location": _location(place) if place else None,
        "publication": coded.report.outlet,
        "publicationDate": coded.report.published.isoformat() if coded.report.published else None,
        "url": coded.report.url,
        "story": coded.report.id,
        "coder": coded.coder,
    }


def _party(actor: Actor) -> dict[str, Any]:
    return {
        "name": actor.name,
        "country": actor.country,
        "sector": list(actor.sector),
        "title": actor.office,
        "actorText": actor.text,
    }


def _deed(event: Event) -> dict[str, Any] | None:
    deed = event.deed
    return None if deed is None else {"event": deed.event, "mode": list(deed.mode), "negation": deed.negation}


def _teller(event: Event, coded: CodedReport) -> dict[str, Any] | None:
    statement = statement_of(event, coded)
    if statement is None:
        return None
    speaker = _party(statement.speaker) if statement.speaker else None
    return {"speaker": speaker, "relay": [relay.name for relay in statement.relay]}


def _location(place: Place) -> dict[str, Any]:
    return {
        "name": place.name,
        "country": place.country,
        "province": place.admin1,
        "latitude": place.lat,
        "longitude": place.lon,
        "geonameid": place.geonameid,
        "precision": place.precision,
    }
