"""Briefs' views over a large ledger: what the sections of a period look at, and no more of the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from brink.brief import Material, admissions
from brink.brief.promises import GROUP
from brink.brief.view import View
from brink.records import First, Happening, Report
from brink.serve.looked import Looked
from brink.serve.moment import BACK
from brink.store import book_lists as lists
from brink.store import book_pages as pages
from brink.tension.bands import table

if TYPE_CHECKING:
    from brink.serve.kept import Kept

ODDS, IGNORANT = 200, 16
"""Happenings at odds with others, and reports that admit not to know something, that are looked at; the newest."""


def bare(moment: Kept, since: date | None, until: date | None) -> View:
    """What single sentences are written with, and the days of a period."""
    begin, end = _days(moment, since, until)
    return View(Material((), _texts(moment)), moment.crisis, begin, end, (), moment.by_id)


def _days(moment: Kept, since: date | None, until: date | None) -> tuple[str, str]:
    end = min(until or moment.day, moment.day)
    return (since or end - BACK).isoformat(), end.isoformat()


def window_of(moment: Kept, since: date | None, until: date | None) -> View:
    """The view of a period whose material is what its sections show: what fell due, was at odds, was not known."""
    days = _days(moment, since, until)
    reports = pages.ignorant(moment.book, days, IGNORANT)
    moment.read_told([c.report.id for c in reports])
    told = {t: h for c in reports for t, h in _about(moment, c.report.id, {u.about for u in c.unknowns})}
    admitted = dict.fromkeys(a for c in reports for a in admissions([c]))
    about = {h.id: h for h in told.values()}
    moment.read_admitted(about)
    admitted |= dict.fromkeys(a for h in about.values() for a in moment.admitted(h))
    first = _firsts(moment, days)
    moment.book.read([one.happening for one in first])
    held = [*pages.earliest(moment.book), *_promised(moment, days), *_odds(moment, days), *told.values()]
    held += [h for one in first if (h := moment.by_id.get(one.happening)) is not None]
    ordered = sorted(admitted, key=lambda a: (_day(moment, a.report), a.report))
    material = Material(in_order(held), _texts(moment), tuple(ordered))
    return View(material, moment.crisis, *days, first, moment.by_id)


def _about(moment: Kept, report: str, events: set[str | None]) -> Iterable[tuple[tuple[str, str], Happening]]:
    return [((report, e), h) for e, h in moment.told(report) if e is not None and e in events]


def _texts(moment: Kept) -> Looked[Report]:
    def look(id: str) -> Report | None:
        found = moment.reports.get(id)
        return found.report if found else None

    return Looked(look)


def _day(moment: Kept, report: str) -> str:
    found = moment.reports.get(report)
    return str(found.report.published or "9999") if found else ""


def _promised(moment: Kept, days: tuple[str, str]) -> list[Happening]:
    """What each group of the brief's section shows, and one more, so that it tells that there are more."""
    book, most = moment.book, GROUP + 1
    found = pages.promised(book, "overdue", None, most)
    found += pages.due(book, most)
    return found + pages.made(book, days, most) + lists.settled(book, days, 4 * most)


def _odds(moment: Kept, days: tuple[str, str]) -> list[Happening]:
    recent = lists.at_odds(moment.book, days, ODDS)
    moment.book.read([id for h in recent for id in h.opposes])
    others = (moment.by_id.get(id) for h in recent for id in h.opposes)
    return recent + [h for h in others if h is not None]


def _firsts(moment: Kept, days: tuple[str, str]) -> tuple[First, ...]:
    """Acts of the period that are the first of their kind after the pause that tension.toml names."""
    least, found = int(table()["firsts"]["days"]), []
    for happening, actor, event, day, former in pages.firsts(moment.book, days):
        apart = date.fromisoformat(day).toordinal() - date.fromisoformat(former).toordinal() if former else None
        if apart is None or apart >= least:
            found.append(First(happening, actor, event, apart))
    return tuple(found)


def in_order(held: Iterable[Happening]) -> tuple[Happening, ...]:
    """Once each, in the ledger's order: by first publication, report and place in it."""

    def place(h: Happening) -> tuple[str, str, int]:
        report = h.reports[0] if h.reports else ""
        starts = [t.start for o in h.origins for t in o.tellings if t.report == report]
        # Whose words give no origin stand in the history.
        starts += [c.start for change in h.history for c in change.because if c.report == report]
        return h.first or "9999", report, min(starts, default=0)

    return tuple(sorted({h.id: h for h in held}.values(), key=place))
