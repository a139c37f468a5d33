"""Promises, threats and predictions: overdue, open, settled; and what falls due in a period."""

from __future__ import annotations

from brink.brief.promises import promised
from brink.brief.view import View
from brink.errors import UsageError
from brink.records import Happening
from brink.serve.moment import Moment
from brink.serve.views.rows import Row, row

KINDS = ("pledge", "schedule", "threat", "prediction", "alleged")
GROUPS = (
    ("overdue", "Overdue", "Their day has passed, and no report tells what became of them."),
    ("open", "Open", "Those with a day named stand first, the nearest on top."),
    ("settled", "Settled", "What became of them, as far as reports tell; on whose word, each page says."),
)


def promises(moment: Moment, kind: str | None = None) -> Row:
    """All promises by group; `kind` narrows them to pledges, schedules, threats, predictions or attributed ones.

    Raises UsageError where there is no such kind.
    """
    if kind and kind not in KINDS:
        raise UsageError(f"There is no kind '{kind}' of promise; choose one of {', '.join(KINDS)}.")
    held = [h for h in moment.happenings if h.promise is not None and not h.background]
    kinds = sorted({h.promise.kind for h in held if h.promise})
    held = [h for h in held if not kind or (h.promise and h.promise.kind == kind)]
    groups = [
        {"key": key, "title": title, "note": note, "items": _items(moment, held, key)} for key, title, note in GROUPS
    ]
    return {"as_of": moment.day.isoformat(), "kinds": kinds, "kind": kind, "groups": groups}


def _items(moment: Moment, held: list[Happening], key: str) -> list[Row]:
    mine = [h for h in held if _group(h) == key]
    undated = "9999" if key == "open" else ""
    mine.sort(key=lambda h: (_due(h) or undated, h.id), reverse=key != "open")
    return [row(moment, h) for h in mine]


def _group(h: Happening) -> str:
    outcome = h.promise.outcome if h.promise else ""
    return outcome if outcome in ("overdue", "open") else "settled"


def _due(h: Happening) -> str:
    return (h.promise.due.end or "") if h.promise and h.promise.due else ""


def due(moment: Moment, view: View) -> list[Row]:
    """Promises as a brief of the period lists them: overdue ones, those that fall due, those settled in it."""
    section = promised(view)
    return [
        row(moment, moment.by_id[e.happening]) | {"due_mark": e.mark}
        for e in section.entries
        if e.happening is not None
    ]
