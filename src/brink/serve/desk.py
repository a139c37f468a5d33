"""The ledger that is served: moments of it, made once each and kept while nothing changes."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from brink.chronicle import Chronicle, camps_of
from brink.errors import StoreError, UsageError
from brink.ledger import in_span
from brink.records import Crisis
from brink.serve.keeper import Keeper
from brink.serve.kept import Kept
from brink.serve.looked import Looked
from brink.serve.moment import Moment
from brink.serve.whole import Whole
from brink.settings import InForce
from brink.store import Store
from brink.store.pages import kept_of, revision, shortened, texts

KEPT = 6
"""Moments held at once: the ledger's own day and a few that somebody replays."""
WHOLE = 1000
"""Texts of reports up to which a ledger is laid and held in memory."""
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

    `crisis` is the one shown first, `others` may be chosen beside it; `settings` are shown, no more. A ledger of more
    than `whole` texts is not laid in memory for a page: pages read the tables that whoever lays it keeps.
    """

    store: Store
    crisis: Crisis = NO_CRISIS
    as_of: date | None = None
    clock: Callable[[], date] = today
    others: tuple[Crisis, ...] = ()
    settings: tuple[InForce, ...] = ()
    whole: int = WHOLE
    keeper: Keeper = field(default_factory=Keeper)
    _moments: OrderedDict[Key, Whole] = field(default_factory=OrderedDict, init=False)
    _chronicles: dict[str, Chronicle] = field(default_factory=dict, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

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
        if texts(self.store) > self.whole:
            return self._kept(day, name)
        with self._lock:  # readers who ask at once wait for one making instead of each making their own
            key = (revision(self.store), day, name)
            if key not in self._moments:
                self._moments[key] = self._made(*key)
                while len(self._moments) > KEPT:
                    self._moments.popitem(last=False)
            self._moments.move_to_end(key)
            return self._moments[key]

    def state(self, crisis: str | None = None) -> str:
        """A short text that changes whenever what pages show of the ledger's own day may have changed."""
        if texts(self.store) <= self.whole:
            return revision(self.store)
        laying = self.store.laying(camps_of(self.crises[crisis or key_of(self.crisis)]))
        return laying.sign[:16] if laying else ""

    def _made(self, state: str, day: date, name: str) -> Whole:
        crisis = self.crises[name]
        found = self._chronicle(name).settle(day, keep=False)
        coded = self.store.coded(day.isoformat())
        reports = {c.report.id: c for c in coded if in_span(c.report.published, crisis)}
        return Whole(day, state, crisis, shortened(self.store), happenings=found, reports=reports)

    def _kept(self, day: date, name: str) -> Kept:
        """What the tables for pages hold; the keeper brings them up to date where nobody else does."""
        crisis = self.crises[name]
        laying = self.store.laying(camps_of(crisis))
        self.keeper.look(self.store, self._chronicle(name), laying, self.day)
        if laying is None or not laying.mark:
            far = f", as far as {laying.clock}" if laying and laying.clock else ""
            raise StoreError(f"This ledger is being laid for its pages{far}; ask again in a while.")
        left = Looked(lambda report: kept_of(self.store, report))
        return Kept(day, laying.sign[:16], crisis, left, book=self.store.book(laying, day.isoformat()))

    def _chronicle(self, name: str) -> Chronicle:
        if name not in self._chronicles:
            self._chronicles[name] = Chronicle(self.store, self.crises[name])
        return self._chronicles[name]
