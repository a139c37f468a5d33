"""Reports into a kept ledger, and the ledger's happenings brought up to date.

`read_in` codes what the store does not know yet and enters it; `settle` lays all reports into happenings again and
keeps them; a `Chronicle`, for whoever settles again and again, lays and keeps only what changed. A report that was read
before costs neither coding nor change.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from brink import ledger, pipeline
from brink.ledger import Book, Changes, Disk, Found, Laying
from brink.records import CodedReport, Crisis, Decision, Happening, Register, Rejection, Report
from brink.store import KeptCrisis, News, Store, text_sha


def read_in(store: Store, items: Iterable[Report | Rejection], register: Register) -> Iterator[str]:
    """Enter reports and rejections one by one and tell what became of each.

    "new", "same", "version" or "recoded" as `Store.add` says, "rejected" for a rejection. Raises StoreError where the
    ledger cannot be written; what was entered before stands.
    """
    coder = pipeline.coder(register)
    for item in items:
        if isinstance(item, Rejection):
            store.reject(item)
            yield "rejected"
        elif store.known(item.id, text_sha(item.text), coder):
            yield "same"
        else:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            yield store.add(pipeline.annotate_one(item, register), now)


def settle(store: Store, crisis: Crisis | None = None, as_of: date | None = None) -> tuple[Happening, ...]:
    """Happenings of all reports in the store as of a day, decisions by hand included; kept only without `as_of`."""
    coded = store.coded(as_of.isoformat() if as_of else None)
    found = ledger.ledger(coded, crisis, as_of, store.decisions())
    if as_of is None:
        store.save_happenings(found)
    return found


def remember(store: Store, path: Path) -> tuple[Crisis, KeptCrisis | None]:
    """The crisis of a file, which the ledger keeps from now on, and the other file that it replaces.

    Raises CrisisError where the file cannot be read, StoreError where the ledger cannot be written.
    """
    text = ledger.crisis_text(path)
    crisis = ledger.parse_crisis(text, path)
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    return crisis, store.keep_crisis(KeptCrisis(crisis.name, path.name, text_sha(text), text, now))


def remembered(store: Store) -> Crisis | None:
    """The crisis of the file that the ledger keeps, None where it keeps none. Raises StoreError, CrisisError."""
    kept = store.crisis()
    return ledger.parse_crisis(kept.text, Path(kept.file)) if kept else None


@dataclass(slots=True)
class Chronicle:
    """The happenings of a store, brought up to date for the cost of what changed since the last time."""

    store: Store
    crisis: Crisis | None = None
    _state: _State | None = None
    _turn: threading.RLock = field(default_factory=threading.RLock)

    def settle(self, as_of: date | None = None, keep: bool = True) -> tuple[Happening, ...]:
        """What `brink.chronicle.settle` gives; kept, also with `as_of`, if `keep`. Raises StoreError."""
        with self._turn:
            return tuple(self.update(as_of, keep))

    def update(self, as_of: date | None = None, keep: bool = True) -> Sequence[Happening]:
        """The same, each happening read when it is asked for; of use until the next time. Raises StoreError.

        What is published after `as_of` waits for its day. A day before the last one at which this settled is laid from
        the beginning, and so is a ledger in which something was forgotten.
        """
        with self._turn:
            decisions = self.store.decisions()
            news = self.store.news(self._state.mark if self._state else 0)
            if self._state and as_of is not None and as_of.isoformat() < self._state.day:
                found = ledger.ledger(self.store.coded(as_of.isoformat()), self.crisis, as_of, decisions)
                if keep:
                    self.store.save_happenings(found)
                return found
            state = self._known(news, decisions)
            self._state = None  # what is half laid when an error ends it is laid from the beginning the next time
            state.take(self.store, news, as_of, decisions)
            self._state = state
            if keep:
                state.save(self.store)
            return state.found.in_order()

    def _known(self, news: News, decisions: Sequence[Decision]) -> _State:
        """What was laid until now, or a new beginning where that does not hold any more."""
        state = self._state
        if state is None or state.taken != news.taken or not state.laying.is_of(decisions):
            state = _State(Laying(Disk(), self.crisis), news.taken)
        return state


@dataclass(slots=True)
class _State:
    """What was laid up to `mark` as of `day`, and what of it is kept: all up to `sign` but `unsaved`.

    `ahead` are the reports that have a version which holds only after that day.
    """

    laying: Laying
    taken: str
    mark: int = 0
    day: str = ""
    ahead: frozenset[str] = frozenset()
    found: Found = field(default_factory=Found)
    unsaved: dict[str, Happening | None] = field(default_factory=dict)
    sign: str | None = None
    book: Book = field(default_factory=Book)

    def take(self, store: Store, news: News, as_of: date | None, decisions: Sequence[Decision]) -> None:
        """Lay what is new, and what was ahead of the last day and no longer is."""
        day = as_of.isoformat() if as_of else None
        clock = as_of.toordinal() if as_of else None
        ids = sorted({*news.reports, *self.ahead})
        reports = ((id, store.report(id, day)) for id in ids) if self.mark else _named(store.coded(day))
        for rows in _batches(reports):
            batch = [coded for _, coded in rows if coded is not None]
            out = [id for id, coded in rows if coded is None]  # coded anew with a later date, and laid before it
            batch += [coded for id in self._taught(batch, out) if (coded := store.report(id, day)) is not None]
            roll = self.book.roll
            self._note(self.laying.update([ledger.resolved(c, roll) for c in batch], out, clock, decisions))
        self.mark, self.ahead = news.mark, store.ahead(day) if day else frozenset()
        self.day = day or news.until or ""

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

    def save(self, store: Store) -> None:
        """Keep what changed, or all where others kept happenings meanwhile."""
        changed = [one for one in self.unsaved.values() if one is not None]
        gone = sorted(id for id, one in self.unsaved.items() if one is None)
        sign = store.save_changes(changed, gone, self.sign) if self.sign is not None else None
        self.sign = sign or store.save_happenings(self.found.in_order())
        self.unsaved.clear()


_Row = tuple[str, CodedReport | None]


def _named(reports: Iterable[CodedReport]) -> Iterator[_Row]:
    return ((coded.report.id, coded) for coded in reports)


def _batches(reports: Iterable[_Row], most: int = 500) -> Iterator[list[_Row]]:
    """Some reports at a time, once at least."""
    held: list[_Row] = []
    for report in reports:
        held.append(report)
        if len(held) == most:
            yield held
            held = []
    yield held


def told(outcomes: Iterable[str]) -> str:
    """One sentence on what was read: "12 new, 3 same, 1 rejected"."""
    counted = Counter(outcomes)
    order = ("new", "version", "recoded", "same", "rejected")
    return ", ".join(f"{counted[name]} {name}" for name in order if counted[name]) or "nothing to read"
