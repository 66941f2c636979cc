"""A copy of the project after somebody has followed docs/a-kind-in-an-hour.md: all blocks of that page are in place."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parents[1]
PAGE = HOUSE / "docs" / "a-kind-in-an-hour.md"
KIND = "traffic"
# The first line of a block says where it belongs: a file; the line of a file that it follows; or the end of a file.
_BLOCK = re.compile(r"^```\w+ (\S+?)(?: after (.+?)| (at the end))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TREES = ("live", "presenter", "static", "templates", "examples", "tests")


def blocks() -> list[tuple[str, str, bool, str]]:
    """File, the line that it follows or empty, whether it goes to the end, and text, of each block with a place."""
    return [(file, after, bool(end), text) for file, after, end, text in _BLOCK.findall(PAGE.read_text("utf-8"))]


def follow(copy: Path) -> None:
    """Make *copy* a copy of the project, and put every block into it."""
    for tree in _TREES:
        shutil.copytree(HOUSE / tree, copy / tree, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("README.md", "pyproject.toml", "Makefile"):
        shutil.copy(HOUSE / file, copy / file)
    for file, after, at_end, text in blocks():
        path = copy / file
        old = path.read_text("utf-8") if path.exists() else ""
        if after:
            assert 1 == old.count(f"{after}\n"), f"{file}: {after}"
            path.write_text(old.replace(f"{after}\n", f"{after}\n{text}"), "utf-8")
        else:
            assert bool(old) == at_end, file
            path.write_text(old + text, "utf-8")
    for po in (copy / "live" / "locale").rglob("activities.po"):
        subprocess.run(["msgfmt", "-o", po.with_suffix(".mo"), po], check=True)


def run(copy: Path, *tests: str) -> str:
    """Run *tests* of the copy; returns what was printed. AssertionError with it when they fail."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV"))}
    done = subprocess.run(
        command, cwd=copy, env=environ | {"PYTHONPATH": str(copy)}, capture_output=True, text=True, timeout=300
    )
    assert 0 == done.returncode, done.stdout + done.stderr
    return done.stdout
