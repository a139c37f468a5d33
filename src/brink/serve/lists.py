"""Lists as files: happenings as JSON lines, CSV, GeoJSON and Parquet, their tellings in the field's event formats."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import Any

from brink import export
from brink.export import happenings as flat
from brink.export import parquet
from brink.records import Happening
from brink.serve.moment import Moment, tellings
from brink.serve.views.rows import row

EVENT_FORMATS = ("plover", "polecat", "gdelt", "acled")
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "geojson": "application/geo+json",
    "plover": "application/x-ndjson",
    "polecat": "text/tab-separated-values; charset=utf-8",
    "gdelt": "text/tab-separated-values; charset=utf-8",
    "acled": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}
ENDINGS = {"plover": "plover.jsonl", "polecat": "polecat.txt", "gdelt": "gdelt.tsv", "acled": "acled.csv"}
POINTS = frozenset({"point", "city"})


def written(moment: Moment, happenings: Iterable[Happening], form: str) -> str | bytes:
    """Happenings in one of the forms of MEDIA. Raises UsageError where Parquet is asked and pyarrow not installed."""
    if form == "parquet":
        return parquet.table_bytes("happenings", [parquet.happening_row(h) for h in happenings])
    out = io.StringIO()
    if form in ("csv", "jsonl"):
        flat.write(happenings, "csv" if form == "csv" else "json", out)
    elif form == "geojson":
        held = list(happenings)
        moment.ready(held)
        features = [feature(moment, h) for h in held]
        json.dump({"type": "FeatureCollection", "features": features}, out, ensure_ascii=False, allow_nan=False)
    else:
        export.write(tellings(happenings, moment), form, out, include_modal=False)
    return out.getvalue()


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
