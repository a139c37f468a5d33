"""Coded reports, rejections and happenings as Parquet tables; data/export/dataset.toml tells their columns.

`rows_of` and its like give plain rows; `write_table` and `write_events` write files. pyarrow is loaded when a file
is written or read; without it they raise UsageError.
"""

from __future__ import annotations

import io
import itertools
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from brink.errors import UsageError
from brink.export import happenings, records
from brink.export.tables import sentence_of, statement_of
from brink.records import Actor, CodedReport, Event, Happening, Rejection, Statement, Unknown

TABLES = ("reports", "statements", "events", "unknowns", "rejections")
"""The tables of a dataset; `happenings` joins them where a ledger was built."""

GROUP = 10_000
"""Rows of a row group."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `type` is text, texts, int, real, bool or date."""

    name: str
    type: str
    help: str


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of a table, in order."""
    return tuple(Column(*row) for row in _tables()[table]["columns"])


def about(table: str) -> str:
    """What a row of the table is."""
    return str(_tables()[table]["help"])


@cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads((resources.files("brink") / "data" / "export" / "dataset.toml").read_text("utf-8"))


def rows_of(coded: CodedReport, shard: int = 0, item: int = 0) -> dict[str, list[Row]]:
    """The rows of one coded report in each table; `shard` and `item` are its place in the input."""
    place = {"report": coded.report.id, "shard": shard, "item": item}
    told = {**place, "published": coded.report.published, "outlet": coded.report.outlet}
    return {
        "reports": [place | _report(coded)],
        "statements": [told | _statement(s) for s in coded.statements],
        "events": [told | _event(e, coded) for e in coded.events],
        "unknowns": [told | _unknown(u) for u in coded.unknowns],
        "rejections": [],
    }


def rejection_row(rejection: Rejection, shard: int = 0, item: int = 0, times: int = 1) -> Row:
    """The row of an input that was refused, `times` times."""
    why = {"id": rejection.id, "reason": rejection.reason.value, "message": rejection.message, "times": times}
    return {"shard": shard, "item": item, "place": rejection.where, **why}


def _report(coded: CodedReport) -> Row:
    report = coded.report
    record = records.to_record(coded)
    record["report"]["text"] = ""
    return {
        "url": report.url, "outlet": report.outlet, "title": report.title, "published": report.published,
        "published_precision": report.published_precision, "published_at": report.published_at,
        "language": report.language, "language_checked": report.language_checked, "text": report.text,
        "words": len(report.text.split()), "statements": len(coded.statements), "events": len(coded.events),
        "unknowns": len(coded.unknowns), "coder": coded.coder, "record": json.dumps(record, ensure_ascii=False),
    }  # fmt: skip


def coded_of(row: Mapping[str, Any]) -> CodedReport:
    """The coded report that a row of `reports` holds. Raises ReportError where its record is damaged."""
    record = json.loads(row["record"])
    record["report"]["text"] = row["text"]
    return records.from_record(record)


def _statement(statement: Statement) -> Row:
    speaker, cue, content = statement.speaker, statement.cue, statement.content
    return {
        "id": statement.id, "speaker": speaker.name if speaker else None, "office": speaker.office if speaker else None,
        "country": speaker.country if speaker else None, "sector": list(speaker.sector) if speaker else [],
        "relay": [relay.name for relay in statement.relay], "cue": cue.text if cue else None,
        "cue_class": cue.cue_class if cue else None, "quoted": statement.quoted,
        "content": " … ".join(c.text for c in content), "start_offset": min((c.start for c in content), default=None),
        "end_offset": max((c.end for c in content), default=None), "confidence": statement.confidence,
    }  # fmt: skip


def _event(event: Event, coded: CodedReport) -> Row:
    deed = event.deed
    return {
        "id": event.id, "event": event.event, "mode": list(event.mode), "context": list(event.context),
        "auxiliary": list(event.auxiliary), "deed": deed.event if deed else None,
        "deed_mode": list(deed.mode) if deed else [], "deed_negation": deed.negation if deed else None,
        "trigger": event.trigger.text, "start_offset": event.trigger.start, "end_offset": event.trigger.end,
        "main": event.main,
        **_parties("actor", event.actor), **_parties("recipient", event.recipient), **_place_and_time(event),
        "certainty": event.certainty, **_teller(event, coded), "cameo": event.cameo, "score": event.score,
        "quad": event.quad, "confidence": event.confidence, "sentence": sentence_of(event, coded),
    }  # fmt: skip


def _parties(role: str, actors: Sequence[Actor]) -> Row:
    return {
        role: [actor.name for actor in actors],
        f"{role}_country": [actor.country or "" for actor in actors],
        f"{role}_sector": ["+".join(actor.sector) for actor in actors],
    }


def _place_and_time(event: Event) -> Row:
    place, time = event.place, event.time
    count = event.quantity[0] if event.quantity else None
    return {
        "place": place.name if place else None, "country": place.country if place else None,
        "admin1": place.admin1 if place else None, "latitude": place.lat if place else None,
        "longitude": place.lon if place else None, "geonameid": place.geonameid if place else None,
        "precision": place.precision if place else None, "time_start": _day(time.start) if time else None,
        "time_end": _day(time.end) if time else None, "time_precision": time.precision if time else None,
        "quantity_kind": count.kind if count else None, "quantity_low": _real(count.low) if count else None,
        "quantity_high": _real(count.high) if count else None, "quantity_unit": count.unit if count else None,
    }  # fmt: skip


def _teller(event: Event, coded: CodedReport) -> Row:
    statement = statement_of(event, coded)
    speaker = statement.speaker if statement else None
    return {
        "statement": event.statement, "speaker": speaker.name if speaker else None,
        "speaker_country": speaker.country if speaker else None,
        "relay": [relay.name for relay in statement.relay] if statement else [],
        "cue_class": statement.cue.cue_class if statement and statement.cue else None,
    }  # fmt: skip


def _unknown(unknown: Unknown) -> Row:
    return {
        "text": unknown.text, "start_offset": unknown.start, "end_offset": unknown.end, "attribute": unknown.attribute,
        "about": unknown.about, "statement": unknown.statement,
    }  # fmt: skip


def happening_row(h: Happening) -> Row:
    """The row of a happening."""
    place, time, promise = h.place, h.time, h.promise
    return {
        "id": h.id, "first": _day(h.first), "status": h.status, "standing": h.standing, "phase": h.phase,
        "event": h.event, "mode": list(h.mode), "deed": h.deed.event if h.deed else None,
        "actor": [p.name for p in h.actor], "recipient": [p.name for p in h.recipient],
        "place": place.name if place else None, "country": place.country if place else None,
        "latitude": place.lat if place else None, "longitude": place.lon if place else None,
        "time_start": _day(time.start) if time else None, "time_end": _day(time.end) if time else None,
        "asserting": _origins(h, "asserts"), "denying": _origins(h, "denies"),
        "contradicted_on": list(h.contradicted_on), "promise": promise.kind if promise else None,
        "due": _day(promise.due.end) if promise and promise.due else None,
        "outcome": promise.outcome if promise else None, "reports": list(h.reports), "background": h.background,
        "record": json.dumps(happenings.to_record(h), ensure_ascii=False),
    }  # fmt: skip


def _origins(happening: Happening, stance: str) -> list[str]:
    return list(dict.fromkeys(o.name for o in happening.origins if o.stance == stance and o.until is None))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _real(number: float | None) -> float | None:
    return None if number is None else float(number)


def arrow() -> Any:
    """pyarrow, loaded when it is first needed. Raises UsageError where it is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise UsageError("Parquet needs pyarrow: pip install 'brink-monitor[bulk]'.") from None
    return pyarrow


def schema(table: str, without: Sequence[str] = ()) -> Any:
    """The Arrow schema of a table, the columns in `without` left out."""
    return _schema(columns(table), without)


def _schema(held: Sequence[Column], without: Sequence[str] = ()) -> Any:
    pa = arrow()
    types = {
        "text": pa.string(), "texts": pa.list_(pa.string()), "int": pa.int64(), "real": pa.float64(),
        "bool": pa.bool_(), "date": pa.date32(),
    }  # fmt: skip
    return pa.schema([(c.name, types[c.type]) for c in held if c.name not in without])


def arrow_table(table: str, rows: Sequence[Row], without: Sequence[str] = ()) -> Any:
    """Rows as an Arrow table with the columns of `table`."""
    return arrow().Table.from_pylist(list(rows), schema=schema(table, without))


def write_table(table: str, rows: Sequence[Row], path: Path) -> None:
    """Write rows of one table to a Parquet file; the same rows give the same bytes with one version of pyarrow."""
    pa = arrow()
    pa.parquet.write_table(arrow_table(table, rows), path, compression="zstd", row_group_size=GROUP)


def table_bytes(held: Sequence[Column], rows: Iterable[Row]) -> bytes:
    """Rows with these columns, taken as they come, as the bytes of a Parquet file.

    Raises UsageError where pyarrow is not installed.
    """
    pa, out, shape = arrow(), io.BytesIO(), _schema(held)
    with pa.parquet.ParquetWriter(out, shape, compression="zstd") as writer:
        waiting = iter(rows)
        while some := list(itertools.islice(waiting, GROUP)):
            writer.write_table(pa.Table.from_pylist(some, schema=shape))
    return out.getvalue()


def write_events(coded: Iterable[CodedReport], path: Path) -> int:
    """Write the events of coded reports to one Parquet file, as they come, and give their number.

    Raises UsageError where the file cannot be written or pyarrow is not installed.
    """
    pa = arrow()
    place = ("shard", "item")
    held: list[Row] = []
    count = 0
    try:
        with pa.parquet.ParquetWriter(path, schema("events", place), compression="zstd") as writer:
            for one in coded:
                held += rows_of(one)["events"]
                if len(held) >= GROUP:
                    writer.write_table(arrow_table("events", held, place))
                    count, held = count + len(held), []
            writer.write_table(arrow_table("events", held, place))
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror or error}): name a file elsewhere.") from error
    return count + len(held)
