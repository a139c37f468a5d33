"""Texts as a database holds them, as they are compared, and as they are named by a hash."""

from __future__ import annotations

import hashlib
import re
import unicodedata

# PostgreSQL holds no NUL, and neither database half a surrogate pair.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """Give `text` with each character that a database refuses as U+FFFD; its length, so every offset, stays."""
    return _UNSTORABLE.sub("\ufffd", text)


def perhaps(text: str | None) -> str | None:
    """`storable` where there is a text."""
    return None if text is None else storable(text)


def sha(text: str) -> str:
    """The SHA-256 of a text, as 64 hex digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def words(text: str) -> list[str]:
    """The words of a text without case, accents and whatever stands between words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"\w+", "".join(char for char in plain if not unicodedata.combining(char)))
