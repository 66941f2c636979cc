"""One suite for all engines: a new one is a name in ENGINES and a fixture of that name."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from live.journal import Journal
from live.journal.redis_engine import open_redis
from live.journal.sqlite import open_sqlite
from tests.redis_server import RedisServer

ENGINES = ["sqlite", "redis"]

OpenStore = Callable[[Path], Awaitable[Journal]]  # the same folder twice is the same store


@pytest.fixture(scope="session")
def sqlite() -> OpenStore:
    return open_sqlite


@pytest.fixture(scope="session")
async def redis_server(tmp_path_factory):
    async with RedisServer(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(scope="session")
def redis(redis_server) -> OpenStore:
    async def opened(folder: Path) -> Journal:
        return await open_redis(redis_server.url, prefix=folder.as_posix())

    return opened


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> OpenStore:
    return request.getfixturevalue(request.param)


@pytest.fixture
async def reopen(engine, tmp_path):
    """Closes the store of this test, if it is open, and opens it again."""
    opened = []

    async def reopen() -> Journal:
        while opened:
            await opened.pop().close()
        opened.append(await engine(tmp_path / "data"))
        return opened[-1]

    yield reopen
    for journal in opened:
        await journal.close()


@pytest.fixture
async def journal(reopen) -> Journal:
    return await reopen()
