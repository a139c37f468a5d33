"""A dataset -> a ledger: its reports entered in order of the input, its happenings settled and written as a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from brink import chronicle
from brink.bulk.dataset import Dataset
from brink.errors import BulkError, Reason
from brink.export.parquet import arrow, coded_of, happening_row, write_table
from brink.records import CodedReport, Rejection
from brink.store import open_store

BATCH = 200


def rows(dataset: Dataset, table: str) -> Iterator[dict[str, Any]]:
    """The rows of a table in order of the input, a few at a time. Raises BulkError where a file is damaged."""
    pa = arrow()
    for path in dataset.files(table):
        try:
            for batch in pa.parquet.ParquetFile(path).iter_batches(batch_size=BATCH, use_threads=False):
                yield from batch.to_pylist()
        except (pa.ArrowException, OSError) as error:
            words = str(error).splitlines()[0][:200]
            raise BulkError(f"{path} cannot be read: {words}; delete it and run the job again.") from error


def coded(dataset: Dataset) -> Iterator[CodedReport]:
    """The coded reports of a dataset, in order of the input."""
    return map(coded_of, rows(dataset, "reports"))


def build(folder: Path, address: str) -> int:
    """Enter a dataset into the ledger at `address`, settle it, write `happenings`, and give their number.

    Entered again, it changes nothing. Raises StoreError, BulkError.
    """
    dataset = Dataset(folder)
    dataset.manifest()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with open_store(address) as store:
        for report in coded(dataset):
            store.add(report, now)
        for row in rows(dataset, "rejections"):
            store.reject(Rejection(row["place"], Reason(row["reason"]), row["message"], row["id"]))
        found = chronicle.settle(store)
    target = folder / "happenings" / "000000.parquet"
    target.parent.mkdir(exist_ok=True)
    draft = target.with_suffix(".draft")
    write_table("happenings", [happening_row(h) for h in found], draft)
    draft.replace(target)
    return len(found)
