"""Archives of reports -> a dataset of Parquet tables, in many processes or on Ray.

Goes in: a `Job` (inputs and options), a folder, and an engine. Comes out: one file a shard and table, a record a shard,
a manifest; told shard by shard (`run`). What is finished stays finished: the same job on the same folder goes on where
it was killed. Raises UsageError, BulkError; a shard that fails is set aside with its reason.

    job        what is coded, and how
    units      inputs -> units: a line or a file each, by path or address
    planning   units -> shards, numbered and hashed
    coder      a shard -> rows, in one process
    writing    rows -> Parquet files, a few at a time
    dataset    the folder: what is committed, the lock, the manifest
    running    the order of things
    local, on_ray      engines
    query, replicating, releasing, collapse, codebook, paper, ledgers     what is done with a dataset
"""

from __future__ import annotations

from brink.bulk.dataset import Dataset
from brink.bulk.job import Job
from brink.bulk.running import Failure, Outcome, run

__all__ = ["Dataset", "Failure", "Job", "Outcome", "run"]
