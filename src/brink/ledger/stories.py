"""Stories: the reports that tell of the same happenings.

How near two reports are is the share that they have in common of the happenings of the one that tells of fewer; what is
only recalled in the background counts nowhere. Groups are joined, the nearest first, while the mean over all pairs of
their reports reaches `share` (data/ledger/stories.toml), ties by the reports' ids: so any order of reports and
happenings gives the same, and a crisis does not become one story because each day recalls the day before.
"""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from brink.ledger.tables import table
from brink.records import Happening, Report, Story


def stories(happenings: Iterable[Happening], reports: Iterable[Report]) -> tuple[Story, ...]:
    """The stories of the reports that tell of any happening, by the first report's publication and id.

    A report that shares no happening is a story of its own; `reports` must hold all of which happenings tell.
    """
    held = {report.id: report for report in reports}
    live = sorted((h for h in happenings if not h.background), key=lambda h: (h.first or "", h.id))
    told: dict[str, set[str]] = defaultdict(set)
    for h in live:
        for id in h.reports:
            told[id].add(h.id)
    groups = [[held[id] for id in group] for group in _joined(told, _nearness(live, told))]
    found = [_story(sorted(group, key=_when), live) for group in groups]
    return tuple(sorted(found, key=lambda s: (s.first or "", s.reports)))


def _nearness(happenings: Iterable[Happening], told: Mapping[str, set[str]]) -> dict[tuple[str, str], float]:
    """How near each two reports are that share a happening, up to 1; the lesser id first."""
    shared = Counter(pair for h in happenings for pair in combinations(sorted(set(h.reports)), 2))
    return {(a, b): count / min(len(told[a]), len(told[b])) for (a, b), count in shared.items()}


def _joined(ids: Iterable[str], near: Mapping[tuple[str, str], float]) -> list[list[str]]:
    """The groups that average linkage makes; a group goes by its least id, a pair that shares nothing counts 0."""
    groups = {id: [id] for id in ids}
    sums: dict[str, dict[str, float]] = {id: {} for id in groups}
    for (a, b), value in near.items():
        sums[a][b] = sums[b][a] = value
    least = float(table("stories")["share"])
    heap = [(-value, a, b, 1, 1) for (a, b), value in near.items() if value >= least]
    heapq.heapify(heap)
    while heap:
        _, a, b, one, other = heapq.heappop(heap)
        if len(groups.get(a, ())) != one or len(groups.get(b, ())) != other:
            continue  # one of the two has grown since, or has gone into another
        groups[a] += groups.pop(b)
        for k in _merged(sums, a, b):
            first, second = (a, k) if a < k else (k, a)
            mean = sums[a][k] / (len(groups[a]) * len(groups[k]))
            if mean >= least:
                heapq.heappush(heap, (-mean, first, second, len(groups[first]), len(groups[second])))
    return list(groups.values())


def _merged(sums: dict[str, dict[str, float]], a: str, b: str) -> Iterable[str]:
    """Add what group `b` shares with the others to what `a` does; gives all that `a` now shares anything with."""
    for k, value in sorted(sums.pop(b).items()):
        del sums[k][b]
        if k != a:
            sums[a][k] = sums[k][a] = sums[a].get(k, 0.0) + value
    return sums[a]


def _when(report: Report) -> tuple[str, str]:
    return report.published_at or (report.published.isoformat() if report.published else ""), report.id


def _story(group: Sequence[Report], happenings: Iterable[Happening]) -> Story:
    ids = {report.id for report in group}
    days = sorted(report.published.isoformat() for report in group if report.published)
    return Story(
        id=hashlib.sha256(group[0].id.encode()).hexdigest()[:12],
        title=next((report.title for report in group if report.title), None),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        reports=tuple(report.id for report in group),
        outlets=tuple(sorted({report.outlet for report in group if report.outlet})),
        happenings=tuple(h.id for h in happenings if not ids.isdisjoint(h.reports)),
    )
