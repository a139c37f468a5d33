"""Happenings and reports -> the rows by which pages find and count them (`brink.store.LaidHappening`, `LaidReport`)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from brink.codebook import quad, score
from brink.records import CodedReport, Crisis, Happening, Origin, Party, Statement
from brink.store import LaidHappening, LaidReport
from brink.store.plain import to_plain
from brink.tension import weighed

UNPLANNED = ("retracted", "planned", "overdue")


def keys_of(party: Party) -> tuple[str, ...]:
    """The names under which a party is found: its own, and its state's where it is an organ of it."""
    return tuple(dict.fromkeys(filter(None, (party.name, party.country))))


def names_of(h: Happening) -> tuple[str, ...]:
    """The codes and names of all who act or are acted upon."""
    return tuple(dict.fromkeys(key for p in (*h.actor, *h.recipient) for key in keys_of(p)))


def speakers(s: Statement) -> tuple[str, ...]:
    """The name and the code under which a statement's speaker is found."""
    return tuple(dict.fromkeys(filter(None, (s.speaker.name, s.speaker.country)))) if s.speaker else ()


def changed(h: Happening) -> str | None:
    """The last day on which its status changed or a new voice was heard."""
    known = [c.date for c in h.history if c.date] + [o.since for o in h.origins if o.since]
    return max(known, default=h.first)


def weight(h: Happening) -> float:
    """The size of the act's score (PLOVER), that of a promise's deed, times the reports that tell of it."""
    event, mode = (h.deed.event, h.deed.mode) if h.deed else (h.event, h.mode)
    return abs(score(event, mode)) * len(h.reports)


def outcome_of(h: Happening) -> str | None:
    """Whether a promise is overdue, open or settled, None where there is none or it is told in passing only."""
    if h.promise is None or h.background:
        return None
    return h.promise.outcome if h.promise.outcome in ("overdue", "open") else "settled"


def stances(h: Happening) -> Iterator[tuple[str, Iterable[str]]]:
    """Each origin of a happening with what it counts under; `revised`: it has since said something else."""
    earliest = min((o.since for o in h.origins if o.since), default=None)
    for name in dict.fromkeys(o.name for o in h.origins):
        mine = [o for o in h.origins if o.name == name]
        found = {o.stance for o in mine}
        found |= {"first"} if any(o.since == earliest and o.stance == "asserts" for o in mine) else set()
        others = any(o.name != name and o.stance == "denies" for o in h.origins)
        found |= {"disputed"} if others and "asserts" in found else set()
        found |= {"revised"} if any(o.until for o in mine) else set()
        yield name, sorted(found)


def laid(h: Happening, near: Iterable[Happening], crisis: Crisis | None, outlet: Callable[[str], str]) -> LaidHappening:
    """A happening's row. `near` are those that it opposes, `outlet` tells who published a report."""
    pairs = tuple((*w.pair, w.line, w.day, w.low, w.high) for w in weighed([h, *near], crisis) if w.happening == h.id)
    due = h.promise.due.end if h.promise and h.promise.due else None
    values: dict[str, Any] = {
        "first": h.first or "", "changed": changed(h) or "", "event": h.event, "quad": str(quad(h.event)),
        "status": h.status, "place": h.place.name if h.place else None, "background": h.background,
        "weight": weight(h), "opposes": len(h.opposes), "kind": h.promise.kind if h.promise else None,
        "outcome": outcome_of(h), "due": due or "", "made": (h.promise.made if h.promise else None) or "",
        "record": json.dumps(to_plain(h), separators=(",", ":")),
    }  # fmt: skip
    told = [(t.report, t.event) for o in h.origins for t in o.tellings]
    bare = [(id, None) for id in h.reports if id not in {report for report, _ in told}]
    acts = tuple(sorted({p.key for p in h.actor}))
    return LaidHappening(
        h.id, values, names_of(h), acts, _told(h), _days(h), pairs, tuple(dict.fromkeys((*told, *bare))),
        _tallied(h, [p[:2] for p in pairs], outlet),
    )  # fmt: skip


def _told(h: Happening) -> str | None:
    """The day of an act that can be the first of its kind (brink.tension.firsts), None for any other."""
    if h.background or h.status in UNPLANNED or h.phase == "not_done":
        return None
    told = h.time.start if h.time and h.time.start else h.first
    return told[:10] if told else None


def _days(h: Happening) -> dict[str, bool]:
    """Days on which it was told: first, and those on which it moved."""
    found = {h.first[:10]: False} if h.first else {}
    moved = [c.date for c in h.history if c.date] + [o.since for o in h.origins if o.since]
    return found | {day[:10]: not h.background for day in moved}


def _tallied(h: Happening, pairs: Iterable[tuple[str, ...]], outlet: Callable[[str], str]) -> Any:
    told = dict.fromkeys(map(outlet, h.reports))
    counted = Counter({
        ("all", ""): 1, ("status", h.status): 1, ("event", h.event): 1, ("quad", str(quad(h.event))): 1,
        **{("actor", name): 1 for name in names_of(h)}, **{("told", name): 1 for name in told},
        **{("pair", json.dumps(pair)): 1 for pair in pairs},
    })  # fmt: skip
    counted.update([("place", h.place.name)] if h.place else [])
    counted.update(("disputed", name) for name in told if h.status == "contradicted")
    counted.update([("first", outlet(h.reports[0]))] if h.reports else [])
    counted.update(("origin", json.dumps([name, key])) for name, found in stances(h) for key in found)
    if (group := outcome_of(h)) and h.promise:
        counted["promise", json.dumps([h.promise.kind, group])] += 1
    return tuple((kind, name, number) for (kind, name), number in sorted(counted.items()))


def first_told(h: Happening) -> dict[str, str]:
    """Each origin of a happening by name, without its tellings, as JSON: what it is called and of what kind."""
    found: dict[str, Origin] = {}
    for o in h.origins:
        found.setdefault(o.name, o)
    return {name: json.dumps(to_plain(replace(o, tellings=()))) for name, o in found.items()}


def laid_report(coded: CodedReport) -> LaidReport:
    """A report's row."""
    one = coded.report
    values = {
        "at": one.published_at or str(one.published or ""), "published": str(one.published or ""),
        "outlet": one.outlet or "", "statements": len(coded.statements), "events": len(coded.events),
        "unknowns": len(coded.unknowns),
    }  # fmt: skip
    said = tuple((number, name) for number, s in enumerate(coded.statements) for name in speakers(s))
    return LaidReport(one.id, values, said, _report_tallied(coded))


def _report_tallied(coded: CodedReport) -> Any:
    outlet = coded.report.outlet or ""
    counted = Counter({
        ("reports", ""): 1, ("outlet", outlet): 1, ("coder", coded.coder): 1, ("undated", ""): 0,
        ("events", ""): len(coded.events), ("statements", ""): len(coded.statements),
        ("unknowns", ""): len(coded.unknowns),
    })  # fmt: skip
    counted["undated", ""] += coded.report.published is None
    counted.update(("speaker", name) for s in coded.statements for name in speakers(s))
    relays = [r.name for s in coded.statements for r in s.relay]
    counted.update(("relay", name) for name in relays)
    counted.update(("relay reports", json.dumps([name, outlet])) for name in dict.fromkeys(relays))
    counted.update(("holder", o.person) for o in coded.offices)
    return tuple((kind, name, number) for (kind, name), number in sorted(counted.items()) if number)
