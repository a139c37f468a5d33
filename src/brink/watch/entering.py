"""Reports into the ledger, and its happenings brought up to date."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

from brink import chronicle
from brink.errors import BrinkError, Reason
from brink.records import Happening, Rejection, Report
from brink.store import Waiting
from brink.store.happenings import KEPT
from brink.watch.reading import Read
from brink.watch.watcher import Watcher

log = logging.getLogger(__name__)


def enter(watcher: Watcher, waiting: Waiting, read: Read) -> list[str]:
    """Enter what an item became, and take it from the queue; tells what became of each ("new", "same", "rejected" …).

    It leaves the queue last: whoever is killed before finds it there again, and its report "same". A refusal is counted
    when it is met first, not at every try, and named in the log then (in a single pass always). Raises StoreError.
    """
    reports = [one for one in read.found if isinstance(one, Report)]
    refused = [one for one in read.found if isinstance(one, Rejection)]
    told: list[str] = []
    for report in reports:
        try:
            told += chronicle.read_in(watcher.store, [report], watcher.register)
        except BrinkError:
            raise
        except Exception as error:  # a text that trips the coder must not stop the watch, nor go unseen
            log.exception("coding %s failed", report.id)
            message = f"Brink failed on this text ({type(error).__name__}); please report it with the text."
            refused.append(Rejection(report.url or report.id, Reason.FAULT, message, report.id))
    if refused:
        counted = refused if waiting.tries == 0 else []
        for one in counted or (refused if watcher.single else ()):
            log.warning("%s: %s", "".join(c for c in one.where if c.isprintable()), one.message)
        watcher.store.feeds.refused(waiting, counted, read.retry)
    else:
        watcher.store.feeds.finished(waiting, read.again)
    return told + ["rejected" for _ in refused]


def settle(watcher: Watcher) -> tuple[Sequence[Happening], bool]:
    """Lay the ledger's reports into happenings and keep them; tells also whether the ledger changed meanwhile.

    If it did, they may be older than what another watcher kept, and must be laid again. Raises StoreError.
    """
    day, stamp = watcher.clock.today(), watcher.store.feeds.stamp()
    found = watcher.chronicle.update(day, pages=True)
    watcher.store.feeds.tell("settled", stamp)
    return found, watcher.store.feeds.stamp() != stamp


def is_settled(watcher: Watcher) -> bool:
    """Whether the happenings kept are of all that the ledger holds."""
    return watcher.store.feeds.told("settled") == watcher.store.feeds.stamp()


def kept(watcher: Watcher) -> str:
    """A sign that changes each time that happenings are kept, by whomever."""
    return watcher.store.feeds.told(KEPT) or ""


def settled(watcher: Watcher, most: int = 20) -> Iterator[Sequence[Happening]]:
    """Settle until nothing changed meanwhile, `most` times at most; gives the happenings of each time."""
    for _ in range(most):
        found, changed = settle(watcher)
        yield found
        if not changed:
            return
