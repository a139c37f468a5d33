"""Search: reports that have all the words, and the happenings they tell of, to be narrowed by facets."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from brink.serve.filters import Filter
from brink.serve.moment import Hits, Moment
from brink.serve.views.happening import published
from brink.serve.views.rows import Row, rows
from brink.store import Found

LIMIT = 200
"""Reports that one search looks at, the best."""
SHOWN = 40


def search(moment: Moment, query: str, found: Sequence[Found], by: Filter) -> Row:
    """What a search found, as far as it was published by the moment; `found` is the store's answer, the best first."""
    hits = moment.found(found, by, SHOWN)
    return {
        "query": query,
        "reports": [_report(hits, f, query) for f in hits.reports],
        "reports_total": hits.reports_total,
        "limited": len(found) >= LIMIT,
        "happenings": rows(moment, hits.happenings),
        "happenings_total": hits.happenings_total,
        "facets": hits.facets,
        "filter": by.chosen(),
    }


def found_rows(moment: Moment, query: str, found: Sequence[Found], by: Filter, most: int) -> list[Row]:
    """The reports that a search found, the words around the first that was asked for as one text."""
    hits = moment.found(found, by, most)
    rows = (_report(hits, f, query) for f in hits.reports)
    return [one | {"text": "".join(part["text"] for part in one["snippet"])} for one in rows]


def _report(hits: Hits, one: Found, query: str) -> Row:
    return {
        "id": one.report,
        **published(hits.known.get(one.report)),
        "snippet": [{"text": text, "hit": hit} for text, hit in marked(one.snippet, query)],
        "happenings": hits.told.get(one.report, 0),
    }


def marked(text: str, query: str) -> list[tuple[str, bool]]:
    """A text in parts, those that begin as a word of the query does marked."""
    pattern = _pattern(query)
    if pattern is None:
        return [(text, False)]
    parts = pattern.split(text)
    return [(part, at % 2 == 1) for at, part in enumerate(parts) if part]


@functools.lru_cache(maxsize=64)
def _pattern(query: str) -> re.Pattern[str] | None:
    stems = [re.escape(w[: max(4, len(w) - 3)]) for w in re.findall(r"\w+", query)]
    return re.compile(rf"\b((?:{'|'.join(stems)})\w*)", re.IGNORECASE) if stems else None
