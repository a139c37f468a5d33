"""Full-text search over the newest versions: SQLite's FTS5, PostgreSQL's tsvector, one behaviour.

All words must be there, in title or text, whatever their case, accents and English endings; signs in a query mean
nothing. PostgreSQL looks at the first 200,000 characters of a text; SQLite ranks the newest `MOST` texts that have the
words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from brink.store.words import words

_BEFORE, _AFTER = 80, 160
_COLUMNS = "SELECT versions.report, versions.title, versions.outlet, versions.published, versions.text"
_ORDER = "versions.published DESC, versions.report"
MOST = 2000
"""Texts with all words, the newest to come in, of which the best are looked for: a common word is in every report."""
_SQLITE = text(  # texts are read of the best alone: they are most of a row
    f"{_COLUMNS} FROM (SELECT hit.key, hit.best FROM (SELECT rowid AS key, rank AS best FROM report_words "
    f"WHERE report_words MATCH :query AND rowid <= :last ORDER BY rowid DESC LIMIT {MOST}) AS hit "
    f"JOIN versions ON versions.key = hit.key WHERE versions.newest ORDER BY hit.best, {_ORDER} LIMIT :limit) AS found "
    f"JOIN versions ON versions.key = found.key ORDER BY found.best, {_ORDER}"
)
_POSTGRES = text(
    f"{_COLUMNS} FROM versions, plainto_tsquery('brink_words', brink_plain(:query)) AS query "
    "WHERE versions.words @@ query AND versions.newest "
    "ORDER BY ts_rank(versions.words, query) DESC, versions.published DESC NULLS LAST, versions.report LIMIT :limit"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A report that a search for the words `wanted` found, with its text."""

    report: str
    title: str | None
    outlet: str | None
    published: str | None
    text: str
    wanted: tuple[str, ...]

    @property
    def snippet(self) -> str:
        """The text's characters around the first of the words, made when it is asked for: of few is it shown."""
        return _snippet(self.text, self.wanted)


# The last text to come in of those published by a day, as near as a look at the newest of them tells.
_LAST = text(
    "SELECT max(key) FROM (SELECT key FROM versions WHERE published <= :day "
    "ORDER BY published DESC, report DESC LIMIT 500) AS near"
)


def search(connection: Connection, query: str, limit: int, day: str | None = None) -> list[Found]:
    """Give at most `limit` reports that have all words of `query`, the best first.

    With a `day` those looked at are the newest to come in by then, if reports came in the order of publication.
    """
    wanted = words(query)
    if not wanted or limit < 1:
        return []
    if connection.dialect.name == "postgresql":
        rows = connection.execute(_POSTGRES, {"query": " ".join(wanted), "limit": limit})
    else:
        quoted = " ".join(f'"{word}"' for word in wanted)
        last = connection.scalar(_LAST, {"day": day}) if day else None
        rows = connection.execute(_SQLITE, {"query": quoted, "limit": limit, "last": last or 2**62})
    return [Found(row.report, row.title, row.outlet, row.published, row.text, tuple(wanted)) for row in rows]


def _snippet(report: str, wanted: Sequence[str]) -> str:
    """The surroundings of the first word that begins as one of the words does, else the beginning of the text."""
    stems = tuple(word[: max(4, len(word) - 3)] for word in wanted)
    at = next((m.start() for m in re.finditer(r"\w+", report) if "".join(words(m[0])).startswith(stems)), 0)
    start, end = max(0, at - _BEFORE), min(len(report), at + _AFTER)
    while 0 < start < at and report[start - 1].isalnum():
        start += 1
    while at < end < len(report) and report[end - 1].isalnum() and report[end].isalnum():
        end -= 1
    shown = " ".join(report[start:end].split())
    return ("… " if start and shown else "") + shown + (" …" if end < len(report) and shown else "")
