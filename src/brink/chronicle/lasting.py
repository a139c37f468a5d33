"""A file in which what was laid outlives the one who laid it: whoever starts again reads on, and lays only what is new.

It stands beside a ledger in a file, in the user's data folder for one on a server, and is of use on this machine alone.
All in it was kept together (`keep`), so that it is whole whenever its owner is killed. One at a time has it. It holds
words of reports, so what the ledger forgets leaves it too; whoever deletes it loses nothing but time.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import socket
import sqlite3
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from brink.chronicle.state import Kept
from brink.errors import StoreError
from brink.ledger import Disk
from brink.store import Store

LOST = "The file of what was laid, {}, cannot be kept ({})."
CACHE = 8192
"""Kilobytes of the file that SQLite holds."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a file was kept with: by which Brink and for which crisis, and the sign that its ledger bears since."""

    made: str
    sign: str
    state: Kept


class Lasting:
    """The file of a ledger, for one crisis (`camps`, a hash). Raises StoreError where it cannot be written or read."""

    def __init__(self, store: Store, camps: str, file: sqlite3.Connection, path: Path) -> None:
        self._store, self._made, self._file, self._path = store, f"{camps} {_brink()}", file, path
        self._sign = "-"
        self._name = f"laid {hashlib.sha256(f'{socket.gethostname()} {path.resolve()}'.encode()).hexdigest()[:16]}"

    def found(self) -> tuple[Disk, Kept | None]:
        """A shelf with all that was kept last, and the state that was given then; an empty one and None for nothing."""
        try:
            self._begin("ROLLBACK")
            disk = Disk(file=self._file)
            kept = disk.get("lasting", "kept")
            if isinstance(kept, Sealed) and kept.made == self._made and kept.sign in self._signs():
                self._sign = kept.sign
                return disk, kept.state
        except (sqlite3.Error, StoreError):
            pass  # no such file, or one that was spoilt: it is made anew
        return self.emptied(), None

    def emptied(self) -> Disk:
        """An empty shelf; nothing of what lay there before can be read from the file any more."""
        try:
            self._begin("ROLLBACK")
            self._file.execute("DROP TABLE IF EXISTS shelf")
            self._begin("COMMIT")
            return Disk(file=self._file)
        except sqlite3.Error as error:
            raise StoreError(LOST.format(self._path, error)) from error

    def keep(self, disk: Disk, state: Kept) -> None:
        """Keep all that lies on the shelf, with a state. Killed at any moment, the one before is there, or this one."""
        before, self._sign = self._sign, secrets.token_hex(8)
        # First the ledger, which may then stand beside either. An older copy of it bears neither of the two signs.
        self._store.feeds.tell(self._name, f"{before} {self._sign}")
        disk.put("lasting", "kept", Sealed(self._made, self._sign, state))
        try:
            disk.write()
            self._begin("COMMIT")
        except sqlite3.Error as error:
            raise StoreError(LOST.format(self._path, error)) from error

    def _signs(self) -> list[str]:
        return (self._store.feeds.told(self._name) or "").split()

    def _begin(self, after: str) -> None:
        """Begin a transaction after the end of the one before: the file is ours throughout."""
        self._file.execute(after) if self._file.in_transaction else None
        self._file.execute("BEGIN IMMEDIATE")

    def close(self) -> None:
        """Let others have the file; what was not kept is gone."""
        self._file.close()


def opened(store: Store, camps: str) -> Lasting | None:
    """The file of what was laid of a ledger; None where it has none, or another one works with it."""
    path = store.beside
    if path is None:
        return None
    file: sqlite3.Connection | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        return Lasting(store, camps, file := _begun(path), path)
    except sqlite3.DatabaseError as error:
        file.close() if file else None
        if isinstance(error, sqlite3.OperationalError):  # another has it, or it cannot be written here
            return None
        path.unlink()  # whatever it is, it is none of ours
        return opened(store, camps)
    except OSError:
        return None


def _begun(path: Path) -> sqlite3.Connection:
    file = sqlite3.connect(path, timeout=0.0, check_same_thread=False, isolation_level=None)
    try:
        for pragma in (f"cache_size = -{CACHE}", "secure_delete = ON", "synchronous = NORMAL"):
            file.execute(f"PRAGMA {pragma}")
        file.execute("BEGIN IMMEDIATE")
        file.execute("SELECT count(*) FROM sqlite_master")
    except BaseException:
        file.close()
        raise
    return file


@cache
def _brink() -> str:
    """A sign of this very installation: another one may lay otherwise."""
    files = sorted(path for path in Path(str(resources.files("brink"))).rglob("*") if path.suffix != ".pyc")
    told = "\n".join(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files if path.is_file())
    return hashlib.sha256(told.encode()).hexdigest()[:16]
