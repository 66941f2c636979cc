"""Words and those who said them: on the console and the screen, by keyboard and by pointer; and the quiet voices."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.handset import STILL, Handset, a_moment, handset
from tests.browser.test_accessible import faults, in_both_themes
from tests.meeting import one
from tests.server_process import Open

SAID = ("Ny skole", "skolen må bli", "skule i grenda", "Flere busser", "bussen går aldri", "sjakk på biblioteket")
DESK, HAND, HALL = (1280, 800), (360, 740), (1920, 1080)


async def talking(server, *, shown: bool = True) -> Open:
    room = await server.open(one("open", "id=a many=20"))
    await room.act("start", activity="a")
    for text in SAID:
        await room.act("add_answer", text=text)
    await room.act("close")
    if shown:
        await room.act("reveal")
        await room.act("show_as", shape="cloud")
    return room


async def face(browser, room: Open, link: str, size: tuple[int, int], state: str = "results") -> Handset:
    opened = await handset(browser, room.links[link], size=size)
    await opened.state(state)
    if link == "console_url":
        await opened.page.get_by_role("button", name="Resultat", exact=True).click()
    return opened


def word(page: Page, text: str):
    return page.locator("#words .word").filter(has_text=text)


async def words_of(room: Open) -> dict[str, int]:
    view = await room.show()
    return {word["text"]: word["count"] for word in (view["results"] or view["hidden_results"])["words"]}


@pytest.mark.parametrize("size", [pytest.param(DESK, marks=pytest.mark.soak), HAND])
async def test_one_press_leads_from_a_word_to_its_answers(server, browser, size):
    """
    Also before the hall has seen any; then there is nothing to lift forward.
    """
    room = await talking(server, shown=False)
    desk = await face(browser, room, "console_url", size, "closed")
    await word(desk.page, "skole").click()

    said = desk.page.locator("#word-said > li")
    await expect(said).to_have_count(3)
    await expect(said.locator("p")).to_have_text(["Ny skole", "skolen må bli", "skule i grenda"])
    await expect(desk.page.get_by_role("button", name="Løft fram: Ny skole")).to_be_hidden()
    await expect(desk.page.locator("#word-title")).to_be_in_viewport()

    await room.act("reveal")
    await desk.page.get_by_role("button", name="Løft fram: Ny skole").click()
    await expect(desk.page.locator(".answers .lit")).to_have_count(1)
    assert [] == desk.faults


async def test_words_are_split_merged_and_brought_back_by_keyboard(server, browser):
    room = await talking(server)
    desk = await face(browser, room, "console_url", DESK)
    page = desk.page
    assert {"skole": 3, "busser": 2} == {text: n for text, n in (await words_of(room)).items() if n > 1}

    await word(page, "skole").focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Tell for seg: skule").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#words-undo")).to_have_text("Angre: «skule» for seg")
    assert (2, 1) == ((await words_of(room))["skole"], (await words_of(room))["skule"])

    await page.keyboard.press("Escape")
    await expect(word(page, "skole")).to_be_focused()
    await page.keyboard.press("ArrowRight")
    await expect(word(page, "skole")).not_to_be_focused()
    await page.keyboard.press("ArrowLeft")
    await page.keyboard.press("m")
    await page.keyboard.type("busser")
    await page.keyboard.press("Enter")
    await expect(page.locator("#words-undo")).to_contain_text("Angre: telles som")
    assert 4 == max((await words_of(room)).values())

    for left in ("Angre: «skule» for seg", None):
        await word(page, "bli").focus()
        await page.keyboard.press("u")
        if left:
            await expect(page.locator("#words-undo")).to_have_text(left)
    await expect(page.locator("#words-undo")).to_be_hidden()
    assert 3 == (await words_of(room))["skole"]
    assert "results" == (await room.show())["state"], "the arrows did not steer the meeting"


async def test_a_word_nobody_said_is_not_merged(server, browser):
    room = await talking(server)
    desk = await face(browser, room, "console_url", DESK)
    await word(desk.page, "skole").click()
    await desk.page.get_by_role("button", name="Tell sammen med et annet ord …").click()
    await desk.page.locator("#sure-field").fill("fly")
    await desk.page.keyboard.press("Enter")
    await expect(desk.page.locator("#note")).to_have_text("Det ordet er borte nå. Se på ordene, og prøv igjen.")


async def test_the_screen_leads_from_a_word_to_its_answers_and_back(server, browser):
    """
    By pointer and by keyboard; from the cloud, its table and the line of what did not fit. Others see nothing of it.
    """
    room = await talking(server)
    screen = await face(browser, room, "screen_url", HALL)
    page = screen.page
    step = (await room.show())["step"]
    await page.locator('.cloud [data-word="skole"] .word').click()
    await expect(page.locator(".lead")).to_have_text("Svar med «skole»")
    await expect(page.locator("[data-card]")).to_have_text(["Ny skole", "skolen må bli", "skule i grenda"])
    await page.get_by_role("button", name="Tilbake til ordene").click()

    await page.locator('.cloud [data-word="busser"] .word').focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("[data-card]")).to_have_text(["Flere busser", "bussen går aldri"])
    await page.keyboard.press("Escape")
    await expect(page.locator('.cloud [data-word="busser"] .word')).to_be_focused()

    await page.keyboard.press("a")
    await page.locator("table .word").filter(has_text="skole").click()
    await expect(page.locator("[data-card]")).to_have_count(3)
    assert step == (await room.show())["step"]

    await room.act("hide")
    await screen.state("closed")
    await expect(page.locator("[data-card]")).to_have_count(0)
    assert [] == screen.faults


async def test_a_key_shows_one_answer_after_the_other_below_the_cloud(server, browser):
    """
    The words stay where they are, and one that is held back goes at once.
    """
    room = await talking(server)
    screen = await face(browser, room, "screen_url", HALL)
    desk = await handset(browser, room.links["console_url"], size=DESK, clock=True)
    await desk.state("results")
    page, read = screen.page, screen.page.locator(".read q")
    places = "() => [...document.querySelectorAll('.cloud li')].map(({ style }) => style.transform)"
    await page.wait_for_function(STILL)
    before = await page.evaluate(places)
    seen = []
    for whose in ("ett av 3 svar med «skole»", "ett av 2 svar med «busser»", "ett av 3 svar med «skole»"):
        await desk.page.keyboard.press("x")
        await expect(page.locator(".whose")).to_have_text(whose)
        seen.append(await read.inner_text())
        await a_moment(desk.page)
    assert {"skolen må bli", "skule i grenda"} == {seen[0], seen[2]}
    assert "bussen går aldri" == seen[1]
    assert before == await page.evaluate(places)
    assert [] == await faults(page)

    shown = (await room.show())["results"]["voice"]
    await room.act("hide_answer", id=shown["id"], reason="off-topic")
    await expect(read).to_have_count(0)
    assert [] == screen.faults + desk.faults


async def test_quiet_voices_come_last_of_what_v_shows(server, browser):
    room = await talking(server)
    screen = await face(browser, room, "screen_url", HALL)
    desk = await face(browser, room, "console_url", DESK)
    await room.act("show_as", shape="list")
    await expect(screen.page.locator('body[data-scene="list"]')).to_be_attached()
    await expect(desk.page.locator('#shapes [data-shape="list"]')).to_have_attribute("aria-pressed", "true")
    await desk.page.keyboard.press("v")

    await expect(screen.page.locator(".lead")).to_have_text("Stille stemmer: det bare én telefon har sagt")
    await expect(screen.page.locator("[data-card]")).to_have_text(["sjakk på biblioteket"])
    await expect(desk.page.locator("#quiet-said p")).to_have_text(["sjakk på biblioteket"])
    await expect(desk.page.locator("#quiet-say")).to_have_text("1 svar der ingen andre har sagt noe lignende.")

    await room.act("add_answer", text="Sjakk!")
    await expect(screen.page.locator(".lead")).to_have_text("Ingen stille stemmer: Alt er sagt av flere.")
    await expect(screen.page.locator("[data-card]")).to_have_count(0)


async def test_nothing_is_amiss_in_the_new_states(server, browser):
    room = await talking(server)
    screen = await face(browser, room, "screen_url", HALL)
    desk = await face(browser, room, "console_url", DESK)
    hand = await face(browser, room, "console_url", HAND)
    await screen.page.locator('.cloud [data-word="skole"] .word').click()
    for console in (desk, hand):
        await word(console.page, "skole").click()
        await expect(console.page.locator("#word-said > li")).to_have_count(3)
    amiss = []
    for name, opened in (("screen", screen), ("console", desk), ("console", hand)):
        amiss += await in_both_themes(name, opened.page)
    await room.act("show_as", shape="quiet")
    await expect(screen.page.locator("[data-card]")).to_have_count(1)
    for name, opened in (("screen", screen), ("console", desk), ("console", hand)):
        amiss += await in_both_themes(name, opened.page)
    assert [] == amiss
