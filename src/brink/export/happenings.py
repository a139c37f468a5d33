"""Happenings as the contract has them (docs/ledger.schema.json): one JSON object a line, or a flat CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any, TextIO

from brink.errors import UsageError
from brink.export.cells import safe
from brink.records import Happening, Origin, OwnedQuantity, Promise, Story

FORMATS = ("json", "csv")
COLUMNS = (
    "id", "first", "status", "standing", "phase", "event", "mode", "deed", "actor", "recipient", "place", "country",
    "start", "end", "asserting", "denying", "contradicted_on", "promise", "due", "outcome", "low", "high", "unit",
    "reports", "background",
)  # fmt: skip


def to_record(happening: Happening) -> dict[str, Any]:
    """A happening as plain dicts and lists, named and ordered as docs/ledger.schema.json has them."""
    record = {f.name: _plain(getattr(happening, f.name)) for f in fields(happening)}
    if happening.promise is not None:
        record["promise"] = _promise(happening.promise)
    record["quantity"] = [_quantity(q) for q in happening.quantity]
    return record


def write(happenings: Iterable[Happening], format: str, out: TextIO) -> int:
    """Write happenings to `out` and give their number. Raises UsageError for a format that is not known."""
    if format not in FORMATS:
        raise UsageError(f"There is no ledger format '{format}'; choose json or csv.")
    table = csv.writer(out, lineterminator="\n") if format == "csv" else None
    if table:
        table.writerow(COLUMNS)
    count = 0
    for happening in happenings:
        count += 1
        if table:
            table.writerow(map(safe, _row(happening)))
        else:
            out.write(json.dumps(to_record(happening), ensure_ascii=False, allow_nan=False) + "\n")
    return count


def write_stories(stories: Iterable[Story], format: str, out: TextIO) -> int:
    """Write stories to `out`, one a line or row, and give their number. Raises UsageError for an unknown format."""
    if format not in FORMATS:
        raise UsageError(f"There is no ledger format '{format}'; choose json or csv.")
    names = [f.name for f in fields(Story)]
    table = csv.writer(out, lineterminator="\n") if format == "csv" else None
    if table:
        table.writerow(names)
    count = 0
    for story in stories:
        count += 1
        record = _plain(story)
        if table:
            table.writerow(safe(";".join(v) if isinstance(v, list) else v or "") for v in record.values())
        else:
            out.write(json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n")
    return count


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _promise(promise: Promise) -> dict[str, Any]:
    due = {"start": promise.due.start, "end": promise.due.end} if promise.due else None
    return {f.name: _plain(getattr(promise, f.name)) for f in fields(promise)} | {"due": due}


def _quantity(owned: OwnedQuantity) -> dict[str, Any]:
    rest = {"owner": owned.owner, "as_of": owned.as_of, "report": owned.report}
    return dict(_plain(owned.quantity)) | rest


def _row(h: Happening) -> list[str]:
    promise, place, time = h.promise, h.place, h.time
    known = [q.quantity for q in h.quantity if q.quantity.low is not None]
    last = known[-1] if known else None
    values: list[Any] = [
        h.id, h.first, h.status, h.standing, h.phase, h.event, ";".join(h.mode), h.deed.event if h.deed else None,
        ";".join(p.name for p in h.actor), ";".join(p.name for p in h.recipient), place.name if place else None,
        place.country if place else None, time.start if time else None, time.end if time else None,
        _names(h.origins, "asserts"), _names(h.origins, "denies"), ";".join(h.contradicted_on),
        promise.kind if promise else None, promise.due.end if promise and promise.due else None,
        promise.outcome if promise else None, last.low if last else None, last.high if last else None,
        last.unit if last else None, ";".join(h.reports), h.background,
    ]  # fmt: skip
    return ["" if v is None else str(v) for v in values]


def _names(origins: Iterable[Origin], stance: str) -> str:
    return ";".join(dict.fromkeys(o.name for o in origins if o.stance == stance and o.until is None))
