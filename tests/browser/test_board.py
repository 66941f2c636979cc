"""Sixty answers are gathered into themes on the console: by keyboard, by mouse, by finger, and by two at once."""

import asyncio
import csv
import io

import pytest
from playwright.async_api import Page, expect

from tests.browser.handset import Handset, handset, place
from tests.browser.test_accessible import faults
from tests.meeting import one
from tests.server_process import Open
from tests.text.labelled_answers import ANSWERS, BY_HAND

TEXT = one("open", "id=a many=20") + "\n:::group{id=g from=a time=8:00}\nVi samler det som ligner.\n:::\n"
DESK, HAND = (1280, 800), (360, 740)
SEMINAR_S = 8 * 60  # what the seminar gives it
# Done when the page has stood still for a frame: what is under the pointer will be there when it is let go.
SCROLLED_OUT = """() => new Promise((done) => {
  let before = null
  const look = () => {
    if (before === scrollY) return done()
    before = scrollY
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})"""


async def gathering(server, answers=ANSWERS) -> Open:
    """A room whose answers were shown, and are to be gathered."""
    room = await server.open(TEXT)
    await room.act("start", activity="a")
    for _, text in answers:
        await room.act("add_answer", text=text)
    await room.act("close")
    await room.act("reveal")
    await room.act("start", activity="g")
    return room


async def console(browser, room: Open, size: tuple[int, int] = DESK, state: str = "grouping") -> Handset:
    desk = await handset(browser, room.links["console_url"], size=size)
    await desk.state(state)
    return desk


async def gathered(room: Open) -> dict[str, set[str]]:
    """Theme -> its answers, as the server has them; '' for those in none."""
    board = (await room.show())["board"]
    found = {}
    for theme, name in [("", ""), *((theme["id"], theme["name"]) for theme in board["themes"])]:
        path = f"/api/rooms/{room.code}/board/cards?theme={theme}&limit=200"
        status, told = await room.server.call("GET", path, key=room.key)
        assert 200 == status, told
        found[name] = {card["text"] for card in told["cards"]}
    return found


def card(page: Page, text: str):
    return page.locator("#board .card:not(.gone)").filter(has=page.get_by_role("button", name=text, exact=True))


def theme(page: Page, name: str):
    return page.locator("#themes > .theme").filter(has=page.locator(".theme-name b", has_text=name))


async def in_focus(page: Page) -> str:
    """The card that the next key is for; empty when none is left."""
    await page.wait_for_function(
        "() => document.activeElement.matches('.face') || document.getElementById('cards-none').checkVisibility()"
    )
    return await page.evaluate("document.activeElement.matches('.face') ? document.activeElement.textContent : ''")


@pytest.mark.soak
async def test_sixty_answers_are_gathered_by_keyboard_in_eight_minutes(server, browser):
    """
    From G to the last card without a mouse: N and a name where there is no theme yet, its number where there is. The
    eight minutes leave five seconds for each press. Each answer ends in one theme, the last move is undone and done
    again, and the export tells the theme of each.
    """
    room = await gathering(server)
    desk = await console(browser, room)
    page = desk.page
    pressed = 1
    await page.keyboard.press("g")
    theme_of = {text: name for name, text in ANSWERS}
    numbers: dict[str, str] = {}
    while text := await in_focus(page):
        name = theme_of[text]
        if name in numbers:
            await page.keyboard.press(numbers[name])
            pressed += 1
        else:
            numbers[name] = "1234567890"[len(numbers)]
            await page.keyboard.press("n")
            await page.keyboard.type(name)
            await page.keyboard.press("Enter")
            pressed += 2
            await theme(page, name).wait_for()
    await expect(page.locator("#cards-none")).to_be_visible()
    assert 5 * pressed <= SEMINAR_S
    by_hand = {name: set(lines.strip().splitlines()) for name, lines in BY_HAND.items()}
    assert {"": set(), **by_hand} == await gathered(room)

    last = ANSWERS[-1][1]
    await page.locator("#board-undo").click()
    await card(page, last).wait_for()
    await card(page, last).get_by_role("button").focus()
    await page.keyboard.press("m")
    await page.keyboard.press("0")
    await expect(page.locator("#cards-none")).to_be_visible()
    assert {"": set(), **by_hand} == await gathered(room)

    rows = csv.DictReader(io.StringIO((await room.export("csv")).decode("utf-8-sig")), delimiter=";")
    assert theme_of == {row["text"]: row["theme"] for row in rows}
    assert [] == desk.faults


async def test_a_key_pressed_before_the_first_view_waits_for_it(server, browser):
    """
    The page is there before its connection is, and looks as if it could be used.
    """
    room = await gathering(server, ANSWERS[:2])
    page = (await console(browser, room)).page
    connects = asyncio.Event()

    async def late(socket) -> None:
        await connects.wait()
        socket.connect_to_server()

    await page.route_web_socket("**/feed?*", late)
    await page.reload()
    await page.keyboard.press("g")
    assert not await page.evaluate("document.activeElement.matches('.face')")
    connects.set()
    assert ANSWERS[0][1] == await in_focus(page)


async def test_two_who_move_cards_at_once_lose_none(server, browser):
    """
    One moves by keyboard while the other drags; both boards show all of it.
    """
    room = await gathering(server, ANSWERS[:24])
    for name in ("Venstre", "Høyre"):
        await room.act("make_theme", name=name)
    one, two = await console(browser, room), await console(browser, room)
    texts = [text for _, text in ANSWERS[:24]]

    async def by_keyboard() -> None:
        for text in texts[:12]:
            await card(one.page, text).get_by_role("button").focus()
            await one.page.keyboard.press("1")

    async def by_mouse() -> None:
        for text in texts[:11:-1]:
            await drag(two.page, text, "Høyre")

    await asyncio.gather(by_keyboard(), by_mouse())
    for desk in (one, two):
        for name in ("Venstre", "Høyre"):
            await expect(theme(desk.page, name)).to_have_attribute("data-count", "12")
        await expect(desk.page.locator("#cards > .card")).to_have_count(0)
    assert {"": set(), "Venstre": set(texts[:12]), "Høyre": set(texts[12:])} == await gathered(room)
    assert [] == one.faults + two.faults


async def drag(page: Page, text: str, name: str) -> None:
    """
    With the mouse, in small steps, as a hand does.

    What others move meanwhile shifts the cards: a hand that has taken something else lets go and tries again.
    """
    for _ in range(8):
        await card(page, text).hover()
        start = await card(page, text).bounding_box()
        await page.mouse.move(start["x"] + 30, start["y"] + 20)
        await page.mouse.down()
        await page.mouse.move(start["x"] + 60, start["y"] + 30, steps=3)
        await hold_over(page, theme(page, name))
        carried = await page.locator(".ghost").all_inner_texts()
        if carried != [text] or "theme over" != await theme(page, name).get_attribute("class"):
            await page.keyboard.press("Escape")
        await page.mouse.up()
        if not await card(page, text).count():
            return
    raise AssertionError(f"could not be carried: {text}")


async def hold_over(page: Page, target) -> None:
    """
    Near its edge the page scrolls, and takes the target with it: the hand follows until both stand still.
    """
    for _ in range(4):
        await target.locator(".theme-name").hover()
        await page.evaluate(SCROLLED_OUT)
        if "theme over" == await target.get_attribute("class"):
            return


async def test_in_the_hand_answers_are_chosen_and_moved_by_menu(server, browser):
    """
    On a phone of 360 px: two are chosen and made a theme, a third is moved there, the theme gets another name; screen
    and phones follow.
    """
    room = await gathering(server, ANSWERS[:6])
    hand = await console(browser, room, HAND)
    screen = await handset(browser, room.links["screen_url"], size=(1920, 1080))
    phone = await handset(browser, room.links["join_url"])
    page, texts = hand.page, [text for _, text in ANSWERS[:6]]
    for text in texts[:2]:
        await card(page, text).get_by_role("button").tap()
    await page.locator("#picked-new").tap()
    await page.fill("#sure-field", "Møtesteder")
    await page.locator("#sure-yes").tap()
    await expect(theme(page, "Møtesteder")).to_have_attribute("data-count", "2")
    await card(page, texts[2]).get_by_role("button").tap()
    await page.locator("#picked-move").tap()
    await page.locator("#move-list").get_by_text("Møtesteder").tap()
    await expect(theme(page, "Møtesteder")).to_have_attribute("data-count", "3")
    await theme(page, "Møtesteder").get_by_role("button", name="Endre").tap()
    await page.fill("#theme-name", "Møteplasser")
    await page.get_by_role("button", name="Lagre navnet").tap()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    drops = screen.page.locator(".themes > li")
    await expect(drops.locator("h2")).to_have_text("Møteplasser")
    await expect(drops).to_have_attribute("data-count", "3")
    await expect(drops.locator(".drop")).to_have_count(3)
    await expect(screen.page.locator(".band .drop")).to_have_count(3)
    await screen.page.keyboard.press("ArrowDown")
    column = screen.page.locator(".groups > li")
    await expect(column).to_have_attribute("data-count", "3")
    await expect(column.locator("[data-card]").first).to_have_text(texts[0])
    await expect(phone.page.locator("#themes tr")).to_have_text(["Møteplasser3", "Ikke i noe tema ennå3"])
    assert [] == hand.faults + screen.faults + phone.faults


FLOWN = """() => {
  const seen = window.seen = { flying: 0, trails: 0 }
  const look = () => {
    const n = (selector) => document.querySelectorAll(selector).length
    seen.flying = Math.max(seen.flying, n('.flying'))
    seen.trails = Math.max(seen.trails, n('.trails path'))
    seen.standing = n('.themes .drop')
  }
  const all = { childList: true, subtree: true, attributes: true }
  new MutationObserver(look).observe(document.querySelector('.themed'), all)
}"""


async def test_drops_fly_into_their_theme_and_with_less_motion_change_place(server, browser):
    """
    Of four that are moved at once three fly, which can be followed. Where people want less motion, none does.
    """
    room = await gathering(server, ANSWERS[:9])
    cards = [it["id"] for it in (await room.show())["board"]["cards"]]
    await room.act("make_theme", name="Møteplasser", id="sted", ids=cards[:2])
    moving, calm = [await handset(browser, room.links["screen_url"], size=(1920, 1080)) for _ in range(2)]
    await calm.page.emulate_media(reduced_motion="reduce")
    for screen in (moving, calm):
        await expect(screen.page.locator(".themes .drop")).to_have_count(2)
        await screen.page.evaluate(FLOWN)
    await room.act("place", theme=(await room.show())["board"]["themes"][0]["id"], ids=cards[2:6])
    for screen, flying in ((moving, 3), (calm, 0)):
        await screen.page.wait_for_function("seen.standing === 6")
        await expect(screen.page.locator(".flying, .trails path, .fresh")).to_have_count(0)
        seen = await screen.page.evaluate("seen")
        assert (flying, flying) == (seen["flying"], seen["trails"])
        assert [] == screen.faults


async def test_a_suggestion_is_accepted_or_refused_and_a_refused_one_never_returns(server, browser):
    room = await gathering(server)
    desk, other = await console(browser, room), await console(browser, room)
    page = desk.page
    dashed = page.locator(".suggestion")
    await expect(dashed).to_have_count(3)
    first = await dashed.first.locator("li span").all_inner_texts()
    await dashed.first.get_by_role("button", name="Avvis").click()
    for watched in (desk, other):
        await expect(watched.page.locator(".suggestion").filter(has_text=first[0])).to_have_count(0)

    accepted = dashed.filter(has_text="Kontaktperson?")
    await accepted.get_by_role("button", name="Ikke dette").first.click()
    texts = set(await accepted.locator("li span").all_inner_texts())
    await accepted.get_by_role("button", name="Godta").click()
    await expect(theme(other.page, "Kontaktperson")).to_have_attribute("data-count", str(len(texts)))
    assert texts == (await gathered(room))["Kontaktperson"]
    await page.reload()
    await expect(dashed).to_have_count(3)
    assert first[0] not in " ".join(await dashed.all_inner_texts())
    assert [] == desk.faults + other.faults


async def test_next_goes_on_though_somebody_moves_a_card_just_then(server, browser):
    """
    The console names the step it saw, so that two who press Next move on once; a card moved meanwhile is no such step.
    """
    room = await gathering(server, ANSWERS[:3])
    desk = await console(browser, room)
    moved = []

    async def move_first(route) -> None:
        if "next" in route.request.post_data and len(moved) < 3:
            moved.append(await room.act("make_theme", name=f"Møteplasser {len(moved)}"))
        await route.continue_()

    await desk.page.route("**/actions", move_first)
    await desk.page.locator("#next").click()
    await desk.state("ended")
    await expect(desk.page.locator("#note")).to_be_hidden()
    assert 3 == len(moved)
    assert [] == desk.faults


async def test_two_who_press_next_at_once_move_on_once(server, browser):
    room = await gathering(server, ANSWERS[:3])
    await room.act("start", activity="a")
    desk = await console(browser, room, state="write")
    moved = []

    async def close_first(route) -> None:
        if "next" in route.request.post_data and not moved:
            moved.append(await room.act("next"))
            await desk.state("closed")
        await route.continue_()

    await desk.page.route("**/actions", close_first)
    await desk.page.locator("#next").click()
    await desk.sees("Noen andre førte møtet videre")
    assert "closed" == (await room.show())["state"]


async def test_the_board_is_there_before_the_hall_looks_on(server, browser):
    """
    Closed and not shown yet: the board is in its place, an answer is held back from it, one is lifted forward
    once they are shown.
    """
    room = await gathering(server, ANSWERS[:3])
    await room.act("start", activity="a")
    await room.act("close")
    desk = await console(browser, room, state="closed")
    page, texts = desk.page, [text for _, text in ANSWERS[:3]]
    await expect(page.locator("#board")).to_be_hidden()
    await place(page, "gather")
    await card(page, texts[0]).get_by_role("button").click()
    await expect(page.locator("#picked-lift")).to_be_hidden()
    await page.locator("#picked-hold").click()
    await expect(card(page, texts[0])).to_have_count(0)
    await room.act("start", activity="g")
    await room.act("reveal")
    await card(page, texts[1]).get_by_role("button").click()
    await page.locator("#picked-lift").click()
    screen = await handset(browser, room.links["screen_url"], size=(1920, 1080))
    await expect(screen.page.locator("blockquote")).to_have_text(texts[1])
    assert [] == desk.faults + screen.faults


async def test_nothing_is_amiss_with_any_face_of_a_gathering(server, browser):
    room = await gathering(server)
    cards = (await room.show())["board"]["cards"]
    for number in range(4):
        await room.act("make_theme", name=f"Tema {number}", ids=[it["id"] for it in cards[number * 5 : number * 5 + 5]])
    desk, hand = await console(browser, room), await console(browser, room, HAND)
    screen = await handset(browser, room.links["screen_url"], size=(1024, 768))
    phone = await handset(browser, room.links["join_url"])
    for face in (desk, hand):
        await face.page.locator(".suggestion").first.wait_for()
        await theme(face.page, "Tema 2").locator(".theme-name").click()
        await face.page.locator("#cards .face").first.click()
    await screen.page.locator(".themes > li").first.wait_for()
    await phone.page.locator("#themes tr").nth(4).wait_for()
    for face in (desk, hand, screen, phone):
        assert [] == await faults(face.page)
    await desk.page.locator("#cards .face").first.focus()
    for key in ("m", "n"):
        await desk.page.keyboard.press(key)
        assert [] == await faults(desk.page)
        await desk.page.keyboard.press("Escape")
    await desk.page.get_by_role("button", name="Velg ingen").click()
    await theme(desk.page, "Tema 1").get_by_role("button", name="Endre").click()
    assert [] == await faults(desk.page)


async def test_an_answer_is_put_into_several_themes_by_keyboard_and_by_mouse(server, browser):
    """
    It stays where it is, tells where else it stands, and is taken out of the one theme that it is looked at in.
    """
    room = await server.open(TEXT.replace("from=a", "from=a multi"))
    await room.act("start", activity="a")
    for text in ("Buss for ungdom", "Buss til byen"):
        await room.act("add_answer", text=text)
    await room.act("close")
    await room.act("start", activity="g")
    for name in ("Buss", "Ungdom"):
        await room.act("make_theme", name=name)
    desk = await console(browser, room)
    page = desk.page
    await expect(page.locator("#several")).to_be_visible()
    await card(page, "Buss for ungdom").get_by_role("button").focus()
    await page.keyboard.press("1")
    await expect(theme(page, "Buss")).to_have_attribute("data-count", "1")
    await theme(page, "Buss").locator(".theme-name").click()

    inside = theme(page, "Buss").locator(".card")
    await inside.get_by_role("button").focus()
    await page.keyboard.press("2")
    await expect(inside.locator(".also")).to_have_text("Også i Ungdom")
    await expect(inside.get_by_role("button")).to_be_focused()
    assert {"": {"Buss til byen"}, "Buss": {"Buss for ungdom"}, "Ungdom": {"Buss for ungdom"}} == await gathered(room)
    assert [] == await faults(page)

    await page.keyboard.press("Delete")
    await expect(inside).to_have_count(0)
    await theme(page, "Ungdom").locator(".theme-name").click()
    await expect(theme(page, "Ungdom").locator(".also")).to_be_hidden()
    await drag_to(page, theme(page, "Ungdom").locator(".card"), theme(page, "Buss"))
    await expect(theme(page, "Buss")).to_have_attribute("data-count", "1")
    await expect(theme(page, "Ungdom")).to_have_attribute("data-count", "1")
    await page.locator("#board-undo").click()
    await expect(theme(page, "Buss")).to_have_attribute("data-count", "0")
    assert {"": {"Buss til byen"}, "Buss": set(), "Ungdom": {"Buss for ungdom"}} == await gathered(room)
    assert [] == desk.faults


async def drag_to(page: Page, carried, onto) -> None:
    box = await carried.bounding_box()
    await page.mouse.move(box["x"] + 30, box["y"] + 10)
    await page.mouse.down()
    await page.mouse.move(box["x"] + 60, box["y"] + 20, steps=3)
    await hold_over(page, onto)
    await page.mouse.up()
