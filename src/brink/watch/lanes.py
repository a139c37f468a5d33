"""Threads that fetch, never more at a time from one host than its lane is wide; what they bring comes to one place."""

from __future__ import annotations

import queue
import threading
from collections import defaultdict, deque
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Lanes(Generic[T, R]):
    """Things are put into lanes by one thread, which also gets what became of them. Use it in a `with`.

    Its threads are daemons: a program that is told to stop need not wait for a server that drips.
    """

    def __init__(self, threads: int, work: Callable[[T], R]) -> None:
        self._work = work
        self._todo: queue.SimpleQueue[tuple[str, T] | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[tuple[str, T, R | BaseException]] = queue.SimpleQueue()
        self._waiting: dict[str, deque[T]] = defaultdict(deque)
        self._running: dict[str, int] = defaultdict(int)
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(threads)]
        self.busy = 0
        """Things that were put in and did not come out yet."""
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Lanes[T, R]:
        return self

    def __exit__(self, *_: object) -> None:
        for _thread in self._threads:
            self._todo.put(None)

    def put(self, lane: str, width: int, thing: T) -> None:
        """Have `thing` worked on, at most `width` things of its lane at a time."""
        self.busy += 1
        if self._running[lane] < width:
            self._start(lane, thing)
        else:
            self._waiting[lane].append(thing)

    def get(self, seconds: float) -> tuple[T, R | BaseException] | None:
        """The next thing that is done, and what its work gave or raised; None if none is done within `seconds`."""
        try:
            lane, thing, result = self._done.get(timeout=seconds)
        except queue.Empty:
            return None
        self.busy -= 1
        self._next(lane)
        return thing, result

    def drop(self) -> None:
        """Forget what was put in and not begun."""
        for waiting in self._waiting.values():
            self.busy -= len(waiting)
            waiting.clear()

    def _next(self, lane: str) -> None:
        self._running[lane] -= 1
        if self._waiting[lane]:
            self._start(lane, self._waiting[lane].popleft())
        elif not self._running[lane]:
            del self._running[lane], self._waiting[lane]

    def _start(self, lane: str, thing: T) -> None:
        self._running[lane] += 1
        self._todo.put((lane, thing))

    def _run(self) -> None:
        while (one := self._todo.get()) is not None:
            lane, thing = one
            try:
                result: R | BaseException = self._work(thing)
            except BaseException as error:
                result = error
            self._done.put((lane, thing, result))
