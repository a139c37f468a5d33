"""The ledger that is served: moments of it, made once each and kept while nothing changes."""

from __future__ import annotations

import functools
import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from brink.chronicle import Chronicle, camps_of, remembered
from brink.errors import StoreError, UsageError
from brink.ledger import in_span, parse_crisis
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
Key = tuple[str, date, Crisis]


def today() -> date:
    """The day it is, in UTC."""
    return datetime.now(UTC).date()


@functools.lru_cache(maxsize=256)
def read_added(id: str, text: str) -> Crisis:
    """The crisis of a file that was added on the pages. Raises CrisisError where it is none."""
    return parse_crisis(text, Path(f"{id}.toml"))


def key_of(crisis: Crisis) -> str:
    """The key that names a crisis in addresses: the letters and digits of its name."""
    return re.sub(r"[\W_]+", "-", crisis.name.casefold()).strip("-") or "crisis"


@dataclass
class Desk:
    """A ledger, its crises and the day it stands at; `as_of` None means today, whenever that is asked.

    `crisis` is the one shown first, `others` may be chosen beside it, and those that readers added (the store keeps
    them); `settings` are shown, no more. A ledger of more than `whole` texts is not laid in memory for a page: pages
    read the tables that whoever lays it keeps.
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
    _chronicles: dict[Crisis, Chronicle] = field(default_factory=dict, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def __post_init__(self) -> None:
        """Raises UsageError where two crises have one name."""
        names = [key_of(one) for one in (self.crisis, *self.others)]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise UsageError(f"Two of the crises are named '{twice}'; give one of them another name.")

    @property
    def crises(self) -> dict[str, Crisis]:
        """The crises by the keys that addresses name them with, the first one first."""
        return self.named | {id: one for id, one in self.added.items() if id not in self.named}

    @property
    def named(self) -> dict[str, Crisis]:
        """Those with which the server was started."""
        return {key_of(one): one for one in (self.crisis, *self.others)}

    @property
    def added(self) -> dict[str, Crisis]:
        """Those that readers added on the pages."""
        return {one.id: read_added(one.id, one.text) for one in self.store.offered()}

    def let_go(self, crisis: Crisis) -> None:
        """Forget what is held of a crisis that is no longer there, and its tables where no other is laid alike."""
        camps, rest = camps_of(crisis), [*self.crises.values(), remembered(self.store)]
        if all(camps_of(one) != camps for one in rest if one is not None):
            self.store.drop_laying(camps)
        with self._lock:
            self._chronicles.pop(crisis, None)
            for key in [key for key in self._moments if key[2] == crisis]:
                del self._moments[key]

    @property
    def day(self) -> date:
        """The ledger's own day: pages stand at it unless they are asked for an earlier one."""
        return self.as_of or self.clock()

    def moment(self, as_of: date | None = None, crisis: str | None = None) -> Moment:
        """The ledger as of a day, with the camps of a crisis (a key of `crises`, by default the first).

        Raises UsageError for a day after the ledger's own or a crisis that is not there, StoreError as the store does.
        """
        meant = self._meant(crisis)
        day = as_of or self.day
        if day > self.day:
            raise UsageError(f"{day} lies after {self.day}, the day at which this ledger stands.")
        if texts(self.store) > self.whole:
            return self._kept(day, meant)
        with self._lock:  # readers who ask at once wait for one making instead of each making their own
            key = (revision(self.store), day, meant)
            if key not in self._moments:
                self._moments[key] = self._made(*key)
                while len(self._moments) > KEPT:
                    self._moments.popitem(last=False)
            self._moments.move_to_end(key)
            return self._moments[key]

    def _meant(self, key: str | None) -> Crisis:
        if key is None:
            return self.crisis
        found = self.crises
        if key not in found:
            raise UsageError(f"There is no such crisis here; there are: {', '.join(found)}.")
        return found[key]

    def state(self, crisis: str | None = None) -> str:
        """A short text that changes whenever what pages show of the ledger's own day may have changed.

        Raises UsageError for a crisis that is not there.
        """
        if texts(self.store) <= self.whole:
            return revision(self.store)
        laying = self.store.laying(camps_of(self._meant(crisis)))
        return laying.sign[:16] if laying else ""

    def _made(self, state: str, day: date, crisis: Crisis) -> Whole:
        found = self._chronicle(crisis).settle(day, keep=False)
        coded = self.store.coded(day.isoformat())
        reports = {c.report.id: c for c in coded if in_span(c.report.published, crisis)}
        return Whole(day, state, crisis, shortened(self.store), happenings=found, reports=reports)

    def _kept(self, day: date, crisis: Crisis) -> Kept:
        """What the tables for pages hold; the keeper brings them up to date where nobody else does."""
        laying = self.store.laying(camps_of(crisis))
        self.keeper.look(self.store, self._chronicle(crisis), laying, self.day)
        if laying is None or not laying.mark:
            far = f", as far as {laying.clock}" if laying and laying.clock else ""
            raise StoreError(f"This ledger is being laid for its pages{far}; ask again in a while.")
        left = Looked(lambda report: kept_of(self.store, report))
        return Kept(day, laying.sign[:16], crisis, left, book=self.store.book(laying, day.isoformat()))

    def _chronicle(self, crisis: Crisis) -> Chronicle:
        if crisis not in self._chronicles:
            self._chronicles[crisis] = Chronicle(self.store, crisis)
        return self._chronicles[crisis]
