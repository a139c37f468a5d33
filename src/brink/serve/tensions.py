"""The bands of a pair from the tables of a large ledger: sums by day instead of each happening again for each day."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from brink.records import Band, BandPoint, Happening
from brink.serve.chart import STACK
from brink.store import Book
from brink.store import book_pages as pages
from brink.tension.bands import EDGE, table
from brink.tension.changes import changes

HALVES = 30
"""Half-lives after which a happening no longer weighs in: its weight is below 1e-9."""
MARKS, BREAKS, YEAR = 180, 90, 366
"""The most marks of a drawing; the most days of a course in which breaks are looked for (the time grows with their
square), and that is read happening by happening."""
LONG = 16
"""Long courses whose sums are kept for the next reader."""
Sums = tuple[float, float, float]


def courses(book: Book, pair: tuple[str, str], since: date, until: date) -> list[Band]:
    """Words and deeds of a pair, words first: a point a day from `since` (at the earliest its first day).

    Over more than a year it is a point a week, the last one of `until`.
    """
    begins = pages.pair_begins(book, pair)
    if not begins:
        return []
    first = max(since, date.fromisoformat(min(begins.values())))
    if (until - first).days > YEAR:
        every = _all_sums(book, pair)
        return [Band(pair, line, _points(every[line], {}, (first, until), 7), ()) for line in sorted(begins)[::-1]]
    reach = (first - timedelta(days=HALVES * float(table()["half_life"]))).isoformat()
    rows, found = pages.weighed(book, pair, first.isoformat()), []
    earlier = pages.summed(book, pair, reach, first.isoformat())
    for line in sorted(begins, reverse=True):
        told: dict[int, list[str]] = defaultdict(list)
        for _, day, _, _, happening in (row for row in rows if row[0] == line):
            told[_ordinal(day)].append(happening)
        alone = ((one, day, 1, low, high) for one, day, low, high, _ in rows)
        points = _points(_sums((*earlier, *alone), line), told, (first, until))
        breaks = changes(points, table()["changes"]) if len(points) <= BREAKS else ()
        found.append(Band(pair, line, points, breaks))
    return found


def _all_sums(book: Book, pair: tuple[str, str]) -> Mapping[str, Mapping[int, Sums]]:
    """All that ever added to a pair, by line and day: read once for each state of the ledger, whatever the period."""
    key = (book.sign, book.day, pair)
    with _TURN:
        known = _KNOWN.get(key)
    if known is None:
        sums = pages.summed(book, pair, "")
        known = {line: _sums(sums, line) for line in ("deeds", "words")}
        with _TURN:
            _KNOWN[key] = known
            while len(_KNOWN) > LONG:
                _KNOWN.popitem(last=False)
    return known


_TURN = threading.Lock()
_KNOWN: OrderedDict[tuple[str, str, tuple[str, str]], Mapping[str, Mapping[int, Sums]]] = OrderedDict()


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _sums(rows: Iterable[tuple[str, str, int, float, float]], line: str) -> dict[int, Sums]:
    """What each day adds to a line: how many happenings, and the sums of their lower and upper scores."""
    added: dict[int, Sums] = {}
    for _, day, number, low, high in (row for row in rows if row[0] == line):
        n, lower, upper = added.get(at := _ordinal(day), (0.0, 0.0, 0.0))
        added[at] = n + number, lower + low, upper + high
    return added


def _points(
    added: Mapping[int, Sums], told: Mapping[int, Sequence[str]], days: tuple[date, date], step: int = 1
) -> tuple[BandPoint, ...]:
    """The formula of docs/design.md, section 7, where what a day adds fades by the same factor each day.

    Points stand `step` days apart, counted from the last day back.
    """
    first, until = days
    prior, fade = float(table()["prior"]), 2.0 ** (-1.0 / float(table()["half_life"]))
    sums, found = _before(added, first.toordinal(), fade), []
    for day in range(first.toordinal(), until.toordinal() + 1):
        now = added.get(day, (0.0, 0.0, 0.0))
        sums = sums[0] * fade + now[0], sums[1] * fade + now[1], sums[2] * fade + now[2]
        if (until.toordinal() - day) % step:
            continue
        total = sums[0] + prior
        edges = (sums[1] - EDGE * prior) / total, (sums[2] + EDGE * prior) / total
        found.append(BandPoint(date.fromordinal(day).isoformat(), *edges, tuple(told.get(day, ()))))
    return tuple(found)


def _before(added: Mapping[int, Sums], first: int, fade: float) -> Sums:
    """What is left on the day before the first of all that came earlier."""
    earlier = [(fade ** (first - 1 - day), one) for day, one in added.items() if day < first]
    n, low, high = (sum(weight * one[part] for weight, one in earlier) for part in range(3))
    return n, low, high


def dated(book: Book, pair: tuple[str, str], since: str, until: date) -> tuple[list[tuple[str, Happening | None]], int]:
    """The pair's happenings from a day on, and for how many of a day there is room; others are counted, not read.

    Over more than a year there is room for none: a day is narrower than a mark.
    """
    if not since or until.toordinal() - _ordinal(since) > YEAR:
        return [], STACK
    rows = pages.weighed(book, pair, since)
    room = max(1, min(STACK, MARKS // max(1, len({row[1] for row in rows}))))
    seen, drawn = Counter[str](), set[str]()
    for _, day, _, _, id in rows:
        seen[day] += 1
        drawn |= {id} if seen[day] <= room else set()
    drawn = set(sorted(drawn)[:MARKS])
    book.read(drawn)
    return [(day, book.happening(id) if id in drawn else None) for _, day, _, _, id in rows], room
