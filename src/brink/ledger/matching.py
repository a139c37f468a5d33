"""Tellings -> happenings: a symmetric decision on pairs, and components after a cut of weak bridges.

Candidates come from an index by act, party, place and time, never from a scan of everything. The pair's probability is
a logistic regression on the features below (data/ledger/matching.toml says what it was fitted on). Within a connected
component tellings are joined by average linkage, so that one weak bridge does not tie two happenings together; ties
are broken by the tellings' own keys, so any order of reports gives the same partition.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from brink.ledger.evidence import Evidence
from brink.ledger.tables import kin, opposites, table
from brink.ledger.wording import overlap

ALONE = frozenset({"ask", "allege"})
"""Forms that are never joined to the act they ask for or allege."""
PERFORMED = frozenset({"done", "under_way"})
TOLD_AHEAD = frozenset({"promise", "threat", "future"})

FEATURES = (
    "same_type", "same_mode", "other_mode", "actor_same", "actor_other", "actor_unknown", "recipient_same",
    "recipient_other", "crossed", "place_same", "place_other", "country_other", "time_same", "time_near", "time_other",
    "gap", "words", "names", "numbers_same", "numbers_other", "ahead", "same_report", "same_sentence", "denial",
    "background", "due", "past_due", "report_actor_other", "report_place_other", "report_time_other", "sentence_other",
)  # fmt: skip


def happenings(tellings: Sequence[Evidence]) -> list[list[Evidence]]:
    """The partition: each list is one happening's tellings in the order of their keys, lists by their first."""
    ordered = sorted(tellings, key=lambda e: e.key)
    chances = {pair: probability(ordered[pair[0]], ordered[pair[1]]) for pair in candidates(ordered)}
    least = float(table("matching")["least"])
    parts: list[list[int]] = []
    for component, held in _components(len(ordered), chances, least / 2):
        parts += _joined(component, held, least)
    return sorted(([ordered[i] for i in sorted(part)] for part in parts), key=lambda part: part[0].key)


def candidates(ordered: Sequence[Evidence]) -> Iterator[tuple[int, int]]:
    """Pairs that share a party, a place or a name and are told or dated near each other, and may be one act."""
    index: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    seen: set[tuple[int, int]] = set()
    for j, e in enumerate(ordered):
        spans = _spans(e)
        for kind, value in _keys(e):
            for near in {n for span in spans for n in (span - 1, span, span + 1)}:
                for i in index.get((kind, value, near), ()):
                    if (i, j) not in seen and _may(ordered[i], e):
                        seen.add((i, j))
                        yield i, j
            for span in spans:
                index[kind, value, span].append(j)


def _keys(e: Evidence) -> Iterator[tuple[str, str]]:
    """One index for each way in which two tellings may be known to speak of one thing."""
    for kind, values in (("party", e.actors | e.recipients), ("place", e.place), ("name", e.names)):
        for value in values:
            yield kind, value
    yield "report", e.telling.report


def _spans(e: Evidence) -> set[int]:
    """Stretches of `days` days in which a telling is looked for: its publication's, and a plan's due days."""
    length = int(table("matching")["days"])
    known = [d for d in (e.day, *(e.days or ())) if d is not None]
    found = {known[0] // length if known else 0}
    if e.form in TOLD_AHEAD and e.days is not None:
        found.add(e.days[1] // length)
    return found


def _may(a: Evidence, b: Evidence) -> bool:
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
    weights = table("matching")["weights"]
    total = weights["bias"] + sum(weights[name] * value for name, value in features(a, b).items())
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


def _components(
    count: int, chances: dict[tuple[int, int], float], bridge: float
) -> Iterator[tuple[list[int], dict[tuple[int, int], float]]]:
    """Tellings that bridges of at least that probability connect, and the pairs within each component."""
    parent = list(range(count))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for (i, j), chance in chances.items():
        if chance >= bridge:
            parent[root(i)] = root(j)
    found: dict[int, list[int]] = defaultdict(list)
    pairs: dict[int, dict[tuple[int, int], float]] = defaultdict(dict)
    for i in range(count):
        found[root(i)].append(i)
    for (i, j), chance in chances.items():
        if root(i) == root(j):
            pairs[root(i)][i, j] = chance
    return ((component, pairs[r]) for r, component in found.items())


def _joined(component: list[int], chances: dict[tuple[int, int], float], least: float) -> list[list[int]]:
    """Average linkage: join the two parts with the highest mean probability while it reaches `least`.

    A heap over the pairs of parts that share any candidate; entries of parts that are gone are passed over.
    """
    parts = {i: [i] for i in component}
    sums: dict[int, dict[int, float]] = {i: {} for i in component}
    for (i, j), chance in chances.items():
        sums[i][j] = sums[j][i] = chance
    heap = [(-v, i, j) for i, row in sums.items() for j, v in row.items() if i < j and v >= least]
    heapq.heapify(heap)
    while heap:
        mean, i, j = heapq.heappop(heap)
        if i not in parts or j not in parts or -mean != sums[i][j] / (len(parts[i]) * len(parts[j])):
            continue
        _join(parts, sums, i, j)
        for k, total in sums[i].items():
            value = total / (len(parts[i]) * len(parts[k]))
            if value >= least:
                heapq.heappush(heap, (-value, min(i, k), max(i, k)))
    return [sorted(part) for part in parts.values()]


def _join(parts: dict[int, list[int]], sums: dict[int, dict[int, float]], i: int, j: int) -> None:
    """Part `j` goes into part `i`, whose lower number names both from now on."""
    parts[i] += parts.pop(j)
    row = sums.pop(j)
    for k, total in row.items():
        if k == i:
            del sums[i][j]
            continue
        del sums[k][j]
        sums[i][k] = sums[k][i] = sums[i].get(k, 0.0) + total
