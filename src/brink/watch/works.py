"""What is under way: feeds that are looked at and items that are read side by side, their results taken in in turn."""

from __future__ import annotations

import logging
import math
import time
from collections import Counter
from collections.abc import Sequence

from brink.store import FeedState, Waiting
from brink.watch.entering import enter
from brink.watch.holders import dead
from brink.watch.lanes import Lanes
from brink.watch.polling import poll
from brink.watch.reading import Read, lane_of, read_item
from brink.watch.watcher import Watcher, host_of

log = logging.getLogger(__name__)

THREADS = 16
MOST = 64
"""Items and feeds under way at once: enough for all threads, few enough to be given back soon by one who dies."""

Task = FeedState | Waiting


class Works:
    """A watcher at work, used by one thread in a `with`. Methods raise StoreError where the ledger cannot be used."""

    def __init__(self, watcher: Watcher) -> None:
        self.watcher = watcher
        self._lanes: Lanes[Task, str | Read | None] = Lanes(THREADS, self._do)
        self._under_way: set[int] = set()
        self.tried: set[int] = set()
        self.outcomes: Counter[str] = Counter()
        self.troubles: dict[int, str] = {}

    def __enter__(self) -> Works:
        return self

    def __exit__(self, *_: object) -> None:
        self._lanes.__exit__()

    @property
    def busy(self) -> int:
        """How many feeds and items are under way."""
        return self._lanes.busy

    def begin(self) -> None:
        """Free what watchers hold that died on this machine."""
        feeds = self.watcher.store.feeds
        if gone := dead(feeds.holders(self.watcher.hold().now), self.watcher.holder):
            feeds.release(gone)

    def poll(self, keys: Sequence[int], due: bool) -> list[int]:
        """Begin to look at those of these feeds that are free (`due`: and due); gives their keys."""
        room = MOST - self._lanes.busy
        if not keys or room <= 0:
            return []
        feeds = self.watcher.store.feeds.claim(keys, self.watcher.hold(), room, due)
        for feed in feeds:
            self._lanes.put(host_of(feed.address), self.watcher.width(feed.address), feed)
        return [feed.key for feed in feeds]

    def read_due(self) -> int:
        """Begin to read items of the queue that are due; tells how many."""
        return self._read(None) if self._lanes.busy < MOST // 2 else 0

    def read_untried(self) -> int:
        """Begin to read items that this watcher has not tried yet, whether due or not; tells how many."""
        room = MOST - self._lanes.busy
        if room < MOST // 2:
            return 0
        # On private networks nobody minds that every page is looked at again at each pass.
        again = math.inf if self.watcher.settings.allow_private else time.time()
        keys = [key for key in self.watcher.store.feeds.waiting(again) if key not in self.tried]
        for start in range(0, len(keys), MOST):  # what others hold does not stand in the way of the rest
            if taken := self._read(keys[start : start + MOST]):
                return taken
        return 0

    def _read(self, of: Sequence[int] | None) -> int:
        items = self.watcher.store.feeds.take(self.watcher.hold(), MOST - self._lanes.busy, of)
        fresh = [item for item in items if item.key not in self._under_way]
        for item in fresh:
            self._under_way.add(item.key)
            if self.watcher.single:
                self.tried.add(item.key)
            page = lane_of(item)
            self._lanes.put(host_of(page), self.watcher.width(page) if page else THREADS, item)
        return len(fresh)

    def next(self, seconds: float) -> list[str] | None:
        """Take in one result, waiting for it up to `seconds`: what became of an item's reports, [] for a feed.

        None if nothing was done in time.
        """
        done = self._lanes.get(seconds)
        if done is None:
            return None
        task, result = done
        self._under_way.discard(task.key) if isinstance(task, Waiting) else None
        if isinstance(result, BaseException):
            raise result
        if isinstance(task, FeedState):
            return self._polled(task, result if isinstance(result, str) else None)
        assert isinstance(result, Read)
        told = enter(self.watcher, task, result)
        self.outcomes.update(told)
        return told

    def _polled(self, feed: FeedState, trouble: str | None) -> list[str]:
        """What is wrong with a feed is told when it begins and when it is over, not at every look."""
        self.troubles.pop(feed.key, None)
        if trouble:
            self.troubles[feed.key] = trouble
        if trouble and not feed.failures and not self.watcher.single:
            log.warning("%s", trouble)
        elif feed.failures and not trouble:
            log.info("%s can be read again.", feed.url)
        return []

    def abandon(self, seconds: float) -> None:
        """Wait up to `seconds` for what is under way without taking it in, then let go of all that is held."""
        self._lanes.drop()
        while self._lanes.busy:
            done = self._lanes.get(seconds)
            if done is None:
                break
        self._under_way.clear()
        self.watcher.store.feeds.release([self.watcher.holder])

    def _do(self, task: Task) -> str | Read | None:
        return poll(self.watcher, task) if isinstance(task, FeedState) else read_item(self.watcher, task)


def unpolled(works: Works, keys: Sequence[int], since: str) -> list[int]:
    """Those of these feeds that nobody has looked at since a time (ISO 8601)."""
    named = set(keys)
    rows = [feed for feed in works.watcher.store.feeds.every() if feed.key in named]
    for feed in rows:
        if feed.polled and feed.polled >= since and feed.trouble and feed.failures:
            works.troubles[feed.key] = f"{feed.url}: {feed.trouble}"
    return [feed.key for feed in rows if not feed.polled or feed.polled < since]
