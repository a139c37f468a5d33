"""How the ledger is: how much it holds, how fresh it is, what was refused, who coded it."""

from __future__ import annotations

from dataclasses import asdict

import brink
from brink.serve.desk import Desk
from brink.serve.moment import Moment
from brink.serve.views.rows import Row
from brink.store.pages import coders, refused

COUNTED = ("reports", "versions", "events", "statements", "unknowns", "happenings")


def health(desk: Desk, moment: Moment) -> Row:
    """Counts of the whole ledger, whatever day is replayed."""
    counts = desk.store.counts()
    dated = [c.report.published for c in moment.reports.values() if c.report.published]
    undated = sum(c.report.published is None for c in moment.reports.values())
    return {
        "version": brink.__version__,
        "day": desk.day.isoformat(),
        "newest": max(dated).isoformat() if dated else None,
        "undated": undated,
        "counts": {name: getattr(counts, name) for name in COUNTED},
        "rejections": dict(counts.rejections),
        "refused": [asdict(one) for one in refused(desk.store, 50)],
        "coders": [{"coder": name, "reports": number} for name, number in coders(desk.store)],
        "shortened": len(moment.kept),
        "decisions": [asdict(d) for d in desk.store.decisions()],
        "revision": moment.revision,
    }
