"""Coded items -> the Parquet files of one shard, a few reports at a time."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from brink.bulk.coder import Coder, coded_items
from brink.bulk.planning import Shard
from brink.export.parquet import TABLES, arrow, arrow_table, rejection_row, rows_of, schema
from brink.records import CodedReport, Rejection

HELD = 250
"""Reports whose rows are held before they are written: a row group of every table."""


@dataclass(frozen=True, slots=True)
class Written:
    """A table's file of one shard."""

    table: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Coded:
    """A shard that is coded: its files, how many inputs were left out, and how long it took."""

    shard: int
    sha: str
    files: tuple[Written, ...]
    left_out: int
    words: int
    seconds: float
    size: int

    def rows(self, table: str) -> int:
        """Rows of a table."""
        return sum(file.rows for file in self.files if file.table == table)


def code_into(coder: Coder, shard: Shard, folder: Path) -> Coded:
    """Code a shard and write `folder/TABLE.parquet` for each table that has rows. Raises BulkError, OSError."""
    began = time.monotonic()
    left_out = words = 0
    rows: Counter[str] = Counter()
    with ExitStack() as stack:
        writers: dict[str, Any] = {}
        for part in _parts(_rows(coder, shard)):
            for table in TABLES:
                found = [row for one in part for row in one.get(table, ())]
                if found:
                    _writer(table, writers, stack, folder).write_table(arrow_table(table, found))
                    rows[table] += len(found)
                    words += sum(row["words"] for row in found) if table == "reports" else 0
            left_out += sum(not one for one in part)
    files = tuple(_written(table, rows[table], folder) for table in TABLES if rows[table])
    return Coded(shard.number, shard.sha, files, left_out, words, time.monotonic() - began, shard.size)


def _rows(coder: Coder, shard: Shard) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """The rows of each item; an empty mapping for one that is left out."""
    for place, item in enumerate(coded_items(coder, shard)):
        if isinstance(item, Rejection):
            yield {"rejections": [rejection_row(item, shard.number, place)]}
        else:
            yield rows_of(item, shard.number, place) if isinstance(item, CodedReport) else {}


def _parts(rows: Iterable[dict[str, list[dict[str, Any]]]]) -> Iterator[list[dict[str, list[dict[str, Any]]]]]:
    held = []
    for row in rows:
        held.append(row)
        if len(held) == HELD:
            yield held
            held = []
    if held:
        yield held


def _writer(table: str, writers: dict[str, Any], stack: ExitStack, folder: Path) -> Any:
    if table not in writers:
        opened = arrow().parquet.ParquetWriter(folder / f"{table}.parquet", schema(table), compression="zstd")
        writers[table] = stack.enter_context(opened)
    return writers[table]


def _written(table: str, rows: int, folder: Path) -> Written:
    content = (folder / f"{table}.parquet").read_bytes()
    return Written(table, rows, len(content), hashlib.sha256(content).hexdigest())
