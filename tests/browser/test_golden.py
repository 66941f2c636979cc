"""
What somebody who listens to a face is told, in every state, held against files: `golden/FACE-STATE.yml`.

After a change that is meant: `GOLDEN=new .venv/bin/python -m pytest tests/browser/test_golden.py`, then read the diff.
"""

import asyncio
import os
import re
from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.browser.faces import SIZES, WORKSHOP, faces, walk

GOLDEN = Path(__file__).parent / "golden"
RENEW = os.environ.get("GOLDEN") == "new"
SETTLES_S, STEP_S = 5, 0.1
MONTHS = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
# What differs from run to run, and what stands for it.
VOLATILE = [
    (r"\b\d{4} \d{4}\b", "2505 4015"),
    (r"\b\d{8}\b", "25054015"),
    (r"\b[01] telefon(er)?\b", "1 telefon"),  # one that was cut off is missed for a moment
    (r"127\.0\.0\.1:\d+", "innspill.no"),
    (rf"\b\d{{1,2}}\. ({MONTHS}) \d{{4}}", "1. mai 2027"),
    (r"\b\d+:\d\d\b", "1:00"),
    (r"(?m)^- status:.*\n(  .*\n)*", "- status\n"),  # what was said last, and how long it stands
    (r'(?m)^( *)- region "Det siste som ble gjort":\n(\1  .*\n)*', ""),  # for five seconds after it
    (r":? ?\d+ skriver ennå\.", ""),  # for a while after the last key
    (r"\b\d+ minutt(er)?( \d+ sekund(er)?)? igjen|\b\d+ sekund(er)? igjen", "1 minutt igjen"),
]


def stable(told: str) -> str:
    for volatile, instead in VOLATILE:
        told = re.sub(volatile, instead, told)
    return told


async def heard(page: Page) -> str:
    told = stable(await page.locator("body").aria_snapshot() + "\n")
    if await page.locator("[data-card]").count():  # cards come in an order of their own in every meeting
        told = re.sub(r"(?m)(^ +- listitem: .*\n)+", lambda cards: "".join(sorted(cards[0].splitlines(True))), told)
    return told


async def settled(page: Page) -> str:
    """As it is when it has stayed the same for a while: counts come a moment after what they count."""
    told, same = await heard(page), 0
    while same < 6:
        await asyncio.sleep(STEP_S)
        now = await heard(page)
        told, same = now, same + 1 if now == told else 0
    return told


async def comes_to(page: Page, wanted: str) -> str:
    """*wanted*, as soon as the page tells it; else what it tells when time is up."""
    for _ in range(int(SETTLES_S / STEP_S)):
        told = await heard(page)
        if told == wanted:
            break
        await asyncio.sleep(STEP_S)
    return told


@pytest.mark.timeout(180)
async def test_each_state_is_told_as_it_was(server, browser):
    walked = set()
    amiss = {}

    async def look(page: Page, file: Path) -> None:
        walked.add(file)
        if RENEW:
            file.parent.mkdir(exist_ok=True)
            file.write_text(await settled(page), "utf-8")
            return
        wanted = stable(file.read_text("utf-8")) if file.exists() else ""
        told = await comes_to(page, wanted)
        if told != wanted:
            amiss[file.name] = (wanted, told)

    async with faces(browser, await server.open(WORKSHOP), "nb") as opened:
        async for state in walk(opened):
            await asyncio.gather(*(look(page, GOLDEN / f"{face}-{state}.yml") for face, page in opened.pages.items()))
    for name, (wanted, told) in amiss.items():
        assert wanted.splitlines() == told.splitlines(), f"{name}: see the top of {Path(__file__).name}"
    for file in set(GOLDEN.glob("*.yml")) - walked:
        assert RENEW, f"nothing comes to {file.name} any more"
        file.unlink()
    assert len(walked) % len(SIZES) == 0
