"""The brief of a crisis as of one day: what changed, on whose word, what is due, what nobody knows, tension."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from brink.brief.changes import at_odds, changed, first_of_kind, moved, unknown
from brink.brief.content import CrisisBrief, Line, Material, Pair, Section, Source
from brink.brief.courses import pairs
from brink.brief.names import clean, count, table
from brink.brief.promises import promised
from brink.brief.view import View, admissions
from brink.errors import UsageError
from brink.ledger import ledger
from brink.records import CodedReport, Crisis, Decision, Interval
from brink.tension import firsts

BACK = timedelta(days=3)
"""How far a brief looks back where no day is given."""


def material(
    coded: Iterable[CodedReport], crisis: Crisis, as_of: date | None = None, decisions: tuple[Decision, ...] = ()
) -> Material:
    """Lay coded reports into a fresh ledger as of a day (default: the newest publication), for `crisis_brief`."""
    held = [c for c in coded if as_of is None or c.report.published is None or c.report.published <= as_of]
    reports = {c.report.id: c.report for c in held}
    return Material(ledger(held, crisis, as_of, decisions), reports, admissions(held))


def crisis_brief(
    material: Material, crisis: Crisis, since: date | None = None, as_of: date | None = None
) -> CrisisBrief:
    """The brief of `material`, which must stand as of that day; both ends of the window belong to it.

    `as_of` is by default the newest publication, `since` three days before. Raises UsageError where no day can be told
    or the window is upside down.
    """
    dated = [r.published for r in material.reports.values() if r.published]
    day = as_of or max(dated, default=None)
    if day is None:
        raise UsageError("No report has a publication date; name the day of the brief with --as-of.")
    begin = since or day - BACK
    if begin > day:
        raise UsageError(f"The brief would begin on {begin}, after its own day {day}; choose an earlier --since.")
    view = _view(material, crisis, begin, day)
    told = (changed(view), promised(view), at_odds(view), unknown(view), first_of_kind(view))
    sections, plots = tuple(s for s in told if s.entries or s.note), pairs(view)
    summary = tuple(_summary(view))
    sources = tuple(_sources(view, _cited(summary, sections, plots)))
    return CrisisBrief(clean(crisis.name), view.since, view.as_of, summary, sections, plots, sources)


def _view(material: Material, crisis: Crisis, since: date, as_of: date) -> View:
    return View(
        material, crisis, since.isoformat(), as_of.isoformat(), firsts(material.happenings),
        {h.id: h for h in material.happenings},
    )  # fmt: skip


def _summary(view: View) -> Iterator[Line]:
    """What the brief rests on, and what moved, in numbers."""
    reports = view.material.reports.values()
    outlets = {r.outlet for r in reports if r.outlet}
    days = sorted(r.published.isoformat() for r in reports if r.published)
    span = f", published {view.days(Interval(days[0], days[-1]))}" if days else ""
    yield Line(
        f"Rests on {count(len(reports), 'report')} by {count(len(outlets), 'outlet')}{span}, "
        f"which tell of {count(len(view.material.happenings), 'happening')}."
    )
    held = moved(view)
    new = sum(view.within(h.first) for h in held)
    states = Counter(str(table("words")["status"][h.status]) for h in held)
    tally = ", ".join(f"{number} {word}" for word, number in states.most_common())
    if held:
        yield Line(
            f"{count(len(held), 'happening')} moved since {view.day(view.since)}, {new or 'none'} of them new: {tally}."
        )
    yield Line("What stands in quotation marks is the reports' own words; all else is Brink's reading of them.")


def _cited(summary: Iterable[Line], sections: Iterable[Section], plots: Iterable[Pair]) -> list[str]:
    """Report ids in the order in which the brief cites them."""
    lines = list(summary)
    lines += [line for s in sections for e in s.entries for line in (e.head, *e.lines)]
    lines += [course.line for pair in plots for course in pair.courses]
    return list(dict.fromkeys(r for line in lines for r in line.reports))


def _sources(view: View, cited: Iterable[str]) -> Iterator[Source]:
    for number, one in enumerate(cited, 1):
        report = view.material.reports.get(one)
        outlet, title, url = (report.outlet, report.title, report.url) if report else (None, None, None)
        yield Source(number, one, _clean(outlet), view.published(one) or None, _clean(title), _clean(url))


def _clean(text: str | None) -> str | None:
    return clean(text) if text else None
