"""Tokens: who may read or write where a server can be reached by others. Hashed at rest, revocable at any time.

They stand in one file, which only its owner may read. A token is 256 random bits, so its SHA-256 needs no salt.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from brink.errors import UsageError
from brink.store import default_address

ROLES = ("read", "write")
PREFIX = "brink_"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a token: a name, a role ("read" or "write"), the token's hash, and the day it was made."""

    name: str
    role: str
    sha256: str
    made: str

    @property
    def may_write(self) -> bool:
        """Whether decisions by hand may be taken with it."""
        return self.role == "write"


def default_path() -> Path:
    """The file in the user's data folder, beside the default ledger."""
    return Path(default_address()).parent / "tokens.json"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens in one file, read anew for every question, so that a revoked one is worth nothing at once."""

    path: Path

    def holders(self) -> tuple[Holder, ...]:
        """Give who holds a token; none where there is no file. Raises UsageError where it cannot be read."""
        try:
            rows = json.loads(self.path.read_text("utf-8"))
            return tuple(Holder(**row) for row in rows)
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, TypeError) as error:
            raise UsageError(f"The file of tokens {self.path} cannot be read; move it away or mend it.") from error

    def holder(self, token: str) -> Holder | None:
        """Give who holds this token, None where nobody does."""
        sha = _sha(token)
        found = [one for one in self.holders() if hmac.compare_digest(one.sha256, sha)]
        return found[0] if found else None

    def add(self, name: str, role: str) -> str:
        """Make a token and give it, the only time that it is seen. Raises UsageError for a name that is taken."""
        if not re.fullmatch(r"[\w.@ -]{1,60}", name) or role not in ROLES:
            raise UsageError(
                "A token needs a name of up to 60 letters, digits, '.', '@', '-', and a role: read or write."
            )
        held = self.holders()
        if any(one.name == name for one in held):
            raise UsageError(f"'{name}' holds a token already; revoke it first.")
        token = PREFIX + secrets.token_urlsafe(32)
        self._write((*held, Holder(name, role, _sha(token), datetime.now(UTC).date().isoformat())))
        return token

    def revoke(self, name: str) -> None:
        """Make a token worthless. Raises UsageError where nobody of that name holds one."""
        held = self.holders()
        left = tuple(one for one in held if one.name != name)
        if len(left) == len(held):
            raise UsageError(f"'{name}' holds no token; `brink token list` names those who do.")
        self._write(left)

    def _write(self, holders: tuple[Holder, ...]) -> None:
        """Wholly or not at all, readable by the owner alone."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(dir=self.path.parent, prefix=".tokens-")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump([asdict(one) for one in holders], file, indent=1)
            Path(draft).replace(self.path)
        except OSError as error:
            raise UsageError(f"The file of tokens {self.path} cannot be written: {error.strerror}.") from error


def _sha(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
