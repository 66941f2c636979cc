"""Threads that own a connection to SQLite, and take what waits for them together."""

import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from live.errors import StorageFailed

MOST_IN_ONE_COMMIT = 256

T = TypeVar("T")
Errand = Callable[[sqlite3.Connection], None]
Job = tuple[Callable[[sqlite3.Connection], Any], Future[Any]]


class Worker:
    """A thread with a connection of its own, and the jobs that wait for it."""

    def __init__(
        self,
        name: str,
        connect: Callable[[], sqlite3.Connection],
        work: Callable[[sqlite3.Connection, list[Job]], None],
    ) -> None:
        self._jobs: queue.SimpleQueue[Job | Errand] = queue.SimpleQueue()
        self._connect = connect
        self._work = work
        self._opened: Future[None] = Future()
        self._going = True
        self._ended = False
        self._door = threading.Lock()  # nothing is put behind the end
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()
        self._opened.result()

    def put(self, job: Callable[[sqlite3.Connection], T]) -> Future[T]:
        future: Future[T] = Future()
        with self._door:
            if self._going:
                self._jobs.put((job, future))
            else:
                future.set_exception(StorageFailed("closed"))
        return future

    def between(self, errand: Errand) -> None:
        """Do *errand* when what came before it is done, outside of any transaction."""
        self._jobs.put(errand)

    def stop(self) -> None:
        with self._door:
            self._going = False
            self._jobs.put(self._end)
        self._thread.join()

    def _end(self, connection: sqlite3.Connection) -> None:
        connection.close()
        self._ended = True

    def _run(self) -> None:
        try:
            connection = self._connect()
        except sqlite3.Error as failure:
            return self._opened.set_exception(StorageFailed(str(failure)))
        self._opened.set_result(None)
        while not self._ended:
            jobs: list[Job] = []
            next_one = self._jobs.get()
            while isinstance(next_one, tuple):
                jobs.append(next_one)
                if len(jobs) == MOST_IN_ONE_COMMIT or self._jobs.empty():
                    break
                next_one = self._jobs.get()
            if jobs:
                self._work(connection, jobs)
            if not isinstance(next_one, tuple):
                next_one(connection)


def refuse(future: Future[Any], error: Exception) -> None:
    """Tell who waits, unless they have gone."""
    if not future.done():
        future.set_exception(error)
