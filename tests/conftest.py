"""
Settings for every test. Hypothesis fails no example for being slow, since the machine may be busy. Its examples are the
same in each run, so that a failure comes from the change; `make soak` tries more and other examples each time.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from coverage import Coverage
from hypothesis import settings

from live.settings import FAST, PLAIN

settings.register_profile("house", deadline=None, derandomize=True, max_examples=30)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("house")

# Stores wait for the disk at each answer, some 4 ms, which is most of the time of a test with a room in it. In memory
# nothing else differs: what kill -9 leaves is the same. A run needs less than 100 MB.
MEMORY, ROOM = Path("/dev/shm"), 512 * 1024 * 1024
if (
    MEMORY.is_dir()
    and os.access(MEMORY, os.W_OK)
    and shutil.disk_usage(MEMORY).free > ROOM
    and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC  # some tests write a program and run it
):
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

# -- what is counted by coverage ----------------------------------------------------------------------------------

HERE = Path(__file__).parent
# All that runs of live/ here, runs in servers and browsers: there is nothing to count in this process.
ELSEWHERE = [HERE / one for one in ("browser", "faults", "server/test_stopping.py", "server/test_supervisor.py")]
ELSEWHERE += [HERE / one for one in ("cli/test_five_minutes.py", "test_compose.py", "test_seminar.py")]
PROCESSES = "COVERAGE_PROCESS_CONFIG"  # what a process that we start has to find, to count its lines too
COUNTING = pytest.StashKey[tuple[Coverage, str]]()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """A new interpreter that counts costs 2 s of a processor, a forked server more than one that does not: few do."""
    works = hasattr(config, "workerinput") or not config.getoption("numprocesses", None)
    if works and (counting := Coverage.current()):
        config.stash[COUNTING] = counting, os.environ.pop(PROCESSES, "")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    counting, _ = item.config.stash.get(COUNTING, (None, ""))
    elsewhere = any(one in (item.path, *item.path.parents) for one in ELSEWHERE)
    if counting is None or not (elsewhere or item.get_closest_marker("uncounted")):
        return (yield)
    counting.stop()
    try:
        return (yield)
    finally:
        counting.start()
        os.environ.pop(PROCESSES, None)  # which `start` sets each time, and then every server would count


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    What mostly waits comes first, and so to the first worker alone: the others have the processors meanwhile. Last, it
    would be waited for when all else is done (30 s of 150).
    """
    items.sort(key=lambda item: item.get_closest_marker("waits") is None)


@pytest.fixture(scope="module", params=[FAST, pytest.param(PLAIN, marks=pytest.mark.soak)])
def transport(request: pytest.FixtureRequest) -> dict[str, str]:
    """For the environment of a server: faces come by our own way through the wire, and by ASGI alone."""
    return {"INNSPILL_TRANSPORT": request.param}


@pytest.fixture(scope="session")
def counted(request: pytest.FixtureRequest) -> dict[str, str]:
    """For the environment of a process that counts too: what runs in it runs nowhere else."""
    _, processes = request.config.stash.get(COUNTING, (None, ""))
    return {PROCESSES: processes} if processes else {}


@pytest.fixture
def counted_processes(counted: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """All processes that this test starts count."""
    for name, value in counted.items():
        monkeypatch.setenv(name, value)
