"""A real Redis in its own process, on loopback and a free port, that tests may kill and start again."""

import asyncio
import shutil
import signal
import socket
from pathlib import Path

READY_S = 20
SAFE = ("--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction", "--save", "")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RedisServer:
    """Started by `async with`; `start` after `kill` keeps folder and port. *settings* as on its command line."""

    def __init__(self, folder: Path, settings: tuple[str, ...] = SAFE) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: asyncio.subprocess.Process | None = None
        self._settings = settings

    async def start(self) -> None:
        path = shutil.which("redis-server")
        assert path, "redis-server is missing; `make test` says how to get it"
        with (self.folder / "log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                path, "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder), *self._settings,
                stdout=log, stderr=log,
            )  # fmt: skip
        async with asyncio.timeout(READY_S):
            while not await self._answers():
                await asyncio.sleep(0.02)

    async def _answers(self) -> bool:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.write(b"PING\r\n")
        said = await reader.readline()  # while it loads its file it says so
        writer.close()
        return said == b"+PONG\r\n"

    async def kill(self) -> None:
        """kill -9: nothing is finished, nothing is said."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def __aenter__(self) -> "RedisServer":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.process and self.process.returncode is None:
            await self.kill()
