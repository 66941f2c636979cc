"""Where the focus is: it stays with whoever types or presses, can be seen, and reaches everything."""

from playwright.async_api import Page, expect

from tests.browser.handset import WORKSHOP, handset, writing

FOCUSED = "() => { const it = document.activeElement; return it === document.body ? 'body' : it.id || it.localName }"


async def focused(page: Page) -> str:
    """The id or the tag of what has the focus; `body` when nothing has."""
    told: str = await page.evaluate(FOCUSED)
    return told


async def test_whoever_types_goes_on_typing(server, browser):
    """
    A draft during the talk becomes the answer when writing opens, and stays under the fingers until its time is up.
    """
    room = await server.open(WORKSHOP)
    await room.act("goto", slide=2)
    phone = await handset(browser, room.links["join_url"])
    page = phone.page
    await room.act("next")
    await phone.state("talk")
    await page.keyboard.press("Tab")  # from the heading, which has the focus since the state changed
    assert "Jeg trenger å skrive nå" == await page.evaluate("document.activeElement.textContent")
    await page.keyboard.press("Enter")
    await page.keyboard.type("Flere ")
    await room.act("next")
    await phone.state("write")
    assert "text" == await focused(page)
    await page.keyboard.type("busser ")
    await room.act("close_in", seconds=20)
    await phone.state("closing")
    await phone.says("Stenger om 20 sekunder")
    assert "text" == await focused(page)
    await page.keyboard.type("på ")
    await room.act("close")
    await phone.state("closed")
    await phone.says("Det er stengt for svar.")
    assert "text" == await focused(page)
    await room.act("reveal")
    await phone.state("results")
    assert "text" == await focused(page)
    await page.keyboard.type("kvelden")
    assert "Flere busser på kvelden" == await page.input_value("textarea")
    await room.act("next")
    await phone.state("idle")
    assert "h1" == await focused(page)  # no field is left; what is new is read out


async def test_each_state_begins_at_its_heading(server, browser):
    room = await server.open(WORKSHOP)
    phone = await handset(browser, room.links["join_url"])
    assert "body" == await focused(phone.page)  # nobody has asked for anything yet
    for act, state in (("next", "slide"), ("next", "idle"), ("next", "talk"), ("next", "write"), ("close", "closed")):
        await room.act(act)
        await phone.state(state)
        assert "h1" == await focused(phone.page), state


async def test_buttons_beside_an_answer_keep_the_focus(server, browser):
    """
    The list is drawn anew at every receipt; who came to a button by keyboard stays there, and undo is next to delete.
    """
    room = await server.open(WORKSHOP)
    await writing(room)
    phone = await handset(browser, room.links["join_url"])
    page = phone.page
    await page.keyboard.press("Tab")
    while await focused(page) != "text":
        await page.keyboard.press("Tab")
    for text in ("Busser", "Lys i gata"):
        await page.keyboard.type(text)
        await page.keyboard.press("Tab")
        await page.keyboard.press("Space")
        assert "text" == await focused(page)
    await phone.own(("Lys i gata", "Mottatt"), ("Busser", "Mottatt"))
    await page.keyboard.press("Tab")
    for label in ("Endre", "Slett"):
        await page.keyboard.press("Tab")
        assert label == await page.evaluate("document.activeElement.textContent")
    await room.act("add_time", seconds=60)
    await room.act("set_people", n=30)
    await room.act("close_in", seconds=60)
    await phone.state("closing")
    assert "Slett" == await page.evaluate("document.activeElement.textContent")
    await page.keyboard.press("Enter")
    assert "Angre" == await page.evaluate("document.activeElement.textContent")
    await page.keyboard.press("Enter")
    await phone.own(("Lys i gata", "Mottatt"), ("Busser", "Mottatt"))
    assert "Endre" == await page.evaluate("document.activeElement.textContent")


async def test_a_choice_made_by_keyboard_keeps_the_focus(server, browser):
    room = await server.open(WORKSHOP)
    await writing(room, "bor")
    phone = await handset(browser, room.links["join_url"])
    page = phone.page
    await page.locator("#choices input").first.focus()
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_label("Bygda")).to_be_checked()
    await page.keyboard.press("Enter")  # sends
    await phone.own(("Bygda", "Mottatt"))
    await expect(page.get_by_label("Bygda")).to_be_focused()
