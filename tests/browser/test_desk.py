"""The desk: while a meeting runs all that is needed is in view, and the button that goes on never moves."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.handset import WORKSHOP, Handset, a_moment, handset, in_state, place, press, still, writing
from tests.browser.test_accessible import PLACES
from tests.server_process import Open

SIZES = [(1280, 800), (1024, 768)]
WIDE, HAND = (1280, 800), (360, 740)
NOTED = WORKSHOP.replace("## Hva er viktigst", "<!-- Si at flere svar er fint. -->\n\n## Hva er viktigst")
# What the facilitator reads and presses while the meeting runs. What has nothing to do in a state is hidden in it.
NEEDED = (
    "#state, #clock, #pause, #add, .pane, #share, #notes p, #after-what, #after-picture, #undo, .side-head .tab, "
    "#slides > [aria-current] > .slide, .steps > li, #ask-open, #edit-open, #help-open, #write-open, #hold-each, "
    "#dock button, .places .tab, #here"
)
# Of those there are, what can't be seen whole: out of the window, or with something over its middle or its corners.
UNSEEN = """(needed) => [...document.querySelectorAll(needed)].flatMap((one) => {
  if (!one.checkVisibility({ visibilityProperty: true }) || !one.textContent.trim() && !one.matches('.pane')) return []
  const { left, right, top, bottom, width, height } = one.getBoundingClientRect()
  if (width < 2 || height < 2) return []
  const name = `${one.id || one.className || one.localName} ${one.textContent.trim().slice(0, 20)}`
  if (left < 0 || right > innerWidth || top < 0 || bottom > innerHeight) return [`${name}: out of the window`]
  const spots = [[(left + right) / 2, (top + bottom) / 2], [left + 2, top + 2], [right - 2, bottom - 2]]
  const clear = spots.every(([x, y]) => {
    const at = document.elementFromPoint(x, y)
    return at && (one.contains(at) || at.contains(one))
  })
  return clear ? [] : [`${name}: covered`]
})"""


async def desk(browser, room: Open, size: tuple[int, int] = WIDE, state: str = "") -> Handset:
    opened = await handset(browser, room.links["console_url"], size=size, clock=True)
    if state:
        await opened.state(state)
    return opened


async def through_a_meeting(room: Open):
    """Its states in order, with answers to read and more to come."""
    yield "lobby"
    await room.act("goto", slide=1)
    yield "slide"
    await room.act("goto", slide=2)
    yield "idle"
    await room.act("next")
    yield "talk"
    await room.act("next")
    yield "write"
    for n in range(20):
        await room.act("add_answer", text=f"Flere møteplasser for ungdom, nummer {n}")
    await room.act("add_answer", text="Spør ordfører Hansen på 400 00 000")
    yield "write"
    await room.act("close_in", seconds=20)
    yield "closing"
    await room.act("close")
    yield "closed"
    await room.act("reveal")
    yield "results"
    await room.act("blank")
    yield "results"
    await room.act("unblank")
    await room.act("start", activity="savn")
    yield "write"
    await room.act("add_answer", value=["b"], heads=3)
    await room.act("close")
    await room.act("reveal")
    yield "results"


@pytest.mark.parametrize("size", SIZES)
async def test_all_that_is_needed_is_in_view_and_the_verb_stays_where_it_is(server, browser, size):
    """
    In every state, and the button also in every place: whoever looks at the hall finds it without looking down.
    """
    room = await server.open(NOTED)
    console = await desk(browser, room, size)
    amiss, stands = [], {}

    async def look(name: str) -> None:
        stands[name] = await console.page.locator("#next").bounding_box()

    async for state in through_a_meeting(room):
        await console.state(state)
        await expect(console.page.locator("#next-what")).not_to_be_empty()
        await still(console.page)
        if state != "lobby":  # where there is time, it also says what is worth knowing
            amiss += [f"{state}: {one}" for one in await console.page.evaluate(UNSEEN, NEEDED)]
        await look(f"{state} {len(stands)}")
        assert 0 == await console.page.evaluate("scrollX + scrollY")
    for name, sign in PLACES.items():
        await place(console.page, name) if name != "edit" else await console.page.keyboard.press("e")
        await console.page.locator(sign if name != "gather" else "#place-gather").first.wait_for()
        await look(name)
    assert not amiss, "\n".join(amiss)
    assert 1 == len({tuple(box.values()) for box in stands.values()}), stands
    assert [] == console.faults


async def test_h_no_longer_shows_the_answers_but_r_does(server, browser):
    """
    H holds back, and only what has the focus: where nothing has, it does nothing.
    """
    room = await server.open(WORKSHOP)
    await writing(room)
    await room.act("add_answer", text="Flere benker")
    await room.act("close")
    console = await desk(browser, room, state="closed")
    await console.page.locator("#answers > li").first.wait_for()
    for key in ("h", "l"):
        await console.page.keyboard.press(key)
    await press(console.page, "r", "results")
    view = await room.show()
    assert (0, None) == (view["held"], view["spotlight"])
    await expect(console.page.locator("#sure")).to_be_hidden()


async def shown(server, browser, n: int = 40) -> tuple[Open, Handset]:
    """A console where answers are shown on the wall, more than one page of them."""
    room = await server.open(WORKSHOP)
    await writing(room)
    for number in range(n):
        await room.act("add_answer", text=f"Svar {number}")
    await room.act("close")
    await room.act("reveal")
    console = await desk(browser, room, state="results")
    await console.page.locator("#answers > li").nth(min(n, 6) - 1).wait_for()
    return room, console


async def test_keys_act_on_the_answer_that_has_the_focus(server, browser):
    """
    Down and up lead from answer to answer, L lifts and H holds back the one; Esc leaves for the button that goes on.
    Outside the list, the same arrows turn the screen's page.
    """
    room, console = await shown(server, browser)
    page, rows = console.page, console.page.locator("#answers > li")
    await page.keyboard.press("ArrowDown")
    while 1 != (await room.show())["page"]:
        await page.evaluate("() => new Promise(requestAnimationFrame)")
    await rows.first.focus()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await expect(rows.nth(2)).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await expect(rows.nth(1)).to_be_focused()
    wanted = await rows.nth(1).locator(".said").inner_text()
    await page.keyboard.press("l")
    await expect(rows.nth(1)).to_have_class("lit")
    view = await room.show()
    assert (1, wanted) == (view["page"], view["spotlight"]["text"])
    await expect(rows.nth(1)).to_be_focused()
    await page.keyboard.press("h")
    await expect(rows.nth(1)).to_contain_text("holdt tilbake")
    assert 1 == (await room.show())["held"]
    await rows.nth(3).focus()
    await page.keyboard.press("Escape")
    await expect(page.locator("#next")).to_be_focused()
    assert [] == console.faults


async def test_new_answers_do_not_move_the_row_that_is_read(server, browser):
    room, console = await shown(server, browser, 6)
    row = console.page.locator("#answers > li").nth(2)
    await row.locator(".said").click()
    await expect(row).to_be_focused()
    before, text = await row.bounding_box(), await row.locator(".said").inner_text()
    await room.act("reopen")
    await room.act("add_answer", text="Et nytt svar")
    await expect(console.page.locator("#fresh")).to_have_text("1 nytt svar. Vis det")
    assert text == await console.page.locator("#answers > li:focus .said").inner_text()
    assert before["height"] == (await console.page.locator("#answers > li:focus").bounding_box())["height"]


async def test_a_question_that_is_called_off_gives_the_focus_back(server, browser):
    """
    Though the buttons of an answer are there only while its row has the focus, and what can't be undone only under Mer.
    """
    _, console = await shown(server, browser, 3)
    row = console.page.locator("#answers > li").nth(1)
    await row.locator(".said").click()
    await row.get_by_role("button", name="Hold tilbake").click()
    await expect(row.get_by_role("button", name="Slett for godt")).to_be_hidden()
    for name in ("Gi en grunn", "Slett for godt"):
        if name == "Slett for godt":
            await row.get_by_role("button", name="Mer").click()
            await expect(row.get_by_role("button", name="Mer")).to_have_attribute("aria-expanded", "true")
        await row.get_by_role("button", name=name).click()
        await expect(console.page.locator("#sure")).to_be_visible()
        await console.page.keyboard.press("Escape")
        await expect(row.get_by_role("button", name=name)).to_be_focused()


async def test_the_keys_of_the_desk(server, browser):
    """
    S gives notice, Z takes it back, N asks about something new, E opens the editor.
    """
    room = await server.open(WORKSHOP)
    await writing(room)
    console = await desk(browser, room, state="write")
    page = console.page
    await press(page, "s", "closing")
    await expect(page.locator("#undo-bar")).to_be_visible()
    await place(page, "follow")
    await expect(page.locator("#undo")).to_be_in_viewport()
    await page.locator("#undo").click()
    await in_state(page, "write")
    for name in ("gather", "take", "meeting", "run"):
        await place(page, name)
        await expect(page.locator(".stage > #undo-bar" if name == "run" else "#dock > #undo-bar")).to_have_count(1)
    await press(page, "s", "closing")
    await expect(page.locator("#undo-bar")).to_be_visible()
    await press(page, "z", "write")
    await page.keyboard.press("n")
    await expect(page.locator("#ask-question")).to_be_focused()
    await page.keyboard.type("Noe mer?")
    await page.locator("#ask-kind").select_option("choice")
    await page.locator("#ask-options").fill("Ja\nJa")
    await page.get_by_role("button", name="Spør nå").click()
    await expect(page.locator("#ask [data-says]")).to_contain_text("To av alternativene er like")
    await expect(page.locator("#ask-question")).to_have_value("Noe mer?")
    await expect(page.locator("#note")).to_be_hidden()
    await page.keyboard.press("Escape")
    await expect(page.locator("#ask-part")).to_be_hidden()
    await page.keyboard.press("e")
    await expect(page.locator("#edit-text")).to_have_value(WORKSHOP)
    assert "write" == (await room.show())["state"]
    assert [] == console.faults


async def test_j_shows_the_code_on_the_screen_in_the_same_browser(server, browser):
    room = await server.open(WORKSHOP)
    console = await desk(browser, room, state="lobby")
    screen = await console.page.context.new_page()
    await screen.goto(room.links["screen_url"])
    await screen.locator(".lobby").wait_for()
    await room.act("goto", slide=1)
    await console.state("slide")
    await screen.locator('body[data-state="slide"]').wait_for(state="attached")
    await console.page.bring_to_front()
    await console.page.keyboard.press("j")
    await expect(screen.locator("#join")).to_be_visible()
    await console.page.get_by_role("button", name="Vis koden stort").click()
    await expect(screen.locator("#join")).to_be_hidden()


async def test_after_the_end_a_press_on_a_slide_opens_its_results(server, browser):
    room, console = await shown(server, browser, 3)
    await room.act("end")
    await console.state("ended")
    page, position = console.page, (await room.show())["position"]
    slides = page.locator("#slides .slide")
    await slides.nth(1).click()
    await expect(page.locator("#past-title")).to_be_focused()
    await expect(page.locator("#past")).to_contain_text("Svar 2")
    await slides.nth(0).click()
    await expect(page.locator("#past")).to_have_text("Det ble ikke spurt om noe på dette lysbildet.")
    told = await room.show()
    assert ("ended", position) == (told["state"], told["position"])
    assert [] == console.faults


async def test_every_result_is_saved_as_a_picture_in_two_clicks(server, browser):
    """
    Whichever question is on show: the place, and the button beside the question.
    """
    room, console = await shown(server, browser, 3)
    await room.act("start", activity="savn")
    await room.act("add_answer", value=["b"], heads=2)
    await console.state("write")
    await place(console.page, "take")
    rows = console.page.locator("#pictures > li")
    await expect(rows).to_have_count(2)
    names = []
    for row in await rows.all():
        async with console.page.expect_download() as download:
            await row.get_by_role("button", name="Lagre som SVG").click()
        names.append((await download.value).suggested_filename)
    assert names[0].startswith(f"innspill-{room.code}-hva-er-viktigst")
    assert f"innspill-{room.code}-hva-savner-du-mest.svg" == names[1]
    assert [] == console.faults


async def test_something_new_is_asked_in_three_clicks(server, browser):
    """
    The button, the field, and the one that asks; from a place that is not the meeting's it is one key more.
    """
    room = await server.open(WORKSHOP)
    console = await desk(browser, room, state="lobby")
    page = console.page
    await page.get_by_role("button", name="Spør om noe nytt").click()
    await page.keyboard.type("Hva bør vi gjøre først?")
    await page.get_by_role("button", name="Spør nå").click()
    await console.state("write")
    await expect(page.locator("#ask-part")).to_be_hidden()
    assert "Hva bør vi gjøre først?" == (await room.show())["question"]
    await place(page, "follow")
    await a_moment(page)
    await page.keyboard.press("n")
    await expect(page.locator("#ask-question")).to_be_focused()
    await expect(page.locator("#ask-question")).to_have_value("")


async def in_the_window(page: Page, *names: str) -> None:
    for name in names:
        await expect(page.locator(name)).to_be_in_viewport(ratio=1)


async def test_in_the_hand_what_counts_is_in_view_and_more_shows_the_rest(server, browser):
    room = await server.open(WORKSHOP)
    await room.act("goto", slide=2)
    await room.act("next")
    console = await desk(browser, room, HAND, "talk")
    page = console.page
    await in_the_window(page, "#state", "#clock", ".pane:first-child", "#next", "#dock [data-do=back]", "#blank")
    await room.act("next")
    await room.act("add_answer", text="Flere benker")
    await console.state("write")
    await in_the_window(page, "#state", "#n-new", "#close-in", "#next")
    for name in ("#show-code", "#reveal"):
        await expect(page.locator(name)).to_be_hidden()
    await page.get_by_role("button", name="Mer", exact=True).click()
    await in_the_window(page, "#show-code", "#reveal", "#next")
    assert 0 >= await page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert [] == console.faults
