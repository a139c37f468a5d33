"""Brink's own flat table: one event a row, lists joined by semicolons, modality and teller kept."""

from __future__ import annotations

from brink.export.tables import cell, event_key, sentence_of, statement_of
from brink.records import Actor, CodedReport, Event, Quantity

COLUMNS = (
    "event_id", "report", "outlet", "published", "url", "title", "event", "mode", "context", "auxiliary", "deed",
    "deed_mode", "deed_negation", "trigger", "main", "actor", "actor_country", "actor_sector", "recipient",
    "recipient_country", "recipient_sector", "place", "country", "admin1", "latitude", "longitude", "geonameid",
    "precision", "start", "end", "time_precision", "quantity", "certainty", "speaker", "speaker_country", "relay",
    "cue", "cameo", "score", "quad", "confidence", "sentence", "coder",
)  # fmt: skip


def row(event: Event, coded: CodedReport) -> list[str]:
    """Give one event's row."""
    report, deed = coded.report, event.deed
    parts: list[object] = [
        event_key(event, coded), report.id, report.outlet, report.published, report.url, report.title, event.event,
        ";".join(event.mode), ";".join(event.context), ";".join(event.auxiliary),
        deed.event if deed else None, ";".join(deed.mode) if deed else None, _flag(deed.negation) if deed else None,
        event.trigger.text, _flag(event.main), *_parties(event.actor), *_parties(event.recipient), *_place(event),
        *_time(event), "; ".join(map(_count, event.quantity)), event.certainty, *_statement(event, coded),
        event.cameo, event.score, event.quad, event.confidence, sentence_of(event, coded), coded.coder,
    ]  # fmt: skip
    return [cell(part) for part in parts]


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _parties(actors: tuple[Actor, ...]) -> list[str]:
    """The parties stand in one order in all three cells; a party without a country leaves its place empty."""
    return [
        ";".join(actor.name for actor in actors),
        ";".join(actor.country or "" for actor in actors),
        ";".join("+".join(actor.sector) for actor in actors),
    ]


def _place(event: Event) -> list[object]:
    p = event.place
    return [p.name, p.country, p.admin1, p.lat, p.lon, p.geonameid, p.precision] if p else [None] * 7


def _time(event: Event) -> list[object]:
    return [event.time.start, event.time.end, event.time.precision] if event.time else [None] * 3


def _count(quantity: Quantity) -> str:
    low, high = cell(quantity.low), cell(quantity.high)
    bounds = low if low == high and low else f"{low}..{high}"
    return f"{quantity.kind} {bounds}" + (" about" if quantity.approximate else "")


def _statement(event: Event, coded: CodedReport) -> list[object]:
    statement = statement_of(event, coded)
    if statement is None:
        return [None] * 4
    speaker = statement.speaker
    return [
        speaker.name if speaker else None, speaker.country if speaker else None,
        ";".join(relay.name for relay in statement.relay), statement.cue.cue_class if statement.cue else None,
    ]  # fmt: skip
