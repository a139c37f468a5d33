"""Whether two tellings tell of one happening: a symmetric decision on a pair.

The pair's probability is a logistic regression on the features below (data/ledger/matching.toml says what it was
fitted on). `blocks` says which pairs are looked at, `linking` makes happenings of them.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping

from brink.ledger import near, parties, wording
from brink.ledger.blocks import TOLD_AHEAD, days
from brink.ledger.evidence import Evidence
from brink.ledger.tables import kin, opposites, table
from brink.ledger.wording import overlap

ALONE = frozenset({"ask", "allege"})
"""Forms that are never joined to the act they ask for or allege."""
PERFORMED = frozenset({"done", "under_way"})
COPIED = 1.0
"""The probability of a passage that was printed twice: no other pair has it."""


FEATURES = (
    "same_type", "same_mode", "other_mode", "actor_same", "actor_other", "actor_vague", "actor_unknown",
    "recipient_same", "recipient_other", "recipient_vague", "crossed", "place_same", "place_other", "country_other",
    "time_same", "time_near", "time_other", "gap", "unsure", "words", "names", "story", "title", "lead",
    "numbers_same", "numbers_other", "ahead", "due", "past_due", "early", "same_report", "same_sentence", "denial",
    "background", "report_actor_other", "report_place_other", "report_time_other", "sentence_other",
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
    if _of_another(a, b):
        return False
    return _apart(a, b) <= days() or (a.form in TOLD_AHEAD) != (b.form in TOLD_AHEAD)


def is_copied(a: Evidence, b: Evidence) -> bool:
    """Whether two tellings stand at the same words of a passage that two reports print, whole, cut or led into anew.

    Whoever coded it may have taken its actor or its day differently; the words tell what they tell. Where each names
    something that the other does not, a day, place or number, the form of words is the same and the act is not.
    """
    if (
        a.telling.report == b.telling.report
        or not kin(a.act, b.act)
        or not (near.prints(a.passage) and near.prints(b.passage))
    ):
        return False
    if _apart(a, b) > int(table("acts")["copies"]["within"]) or not near.is_copy(a.passage, b.passage):
        return False
    if _more(a.passage, b.passage) and _more(b.passage, a.passage):
        return False
    return not _trigger(a).isdisjoint(_trigger(b))


@functools.lru_cache(maxsize=4096)
def _told(passage: str) -> frozenset[str]:
    """The names and numbers of a passage; its first word may be a name as well."""
    first = wording.stems(" ".join(passage.split()[:1]))
    return wording.names(passage) | wording.numbers(passage) | first


def _more(one: str, other: str) -> bool:
    """Whether a passage names something that another does not hold."""
    return not _told(one) <= _told(other) | wording.stems(other)


def _trigger(e: Evidence) -> frozenset[str]:
    return wording.stems(e.event.trigger.text)


def _of_another(a: Evidence, b: Evidence) -> bool:
    """Whether one tells of a plan and the other of another state's plan or deed: a deed joins only its actor's plan."""
    if a.form not in TOLD_AHEAD and b.form not in TOLD_AHEAD:
        return False
    return bool(a.actors and b.actors) and a.actors.isdisjoint(b.actors) and all(map(_is_state, a.actors | b.actors))


def _is_state(key: str) -> bool:
    return len(key) == 3 and key.isupper()


def _undo(a: Evidence, b: Evidence) -> bool:
    """Whether what two tellings assert undoes each other, as the table of opposites has it."""
    return any((_is(a, *one) and _is(b, *other)) or (_is(b, *one) and _is(a, *other)) for one, other in opposites())


def _is(e: Evidence, act: str, mode: str) -> bool:
    return e.act == act and (not mode or mode in e.mode)


def probability(a: Evidence, b: Evidence) -> float:
    """How likely two tellings tell of one happening, 0 to 1; symmetric."""
    weights = _weights()
    total = weights["bias"] + math.fsum([weights[name] * value for name, value in features(a, b).items()])
    return 1.0 / (1.0 + math.exp(-total))


def features(a: Evidence, b: Evidence) -> dict[str, float]:
    """What two tellings share and what sets them apart, each up to 1; those of `FEATURES` that are missing are 0."""
    found = {"same_type": 1.0} if a.act == b.act else {}
    if a.mode and b.mode:
        found["other_mode" if frozenset(a.mode).isdisjoint(b.mode) else "same_mode"] = 1.0
    _parties(found, a, b)
    _places(found, a, b)
    _times(found, a, b)
    found["unsure"] = 1.0 - a.event.confidence * b.event.confidence
    _wording(found, a, b)
    if (a.stance == "asserts") != (b.stance == "asserts"):
        found["denial"] = 1.0
    if a.background != b.background:
        found["background"] = 1.0
    if (a.form in TOLD_AHEAD) != (b.form in TOLD_AHEAD):
        _due(found, a, b)
    if a.telling.report == b.telling.report:
        _within_report(found, a, b)
    return found


def _wording(found: dict[str, float], a: Evidence, b: Evidence) -> None:
    """What the sentences, titles and reports share; two acts of one sentence share its words and are two."""
    within = a.telling.report == b.telling.report
    if within and a.telling.end == b.telling.end:
        return
    found["words"] = overlap(a.stems, b.stems)
    found["names"] = overlap(a.names, b.names)
    if a.numbers and b.numbers:
        found["numbers_other" if a.numbers.isdisjoint(b.numbers) else "numbers_same"] = 1.0
    if not within:
        found["story"] = overlap(a.story, b.story)
        found["title"] = max(overlap(a.title, b.title), overlap(a.title, b.stems), overlap(a.stems, b.title))
        if a.lead and b.lead:
            found["lead"] = 1.0


def _due(found: dict[str, float], a: Evidence, b: Evidence) -> None:
    """Whether what is told as done falls into the days for which the other telling foretells it."""
    found["ahead"] = 1.0
    plan, act = (a, b) if a.form in TOLD_AHEAD else (b, a)
    day = act.days[0] if act.days else act.day
    if day is not None and plan.day is not None and (act.days[1] if act.days else day) < plan.day:
        found["early"] = 1.0
    if plan.days and day is not None:
        found["due" if plan.days[0] - 1 <= day <= plan.days[1] + 3 else "past_due"] = 1.0


def _within_report(found: dict[str, float], a: Evidence, b: Evidence) -> None:
    """Within one report two tellings that differ in party, place or day are told apart on purpose."""
    found["same_report"] = 1.0
    found["same_sentence" if a.telling.end == b.telling.end else "sentence_other"] = 1.0
    found["report_actor_other"] = max(found.get("actor_other", 0.0), found.get("crossed", 0.0))
    found["report_place_other"] = found.get("place_other", 0.0)
    found["report_time_other"] = found.get("time_other", 0.0)


def _parties(found: dict[str, float], a: Evidence, b: Evidence) -> None:
    actors = parties.compared(a.actors, b.actors)
    found[f"actor_{actors or 'unknown'}"] = 1.0
    recipients = parties.compared(a.recipients, b.recipients)
    if recipients is not None:
        found[f"recipient_{recipients}"] = 1.0
    crossed = (parties.compared(a.actors, b.recipients), parties.compared(b.actors, a.recipients))
    if actors != "same" and crossed == ("same", "same"):
        found["crossed"] = 1.0


def _places(found: dict[str, float], a: Evidence, b: Evidence) -> None:
    """Places by their names; one told by common nouns alone ("the ferry pier") is not another place."""
    same = wording.places(a.place, b.place)
    if same is not None:
        found["place_same" if same else "place_other"] = 1.0
    if a.country and b.country and a.country != b.country:
        found["country_other"] = 1.0


def _times(found: dict[str, float], a: Evidence, b: Evidence) -> None:
    if a.days and b.days:
        apart = max(a.days[0], b.days[0]) - min(a.days[1], b.days[1])
        found["time_same" if apart <= 0 else "time_near" if apart <= 1 else "time_other"] = 1.0
    if (a.form in TOLD_AHEAD) == (b.form in TOLD_AHEAD):  # a promise may wait long for its outcome
        found["gap"] = min(1.0, _apart(a, b) / 14.0)


def _apart(a: Evidence, b: Evidence) -> int:
    """Days between the two publications; 0 where one is not known."""
    return abs(a.day - b.day) if a.day is not None and b.day is not None else 0
