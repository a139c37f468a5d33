"""What a database says when it cannot go on -> one sentence for a person (`StoreError`)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError, SQLAlchemyError

from brink.errors import StoreError
from brink.store.address import Address

LOCKED = "{shown} is locked: another program has been writing to it for too long; try again when that has ended."
FULL = "The disk of {shown} is full: nothing of the last step was written; make room and run it again."
LOST = "The connection to {shown} was lost: nothing of the last step was written; run it again when the server is back."
UNREACHED = "{shown} cannot be reached ({reason}); is the server running, and the address right?"
REFUSED = "{shown} cannot be used: {reason}."

_SQLITE = {
    "SQLITE_BUSY": LOCKED,
    "SQLITE_LOCKED": LOCKED,
    "SQLITE_FULL": FULL,
    "SQLITE_NOTADB": "{shown} is not a ledger: it is no SQLite file; name another file, or one that is not there yet.",
    "SQLITE_CORRUPT": "{shown} is damaged; put a backup in its place.",
    "SQLITE_CANTOPEN": "{shown} cannot be opened: name a file in a folder that exists and that you may write to.",
    "SQLITE_READONLY": "{shown} cannot be written: you may only read it.",
    "SQLITE_IOERR": "{shown} cannot be read or written: the disk reports a fault, or is full.",
}
_POSTGRES = {
    "55P03": LOCKED,
    "40P01": LOCKED,
    "53100": FULL,
    "57P": LOST,
    "08": LOST,
    "28": "{shown} refuses the user or the password; check the address.",
    "3D000": "{shown} does not exist; create it first, for instance with createdb.",
    "42501": "{shown} does not let this user do that: {reason}.",
    "53": "{shown} has no room for more connections or memory: {reason}.",
}


@contextmanager
def told(address: Address) -> Iterator[None]:
    """Turn what the database or its driver raises inside into a StoreError of one sentence."""
    try:
        yield
    except (IntegrityError, ProgrammingError) as error:
        if error.statement is not None and _sentence(error.orig, address) is None:
            raise  # the fault is Brink's own, not the database's
        raise _error(error, address) from error
    except SQLAlchemyError as error:
        raise _error(error, address) from error
    except sqlite3.Error as error:
        raise StoreError(_said(_sentence(error, address) or REFUSED, error, address)) from error


def _error(error: SQLAlchemyError, address: Address) -> StoreError:
    if not isinstance(error, DBAPIError) or error.orig is None:
        return StoreError(_said(REFUSED, error, address))
    sentence = _sentence(error.orig, address)
    if address.kind == "postgresql" and not getattr(error.orig, "sqlstate", None):
        # The driver knows no code for a connection that failed or broke.
        sentence = LOST if error.connection_invalidated else UNREACHED
    return StoreError(_said(sentence or REFUSED, error.orig, address))


def _sentence(cause: BaseException | None, address: Address) -> str | None:
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or ""
    table = _POSTGRES if address.kind == "postgresql" else _SQLITE
    fitting = [start for start in table if str(code).startswith(start)]
    return table[max(fitting, key=len)] if fitting else None


def _said(sentence: str, cause: BaseException, address: Address) -> str:
    first = str(cause).strip().splitlines() or [type(cause).__name__]
    said = sentence.format(shown=address.shown, reason=address.hidden(first[0]).rstrip(". "))
    return said[:1].upper() + said[1:] if address.path is None else said
