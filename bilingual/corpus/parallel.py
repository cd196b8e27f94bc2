"""Where the steps of a run are done: in turn, or each in threads of its own.

Threads are enough: the engine decodes outside Python's lock, and what Python does beside it is a
small part of the work.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Protocol

__all__ = ["Event", "InTurn", "Lanes", "Threads"]

_Task = tuple[Hashable, Callable[[], object]]


@dataclass(frozen=True, slots=True)
class Event:
    """A task that has ended: what it gave, or the exception it raised."""

    lane: str
    key: Hashable
    value: object
    error: Exception | None


class Lanes(Protocol):
    """Takes tasks for named lanes, and gives them back as they end."""

    def submit(self, lane: str, key: Hashable, task: Callable[[], object]) -> None:
        """Have a task done, after those of its lane that came before it."""
        ...

    def next(self) -> Event:
        """The next task that ended; waits for it. One must be under way."""
        ...

    def close(self) -> None:
        """Start nothing more; what has side effects is let finish."""
        ...


class InTurn:
    """Every task is done when its turn to be given back has come, in the caller's thread."""

    def __init__(self) -> None:
        self._tasks: deque[tuple[str, Hashable, Callable[[], object]]] = deque()

    def submit(self, lane: str, key: Hashable, task: Callable[[], object]) -> None:
        """Remember a task."""
        self._tasks.append((lane, key, task))

    def next(self) -> Event:
        """Do the oldest task."""
        lane, key, task = self._tasks.popleft()
        return _do(lane, key, task)

    def close(self) -> None:
        """Forget what is left."""
        self._tasks.clear()


class Threads:
    """Each lane has threads of its own; ``sizes`` says how many.

    They are daemons: a decode under way when a run is broken off does not hold up the end of
    the process. ``close`` waits for the lanes named in ``finish``, whose tasks write files.
    """

    def __init__(self, sizes: dict[str, int], *, finish: frozenset[str]) -> None:
        self._ended: SimpleQueue[Event | BaseException] = SimpleQueue()
        self._lanes: dict[str, SimpleQueue[_Task | None]] = {n: SimpleQueue() for n in sizes}
        self._finish = finish
        self._threads = [
            (lane, threading.Thread(target=self._work, args=(lane,), name=lane, daemon=True))
            for lane, size in sizes.items()
            for _ in range(size)
        ]
        for _, thread in self._threads:
            thread.start()

    def submit(self, lane: str, key: Hashable, task: Callable[[], object]) -> None:
        """Give a task to the threads of a lane."""
        self._lanes[lane].put((key, task))

    def next(self) -> Event:
        """The next task that ended, of any lane."""
        ended = self._ended.get()
        if isinstance(ended, BaseException):
            raise ended
        return ended

    def close(self) -> None:
        """End the threads; wait only for those whose tasks must not be cut off."""
        for lane, tasks in self._lanes.items():
            try:
                while True:
                    tasks.get_nowait()
            except Empty:
                pass
            for name, _ in self._threads:
                if name == lane:
                    tasks.put(None)
        for lane, thread in self._threads:
            if lane in self._finish:
                thread.join()

    def _work(self, lane: str) -> None:
        tasks = self._lanes[lane]
        while (task := tasks.get()) is not None:
            try:
                self._ended.put(_do(lane, *task))
            except BaseException as error:  # a test's exit, say: it is the caller's to see
                self._ended.put(error)
                return


def _do(lane: str, key: Hashable, task: Callable[[], object]) -> Event:
    try:
        return Event(lane, key, task(), None)
    except Exception as error:
        return Event(lane, key, None, error)
