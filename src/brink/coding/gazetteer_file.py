"""How a gazetteer is laid out in its SQLite file, and how one is written.

The build of the package (build_gazetteer.py) loads this file alone, before Brink's dependencies are there: it
imports the standard library only.
"""

from __future__ import annotations

import hashlib
import sqlite3
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

LAYOUT = "1"

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE country (iso2 TEXT PRIMARY KEY, iso3 TEXT, id INTEGER, capital INTEGER) WITHOUT ROWID;
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, kind TEXT, iso2 TEXT, region INTEGER, lat INTEGER, lon INTEGER,
                    population INTEGER);
CREATE TABLE name (key TEXT, id INTEGER, PRIMARY KEY (key, id)) WITHOUT ROWID;
"""

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ə": "a"}
    | {"&": " and "}
    | dict.fromkeys("-‐‑–—/,()", " ")
    | dict.fromkeys("'’‘ʻʼ`´.\"“”", None)
)


class Row(NamedTuple):
    """One place of a gazetteer. `kind`: P populated, A first-level region, B lower region, C country, H water,
    T relief, L area, S facility. `region` is the GeoNames id of its first-level region; `lat`/`lon` are degrees."""

    id: int
    name: str
    kind: str
    iso2: str
    region: int | None
    lat: float
    lon: float
    population: int
    keys: tuple[str, ...]


class CountryRow(NamedTuple):
    """One country: its codes, its GeoNames id and that of its capital."""

    iso2: str
    iso3: str
    id: int
    capital: int | None


@lru_cache(maxsize=20_000)
def key_of(name: str) -> str:
    """Give the form under which a name is filed and looked up: no case, accents, apostrophes, points or hyphens."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    words = letters.translate(_LETTERS).split()
    return " ".join("saint" if word == "st" else word for word in words)


def write(out: Path, rows: Iterable[Row], countries: Iterable[CountryRow], source: str) -> str:
    """Write a gazetteer to `out`, in place of what is there, and give the hash of its content.

    `rows` may be many more than memory holds; `source` says where the facts come from.
    """
    draft = out.with_suffix(".part")
    draft.unlink(missing_ok=True)
    try:
        digest = _fill(draft, rows, countries, source)
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)
    return digest


def _fill(draft: Path, rows: Iterable[Row], countries: Iterable[CountryRow], source: str) -> str:
    base = sqlite3.connect(draft)
    try:
        base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;" + _TABLES)
        base.executemany("INSERT OR REPLACE INTO country VALUES (?, ?, ?, ?)", countries)
        for row in rows:
            _insert(base, row)
        digest = _digest(base)
        licence = "CC BY 4.0, https://www.geonames.org"
        meta = {"hash": digest, "layout": LAYOUT, "licence": licence, "source": source}
        base.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
        base.commit()
        base.execute("VACUUM")
    finally:
        base.close()
    return digest


def _insert(base: sqlite3.Connection, row: Row) -> None:
    # Degrees times 10,000 (eleven metres) as whole numbers take half the room of floats.
    values = (
        row.id,
        row.name,
        row.kind,
        row.iso2,
        row.region,
        round(row.lat * 1e4),
        round(row.lon * 1e4),
        row.population,
    )
    base.execute("INSERT OR REPLACE INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    base.executemany("INSERT OR IGNORE INTO name VALUES (?, ?)", [(key, row.id) for key in row.keys])


def _digest(base: sqlite3.Connection) -> str:
    """The hash is of the content, not of the file, whose bytes depend on the SQLite that wrote it."""
    sha = hashlib.sha256()
    for table in ("country", "place", "name"):
        for row in base.execute(f"SELECT * FROM {table} ORDER BY 1, 2"):
            sha.update(repr(row).encode())
    return sha.hexdigest()[:16]
