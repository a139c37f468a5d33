"""Promises: pledges, schedules, threats and predictions, and what became of them (docs/design.md, section 6).

`as_of` and all days are ordinals (`date.toordinal`); the publication dates and `as_of` are the only clock.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from brink.ledger.evidence import Evidence
from brink.ledger.tables import kin, words
from brink.records import Crisis, Interval, Promise

AHEAD = frozenset({"promise", "threat", "future"})
DONE = frozenset({"done", "under_way", "called_off"})
_BY = re.compile(r"\b(?:by|before|until|within)\b", re.IGNORECASE)
GRACE = 1
"""Days after the due day on which a telling still counts as in time."""


def told_as_outcome(e: Evidence) -> bool:
    """Whether a telling speaks of the carrying out, not of the plan; what is only likely carries nothing out."""
    if e.form not in DONE or e.event.certainty in ("possible", "probable"):
        return False
    if e.form == "called_off":
        return e.stance == "asserts"
    return e.stance == "asserts" or not e.planned


@dataclass(frozen=True, slots=True)
class Course:
    """How far a happening has come: its phase, its promise and whether the act was told as begun or done."""

    phase: str
    promise: Promise | None
    begun: bool


def course_of(tellings: Sequence[Evidence], as_of: int | None, crisis: Crisis | None) -> Course:
    """Phase and promise of a happening from its tellings, in the order of their keys.

    A promise is given by the actor's camp: the actor's own word first, else that of an ally who speaks for it. What
    anybody else foretells or alleges is no promise of the actor's.
    """
    ahead = [e for e in tellings if e.form in AHEAD and e.stance == "asserts"]
    if not ahead:
        return Course(_phase(tellings), None, True)
    own = [e for e in ahead if _is_own(e, None)] or [e for e in ahead if _is_own(e, crisis)]
    makers = own or ahead
    kind, by = _kind(makers, crisis)
    due = _due(makers)
    tellings = [_off(e, makers[0], crisis) for e in tellings]
    told = [e for e in tellings if told_as_outcome(e) and (_carries_out(e, makers) or e.form == "called_off")]
    breaths = {(e.telling.report, e.telling.statement) for e in ahead if e.telling.statement is not None}
    told = [_half(e, breaths) for e in told if not e.background and _after(e, makers[0])]
    outcomes = _latest([_so_far(e, makers[0], due) for e in told])
    negated = any(e.event.deed is not None and e.event.deed.negation for e in makers)
    outcome = _outcome_not(due, outcomes) if negated else _outcome(kind, due, outcomes, as_of)
    promise = Promise(kind, by, makers[0].published, _interval(due), _condition(makers[0]), outcome)
    begun = any(e.stance == "asserts" and e.form in ("done", "under_way") for e in outcomes)
    return Course(_promised_phase(outcome, outcomes), promise, begun)


def _off(e: Evidence, made: Evidence, crisis: Crisis | None) -> Evidence:
    """Who promised and later says that it will not be has called it off; a third who says so foretells or denies."""
    will_not = e.form in AHEAD and e.stance == "denies" and e.planned and e.at > made.at
    own = e.body.name == made.body.name and _is_own(made, crisis)
    return replace(e, form="called_off", stance="asserts") if will_not and own else e


def _carries_out(e: Evidence, makers: Sequence[Evidence]) -> bool:
    """Whether a telling speaks of the act that was promised; force that was threatened comes as troops as well."""
    acts = {one.act for one in makers}
    return e.act in acts or (makers[0].form == "threat" and any(kin(e.act, act) for act in acts))


def _so_far(e: Evidence, made: Evidence, due: tuple[int, int] | None) -> Evidence:
    """A deed told inside the days of a promise that begins and ends on days of its own is under way until its end.

    Unless it is told as finished.
    """
    if e.form != "done" or e.stance != "asserts" or due is None or due[1] == due[0]:
        return e
    when = e.days[1] if e.days else e.day
    running = when is not None and when < due[1] and bool(words("begun").search(made.sentence))
    return replace(e, form="under_way") if running and not words("finished").search(e.sentence) else e


def _half(e: Evidence, breaths: Set[tuple[str, str | None]]) -> Evidence:
    """Who tells an act as done and promises it in one breath (report and statement) has begun it and not finished."""
    done = e.form == "done" and e.stance == "asserts"
    return replace(e, form="under_way") if done and (e.telling.report, e.telling.statement) in breaths else e


def _after(e: Evidence, made: Evidence) -> bool:
    """Whether a telling can be of the outcome: what was told or had happened before the promise is not."""
    if e.stance == "asserts" and e.days is not None and made.day is not None:
        return e.days[1] >= made.day
    return e.at >= made.at


def _latest(outcomes: Sequence[Evidence]) -> list[Evidence]:
    """Each body's latest word on the outcome; what it said before is history."""
    last: dict[str, str] = {}
    for e in outcomes:
        last[e.body.name] = max(last.get(e.body.name, ""), e.at)
    stances = {(e.body.name, e.stance) for e in outcomes if e.at == last[e.body.name]}
    return [e for e in outcomes if (e.body.name, e.stance) in stances]


def _phase(tellings: Sequence[Evidence]) -> str:
    if tellings[-1].form == "called_off" and tellings[-1].stance == "asserts":
        return "called_off"
    told = [e for e in tellings if e.stance == "asserts"]
    if not told and any(e.stance == "denies" for e in tellings):
        return "not_done"
    return "under_way" if told and all(e.form == "under_way" for e in told) else "done"


def _promised_phase(outcome: str, outcomes: Sequence[Evidence]) -> str:
    if outcome == "called_off":
        return "called_off"
    told = [e for e in outcomes if e.stance == "asserts"]
    if any(e.form == "done" for e in told):
        return "done"
    if outcome in ("broken", "lapsed", "not_true"):
        return "not_done"
    return "under_way" if told else "announced"


def _kind(makers: Sequence[Evidence], crisis: Crisis | None) -> tuple[str, str | None]:
    """What kind of promise it is and whose: the maker's own word, else what others foretell or allege."""
    first, own = makers[0], _is_own(makers[0], crisis)
    if first.form == "threat":
        return ("threat" if own else "alleged"), first.body.name
    if own:
        exact = first.days is not None and not _is_making(first) and first.days[1] - first.days[0] <= 1
        return ("schedule" if exact else "pledge"), first.body.name
    return ("alleged" if first.form == "promise" else "prediction"), first.body.name


def _is_own(e: Evidence, crisis: Crisis | None) -> bool:
    """Whether the actor, its own state or camp is the teller; an outlet's own voice counts as the actor's."""
    if e.body.kind == "outlet" or not e.actors:
        return True
    if e.body.kind == "group" and any(actor.startswith(f"{e.body.country}/") for actor in e.actors):
        return True  # a group's leader by his own name, its fighters as "they"
    if crisis is not None:
        camp = crisis.camp_of(e.body.name) or crisis.camp_of(e.body.country or "")
        if camp is not None and any(crisis.camp_of(actor) == camp for actor in e.actors):
            return True
    names = {e.body.name.lower(), (e.body.country or "").lower() if e.body.kind == "state" else ""}
    return any(actor.lower() in names or actor.split("/")[-1].lower() in names for actor in e.actors)


def _due(ahead: Sequence[Evidence]) -> tuple[int, int] | None:
    """The act's day as first told, or as it was last put off to; "by X" runs from the making."""
    put_off = [e for e in ahead[1:] if words("put_off").search(e.sentence)]
    for e in (*reversed(put_off), *ahead):
        if e.days is not None and not _is_making(e):
            start, end = e.days
            if e.day is not None and e.event.time is not None and _BY.search(_before(e)) and e.day <= end:
                start = e.day
            return start, end
    return None


def _is_making(e: Evidence) -> bool:
    """Whether the day told is that on which the promise was made: "agreed on Wednesday to patrol"."""
    time, verb = e.event.time, e.event.trigger
    if time is None or e.days is None or e.day is None or e.days[1] > e.day or not words("made").match(verb.text):
        return False
    after = e.sentence.partition(verb.text)[2]
    return time.text in after and " to " not in f" {after.partition(time.text)[0]}"


def _before(e: Evidence) -> str:
    time = e.event.time
    at = e.sentence.find(time.text) if time else -1
    return e.sentence[max(0, at - 12) : at] + (time.text[:8] if time else "") if at >= 0 else ""


def _interval(due: tuple[int, int] | None) -> Interval | None:
    return Interval(date.fromordinal(due[0]).isoformat(), date.fromordinal(due[1]).isoformat()) if due else None


def _condition(e: Evidence) -> str | None:
    found = words("conditional").search(e.sentence)
    return e.sentence[found.start() :].strip().rstrip(".") if found and e.form == "threat" else None


def _outcome(kind: str, due: tuple[int, int] | None, outcomes: Sequence[Evidence], as_of: int | None) -> str:
    """The outcome word of a promise; see docs/design.md, section 6."""
    passed = due is not None and as_of is not None and due[1] + GRACE < as_of
    over = due is not None and as_of is not None and due[1] < as_of
    told = [e for e in outcomes if e.stance == "asserts"]
    if any(e.form == "called_off" for e in told) and kind != "prediction":
        return "called_off"
    done = [e for e in told if e.form == "done"]
    if any(_in_time(e, due) for e in done):
        return {"threat": "carried_out", "prediction": "came_true"}.get(kind, "kept")
    if done:
        return {"threat": "lapsed", "prediction": "not_true"}.get(kind, "broken")
    denied = [e for e in outcomes if e.stance == "denies" and (due is None or e.day is None or e.day > due[1])]
    if denied and (over or due is None):
        return {"threat": "lapsed", "prediction": "not_true"}.get(kind, "broken")
    if kind == "threat":
        return "lapsed" if over else "open"
    return "overdue" if passed and not told and kind != "alleged" else "open"


def _outcome_not(due: tuple[int, int] | None, outcomes: Sequence[Evidence]) -> str:
    """The outcome of a promise NOT to do something: doing it breaks it, and no clock makes it overdue."""
    if any(e.stance == "asserts" and e.form in ("done", "under_way") for e in outcomes):
        return "broken"
    held = [e for e in outcomes if e.stance == "denies" and (due is None or e.day is None or e.day >= due[0])]
    return "kept" if held else "open"


def _in_time(e: Evidence, due: tuple[int, int] | None) -> bool:
    when = e.days[0] if e.days else e.day
    return due is None or when is None or when <= due[1] + GRACE
