"""Nothing that axe-core knows to look for is amiss, on any face, in any state, in the light or in the dark."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.browser.faces import WORKSHOP, faces, walk

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
LOOK = """async (runOnly) => {
  await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})))
  const { violations } = await axe.run(document, { runOnly, resultTypes: ['violations'] })
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) =>
    `${id}: ${target.join(' ')}: ${[...any, ...all, ...none].map(({ message }) => message).join('; ')}`))
}"""


async def faults(page: Page, rules: object = None) -> list[str]:
    """What is amiss, when nothing moves any more. A black screen has no heading: it shows nothing on purpose."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE + ";0")
    black = await page.evaluate("document.body.dataset.state") == "blank"
    found: list[str] = await page.evaluate(LOOK, rules or (TAGS[:-1] if black else TAGS))
    return found


async def in_both_themes(face: str, page: Page) -> list[str]:
    """In the theme it has, and what the other changes: its colours. The phone is always light."""
    found = await faults(page)
    if face != "phone":
        await page.keyboard.press("d")
        theme = await page.evaluate("document.documentElement.dataset.theme")
        found += [f"{theme}: {fault}" for fault in await faults(page, COLOURS)]
    return [f"{face}: {fault}" for fault in found]


@pytest.mark.timeout(120)
async def test_every_state_of_every_face(server, browser):
    """
    Lobby, slide, talk, writing, closing, results, black, ended; cut off, and refused. Two languages at a time, for most
    of it is waiting for what was cut off.
    """

    async def look(language: str) -> list[str]:
        amiss = []
        async with faces(browser, await server.open(WORKSHOP), language) as opened:
            async for state in walk(opened):
                looks = await asyncio.gather(*(in_both_themes(face, page) for face, page in opened.pages.items()))
                amiss += [f"{language}, {state}, {fault}" for found in looks for fault in found]
        return amiss

    assert [[], []] == await asyncio.gather(look("nb"), look("en"))
