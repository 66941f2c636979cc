"""Starts the servers to compare with, and reads processor time and memory of processes from the kernel."""

import asyncio
import contextlib
import re
import socket
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

HOUSE = Path(__file__).parents[1]
MOST_ATTEMPTS = 400  # to connect to a server that starts


def cpu_ns(pids: Iterable[int]) -> int:
    """Processor time of all threads of *pids*."""
    return sum(
        int((task / "schedstat").read_text().split()[0]) for pid in pids for task in Path(f"/proc/{pid}/task").iterdir()
    )


def rss_kib(pid: int) -> int:
    """Memory of *pid* and the processes it started."""
    total = int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1])
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            total += rss_kib(int(child))
    return total


async def listening(port: int) -> None:
    for _ in range(MOST_ATTEMPTS):
        try:
            (await asyncio.open_connection("127.0.0.1", port))[1].close()
            return
        except OSError:
            await asyncio.sleep(0.05)
    raise SystemExit("a server did not start")


@contextlib.asynccontextmanager
async def process(*words: str) -> AsyncIterator[tuple[int, int]]:
    """Start a server whose last argument is its port. Yields (pid, port)."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = await asyncio.create_subprocess_exec(*words, str(port), cwd=HOUSE)
    try:
        await listening(port)
        yield started.pid, port
    finally:
        started.terminate()
        await started.wait()
