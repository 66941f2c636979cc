"""Runs several worker processes on one port and one store: starts them, watches them, and starts them again."""

import asyncio
import contextlib
import logging
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from live.errors import LiveError, WorkerFailed
from live.journal.open_store import open_store
from live.runtime import Registry
from live.server import logs
from live.server.process import open_port, run, run_forever
from live.settings import Settings

RESTART_S, MOST_RESTART_S = 0.2, 10.0  # before a worker that died is started again; doubled each time it dies quickly
QUICK_DEATH_S = 5.0
HEARTBEAT_S, HANGS_S = 2.0, 15.0  # a worker without a heartbeat for HANGS_S keeps its phones waiting, and is killed
# Until its first heartbeat it has no phones, and may be slow. With 20 programs on 2 processors a worker took more than
# HANGS_S to start, was killed, and so was each that followed it.
STARTS_S = 120.0
PATIENCE_S = 20.0  # for workers to end when asked to

logger = logging.getLogger("live.server.supervisor")

_spawn = multiprocessing.get_context("spawn")


class _Worker:
    """One worker process, and its successors when it dies."""

    def __init__(self, settings: Settings, listening: socket.socket, number: int) -> None:
        self._settings = settings
        self._listening = listening
        self._number = number
        self._quick_deaths = 0
        self._has_listened = False
        self.start_at: float | None = 0.0
        self.process: SpawnProcess | None = None
        self.pipe: Connection | None = None

    def start(self) -> None:
        self.pipe, sender = _spawn.Pipe(duplex=False)
        self.process = _spawn.Process(
            target=_work, args=(self._settings, self._listening, self._number, sender), name=f"worker {self._number}"
        )
        self.process.start()
        sender.close()
        self._started_at = self._last_seen = time.monotonic()
        self._patience_s = STARTS_S
        self.start_at = None

    def receive(self) -> str | None:
        """
        Read a message of the worker: its address once it listens, then None as a heartbeat. Raises what kept it from
        listening, if no worker in its place ever has: what is wrong then is wrong for those after it too.
        """
        assert self.pipe
        self._last_seen, self._patience_s = time.monotonic(), HANGS_S
        try:
            message: str | Exception | None = self.pipe.recv()
            if isinstance(message, Exception):
                if not self._has_listened:
                    raise message
                return None
            self._has_listened = self._has_listened or message is not None
            return message
        except EOFError:
            self.pipe.close()
            self.pipe = None
            return None

    def kill_if_hung(self) -> None:
        if self.process and time.monotonic() - self._last_seen > self._patience_s:
            logger.error("worker %d hangs, and is killed", self._number)
            self._last_seen = time.monotonic()
            self.process.kill()

    def died(self) -> None:
        assert self.process
        self.process.join()  # its pipe closes a moment before the process ends
        while self.pipe and self.pipe.poll():
            self.receive()  # what it said last
        if not self._has_listened and (self.process.exitcode or 0) >= 0:  # by itself, and not killed
            raise WorkerFailed(self.process.exitcode)
        now = time.monotonic()
        self._quick_deaths = self._quick_deaths + 1 if now - self._started_at < QUICK_DEATH_S else 0
        self.start_at = now + min(MOST_RESTART_S, RESTART_S * 2**self._quick_deaths)
        logger.error("worker %d ended (%s), and is started again", self._number, self.process.exitcode)
        self.process.close()
        self.process = None
        if self.pipe:
            self.pipe.close()
            self.pipe = None


def supervise(settings: Settings, ready: Callable[[str], None]) -> None:
    """
    Serve with as many workers as *settings* says until asked to stop. *ready* gets our address once the first listens.

    A worker that dies disconnects its own phones for a moment, and is started again. One that has not listened yet ends
    all of it. Raises what `run` does, and WorkerFailed.
    """
    asyncio.run(_check_store(settings))  # so that a problem with it is reported once, not by every worker
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    listening = open_port(settings)
    workers = [_Worker(settings, listening, number) for number in range(settings.workers)]
    with _signals() as stop_requested:
        try:
            while not stop_requested():
                _watch(workers, ready)
        finally:
            _stop(workers)
            listening.close()


def _watch(workers: list[_Worker], ready: Callable[[str], None]) -> None:
    now = time.monotonic()
    for worker in workers:
        worker.kill_if_hung()
        if worker.start_at is not None and worker.start_at <= now:
            worker.start()
    pipes = {worker.pipe: worker for worker in workers if worker.pipe}
    sentinels = {worker.process.sentinel: worker for worker in workers if worker.process}
    for waited in wait([*pipes, *sentinels], timeout=0.2):
        if isinstance(waited, Connection):
            if url := pipes[waited].receive():
                ready(url)
        elif isinstance(waited, int):
            sentinels[waited].died()


def _stop(workers: list[_Worker]) -> None:
    processes = [worker.process for worker in workers if worker.process]
    for process in processes:
        process.terminate()
    until = time.monotonic() + PATIENCE_S
    for process in processes:
        process.join(max(0.1, until - time.monotonic()))
        if process.exitcode is None:
            process.kill()
            process.join()


@contextlib.contextmanager
def _signals() -> Iterator[Callable[[], bool]]:
    """Inside the block SIGINT and SIGTERM are caught; yields a function that says whether one has come."""
    stop_requested = []
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda number, _: stop_requested.append(number)) for number in numbers}
    try:
        yield lambda: bool(stop_requested)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def first_of(errors: BaseException) -> Exception:
    """The first error in groups of errors."""
    while isinstance(errors, BaseExceptionGroup):
        errors = errors.exceptions[0]
    assert isinstance(errors, Exception)
    return errors


async def _check_store(settings: Settings) -> None:
    journal = await open_store(settings)
    await journal.close()


def _work(settings: Settings, listening: socket.socket, number: int, sender: Connection) -> None:
    """The main function of a worker process."""
    logs.set_up()
    listening.setblocking(False)

    def report(message: str | Exception | None) -> None:
        with contextlib.suppress(BrokenPipeError):  # the supervisor has ended
            sender.send(message)

    async def send_heartbeats() -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_S)
            report(None)

    async def ready(rooms: Registry, url: str) -> None:
        report(url)

    async def serve() -> None:
        parent, loop = multiprocessing.parent_process(), asyncio.get_running_loop()
        assert parent

        def parent_ended() -> None:  # the supervisor has ended: stop as if asked to
            loop.remove_reader(parent.sentinel)
            os.kill(os.getpid(), signal.SIGTERM)

        loop.add_reader(parent.sentinel, parent_ended)
        heartbeats = loop.create_task(send_heartbeats())
        try:
            await run(settings, ready, listening, first=number == 0)
        finally:
            heartbeats.cancel()

    try:
        run_forever(serve())
    except* (LiveError, OSError) as errors:
        report(first_of(errors))
        raise SystemExit(1) from None
