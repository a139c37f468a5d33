"""The ledger as of one day: what pages ask of it.

`Whole` (whole.py) holds all of a small ledger in memory, `Kept` (kept.py) reads a large one's tables piece by piece;
pages do not know which.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from brink.brief import Admission, Material
from brink.brief.view import View
from brink.records import Band, CodedReport, Crisis, Event, Happening, OfficeHolding, Origin, Report, Statement, Story
from brink.serve.filters import Filter, Page
from brink.store import Found, Store

BACK = timedelta(days=3)
"""How far "what changed" looks back where no day is given."""
PairName = tuple[str, str]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Some:
    """Some of a list, the first ones, and how many there are of all."""

    items: list[Any]
    total: int


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found: reports, happenings, how many of each, and what they could be narrowed to.

    `known` are the reports that are shown, `told` is how many happenings each of them tells of.
    """

    reports: list[Found]
    reports_total: int
    happenings: list[Happening]
    happenings_total: int
    facets: list[Row]
    known: Mapping[str, Report]
    told: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet in counts: its reports, happenings it tells of, those it told first, those that are disputed."""

    name: str
    reports: int
    happenings: int
    first: int
    disputed: int


@dataclass(frozen=True, slots=True)
class Relay:
    """Who stands in relay chains, in counts, and the outlets that carried it."""

    name: str
    statements: int
    reports: int
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """An origin, and how often it asserts, denies, doubts, was first, is disputed, said something else since."""

    origin: Origin
    counts: Mapping[str, int]


@dataclass
class Moment(ABC):
    """What the reports published up to `day` tell. `kept` says what is left of shortened texts, by report id."""

    day: date
    revision: str
    crisis: Crisis
    kept: Mapping[str, str] = field(default_factory=dict)

    by_id: Mapping[str, Happening] = field(init=False, repr=False)
    reports: Mapping[str, CodedReport] = field(init=False, repr=False)

    @property
    @abstractmethod
    def view(self) -> View:
        """What sentences are written with: this day, its happenings and reports."""

    @property
    @abstractmethod
    def acting(self) -> Collection[str]:
        """The codes and names of all who act or are acted upon."""

    @property
    @abstractmethod
    def named(self) -> Collection[str]:
        """The codes and names of all who act, speak or hold an office."""

    @abstractmethod
    def window(self, since: date | None, until: date | None) -> View:
        """A brief's view over a period, with what a brief tells of it. By default the three days up to this one."""

    @abstractmethod
    def glance(self, since: date | None, until: date | None) -> View:
        """The same period for single sentences and its days alone."""

    @abstractmethod
    def ready(self, happenings: Collection[Happening]) -> None:
        """Look up at once what rows of these happenings will ask for."""

    @abstractmethod
    def open(self, reports: Collection[str]) -> Mapping[str, CodedReport]:
        """Those of these reports that are there, looked up at once."""

    @abstractmethod
    def listed(self, by: Filter, cursor: str | None, limit: int) -> Page:
        """Happenings that a filter lets through, the newest first, one page of them."""

    @abstractmethod
    def chosen(self, by: Filter) -> Iterable[Happening]:
        """All that a filter lets through, the newest first."""

    @abstractmethod
    def latest(self, by: Filter, most: int) -> list[Happening]:
        """Those that changed last first."""

    @abstractmethod
    def facets(self, by: Filter) -> list[Row]:
        """What the list could be narrowed to."""

    @abstractmethod
    def moved(self, view: View, by: Filter, most: int) -> tuple[list[Happening], Mapping[str, int]]:
        """Happenings that changed in a window, the weightiest first, and how many of each status there are."""

    @abstractmethod
    def mapped(self, view: View, by: Filter) -> Some:
        """Happenings that changed in a window as the map shows them, the newest first."""

    @abstractmethod
    def totals(self) -> Row:
        """How many reports, outlets and happenings there are, of which statuses, and the first and last publication."""

    @abstractmethod
    def pairs(self, name: str | None, most: int) -> list[tuple[PairName, int]]:
        """The pairs (of somebody) with most happenings, and how many."""

    @abstractmethod
    def courses(self, pair: PairName, since: date) -> list[Band]:
        """Words and deeds of a pair from a day on, words first."""

    @abstractmethod
    def dated(self, pair: PairName, since: str) -> tuple[Sequence[tuple[str, Happening | None]], int]:
        """A pair's happenings from a day on, each with its day, and how many marks a day has room for; None for those
        for which there is none."""

    @abstractmethod
    def of_pair(self, pair: PairName) -> Some:
        """The happenings that a pair's tension rests on, the newest first."""

    @abstractmethod
    def every_of_pair(self, pair: PairName) -> Iterable[Happening]:
        """All of them, in the order of their days, the last first."""

    @abstractmethod
    def actors(self) -> Some:
        """Names of all who act, are acted upon or speak, with happenings and statements, those told of most first."""

    @abstractmethod
    def said(self, name: str, most: int) -> Some:
        """What somebody says, the newest first: reports with a statement."""

    @abstractmethod
    def offices(self, name: str) -> list[tuple[CodedReport, OfficeHolding]]:
        """Offices that somebody holds, or that are held for a state, as a report told each first."""

    @abstractmethod
    def promised(self, kind: str | None) -> tuple[list[str], dict[str, Some]]:
        """The kinds of promises there are, and promises (of a kind) that are overdue, open, settled."""

    @abstractmethod
    def every_promise(self, kind: str | None) -> Iterable[Happening]:
        """All promises (of a kind): overdue, open, settled, each in the order in which they are listed."""

    @abstractmethod
    def outlets(self) -> list[Outlet]:
        """Who publishes, those with most reports first."""

    @abstractmethod
    def relays(self) -> list[Relay]:
        """Through whom statements came, those with most first."""

    @abstractmethod
    def voices(self) -> list[Voice]:
        """In whose name is spoken."""

    @abstractmethod
    def listed_reports(self, outlet: str | None, cursor: str | None, limit: int) -> Page:
        """Reports (of an outlet) as rows, the newest first, one page of them."""

    @abstractmethod
    def found(self, hits: Sequence[Found], by: Filter, most: int) -> Hits:
        """What a search's answer, the best first, leads to."""

    @abstractmethod
    def stories(self) -> tuple[Story, ...]:
        """Reports that tell of the same happenings, the earliest first."""

    @abstractmethod
    def telling_of(self, report: str) -> tuple[Happening, ...]:
        """The happenings that a report tells of."""

    @abstractmethod
    def of_event(self, report: str, event: str) -> str | None:
        """The id of the happening that an event of a report tells of."""

    @abstractmethod
    def admitted(self, h: Happening) -> Sequence[Admission]:
        """Admissions of ignorance that are about a happening."""

    @abstractmethod
    def unknowns(self, h: Happening) -> int:
        """How many there are of them."""

    @abstractmethod
    def freshness(self) -> Row:
        """The newest publication day, and how many reports have none."""

    @abstractmethod
    def holds(self, store: Store) -> Mapping[str, int]:
        """How much of everything the whole ledger holds."""

    @abstractmethod
    def coders(self, store: Store) -> Sequence[tuple[str, int]]:
        """Who coded the newest versions, each with the number of reports."""

    @abstractmethod
    def material(self, since: date | None) -> Material:
        """What a brief of the days from `since` on is made from."""

    @abstractmethod
    def mark(self) -> object:
        """What this moment is known by in `since`."""

    @abstractmethod
    def since(self, mark: object) -> tuple[list[Happening], list[str]]:
        """Happenings that are new or changed since an earlier moment's mark, and ids that are gone."""

    @abstractmethod
    def rest(self) -> None:
        """Let go of what was read until now, in the middle of a long file."""

    @abstractmethod
    def close(self) -> None:
        """Let go of what is held for one request."""

    def statement(self, report: str, id: str | None) -> Statement | None:
        """A statement of a report, None where there is none of that id."""
        held = self.reports.get(report) if id else None
        return next((s for s in held.statements if s.id == id), None) if held else None

    def event(self, report: str, id: str | None) -> Event | None:
        """An event of a report, None where there is none of that id."""
        held = self.reports.get(report) if id else None
        return next((e for e in held.events if e.id == id), None) if held else None


def tellings(happenings: Iterable[Happening], moment: Moment) -> Iterator[CodedReport]:
    """The reports that tell of these happenings, by publication, each with the events that do alone."""
    events: dict[str, set[str]] = {}
    for h in happenings:
        for told in (t for o in h.origins for t in o.tellings if t.event):
            events.setdefault(told.report, set()).add(str(told.event))
    for coded in sorted(
        moment.open(events.keys()).values(), key=lambda c: (str(c.report.published or "9999"), c.report.id)
    ):
        yield replace(coded, events=tuple(e for e in coded.events if e.id in events[coded.report.id]))
