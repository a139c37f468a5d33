"""What a chronicle has laid until now: kept up to date, and what of it is not written yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from brink import ledger
from brink.chronicle.days import by_day
from brink.chronicle.pages import Pages, decided
from brink.ledger import Book, Changes, Disk, Found, Laying
from brink.records import CodedReport, Crisis, Decision, Happening
from brink.store import Laying as Stand
from brink.store import News, Store


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a state beside its disk (see `State`). `is_dated`: a day was named at which it should stand."""

    taken: str
    mark: int
    day: str
    ahead: frozenset[str]
    sign: str | None
    is_dated: bool
    has_pages: bool
    pages_sign: str | None


@dataclass(slots=True)
class State:
    """What was laid up to `mark` as of `day`, and what of it is kept: all up to `sign` but `unsaved`.

    All that need not be held lies on `disk`. `ahead` are the reports that have a version which holds only after that
    day. `pages` writes the tables that pages read, None where nobody asked for them.
    """

    laying: Laying
    disk: Disk
    taken: str
    mark: int = 0
    day: str = ""
    ahead: frozenset[str] = frozenset()
    unsaved: dict[str, Happening | None] = field(default_factory=dict)
    sign: str | None = None
    pages: Pages | None = None
    is_dated: bool = False

    @property
    def found(self) -> Found:
        """The happenings, by id."""
        return Found(self.disk)

    @property
    def book(self) -> Book:
        """Who holds which office."""
        return Book(self.disk)

    def shelf(self, store: Store, crisis: Crisis | None) -> Pages:
        """What writes the tables for pages; where they hold nothing of use it begins with them."""
        if self.pages is None:
            self.pages = Pages(store, crisis, self.disk)
            kept = self.pages.kept()
            if kept is None or kept.taken != self.taken:
                self.pages.begin()
        return self.pages

    def take(
        self, store: Store, news: News, as_of: date | None, decisions: Sequence[Decision], pages: Pages | None
    ) -> None:
        """Lay what is new, and what was ahead of the last day and no longer is.

        Where pages are written it is laid day by day, so that they know each day.
        """
        self.is_dated = as_of is not None
        day = as_of.isoformat() if as_of else None
        end = _ordinal(day or news.until)
        ahead = store.ahead(day) if day else frozenset()
        reports, out = self._new(store, news, day, ahead)
        daily = pages is not None and pages.sign is not None
        clock = _ordinal(day)
        for step, batch in (
            by_day(reports, _ordinal(self.day), end) if daily else ((clock, b) for b in _batches(reports))
        ):
            if pages is not None:
                pages.take(batch, out, day)
            self._lay(store, batch, out, (step, day), decisions)
            out = []
            if pages is not None and daily and step is not None:
                pages.write(_stand(step, self.mark, self.taken, decisions), self.found)
        self.mark, self.ahead, self.day = news.mark, ahead, day or news.until or ""
        if pages is not None and end is not None:
            pages.write(_stand(end, news.mark, self.taken, decisions), self.found)

    def _new(
        self, store: Store, news: News, day: str | None, ahead: frozenset[str]
    ) -> tuple[Iterable[CodedReport | None], list[str]]:
        """The reports to lay as of a day, and those laid before that were coded anew with a later date."""
        if not self.mark:
            return store.coded(day), []
        ids = sorted({*news.reports, *self.ahead})
        out = [id for id in ids if id in ahead and store.report(id, day) is None]
        return (store.report(id, day) for id in ids), out

    def _lay(
        self, store: Store, batch: list[CodedReport], out: Sequence[str], days: tuple[int | None, str | None],
        decisions: Sequence[Decision],
    ) -> None:  # fmt: skip
        """Lay a step. `days` are the one at which the ledger stands then and the one as of which versions are read."""
        step, day = days
        taught = (store.report(id, day) for id in self._taught(batch, out))
        batch = batch + [coded for coded in taught if coded is not None and not _is_after(coded, step)]
        roll = self.book.roll
        self._note(self.laying.update([ledger.resolved(c, roll) for c in batch], out, step, decisions))

    def _taught(self, batch: Sequence[CodedReport], out: Sequence[str]) -> list[str]:
        """The reports laid before of whose persons these teach something; what is not laid teaches nothing."""
        inside = [c for c in batch if ledger.in_span(c.report.published, self.laying.crisis)]
        return sorted(self.book.enter(inside, [*(c.report.id for c in batch), *out]))

    def _note(self, changes: Changes) -> None:
        for id in changes.gone:
            self.found.pop(id, None)
            self.unsaved[id] = None
        for place, happening in changes.placed:
            former = self.found.get(happening.id)
            self.found[happening.id] = place, happening
            if former is None or former[1] != happening:
                self.unsaved[happening.id] = happening
        if self.pages is not None:
            self.pages.note(changes.happenings, changes.gone)

    def kept(self) -> Kept:
        """What is to be kept with the disk, for whoever goes on from there."""
        pages = self.pages
        return Kept(
            self.taken, self.mark, self.day, self.ahead, self.sign, self.is_dated, pages is not None,
            pages.sign if pages else None,
        )  # fmt: skip

    def save(self, store: Store) -> None:
        """Keep what changed, or all where others kept happenings meanwhile."""
        changed = [one for one in self.unsaved.values() if one is not None]
        gone = sorted(id for id, one in self.unsaved.items() if one is None)
        sign = store.save_changes(changed, gone, self.sign) if self.sign is not None else None
        self.sign = sign or store.save_happenings(self.found.in_order())
        self.unsaved.clear()


def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None


def _is_after(coded: CodedReport, step: int | None) -> bool:
    """Whether a report's new version is of a later step, which comes."""
    published = coded.report.published
    return step is not None and published is not None and published.toordinal() > step


def _stand(day: int, mark: int, taken: str, decisions: Sequence[Decision]) -> Stand:
    """What a ledger stands at; `mark` 0 says that it has never been laid to its end."""
    return Stand("", date.fromordinal(day).isoformat(), mark, taken, decided(decisions))


def _batches(reports: Iterable[CodedReport | None], most: int = 500) -> Iterator[list[CodedReport]]:
    """Some reports at a time, once at least."""
    held: list[CodedReport] = []
    for report in reports:
        if report is not None:
            held.append(report)
        if len(held) == most:
            yield held
            held = []
    yield held
