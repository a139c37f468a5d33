"""Which rules the ledger's happenings and bands meet on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from brink.deliver.rules import Rule, Rules
from brink.records import Band, BandPoint, Crisis, First, Happening
from brink.tension import bands, firsts


@dataclass(frozen=True, slots=True)
class Met:
    """A rule that is met. `subject` names what by: a happening's id, or a pair's line with the day it began.

    `happening` is None where it is met by a band; `text` is then what there is to say.
    """

    rule: Rule
    subject: str
    happening: Happening | None = None
    text: str = ""


def met(rules: Rules, happenings: Sequence[Happening], crisis: Crisis | None, as_of: date) -> list[Met]:
    """All that meets a rule as of a day and is news: not older than the rules file's `days`."""
    since = (as_of - timedelta(days=rules.days)).isoformat()
    seen = [h for h in happenings if not h.background and developed(h) >= since]
    found = list(_by_happening(rules, seen, happenings, as_of))
    of_pairs = [rule for rule in rules.rules if rule.on in ("band", "change")]
    if of_pairs:
        named = {frozenset(rule.pair) for rule in of_pairs} if all(rule.pair for rule in of_pairs) else None
        course = bands(happenings, crisis, until=as_of, pairs=named)
        found += [one for rule in of_pairs for band in course for one in _of_band(rule, band, since)]
    return found


def developed(h: Happening) -> str:
    """The day of the last news on a happening: a telling by a new origin, a new status; "" where none is dated."""
    days = [h.first, *(o.since for o in h.origins), *(o.until for o in h.origins), *(c.date for c in h.history)]
    return max((day for day in days if day), default="")


def _by_happening(
    rules: Rules, seen: Sequence[Happening], happenings: Sequence[Happening], as_of: date
) -> Iterator[Met]:
    first = {one.happening: one for one in firsts(happenings)} if any(r.on == "first" for r in rules.rules) else {}
    due = [h for h in happenings if _falls_due(h, as_of)]
    for rule in rules.rules:
        if rule.on == "promise":
            rows: Iterable[Happening] = {h.id: h for h in (*seen, *(due if "due" in rule.outcome else ()))}.values()
        else:
            rows = seen
        for h in rows:
            if _fits(rule, h) and _holds(rule, h, first.get(h.id), as_of):
                yield Met(rule, h.id, h)


def _holds(rule: Rule, h: Happening, first: First | None, as_of: date) -> bool:
    if rule.on == "happening":
        return h.status != "retracted"
    if rule.on == "contradiction":
        return h.standing == "contradicted"
    if rule.on == "promise":
        outcome = h.promise.outcome if h.promise else ""
        return outcome in rule.outcome or ("due" in rule.outcome and _falls_due(h, as_of))
    return rule.on == "first" and first is not None


def _falls_due(h: Happening, as_of: date) -> bool:
    """Whether an open promise is due today or tomorrow."""
    due = h.promise.due.end if h.promise and h.promise.due and h.promise.outcome == "open" else None
    return due is not None and as_of.isoformat() <= due[:10] <= (as_of + timedelta(days=1)).isoformat()


def _fits(rule: Rule, h: Happening) -> bool:
    """Whether a happening has the type and the parties that a rule names."""
    actors = {name for p in h.actor for name in (p.name, p.country)}
    recipients = {name for p in h.recipient for name in (p.name, p.country)}
    events = {h.event, h.deed.event if h.deed else None}
    modes = {*h.mode, *(h.deed.mode if h.deed else ())}
    return (
        (not rule.event or bool(events & set(rule.event)))
        and (not rule.mode or bool(modes & set(rule.mode)))
        and (not rule.actor or bool(actors & set(rule.actor)))
        and (not rule.recipient or bool(recipients & set(rule.recipient)))
        and (not rule.pair or _between(rule.pair, actors, recipients))
    )


def _between(pair: Sequence[str], actors: set[str | None], recipients: set[str | None]) -> bool:
    one, other = pair
    both = one in actors and other in actors
    return both or (one in actors and other in recipients) or (other in actors and one in recipients)


def _of_band(rule: Rule, band: Band, since: str) -> Iterator[Met]:
    if (rule.pair and set(rule.pair) != set(band.pair)) or (rule.line and rule.line != band.line) or not band.points:
        return
    name = f"{rule.on}:{'-'.join(band.pair)}:{band.line}"
    if rule.on == "change":
        for day in (day for day in band.changes if day >= since):
            yield Met(rule, f"{name}:{day}", text=f"breaks its course on {day}, at {_edges(band, day)}")
        return
    begun = _run(rule, band.points)
    if begun and begun >= since:
        side, edge = ("over", rule.over) if rule.over is not None else ("under", rule.under)
        edges = _edges(band, band.points[-1].day)
        yield Met(rule, f"{name}:{side} {edge:g}:{begun}", text=f"is {side} {edge:g} since {begun}, now {edges}")


def _run(rule: Rule, points: Sequence[BandPoint]) -> str | None:
    """The first day of the time that the whole band has been beyond the rule's score, None if it is not now."""
    begun = None
    for point in reversed(points):
        beyond = point.lower > rule.over if rule.over is not None else point.upper < (rule.under or 0.0)
        if not beyond:
            break
        begun = point.day
    return begun


def _edges(band: Band, day: str) -> str:
    point = next(p for p in band.points if p.day == day)
    return f"{point.lower:+.1f} to {point.upper:+.1f}"
