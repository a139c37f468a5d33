"""The sections on single happenings: what changed, what is at odds, what is unknown, firsts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from brink.brief.acts import phrase
from brink.brief.content import Admission, Entry, Line, Section
from brink.brief.happening import closed, entry
from brink.brief.names import count, listed, named, opened, table
from brink.brief.view import View, once
from brink.brief.voices import sentence
from brink.codebook import score
from brink.records import First, Happening

CHANGES, ODDS, UNKNOWNS, FIRSTS = 10, 6, 12, 6
"""The most entries of each section; what is left out is counted."""
ORIGIN = "An origin is the body in whose name somebody speaks: all offices of one state are one, and copies add none."
RANK = {
    "contradicted": 0, "corroborated": 1, "fulfilled": 1, "not_fulfilled": 1, "retracted": 1, "overdue": 2,
    "planned": 3,
}  # fmt: skip


def changed(view: View) -> Section:
    """Happenings whose status changed, or of which somebody new spoke, in the window; the weightiest first."""
    held = sorted(moved(view), key=lambda h: _weight(view, h))
    entries = tuple(entry(view, h, _news(view, h)) for h in held[:CHANGES])
    rest = Counter(str(table("words")["status"][h.status]) for h in held[CHANGES:])
    more = f"{count(sum(rest.values()), 'more happening')} changed: {_tally(rest)}." if rest else ""
    note = ORIGIN if held else "No report of these days changes the record."
    return Section("changed", f"What changed since {view.day(view.since)}", entries, note, more)


def moved(view: View) -> list[Happening]:
    """Happenings with a change of status or a new voice in the window; what is told in passing only is none."""
    return [
        h for h in view.material.happenings
        if not h.background
        and (any(view.within(c.date) for c in h.history) or any(view.within(o.since) for o in h.origins))
    ]  # fmt: skip


def _tally(counted: Counter[str]) -> str:
    return ", ".join(f"{number} {word}" for word, number in counted.most_common())


def _weight(view: View, h: Happening) -> tuple[int, float, int, str]:
    """Disputed first, then settled one way or the other; within a rank by PLOVER's score and number of reports."""
    event, mode = (h.deed.event, h.deed.mode) if h.deed else (h.event, h.mode)
    fresh = max((c.date or "" for c in h.history), default="")
    newest = date.fromisoformat(fresh).toordinal() if fresh else 0
    return RANK.get(h.status, 4), -abs(score(event, mode)) * len(h.reports), -newest, h.id


def _news(view: View, h: Happening) -> str:
    if view.within(h.first):
        return "new"
    before = [c for c in h.history if c.date and c.date < view.since]
    if before and before[-1].status != h.status:
        return f"was {table('words')['status'][before[-1].status]}"
    return "new voices"


def at_odds(view: View) -> Section:
    """Acts of one actor and time that undo each other; no contradictions, for no teller sets one against the other."""
    found, shown = [], set()
    recent = {h.id for h in moved(view)}
    for h in sorted(view.material.happenings, key=lambda h: (-len(h.opposes), h.id)):
        others = [view.by_id[i] for i in h.opposes if i in view.by_id and frozenset((h.id, i)) not in shown]
        others = [o for o in others if {h.id, o.id} & recent]
        shown |= {frozenset((h.id, o.id)) for o in others}
        if others:
            lines = tuple(Line(sentence(view, o), o.reports, "and yet") for o in others)
            found.append(Entry(Line(sentence(view, h), h.reports), lines, happening=h.id))
    note = "Told of the same actor and days, and undoing each other. Both can be so: in other places, for other forces."
    more = f"{len(found) - ODDS} more." if len(found) > ODDS else ""
    return Section("odds", "At odds", tuple(found[:ODDS]), note if found else "", more)


def unknown(view: View) -> Section:
    """What the reports of the window admit not to know, the newest first."""
    entries = [_open(view, key, line) for key, held in view.admitted.items() for line in _recent(view, held)]
    entries.sort(key=lambda e: max(map(view.published, e.head.reports)), reverse=True)
    more = f"{len(entries) - UNKNOWNS} more." if len(entries) > UNKNOWNS else ""
    return Section("unknown", "Not known", tuple(entries[:UNKNOWNS]), "", more)


def _recent(view: View, held: Iterable[Admission]) -> list[Line]:
    return [line for line in once(held) if any(view.within(view.published(r)) for r in line.reports)]


def _open(view: View, key: str, line: Line) -> Entry:
    h = view.by_id.get(key)
    about = (Line(sentence(view, h), h.reports, "about"),) if h is not None else ()
    later = closed(view, h, line) if h is not None else ""
    asked = str(table("words")["unknown"][line.label])
    return Entry(Line(line.text + later, line.reports), about, asked, happening=key or None)


def first_of_kind(view: View) -> Section:
    """Firsts dated in the window: those after a counted pause, then those that the record knows no earlier one of."""
    rows: dict[tuple[str, str, int | None], list[str]] = {}
    for one in view.firsts:
        h = view.by_id.get(one.happening)
        if h is not None and view.within(_told(h)):
            rows.setdefault((one.happening, one.event, one.days), []).append(one.actor)
    ordered = sorted(rows.items(), key=lambda row: (row[0][2] is None, -(row[0][2] or 0), row[0][0]))
    entries = tuple(_first(view, First(h, "", event, days), actors) for (h, event, days), actors in ordered[:FIRSTS])
    more = f"{len(ordered) - FIRSTS} more." if len(ordered) > FIRSTS else ""
    begin = min((h.first for h in view.material.happenings if h.first), default="")
    note = f"The record begins on {view.day(begin)}: what came before it is not looked at." if entries and begin else ""
    return Section("firsts", "First of their kind", entries, note, more)


def _told(h: Happening) -> str | None:
    return (h.time.start if h.time and h.time.start else None) or h.first


def _first(view: View, one: First, actors: Sequence[str]) -> Entry:
    h = view.by_id[one.happening]
    when = f"in {count(one.days, 'day')}" if one.days is not None else "since this record begins"
    act = phrase(one.event, (), 3)
    text = opened(f"first time {when} that a report tells of {listed([named(a) for a in actors])} {act} ({one.event})")
    return Entry(Line(text, h.reports), (Line(sentence(view, h), h.reports, "told so"),), happening=h.id)
