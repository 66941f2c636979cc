"""One suite for all engines: a new one is a name in ENGINES and a fixture of that name."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path

import pytest

from live.journal import Journal
from live.journal.redis_engine import open_redis
from live.journal.sqlite import open_sqlite
from tests.journal.redis_groups import Cluster
from tests.journal.redis_server import USER, RedisServer, valkey_binary, with_user

# The cluster is of Valkey, so one server of it is left to the soak.
ENGINES = ["sqlite", "redis", pytest.param("valkey", marks=pytest.mark.soak), "cluster"]

OpenStore = Callable[[Path], Awaitable[Journal]]  # the same folder twice is the same store


@pytest.fixture(scope="session")
def sqlite() -> OpenStore:
    return open_sqlite


def opens(url: str, before: str = "") -> OpenStore:
    async def opened(folder: Path) -> Journal:
        return await open_redis(url, prefix=before + folder.as_posix())

    return opened


@pytest.fixture(scope="session")
async def redis(tmp_path_factory) -> AsyncGenerator[OpenStore]:
    """As the user with the least rights."""
    folder = tmp_path_factory.mktemp("redis")
    async with RedisServer(folder, with_user(folder, channels="allchannels")) as server:
        yield opens(server.url.replace("//", f"//{USER}@"), "innspill:")


@pytest.fixture(scope="session")
async def valkey(tmp_path_factory) -> AsyncGenerator[OpenStore]:
    async with RedisServer(tmp_path_factory.mktemp("valkey"), binary=valkey_binary()) as server:
        yield opens(server.url)


@pytest.fixture(scope="session")
async def cluster(tmp_path_factory) -> AsyncGenerator[OpenStore]:
    """Of Valkey, since Redis is there already."""
    async with Cluster(tmp_path_factory.mktemp("cluster"), valkey_binary()) as group:
        yield opens(group.url)


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
