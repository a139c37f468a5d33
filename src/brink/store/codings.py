"""One coding of one version <-> its record and its rows."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from brink.export.records import from_record, to_record
from brink.records import CodedReport
from brink.store.database import new_key
from brink.store.schema import CODERS, CODINGS, EVENTS, OFFICES, STATEMENTS, UNKNOWNS
from brink.store.shortening import Record
from brink.store.words import perhaps, storable

_PARTS = re.compile(r"(model|register|gazetteer) (\S+)")
ROWS: dict[str, Table] = {"statements": STATEMENTS, "events": EVENTS, "unknowns": UNKNOWNS, "offices": OFFICES}


def taken_apart(coded: CodedReport) -> tuple[Record, str]:
    """Give the record of a coded report without its text, and the text as a database holds it."""
    record = to_record(coded)
    text = record["report"]["text"]
    if storable(text) == text:
        del record["report"]["text"]  # else the record keeps what the column cannot
    return record, storable(text)


def put_together(record: str, text: str, only: str = "") -> CodedReport:
    """Give back the coded report that `taken_apart` and `dumps` made into a record and a text.

    With `only` ("statements", "offices") it holds no other codings: they are most of the work.
    """
    values = json.loads(record)
    values["report"].setdefault("text", text)
    if only:
        values |= {name: () for name in ("statements", "events", "unknowns", "offices") if name != only}
        values["report"]["mentions"] = ()
    return from_record(values)


@functools.lru_cache(maxsize=500)
def put_together_again(record: str, text: str, only: str = "") -> CodedReport:
    """The same for what will be asked for again: the pages of a day rest on the same reports for every reader. About 20
    MB are held."""
    return put_together(record, text, only)


def dumps(record: Record) -> str:
    """One record as JSON in ASCII, which holds every character that Python knows."""
    return json.dumps(record, allow_nan=False, separators=(",", ":"))


def replace(connection: Connection, version: int, record: Record) -> None:
    """Make `record` the current coding of a version; the one before it loses its rows and stays as history."""
    connection.execute(update(CODINGS).where(CODINGS.c.version == version).values(current=False))
    for table in ROWS.values():
        connection.execute(delete(table).where(table.c.version == version))
    write(connection, version, record)


def write(connection: Connection, version: int, record: Record) -> None:
    """Make `record` the coding of a version that has no current one."""
    coder = coder_key(connection, record["coder"])
    values = {"version": version, "coder": coder, "current": True, "record": dumps(record)}
    coding = new_key(connection, insert(CODINGS).values(values))
    write_rows(connection, {"coding": coding, "version": version, "coder": coder}, record)


def write_rows(connection: Connection, of: dict[str, Any], record: Record) -> None:
    """Write the rows of a record; `of` holds the keys of its coding, version and coder."""
    of = {**of, "report": record["report"]["id"]}
    rows = {
        "statements": [_statement(one) for one in record["statements"]],
        "events": [_event(one) for one in record["events"]],
        "unknowns": [_unknown(one) for one in record["unknowns"]],
        "offices": [_office(one) for one in record["offices"]],
    }
    for name, found in rows.items():
        if found:
            numbered = [{**of, "number": number, **row} for number, row in enumerate(found)]
            connection.execute(insert(ROWS[name]), numbered)


def coder_key(connection: Connection, coder: str) -> int:
    """The key of a coder, which is entered when it is new."""
    coder = storable(coder)
    found = connection.scalar(select(CODERS.c.key).where(CODERS.c.coder == coder))
    if found is not None:
        return int(found)
    parts = dict(_PARTS.findall(coder))
    return new_key(connection, insert(CODERS).values(coder=coder, **parts))


def _event(event: Record) -> Record:
    place, time, deed = event["place"] or {}, event["time"] or {}, event["deed"] or {}
    copied = ("id", "event", "main", "certainty", "statement", "cameo", "score", "quad", "confidence")
    return {
        **{name: event[name] for name in copied},
        **{name: " ".join(event[name]) for name in ("mode", "context", "auxiliary")},
        "deed": deed.get("event"),
        "deed_mode": " ".join(deed["mode"]) if deed else None,
        "actor": _countries(event["actor"]),
        "recipient": _countries(event["recipient"]),
        "place": perhaps(place.get("name")),
        "place_country": place.get("country"),
        "geonameid": place.get("geonameid"),
        "lat": place.get("lat"),
        "lon": place.get("lon"),
        "time_start": time.get("start"),
        "time_end": time.get("end"),
        "start_offset": event["trigger"]["start"],
        "end_offset": event["trigger"]["end"],
    }


def _statement(statement: Record) -> Record:
    speaker = statement["speaker"] or {}
    spans = statement["content"] or [statement["cue"]]
    return {
        "id": statement["id"],
        "speaker": perhaps(speaker.get("name")),
        "office": perhaps(speaker.get("office")),
        "country": speaker.get("country"),
        "relay": storable(" > ".join(link["name"] for link in statement["relay"])),
        "cue": (statement["cue"] or {}).get("class"),
        "quoted": statement["quoted"],
        "confidence": statement["confidence"],
        "start_offset": spans[0]["start"],
        "end_offset": spans[-1]["end"],
    }


def _unknown(unknown: Record) -> Record:
    copied = {name: unknown[name] for name in ("about", "attribute", "statement")}
    return {**copied, "start_offset": unknown["start"], "end_offset": unknown["end"]}


def _office(holding: Record) -> Record:
    return {
        "person": storable(holding["person"]),
        "office": storable(holding["office"]),
        "country": holding["country"],
        "start_offset": holding["start"],
        "end_offset": holding["end"],
    }


def _countries(actors: Iterable[Record]) -> str:
    return " ".join(dict.fromkeys(actor["country"] for actor in actors if actor["country"]))
