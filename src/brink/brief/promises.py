"""The section on promises, threats and predictions: what is overdue, what falls due, what is said to have been kept."""

from __future__ import annotations

from collections.abc import Iterator

from brink.brief.content import Entry, Line, Section
from brink.brief.names import clean, named, table
from brink.brief.view import View
from brink.brief.voices import only_outlets_tell_it_done, sentence, voices
from brink.records import Happening, Promise

GROUP = 6
"""The most entries of each group; what is left out is counted."""


def promised(view: View) -> Section:
    """Promises, threats and predictions: overdue, due, open without a day, and those settled in the window."""
    held = [h for h in view.material.happenings if h.promise is not None and not h.background]
    groups = [
        sorted((h for h in held if _is(h, "overdue")), key=_due, reverse=True),
        sorted((h for h in held if _is(h, "open") and _due(h)), key=_due),
        [h for h in held if _is(h, "open") and not _due(h) and view.within(h.promise.made if h.promise else None)],
        [h for h in held if not _is(h, "open", "overdue") and any(view.within(c.date) for c in h.history)],
    ]
    entries = tuple(_promise(view, h) for group in groups for h in group[:GROUP])
    left = sum(len(group[GROUP:]) for group in groups)
    return Section("promises", "Promises, threats and predictions", entries, "", f"{left} more." if left else "")


def _is(h: Happening, *outcomes: str) -> bool:
    return h.promise is not None and h.promise.outcome in outcomes


def _due(h: Happening) -> str:
    return (h.promise.due.end or "") if h.promise and h.promise.due else ""


def _promise(view: View, h: Happening) -> Entry:
    head = Line(sentence(view, h), h.reports)
    return Entry(head, tuple(_made(view, h)), _mark(view, h), "", h.status, h.id)


def _mark(view: View, h: Happening) -> str:
    outcome, due = h.promise.outcome if h.promise else "", _due(h)
    if outcome == "open":
        return f"{'was due' if due < view.as_of else 'due'} {view.day(due)}" if due else "open, no day named"
    alone = outcome in ("kept", "carried_out") and h.standing == "claimed" and _own(h)
    word = str(table("words")["outcome"][outcome])
    if h.standing == "contradicted":
        return f"{word}? disputed"
    if outcome in ("kept", "carried_out", "came_true") and h.standing == "corroborated":
        return f"{word}, told independently"
    return f"{word}, by its own word only" if alone else word


def _own(h: Happening) -> bool:
    told = voices(h).asserting
    own = bool(told) and h.promise is not None and all(o.name == h.promise.by for o in told)
    return own and not only_outlets_tell_it_done(h)


def _made(view: View, h: Happening) -> Iterator[Line]:
    """By whom it was made, when and for which days; then its maker's words."""
    promise = h.promise
    if promise is None:
        return
    rows = [o for o in h.origins if o.of == "claim" and o.stance == "asserts"]
    row = next((o for o in rows if o.name == promise.by), rows[0] if rows else None)
    kind = "attributed" if promise.kind == "alleged" else promise.kind
    if row is None:
        yield Line(_course(view, promise), h.reports, kind)
        return
    words = view.words(row.tellings[0])
    yield Line(_course(view, promise) + (f" {words}" if words else ""), (row.tellings[0].report,), kind)


def _course(view: View, promise: Promise) -> str:
    by = f"By {named(promise.by)}" if promise.by else "By nobody named"
    made = f" on {view.day(promise.made)}" if promise.made else ""
    due = f", for {view.days(promise.due)}" if promise.due else ", no day named"
    condition = f", on a condition: “{clean(promise.condition)}”" if promise.condition else ""
    return f"{by}{made}{due}{condition}."
