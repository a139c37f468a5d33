"""The Ray engine: Ray Data over shards, on a laptop's Ray or on a cluster.

One source gives the shards as they are planned, a pool of actors codes them, each with a model of its own, and their
files come back as they are done, so that workers need no disk in common with the caller (inputs that are files by path
must be readable where the workers run). Ray Data holds the source back while workers are busy. A worker that is lost is
started anew and its shard coded again, up to `TRIES` times; then the shard is set aside.
"""

from __future__ import annotations

import pickle
import socket
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from brink.bulk.coder import process_coder
from brink.bulk.dataset import Dataset
from brink.bulk.feed import Feed, source
from brink.bulk.job import Job
from brink.bulk.local import AHEAD, ONE_THREAD
from brink.bulk.planning import Shard
from brink.bulk.running import Engine, Failure
from brink.bulk.writing import Coded, code_into
from brink.errors import BulkError, UsageError

TRIES = 3
WAIT = 10.0
"""Seconds in which a cluster must answer."""

Files = dict[str, bytes]


class Worker:
    """One actor of the pool: a shard in, its record and its files out, or why it could not be coded."""

    def __init__(self, job: Job, feed: Any) -> None:
        self.coder, self.feed = process_coder(job), feed

    def __call__(self, batch: Any) -> Any:
        """Code the one shard of a table, in a folder of this worker's own."""
        import pyarrow
        import ray

        content = batch["shard"][0].as_py()  # empty for one that is done, which Ray had read again
        answers = []
        if content:
            tried = ray.get(self.feed.begin.remote(batch["place"][0].as_py()))
            shard: Shard = pickle.loads(content)
            answers.append(pickle.dumps(self.answer(shard) if tried <= TRIES else _lost(shard)))
        return pyarrow.table({"answer": pyarrow.array(answers, pyarrow.large_binary())})

    def answer(self, shard: Shard) -> tuple[Coded, Files] | Failure:
        """A shard's record and files."""
        try:
            with tempfile.TemporaryDirectory() as name:
                coded = code_into(self.coder, shard, Path(name))
                return coded, {f.table: (Path(name) / f"{f.table}.parquet").read_bytes() for f in coded.files}
        except Exception as error:  # whatever it is, it is this shard's alone
            return Failure(shard.number, shard.sha, str(error) or type(error).__name__, shard.size)


def _lost(shard: Shard) -> Failure:
    reason = f"the worker that coded it was lost {TRIES} times (killed, or out of memory)"
    return Failure(shard.number, shard.sha, reason, shard.size)


def engine(workers: int, address: str | None = None, worker: type[Worker] = Worker) -> Engine:
    """Ray as an engine: `workers` actors at `address` (None: a Ray of this machine's own, ended afterwards).

    `worker` is the class of the actors. Raises UsageError where Ray is not installed or not to be reached, BulkError
    where no actor can be started.
    """

    def coded(shards: Iterator[Shard], job: Job, dataset: Dataset) -> Iterator[Coded | Failure]:
        ray = _ray()
        begun = not ray.is_initialized()
        if begun:
            _begin(ray, workers, address)
        try:
            yield from _Run(ray, shards, dataset).coded(workers, worker, job)
        finally:
            if begun:
                ray.shutdown()

    return coded


def _ray() -> Any:
    try:
        import ray
        import ray.data
    except ImportError:
        raise UsageError("The engine 'ray' needs Ray Data: pip install 'brink-monitor[ray]'.") from None
    return ray


def _begin(ray: Any, workers: int, address: str | None) -> None:
    environment = {"env_vars": ONE_THREAD}
    try:
        if address:
            _knock(address)
            ray.init(address=address, runtime_env=environment, log_to_driver=False)
        else:
            ray.init(
                num_cpus=workers, runtime_env=environment, include_dashboard=False, log_to_driver=False,
                configure_logging=False,
            )  # fmt: skip
    except (OSError, RuntimeError, ValueError) as error:
        raise UsageError(f"Ray at {address or 'this machine'} cannot be reached: {error}.") from error


def _knock(address: str) -> None:
    """Raise OSError where nobody listens at HOST:PORT; Ray itself would try for minutes."""
    found = urlsplit(address if "://" in address else f"//{address}")
    if found.hostname and found.port:
        socket.create_connection((found.hostname, found.port), timeout=WAIT).close()


class _Run:
    """One run: what was sent out and has not come back."""

    def __init__(self, ray: Any, shards: Iterator[Shard], dataset: Dataset) -> None:
        self.ray, self.shards, self.dataset = ray, shards, dataset
        self.sent: dict[int, tuple[int, Shard]] = {}
        self.error: Exception | None = None

    def coded(self, workers: int, worker: type[Worker], job: Job) -> Iterator[Coded | Failure]:
        """Send all shards through Ray Data and commit what comes back; what does not come back is set aside."""
        feed = self.ray.remote(num_cpus=0)(Feed).remote(AHEAD * workers)
        sending = threading.Thread(target=self._send, args=(feed,), daemon=True)
        sending.start()
        try:
            for answer in _answers(self.ray, source(feed), workers, worker, (job, feed)):
                yield self._taken(feed, answer)
        except self.ray.exceptions.RayError as error:
            raise BulkError(f"Ray has stopped: {str(error).splitlines()[0][:200]}.") from error
        finally:
            self.ray.kill(feed)
        sending.join()
        if self.error is not None:
            raise self.error
        for _, shard in self.sent.values():
            yield Failure(shard.number, shard.sha, "Ray did not give it back", shard.size)

    def _send(self, feed: Any) -> None:
        """Give the shards to the feed, which waits while it holds enough; runs beside the loop that takes answers."""
        try:
            for place, shard in enumerate(self.shards):
                self.sent[shard.number] = place, shard
                self.ray.get(feed.give.remote(pickle.dumps(shard)))
            self.ray.get(feed.give.remote(None))
        except self.ray.exceptions.RayError:
            return  # the run has ended, and the feed with it
        except Exception as error:
            self.error = error
            self.ray.get(feed.give.remote(None))

    def _taken(self, feed: Any, answer: tuple[Coded, Files] | Failure) -> Coded | Failure:
        result = answer if isinstance(answer, Failure) else answer[0]
        place, _ = self.sent.pop(result.shard)
        feed.done.remote(place)
        if not isinstance(answer, Failure):
            work = self.dataset.work(result.shard)
            for table, content in answer[1].items():
                (work / f"{table}.parquet").write_bytes(content)
            self.dataset.commit(answer[0], work)
        return result


def _answers(
    ray: Any, shards: Any, workers: int, worker: type[Worker], given_to: tuple[Any, ...]
) -> Iterator[tuple[Coded, Files] | Failure]:
    """What the actors make of the shards, in the order in which they are done."""
    context = ray.data.DataContext()
    # A shard is a block of its own, and one that is lost does not end the run. Ray starts lost workers anew by itself.
    context.target_max_block_size, context.max_errored_blocks = 1, -1
    context.enable_progress_bars = context.print_on_execution_start = False
    context.execution_options.preserve_order = False
    with ray.data.DataContext.current(context):
        given = ray.data.read_datasource(shards, override_num_blocks=1, num_cpus=0)
        pool = ray.data.ActorPoolStrategy(size=workers, max_tasks_in_flight_per_actor=AHEAD)
        done = given.map_batches(
            worker, fn_constructor_args=given_to, batch_size=1, batch_format="pyarrow", compute=pool, num_cpus=1
        )
        for batch in done.iter_batches(batch_size=1, batch_format="pyarrow", prefetch_batches=0):
            yield pickle.loads(batch["answer"][0].as_py())
