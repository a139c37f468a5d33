"""A small ledger as of one day, all of it in memory, laid for that day."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from brink.brief import Admission, Material, admissions
from brink.brief.changes import moved
from brink.brief.names import clean
from brink.brief.view import View
from brink.chronicle.rows import changed, names_of, outcome_of, speakers, stances, weight
from brink.ledger import stories
from brink.records import Band, CodedReport, First, Happening, OfficeHolding, Statement, Story, Weighed
from brink.serve.chart import STACK
from brink.serve.filters import Filter, Page, by_day, chosen, facets, paged, values
from brink.serve.moment import BACK, Hits, Moment, Outlet, PairName, Relay, Row, Some, Voice
from brink.serve.ordering import RANK, by_publication, first_offices, published
from brink.store import Found, Store
from brink.store.pages import coders
from brink.tension import bands, firsts, weighed

COUNTED = ("reports", "versions", "events", "statements", "unknowns", "happenings")


@dataclass
class Whole(Moment):
    """What the reports published up to `day` tell, laid for that day."""

    happenings: tuple[Happening, ...] = ()
    reports: Mapping[str, CodedReport] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_id = {h.id: h for h in self.happenings}

    def material(self, since: date | None) -> Material:
        return self._material

    @functools.cached_property
    def _material(self) -> Material:
        held = self.reports.values()
        return Material(self.happenings, {c.report.id: c.report for c in held}, admissions(held))

    @functools.cached_property
    def acting(self) -> frozenset[str]:
        return frozenset(name for h in self.happenings for name in names_of(h))

    @functools.cached_property
    def named(self) -> frozenset[str]:
        speaking = {name for _, s in self._statements() for name in speakers(s)}
        return self.acting | speaking | {o.person for c in self.reports.values() for o in c.offices}

    @functools.cached_property
    def firsts(self) -> tuple[First, ...]:
        """First of their kind."""
        return firsts(self.happenings)

    @functools.cached_property
    def view(self) -> View:
        return self.window(None, None)

    def window(self, since: date | None, until: date | None) -> View:
        end = min(until or self.day, self.day)
        begin = since or end - BACK
        return View(self._material, self.crisis, begin.isoformat(), end.isoformat(), self.firsts, self.by_id)

    def glance(self, since: date | None, until: date | None) -> View:
        return self.window(since, until)

    def ready(self, happenings: Collection[Happening]) -> None:
        """All is at hand."""

    def open(self, reports: Collection[str]) -> Mapping[str, CodedReport]:
        return {id: self.reports[id] for id in reports if id in self.reports}

    @functools.cached_property
    def weighed(self) -> tuple[Weighed, ...]:
        """What each happening adds to the tension of which pair, up to this day."""
        return tuple(w for w in weighed(self.happenings, self.crisis) if w.day <= self.day.isoformat())

    def listed(self, by: Filter, cursor: str | None, limit: int) -> Page:
        return paged(chosen(self.happenings, by), by_day, cursor, limit)

    def chosen(self, by: Filter) -> list[Happening]:
        return chosen(self.happenings, by)

    def latest(self, by: Filter, most: int) -> list[Happening]:
        held = chosen(self.happenings, by)
        return sorted(held, key=lambda h: (changed(h) or "", h.id), reverse=True)[:most]

    def facets(self, by: Filter) -> list[Row]:
        return facets(by, lambda name, rest: values(chosen(self.happenings, rest), name))

    def moved(self, view: View, by: Filter, most: int) -> tuple[list[Happening], Mapping[str, int]]:
        held = chosen(moved(view), by)
        held.sort(key=lambda h: (RANK.get(h.status, 4), -weight(h), h.id))
        return held[:most], Counter(h.status for h in held)

    def mapped(self, view: View, by: Filter) -> Some:
        held = sorted(chosen(moved(view), by), key=by_day, reverse=True)
        return Some(held, len(held))

    def totals(self) -> Row:
        reports = [c.report for c in self.reports.values()]
        dated = sorted(r.published.isoformat() for r in reports if r.published)
        return {
            "reports": len(reports),
            "outlets": len({r.outlet for r in reports if r.outlet}),
            "happenings": len(self.happenings),
            "first": dated[0] if dated else None,
            "last": dated[-1] if dated else None,
            "statuses": Counter(h.status for h in self.happenings).most_common(),
        }

    def pairs(self, name: str | None, most: int) -> list[tuple[PairName, int]]:
        counted = Counter(w.pair for w in self.weighed if name is None or name in w.pair)
        return sorted(counted.items(), key=lambda row: (-row[1], row[0]))[:most]

    def courses(self, pair: PairName, since: date) -> list[Band]:
        own = {w.happening for w in self.weighed if w.pair == pair}
        near = own | {i for o in own for i in self.by_id[o].opposes if i in self.by_id}
        days = [w.day for w in self.weighed if w.pair == pair]
        if not days:
            return []
        first = max(since, date.fromisoformat(min(days)))
        found = bands([self.by_id[i] for i in near], self.crisis, first, self.day)
        return [b for b in reversed(found) if b.pair == pair]

    def dated(self, pair: PairName, since: str) -> tuple[list[tuple[str, Happening | None]], int]:
        seen = dict.fromkeys((w.day, w.happening) for w in self.weighed if w.pair == pair and w.day >= since)
        return [(on, self.by_id[id]) for on, id in seen], STACK

    def of_pair(self, pair: PairName) -> Some:
        own = dict.fromkeys(w.happening for w in self.weighed if w.pair == pair)
        return Some(sorted((self.by_id[i] for i in own), key=by_day, reverse=True), len(own))

    def every_of_pair(self, pair: PairName) -> list[Happening]:
        last: dict[str, str] = {}
        for one in (w for w in self.weighed if w.pair == pair):
            last[one.happening] = max(one.day, last.get(one.happening, ""))
        return [self.by_id[id] for id in sorted(last, key=lambda id: (last[id], id), reverse=True)]

    def actors(self) -> Some:
        acting: Counter[str] = Counter(name for h in self.happenings for name in names_of(h))
        speaking: Counter[str] = Counter(name for _, s in self._statements() for name in speakers(s))
        names = sorted(acting.keys() | speaking.keys(), key=lambda n: (-acting[n], -speaking[n], n))
        return Some([(n, acting[n], speaking[n]) for n in names], len(names))

    def _statements(self) -> Iterator[tuple[CodedReport, Statement]]:
        return ((coded, one) for coded in self.reports.values() for one in coded.statements)

    def said(self, name: str, most: int) -> Some:
        held = [(c, s) for c, s in self._statements() if name in speakers(s)]
        return Some(sorted(held, key=lambda row: published(row[0]), reverse=True)[:most], len(held))

    def offices(self, name: str) -> list[tuple[CodedReport, OfficeHolding]]:
        return first_offices((c, o) for c in self.reports.values() for o in c.offices if name in (o.person, o.country))

    def promised(self, kind: str | None) -> tuple[list[str], dict[str, Some]]:
        held = [h for h in self.happenings if outcome_of(h)]
        kinds = sorted({h.promise.kind for h in held if h.promise})
        groups: dict[str, list[Happening]] = {key: [] for key in ("overdue", "open", "settled")}
        for h in held:
            if not kind or (h.promise and h.promise.kind == kind):
                groups[outcome_of(h) or ""].append(h)
        for key, some in groups.items():
            undated = "9999" if key == "open" else ""
            some.sort(key=lambda h, late=undated: (_due(h) or late, h.id), reverse=key != "open")  # type: ignore[misc]
        return kinds, {key: Some(some, len(some)) for key, some in groups.items()}

    def every_promise(self, kind: str | None) -> list[Happening]:
        return [h for some in self.promised(kind)[1].values() for h in some.items]

    def outlets(self) -> list[Outlet]:
        reports = Counter(self._outlet(id) for id in self.reports)
        told, first, disputed = Counter[str](), Counter[str](), Counter[str]()
        for h in self.happenings:
            outlets = {self._outlet(r) for r in h.reports}
            told.update(outlets)
            disputed.update(outlets if h.status == "contradicted" else ())
            first.update([self._outlet(h.reports[0])] if h.reports else [])
        return [Outlet(n, c, told[n], first[n], disputed[n]) for n, c in reports.most_common()]

    def _outlet(self, report: str) -> str:
        held = self.reports.get(report)
        return clean(held.report.outlet) if held and held.report.outlet else ""

    def relays(self) -> list[Relay]:
        statements, reports = Counter[str](), defaultdict[str, set[str]](set)
        outlets = defaultdict[str, set[str]](set)
        for coded, name in ((c, clean(r.name)) for c, s in self._statements() for r in s.relay):
            statements[name] += 1
            reports[name].add(coded.report.id)
            outlets[name].add(self._outlet(coded.report.id))
        return [Relay(n, c, len(reports[n]), tuple(sorted(outlets[n]))) for n, c in statements.most_common()]

    def voices(self) -> list[Voice]:
        found: dict[str, tuple[Voice, Counter[str]]] = {}
        for h in self.happenings:
            for name, keys in stances(h):
                if name not in found:
                    counts = Counter[str]()
                    found[name] = Voice(next(o for o in h.origins if o.name == name), counts), counts
                found[name][1].update(keys)
        return [voice for voice, _ in found.values()]

    def listed_reports(self, outlet: str | None, cursor: str | None, limit: int) -> Page:
        held = (c for c in self.reports.values() if not outlet or c.report.outlet == outlet)
        ordered = sorted(map(self._listed, held), key=by_publication, reverse=True)
        return paged(ordered, by_publication, cursor, limit)

    def _listed(self, coded: CodedReport) -> Row:
        one = coded.report
        return {
            "id": one.id, "outlet": one.outlet, "title": one.title,
            "published": one.published.isoformat() if one.published else None, "published_at": one.published_at,
            "statements": len(coded.statements), "events": len(coded.events), "unknowns": len(coded.unknowns),
            "happenings": len(self.telling_of(one.id)),
        }  # fmt: skip

    def found(self, hits: Sequence[Found], by: Filter, most: int) -> Hits:
        known = [f for f in hits if f.report in self.reports]
        told = list({h.id: h for f in known for h in self.telling_of(f.report)}.values())
        held = chosen(told, by)
        left = {r for h in held for r in h.reports} if by.chosen() else {f.report for f in known}
        shown = [f for f in known if f.report in left]
        offered = facets(by, lambda name, rest: values(chosen(told, rest), name))
        texts = {f.report: self.reports[f.report].report for f in shown[:most]}
        numbers = {f.report: len(self.telling_of(f.report)) for f in shown[:most]}
        return Hits(shown[:most], len(shown), held[:most], len(held), offered, texts, numbers)

    def stories(self) -> tuple[Story, ...]:
        return stories(self.happenings, (c.report for c in self.reports.values()))

    @functools.cached_property
    def _of_report(self) -> Mapping[str, tuple[Happening, ...]]:
        found: dict[str, list[Happening]] = defaultdict(list)
        for h in self.happenings:
            for report in h.reports:
                found[report].append(h)
        return {key: tuple(held) for key, held in found.items()}

    def telling_of(self, report: str) -> tuple[Happening, ...]:
        return self._of_report.get(report, ())

    @functools.cached_property
    def _of_event(self) -> Mapping[tuple[str, str], str]:
        return {(t.report, t.event): h.id for h in self.happenings for o in h.origins for t in o.tellings if t.event}

    def of_event(self, report: str, event: str) -> str | None:
        return self._of_event.get((report, event))

    def admitted(self, h: Happening) -> Sequence[Admission]:
        return self.view.admitted.get(h.id, ())

    def unknowns(self, h: Happening) -> int:
        return len(self.admitted(h))

    def freshness(self) -> Row:
        dated = [c.report.published for c in self.reports.values() if c.report.published]
        return {
            "newest": max(dated).isoformat() if dated else None,
            "undated": sum(c.report.published is None for c in self.reports.values()),
        }

    def mark(self) -> object:
        return self.by_id

    def since(self, mark: object) -> tuple[list[Happening], list[str]]:
        before = mark if isinstance(mark, dict) else {}
        fresh = [h for h in self.happenings if before.get(h.id) != h]
        return fresh, sorted(before.keys() - self.by_id.keys())

    def rest(self) -> None:
        """All is held while nothing changes."""

    def close(self) -> None:
        """Nothing is held for one request alone."""

    def holds(self, store: Store) -> Mapping[str, int]:
        counts = store.counts()
        return {name: getattr(counts, name) for name in COUNTED}

    def coders(self, store: Store) -> Sequence[tuple[str, int]]:
        return coders(store)


def _due(h: Happening) -> str:
    return (h.promise.due.end or "") if h.promise and h.promise.due else ""
