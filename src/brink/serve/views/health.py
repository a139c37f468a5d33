"""How the ledger is: how much it holds, how fresh it is, what was refused, who coded it."""

from __future__ import annotations

from dataclasses import asdict

import brink
from brink.serve.desk import Desk
from brink.serve.moment import Moment
from brink.serve.views.rows import Row
from brink.store.pages import refusals, refused, shortened_texts

COUNTED = ("reports", "versions", "events", "statements", "unknowns", "happenings")


def health(desk: Desk, moment: Moment) -> Row:
    """Counts of the whole ledger, whatever day is replayed."""
    counts = moment.holds(desk.store)
    return {
        "version": brink.__version__,
        "day": desk.day.isoformat(),
        **moment.freshness(),
        "counts": {name: counts[name] for name in COUNTED},
        "rejections": refusals(desk.store),
        "refused": [asdict(one) for one in refused(desk.store, 50)],
        "coders": [{"coder": name, "reports": number} for name, number in moment.coders(desk.store)],
        "shortened": shortened_texts(desk.store),
        "decisions": [asdict(d) for d in desk.store.decisions()],
        "revision": moment.revision,
    }
