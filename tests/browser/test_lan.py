"""A meeting in a hall without Internet: nothing is looked for outside it, by the server or by a browser."""

import asyncio
import json
import os
import shutil
import sys

import pytest

from tests.server_process import ROOT

NEEDS = (
    "This test gives the server and Chromium a network of their own that leads nowhere, and needs the right to make"
    " one: run it as root, in a container with `--cap-add SYS_ADMIN --cap-add NET_ADMIN`, or where users may make"
    " namespaces (`sysctl kernel.unprivileged_userns_clone=1`); and `ip`, of Debian's iproute2."
)


async def ran(*command: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


async def own_network() -> tuple[str, ...]:
    """The words before a command that give it a network of its own."""
    ways = [("unshare", "--net"), ("unshare", "--user", "--map-root-user", "--net")]
    for way in ways if shutil.which("unshare") and shutil.which("ip", path=os.defpath + ":/usr/sbin:/sbin") else []:
        if 0 == (await ran(*way, "ip", "link", "set", "lo", "up"))[0]:
            return way
    return pytest.fail(NEEDS, pytrace=False)


@pytest.mark.soak
async def test_no_packet_leaves_the_hall(tmp_path):
    """
    A default route leads into a trap. A whole short meeting with Chromium on every face puts nothing into it; a packet
    that is sent on purpose is seen.
    """
    way = await own_network()
    status, out, err = await ran(*way, sys.executable, "-m", "tests.browser.island", str(tmp_path))
    assert 0 == status, err
    told = json.loads(out)
    assert ["results"] * 3 == told["states"]
    assert [] == told["left"]
    assert told["on_purpose"]
