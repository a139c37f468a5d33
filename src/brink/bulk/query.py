"""Questions in SQL about a dataset or a ledger, answered by DuckDB.

Both show the same tables (`reports`, `statements`, `events`, `unknowns`, `rejections`, `happenings`) with the same
columns; of a dataset only committed shards are seen. The question can read these tables and nothing else: no other
file, no network.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from brink.bulk.dataset import Dataset
from brink.errors import BulkError, UsageError
from brink.export.cells import safe
from brink.export.parquet import TABLES, arrow, arrow_table, happening_row, rejection_row, rows_of, schema
from brink.store import Store, open_store

ALL = (*TABLES, "happenings")
BATCH = 10_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gives: names of the columns, and rows a batch at a time; it is answered when they are asked for.

    `rows` and `batches` raise UsageError where a row cannot be made (a text that is no number, say).
    """

    names: tuple[str, ...]
    connection: Any
    sql: str

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows, as they come."""
        with _refusals():
            result = self.connection.execute(self.sql)
            while part := result.fetchmany(BATCH):
                yield from part

    def batches(self) -> tuple[Any, Iterator[Any]]:
        """The schema and the batches of rows, as Arrow has them."""
        with _refusals():
            reader = self.connection.sql(self.sql).to_arrow_reader(BATCH)
        return reader.schema, _batches(reader)


@contextmanager
def answer(sql: str, where: str) -> Iterator[Answer]:
    """Ask a dataset's folder or a ledger's address. Raises UsageError for bad SQL, BulkError or StoreError else."""
    try:
        import duckdb
    except ImportError:
        raise UsageError("Queries need duckdb and pyarrow: pip install 'brink-monitor[bulk]'.") from None
    with duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"}) as connection:
        with _refusals():
            kinds = [one.type for one in connection.extract_statements(sql)]
        # MULTI is a PIVOT, which asks its table for the columns first.
        if len(kinds) != 1 or kinds[0].name not in ("SELECT", "MULTI", "EXPLAIN"):
            raise UsageError("A query is one question; ask with SELECT.")
        names = asked(sql)
        for name, table in [*((name, arrow_table(name, [])) for name in ALL), *_tables(where, names)]:
            connection.register(name, table)
        # Whatever DuckDB itself would print goes between the rows.
        connection.execute("SET enable_progress_bar = false")
        connection.execute("SET enable_external_access = false; SET lock_configuration = true")
        with _refusals():
            relation = connection.sql(sql)
        yield Answer(tuple(relation.columns), connection, sql)


@contextmanager
def _refusals() -> Iterator[None]:
    """DuckDB's errors as one sentence of a UsageError, with the hint that it gives, if any."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        words = " ".join(str(error).partition("\n\n")[0].splitlines())
        raise UsageError(f"The query cannot be answered: {words}") from error


def _batches(reader: Any) -> Iterator[Any]:
    with _refusals():
        yield from reader


def asked(sql: str) -> tuple[str, ...]:
    """The tables that a question may read: those whose name stands in it."""
    return tuple(name for name in ALL if re.search(rf"\b{name}\b", sql, re.IGNORECASE))


def _tables(where: str, names: Iterable[str]) -> Iterator[tuple[str, Any]]:
    path = Path(where)
    if path.is_dir():
        dataset = Dataset(path)
        dataset.manifest()
        for name in names:
            yield name, _of_dataset(dataset, name)
        return
    if "://" not in where and not path.is_file():
        raise BulkError(f"There is neither a dataset nor a ledger at {where}.")
    with open_store(where) as store:
        for name in names:
            yield name, _of_ledger(store, name)


def _of_dataset(dataset: Dataset, name: str) -> Any:
    files = [str(path) for path in dataset.files(name)]
    if not files and name == "happenings":
        raise BulkError(
            f"{dataset.folder} has no happenings yet: repeat its `brink bulk` with --ledger ADDRESS, which builds them."
        )
    if not files:
        return arrow_table(name, [])
    arrow()
    import pyarrow.dataset

    return pyarrow.dataset.dataset(files, schema=schema(name), format="parquet")


def _of_ledger(store: Store, name: str) -> Any:
    if name == "happenings":
        return arrow_table(name, [happening_row(h) for h in store.happenings()])
    if name == "rejections":
        refused = enumerate(store.rejections())
        return arrow_table(name, [rejection_row(one, 0, n, times) for n, (one, times) in refused])
    return arrow_table(name, [row for n, c in enumerate(store.coded()) for row in rows_of(c, 0, n)[name]])


def write_csv(found: Answer, out: TextIO) -> int:
    """Write an answer as CSV, lists joined by semicolons, and give the number of its rows."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(found.names)
    count = 0
    for row in found.rows():
        writer.writerow([safe(cell(value)) for value in row])
        count += 1
    return count


def cell(value: object) -> str:
    """A value as one cell: nothing for NULL, lists joined by semicolons."""
    if value is None:
        return ""
    return ";".join(map(cell, value)) if isinstance(value, list) else str(value)


def write_parquet(found: Answer, path: Path) -> int:
    """Write an answer to a Parquet file and give the number of its rows. Raises UsageError where it cannot be."""
    pa = arrow()
    shape, batches = found.batches()
    count = 0
    try:
        with pa.parquet.ParquetWriter(path, shape, compression="zstd") as writer:
            for batch in batches:
                writer.write_batch(batch)
                count += batch.num_rows
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror or error}): name a file elsewhere.") from error
    return count
