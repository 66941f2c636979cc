"""A data folder that can't be used: every command says so in a sentence, before it does anything else."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from live.journal.sqlite import FILE
from live.settings import PREFIX
from tests.journal.redis_server import RedisServer
from tests.meeting import SEMINAR
from tests.server_process import ROOT, Server

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there are no such rights")

# The rights are dropped after everything is loaded: a user without any may not even read Python where root has it.
AS_NOBODY = """
import concurrent.futures.thread, os, pwd, sys  # what is loaded late too: Python may lie where root alone reads
from live.cli import main
if not os.geteuid():
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
main(sys.argv[1:])
"""
COMMANDS = {
    "serve": ["serve", "--port", "0"],
    "run": ["run", "examples/naerdemokrati.md", "--no-browser", "--port", "0"],
    "rooms": ["rooms"],
    "export": ["export", "25054015", "-o", "-"],
    "key": ["key"],
    "key new": ["key", "new", "Kari"],
    "key end": ["key", "end", "Kari"],
    "link": ["link", "25054015", "console"],
    "revoke": ["revoke", "25054015"],
    "delete": ["delete", "25054015", "--yes"],
    "backup": ["backup", "a.backup"],
    "healthcheck": ["healthcheck"],
    "rehearse": ["rehearse", "25054015"],
}


def complaint(arguments: list[str], data: Path, *, as_nobody: bool = True, env: dict[str, str] | None = None) -> str:
    """What the command complains of before it ends with 1, as a user without rights: root may do everything."""
    # A user without rights may not write down what was covered either.
    kept = {name: value for name, value in os.environ.items() if not name.startswith((PREFIX, "COV"))}
    ended = subprocess.run(
        [sys.executable, *(["-c", AS_NOBODY] if as_nobody else ["-m", "live"]), *arguments, "--data", str(data)],
        env=kept | {"PYTHONDONTWRITEBYTECODE": "1"} | (env or {}),
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert 1 == ended.returncode, ended.stdout + ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr
    assert "is ready" not in ended.stdout
    return ended.stderr


@pytest.fixture
def open_path():
    """A folder to which everybody finds the way, unlike those that pytest makes."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def another_owner(data: Path) -> str:
    data.mkdir(mode=0o700)
    return "which belongs to root" if not os.geteuid() else ""


def not_to_write(data: Path) -> str:
    data.mkdir()
    data.chmod(0o555)
    return "You may not read and write"


def a_file_of_another(data: Path) -> str:
    data.mkdir()
    data.chmod(0o777)
    (data / FILE).touch(mode=0o600)
    return f"{data / FILE}, which belongs to root"


def in_a_folder_of_another(data: Path) -> str:
    data.parent.chmod(0o700)
    data.mkdir()
    return f"{data.parent}, which belongs to root"


def a_file(data: Path) -> str:
    data.write_text("")
    return "is a file and no folder"


WRONG = [another_owner, not_to_write, a_file_of_another, in_a_folder_of_another, a_file]
# One command meets all that can be wrong, every other one of these: each is a process of its own.
TRIED = [("serve", wrong) for wrong in WRONG] + [
    (command, WRONG[number % len(WRONG)]) for number, command in enumerate(COMMANDS) if command != "serve"
]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can be another")
@pytest.mark.parametrize(("command", "wrong"), TRIED)
def test_a_folder_that_is_not_for_this_user(open_path, command, wrong: Callable[[Path], str]):
    """
    Whose it is, and what to do.
    """
    data = open_path / "data"
    words = wrong(data)
    assert words in complaint(COMMANDS[command], data)


@pytest.mark.parametrize("command", ["serve", "run", "key", "key new"])
def test_a_folder_that_can_t_be_made(open_path, command):
    (open_path / "file").write_text("")
    assert "is a file, so that there can be no folder" in complaint(COMMANDS[command], open_path / "file" / "data")
    if not os.geteuid():
        assert "can't be made: Permission denied" in complaint(COMMANDS[command], open_path / "data")


async def test_a_worker_that_can_t_begin_ends_the_server(tmp_path):
    """
    Started again and again, it would look as if the server were there.
    """
    (tmp_path / "redis").mkdir()
    data = tmp_path / "data"
    async with RedisServer(tmp_path / "redis") as redis:
        (data / "create-key" / "in the way").mkdir(parents=True)
        words = complaint(
            ["serve", "--workers", "2", "--port", "0"], data, as_nobody=False, env={"INNSPILL_REDIS": redis.url}
        )
    assert "/create-key." in words
    assert "can't be used" in words


async def test_a_folder_that_is_all_right(tmp_path):
    async with Server(tmp_path / "data") as server:
        assert await server.open(SEMINAR)
