"""The phone without its script: switched off, or failing on the first line. Nothing a participant needs is lost."""

import pytest
from playwright.async_api import expect

from tests.browser.handset import SMALL, WORKSHOP, Handset, answers, handset, writing
from tests.server_process import Open

# No script at all, and a script that breaks.
PHONES = [pytest.param({"script": False}, id="without"), pytest.param({"broken": True}, id="broken")]


async def texts(room: Open) -> list[str]:
    return sorted(one["text"] for one in await answers(room))


async def follow(phone: Handset, state: str) -> None:
    """The small frame beside the page has noticed, and offers to go on."""
    await phone.page.frame_locator("#beside").get_by_role("link", name="Vis det nye").click()
    await phone.state(state)


@pytest.mark.parametrize("kind", PHONES)
async def test_answer_change_and_delete(server, browser, kind):
    room = await server.open(WORKSHOP)
    await writing(room)
    phone = await handset(browser, room.links["join_url"], **kind)
    for number, text in enumerate(("Møteplasser", "Busser", "<b>Lys</b> i gata"), start=1):
        await phone.write(text)
        await phone.sees(f"Mine svar ({number})")
    await phone.own(("<b>Lys</b> i gata", "Mottatt"), ("Busser", "Mottatt"), ("Møteplasser", "Mottatt"))

    await phone.button("Endre", of="Busser").click()
    await expect(phone.page.locator("textarea")).to_have_value("Busser")
    await phone.page.fill("textarea", "Flere busser")
    await phone.page.get_by_role("button", name="Lagre endring").click()
    await phone.own(("<b>Lys</b> i gata", "Mottatt"), ("Flere busser", "Mottatt"), ("Møteplasser", "Mottatt"))

    await phone.button("Slett", of="Møteplasser").click()
    await phone.own(("<b>Lys</b> i gata", "Mottatt"), ("Flere busser", "Mottatt"))
    assert ["<b>Lys</b> i gata", "Flere busser"] == await texts(room)

    await phone.write("å" * 41)
    await expect(phone.page.get_by_role("alert")).to_have_text("Teksten er for lang. Gjør den kortere og send på nytt.")
    await expect(phone.page.locator("textarea")).to_have_value("å" * 41)
    await phone.write("å" * 40)
    await phone.sees("Mine svar (3)")
    await phone.page.fill("textarea", "To ganger")
    await phone.page.locator("#form .press").dblclick()
    await phone.sees("Mine svar (4)")
    assert 1 == (await texts(room)).count("To ganger")
    assert {"innspill_p_" + room.code} == {cookie["name"] for cookie in await phone.page.context.cookies()}
    assert {server.url.removeprefix("http://")} == phone.hosts
    assert (["error: 1"] * len(phone.faults) if "broken" in kind else []) == phone.faults
    assert ("broken" in kind) == bool(phone.faults)


async def test_half_written_text_stays_while_the_meeting_moves_on(server, browser):
    """
    The page with the field never loads itself anew, only the frame beside it; what was unsent at close is taken.
    """
    room = await server.open(WORKSHOP)
    without = await handset(browser, room.links["join_url"], script=False)
    broken = await handset(browser, room.links["join_url"], broken=True)
    for phone in (without, broken):
        await phone.state("lobby")
    await writing(room)
    await without.state("write")  # by itself
    await follow(broken, "write")
    moved: list[bool] = []
    for phone in (without, broken):
        await phone.page.fill("textarea", "Nesten ferdig")
        assert 0 == await phone.page.locator("meta[http-equiv=refresh]").count()
        phone.page.on("framenavigated", lambda frame: moved.append(frame.parent_frame is None))
    await room.act("close")
    for phone in (without, broken):
        await expect(phone.page.frame_locator("#beside").get_by_role("link", name="Vis det nye")).to_be_visible()
        await expect(phone.page.locator("textarea")).to_have_value("Nesten ferdig")
    assert {False} == set(moved)
    for phone in (without, broken):
        await phone.send()
        await phone.state("closed")
        await phone.own(("Nesten ferdig", "Mottatt"))
    assert [False, False] == [one["late"] for one in await answers(room)]


async def test_one_choice_several_and_a_scale(server, browser):
    """
    Sent, changed, and found in the results with the own answer marked. Too many choices are refused in words.
    """
    room = await server.open(WORKSHOP)
    phone = await handset(browser, room.links["join_url"], script=False)

    async def at(activity: str) -> None:
        await writing(room, activity)
        await phone.page.goto(room.links["join_url"])
        await phone.state("write")

    async def tick(*names: str) -> None:
        for name in names:
            await phone.page.get_by_label(name).check()
        await phone.send()

    await at("bor")
    for name in ("Sentrum", "Øya"):
        await tick(name)
        await phone.own((name, "Mottatt"))
        await expect(phone.page.get_by_label(name)).to_be_checked()
    await room.act("close")
    await room.act("reveal")
    await phone.page.goto(room.links["join_url"])
    await phone.page.get_by_role("link", name="Se alle svarene her").click()
    await expect(phone.page.locator("tr", has_text="Øya")).to_contain_text("(du)")
    await expect(phone.page.locator("tr", has_text="Øya").locator(".num")).to_have_text("1 (100 %)")

    await at("savn")
    await tick("Møteplasser", "Busser", "Trygg skolevei")
    await expect(phone.page.get_by_role("alert")).to_be_visible()
    assert 1 == len(await answers(room))
    await phone.page.get_by_label("Busser").uncheck()  # what was ticked still is
    await phone.send()
    await phone.own(("Møteplasser, Trygg skolevei", "Mottatt"))

    await at("hort")
    for name, step in (("I velforeningen", "5"), ("I kommunen", "2")):
        await phone.page.get_by_role("group", name=name).get_by_label(step, exact=True).check()
    await phone.send()
    await phone.own(("I velforeningen: 5, I kommunen: 2", "Mottatt"))
    assert 3 == len(await answers(room))
    assert [] == phone.faults


async def test_every_state_fits_and_looks_for_the_next(server, browser):
    """
    At 320 px nothing is wider than the page; where there is no field, it comes back by itself.
    """
    room = await server.open(WORKSHOP)
    phone = await handset(browser, room.links["join_url"], script=False, size=SMALL)
    for do, state in (
        ("", "lobby"), ("next", "slide"), ("next", "idle"), ("next", "talk"), ("next", "write"), ("close", "closed"),
        ("reveal", "results"), ("end", "ended"),
    ):  # fmt: skip
        if do:
            await room.act(do)
            await phone.page.goto(room.links["join_url"])
        await phone.state(state)
        assert await phone.page.evaluate("document.documentElement.scrollWidth") <= 320
        assert (state == "write") == await phone.page.locator("textarea").count()
        assert (state != "write") == await phone.page.locator("meta[http-equiv=refresh]").count()
        for button in await phone.page.locator(".press:visible, .pick:visible").all():
            assert (await button.bounding_box())["height"] >= 44
    assert [] == phone.faults


async def test_the_page_can_be_kept_from_loading_by_itself(server, browser):
    """
    Whoever reads slowly, or with a screen reader, stops it with a link, also past answers, and lets it go on
    with another (WCAG 2.2.1).
    """
    room = await server.open(WORKSHOP)
    phone = await handset(browser, room.links["join_url"], script=False)
    refreshing = "meta[http-equiv=refresh]"
    await expect(phone.page.locator(refreshing)).to_have_count(1)
    await phone.page.get_by_role("link", name="Ikke last siden på nytt av seg selv").click()
    await expect(phone.page.locator(refreshing)).to_have_count(0)
    await expect(phone.page.frame_locator("#beside").locator(refreshing)).to_have_count(0)
    await writing(room)
    await phone.page.goto(room.links["join_url"])
    await phone.write("Møteplasser")
    await phone.own(("Møteplasser", "Mottatt"))
    await room.act("close")
    await phone.page.goto(room.links["join_url"])
    await phone.state("closed")
    await expect(phone.page.locator(refreshing)).to_have_count(0)
    await expect(phone.page.frame_locator("#beside").locator(refreshing)).to_have_count(0)
    await phone.page.get_by_role("link", name="Last siden på nytt av seg selv igjen").click()
    await expect(phone.page.locator(refreshing)).to_have_count(1)
