"""The Ray engine: actors on a laptop's Ray or on a cluster, each with its own model.

An actor gets a shard's units and gives back its files, so that workers need no disk in common with the caller (inputs
that are files by path must be readable where the workers run). At most two shards an actor are on their way; a worker
that is lost is started anew and its shard coded again, up to `TRIES` times, then set aside.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from brink.bulk.coder import process_coder
from brink.bulk.dataset import Dataset
from brink.bulk.job import Job
from brink.bulk.local import AHEAD, ONE_THREAD
from brink.bulk.planning import Shard
from brink.bulk.running import Engine, Failure
from brink.bulk.writing import Coded, code_into
from brink.errors import UsageError

TRIES = 3

Files = dict[str, bytes]


def engine(workers: int, address: str | None = None) -> Engine:
    """Ray as an engine: `workers` actors at `address` (None: a Ray of this machine's own, ended afterwards).

    Raises UsageError where Ray is not installed or not to be reached.
    """

    def coded(shards: Iterator[Shard], job: Job, dataset: Dataset) -> Iterator[Coded | Failure]:
        ray = _ray()
        begun = not ray.is_initialized()
        if begun:
            _begin(ray, workers, address)
        try:
            yield from _coded(ray, workers, shards, job, dataset)
        finally:
            if begun:
                ray.shutdown()

    return coded


def _ray() -> Any:
    try:
        import ray
    except ImportError:
        raise UsageError("The engine 'ray' needs Ray: pip install 'brink-monitor[ray]'.") from None
    return ray


def _begin(ray: Any, workers: int, address: str | None) -> None:
    environment = {"env_vars": ONE_THREAD}
    try:
        if address:
            ray.init(address=address, runtime_env=environment, log_to_driver=False)
        else:
            ray.init(
                num_cpus=workers, runtime_env=environment, include_dashboard=False, log_to_driver=False,
                configure_logging=False,
            )  # fmt: skip
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise UsageError(f"Ray at {address or 'this machine'} cannot be reached: {error}.") from error


class Actor:
    """One worker: a shard's units in, its record and its files out."""

    def __init__(self, job: Job) -> None:
        self.coder = process_coder(job)

    def code(self, shard: Shard) -> tuple[Coded, Files]:
        """Code a shard in a folder of this worker's own."""
        with tempfile.TemporaryDirectory() as name:
            coded = code_into(self.coder, shard, Path(name))
            return coded, {f.table: (Path(name) / f"{f.table}.parquet").read_bytes() for f in coded.files}


def _coded(ray: Any, workers: int, shards: Iterator[Shard], job: Job, dataset: Dataset) -> Iterator[Coded | Failure]:
    remote = ray.remote(num_cpus=1, max_restarts=-1, max_task_retries=TRIES - 1)(Actor)
    actors = [remote.remote(job) for _ in range(workers)]
    pending: dict[Any, tuple[Shard, Any]] = {}
    free = [actor for _ in range(AHEAD) for actor in actors]
    ended = False
    while pending or not ended:
        while free and not ended:
            shard = next(shards, None)
            if shard is None:
                ended = True
            else:
                actor = free.pop()
                pending[actor.code.remote(shard)] = shard, actor
        done, _ = ray.wait(list(pending), num_returns=1) if pending else ([], None)
        for reference in done:
            shard, actor = pending.pop(reference)
            free.append(actor)
            yield _taken(ray, reference, shard, dataset)


def _taken(ray: Any, reference: Any, shard: Shard, dataset: Dataset) -> Coded | Failure:
    try:
        answer: tuple[Coded, Files] = ray.get(reference)
    except ray.exceptions.RayTaskError as error:
        return Failure(shard.number, shard.sha, str(error.cause), shard.size)
    except ray.exceptions.RayError:
        reason = f"the worker that coded it was lost {TRIES} times (killed, or out of memory)"
        return Failure(shard.number, shard.sha, reason, shard.size)
    coded, files = answer
    work = dataset.work(shard.number)
    for table, content in files.items():
        (work / f"{table}.parquet").write_bytes(content)
    dataset.commit(coded, work)
    return coded
