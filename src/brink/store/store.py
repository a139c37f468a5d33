"""The door's object: each method is one transaction over the modules beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from types import TracebackType

from brink.errors import StoreError
from brink.records import CodedReport, Decision, Happening, Marking, OfficeHolding, Rejection
from brink.store import (
    adding,
    arriving,
    counting,
    crises,
    forgetting,
    laid,
    migrations,
    moving,
    news,
    offered,
    reading,
    whole_file,
)
from brink.store import happenings as _happenings
from brink.store import markings as _markings
from brink.store.address import default_address, parse
from brink.store.alerts import Alerts
from brink.store.book import Book
from brink.store.counting import Counts
from brink.store.crises import KeptCrisis
from brink.store.database import CACHE, Database
from brink.store.feeds import Feeds
from brink.store.laid import Laying, Step
from brink.store.news import News
from brink.store.offered import OfferedCrisis
from brink.store.reading import Version
from brink.store.search import Found, search

WAIT = 30.0


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The folder {folder} of the default ledger cannot be made: {error.strerror}.") from error


def open_store(address: str | None, wait: float = WAIT, make: bool = True, cache: int = CACHE) -> Store:
    """Open a ledger, making its tables or bringing them to this version of Brink where needed.

    `address` is None or empty for one in memory, a path or sqlite:///PATH, or postgresql://…; `wait` is how many
    seconds to wait for another program that writes to it, `cache` how many kilobytes of a SQLite file each connection
    may hold. Raises StoreError where it cannot be opened, and without
    `make` where there is no such file: a mistyped address is no empty ledger.
    """
    place = parse(address)
    if not make and place.path is not None and not place.path.exists():
        raise StoreError(f"There is no ledger at {place.path}; `brink read … --db {place.path}` makes one.")
    if place.path is not None and str(place.path) == default_address():
        _make_folder(place.path.parent)
    database = Database(place, wait, cache)
    try:
        migrations.upgrade(database)
    except BaseException:
        database.close()
        raise
    return Store(database)


class Store:
    """A ledger. Every method is one transaction and raises StoreError, in one sentence, where it cannot be done.

    Iterators hold no transaction while the caller works. Use it in a `with`, or close it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def feeds(self) -> Feeds:
        """The feeds that are watched and the queue of what they showed."""
        return Feeds(self._database)

    @property
    def alerts(self) -> Alerts:
        """The alerts that were raised, and how far each has come on its ways out."""
        return Alerts(self._database)

    @property
    def beside(self) -> Path | None:
        """Where what was laid of it may lie for the next one who lays it; None for a ledger in memory."""
        return self._database.address.beside

    def close(self) -> None:
        """Close every connection; a ledger in memory is gone then."""
        self._database.close()

    def add(self, coded: CodedReport, read_at: str | None) -> str:
        """Enter a coded report, read at `read_at` (ISO 8601, UTC), and tell what became of it.

        "new"; "same": this text by this coder is there already, nothing changed; "version": another text of a report
        that is there; "recoded": the codings of this text were replaced, the old ones are history. Raises UsageError
        where `read_at` is no time.
        """
        with self._database.writing() as connection:
            return adding.add(connection, coded, read_at)

    def reject(self, rejection: Rejection) -> None:
        """Keep an input that was refused; refused again for the same reason, it is the same with a higher count."""
        with self._database.writing() as connection:
            counting.reject(connection, rejection)

    def rejections(self) -> tuple[tuple[Rejection, int], ...]:
        """Give the inputs that were refused and how often each was, by place and reason."""
        with self._database.reading() as connection:
            return counting.rejections(connection)

    def coded(self, as_of: str | None = None) -> Iterator[CodedReport]:
        """Give the newest version of each report, or the one valid as of a publication day, by publication and id.

        A report without a publication day was published by the day it was read; if that is not known either, it is
        given as of every day. Raises UsageError where `as_of` is no day.
        """
        return reading.coded(self._database, as_of)

    def report(self, id: str, as_of: str | None = None) -> CodedReport | None:
        """Give the newest version of a report, or the one valid as of a publication day; None where there is none."""
        with self._database.reading() as connection:
            return reading.report(connection, id, as_of)

    def ahead(self, day: str) -> frozenset[str]:
        """Give the reports of which a version is published after a day."""
        with self._database.reading() as connection:
            return reading.ahead(connection, day)

    def versions(self, id: str) -> tuple[Version, ...]:
        """Give what is known of each version of a report, in the order in which they came."""
        with self._database.reading() as connection:
            return reading.versions(connection, id)

    def known(self, id: str, text_sha: str, coder: str) -> bool:
        """Whether `add` would find this text (its `text_sha`) by this coder to be the newest version already."""
        with self._database.reading() as connection:
            return reading.known(connection, id, text_sha, coder)

    def offices(self) -> Iterator[tuple[str, OfficeHolding]]:
        """Give who holds which office as the newest versions say it, each with its report's id."""
        return reading.offices(self._database)

    def save_happenings(self, happenings: Iterable[Happening]) -> str:
        """Make these the happenings of the ledger; what no longer holds of their statuses is kept as history.

        Gives a sign for `save_changes`.
        """
        found = tuple(happenings)  # whoever makes them must not hold up other writers, nor read in this transaction
        with self._database.writing() as connection:
            return _happenings.save(connection, found)

    def save_changes(self, happenings: Iterable[Happening], gone: Iterable[str], sign: str) -> str | None:
        """Keep happenings that changed since the saving that gave `sign`, take away those `gone`; gives a new sign.

        None, and nothing done, where others saved since: save all then.
        """
        found = tuple(happenings)
        with self._database.writing() as connection:
            return _happenings.save_changes(connection, found, gone, sign)

    def news(self, since: int = 0) -> News:
        """Give which reports came or were coded anew since a mark that this gave before."""
        with self._database.reading() as connection:
            return news.news(connection, since)

    def laying(self, camps: str) -> Laying | None:
        """Give what the tables for pages hold of a ledger laid with these camps (a hash), None for nothing."""
        with self._database.reading() as connection:
            return laid.found(connection, camps)

    def drop_laying(self, camps: str) -> None:
        """Take away what is kept of a ledger laid with these camps."""
        with self._database.writing() as connection:
            laid.drop(connection, camps)

    def begin_laying(self, camps: str) -> str:
        """Empty those tables for these camps, and give the sign for the first `lay`."""
        with self._database.writing() as connection:
            return laid.begin(connection, camps)

    def lay(self, step: Step) -> str | None:
        """Keep what laying changed and give a new sign; None, and nothing done, where others did since."""
        with self._database.writing() as connection:
            return laid.write(connection, step)

    def laid_signs(self, of: Laying) -> dict[str, str]:
        """Give the ids of the happenings that those tables hold now, each with the sign of its state."""
        with self._database.reading() as connection:
            return laid.signs(connection, of.key)

    def not_laid(self, of: Laying, as_of: str | None = None) -> tuple[str, ...]:
        """Give the ids of reports of which those tables hold another coding, or none, than holds as of a day."""
        with self._database.reading() as connection:
            return laid.behind(connection, of.key, as_of)

    def book(self, of: Laying, day: str) -> Book:
        """Open those tables as of a day, all at one moment of the ledger; close it soon."""
        return Book(self._database, of.key, day, of.sign)

    def happenings(self) -> Iterator[Happening]:
        """Give the happenings by first publication day and id."""
        return _happenings.every(self._database)

    def happening(self, id: str) -> Happening | None:
        """Give a happening, None where there is none of that id."""
        with self._database.reading() as connection:
            return _happenings.one(connection, id)

    def decide(self, decision: Decision) -> None:
        """Keep a decision by hand; the same one twice is one."""
        with self._database.writing() as connection:
            _happenings.decide(connection, decision)

    def decisions(self) -> tuple[Decision, ...]:
        """Give the decisions by hand in the order in which they came."""
        with self._database.reading() as connection:
            return _happenings.decisions(connection)

    def keep_crisis(self, crisis: KeptCrisis) -> KeptCrisis | None:
        """Remember a crisis file from now on and give the other one that it replaces; the same one changes nothing."""
        with self._database.writing() as connection:
            return crises.keep(connection, crisis)

    def crisis(self) -> KeptCrisis | None:
        """Give the crisis file that is remembered, None where there is none."""
        with self._database.reading() as connection:
            return crises.kept(connection)

    def offered(self) -> tuple[OfferedCrisis, ...]:
        """Give the crises that were added on the pages, in the order in which they were."""
        with self._database.reading() as connection:
            return offered.every(connection)

    def offer(self, one: OfferedCrisis) -> bool:
        """Keep a crisis that is added, and tell whether that could be: not where there is one of its id."""
        with self._database.writing() as connection:
            return offered.add(connection, one)

    def withdraw(self, id: str) -> bool:
        """Take an added crisis away, and tell whether there was one."""
        with self._database.writing() as connection:
            return offered.remove(connection, id)

    def mark(self, marking: Marking) -> None:
        """Keep what a reader says of a coding; said again by the same reader it is one."""
        with self._database.writing() as connection:
            _markings.mark(connection, marking)

    def markings(self, report: str | None = None) -> tuple[Marking, ...]:
        """Give what readers say of codings (of one report), the last word of each reader on each, by time."""
        with self._database.reading() as connection:
            return _markings.standing(connection, report)

    def marked(self) -> Iterator[tuple[Marking, CodedReport]]:
        """Give the same, each with the coded report as it was marked; where that is no longer there, it is left out."""
        return _markings.marked(self._database)

    def search(self, words: str, limit: int = 50, day: str | None = None) -> list[Found]:
        """Give the reports whose newest version has all these words in title or text, the best first.

        Of very many the newest are looked at; with a `day` (ISO 8601) those that were the newest then.
        """
        with self._database.reading() as connection:
            return search(connection, words, limit, day)

    def counts(self) -> Counts:
        """Count what the ledger holds."""
        with self._database.reading() as connection:
            return counting.counts(connection)

    def export(self, path: str | Path) -> None:
        """Write the whole ledger, as it is at this moment, to one file; others may write meanwhile."""
        target = self._elsewhere(path)
        with self._database.reading() as connection:
            whole_file.write_lines(target, moving.lines(connection))

    def import_(self, path: str | Path) -> None:
        """Take in a file that `export` wrote, wholly or not at all; what is there already is not doubled."""
        with self._database.writing() as connection:
            arriving.arrive(connection, whole_file.read_lines(Path(path)))

    def backup(self, path: str | Path) -> None:
        """Write a copy while others work: a SQLite file that can be opened, of PostgreSQL what `export` writes."""
        if self._database.is_postgres:
            return self.export(path)
        target = self._elsewhere(path)
        with whole_file.whole(target) as draft, self._database.outside() as connection:
            raw = connection.connection.driver_connection
            with closing(sqlite3.connect(draft)) as copy:
                assert isinstance(raw, sqlite3.Connection)
                raw.backup(copy)

    def forget(self, what: str) -> int:
        """Forget an address or a person: the text of the reports there, or that name the person, and all names in them.

        Counts, ids and offsets stay. Tells how many reports lost their text. Raises UsageError where `what` is empty.
        """
        with self._database.writing() as connection:
            done = forgetting.forget(connection, what)
        forgetting.scrub(self._database)
        return done

    def retain(self, outlet: str, keep: str) -> int:
        """Set what is kept of an outlet's texts ("full", "sentences", "spans"), those that are there included.

        Tells how many reports lost text. Raises UsageError where `keep` is none of these.
        """
        with self._database.writing() as connection:
            done = forgetting.retain(connection, outlet, keep)
        forgetting.scrub(self._database)
        return done

    def _elsewhere(self, path: str | Path) -> Path:
        """Raises StoreError where a copy would take the ledger's own place."""
        own = self._database.address.path
        if own is not None and Path(path).resolve() == own.resolve():
            raise StoreError(f"{path} is the ledger itself; name another file for its copy.")
        return Path(path)
