"""Whether two tellings tell of one happening: a symmetric decision on a pair.

The pair's probability is a logistic regression on the features below (data/ledger/matching.toml says what it was
fitted on). `blocks` says which pairs are looked at, `linking` makes happenings of them.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping

from brink.ledger.blocks import TOLD_AHEAD
from brink.ledger.evidence import Evidence
from brink.ledger.tables import kin, opposites, table
from brink.ledger.wording import overlap

ALONE = frozenset({"ask", "allege"})
"""Forms that are never joined to the act they ask for or allege."""
PERFORMED = frozenset({"done", "under_way"})

FEATURES = (
    "same_type", "same_mode", "other_mode", "actor_same", "actor_other", "actor_unknown", "recipient_same",
    "recipient_other", "crossed", "place_same", "place_other", "country_other", "time_same", "time_near", "time_other",
    "gap", "words", "names", "numbers_same", "numbers_other", "ahead", "same_report", "same_sentence", "denial",
    "background", "due", "past_due", "report_actor_other", "report_place_other", "report_time_other", "sentence_other",
)  # fmt: skip



@functools.cache
def least() -> float:
    """The mean probability from which on parts are joined."""
    return float(table("matching")["least"])


@functools.cache
def _weights() -> Mapping[str, float]:
    return {name: float(value) for name, value in table("matching")["weights"].items()}


def may(a: Evidence, b: Evidence) -> bool:
    """Whether two tellings can be one happening at all."""
    if not kin(a.act, b.act):
        return False
    if (a.form in ALONE or b.form in ALONE) and a.event.event != b.event.event:
        return False
    if a.act != b.act and a.form in PERFORMED and b.form in PERFORMED and a.stance == b.stance and _undo(a, b):
        return False  # two versions that cannot both be: at odds, never one happening that corroborates itself
    return _apart(a, b) <= int(table("matching")["days"]) or (a.form in TOLD_AHEAD) != (b.form in TOLD_AHEAD)


def _undo(a: Evidence, b: Evidence) -> bool:
    """Whether what two tellings assert undoes each other, as the table of opposites has it."""
    return any((_is(a, *one) and _is(b, *other)) or (_is(b, *one) and _is(a, *other)) for one, other in opposites())


def _is(e: Evidence, act: str, mode: str) -> bool:
    return e.act == act and (not mode or mode in e.mode)


def probability(a: Evidence, b: Evidence) -> float:
    """How likely two tellings tell of one happening, 0 to 1; symmetric."""
    weights = _weights()
    total = weights["bias"] + math.fsum(weights[name] * value for name, value in features(a, b).items() if value)
    return 1.0 / (1.0 + math.exp(-total))


def features(a: Evidence, b: Evidence) -> dict[str, float]:
    """What two tellings share and what sets them apart; each between 0 and 1."""
    found = dict.fromkeys(FEATURES, 0.0)
    found["same_type"] = float(a.act == b.act)
    found["same_mode"] = float(bool(set(a.mode) & set(b.mode)))
    found["other_mode"] = float(bool(a.mode and b.mode) and not set(a.mode) & set(b.mode))
    _parties(found, a, b)
    _places(found, a, b)
    _times(found, a, b)
    found["words"] = overlap(a.stems, b.stems)
    found["names"] = overlap(a.names, b.names)
    found["numbers_same"] = float(bool(a.numbers & b.numbers))
    found["numbers_other"] = float(bool(a.numbers and b.numbers) and not a.numbers & b.numbers)
    found["ahead"] = float((a.form in TOLD_AHEAD) != (b.form in TOLD_AHEAD))
    found["same_report"] = float(a.telling.report == b.telling.report)
    found["same_sentence"] = float(found["same_report"] and a.telling.end == b.telling.end)
    found["denial"] = float((a.stance == "asserts") != (b.stance == "asserts"))
    found["background"] = float(a.background != b.background)
    _due(found, a, b)
    _within_report(found)
    return found


def _due(found: dict[str, float], a: Evidence, b: Evidence) -> None:
    """Whether what is told as done falls into the days for which the other telling foretells it."""
    if found["ahead"]:
        plan, act = (a, b) if a.form in TOLD_AHEAD else (b, a)
        day = act.days[0] if act.days else act.day
        if plan.days and day is not None:
            found["due"] = float(plan.days[0] - 1 <= day <= plan.days[1] + 3)
            found["past_due"] = float(not found["due"])


def _within_report(found: dict[str, float]) -> None:
    """Within one report two tellings that differ in party, place or day are told apart on purpose."""
    if found["same_report"]:
        found["report_actor_other"] = max(found["actor_other"], found["crossed"])
        found["report_place_other"] = found["place_other"]
        found["report_time_other"] = found["time_other"]
        found["sentence_other"] = 1.0 - found["same_sentence"]


def _parties(found: dict[str, float], a: Evidence, b: Evidence) -> None:
    known = bool(a.actors and b.actors)
    found["actor_same"] = float(bool(a.actors & b.actors))
    found["actor_other"] = float(known and not a.actors & b.actors)
    found["actor_unknown"] = float(not known)
    found["recipient_same"] = float(bool(a.recipients & b.recipients))
    found["recipient_other"] = float(bool(a.recipients and b.recipients) and not a.recipients & b.recipients)
    crossed = a.actors & b.recipients and b.actors & a.recipients
    found["crossed"] = float(bool(crossed) and not found["actor_same"])


def _places(found: dict[str, float], a: Evidence, b: Evidence) -> None:
    found["place_same"] = float(bool(a.place & b.place))
    found["place_other"] = float(bool(a.place and b.place) and not a.place & b.place)
    found["country_other"] = float(bool(a.country and b.country) and a.country != b.country)


def _times(found: dict[str, float], a: Evidence, b: Evidence) -> None:
    if a.days and b.days:
        apart = max(a.days[0], b.days[0]) - min(a.days[1], b.days[1])
        found["time_same"] = float(apart <= 0)
        found["time_near"] = float(0 < apart <= 1)
        found["time_other"] = float(apart > 1)
    found["gap"] = min(1.0, _apart(a, b) / 14.0)


def _apart(a: Evidence, b: Evidence) -> int:
    """Days between the two publications; 0 where one is not known."""
    return abs(a.day - b.day) if a.day is not None and b.day is not None else 0


