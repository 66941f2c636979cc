"""Several worker processes on one port and one store. This one only watches over them."""

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

from live.journal.open_store import open_store
from live.runtime import Registry
from live.server import logs
from live.server.process import open_port, run, run_forever
from live.settings import Settings

REST_S, MOST_REST_S = 0.2, 10.0  # before a worker that died is started again; longer for each that dies at once
AT_ONCE_S = 5.0
BEAT_S, HANGS_S = 2.0, 15.0  # a worker that has not told for so long that it lives holds up its phones, and must go
PATIENCE_S = 20.0  # for workers to leave when told to

logger = logging.getLogger("live.server.supervisor")

_spawn = multiprocessing.get_context("spawn")


class _Worker:
    """One process, and the next in its place when it dies."""

    def __init__(self, settings: Settings, listening: socket.socket, number: int) -> None:
        self._settings = settings
        self._listening = listening
        self._number = number
        self._quick_deaths = 0
        self.start_at: float | None = 0.0
        self.process: SpawnProcess | None = None
        self.told: Connection | None = None

    def start(self) -> None:
        self.told, telling = _spawn.Pipe(duplex=False)
        self.process = _spawn.Process(
            target=_work, args=(self._settings, self._listening, self._number, telling), name=f"worker {self._number}"
        )
        self.process.start()
        telling.close()
        self._started_at = self._heard_at = time.monotonic()
        self.start_at = None

    def heard(self) -> str | None:
        """What it tells: its address when it listens, and then None as long as it lives."""
        assert self.told
        self._heard_at = time.monotonic()
        try:
            told: str | None = self.told.recv()
            return told
        except EOFError:
            self.told.close()
            self.told = None
            return None

    def look(self) -> None:
        if self.process and time.monotonic() - self._heard_at > HANGS_S:
            logger.error("worker %d hangs, and is killed", self._number)
            self._heard_at = time.monotonic()
            self.process.kill()

    def died(self) -> None:
        assert self.process
        self.process.join()  # its pipe closes a moment before it has ended
        now = time.monotonic()
        self._quick_deaths = self._quick_deaths + 1 if now - self._started_at < AT_ONCE_S else 0
        self.start_at = now + min(MOST_REST_S, REST_S * 2**self._quick_deaths)
        logger.error("worker %d ended (%s), and is started again", self._number, self.process.exitcode)
        self.process.close()
        self.process = None
        if self.told:
            self.told.close()
            self.told = None


def supervise(settings: Settings, ready: Callable[[str], None]) -> None:
    """
    Serve with as many workers as *settings* says until told to stop. *ready* gets our address once the first listens.

    A worker that dies costs its own phones a moment, and is started again. Raises what `run` does.
    """
    asyncio.run(_try_store(settings))  # what is wrong with it is told once, not by every worker
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    listening = open_port(settings)
    workers = [_Worker(settings, listening, number) for number in range(settings.workers)]
    with _signals() as asked:
        try:
            while not asked():
                _look_after(workers, ready)
        finally:
            _stop(workers)
            listening.close()


def _look_after(workers: list[_Worker], ready: Callable[[str], None]) -> None:
    now = time.monotonic()
    for worker in workers:
        worker.look()
        if worker.start_at is not None and worker.start_at <= now:
            worker.start()
    pipes = {worker.told: worker for worker in workers if worker.told}
    sentinels = {worker.process.sentinel: worker for worker in workers if worker.process}
    for told in wait([*pipes, *sentinels], timeout=0.2):
        if isinstance(told, Connection):
            if url := pipes[told].heard():
                ready(url)
        elif isinstance(told, int):
            sentinels[told].died()


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
    """Whether we have been asked to stop."""
    asked = []
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda number, _: asked.append(number)) for number in numbers}
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


async def _try_store(settings: Settings) -> None:
    journal = await open_store(settings)
    await journal.close()


def _work(settings: Settings, listening: socket.socket, number: int, telling: Connection) -> None:
    """What runs in a worker's process."""
    logs.set_up()
    listening.setblocking(False)

    def tell(said: str | None) -> None:
        with contextlib.suppress(BrokenPipeError):  # whoever watched over us is gone
            telling.send(said)

    async def live_on() -> None:
        while True:
            await asyncio.sleep(BEAT_S)
            tell(None)

    async def ready(rooms: Registry, url: str) -> None:
        tell(url)

    async def serve() -> None:
        parent, loop = multiprocessing.parent_process(), asyncio.get_running_loop()
        assert parent

        def alone() -> None:  # whoever watched over us is gone: go too, as if told to
            loop.remove_reader(parent.sentinel)
            os.kill(os.getpid(), signal.SIGTERM)

        loop.add_reader(parent.sentinel, alone)
        beating = loop.create_task(live_on())
        try:
            await run(settings, ready, listening, first=number == 0)
        finally:
            beating.cancel()

    run_forever(serve())
