"""Participants sort their own answers on the phone, with and without its script."""

import pytest
from playwright.async_api import expect

from tests.browser.handset import handset
from tests.browser.test_accessible import faults
from tests.browser.test_phone import MOST_BYTES, weight
from tests.meeting import one
from tests.server_process import Open

TEXT = one("open", "id=a many=20") + "\n:::group{id=g from=a by=all}\nVi samler det som ligner.\n:::\n"


async def gathering(server, browser, *, script: bool = True, text: str = TEXT) -> tuple[Open, object]:
    """A phone that has given two answers, in a meeting where they are to be sorted."""
    room = await server.open(text)
    await room.act("start", activity="a")
    phone = await handset(browser, room.links["join_url"], script=script)
    for said in ("Flere busser", "Lys i gata"):
        await phone.page.fill("textarea", said)
        await phone.page.get_by_role("button", name="Send").first.click()
        await expect(phone.page.locator("#count, #mine")).to_contain_text(["1" if said == "Flere busser" else "2"])
    await room.act("add_answer", text="En annens")
    await room.act("close")
    await room.act("start", activity="g")
    for name in ("Reise", "Trygghet"):
        await room.act("make_theme", name=name)
    return room, phone


async def placed(room: Open) -> dict[str, list[str]]:
    return {
        theme["name"]: [card["text"] for card in theme["cards"]] for theme in (await room.show())["board"]["themes"]
    }


@pytest.mark.parametrize("script", [True, False])
async def test_own_answers_are_sorted_and_nobody_elses(server, browser, script):
    room, phone = await gathering(server, browser, script=script)
    page = phone.page
    if not script:
        await page.goto(room.links["join_url"])
    assert await weight(browser, room.links["join_url"], scripts=2) <= MOST_BYTES
    await page.get_by_role("link", name="Sorter dine egne svar").click()
    await expect(page.locator("select")).to_have_count(2)
    await page.get_by_label("Flere busser").select_option("Reise")
    await page.get_by_label("Lys i gata").select_option("Trygghet")
    await page.get_by_role("button", name="Lagre").click()
    await expect(page.locator("#status")).to_have_text("Lagret. Du kan endre det så lenge svarene samles.")
    assert {"Reise": ["Flere busser"], "Trygghet": ["Lys i gata"]} == await placed(room)
    if script:
        assert [] == await faults(page)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    await page.get_by_label("Flere busser").select_option("")
    await room.act("end")
    await page.get_by_role("button", name="Lagre").click()
    await expect(page.locator("main")).to_contain_text("Svarene sorteres ikke nå.")
    await room.act("back")
    assert {"Reise": ["Flere busser"], "Trygghet": ["Lys i gata"]} == await placed(room)
    assert [] == phone.faults


async def test_an_answer_may_be_ticked_into_several_themes(server, browser):
    room, phone = await gathering(server, browser, text=TEXT.replace("by=all", "by=all multi"))
    await phone.page.goto(f"{room.links['join_url']}/sort")
    boxes = phone.page.get_by_role("group", name="Flere busser")
    for name in ("Reise", "Trygghet"):
        await boxes.get_by_label(name).check()
    await phone.page.get_by_role("button", name="Lagre").click()
    await expect(phone.page.locator("#status")).to_contain_text("Lagret.")
    assert {"Reise": ["Flere busser"], "Trygghet": ["Flere busser"]} == await placed(room)
    assert [] == await faults(phone.page)


async def test_where_only_the_facilitator_sorts_no_phone_is_asked_to(server, browser):
    room, phone = await gathering(server, browser, text=TEXT.replace(" by=all", ""))
    await phone.state("grouping")
    await phone.page.locator("#themes tr").nth(2).wait_for()
    await expect(phone.page.locator("#sort")).to_be_hidden()
    await phone.page.goto(f"{room.links['join_url']}/sort")
    await expect(phone.page.locator("main")).to_contain_text("Svarene sorteres ikke nå.")
