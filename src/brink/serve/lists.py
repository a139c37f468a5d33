"""Lists as files, written piece by piece: happenings as JSON, CSV, GeoJSON and Parquet, their tellings in the field's
event formats; every other list as CSV, JSON and Parquet."""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from brink import export
from brink.export import cells, parquet
from brink.export import happenings as flat
from brink.export.parquet import Column
from brink.records import Happening
from brink.serve.moment import Moment, tellings
from brink.serve.views.rows import Row, row

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "geojson": "application/geo+json",
    "plover": "application/x-ndjson",
    "polecat": "text/tab-separated-values; charset=utf-8",
    "gdelt": "text/tab-separated-values; charset=utf-8",
    "acled": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}
NAMES = {
    "csv": "CSV", "json": "JSON", "jsonl": "JSON lines", "geojson": "GeoJSON", "plover": "PLOVER", "polecat": "POLECAT",
    "gdelt": "GDELT", "acled": "ACLED", "parquet": "Parquet",
}  # fmt: skip
EVENTS = tuple(MEDIA)
"""The forms of happenings."""
TABLES = ("csv", "json", "parquet")
"""The forms of all other lists: their rows tell no events and stand at no place."""
ENDINGS = {"plover": "plover.jsonl", "polecat": "polecat.txt", "gdelt": "gdelt.tsv", "acled": "acled.csv"}
HEADED = frozenset({"csv", "polecat", "acled"})
"""Forms whose first line names the columns."""
POINTS = frozenset({"point", "city"})
MOST = 1_000_000
"""Happenings of a search: as many as there are."""
AT_ONCE = 50
"""Happenings, or rows, that are held and written at a time."""


def happenings(moment: Moment, held: Iterable[Happening], form: str) -> Iterator[bytes]:
    """Happenings in one of EVENTS. What was read of them is let go of on the way, so that a file may be long.

    Raises UsageError where Parquet is asked and pyarrow not installed.
    """
    if form == "parquet":
        yield parquet.table_bytes(parquet.columns("happenings"), map(parquet.happening_row, _passing(moment, held)))
        return
    begin, between, end = {"json": ("[", ",\n", "]\n"), "geojson": (_GEOJSON, ",\n", "]}\n")}.get(form, ("", "", ""))
    text, first = begin, True
    for some in _some(held):
        written = _written(moment, some, form)
        text += written if first or form not in HEADED else written.partition("\n")[2]
        yield ((between if not first else "") + text).encode()
        text, first = "", False
        moment.rest()
    empty = _written(moment, [], form) if first and form in HEADED else ""
    yield (text + empty + end).encode()


_GEOJSON = '{"type": "FeatureCollection", "features": ['


def _written(moment: Moment, some: Sequence[Happening], form: str) -> str:
    out = io.StringIO()
    if form == "geojson":
        moment.ready(some)
        return ",\n".join(_json(feature(moment, h)) for h in some)
    if form == "json":
        return ",\n".join(_json(flat.to_record(h)) for h in some)
    if form in ("csv", "jsonl"):
        flat.write(some, "csv" if form == "csv" else "json", out)
    else:
        export.write(tellings(some, moment), form, out, include_modal=False)
    return out.getvalue()


def table(columns: Sequence[Column], rows: Iterable[Row], form: str) -> Iterator[bytes]:
    """Rows with these columns in one of TABLES; what else a row holds is left out. Raises UsageError as above."""
    names = [column.name for column in columns]
    held = ({name: one.get(name) for name in names} for one in rows)
    if form == "parquet":
        yield parquet.table_bytes(columns, held)
    elif form == "csv":
        yield _csv([names])
        yield from (_csv(cells.row(one.values()) for one in some) for some in _some(held))
    else:
        first = True
        for some in _some(held):
            yield (("[" if first else ",\n") + ",\n".join(map(_json, some))).encode()
            first = False
        yield b"[]\n" if first else b"]\n"


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _some(items: Iterable[Any]) -> Iterator[list[Any]]:
    waiting = iter(items)
    while some := list(itertools.islice(waiting, AT_ONCE)):
        yield some


def _passing(moment: Moment, held: Iterable[Happening]) -> Iterator[Happening]:
    for some in _some(held):
        yield from some
        moment.rest()


def feature(moment: Moment, h: Happening) -> dict[str, Any]:
    """A happening as a GeoJSON feature: a point only where a place or city is told, never for a region or country."""
    place = h.place
    located = place is not None and place.precision in POINTS and place.lat is not None and place.lon is not None
    return {
        "type": "Feature",
        "id": h.id,
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]} if place and located else None,
        "properties": row(moment, h) | {"precision": place.precision if place else None},
    }
