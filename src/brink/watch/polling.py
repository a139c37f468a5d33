"""One look at one feed: whatever it shows is in the queue before the feed counts as read."""

from __future__ import annotations

import json
import random
import time
from dataclasses import asdict
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from brink.errors import ReportError
from brink.http import Page, StatusError, fetch_changed
from brink.intake import Feed, Item, Origin, parse_feed
from brink.store import FeedState, Polled, Shown
from brink.watch.watcher import Watcher

LONGEST_WAIT = 6 * 3600.0
"""A dead feed is asked again after that many seconds at most, unless its server names a longer time."""
JITTER = 0.1
"""Looks are put off or brought forward by up to this share, so that feeds do not come in step."""
ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
LONGEST_ASKED = 24 * 3600.0


def poll(watcher: Watcher, feed: FeedState) -> str | None:
    """Look at one feed and note in the ledger what came of it. Gives what is wrong in one sentence, None if nothing is.

    Raises StoreError alone.
    """
    at = datetime.now(UTC)
    try:
        page = fetch_changed(
            feed.address, watcher.settings, _seen(feed), watcher.settings.feed_bytes, watcher.patience(feed.address)
        )
        found = Polled(None) if page is None else _found(page, feed, at)
    except ReportError as error:
        due = time.time() + wait(watcher.settings.watch_interval, feed.failures + 1, _asked(error))
        watcher.store.feeds.failed(feed.key, str(error), at.isoformat(timespec="seconds"), due)
        return f"{feed.url}: {error}"
    now = time.time()
    due = now + wait(watcher.settings.watch_interval, 0, 0.0)
    watcher.store.feeds.polled(feed.key, found, at.isoformat(timespec="seconds"), now, due)
    return None


def wait(interval: float, failures: int, asked: float) -> float:
    """Seconds until the next look: the interval, doubled with each failure up to six hours; `asked` is the least."""
    seconds = min(interval * 2.0 ** min(failures, 20), max(LONGEST_WAIT, interval))
    return max(seconds * random.uniform(1 - JITTER, 1 + JITTER), asked)


def _seen(feed: FeedState) -> dict[str, str]:
    return {"etag": feed.etag or "", "last-modified": feed.modified or "", "accept": ACCEPT}


def _asked(error: ReportError) -> float:
    """The seconds that a server asks to be left alone (Retry-After, as seconds or as a date), a day at most."""
    text = error.retry_after if isinstance(error, StatusError) else None
    if not text:
        return 0.0
    try:
        seconds = float(text) if text.strip().isdigit() else parsedate_to_datetime(text).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError):
        return 0.0
    return min(max(seconds, 0.0), LONGEST_ASKED)


def _found(page: Page, feed: FeedState, at: datetime) -> Polled:
    """A feed that broke off is asked for again whole, whatever its server says of changes.

    GUIDs are of the address that the list names: a feed that moves keeps its items.
    """
    typed = f"{page.content_type}; charset={page.charset}" if page.charset else page.content_type
    read = parse_feed(page.content, typed, Origin(feed.url, page.final_url, at))
    cut = None if read.whole else "The feed breaks off before its end; its last item is left for the next time."
    tag, modified = (page.headers.get(name) if read.whole else None for name in ("etag", "last-modified"))
    return Polled(_shown(read, feed), read.title, tag, modified, page.moved, cut)


def _shown(read: Feed, feed: FeedState) -> list[Shown]:
    """One row a report: items of one GUID are one, with all their words, so that no order of theirs is a change."""
    groups: dict[str, list[Item]] = {}
    for item in read.items:
        groups.setdefault(item.id, []).append(item)
    outlet = feed.title or read.title
    return [
        Shown(id, "+".join(sorted({item.sign[:32] for item in items})), _record(items, outlet))
        for id, items in groups.items()
    ]


def _record(items: list[Item], outlet: str | None) -> str:
    """The words of items as JSON, the oldest first, as feeds begin with the newest."""
    return json.dumps({"outlet": outlet, "items": [asdict(item) for item in reversed(items)]})
