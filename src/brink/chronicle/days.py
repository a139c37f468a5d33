"""Reports day by day, as a ledger that was there all along would have taken them in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from brink.records import CodedReport

GAP = 400
"""Days without a report that are stepped through one by one; a longer pause is one step."""
Batch = tuple[int | None, list[CodedReport]]


def by_day(reports: Iterable[CodedReport | None], begin: int | None, end: int | None) -> Iterator[Batch]:
    """Days (ordinals) with the reports of each, from the day after `begin` to `end`, once at least.

    Days between them come too, since promises fall due by the clock alone. Reports that came late are of the first
    step, those without a day of the last. `reports` may stand in any order of days up to `end`.
    """
    at = begin
    held: list[CodedReport] = []
    undated: list[CodedReport] = []
    for coded in _ordered(reports, begin):
        if coded.report.published is None:
            undated.append(coded)
            continue
        day = max(coded.report.published.toordinal(), begin or 0)
        if held and day != at:
            yield at, held
            held = []
        yield from ((between, []) for between in _between(at, day))
        at = day
        held.append(coded)
    if held:
        yield at, held
    yield from ((between, []) for between in _between(at, end))
    yield end if end is not None else at, undated


def _ordered(reports: Iterable[CodedReport | None], begin: int | None) -> Iterable[CodedReport]:
    """A ledger's reports come by day; a few that are new are put in order."""
    known = (coded for coded in reports if coded is not None)
    return known if begin is None else sorted(known, key=lambda c: c.report.published or date.max)


def _between(last: int | None, day: int | None) -> range:
    if last is None or day is None or day - last > GAP:
        return range(0)
    return range(last + 1, day)
