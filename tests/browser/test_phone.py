"""The phone with its script, against a real server: what a participant sees and can count on."""

import asyncio
from collections import Counter

from playwright.async_api import Browser, expect

from tests.browser.handset import (
    SMALL,
    WAIT_MS,
    WORKSHOP,
    Handset,
    answers,
    handset,
    hurried,
    stop_clock,
    wire,
    writing,
)
from tests.server_process import Server

MOST_BYTES = 14_600  # the first window of a TCP connection
SCRIPTS_HAVE_COME = (
    "n => performance.getEntriesByType('resource').filter(({ initiatorType: it }) => it === 'script').length >= n"
)
# Of each file that the page itself has loaded: what it is, the bytes of its content as sent, and of all that was sent.
SIZES = """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .filter(({ initiatorType }) => initiatorType !== 'iframe')
  .map(({ name, entryType, encodedBodySize, transferSize }) =>
    [entryType === 'navigation' ? 'html' : name.split('.').at(-1), encodedBodySize, transferSize])"""

# What the facilitator does, the state it leads to, and what the phone then says.
MEETING = [
    ("next", "slide", "Følg med på storskjermen."),
    ("next", "idle", "Starter snart."),
    ("next", "talk", "To og to: Diskuter med sidemannen."),
    ("next", "write", "Alle legger inn innspill."),
    ("close_in", "closing", "Alle legger inn innspill."),
    ("close", "closed", "Det er stengt for svar. Du sendte 0."),
    ("reveal", "results", "Svarene er på storskjermen."),
    ("end", "ended", "Takk!"),
]


async def weight(browser: Browser, url: str, scripts: int = 1) -> int:
    """
    Bytes of HTML, CSS and JavaScript as sent to a phone that has kept nothing. *scripts*: how many there must be, which
    is one more where the kind on show has its own.
    """
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(url)
    await page.locator("#beside").wait_for(state="detached")  # the script has run to its end
    await page.wait_for_function(SCRIPTS_HAVE_COME, arg=scripts)  # what the state needs comes last
    sizes = await page.evaluate(SIZES)
    await context.close()
    assert {"html": 1, "css": 1, "js": scripts} == Counter(kind for kind, *_ in sizes)
    assert all(sent for *_, sent in sizes)  # nothing from a cache
    return sum(size for _, size, _ in sizes)


async def fits(phone: Handset) -> None:
    """Nothing has to be scrolled sideways, every button is met by a thumb, and there is one field at most."""
    page = phone.page
    width, room_for = await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= room_for
    for button in await page.locator(".press:visible, .pick:visible, #own button:visible, .option:visible").all():
        box = await button.bounding_box()
        assert box["height"] >= 44, await button.inner_text()
        assert box["width"] >= 44, await button.inner_text()
    for field in await page.locator("textarea").all():
        assert float(await field.evaluate("(it) => parseFloat(getComputedStyle(it).fontSize)")) >= 16


async def test_the_page_follows_the_meeting_by_itself(server, browser):
    """
    Every state comes without a reload, says what is on, fits a phone of 320 px, and costs one window of bytes.
    """
    room = await server.open(WORKSHOP)
    phone = await handset(browser, room.links["join_url"], size=SMALL)
    await phone.page.evaluate("window.here = true")
    for do, state, words in [("", "lobby", "Du er med."), *MEETING]:
        if do:
            await room.act(do, **({"seconds": 60} if do == "close_in" else {}))
        await phone.state(state)
        await phone.sees(words)
        await fits(phone)
        assert (state in ("write", "closing")) == await phone.page.locator("textarea").count()
        assert (state in ("write", "closing", "talk")) == await phone.page.locator("[role=timer]").count()
        scripts = 2 if state == "results" else 1
        assert MOST_BYTES >= await weight(browser, room.links["join_url"], scripts=scripts)
    assert await phone.page.evaluate("window.here")
    assert [] == phone.faults


async def test_options_fit_the_smallest_phone(server, browser):
    room = await server.open(WORKSHOP)
    phone = await handset(browser, room.links["join_url"], size=SMALL)
    for activity, options in (("bor", 3), ("savn", 3), ("hort", 10)):
        await writing(room, activity)
        await expect(phone.page.locator("#choices .option:visible")).to_have_count(options)
        await expect(
            phone.page.get_by_label({"bor": "Øya", "savn": "Busser", "hort": "5"}[activity]).first
        ).to_be_visible()
        await fits(phone)
        assert MOST_BYTES >= await weight(browser, room.links["join_url"], scripts=2)
        await room.act("close")
        await room.act("reveal")
        assert MOST_BYTES >= await weight(browser, room.links["join_url"], scripts=2)  # that of the results


async def test_a_kinds_script_that_does_not_come_is_asked_for_again(server, browser):
    """
    Lost once on a bad network, it comes the second time, and what the phone shows is as if nothing had been.
    """
    room = await server.open(WORKSHOP)
    phone = await handset(browser, room.links["join_url"])
    await phone.page.route("**/activities/choice.js", lambda route: route.abort())
    await writing(room, "bor")
    await phone.page.get_by_label("Bygda").check()
    await phone.send()
    await phone.own(("Bygda", "Mottatt"))
    assert [["b"]] == [one["value"] for one in await answers(room)]
    assert [] == phone.faults


async def test_until_a_kinds_script_has_come_the_page_works_as_without(server, browser):
    """
    The form came with the page. Sent before the script it is posted, and counts; afterwards it can be changed.
    """
    room = await server.open(WORKSHOP)
    await writing(room, "bor")
    phone = await handset(browser, "about:blank")
    await phone.page.route("**/activities/choice.js*", lambda route: route.abort())
    await phone.page.goto(room.links["join_url"])
    await phone.page.locator("#beside").wait_for(state="detached")
    await phone.page.get_by_label("Bygda").check()
    async with phone.page.expect_navigation():
        await phone.send()
    await expect(phone.page.get_by_label("Bygda")).to_be_checked()
    await phone.page.unroute("**/activities/choice.js*")
    await phone.own(("Bygda", "Mottatt"))
    await phone.page.get_by_label("Øya").check()
    await phone.send()
    await phone.own(("Øya", "Mottatt"))
    assert [["c"]] == [one["value"] for one in await answers(room)]


async def test_several_answers_that_can_be_changed_and_deleted(server, browser):
    """
    Each is told as received; one is changed, one deleted and brought back; all of it is there after a reload.
    """
    room = await server.open(WORKSHOP)
    await writing(room)
    phone = await handset(browser, room.links["join_url"])
    for number, text in enumerate(("Møteplasser", "Busser", "Lys i gata"), start=1):
        await phone.write(text)
        await phone.says("Mottatt! Har du flere innspill, skriv det neste.")
        await phone.sees(f"Mine svar ({number})")
        await expect(phone.page.locator("textarea")).to_have_value("")
    await phone.own(("Lys i gata", "Mottatt"), ("Busser", "Mottatt"), ("Møteplasser", "Mottatt"))

    await phone.page.fill("textarea", "Halvskrevet")
    await phone.button("Endre", of="Busser").click()
    await expect(phone.page.locator("#form .press")).to_have_text("Lagre endring")
    await phone.write("Flere busser")
    await phone.own(("Lys i gata", "Mottatt"), ("Flere busser", "Mottatt"), ("Møteplasser", "Mottatt"))
    await expect(phone.page.locator("textarea")).to_have_value("Halvskrevet")

    await phone.button("Slett", of="Møteplasser").click()
    await phone.says("Slettet.")
    await phone.own(("Lys i gata", "Mottatt"), ("Flere busser", "Mottatt"))
    while await texts(room) != ["Flere busser", "Lys i gata"]:
        await asyncio.sleep(0.02)
    await phone.page.get_by_role("button", name="Angre").click()
    await phone.own(("Møteplasser", "Mottatt"), ("Lys i gata", "Mottatt"), ("Flere busser", "Mottatt"))

    await phone.page.reload()
    await phone.own(("Møteplasser", "Mottatt"), ("Lys i gata", "Mottatt"), ("Flere busser", "Mottatt"))
    await expect(phone.page.locator("textarea")).to_have_value("Halvskrevet")
    assert ["Flere busser", "Lys i gata", "Møteplasser"] == await texts(room)
    assert [] == phone.faults


async def test_the_count_of_own_answers_is_of_all(server, browser):
    """
    Also after a reload, when only the newest are listed: the others are behind a link. What was refused does not count.
    """
    room = await server.open(WORKSHOP.replace("many max=40", "many=24 max=40"))
    await writing(room)
    phone = await handset(browser, room.links["join_url"])
    await phone.state("write")
    send = """async ([url, n]) => { for (let at = 0; at < n; at += 1) await fetch(url, {
      method: 'POST', headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        type: 'answer', id: String(at).padStart(32, '0'), activity: 'viktigst', text: `Nr. ${at}`, rev: 1 }) }) }"""
    await phone.page.evaluate(send, [f"/{room.code}/answers", 23])
    await phone.page.reload()
    await phone.sees("Mine svar (23)")
    await expect(phone.page.locator("#own > li")).to_have_count(20)
    await phone.write("Ett til")
    await phone.sees("Mine svar (24)")
    await phone.write("Ett for mye")
    await phone.says("Du har sendt så mange svar som dette spørsmålet tar imot.")
    await phone.page.fill("textarea", "")
    await phone.page.get_by_role("link", name="Se alle svarene dine").click()
    await expect(phone.page.locator(".given li")).to_have_count(24)
    await room.act("close")
    await phone.page.go_back()
    await phone.sees("Det er stengt for svar. Du sendte 24.")

    without = await handset(browser, "about:blank", script=False)
    await without.page.context.add_cookies(await phone.page.context.cookies())
    await without.page.goto(room.links["join_url"])
    await without.sees("Mine svar (24)")
    await expect(without.page.get_by_role("link", name="Se alle svarene dine")).to_be_visible()


async def test_own_answers_are_there_when_the_meeting_is_over(server, browser):
    """
    Those of every activity, also where the last thing on show was a slide; and after a reload.
    """
    room = await server.open(WORKSHOP)
    await writing(room)
    phone = await handset(browser, room.links["join_url"])
    await phone.write("Møteplasser")
    await phone.says("Mottatt!")
    await writing(room, "bor")
    await phone.page.get_by_label("Øya").check()
    await phone.send()
    await phone.own(("Øya", "Mottatt"))
    await room.act("goto", slide=1)
    await phone.state("slide")
    await phone.own()
    await room.act("end")
    await phone.state("ended")
    await phone.own(("Øya", "Mottatt"), ("Møteplasser", "Mottatt"))
    await phone.page.reload()
    await phone.own(("Øya", "Mottatt"), ("Møteplasser", "Mottatt"))
    assert [] == phone.faults


async def texts(room) -> list[str]:
    return sorted(one["text"] for one in await answers(room))


async def test_what_cannot_be_sent_is_said(server, browser):
    """
    Nothing, and more than fits: the phone says which, and keeps the text.
    """
    room = await server.open(WORKSHOP)
    await writing(room)
    phone = await handset(browser, room.links["join_url"])
    await phone.write("  ")
    await phone.says("Skriv noe først")
    await phone.page.fill("textarea", "å" * 35)
    await expect(phone.page.locator("#left")).to_have_text("5 tegn igjen")
    await phone.write("👨‍👩‍👧‍👦" * 42)
    await phone.says("2 tegn for mye")
    assert 42 == (await phone.page.input_value("textarea")).count("👦")
    assert [] == await texts(room)
    await phone.write("👨‍👩‍👧‍👦" * 40)
    await phone.says("Mottatt!")


async def test_half_a_character_is_sent_as_a_sign_for_one(server, browser):
    """
    As when a keyboard or a paste breaks an emoji in two: the rest of the answer counts, and it is not sent for ever.
    """
    room = await server.open(WORKSHOP)
    await writing(room)
    phone = await handset(browser, room.links["join_url"])
    await phone.state("write")
    await phone.page.evaluate("() => { document.getElementById('text').value = 'Gode \\ud83d benker 🪑' }")
    await phone.send()
    await phone.own(("Gode \ufffd benker 🪑", "Mottatt"))
    assert ["Gode \ufffd benker 🪑"] == [one["text"] for one in await answers(room)]


async def test_a_double_tap_sends_once(server, browser):
    """
    And is not answered with a complaint about an empty field.
    """
    room = await server.open(WORKSHOP)
    await writing(room)
    phone = await handset(browser, room.links["join_url"], clock=True)
    await phone.page.fill("textarea", "Møteplasser")
    await stop_clock(phone.page)  # a tap that comes later is no double one
    await phone.page.locator("#form .press").evaluate("(button) => { button.click(); button.click() }")
    await phone.own(("Møteplasser", "Mottatt"))
    await phone.page.locator("#form .press").click()
    await phone.says("Mottatt!")
    assert ["Møteplasser"] == await texts(room)


async def test_what_is_written_while_others_talk_waits_for_the_field(server, browser):
    """
    A draft stays on the phone, through a reload, and stands in the field when writing opens; nothing is sent before.
    """
    room = await server.open(WORKSHOP)
    await room.act("goto", slide=2)
    await room.act("next")
    phone = await handset(browser, room.links["join_url"])
    await phone.state("talk")
    await phone.page.get_by_role("button", name="Jeg trenger å skrive nå").click()
    await phone.sees("Det sendes ikke før det er åpent for svar")
    await phone.page.fill("textarea", "Det vi snakket om")
    await room.act("add_time", seconds=30)
    await phone.page.reload()
    await room.act("next")
    await phone.state("write")
    await expect(phone.page.locator("textarea")).to_have_value("Det vi snakket om")
    assert [] == await texts(room)
    await phone.send()
    await phone.own(("Det vi snakket om", "Mottatt"))


async def test_an_activity_may_have_any_id(server, browser):
    """
    Also one that the page's own objects have, or that stands for the draft of a talk: what is unsent stays with it.
    """
    ids = ("next", "__proto__", "constructor")
    head = WORKSHOP.partition("# Velkommen")[0]
    room = await server.open(
        head + "\n---\n\n".join(f"## Om `{id}`\n\n:::open{{id={id} many}}\nSkriv.\n:::\n" for id in ids)
    )
    phone = await handset(browser, room.links["join_url"])
    for id in ids:
        await room.act("start", activity=id)
        await expect(phone.page.locator("h1")).to_have_text(f"Om {id}")
        await expect(phone.page.locator("textarea")).to_have_value("")
        await phone.page.fill("textarea", f"Kladd til {id}")
    for id in ids:
        await room.act("start", activity=id)
        await expect(phone.page.locator("h1")).to_have_text(f"Om {id}")
        await expect(phone.page.locator("textarea")).to_have_value(f"Kladd til {id}")
        await phone.page.reload()
        await expect(phone.page.locator("textarea")).to_have_value(f"Kladd til {id}")
        await phone.send()
        await phone.own((f"Kladd til {id}", "Mottatt"))
    assert [] == phone.faults


async def test_what_is_ticked_and_not_sent_is_there_when_the_question_comes_back(server, browser):
    """
    After a slide that was shown in between, a reload, and a close that was undone; once sent it is no draft any more.
    What was written while people talked waits for a question that takes text.
    """
    room = await server.open(WORKSHOP)
    await room.act("goto", slide=2)
    await room.act("next")
    phone = await handset(browser, room.links["join_url"])
    page = phone.page
    await phone.state("talk")
    await page.get_by_role("button", name="Jeg trenger å skrive nå").click()
    await page.fill("textarea", "Det vi snakket om")
    key = f"innspill:{room.code}"
    ticks = {"savn": ("Møteplasser", "Trygg skolevei"), "bor": ("Øya",), "hort": ("5",)}
    for activity, labels in ticks.items():
        await writing(room, activity)
        await phone.state("write")
        boxes = [page.locator("#choices").get_by_label(label).first for label in labels]
        for box in boxes:
            await box.check()
        await room.act("goto", slide=1)
        await phone.state("slide")
        await writing(room, activity)
        await phone.state("write")
        for box in boxes:
            await expect(box).to_be_checked()
        await page.reload()
        for box in boxes:
            await expect(box).to_be_checked()
        await room.act("close")
        await phone.state("closed")
        await expect(page.locator("textarea")).to_have_count(0)
        await room.act("reopen")
        await phone.state("write")
        await expect(page.locator("#choices input:checked")).to_have_count(len(boxes))
        await phone.send()
        await phone.says("Mottatt")
        assert ["next"] == await page.evaluate("(key) => Object.keys(JSON.parse(localStorage[key]).drafts)", key)
    await writing(room)
    await expect(page.locator("textarea")).to_have_value("Det vi snakket om")
    assert [] == phone.faults


async def test_text_that_was_unsent_when_it_closed_can_still_be_sent(server, browser):
    """
    Also after a reload. What is being changed can't be: changes end when it closes, and the page says no such thing.
    """
    room = await server.open(WORKSHOP)
    await writing(room)
    slow, reloading, editing = [await handset(browser, room.links["join_url"]) for _ in range(3)]
    await editing.write("Som det var")
    await editing.own(("Som det var", "Mottatt"))
    await editing.button("Endre", of="Som det var").click()
    for phone in (slow, reloading, editing):
        await phone.page.fill("textarea", "Nesten ferdig")
    await room.act("close")
    for phone in (slow, reloading, editing):
        await phone.state("closed")
    assert 0 == await editing.page.locator("textarea").count()
    await reloading.page.reload()
    await room.act("reveal")
    for phone in (slow, reloading):
        await phone.state("results")
        await expect(phone.page.locator("#form .press")).to_have_text("Send det du skrev")
        await phone.send()
        await phone.own(("Nesten ferdig", "Mottatt"))
        await phone.sees("Svarene er på storskjermen.")
    assert [False] * 3 == [one["late"] for one in await answers(room)]
    assert ["Nesten ferdig", "Nesten ferdig", "Som det var"] == await texts(room)


async def test_what_comes_after_closing_is_told_in_words(server, browser):
    """
    Without network while the facilitator closes: an answer is late, a change doesn't count and a deletion does, and
    the phone shows what stands.
    """
    room = await server.open(WORKSHOP)
    async with wire(room) as network:
        await writing(room, "bor")
        late, changing, deleting = [await handset(browser, network.url) for _ in range(3)]
        for phone in (changing, deleting):
            await phone.page.get_by_label("Sentrum").check()
            await phone.send()
            await phone.says("Du kan endre svaret til vi stenger.")
        network.cut()
        for phone in (late, changing, deleting):
            await phone.page.context.set_offline(True)
        await deleting.button("Slett", of="Sentrum").click()
        await deleting.says("Slettet.")
        for phone, choice in ((late, "Øya"), (changing, "Bygda")):
            await phone.sees("Uten nett")
            await phone.page.get_by_label(choice).check()
            await phone.send()
            await phone.sees("Uten nett – 1 svar venter på telefonen")
            await phone.own((choice, "Ligger på telefonen, venter på nett"))
        await room.act("close")
        while (shown := await room.show())["now"] <= shown["grace_until"]:
            await asyncio.sleep(0.05)
        network.mend()
        for phone in (late, changing, deleting):
            await phone.page.context.set_offline(False)
        await late.own(("Øya", "Kom for sent"))
        await changing.says("Det er stengt for svar. Dette ble ikke talt med.")
        await deleting.sees("Det er stengt for svar. Du sendte 0.")
        await changing.own(("Sentrum", "Mottatt"))
        await deleting.own()
        async with asyncio.timeout(WAIT_MS / 1000):  # the deletion is sent once the phone is welcome
            while [(["a"], False), (["c"], True)] != [(one["value"], one["late"]) for one in await answers(room)]:
                await asyncio.sleep(0.05)
        (kept_aside,) = [one["id"] for one in await answers(room) if one["late"]]
        await room.act("restore_answer", id=kept_aside)
        await late.own(("Øya", "Mottatt"))


async def test_a_killed_server_loses_no_answer(browser, tmp_path):
    """
    One answer on its way and one written while nobody is there: the phone says so, and both arrive once.
    """
    async with Server(tmp_path / "data") as server:
        room = await server.open(WORKSHOP)
        await writing(room)
        phone = await handset(browser, room.links["join_url"])
        await phone.write("Før")
        await phone.own(("Før", "Mottatt"))
        await phone.write("Underveis")
        await server.kill()
        await phone.write("Imens")
        await phone.sees("Uten nett –")
        await phone.sees("venter på telefonen")
        await server.start()
        await phone.own(("Imens", "Mottatt"), ("Underveis", "Mottatt"), ("Før", "Mottatt"))
        await expect(phone.page.locator("#line")).to_be_hidden()
        assert ["Før", "Imens", "Underveis"] == await texts(room)
        assert [] == phone.faults


async def test_where_sockets_are_blocked_the_page_asks_instead(server, browser):
    """
    As behind a proxy that knows no WebSockets: the page still follows, and answers arrive.
    """
    room = await server.open(WORKSHOP)
    async with wire(room, sockets=False) as network:
        phone = await handset(browser, network.url)
        await room.act("goto", slide=2)
        await phone.state("idle")
        await writing(room)
        await phone.state("write")
        await expect(phone.page.locator("#line")).to_be_hidden()
        await phone.write("Møteplasser")
        await phone.own(("Møteplasser", "Mottatt"))
        await phone.page.reload()
        await phone.own(("Møteplasser", "Mottatt"))
        assert ["Møteplasser"] == await texts(room)
        assert [] == phone.faults


async def test_one_choice_several_and_a_scale(server, browser):
    """
    Sent, changed, and found again in the results with the own answer marked.
    """
    room = await server.open(WORKSHOP)
    await writing(room, "bor")
    phone = await handset(browser, room.links["join_url"])
    await phone.send()
    await phone.says("Velg noe først")
    for choice in ("Sentrum", "Øya"):
        await phone.page.get_by_label(choice).check()
        await phone.send()
        await phone.own((choice, "Mottatt"))
    await room.act("close")
    await room.act("reveal")
    await phone.page.get_by_role("link", name="Se alle svarene her").click()
    await expect(phone.page.locator("tr", has_text="Øya")).to_contain_text("(du)")
    await expect(phone.page.locator("tr", has_text="Øya").locator(".num")).to_have_text("1 (100 %)")
    await phone.page.get_by_role("link", name="Tilbake til møtet").click()

    await writing(room, "savn")
    for choice, left in (("Møteplasser", 1), ("Busser", 0), ("Trygg skolevei", 0)):
        await phone.page.get_by_label(choice).check()
        await phone.says(f"{left} av 2 valg igjen")
    await phone.send()
    await phone.says("Velg høyst 2")
    await phone.page.get_by_label("Busser").uncheck()
    await phone.send()
    await phone.own(("Møteplasser, Trygg skolevei", "Mottatt"))

    await writing(room, "hort")
    await expect(phone.page.locator("#mine")).to_be_hidden()
    for name, step in (("I velforeningen", "5"), ("I kommunen", "2")):
        await phone.page.get_by_role("group", name=name).get_by_label(step, exact=True).check()
    await phone.send()
    await phone.own(("I velforeningen: 5, I kommunen: 2", "Mottatt"))
    await phone.page.reload()
    await expect(phone.page.get_by_role("group", name="I kommunen").get_by_label("2", exact=True)).to_be_checked()
    await phone.page.get_by_role("group", name="I kommunen").get_by_label("4", exact=True).check()
    await phone.send()
    await phone.own(("I velforeningen: 5, I kommunen: 4", "Mottatt"))
    assert 3 == len(await answers(room))
    assert [] == phone.faults


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=//x.test/a onerror=alert(2)>",
    "</script><svg/onload=alert(3)>",
    "{{7*7}} ${7*7} [x](javascript:1) \u202e",
]


async def test_results_come_to_the_phone_and_change_in_place(server, browser):
    """
    As soon as they are shown, with one's own marked; the heading says where more is. A figure changes in its row, and
    another order comes only on a press. Without script they are in the page, too.
    """
    room = await server.open(WORKSHOP)
    await writing(room, "savn")
    phone = await handset(browser, room.links["join_url"])
    await phone.page.get_by_label("Busser").check()
    await phone.send()
    await phone.own(("Busser", "Mottatt"))
    await room.act("add_answer", value=["c"], heads=2)
    await room.act("close")
    await room.act("reveal")
    await phone.state("results")
    rows = phone.page.locator("#results tr")
    await expect(rows).to_have_text(
        ["Møteplasser 0 (0\u00a0%)", "Busser (du) 1 (33\u00a0%)", "Trygg skolevei 2 (67\u00a0%)"], use_inner_text=True
    )
    await expect(phone.page.locator("h1")).to_be_focused()
    await expect(phone.page.locator("h1")).to_have_accessible_description("Svarene er på storskjermen.")
    await rows.first.evaluate("(row) => { row.dataset.here = 'yes' }")
    await room.act("add_answer", activity="savn", value=["a"])
    await room.act("hide")
    await room.act("reveal")
    await expect(rows.first).to_contain_text("1 (25")
    without = await handset(browser, room.links["join_url"], script=False)
    await expect(without.page.locator("#results tr")).to_have_count(3)
    assert [] == phone.faults


async def test_hostile_answers_are_text(server, browser):
    """
    On the phone that sent them, on its results, on the screen and the console: shown as written, and nothing runs.
    """
    room = await server.open(WORKSHOP)
    await writing(room)
    phone = await handset(browser, room.links["join_url"])
    for number, text in enumerate(HOSTILE, start=1):
        await phone.write(text)
        await phone.sees(f"Mine svar ({number})")
    await phone.own(*((text, "Mottatt") for text in reversed(HOSTILE)))
    assert 1 == len(await phone.page.context.cookies())
    screen, console = [
        await handset(browser, room.links[f"{face}_url"], size=(1280, 800)) for face in ("screen", "console")
    ]
    await room.act("close")
    await room.act("reveal")
    await phone.page.get_by_role("link", name="Se alle svarene her").click()
    for page in (phone.page, screen.page, console.page):
        for text in HOSTILE[:3]:
            await page.get_by_text(text).filter(visible=True).first.wait_for()
    await room.act("show_as", shape="cloud")
    await screen.page.locator("[data-word]").first.wait_for()
    for one in (phone, screen, console):
        assert [] == one.faults
        assert {server.url.removeprefix("http://")} == one.hosts
        assert 0 == await one.page.locator("img[src*='x.test'], svg[onload]").count()


async def test_what_is_done_before_the_script_runs_is_kept(server, browser):
    """
    On a slow network the page is there long before its script: a text or a tick that was made meanwhile stays.
    """
    room = await server.open(WORKSHOP)
    phone = await handset(browser, "about:blank")
    page, comes = phone.page, asyncio.Event()

    async def hold(route) -> None:
        await comes.wait()
        await route.continue_()

    await page.context.route("**/phone.js", hold)
    await writing(room)
    await page.goto(room.links["join_url"], wait_until="commit")
    await page.fill("textarea", "Tidlig ute")
    comes.set()
    await expect(page.locator("#beside")).to_have_count(0)
    await expect(page.locator("textarea")).to_have_value("Tidlig ute")
    await phone.send()
    await phone.own(("Tidlig ute", "Mottatt"))
    comes.clear()
    await writing(room, "savn")
    await page.goto(room.links["join_url"], wait_until="commit")
    for choice in ("Busser", "Trygg skolevei"):
        await page.get_by_label(choice).check()
    comes.set()
    await expect(page.locator("#beside")).to_have_count(0)
    await phone.send()
    await phone.own(("Busser, Trygg skolevei", "Mottatt"))
    assert [] == phone.faults


async def people(room, n: int) -> None:
    """So many take part, now or in a moment."""
    async with asyncio.timeout(WAIT_MS / 1000):
        while (await room.show())["counts"]["people"] != n:
            await asyncio.sleep(0.05)


async def test_how_many_share_the_phone_is_said(server, browser):
    """
    Also where it is pressed while there is no network.
    """
    room = await server.open(WORKSHOP)
    async with wire(room) as network:
        phone = await handset(browser, network.url, clock=True)
        await phone.page.get_by_role("button", name="3", exact=True).click()
        await phone.says("Dere er tre sammen.")
        await people(room, 3)
        await phone.page.get_by_role("button", name="1", exact=True).click()
        await expect(phone.page.locator("#status")).to_be_empty()
        await people(room, 1)
        network.cut()
        await phone.sees("Uten nett")
        await phone.page.get_by_role("button", name="4", exact=True).click()
        await phone.says("Dere er fire sammen.")
        network.mend()
        async with hurried(phone.page):
            await people(room, 4)
        await expect(phone.page.get_by_role("button", name="4", exact=True)).to_have_attribute("aria-pressed", "true")
        assert [] == phone.faults
