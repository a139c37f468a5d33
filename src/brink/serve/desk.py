"""The ledger that is served: moments of it, made once each and kept while nothing changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from brink.chronicle import Chronicle
from brink.errors import UsageError
from brink.records import Crisis
from brink.serve.moment import Moment
from brink.store import Store
from brink.store.pages import revision, shortened

KEPT = 6
"""Moments held at once: the ledger's own day and a few that somebody replays."""
NO_CRISIS = Crisis("All reports", None, None, ())


def today() -> date:
    """The day it is, in UTC."""
    return datetime.now(UTC).date()


@dataclass
class Desk:
    """A ledger, its crisis and the day it stands at; `as_of` None means today, whenever that is asked."""

    store: Store
    crisis: Crisis = NO_CRISIS
    as_of: date | None = None
    clock: Callable[[], date] = today
    _moments: OrderedDict[tuple[str, date], Moment] = field(default_factory=OrderedDict)
    _chronicle: Chronicle | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def day(self) -> date:
        """The ledger's own day: pages stand at it unless they are asked for an earlier one."""
        return self.as_of or self.clock()

    def moment(self, as_of: date | None = None) -> Moment:
        """The ledger as of a day. Raises UsageError for a day after the ledger's own, StoreError as the store does."""
        day = as_of or self.day
        if day > self.day:
            raise UsageError(f"{day} lies after {self.day}, the day at which this ledger stands.")
        with self._lock:  # readers who ask at once wait for one making instead of each making their own
            key = (revision(self.store), day)
            if key not in self._moments:
                self._moments[key] = self._made(*key)
                while len(self._moments) > KEPT:
                    self._moments.popitem(last=False)
            self._moments.move_to_end(key)
            return self._moments[key]

    def _made(self, state: str, day: date) -> Moment:
        if self._chronicle is None:
            self._chronicle = Chronicle(self.store, self.crisis)
        found = self._chronicle.settle(day, keep=False)
        reports = {c.report.id: c for c in self.store.coded(day.isoformat())}
        return Moment(day, state, self.crisis, found, reports, shortened(self.store))
