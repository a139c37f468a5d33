"""One pass over all feeds and their pages, and the same without end."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from brink.errors import BrinkError, StoreError, UsageError
from brink.records import Happening
from brink.watch.entering import is_settled, kept, settle, settled
from brink.watch.watcher import Watcher
from brink.watch.works import Works, unpolled

log = logging.getLogger(__name__)

TICK = 0.25
"""Seconds that the loop waits for something to happen before it looks around again."""
LOOK_ROUND = 30.0
"""Seconds after which a watcher looks for others that died."""
LEAST_PAUSE = 1.0
"""Seconds between two layings of happenings, at least; at least twice as long as one takes."""
LISTEN = 1.0
"""Seconds after which a watcher looks whether another one changed the ledger."""
LONGEST_PAUSE = 30.0
"""Seconds after which a ledger that cannot be reached is tried again, at most."""
FAREWELL = 3.0
IDLE = 24 * 3600.0
"""Seconds after which a feed that is on no list of the watchers that start, and was not looked at, is on none."""

After = Callable[[Sequence[Happening]], object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a pass brought: reports by what became of them, happenings, and what is wrong with which feed."""

    told: Counter[str]
    happenings: int
    troubles: tuple[str, ...]


@dataclass(slots=True)
class Wishes:
    """What a watcher is asked for while it runs: to stop, to read its list of feeds again.

    Plain flags, as a signal's handler may set nothing that has a lock.
    """

    stop: bool = False
    reload: bool = False


def once(watcher: Watcher, feeds: Mapping[str, str | None], after: After | None = None) -> Outcome:
    """Look at every feed and read every item that waits, each once, whatever back-off an earlier run left behind.

    What others hold is theirs; feeds that another watcher looks at meanwhile count as looked at. Raises StoreError.
    """
    keys = _entered(watcher, feeds)
    with Works(watcher) as works:
        works.begin()
        _pass(works, keys)
        count = _laid(works, after)
    _close(watcher)
    return Outcome(works.outcomes, count, tuple(works.troubles[key] for key in sorted(works.troubles)))


def _laid(works: Works, after: After | None) -> int:
    """Lay the ledger after a pass, or wait until another watcher has; tells how many happenings there are."""
    watcher, count = works.watcher, 0
    while not watcher.leads():
        if is_settled(watcher):
            if after is not None:
                after(tuple(watcher.store.happenings()))
            return watcher.store.counts().happenings
        time.sleep(TICK)
        works.begin()
    for found in settled(watcher):
        count = len(found)
        if after is not None:
            after(found)
    watcher.store.feeds.release([watcher.holder])
    return count


def _entered(watcher: Watcher, listed: Mapping[str, str | None]) -> list[int]:
    """The keys of the feeds that are listed; those of a former list, at which nobody looks any more, are not."""
    keys = watcher.store.feeds.enter(listed)
    idle = datetime.fromtimestamp(time.time() - IDLE, UTC)
    watcher.store.feeds.unlist_idle(keys, idle.isoformat(timespec="seconds"))
    return keys


def _pass(works: Works, keys: Sequence[int]) -> None:
    began = datetime.now(UTC).isoformat(timespec="seconds")
    left = list(keys)
    while True:
        begun = works.poll(left, due=False)
        left = [key for key in left if key not in begun]
        read = works.read_untried()
        works.next(TICK if works.busy else 0.0)
        if not begun and not read and not works.busy:
            left = unpolled(works, left, began) if left else []
            if not left and not works.read_untried():
                return
            time.sleep(TICK)


def watch(
    watcher: Watcher,
    feeds: Callable[[], Mapping[str, str | None]],
    wishes: Wishes,
    after: After | None = None,
) -> Counter[str]:
    """Poll without end, until `wishes.stop`; gives what became of all reports.

    `feeds` gives the list, again when `wishes.reload` is set; `after` gets the happenings each time they were laid. A
    ledger that cannot be reached is waited for. Raises UsageError if the first list cannot be read.
    """
    listed = feeds()
    with Works(watcher) as works:
        turn = _Turn(works, listed, after)
        pause = 1.0
        while not wishes.stop:
            try:
                if wishes.reload:
                    _reload(turn, feeds, wishes)
                turn.go()
                pause = 1.0
            except StoreError as error:
                log.warning("%s Trying again in %g seconds.", error, pause)
                turn.begun = False
                _wait(wishes, pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        _farewell(turn)
    return works.outcomes


def _reload(turn: _Turn, feeds: Callable[[], Mapping[str, str | None]], wishes: Wishes) -> None:
    """Read the list again; where the ledger is out of reach the wish stands until it is not."""
    wishes.reload = False
    try:
        turn.relist(feeds)
    except StoreError:
        wishes.reload = True
        raise


def _wait(wishes: Wishes, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not wishes.stop and time.monotonic() < until:
        time.sleep(TICK)


class _Turn:
    """One time round the loop, and what it must remember."""

    def __init__(self, works: Works, listed: Mapping[str, str | None], after: After | None) -> None:
        self.works, self.after = works, after
        self._listed, self._keys = listed, list[int]()
        self.begun = False
        self._dirty, self._day = True, date.min
        self._settle_at = self._look_at = self._listen_at = 0.0
        self._leads, self._heard = False, ""

    def relist(self, feeds: Callable[[], Mapping[str, str | None]]) -> None:
        """Read the list again; one that cannot be read changes nothing."""
        try:
            listed = feeds()
        except UsageError as error:
            log.warning("The list of feeds stays as it was: %s", error)
            return
        store = self.works.watcher.store.feeds
        keys = store.enter(listed)
        store.unlist(set(self._keys) - set(keys))
        self._listed, self._keys = listed, keys
        log.info("The list of feeds was read again: %d feeds.", len(self._keys))

    def go(self) -> None:
        """Begin what is due, take in what is done, lay happenings where something changed."""
        if not self.begun:
            self._begin()
        now = time.monotonic()
        if now >= self._look_at:
            self.works.begin()
            self._leads = self._leads and self.works.watcher.leads()
            self._look_at = now + LOOK_ROUND
        self.works.poll(self._keys, due=True)
        self.works.read_due()
        self._take_in()
        self.settle_if_due()

    def _begin(self) -> None:
        """At the start, and after the ledger was out of reach: nothing under way counts."""
        self.works.abandon(self.works.watcher.settings.timeout + 5.0)
        self._keys = _entered(self.works.watcher, self._listed)
        self.begun = True

    def _take_in(self) -> None:
        """Results for as long as there are any, but not longer than a tick."""
        until = time.monotonic() + TICK
        while (left := until - time.monotonic()) > 0:
            told = self.works.next(left)
            if told is None:
                return
            self._dirty = self._dirty or bool(set(told) - {"same", "rejected"})

    def settle_if_due(self, at_once: bool = False) -> None:
        """Lay the happenings if something changed, or the day did; where another watcher lays them, hear of it."""
        today = self.works.watcher.clock.today() or date.min
        if time.monotonic() < self._settle_at and not at_once:
            return
        self._dirty = self._dirty or self._was_changed(at_once)
        if not (self._dirty or today != self._day):
            return
        began = time.monotonic()
        self._leads = self.works.watcher.leads()
        self._settle() if self._leads else self._hear()
        self._day = today if self._leads else date.min
        self._settle_at = time.monotonic() + max(LEAST_PAUSE, 2 * (time.monotonic() - began))

    def _was_changed(self, at_once: bool) -> bool:
        """Whether another watcher, or whoever decides by hand, changed the ledger since it was laid."""
        if time.monotonic() < self._listen_at and not at_once:
            return False
        self._listen_at = time.monotonic() + LISTEN
        return not is_settled(self.works.watcher)

    def _settle(self) -> None:
        self._dirty = False
        try:
            found, self._dirty = settle(self.works.watcher)
        except BaseException:
            self._dirty = True
            raise
        if self.after is not None:
            self.after(found)

    def _hear(self) -> None:
        """What another watcher laid, for whoever is to get it."""
        self._dirty = False
        if self.after is None:
            return
        sign = kept(self.works.watcher)
        if sign != self._heard:
            self.after(tuple(self.works.watcher.store.happenings()))
            self._heard = sign


def _farewell(turn: _Turn) -> None:
    """What can still be told is told; the rest waits in the queue, held by nobody.

    Who leads looks once more after others may: what they entered when it had laid is laid by it or by them.
    """
    try:
        turn.settle_if_due(at_once=True)
        turn.works.abandon(FAREWELL)
        turn.settle_if_due(at_once=True)
        turn.works.abandon(0.0)
    except BrinkError as error:
        log.warning("%s", error)
    _close(turn.works.watcher)


def _close(watcher: Watcher) -> None:
    """A laying that cannot be kept costs the next one time, nothing else."""
    try:
        watcher.close()
    except BrinkError as error:
        log.warning("%s", error)
