"""Writes measured figures into docs/performance.md, each benchmark between its own marks."""

import argparse
import asyncio
import datetime
import json
import os
import platform
import re
from collections.abc import Callable, Coroutine
from importlib.metadata import version
from pathlib import Path
from typing import Any

REPORT = Path(__file__).parents[1] / "docs" / "performance.md"
RESULTS = Path(__file__).parent / "results"
VERSIONS = ("uvicorn", "uvloop", "starlette", "websockets", "msgspec")

Measure = Callable[[argparse.Namespace], Coroutine[Any, Any, str]]


def today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()


def machine() -> str:
    cpu = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())[1])
    libraries = ", ".join(f"{name} {version(name)}" for name in VERSIONS)
    return (
        f"{os.cpu_count()} cores ({cpu[1].strip() if cpu else platform.machine()}), {memory / 2**20:.0f} GiB, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}, {libraries}"
    )


def save_results(name: str, results: object) -> None:
    """Write the raw measurements to bench/results."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(results, indent=1) + "\n", "utf-8")


def publish(name: str, measure: Measure, parser: argparse.ArgumentParser) -> None:
    """Print what *measure* gives, and put it between `<!-- name: begin -->` and `<!-- name: end -->`."""
    parser.add_argument("--dry", action="store_true", help="print the figures, leave docs/performance.md alone")
    choices = parser.parse_args()
    figures = asyncio.run(measure(choices))
    print(figures)
    if not choices.dry:
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        text = REPORT.read_text("utf-8")
        before, rest = text.split(begin)
        REPORT.write_text(f"{before}{begin}\n{figures}\n{end}{rest.split(end)[1]}", "utf-8")
