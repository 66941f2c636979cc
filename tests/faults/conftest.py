"""Servers for fault tests. Rate limits are off, because these phones send faster than people."""

import os
import resource
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.faults.checker import Verdict, check
from tests.journal.redis_server import RedisServer
from tests.meeting import one
from tests.phones import Phone
from tests.server_process import Open, Server

OFF = {"INNSPILL_LIMITS": "off"}


@pytest.fixture(scope="session", autouse=True)
def handles() -> None:
    """As many sockets as this process may have: a hall is thousands of phones."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


@pytest.fixture
async def stack():
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
async def redis(tmp_path, stack):
    return await stack.enter_async_context(RedisServer(tmp_path / "redis"))


@pytest.fixture
def serving(tmp_path, stack) -> Callable:
    """Start a server on *url*'s Redis, or on the embedded store."""

    async def serve(name: str = "data", redis: str = "", workers: int = 1) -> Server:
        env = OFF | ({"INNSPILL_REDIS": redis} if redis else {})
        return await stack.enter_async_context(
            Server(tmp_path / name, "serve", "--workers", str(workers), env=env)
        )  # fmt: skip

    return serve


async def writing(server: Server, kind: str = "open", attrs: str = "id=a many=1000", body: str = "") -> Open:
    room = await server.open(one(kind, attrs, body) if body else one(kind, attrs))
    await room.act("start", activity="a")
    return room


async def judge(room: Open, phones: list[Phone]) -> Verdict:
    """By the export with the texts of what was withheld: some of the texts that phones make up are flagged."""
    notes = [note for phone in phones for note in phone.notes.values()]
    return check(notes, await room.export("json?withheld=1"))


def report_counts(row: str, **counts: object) -> None:
    """A line for docs/reliability.md, shown by `pytest -s`."""
    row_text = f"{row}: " + ", ".join(f"{name} {count}" for name, count in counts.items())
    sys.stdout.write(f"{row_text}\n")
    if path := os.environ.get("FAULTS_REPORT"):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(row_text + "\n")
