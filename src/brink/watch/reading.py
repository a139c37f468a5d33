"""An item of the queue -> reports, or rejections with whether to try again."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

from brink.errors import Reason, ReportError
from brink.http import Page, StatusError, fetch_changed
from brink.intake import Item, article
from brink.records import Rejection, Report
from brink.store import Again, Waiting
from brink.watch.polling import wait
from brink.watch.watcher import Watcher

TRIES = 12
"""How often a page that cannot be had is tried, over about two days, before its item is given up until it changes."""
FIRST_WAIT = 60.0
FIRST_LOOK, LAST_LOOK, LOOK_FOR = 900.0, 24 * 3600.0, 7 * 24 * 3600.0
"""A page is looked at again a quarter of an hour after it was first read, then ever more seldom, for a week."""
_PASSING = frozenset({Reason.UNREACHABLE, Reason.TIMEOUT, Reason.ROBOTS})
_PASSING_STATUS = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Read:
    """What became of an item; `retry` is when to try what failed once more (seconds since 1970), None for never.

    `again` is what to keep for another look at its page.
    """

    found: tuple[Report | Rejection, ...]
    retry: float | None = None
    again: Again | None = None


def read_item(watcher: Watcher, waiting: Waiting) -> Read:
    """Read an item: from its own words, or from its page where the feed has only a summary. Raises nothing.

    A page that is looked at again and has not changed, or cannot be had, gives nothing: its report stands.
    """
    record = json.loads(waiting.record)
    items = [Item(**values) for values in record["items"]]
    found: list[Report | Rejection] = []
    retry, page = None, None
    for item in items:
        try:
            page = _page(watcher, waiting, item)
            if item.page is None or page is not None:
                found.append(article(item, record["outlet"], watcher.options(), page))
        except ReportError as error:
            found.append(Rejection(item.link or item.name, error.reason, str(error), item.id))
            if _may_pass(error) and waiting.tries + 1 < TRIES:
                retry = time.time() + wait(FIRST_WAIT, waiting.tries, 0.0)
        except Exception as error:  # a page that trips Brink itself must not stop the watch, nor go unseen
            message = f"Brink failed on this page ({type(error).__name__}); please report it with the page."
            found.append(Rejection(item.link or item.name, Reason.FAULT, message, item.id))
    if not waiting.fresh:
        found, retry = [one for one in found if isinstance(one, Report)], None
    return Read(tuple(dict.fromkeys(found)), retry, _again(waiting, record, page))


def _page(watcher: Watcher, waiting: Waiting, item: Item) -> Page | None:
    """The item's page; None if it needs none, or if it has not changed since it was read."""
    if item.page is None:
        return None
    seen = {} if waiting.fresh else {"etag": waiting.etag or "", "last-modified": waiting.modified or ""}
    return fetch_changed(item.page, watcher.settings, seen, watcher.settings.page_bytes, watcher.patience(item.page))


def _again(waiting: Waiting, record: dict[str, Any], page: Page | None) -> Again | None:
    """Articles are edited most in their first hours: the next look comes after the item's age, for a week."""
    last = record["items"][-1]
    age = time.time() - waiting.seen
    if last["full"] or not last["link"] or age > LOOK_FOR:
        return None
    tag, modified = waiting.etag, waiting.modified
    if page is not None:
        tag, modified = page.headers.get("etag"), page.headers.get("last-modified")
    short = {"outlet": record["outlet"], "items": [last | {"text": ""}]}
    return Again(json.dumps(short), time.time() + min(max(age, FIRST_LOOK), LAST_LOOK), tag, modified)


def lane_of(waiting: Waiting) -> str:
    """The address whose host an item needs, "" where its own words are enough."""
    items = (Item(**values) for values in json.loads(waiting.record)["items"])
    return next((item.page for item in items if item.page), "")


def _may_pass(error: ReportError) -> bool:
    """Whether the same page may well be had later."""
    if isinstance(error, StatusError):
        return error.status >= 500 or error.status in _PASSING_STATUS
    return error.reason in _PASSING
