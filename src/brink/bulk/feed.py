"""Shards on their way into Ray Data: an actor that holds them, and the source that reads them from it.

The caller plans shards while others are coded, so their number is not known beforehand. Ray may read a place a second
time (it lost the process that read it, or what it had read): a shard is held until it is done.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from typing import Any


class Feed:
    """Shards by their place in the order in which they were given."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.held: dict[int, bytes] = {}
        self.begun: Counter[int] = Counter()
        self.given = self.asked = 0
        self.ended = False
        self.changed = asyncio.Condition()

    async def give(self, shard: bytes | None) -> None:
        """Take a shard in, None for the end, once there is room: no more than that many wait to be read."""
        async with self.changed:
            await self.changed.wait_for(lambda: self.given - self.asked < self.room)
            if shard is None:
                self.ended = True
            else:
                self.held[self.given] = shard
                self.given += 1
            self.changed.notify_all()

    async def take(self, place: int) -> bytes | None:
        """The shard of a place once it is there; empty for one that is done, None behind the last."""
        async with self.changed:
            await self.changed.wait_for(lambda: place < self.given or self.ended)
            if place >= self.given:
                return None
            self.asked = max(self.asked, place + 1)
            self.changed.notify_all()
            return self.held.get(place, b"")

    async def begin(self, place: int) -> int:
        """Note that a worker begins to code a shard; how often that was so, this time included."""
        self.begun[place] += 1
        return self.begun[place]

    async def done(self, place: int) -> None:
        """Forget a shard that is coded."""
        async with self.changed:
            self.held.pop(place, None)
            self.begun.pop(place, None)


def source(feed: Any) -> Any:
    """Ray Data's source of the shards that an actor `feed` holds: one reader, a block a shard."""
    from ray.data.block import BlockMetadata
    from ray.data.datasource import Datasource, ReadTask

    class Shards(Datasource):
        def __init__(self) -> None:
            super().__init__()

        def estimate_inmemory_data_size(self) -> None:
            return None

        def get_read_tasks(self, parallelism: int, *_: Any, **__: Any) -> list[Any]:
            about = BlockMetadata(num_rows=None, size_bytes=None, exec_stats=None, input_files=None)
            return [ReadTask(lambda: _blocks(feed), about)]

    return Shards()


def _blocks(feed: Any) -> Iterator[Any]:
    import pyarrow
    import ray

    place = 0
    while (shard := ray.get(feed.take.remote(place))) is not None:
        yield pyarrow.table({"place": [place], "shard": pyarrow.array([shard], pyarrow.large_binary())})
        place += 1
