"""The ledger that is served: moments of it, made once each and kept while nothing changes."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from brink.chronicle import Chronicle
from brink.errors import UsageError
from brink.ledger import in_span
from brink.records import Crisis
from brink.serve.moment import Moment
from brink.settings import InForce
from brink.store import Store
from brink.store.pages import revision, shortened

KEPT = 6
"""Moments held at once: the ledger's own day and a few that somebody replays."""
NO_CRISIS = Crisis("All reports", None, None, ())
Key = tuple[str, date, str]


def today() -> date:
    """The day it is, in UTC."""
    return datetime.now(UTC).date()


def key_of(crisis: Crisis) -> str:
    """The key that names a crisis in addresses: the letters and digits of its name."""
    return re.sub(r"[\W_]+", "-", crisis.name.casefold()).strip("-") or "crisis"


@dataclass
class Desk:
    """A ledger, its crises and the day it stands at; `as_of` None means today, whenever that is asked.

    `crisis` is the one shown first, `others` may be chosen beside it; `settings` are shown, no more.
    """

    store: Store
    crisis: Crisis = NO_CRISIS
    as_of: date | None = None
    clock: Callable[[], date] = today
    others: tuple[Crisis, ...] = ()
    settings: tuple[InForce, ...] = ()
    _moments: OrderedDict[Key, Moment] = field(default_factory=OrderedDict)
    _chronicles: dict[str, Chronicle] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Raises UsageError where two crises have one name."""
        names = [key_of(one) for one in (self.crisis, *self.others)]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise UsageError(f"Two of the crises are named '{twice}'; give one of them another name.")

    @property
    def crises(self) -> dict[str, Crisis]:
        """The crises by the keys that addresses name them with, the first one first."""
        return {key_of(one): one for one in (self.crisis, *self.others)}

    @property
    def day(self) -> date:
        """The ledger's own day: pages stand at it unless they are asked for an earlier one."""
        return self.as_of or self.clock()

    def moment(self, as_of: date | None = None, crisis: str | None = None) -> Moment:
        """The ledger as of a day, with the camps of a crisis (a key of `crises`, by default the first).

        Raises UsageError for a day after the ledger's own or a crisis that is not there, StoreError as the store does.
        """
        name = crisis or key_of(self.crisis)
        if name not in self.crises:
            raise UsageError(f"There is no such crisis here; there are: {', '.join(self.crises)}.")
        day = as_of or self.day
        if day > self.day:
            raise UsageError(f"{day} lies after {self.day}, the day at which this ledger stands.")
        with self._lock:  # readers who ask at once wait for one making instead of each making their own
            key = (revision(self.store), day, name)
            if key not in self._moments:
                self._moments[key] = self._made(*key)
                while len(self._moments) > KEPT:
                    self._moments.popitem(last=False)
            self._moments.move_to_end(key)
            return self._moments[key]

    def _made(self, state: str, day: date, name: str) -> Moment:
        crisis = self.crises[name]
        if name not in self._chronicles:
            self._chronicles[name] = Chronicle(self.store, crisis)
        found = self._chronicles[name].settle(day, keep=False)
        coded = self.store.coded(day.isoformat())
        reports = {c.report.id: c for c in coded if in_span(c.report.published, crisis)}
        return Moment(day, state, crisis, found, reports, shortened(self.store))
