"""Reports into a kept ledger, and the ledger's happenings brought up to date.

`read_in` codes what the store does not know yet and enters it; `settle` lays all reports into happenings again and
keeps them; a `Chronicle`, for whoever settles again and again, lays and keeps only what changed. A report that was read
before costs neither coding nor change.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from brink import ledger, pipeline
from brink.chronicle.lasting import Lasting, opened
from brink.chronicle.pages import Pages, camps_of, decided
from brink.chronicle.state import State
from brink.ledger import Disk, Laying
from brink.records import Crisis, Decision, Happening, Register, Rejection, Report
from brink.store import KeptCrisis, News, Store, text_sha

__all__ = ["Chronicle", "camps_of", "decided", "read_in", "remember", "remembered", "settle", "told"]

KEPT_EVERY = 10.0
"""Seconds between two times at which what lasts is kept: whoever is killed in between lays so much again."""


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
    """The happenings of a store, brought up to date for the cost of what changed since the last time.

    If it `lasts`, what was laid is kept in a file (`lasting`) now and then and at the end, so that whoever begins
    again goes on from there.
    """

    store: Store
    crisis: Crisis | None = None
    lasts: bool = False
    _state: State | None = None
    _file: Lasting | None = None
    _kept: float = 0.0
    _turn: threading.RLock = field(default_factory=threading.RLock)

    def settle(self, as_of: date | None = None, keep: bool = True, pages: bool = False) -> tuple[Happening, ...]:
        """What `brink.chronicle.settle` gives; kept, also with `as_of`, if `keep`. Raises StoreError.

        With `pages` the tables that pages read of a large ledger are brought up to date too.
        """
        with self._turn:
            return tuple(self.update(as_of, keep, pages))

    def update(self, as_of: date | None = None, keep: bool = True, pages: bool = False) -> Sequence[Happening]:
        """The same, each happening read when it is asked for; of use until the next time. Raises StoreError.

        What is published after `as_of` waits for its day. A day before the last one at which this settled is laid from
        the beginning and changes no table for pages; a ledger in which something was forgotten is laid from the
        beginning, and so is one laid without `pages` when they are asked for.
        """
        with self._turn:
            decisions = self.store.decisions()
            state = self._state or self._of_before(as_of, pages)
            news = self.store.news(state.mark if state else 0)
            if self._state and as_of is not None and as_of.isoformat() < self._state.day:
                found = ledger.ledger(self.store.coded(as_of.isoformat()), self.crisis, as_of, decisions)
                if keep:
                    self.store.save_happenings(found)
                return found
            state = self._known(state, news, decisions, pages)
            self._state = None  # what is half laid when an error ends it is laid again from what was kept last
            state.take(self.store, news, as_of, decisions, state.shelf(self.store, self.crisis) if pages else None)
            if keep:
                state.save(self.store)
            self._keep(state)
            self._state = state
            return state.found.in_order()

    def close(self) -> None:
        """Keep what was laid, if it is to last, and let others have its file. Raises StoreError."""
        with self._turn:
            if self._file is not None:
                if self._state is not None and not self._state.unsaved:
                    self._file.keep(self._state.disk, self._state.kept())
                self._file.close()
            self._state = self._file = None

    def _known(self, state: State | None, news: News, decisions: Sequence[Decision], pages: bool) -> State:
        """What was laid until now, or a new beginning where that does not hold any more, or not enough of it."""
        holds = state is not None and state.taken == news.taken and state.laying.is_of(decisions)
        if state is None or not holds or (pages and state.pages is None):
            disk = self._file.emptied() if self._file else Disk()
            state = State(Laying(disk, self.crisis), disk, news.taken)
        return state

    def _of_before(self, as_of: date | None, pages: bool) -> State | None:
        """What lies in the file that outlived who laid it; None where that cannot be gone on with.

        A ledger that stood at a later day, or at a day where it now runs with its publications, is laid anew.
        """
        if not self.lasts:
            return None
        self._file = self._file or opened(self.store, camps_of(self.crisis))
        disk, kept = self._file.found() if self._file else (None, None)
        if disk is None or kept is None or kept.is_dated != (as_of is not None):
            return None
        if as_of is not None and as_of.isoformat() < kept.day:
            return None
        shelf = Pages(self.store, self.crisis, disk, kept.pages_sign) if pages and kept.has_pages else None
        return State(
            Laying(disk, self.crisis), disk, kept.taken, kept.mark, kept.day, kept.ahead, sign=kept.sign, pages=shelf,
            is_dated=kept.is_dated,
        )  # fmt: skip

    def _keep(self, state: State) -> None:
        if self._file is not None and time.monotonic() - self._kept > KEPT_EVERY:
            self._file.keep(state.disk, state.kept())
            self._kept = time.monotonic()


def told(outcomes: Iterable[str]) -> str:
    """One sentence on what was read: "12 new, 3 same, 1 rejected"."""
    counted = Counter(outcomes)
    order = ("new", "version", "recoded", "same", "rejected")
    return ", ".join(f"{counted[name]} {name}" for name in order if counted[name]) or "nothing to read"
