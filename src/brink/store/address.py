"""Where a ledger lives: nothing (memory), a SQLite file, or a PostgreSQL database.

An address may hold a password; `Address.shown` is what messages say instead, and never holds one.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from brink.errors import StoreError

FILE_NAME = "ledger.sqlite"
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]+)://")
_POSTGRES = frozenset({"postgresql", "postgres", "postgresql+psycopg"})


@dataclass(frozen=True, slots=True)
class Address:
    """`kind` is memory, sqlite or postgresql; `path` stands for SQLite alone, `url` for the other two kinds too."""

    kind: str
    url: URL
    shown: str
    path: Path | None = None

    @property
    def beside(self) -> Path | None:
        """A file for what is laid of the ledger: beside it, or in the user's data folder; None for one in memory."""
        if self.path is not None:
            return self.path.with_name(f"{self.path.name}.laid")
        if self.kind == "memory":
            return None
        name = hashlib.sha256(self.url.set(password=None).render_as_string().encode()).hexdigest()[:16]
        return user_data_path("brink", appauthor=False) / "laid" / f"{name}.sqlite"

    def hidden(self, words: str) -> str:
        """`words` of a driver without the password, should it repeat it."""
        for secret in (self.url.password, self.url.query.get("password")):
            if secret:
                words = words.replace(str(secret), "***")
        return words


def default_address() -> str:
    """The SQLite file in the user's data folder that holds the ledger where no address is given."""
    return str(user_data_path("brink", appauthor=False) / FILE_NAME)


def shown_address(text: str) -> str:
    """An address as it may be shown: without a password. Raises StoreError where it is none."""
    return parse(text).shown


def parse(text: str | None) -> Address:
    """Read an address: nothing for memory, a path or sqlite:///PATH, or postgresql://….

    Raises StoreError where it is neither.
    """
    if not text or text == ":memory:":
        return Address("memory", URL.create("sqlite"), "the ledger in memory")
    scheme = _SCHEME.match(text)
    if scheme is None:
        return _file(Path(text))
    if scheme[1].lower() == "sqlite":
        path = text.removeprefix(scheme[0]).removeprefix("/")
        return _file(Path(path)) if path else parse(None)
    if scheme[1].lower() in _POSTGRES:
        return _server(text.replace(scheme[0], "postgresql+psycopg://", 1))
    raise StoreError(f"A ledger is a SQLite file or postgresql://USER@HOST/NAME; '{scheme[0]}…' is neither.")


def _file(path: Path) -> Address:
    path = path.expanduser()
    return Address("sqlite", URL.create("sqlite", database=str(path)), str(path), path)


def _server(text: str) -> Address:
    try:
        url = make_url(text)
    except (SQLAlchemyError, ValueError) as error:
        # The address itself is not repeated: what could not be read as one may still hold a password.
        raise StoreError("The PostgreSQL address cannot be read; write postgresql://USER@HOST:PORT/NAME.") from error
    place = f"{url.host or 'this machine'}:{url.port}" if url.port else url.host or "this machine"
    return Address("postgresql", url, f"the PostgreSQL database '{url.database or url.username or ''}' at {place}")
