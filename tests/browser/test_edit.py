"""A facilitator mends the programme after its code is printed, and nothing that was written is lost."""

import asyncio

from playwright.async_api import expect

from tests.browser.handset import WORKSHOP, Handset, handset, writing

WIDE = (1280, 900)
INSTRUCTION = "Alle legger inn innspill."


async def editing(browser, room) -> Handset:
    """A console with the programme open to be changed."""
    console = await handset(browser, room.links["console_url"], size=WIDE)
    await console.page.locator("#state").filter(has_text="r").wait_for()
    await console.page.locator("#edit-open").click()
    await expect(field(console)).to_have_value(WORKSHOP)
    return console


def field(console):
    return console.page.get_by_label("Opplegget som tekst")


async def change(console, was: str, to: str) -> None:
    await console.page.get_by_role("button", name="Som tekst").click()
    await field(console).fill((await field(console).input_value()).replace(was, to))


async def save(console) -> None:
    await console.page.locator("#edit-save").click()


async def says(console, words: str) -> None:
    await expect(console.page.locator("#edit-say")).to_contain_text(words)


async def test_a_typo_is_mended_while_people_write(server, browser):
    """
    The phone reads the new words and keeps what is half written; code and answers stay.
    """
    room = await server.open(WORKSHOP)
    await writing(room)
    phone = await handset(browser, room.links["join_url"])
    await phone.write("Flere benker")
    await phone.own(("Flere benker", "Mottatt"))
    await phone.page.fill("textarea", "Bedre ly")
    console = await editing(browser, room)
    await change(console, INSTRUCTION, "Ett innspill om gangen.")
    await says(console, "Ikke lagret ennå")
    await save(console)
    await says(console, "Lagret.")
    await phone.sees("Ett innspill om gangen.")
    await expect(phone.page.locator("textarea")).to_have_value("Bedre ly")
    await phone.own(("Flere benker", "Mottatt"))
    await console.page.reload()
    await console.page.locator("#edit-open").click()
    await expect(field(console)).to_have_value(WORKSHOP.replace(INSTRUCTION, "Ett innspill om gangen."))
    assert [] == phone.faults + console.faults


async def test_faults_are_shown_as_one_types_and_stop_the_saving(server, browser):
    room = await server.open(WORKSHOP)
    console = await editing(browser, room)
    await change(console, ":::pair", ":::pear")
    await expect(console.page.locator("#edit-faults-title")).to_have_text("1 feil i teksten")
    await console.sees("Ukjent oppgavetype pear (mente du pair?)")
    await save(console)
    await expect(console.page.locator("#edit-faults-title")).to_be_focused()
    line = 1 + WORKSHOP[: WORKSHOP.index(":::pair")].count("\n")
    await console.page.get_by_role("button", name=f"Linje {line}", exact=True).click()
    marked = await field(console).evaluate("it => it.value.slice(it.selectionStart, it.selectionEnd)")
    assert marked.startswith(":::pear")
    await change(console, ":::pear", ":::pair")
    await expect(console.page.locator("#edit-faults-part")).to_be_hidden()


async def test_what_people_answered_cannot_be_left_out(server, browser):
    room = await server.open(WORKSHOP)
    await writing(room)
    await room.act("add_answer", text="Flere benker")
    console = await editing(browser, room)
    await change(console, "id=viktigst", "id=annet")
    await expect(console.page.locator("#edit-faults")).to_contain_text("Noen har alt svart på viktigst")
    await save(console)
    await expect(console.page.locator("#edit-faults-title")).to_be_focused()
    assert 1 == (await room.show())["answers_total"]


async def test_what_is_not_saved_is_there_after_a_reload(server, browser):
    """
    The address to share is `/console#edit`: it opens the text at once.
    """
    room = await server.open(WORKSHOP)
    console = await editing(browser, room)
    await change(console, INSTRUCTION, "Halvferdig")
    await expect(console.page.locator("#edit-undo")).to_be_visible()
    await console.page.goto("about:blank")
    await console.page.goto(f"{server.url}/{room.code}/console#edit")
    await says(console, "Ikke lagret ennå")
    await expect(field(console)).to_have_value(WORKSHOP.replace(INSTRUCTION, "Halvferdig"))
    assert console.page.url.endswith("/console")
    await console.page.locator("#edit-undo").click()
    await console.page.locator("#sure-yes").click()
    await expect(field(console)).to_have_value(WORKSHOP)
    await console.page.reload()
    await console.page.locator("#edit-open").click()
    await expect(field(console)).to_have_value(WORKSHOP)
    await expect(console.page.locator("#edit-undo")).to_be_hidden()


async def test_two_who_edit_see_each_others_text(server, browser):
    """
    The one who saves last is told, reads the other's text, and chooses; with nothing written of its own, a console
    takes the newer text by itself.
    """
    room = await server.open(WORKSHOP)
    one, two, three = [await editing(browser, room) for _ in range(3)]
    await change(two, INSTRUCTION, "Min tekst")
    await says(two, "Ikke lagret ennå")
    await change(one, INSTRUCTION, "Den andres tekst")
    await save(one)
    await says(one, "Lagret.")
    await two.sees("Noen andre har lagret en nyere tekst siden du begynte.")
    await expect(two.page.get_by_label("Den nyere teksten, endret fra linje ")).to_have_value(
        WORKSHOP.replace(INSTRUCTION, "Den andres tekst")
    )
    await expect(field(two)).to_have_value(WORKSHOP.replace(INSTRUCTION, "Min tekst"))
    await expect(field(three)).to_have_value(WORKSHOP.replace(INSTRUCTION, "Den andres tekst"))
    await two.page.get_by_role("button", name="Behold min").click()
    await save(two)
    await says(two, "Lagret.")
    await expect(field(one)).to_have_value(WORKSHOP.replace(INSTRUCTION, "Min tekst"))
    assert [] == one.faults + two.faults + three.faults


async def test_saved_without_a_network_nothing_is_lost(server, browser):
    room = await server.open(WORKSHOP)
    console = await editing(browser, room)
    await console.page.context.set_offline(True)
    await change(console, INSTRUCTION, "Skrevet på toget")
    await save(console)
    await says(console, "Får ikke kontakt med serveren")
    await expect(field(console)).to_be_editable()
    await console.page.context.set_offline(False)
    await save(console)
    await says(console, "Lagret.")


async def test_a_text_that_came_meanwhile_stops_a_save_that_is_under_way(server, browser):
    """
    The console had not heard of it yet: the server says so.
    """
    room = await server.open(WORKSHOP)
    console = await editing(browser, room)
    held = asyncio.Event()

    async def hold(route):
        await held.wait()
        await route.continue_()

    await console.page.route("**/workshop", hold)
    await change(console, INSTRUCTION, "Min tekst")
    await save(console)
    newer = WORKSHOP.replace(INSTRUCTION, "Den andres tekst")
    status, _ = await server.call("PUT", f"/api/rooms/{room.code}/workshop", newer, room.key)
    assert 200 == status
    held.set()
    await expect(console.page.get_by_label("Den nyere teksten, endret fra linje ")).to_have_value(newer)
    await console.page.get_by_role("button", name="Bytt til den nyere").click()
    await console.page.locator("#sure-yes").click()
    await expect(field(console)).to_have_value(newer)
