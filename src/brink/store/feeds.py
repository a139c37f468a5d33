"""Feeds that are watched, what each has shown, and the queue of items that wait to be read.

Whatever a feed says is in the queue before the feed counts as read, and leaves it only once its report or its rejection
is in the ledger: a watcher may be killed at any moment. Several watchers share a ledger by holding rows for a while.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, func, insert, or_, select, update

from brink.records import Rejection
from brink.store import leading
from brink.store.counting import reject
from brink.store.database import Database
from brink.store.news import taken
from brink.store.schema import CODINGS, DECISIONS, FEEDS, ITEMS, VERSIONS, WATCHED
from brink.store.words import perhaps, sha, storable

# As many names as go into one question to the database.
BATCH = 500
NEVER = 1e15
"""When an item that is done and needs no other look is due: what is due is found without a look at all that is done."""


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed as the ledger knows it; times are ISO 8601, `due` is in seconds since 1970."""

    key: int
    url: str
    address: str
    title: str | None
    listed: bool
    etag: str | None
    modified: str | None
    polled: str | None
    succeeded: str | None
    failures: int
    trouble: str | None
    due: float


@dataclass(frozen=True, slots=True)
class Shown:
    """What a feed shows of one report: its id, a sign that changes with it, and its words as JSON."""

    report: str
    sign: str
    record: str


@dataclass(frozen=True, slots=True)
class Polled:
    """A feed that was reached: what it shows (None: nothing has changed), and what to tell it the next time."""

    shown: Sequence[Shown] | None
    title: str | None = None
    etag: str | None = None
    modified: str | None = None
    moved: str | None = None
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item of the queue, or (not `fresh`) one that is done and whose page is looked at again.

    `tries` counts how often its page failed, `seen` is when the feed first showed it (seconds since 1970).
    """

    key: int
    report: str
    sign: str
    record: str
    tries: int
    fresh: bool
    seen: float
    etag: str | None
    modified: str | None


@dataclass(frozen=True, slots=True)
class Again:
    """What is kept of an item that is done so that its page can be looked at again when it is due."""

    record: str
    due: float
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """Who takes rows to work on them, at what time and for how many seconds at most."""

    holder: str
    now: float
    seconds: float


class Feeds:
    """The feeds of a ledger. Every method is one transaction and raises StoreError where it cannot be done."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def enter(self, urls: Mapping[str, str | None]) -> list[int]:
        """Enter feeds by their addresses, each with the name its list gives it, and give their keys.

        An address to which a known feed has moved is that feed.
        """
        with self._database.writing() as connection:
            return list(dict.fromkeys(_listed(connection, url, title) for url, title in urls.items()))

    def unlist(self, keys: Iterable[int]) -> None:
        """Say that feeds are no longer on the list; what they gave stays."""
        with self._database.writing() as connection:
            connection.execute(update(FEEDS).where(FEEDS.c.key.in_(list(keys))).values(listed=False))

    def unlist_idle(self, keys: Collection[int], since: str) -> None:
        """Say that feeds other than these are on no list any more if the last look at them is older than a time."""
        idle = (FEEDS.c.listed, FEEDS.c.key.not_in(keys), FEEDS.c.polled < since)
        with self._database.writing() as connection:
            connection.execute(update(FEEDS).where(*idle).values(listed=False))

    def every(self) -> list[FeedState]:
        """Give all feeds by address."""
        with self._database.reading() as connection:
            return [_state(row) for row in connection.execute(select(FEEDS).order_by(FEEDS.c.url))]

    def claim(self, keys: Sequence[int], hold: Hold, most: int, due: bool) -> list[FeedState]:
        """Hold those of these feeds that nobody holds, and give them; `due`: only those that are due."""
        with self._database.writing() as connection:
            which = [FEEDS.c.key.in_(keys), _free(FEEDS, hold.now)] + ([FEEDS.c.due <= hold.now] if due else [])
            chosen = select(FEEDS).where(*which).order_by(FEEDS.c.due, FEEDS.c.key).limit(most)
            rows = connection.execute(chosen).all()
            _take(connection, FEEDS, [row.key for row in rows], hold)
            return [_state(row) for row in rows]

    def polled(self, feed: int, found: Polled, at: str, now: float, due: float) -> int:
        """Take in what a feed shows, all of it or nothing, let go of it, and tell how many items are new or changed."""
        values: dict[str, Any] = {"polled": at, "succeeded": at, "failures": 0, "trouble": perhaps(found.trouble)}
        values |= {"due": due, "holder": None, "held_until": 0.0}
        if found.shown is not None:
            values |= {"etag": perhaps(found.etag), "modified": perhaps(found.modified)}
        with self._database.writing() as connection:
            if found.title:
                known = update(FEEDS).where(FEEDS.c.key == feed, FEEDS.c.title.is_(None))
                connection.execute(known.values(title=storable(found.title)))
            if found.moved:
                values["address"] = storable(found.moved)
            connection.execute(update(FEEDS).where(FEEDS.c.key == feed).values(values))
            return _enqueue(connection, feed, found.shown or (), now)

    def failed(self, feed: int, trouble: str, at: str, due: float) -> None:
        """Keep that a feed could not be read, let go of it, and look again when it is due."""
        values = {"polled": at, "trouble": storable(trouble), "due": due, "holder": None, "held_until": 0.0}
        with self._database.writing() as connection:
            which = update(FEEDS).where(FEEDS.c.key == feed)
            connection.execute(which.values(failures=FEEDS.c.failures + 1, **values))

    def waiting(self, again: float) -> list[int]:
        """Give the keys of all items that wait, the oldest first, then of those whose page is due again by a time."""
        due = (~ITEMS.c.waiting, ITEMS.c.due <= min(again, NEVER), ITEMS.c.record.is_not(None))
        with self._database.reading() as connection:
            return [
                key
                for which in ((ITEMS.c.waiting,), due)
                for key in connection.scalars(select(ITEMS.c.key).where(*which).order_by(ITEMS.c.key))
            ]

    def take(self, hold: Hold, most: int, of: Sequence[int] | None = None) -> list[Waiting]:
        """Hold items that nobody holds: those due, or of the keys `of` whether due or not.

        Those that wait come first, the oldest first; then those whose page is to be looked at again.
        """
        which = [ITEMS.c.record.is_not(None), _free(ITEMS, hold.now)]
        which.append(ITEMS.c.due <= hold.now if of is None else ITEMS.c.key.in_(of))
        with self._database.writing() as connection:
            rows: list[Row[Any]] = []
            for state in (ITEMS.c.waiting, ~ITEMS.c.waiting):  # each by itself, as an index is of both in turn
                chosen = select(ITEMS).where(state, *which).order_by(ITEMS.c.key).limit(most - len(rows))
                rows += connection.execute(chosen)
            _take(connection, ITEMS, [row.key for row in rows], hold)
            return [_item(row) for row in rows]

    def finished(self, item: Waiting, again: Again | None) -> None:
        """Say that an item's report is in the ledger. If the feed said something else meanwhile, it waits on."""
        with self._database.writing() as connection:
            _finish(connection, item, again)

    def refused(self, item: Waiting, rejections: Sequence[Rejection], again: float | None) -> None:
        """Count what was refused of an item, which is tried `again` at a time, or never (None) until it changes."""
        with self._database.writing() as connection:
            for rejection in rejections:
                reject(connection, rejection)
            if again is None:
                _finish(connection, item, None)
            else:
                values = {"due": again, "tries": item.tries + 1, "holder": None, "held_until": 0.0}
                connection.execute(update(ITEMS).where(ITEMS.c.key == item.key).values(values))

    def queue(self) -> int:
        """Count the items that wait."""
        with self._database.reading() as connection:
            return connection.scalar(select(func.count()).select_from(ITEMS).where(ITEMS.c.waiting)) or 0

    def holders(self, now: float) -> set[str]:
        """Give who holds feeds or items, or leads, at this moment."""
        with self._database.reading() as connection:
            found = [
                connection.scalars(select(table.c.holder).where(table.c.held_until > now).distinct())
                for table in (FEEDS, ITEMS)
            ]
            return {holder for rows in found for holder in rows if holder} | leading.leaders(connection, now)

    def release(self, holders: Iterable[str]) -> None:
        """Let go of all that these hold, because they are dead or have ended."""
        named = list(holders)
        with self._database.writing() as connection:
            for table in (FEEDS, ITEMS):
                free = update(table).where(table.c.holder.in_(named))
                connection.execute(free.values(holder=None, held_until=0.0))
            leading.release(connection, set(named))

    def lead(self, name: str, hold: Hold) -> bool:
        """Lead the watchers of this ledger under a name; tells whether it does, as no other one does at this time."""
        with self._database.writing() as connection:
            return leading.lead(connection, name, hold.holder, hold.now, hold.now + hold.seconds)

    def stamp(self) -> str:
        """A sign that changes with all that happenings are laid from: versions, codings, decisions, words forgotten."""
        with self._database.reading() as connection:
            newest = [connection.scalar(select(func.max(t.c.key))) or 0 for t in (VERSIONS, CODINGS, DECISIONS)]
            return "-".join(map(str, (*newest, sha(taken(connection))[:8])))

    def newest_day(self) -> str | None:
        """Give the newest publication day, None where no report has one."""
        with self._database.reading() as connection:
            day: str | None = connection.scalar(select(func.max(VERSIONS.c.published)).where(VERSIONS.c.newest))
            return day

    def told(self, name: str) -> str | None:
        """What a watcher noted under a name, None if none did."""
        with self._database.reading() as connection:
            return connection.scalar(select(WATCHED.c.value).where(WATCHED.c.name == name))

    def tell(self, name: str, value: str) -> None:
        """Note something for all watchers of this ledger."""
        with self._database.writing() as connection:
            tell(connection, name, value)


def tell(connection: Connection, name: str, value: str) -> None:
    """Note something under a name for all watchers."""
    if not connection.execute(update(WATCHED).where(WATCHED.c.name == name).values(value=value)).rowcount:
        connection.execute(insert(WATCHED).values(name=name, value=value))


def _listed(connection: Connection, url: str, title: str | None) -> int:
    url = storable(url)
    same = (FEEDS.c.url == url, FEEDS.c.address == url)
    row = connection.execute(select(FEEDS.c.key).where(or_(*same)).order_by((FEEDS.c.url != url), FEEDS.c.key)).first()
    if row is None:
        values = {"url": url, "address": url, "title": perhaps(title), "listed": True, "failures": 0}
        key = connection.execute(insert(FEEDS).values(**values, due=0.0, held_until=0.0)).inserted_primary_key
        assert key is not None
        return int(key[0])
    named = {"title": storable(title)} if title else {}
    connection.execute(update(FEEDS).where(FEEDS.c.key == row.key).values(listed=True, **named))
    return int(row.key)


def _enqueue(connection: Connection, feed: int, shown: Sequence[Shown], now: float) -> int:
    """Enter what is new or changed, the oldest first, as feeds begin with the newest."""
    known: dict[str, str] = {}
    ids = [one.report for one in shown]
    for start in range(0, len(ids), BATCH):
        of_feed = (ITEMS.c.feed == feed, ITEMS.c.report.in_(ids[start : start + BATCH]))
        rows = connection.execute(select(ITEMS.c.report, ITEMS.c.sign).where(*of_feed))
        known |= {row.report: row.sign for row in rows}
    fresh = {"waiting": True, "tries": 0, "due": now, "etag": None, "modified": None}
    new = [one for one in reversed(shown) if one.report not in known]
    if new:
        rows_ = [{"feed": feed, "held_until": 0.0, "seen": now, **fresh, **_columns(one)} for one in new]
        connection.execute(insert(ITEMS), rows_)
    changed = [one for one in reversed(shown) if known.get(one.report, one.sign) != one.sign]
    for one in changed:
        which = update(ITEMS).where(ITEMS.c.feed == feed, ITEMS.c.report == one.report)
        connection.execute(which.values(**fresh, **_columns(one)))
    return len(new) + len(changed)


def _columns(one: Shown) -> dict[str, str]:
    return {"report": one.report, "sign": one.sign, "record": one.record}


def _finish(connection: Connection, item: Waiting, again: Again | None) -> None:
    """The words of an item that is done go: the ledger keeps texts in one place alone."""
    kept: dict[str, Any] = {"record": None, "etag": None, "modified": None, "due": NEVER}
    if again is not None:
        kept = {"record": again.record, "etag": perhaps(again.etag), "modified": perhaps(again.modified)}
        kept["due"] = again.due
    free = {"holder": None, "held_until": 0.0}
    connection.execute(update(ITEMS).where(ITEMS.c.key == item.key).values(free))
    same = update(ITEMS).where(ITEMS.c.key == item.key, ITEMS.c.sign == item.sign)
    connection.execute(same.values(waiting=False, tries=0, **kept))


def _take(connection: Connection, table: Table, keys: Sequence[int], hold: Hold) -> None:
    if keys:
        held = update(table).where(table.c.key.in_(keys))
        connection.execute(held.values(holder=hold.holder, held_until=hold.now + hold.seconds))


def _free(table: Any, now: float) -> ColumnElement[bool]:
    return or_(table.c.holder.is_(None), table.c.held_until <= now)


def _item(row: Row[Any]) -> Waiting:
    return Waiting(
        key=row.key,
        report=row.report,
        sign=row.sign,
        record=row.record,
        tries=row.tries,
        fresh=row.waiting,
        seen=row.seen,
        etag=row.etag,
        modified=row.modified,
    )


def _state(row: Row[Any]) -> FeedState:
    values = row._mapping
    return FeedState(**{name: values[name] for name in FeedState.__dataclass_fields__})
