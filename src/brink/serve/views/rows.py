"""Happenings as rows of a list: the sentence, its status, who is for and against, and what to filter by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from brink.brief.happening import mark
from brink.brief.names import named, opened, table
from brink.brief.voices import names_of, sentence, voices
from brink.chronicle.rows import changed
from brink.codebook import cameo, defines, quad, score
from brink.errors import CodebookError
from brink.records import Act, Happening, Interval, Party
from brink.serve.moment import Moment

Row = dict[str, Any]


def row(moment: Moment, h: Happening) -> Row:
    """One happening as a row."""
    told = voices(h)
    return {
        "id": h.id,
        "sentence": sentence(moment.view, h),
        "status": h.status,
        "mark": mark(h),
        "standing": h.standing,
        "phase": h.phase,
        **codes(h.event, h.mode),
        "deed": deed(h.deed),
        "first": h.first,
        "changed": changed(h),
        "actor": [party(p) for p in h.actor],
        "recipient": [party(p) for p in h.recipient],
        "place": h.place.name if h.place else None,
        "country": h.place.country if h.place else None,
        "time": days(h.time),
        "for": names_of(told.asserting),
        "against": names_of(told.denying),
        "doubting": names_of(told.doubting),
        "reports": len(h.reports),
        "unknowns": moment.unknowns(h),
        "promise": promise(h),
        "contradicted_on": list(h.contradicted_on),
        "opposes": list(h.opposes),
        "background": h.background,
        "by_hand": list(h.by_hand),
    }


def rows(moment: Moment, happenings: Iterable[Happening]) -> list[Row]:
    """Happenings as rows, in their order."""
    held = list(happenings)
    moment.ready(held)
    return [row(moment, h) for h in held]


def codes(event: str, mode: tuple[str, ...]) -> Row:
    """PLOVER's words for an act, with its quad class, score and CAMEO code; an own type has none of them."""
    known = tuple(m for m in mode if defines(event, m))
    try:
        code: str | None = cameo(event, known)
    except CodebookError:
        code = None
    return {
        "event": event,
        "mode": list(mode),
        "quad": quad(event).value if defines(event) else None,
        "score": score(event, known) if defines(event) else None,
        "cameo": code,
    }


def deed(act: Act | None) -> Row | None:
    """What is promised, threatened or asked for."""
    return {"event": act.event, "mode": list(act.mode), "negation": act.negation} if act else None


def party(one: Party) -> Row:
    """A party with the name that a sentence gives it."""
    return {"name": one.name, "label": opened(named(one.name)), "country": one.country, "sector": list(one.sector)}


def days(interval: Interval | None) -> Row | None:
    """An interval of days."""
    return {"start": interval.start, "end": interval.end, "precision": interval.precision} if interval else None


def promise(h: Happening) -> Row | None:
    """A happening's promise, its outcome in words beside it."""
    if h.promise is None:
        return None
    made = h.promise
    return {
        "kind": made.kind,
        "by": made.by,
        "label": opened(named(made.by)) if made.by else None,
        "made": made.made,
        "due": days(made.due),
        "condition": made.condition,
        "outcome": made.outcome,
        "outcome_words": table("words")["outcome"][made.outcome],
    }
