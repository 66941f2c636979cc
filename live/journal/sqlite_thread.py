"""A thread that owns a connection to SQLite and takes all waiting jobs together."""

import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from live.errors import StorageFailed, StoreDamaged

MOST_IN_ONE_COMMIT = 256

T = TypeVar("T")
Maintenance = Callable[[sqlite3.Connection], None]
Job = tuple[Callable[[sqlite3.Connection], Any], Future[Any]]


class Worker:
    """The thread and the queue of jobs that wait for it."""

    def __init__(
        self,
        name: str,
        connect: Callable[[], sqlite3.Connection],
        work: Callable[[sqlite3.Connection, list[Job]], None],
    ) -> None:
        self._jobs: queue.SimpleQueue[Job | Maintenance] = queue.SimpleQueue()
        self._connect = connect
        self._work = work
        self._opened: Future[None] = Future()
        self._accepting = True
        self._ended = False
        self._put_lock = threading.Lock()  # nothing may be queued after the end
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()
        self._opened.result()

    def put(self, job: Callable[[sqlite3.Connection], T]) -> Future[T]:
        future: Future[T] = Future()
        with self._put_lock:
            if self._accepting:
                self._jobs.put((job, future))
            else:
                future.set_exception(StorageFailed("closed"))
        return future

    def put_maintenance(self, maintenance: Maintenance) -> None:
        """Run *maintenance* after the jobs that were put before it, outside any transaction."""
        self._jobs.put(maintenance)

    def stop(self) -> None:
        with self._put_lock:
            self._accepting = False
            self._jobs.put(self._end)
        self._thread.join()

    def _end(self, connection: sqlite3.Connection) -> None:
        connection.close()
        self._ended = True

    def _run(self) -> None:
        try:
            connection = self._connect()
        except sqlite3.Error as failure:
            return self._opened.set_exception(failed(failure))
        self._opened.set_result(None)
        while not self._ended:
            jobs: list[Job] = []
            job_or_maintenance = self._jobs.get()
            while isinstance(job_or_maintenance, tuple):
                jobs.append(job_or_maintenance)
                if len(jobs) == MOST_IN_ONE_COMMIT or self._jobs.empty():
                    break
                job_or_maintenance = self._jobs.get()
            if jobs:
                self._work(connection, jobs)
            if not isinstance(job_or_maintenance, tuple):
                job_or_maintenance(connection)


def failed(failure: sqlite3.Error) -> StorageFailed:
    """What *failure* means for whoever asked."""
    damaged = getattr(failure, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
    return (StoreDamaged if damaged else StorageFailed)(str(failure))


def fail(future: Future[Any], error: Exception) -> None:
    """Give *error* to whoever waits for *future*, unless they have been cancelled."""
    if not future.done():
        future.set_exception(error)
