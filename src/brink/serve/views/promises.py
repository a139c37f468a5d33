"""Promises, threats and predictions: overdue, open, settled; and what falls due in a period."""

from __future__ import annotations

from brink.brief.promises import promised
from brink.brief.view import View
from brink.errors import UsageError
from brink.serve.moment import Moment
from brink.serve.views.rows import Row, row, rows

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
    kinds, found = moment.promised(known_kind(kind))
    groups = [
        {
            "key": key, "title": title, "note": note, "items": rows(moment, found[key].items),
            "total": found[key].total,
        }
        for key, title, note in GROUPS
    ]  # fmt: skip
    return {"as_of": moment.day.isoformat(), "kinds": kinds, "kind": kind, "groups": groups}


def known_kind(kind: str | None) -> str | None:
    """A kind as it was asked for, None for any. Raises UsageError where there is no such kind."""
    if kind and kind not in KINDS:
        raise UsageError(f"There is no kind '{kind}' of promise; choose one of {', '.join(KINDS)}.")
    return kind or None


def due(moment: Moment, view: View) -> list[Row]:
    """Promises as a brief of the period lists them: overdue ones, those that fall due, those settled in it."""
    held = [(h, e.mark) for e in promised(view).entries if e.happening and (h := moment.by_id.get(e.happening))]
    moment.ready([h for h, _ in held])
    return [row(moment, h) | {"due_mark": mark} for h, mark in held]
