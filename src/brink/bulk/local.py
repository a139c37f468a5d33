"""The local engine: a pool of processes, each with its own model.

Twice as many shards as processes are on their way at any time, so memory stays bounded however long the input. Where a
process dies (killed, out of memory), the shards on their way are coded again one at a time, each by a process of its
own: the one that kills its process is set aside, the others lose nothing.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context

from brink.bulk.coder import process_coder
from brink.bulk.dataset import Dataset
from brink.bulk.job import Job
from brink.bulk.planning import Shard
from brink.bulk.running import Engine, Failure
from brink.bulk.writing import Coded, code_into

AHEAD = 2
"""Shards on their way for each process."""

# Libraries with threads of their own must not fight over cores that other processes work on.
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS", "ARROW_NUM_THREADS"), "1"
)

Code = Callable[[Shard, Job, Dataset], Coded]


def engine(workers: int, code: Code | None = None) -> Engine:
    """A pool of `workers` processes as an engine; `code` stands for `code_and_commit`, and must be picklable."""

    def coded(shards: Iterator[Shard], job: Job, dataset: Dataset) -> Iterator[Coded | Failure]:
        with one_thread_each():
            yield from _Pool(workers, job, dataset, code or code_and_commit).coded(shards)

    return coded


def code_and_commit(shard: Shard, job: Job, dataset: Dataset) -> Coded:
    """Code one shard in this process and put it into the dataset."""
    work = dataset.work(shard.number)
    coded = code_into(process_coder(job), shard, work)
    dataset.commit(coded, work)
    return coded


@contextmanager
def one_thread_each() -> Iterator[None]:
    """While this holds, processes start with one thread a library; they take the environment over when they start."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update({name: value for name, value in ONE_THREAD.items() if before[name] is None})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)


@dataclass(slots=True)
class _Pool:
    workers: int
    job: Job
    dataset: Dataset
    code: Code

    def coded(self, shards: Iterator[Shard]) -> Iterator[Coded | Failure]:
        """Code all shards; when the pool breaks, the shards on their way go one by one and a new pool goes on."""
        ended = False
        while not ended:
            with self._processes(self.workers) as pool:
                pending: dict[Future[Coded], Shard] = {}
                try:
                    while True:
                        while not ended and len(pending) < AHEAD * self.workers:
                            shard = next(shards, None)
                            if shard is None:
                                ended = True
                            else:
                                pending[self._submit(pool, shard, pending)] = shard
                        if not pending:
                            break
                        done, _ = wait(pending, return_when=FIRST_COMPLETED)
                        for future in done:
                            result = _result(future, pending[future])
                            del pending[future]
                            yield result
                except BrokenProcessPool:
                    pass
            for shard in pending.values():
                yield self._alone(shard)

    def _submit(self, pool: ProcessPoolExecutor, shard: Shard, pending: dict[Future[Coded], Shard]) -> Future[Coded]:
        try:
            return pool.submit(self.code, shard, self.job, self.dataset)
        except BrokenProcessPool:
            pending[Future()] = shard  # it is on its way like the others, and goes alone like them
            raise

    def _alone(self, shard: Shard) -> Coded | Failure:
        with self._processes(1) as pool:
            try:
                return _result(pool.submit(self.code, shard, self.job, self.dataset), shard)
            except BrokenProcessPool:
                reason = "the process that coded it died (killed, or out of memory)"
                return Failure(shard.number, shard.sha, reason, shard.size)

    def _processes(self, number: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(number, get_context("spawn"), start, (os.getpid(),))


def _result(future: Future[Coded], shard: Shard) -> Coded | Failure:
    """What a shard became; BrokenProcessPool goes up, any other error is the shard's."""
    try:
        return future.result()
    except BrokenProcessPool:
        raise
    except Exception as error:
        told = str(error) or type(error).__name__
        return Failure(shard.number, shard.sha, told, shard.size)


def start(parent: int) -> None:
    """Begin a process: the parent alone hears Ctrl-C, and the process ends with it, even if it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
