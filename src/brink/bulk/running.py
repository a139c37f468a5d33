"""The order of things: plan, pass over what is finished, let an engine code the rest, close the manifest."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from brink.bulk.coder import coder_of
from brink.bulk.dataset import Dataset
from brink.bulk.job import Job
from brink.bulk.planning import Shard, plan
from brink.bulk.writing import Coded


@dataclass(frozen=True, slots=True)
class Failure:
    """A shard that could not be coded, and why; it is set aside and tried again by the next run."""

    shard: int
    sha: str
    reason: str
    size: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one shard; `again`: an earlier run had finished it."""

    result: Coded | Failure
    again: bool = False


Engine = Callable[[Iterator[Shard], Job, Dataset], Iterable[Coded | Failure]]
"""Codes shards in any order and commits them to the dataset; gives each one's result as it comes."""


def run(job: Job, folder: Path, engine: Engine) -> Iterator[Outcome]:
    """Code a job into a folder, telling shard by shard; the manifest is complete once the last one is told.

    Raises UsageError or BulkError before anything is coded where the job, the folder or the weights are no good.
    """
    dataset = Dataset(folder)
    with dataset.lock():
        coder = coder_of(job)
        dataset.begin(job, coder.name, coder.settings.threads)
        planned = _Planned(plan(job, coder.settings), dataset)
        for result in engine(planned.missing(), job, dataset):
            yield from planned.passed()
            if isinstance(result, Failure):
                dataset.set_aside(result.shard, result.sha, result.reason)
            yield Outcome(result)
        yield from planned.passed()
        dataset.end(planned.count)


class _Planned:
    """The plan as an engine asks for it: shards that are finished are passed over and told apart."""

    def __init__(self, shards: Iterator[Shard], dataset: Dataset) -> None:
        self.shards, self.dataset, self.count = shards, dataset, 0
        self._passed: deque[Outcome] = deque()  # an engine may ask for shards in a thread of its own

    def missing(self) -> Iterator[Shard]:
        for shard in self.shards:
            self.count += 1
            found = self.dataset.finished(shard.number, shard.sha)
            if found is None:
                yield shard
            else:
                self._passed.append(Outcome(found, again=True))

    def passed(self) -> Iterator[Outcome]:
        while self._passed:
            yield self._passed.popleft()
