"""A large ledger as of one day, read from the tables that whoever lays it keeps: no page reads all of it."""

from __future__ import annotations

import functools
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from brink.brief import Admission, Material, admissions
from brink.brief.names import clean
from brink.brief.view import View
from brink.ledger import stories
from brink.records import Band, CodedReport, Happening, OfficeHolding, Origin, Story
from brink.serve import filters, tensions
from brink.serve.filters import Filter, Page, cursor_after, read_cursor
from brink.serve.looked import Looked, Names
from brink.serve.moment import Hits, Moment, Outlet, PairName, Relay, Row, Some, Voice
from brink.serve.ordering import RANK, by_publication, first_offices
from brink.serve.windows import bare, in_order, window_of
from brink.store import Book, Found, Store
from brink.store import book_lists as lists
from brink.store import book_pages as pages
from brink.store.book_near import Near
from brink.store.pages import versions
from brink.store.plain import from_plain

NAMES, OF_PAIR, PROMISES, ON_MAP, OFFICES, BRIEF, NEWS, STORIES = 1000, 150, 150, 120, 60, 120, 200, 200
"""The most that a page shows: actors, happenings of a pair, promises of a group, happenings on a map, offices; the
happenings that changed of which a brief is made; news at once; and the happenings, the newest, of which stories are."""
MANY = 2**31
"""For a file there is no most."""


@dataclass
class Kept(Moment):
    """What the tables for pages tell of a day; closed when the page is written."""

    book: Book = field(kw_only=True)

    def __post_init__(self) -> None:
        self.by_id = Looked(self.book.happening)
        self.reports = Looked(self.book.report)

    def rest(self) -> None:
        self.book.rest()

    def close(self) -> None:
        self.book.close()

    @functools.cached_property
    def view(self) -> View:
        return bare(self, None, None)

    def window(self, since: date | None, until: date | None) -> View:
        if (since, until) not in self._windows:
            self._windows[since, until] = window_of(self, since, until)
        return self._windows[since, until]

    @functools.cached_property
    def _windows(self) -> dict[tuple[date | None, date | None], View]:
        return {}

    def glance(self, since: date | None, until: date | None) -> View:
        return bare(self, since, until)

    def ready(self, happenings: Collection[Happening]) -> None:
        self.book.read_unknowns([h.id for h in happenings])

    def open(self, reports: Collection[str]) -> Mapping[str, CodedReport]:
        self.book.read_reports(reports)
        return {id: c for id in reports if (c := self.reports.get(id)) is not None}

    @property
    def acting(self) -> Collection[str]:
        return Names(self.book, ("actor",))

    @property
    def named(self) -> Collection[str]:
        return Names(self.book, ("actor", "speaker", "holder"))

    def listed(self, by: Filter, cursor: str | None, limit: int) -> Page:
        asked, key = by.chosen(), read_cursor(cursor)
        after = _pair(key) if key is not None else None
        found = lists.newest(self.book, asked, after, limit + 1)
        more = cursor_after(filters.by_day(found[limit - 1])) if len(found) > limit else None
        total = lists.count(self.book, asked)
        return Page(found[:limit], total, more, lists.is_bounded(asked, total))

    def chosen(self, by: Filter) -> Iterator[Happening]:
        return lists.every(self.book, by.chosen())

    def latest(self, by: Filter, most: int) -> list[Happening]:
        return lists.latest(self.book, by.chosen(), most)

    def facets(self, by: Filter) -> list[Row]:
        return filters.facets(by, lambda name, rest: lists.facet(self.book, rest.chosen(), name))

    def moved(self, view: View, by: Filter, most: int) -> tuple[list[Happening], Mapping[str, int]]:
        days, asked = (view.since, view.as_of), by.chosen()
        held = lists.moved(self.book, asked, days, RANK, most)
        return held, lists.moved_states(self.book, asked, days)

    def mapped(self, view: View, by: Filter) -> Some:
        days, asked = (view.since, view.as_of), by.chosen()
        held = lists.newest_moved(self.book, asked, days, ON_MAP)
        total = len(held) if len(held) < ON_MAP else sum(lists.moved_states(self.book, asked, days).values())
        return Some(held, total)

    def totals(self) -> Row:
        first, last = pages.published(self.book)
        return {
            "reports": self.book.number("reports"),
            "outlets": len(self.book.tally("outlet").keys() - {""}),
            "happenings": self.book.number("all"),
            "first": first,
            "last": last,
            "statuses": list(self.book.tally("status").items()),
        }

    def pairs(self, name: str | None, most: int) -> list[tuple[PairName, int]]:
        counted = [(_pair(json.loads(pair)), n) for pair, n in self.book.tally("pair").items()]
        held = [row for row in counted if name is None or name in row[0]]
        return sorted(held, key=lambda row: (-row[1], row[0]))[:most]

    def courses(self, pair: PairName, since: date) -> list[Band]:
        return tensions.courses(self.book, pair, since, self.day)

    def dated(self, pair: PairName, since: str) -> tuple[list[tuple[str, Happening | None]], int]:
        return tensions.dated(self.book, pair, since, self.day)

    def of_pair(self, pair: PairName) -> Some:
        return Some(*pages.of_pair(self.book, pair, OF_PAIR))

    def every_of_pair(self, pair: PairName) -> Iterator[Happening]:
        return self.book.passing(pages.keys_of_pair(self.book, pair))

    def actors(self) -> Some:
        acting, speaking = self.book.tally("actor"), self.book.tally("speaker")
        names = sorted(
            acting.keys() | speaking.keys(), key=lambda n: (-acting.get(n, 0), -speaking.get(n, 0), n)
        )  # fmt: skip
        return Some([(n, acting.get(n, 0), speaking.get(n, 0)) for n in names[:NAMES]], len(names))

    def said(self, name: str, most: int) -> Some:
        return Some(pages.said(self.book, name, most), self.book.number("speaker", name))

    def offices(self, name: str) -> list[tuple[CodedReport, OfficeHolding]]:
        return first_offices(self.book.offices(name, OFFICES))

    def promised(self, kind: str | None) -> tuple[list[str], dict[str, Some]]:
        counted = {_pair(json.loads(name)): n for name, n in self.book.tally("promise").items()}
        found = {}
        for group in ("overdue", "open", "settled"):
            total = sum(n for (one, of), n in counted.items() if of == group and (not kind or one == kind))
            held = pages.promised(self.book, group, kind, PROMISES) if total else []
            found[group] = Some(held, total)
        return sorted({one for one, _ in counted}), found

    def every_promise(self, kind: str | None) -> Iterator[Happening]:
        for group in ("overdue", "open", "settled"):
            yield from self.book.passing(pages.promise_keys(self.book, group, kind, MANY))

    def outlets(self) -> list[Outlet]:
        parts = [_cleaned(self.book.tally(kind)) for kind in ("outlet", "told", "first", "disputed")]
        reports, told, first, disputed = parts
        return [Outlet(n, c, told[n], first[n], disputed[n]) for n, c in reports.items()]

    def relays(self) -> list[Relay]:
        reports, outlets = Counter[str](), defaultdict[str, set[str]](set)
        for key, n in self.book.tally("relay reports").items():
            name, outlet = (clean(part) for part in json.loads(key))
            reports[name] += n
            outlets[name].add(outlet)
        statements = _cleaned(self.book.tally("relay"))
        return [Relay(n, c, reports[n], tuple(sorted(outlets[n]))) for n, c in statements.items()]

    def voices(self) -> list[Voice]:
        counts = defaultdict[str, Counter[str]](Counter)
        for key, n in self.book.tally("origin").items():
            name, of = json.loads(key)
            counts[name][of] += n
        known = self.book.origins()
        return [Voice(from_plain(Origin, json.loads(known[n])), held) for n, held in counts.items() if n in known]

    def listed_reports(self, outlet: str | None, cursor: str | None, limit: int) -> Page:
        key = read_cursor(cursor)
        after = _pair(key) if key is not None else None
        rows = pages.reports(self.book, outlet, after, limit + 1)
        total = self.book.number("outlet", outlet) if outlet else self.book.number("reports")
        return Page(rows[:limit], total, cursor_after(by_publication(rows[limit - 1])) if len(rows) > limit else None)

    def found(self, hits: Sequence[Found], by: Filter, most: int) -> Hits:
        there = self.book.there([f.report for f in hits])
        known, asked = [f for f in hits if f.report in there], by.chosen()
        near = Near(self.book, [f.report for f in known])
        left = near.chosen(asked)
        telling = {report for one in left for report in one.reports} if asked else there
        shown = [f for f in known if f.report in telling]
        held = near.happenings(left[:most])
        offered = filters.facets(by, lambda name, rest: near.facet(rest.chosen(), name))
        texts = pages.sources(self.book, [f.report for f in shown[:most]])
        return Hits(shown[:most], len(shown), held, len(left), offered, texts, near.told())

    def stories(self) -> tuple[Story, ...]:
        held = lists.newest(self.book, {}, None, STORIES)
        return stories(held, pages.sources(self.book, sorted({r for h in held for r in h.reports})).values())

    def telling_of(self, report: str) -> tuple[Happening, ...]:
        return tuple({h.id: h for _, h in self.told(report)}.values())

    def of_event(self, report: str, event: str) -> str | None:
        return next((h.id for name, h in self.told(report) if name == event), None)

    @functools.cached_property
    def _tellings(self) -> dict[str, list[tuple[str | None, Happening]]]:
        return {}

    def told(self, report: str) -> list[tuple[str | None, Happening]]:
        """The events of a report that happenings rest on, each with its happening."""
        self.read_told([report])
        return self._tellings[report]

    def read_told(self, reports: Collection[str]) -> None:
        """Look up at once what reports tell of that will be asked for."""
        self._tellings |= self.book.telling([id for id in reports if id not in self._tellings])

    @functools.cached_property
    def _ignorant(self) -> dict[str, list[str]]:
        return {}

    def read_admitted(self, happenings: Collection[str]) -> None:
        """Look up at once what is not known of happenings that will be asked for."""
        new = self.book.ignorant([id for id in happenings if id not in self._ignorant])
        self.book.read_reports([report for held in new.values() for report in held])
        self._ignorant.update(new)

    def admitted(self, h: Happening) -> Sequence[Admission]:
        own = {(t.report, t.event) for o in h.origins for t in o.tellings if t.event}
        self.read_admitted([h.id])
        held = [c for id in self._ignorant[h.id] if (c := self.reports.get(id)) is not None]
        held.sort(key=lambda c: (str(c.report.published or "9999"), c.report.id))
        return [a for a in admissions(held) if (a.report, a.event) in own]

    def unknowns(self, h: Happening) -> int:
        self.book.read_unknowns([h.id])
        return self.book.unknowns[h.id]

    def freshness(self) -> Row:
        return {"newest": pages.published(self.book)[1], "undated": self.book.number("undated")}

    def mark(self) -> object:
        return lists.top(self.book)

    def since(self, mark: object) -> tuple[list[Happening], list[str]]:
        return lists.since(self.book, mark if isinstance(mark, int) else 0, NEWS), []

    def holds(self, store: Store) -> Mapping[str, int]:
        kinds = {"reports": "reports", "events": "events", "statements": "statements", "unknowns": "unknowns"}
        found = {name: self.book.ever(kind).get("", 0) for name, kind in (kinds | {"happenings": "all"}).items()}
        return found | {"versions": versions(store)}

    def coders(self, store: Store) -> Sequence[tuple[str, int]]:
        return sorted(self.book.ever("coder").items())

    def material(self, since: date | None) -> Material:
        view = self.window(since, None)
        held = lists.moved(self.book, {}, (view.since, view.as_of), RANK, BRIEF)
        every = {h.id: h for h in (*view.material.happenings, *held)}
        # Of promises alone a brief gives the words.
        due = (h for h in view.material.happenings if h.promise is not None)
        whole = {o.tellings[0].report for h in due for o in h.origins if o.of == "claim" and o.tellings}
        texts = pages.sources(self.book, sorted({r for h in every.values() for r in h.reports}))
        self.book.read_reports(whole)
        texts |= {id: c.report for id in sorted(whole) if (c := self.reports.get(id)) is not None}
        return Material(in_order(every.values()), texts, view.material.admissions)


def _pair(key: Sequence[str]) -> tuple[str, str]:
    """Two texts; a cursor of another list has another number of them and finds its place all the same."""
    padded = [*key, "", ""]
    return padded[0], padded[1]


def _cleaned(counted: Mapping[str, int]) -> Counter[str]:
    """Counts by name as pages write it."""
    found = Counter[str]()
    for name, n in counted.items():
        found[clean(name) if name else ""] += n
    return found
