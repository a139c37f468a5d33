"""Feeds in, again and again: RSS, Atom and JSON Feed -> reports and happenings in a ledger, none lost, none twice.

`feeds_of(where)` reads OPML files and addresses; `once(watcher, feeds)` makes one pass over all feeds and their pages;
`watch(watcher, ...)` polls without end until it is told to stop. A `Watcher` holds what both need. Raises StoreError
where the ledger cannot be used; everything a feed or a page does wrong is noted in the ledger instead.

    watcher    what a watcher needs; clock: the day its ledger stands at
    lists      OPML files and addresses -> feeds
    polling    one look at one feed: conditional GET, back-off, jitter
    reading    an item of the queue -> reports or rejections
    lanes      threads that fetch, so many at a time from one host
    holders    who works on what, and who is dead
    entering   reports into the ledger, happenings brought up to date
    works      what is under way
    running    one pass; without end
"""

from brink.watch.clock import Clock
from brink.watch.lists import feeds_of
from brink.watch.running import Outcome, Wishes, once, watch
from brink.watch.watcher import Watcher

__all__ = ["Clock", "Outcome", "Watcher", "Wishes", "feeds_of", "once", "watch"]
