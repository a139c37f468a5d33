"""A database and its transactions: any number of readers, one writer at a time, on SQLite and PostgreSQL alike.

Each `reading()` sees one moment of the ledger, each `writing()` happens wholly or not at all. Neither stays open while
a caller works, so that a reader holds up nobody.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, Insert, StaticPool, create_engine, event, text
from sqlalchemy.exc import NoSuchModuleError

from brink.errors import StoreError
from brink.store.address import Address
from brink.store.refusals import told

_WRITES = "brink_writes"
_NEVER = "brink_never_begins"
CACHE = 16_000
"""Kilobytes of a SQLite file that a connection holds at most: one course of a pair goes through as much."""
# One lock for each schema of a database, so that two ledgers in one database do not wait for each other.
_ONE_WRITER = text("SELECT pg_advisory_xact_lock(hashtext('brink ' || current_schema()))")
_PATIENCE = text("SELECT set_config('lock_timeout', :wait, true)")


class Database:
    """An engine with Brink's rules for transactions.

    `wait` is how many seconds a writer waits for another one, `cache` how many kilobytes of a SQLite file each
    connection may hold.
    """

    def __init__(self, address: Address, wait: float, cache: int = CACHE) -> None:
        self.address, self._wait = address, wait
        self.is_postgres = address.kind == "postgresql"
        with told(address):
            self.engine = _server(address) if self.is_postgres else _file(address, wait, cache)
        # In memory there is but one connection, which threads use in turn.
        self._turn: AbstractContextManager[Any] = threading.RLock() if address.kind == "memory" else nullcontext()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment and changes nothing. Raises StoreError."""
        with told(self.address), self._turn, self.engine.connect() as connection:
            if self.is_postgres:
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that alone may write; an exception inside undoes all of it. Raises StoreError."""
        with told(self.address), self._turn, self.engine.connect() as connection:
            connection.execution_options(**{_WRITES: True})
            if self.is_postgres:  # what others wrote while this one waited must be seen, whatever the server's default
                connection.execution_options(isolation_level="READ COMMITTED")
            with connection.begin():
                if self.is_postgres:
                    connection.execute(_PATIENCE, {"wait": f"{round(self._wait * 1000)}ms"})
                    connection.execute(_ONE_WRITER)
                yield connection

    @contextmanager
    def outside(self) -> Iterator[Connection]:
        """A connection without a transaction, for what a database does not do inside one. Raises StoreError."""
        alone = {"isolation_level": "AUTOCOMMIT"} if self.is_postgres else {_NEVER: True}
        with told(self.address), self._turn, self.engine.connect() as connection:
            yield connection.execution_options(**alone)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def new_key(connection: Connection, row: Insert) -> int:
    """Insert one row and give the key that it got."""
    key = connection.execute(row).inserted_primary_key
    assert key is not None
    return int(key[0])


def _file(address: Address, wait: float, cache: int) -> Engine:
    arguments = {"timeout": wait, "check_same_thread": False}
    if address.kind == "memory":
        engine = create_engine(address.url, connect_args=arguments, poolclass=StaticPool)
    else:
        engine = create_engine(address.url, connect_args=arguments, pool_size=10, max_overflow=-1)  # readers never wait
    event.listen(engine, "connect", partial(_prepare, cache))
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(cache: int, raw: Any, _: object) -> None:
    """Write-ahead log, foreign keys, deleted text overwritten; transactions are begun by `_begin`, not by sqlite3."""
    raw.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "secure_delete = ON"):
        raw.execute(f"PRAGMA {pragma}")
    raw.execute(f"PRAGMA cache_size = -{cache}")


def _begin(connection: Connection) -> None:
    """A writer takes its lock at once: one that began as a reader could not wait for another writer."""
    options = connection.get_execution_options()
    if not options.get(_NEVER):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(_WRITES) else "BEGIN")


def _server(address: Address) -> Engine:
    try:
        return create_engine(address.url, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except (ImportError, NoSuchModuleError) as error:
        raise StoreError("PostgreSQL needs its driver: pip install 'brink-monitor[postgres]'.") from error
