"""The rule, the origins and the camps that gave a happening its status, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from brink.records import Happening, Origin

RULES = {
    "contradicted": "one origin says that it is so and another that it is not: contradicted, on {on}",
    "not_fulfilled": "a promise, threat or plan whose outcome is {outcome}",
    "fulfilled": "a promise, threat or prediction whose outcome is {outcome}, told by {voices}",
    "retracted": "no teller is left after corrections",
    "overdue": "promised, due {due}, and nobody has told of the outcome",
    "planned": "told in the future, and still open",
    "corroborated": "two camps, or a camp and an origin outside all camps, or two such origins say so: {voices}",
    "claimed": "all who say so stand in one camp, or only outlets do in their own voice: {voices}",
}


def why(happening: Happening, texts: Mapping[str, str]) -> Iterator[str]:
    """Lines for a reader: the status and its rule, then each origin with its sentences, then what changed it when.

    `texts` gives the text of each report by id; a report that is not there is named without its words.
    """
    yield f"{happening.id}: {happening.status} ({happening.standing}; {happening.phase})"
    yield f"Rule: {_rule(happening)}."
    for origin in happening.origins:
        yield f"{_origin(origin)}:"
        for telling in origin.tellings:
            through = f", through {', '.join(telling.relay)}" if telling.relay else ""
            words = " ".join(texts.get(telling.report, "")[telling.start : telling.end].split())
            yield f"    [{telling.report}{through}] {words or '(text not kept)'}"
    for owned in happening.quantity:
        low, high = owned.quantity.low, owned.quantity.high
        yield f"Count by {owned.owner}, {owned.as_of}: {_bounds(low, high)} {owned.quantity.kind} [{owned.report}]"
    for change in happening.history:
        cited = ", ".join(dict.fromkeys(c.report for c in change.because)) or "the calendar"
        yield f"From {change.date}: {change.status} (because of {cited})"
    yield from (f"By hand: {line}" for line in happening.by_hand)


def _rule(h: Happening) -> str:
    promise = h.promise
    return RULES[h.status].format(
        on=", ".join(h.contradicted_on) or "occurrence",
        outcome=promise.outcome.replace("_", " ") if promise else "not done",
        due=promise.due.end if promise and promise.due else "at no named day",
        voices=_voices(h.origins),
    )


def _voices(origins: Sequence[Origin]) -> str:
    """Who stands, by camp: an origin outside all camps stands for itself."""
    standing = [o for o in origins if o.until is None and o.stance == "asserts"]
    named = [f"{o.name} ({'camp ' + o.camp if o.camp else 'no camp'})" for o in standing]
    return ", ".join(dict.fromkeys(named)) or "nobody"


def _origin(o: Origin) -> str:
    told = {"asserts": "says so", "denies": f"denies it, on {o.on}", "doubts": "cannot say"}[o.stance]
    unnamed = ", unnamed persons only" if o.anonymous else ""
    camp = f"camp {o.camp}" if o.camp else "no camp"
    since = f" from {o.since}" if o.since else ""
    until = f" until {o.until}" if o.until else ""
    return f"{o.name} ({o.kind}, {camp}{unnamed}) {told}, of the {o.of}{since}{until}"


def _bounds(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return "not said how many"
    if high is None:
        return f"{low:,.0f} or more"
    return f"{high:,.0f}" if low == high else f"{low or 0:,.0f} to {high:,.0f}"
