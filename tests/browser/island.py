"""
A short meeting on a network that leads nowhere: server and browsers, and a trap that sees whatever would leave.

Run by test_lan.py in a network namespace of its own, with a folder for the server. Prints one line of JSON: the states
that were seen, and what left the machine during the meeting and for a packet sent on purpose afterwards.
"""

import asyncio
import json
import socket
import subprocess
import sys
from pathlib import Path

from playwright.async_api import async_playwright

from tests.browser.conftest import launch
from tests.browser.handset import WORKSHOP, Handset, handset, writing
from tests.server_process import Server

ADDRESS, ELSEWHERE = "192.0.2.10", "198.51.100.1"  # RFC 5737: nobody's
# All that is not for this machine goes into `way` and comes out of `end`, where nobody answers. Without IPv6, for with
# it the kernel itself would look for neighbours.
# Chromium asks its maker for updates and names of fields, whatever page it shows. Were it one of our pages that asked,
# `hosts` would tell.
OWN_ERRANDS = "--host-resolver-rules=MAP *.googleapis.com ~NOTFOUND, MAP *.google.com ~NOTFOUND"
NETWORK = f"""
ip link set lo up
ip link add way type veth peer name end
sysctl -qw net.ipv6.conf.way.disable_ipv6=1 net.ipv6.conf.end.disable_ipv6=1
ip addr add {ADDRESS}/24 dev way
ip link set end up
ip link set way up
ip neigh add 192.0.2.1 lladdr 02:00:00:00:00:01 dev way nud permanent
ip route add default via 192.0.2.1
"""


class Trap:
    """Sees every packet on the way out, ARP too."""

    def __init__(self) -> None:
        every = socket.htons(3)  # ETH_P_ALL
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, every)
        self._socket.bind(("end", 3))
        self._socket.setblocking(False)

    def caught(self) -> list[str]:
        """The packets since the last time, the first 120 bytes of each in hex."""
        packets = []
        while True:
            try:
                packets.append(self._socket.recv(65_536)[:120].hex())
            except BlockingIOError:
                return packets


async def meet(folder: Path) -> list[str]:
    """Lobby to results on two phones, a screen and a console."""
    async with (
        Server(folder / "data", "run", "examples/naerdemokrati.md", "--lan", "--no-browser") as server,
        async_playwright() as playwright,
        await launch(playwright, OWN_ERRANDS) as browser,
    ):
        server.url = server.output[-1].rpartition(" ")[2].rstrip("/")
        assert server.url == f"http://{ADDRESS}:{server.port}", server.url
        room = await server.open(WORKSHOP)
        screen = Handset(await browser.new_page())
        console = Handset(await browser.new_page())
        await screen.page.goto(room.links["screen_url"])
        await console.page.goto(room.links["console_url"])
        phones = [await handset(browser, room.links["join_url"], script=script) for script in (True, False)]
        await writing(room)
        await phones[0].state("write")
        await phones[0].write("Flere benker")
        await phones[0].own(("Flere benker", "Mottatt"))
        await phones[1].page.reload()
        await phones[1].page.fill("textarea", "Lys på stien")
        await phones[1].page.locator("form .press").first.click()
        for do in ("close", "reveal"):
            await room.act(do)
        for face in (screen, console, phones[0]):
            await face.state("results")
        await screen.sees("Lys på stien")
        assert b"Flere benker" in await room.export("csv")
        hosts = screen.hosts | console.hosts | phones[0].hosts | phones[1].hosts
        assert hosts == {f"{ADDRESS}:{server.port}"}, hosts
        return [await face.page.locator("body").get_attribute("data-state") for face in (screen, console, phones[0])]


def main() -> None:
    subprocess.run(NETWORK, shell=True, check=True, executable="/bin/sh", env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})
    trap = Trap()
    states = asyncio.run(meet(Path(sys.argv[1])))
    left = trap.caught()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.sendto(b"?", (ELSEWHERE, 53))
    sys.stdout.write(json.dumps({"states": states, "left": left, "on_purpose": trap.caught()}) + "\n")


if __name__ == "__main__":
    main()
