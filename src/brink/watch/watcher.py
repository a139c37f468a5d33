"""What a watcher needs: its ledger, its settings, its manners, its name."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from brink.chronicle import Chronicle, camps_of
from brink.http import is_private
from brink.intake import IntakeOptions
from brink.records import Crisis, Register
from brink.settings import Settings
from brink.store import Hold, Store
from brink.watch.clock import Clock
from brink.watch.holders import new_holder

LEASE = 120.0
"""Seconds for which a watcher holds what it works on; another one takes over after that."""
LEAD = 600.0
"""Seconds after which another one lays the ledger, should the one who does not be heard of; longer than a laying."""
POLITE = 1.0
"""The longest wait between two pages of one host in a single pass."""
WIDE, NARROW = 8, 1


@dataclass(slots=True)
class Watcher:
    """One watcher. `single`: it makes one pass, so that it waits at most a second a host and ignores back-off."""

    store: Store
    settings: Settings
    register: Register
    clock: Clock
    crisis: Crisis | None = None
    single: bool = False
    holder: str = field(default_factory=new_holder)
    _private: dict[str, bool] = field(default_factory=dict)
    _chronicle: Chronicle | None = None

    @property
    def chronicle(self) -> Chronicle:
        """The happenings of its ledger."""
        if self._chronicle is None:
            self._chronicle = Chronicle(self.store, self.crisis, lasts=True)
        return self._chronicle

    def leads(self) -> bool:
        """Whether it lays the ledger: of watchers of one crisis and clock, one does for all. Raises StoreError."""
        named = f"{camps_of(self.crisis)} {self.clock.kind} {self.clock.day or ''}"
        return self.store.feeds.lead(named, Hold(self.holder, time.time(), LEAD))

    def close(self) -> None:
        """Keep what it laid for the next one. Raises StoreError."""
        if self._chronicle is not None:
            self._chronicle.close()

    def hold(self) -> Hold:
        """What it takes, it holds from now on."""
        return Hold(self.holder, time.time(), LEASE)

    def is_private(self, url: str) -> bool:
        """Whether an address is on a private network that this watcher may visit: nobody there needs our manners."""
        if not self.settings.allow_private:
            return False
        host = host_of(url)
        if host not in self._private:
            if len(self._private) > 10_000:
                self._private.clear()
            self._private[host] = is_private(url, self.settings)
        return self._private[host]

    def patience(self, url: str) -> float | None:
        """The longest wait between two pages of this address's site; None for what the site asks."""
        if self.is_private(url):
            return 0.0
        return POLITE if self.single else None

    def width(self, url: str) -> int:
        """How many pages it asks of one host at a time."""
        return WIDE if self.is_private(url) else NARROW

    def options(self) -> IntakeOptions:
        """How items and pages are read."""
        return IntakeOptions(settings=self.settings)


def host_of(url: str) -> str:
    """The host and port of an address, "" where it has none."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""
