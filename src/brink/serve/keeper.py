"""Keeps the tables for pages of a large ledger up to date where no watch does, beside the pages and never for one."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field
from datetime import date

from brink.chronicle import Chronicle, decided
from brink.errors import BrinkError
from brink.store import Laying, Store
from brink.store.pages import stand

log = logging.getLogger(__name__)
PATIENCE = 120.0
"""Seconds for which the tables may be behind before they are laid from here: a watch that runs is quicker."""


@dataclass
class Keeper:
    """One laying at a time, in a thread of its own. `patience` is in seconds."""

    patience: float = PATIENCE
    _behind: dict[str, tuple[str, float]] = field(default_factory=dict)
    _works: threading.Lock = field(default_factory=threading.Lock)

    def look(self, store: Store, chronicle: Chronicle, laying: Laying | None, day: date) -> None:
        """Begin laying where the tables have been behind, and nobody wrote them, for longer than `patience`."""
        if laying is not None and laying.mark and not _is_behind(store, laying, day):
            self._behind.pop(laying.camps, None)
            return
        camps, sign = (laying.camps, laying.sign) if laying else ("", "")
        known, since = self._behind.get(camps, ("", 0.0))
        if known != sign or since == 0.0:
            since = time.monotonic()
            self._behind[camps] = (sign, since)
        waits = laying is not None and time.monotonic() - since < self.patience
        if not waits and self._works.acquire(blocking=False):
            threading.Thread(target=self._lay, args=(chronicle, day), name="brink-keeper", daemon=True).start()

    def _lay(self, chronicle: Chronicle, day: date) -> None:
        try:
            chronicle.update(day, keep=False, pages=True)
        except BrinkError as error:
            log.warning("The ledger could not be laid for its pages: %s", error)
        finally:
            self._works.release()


def _is_behind(store: Store, laying: Laying, day: date) -> bool:
    if laying.clock < day.isoformat() or laying.decisions != decided(store.decisions()):
        return True
    return stand(store) != (laying.mark, laying.taken)
