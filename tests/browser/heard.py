"""
What somebody who listens to a face is told, in every state, held against files: `golden/FACE-STATE.yml`.

test_accessible.py looks at them on its way through the meeting. After a change that is meant:
`GOLDEN=new .venv/bin/python -m pytest tests/browser/test_accessible.py -k every_state`, then read the diff.
"""

import asyncio
import os
import re
from difflib import unified_diff
from pathlib import Path

from playwright.async_api import Page

GOLDEN = Path(__file__).parent / "golden"
RENEW = os.environ.get("GOLDEN") == "new"
LOOKS, STEP_S = 200, 0.1
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
    (r"Startet for \d+ min siden ", ""),  # from the first minute on
    (r"(?m)^( *- text: )(nå|\d+ (s|min|t))$", r"\1nå"),  # how old an answer is
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


async def comes_to(page: Page, wanted: str, looks: int) -> str:
    """*wanted*, as soon as the page tells it; else what it tells at the last look."""
    for _ in range(looks):
        told = await heard(page)
        if told == wanted:
            break
        await asyncio.sleep(STEP_S)
    return told


class Golden:
    """What was heard on one way through the meeting, beside what is on file."""

    def __init__(self) -> None:
        self._heard: set[Path] = set()
        self._looks = LOOKS

    async def amiss(self, face: str, state: str, page: Page) -> list[str]:
        """The lines that are told differently than before, as `diff` shows them."""
        file = GOLDEN / f"{face}-{state}.yml"
        self._heard.add(file)
        if RENEW:
            file.parent.mkdir(exist_ok=True)
            file.write_text(await settled(page), "utf-8")
            return []
        wanted = stable(file.read_text("utf-8")) if file.exists() else ""
        told = await comes_to(page, wanted, self._looks)
        if told != wanted:
            self._looks = max(10, self._looks // 2)  # what is amiss is often amiss in many states
        return list(unified_diff(wanted.splitlines(), told.splitlines(), file.name, "now", lineterm="", n=1))

    def unheard(self) -> list[str]:
        """Files that no state comes to any more."""
        left = sorted(set(GOLDEN.glob("*.yml")) - self._heard)
        if RENEW:
            for file in left:
                file.unlink()
        return [] if RENEW else [f"nothing comes to {file.name} any more" for file in left]
