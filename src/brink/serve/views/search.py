"""Search: reports that have all the words, and the happenings they tell of, to be narrowed by facets."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from brink.serve.filters import Filter, chosen, facets
from brink.serve.moment import Moment
from brink.serve.views.happening import source
from brink.serve.views.rows import Row, rows
from brink.store import Found

LIMIT = 200
"""Reports that one search looks at, the best."""
SHOWN = 40


def search(moment: Moment, query: str, found: Sequence[Found], by: Filter) -> Row:
    """What a search found, as far as it was published by the moment; `found` is the store's answer, the best first."""
    known = [f for f in found if f.report in moment.reports]
    told = {h.id: h for f in known for h in moment.of_report.get(f.report, ())}
    held = chosen(told.values(), by)
    left = {r for h in held for r in h.reports} if by.chosen() else {f.report for f in known}
    shown = [f for f in known if f.report in left]
    return {
        "query": query,
        "reports": [_report(moment, f, query) for f in shown[:SHOWN]],
        "reports_total": len(shown),
        "limited": len(found) >= LIMIT,
        "happenings": rows(moment, held[:SHOWN]),
        "happenings_total": len(held),
        "facets": facets(list(told.values()), by),
        "filter": by.chosen(),
    }


def _report(moment: Moment, one: Found, query: str) -> Row:
    held = moment.reports[one.report]
    return {
        "id": one.report,
        **source(held),
        "snippet": [{"text": text, "hit": hit} for text, hit in hits(one.snippet, query)],
        "happenings": len(moment.of_report.get(one.report, ())),
    }


def hits(text: str, query: str) -> list[tuple[str, bool]]:
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
