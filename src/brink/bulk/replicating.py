"""A dataset coded again: do its own reports still give its own rows?

Texts and what the input said of them are read from the dataset, so the inputs need not be there any more; rejections
have no text and are not read again. Register, settings, threads and confidence are those of the manifest.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from brink import pipeline
from brink.bulk.coder import coder_of, process_coder
from brink.bulk.dataset import Dataset
from brink.bulk.job import Job, job_of
from brink.bulk.local import one_thread_each, start
from brink.errors import BulkError
from brink.export.parquet import arrow, coded_of, rows_of

COMPARED = ("reports", "statements", "events", "unknowns")


@dataclass(frozen=True, slots=True)
class Compared:
    """A table of some reports, row by row: the same, only in the dataset (`lost`), only in the new coding (`new`)."""

    table: str
    same: int
    lost: int
    new: int


@dataclass(frozen=True, slots=True)
class Replication:
    """What a replication starts from: its folder, and the coder and threads then and now."""

    folder: Path
    job: Job
    then: str
    now: str
    threads: tuple[int, int]


def replication(manifest: Path) -> Replication:
    """Read a manifest (or the folder that holds it). Raises BulkError where it is none."""
    if not manifest.exists():
        raise BulkError(f"There is no {manifest}; name a dataset's manifest.json, or its folder.")
    folder = manifest if manifest.is_dir() else manifest.parent
    found = Dataset(folder).manifest()
    job = job_of(found["job"])
    coder = coder_of(job)
    return Replication(folder, job, found["coder"], coder.name, (found["threads"], coder.settings.threads))


def compare(given: Replication, workers: int, sample: float = 1.0) -> Iterator[tuple[int, tuple[Compared, ...]]]:
    """Code the reports again, shard by shard: the number of reports and each table's comparison.

    `sample` takes that share of the reports, chosen by their ids. Raises BulkError where a shard cannot be read.
    """
    shards = [one.shard for one in Dataset(given.folder).shards() if one.rows("reports")]
    with one_thread_each(), ProcessPoolExecutor(workers, get_context("spawn"), start, (os.getpid(),)) as pool:
        yield from pool.map(_compared, [given] * len(shards), shards, [sample] * len(shards))


def _compared(given: Replication, shard: int, sample: float) -> tuple[int, tuple[Compared, ...]]:
    dataset, coder = Dataset(given.folder), process_coder(given.job)
    chosen: set[tuple[int, str]] = set()
    again: dict[str, Counter[str]] = {table: Counter() for table in COMPARED}
    for row in _rows(dataset, "reports", shard):
        if _chance(row["report"]) < sample:
            chosen.add((row["item"], row["report"]))
            coded = pipeline.annotate_one(coded_of(row).report, coder.register, given.job.least)
            for table, rows in rows_of(coded, shard, row["item"]).items():
                if table in COMPARED:
                    again[table].update(_key(r) for r in rows)
    return len(chosen), tuple(_table(dataset, table, shard, chosen, again[table]) for table in COMPARED)


def _table(dataset: Dataset, table: str, shard: int, chosen: set[tuple[int, str]], again: Counter[str]) -> Compared:
    there = Counter(_key(r) for r in _rows(dataset, table, shard) if (r["item"], r["report"]) in chosen)
    return Compared(table, (there & again).total(), (there - again).total(), (again - there).total())


def _rows(dataset: Dataset, table: str, shard: int) -> list[dict[str, Any]]:
    pa = arrow()
    path = dataset.path(table, shard)
    if not path.exists():
        return []
    try:
        found: list[dict[str, Any]] = pa.parquet.ParquetFile(path).read(use_threads=False).to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise BulkError(f"{path} cannot be read: {str(error).splitlines()[0][:200]}") from error
    return found


def _key(row: Mapping[str, Any]) -> str:
    """A row as one text, without the name of its coder, which is compared by itself."""
    values = {k: v for k, v in row.items() if k != "coder"}
    if "record" in values:
        record = json.loads(values["record"])
        record.pop("coder")
        values["record"] = record
    return json.dumps(values, sort_keys=True, default=str)


def _chance(report: str) -> float:
    return int.from_bytes(hashlib.sha256(report.encode()).digest()[:8], "big") / 2**64
