"""A new meeting in the browser: one question in three clicks, or a workshop pasted, chosen, picked or dropped."""

from playwright.async_api import expect

from tests.browser.handset import Handset, a_moment, handset, press
from tests.browser.test_accessible import faults
from tests.meeting import SEMINAR

WIDE = (1280, 800)


async def new(browser, server, **options: bool) -> Handset:
    return await handset(browser, f"{server.url}/new", size=WIDE, **options)


async def start(page) -> None:
    await page.get_by_role("button", name="Start møtet").click()


async def test_one_question_is_a_meeting(server, browser):
    """
    What is typed is what the hall reads, signs and all; people talk for the time given, and then write several answers.
    """
    face = await new(browser, server, clock=True)
    question = "Hva er *viktigst* – # 1, <b> eller :::?"
    await face.page.get_by_label("Hva vil du spørre om?").fill(question)
    await expect(face.page.get_by_label("Minutter til å snakke to og to først")).to_have_value("2")
    await start(face.page)
    await face.state("lobby")
    assert face.page.url.endswith("/console")
    code = face.page.url.split("/")[-2]
    phone = await handset(browser, f"{server.url}/{code}")
    for key, state in (("PageDown", "idle"), ("PageDown", "talk"), ("PageDown", "write")):
        await a_moment(face.page)
        await press(face.page, key, state)
        await phone.state(state)
        await phone.sees(question)
    await phone.write("Tillit")
    await phone.write("Tid")
    await phone.own(("Tid", "Mottatt"), ("Tillit", "Mottatt"))
    assert [] == face.faults + phone.faults


async def test_what_is_missing_is_told_beside_its_field_once_it_was_tried(server, browser):
    face = await new(browser, server)
    for language, missing in (
        ("nn", "Skriv først kva du vil spørje om."),
        ("en", "Write what you want to ask first."),
        ("nb", "Skriv først hva du vil spørre om."),
    ):
        await face.page.goto(f"{server.url}/new?lang={language}")
        question, minutes = face.page.locator("#question"), face.page.locator("#talk")
        assert await face.page.locator(".problem:visible").count() == 0
        await minutes.fill("1.5")
        await face.page.locator("#question-form .press").click()
        await expect(face.page.locator("#question-problem")).to_have_text(missing)
        await expect(question).to_be_focused()
        await expect(question).to_have_attribute("aria-invalid", "true")
        await question.fill("Hva nå?")
        await expect(face.page.locator("#question-problem")).to_be_hidden()
        await question.press("Tab")
        await face.page.locator("#question-form .press").click()
        await expect(minutes).to_be_focused()
        await expect(question).to_have_value("Hva nå?")
    assert [] == await faults(face.page)
    await minutes.fill("0")
    await face.page.locator("#question-form .press").click()
    await face.state("lobby")
    assert [] == face.faults


async def test_two_presses_are_one_meeting(server, browser):
    face = await new(browser, server)
    opened = []
    face.page.on("request", lambda one: opened.append(one.url) if one.method == "POST" and "/api/" in one.url else None)
    await face.page.get_by_label("Hva vil du spørre om?").fill("Hva nå?")
    await face.page.get_by_role("button", name="Start møtet").dblclick()
    await face.state("lobby")
    assert 1 == len(opened)


async def test_an_example_starts_as_it_is(server, browser):
    face = await new(browser, server)
    await face.page.get_by_role("button", name="Et helt opplegg").click()
    await face.page.get_by_role("button", name="Nærdemokrati").click()
    await expect(face.page.get_by_label("Opplegget som tekst")).to_have_value(SEMINAR)
    await start(face.page)
    await face.state("lobby")
    assert [] == face.faults


async def test_whoever_has_no_meetings_begins_with_a_picture(server, browser):
    face = await new(browser, server)
    pictures = face.page.locator("#mine-pictures button")
    await face.sees("Møtene dine vises her. Start med et eksempel.")
    await expect(pictures).to_have_count(3)
    assert [] == await faults(face.page)
    await pictures.first.click()
    await expect(face.page.locator("#form-body .step").first).to_be_visible()
    await expect(face.page.locator("#form-title")).to_be_focused()
    await start(face.page)
    await face.state("lobby")
    assert [] == face.faults


async def test_faults_are_told_with_their_lines_and_lose_nothing(server, browser):
    """
    Every fault in the reader's language, with the word that was meant; its line is marked when it is pressed.
    """
    face = await new(browser, server)
    text = SEMINAR.replace(":::pair", ":::pear").replace("reveal=manual", "reveal=manuel", 1)
    await face.page.get_by_role("button", name="Et helt opplegg").click()
    field = face.page.get_by_label("Opplegget som tekst")
    await face.page.get_by_role("button", name="Som tekst").click()
    await field.fill(text)
    await start(face.page)
    await expect(face.page.get_by_role("heading", name="2 feil i teksten")).to_be_focused()
    await face.sees("Ukjent oppgavetype pear (mente du pair?)")
    line = 1 + text[: text.index(":::pear")].count("\n")
    await face.page.get_by_role("button", name=f"Linje {line}", exact=True).click()
    await expect(field).to_be_focused()
    marked = await field.evaluate("it => it.value.slice(it.selectionStart, it.selectionEnd)")
    assert marked.startswith(":::pear")
    await expect(field).to_have_value(text)
    await field.fill(SEMINAR)
    await start(face.page)
    await face.state("lobby")


async def test_a_file_is_read_or_refused_with_a_reason(server, browser):
    face = await new(browser, server)
    await face.page.get_by_role("button", name="Et helt opplegg").click()
    field = face.page.get_by_label("Opplegget som tekst")
    picker = face.page.locator("#file")
    await picker.set_input_files({"name": "opplegg.md", "mimeType": "text/markdown", "buffer": SEMINAR.encode()})
    await expect(field).to_have_value(SEMINAR)
    await picker.set_input_files({"name": "opplegg.md", "mimeType": "text/plain", "buffer": "# Møte".encode("latin-1")})
    await expect(face.page.get_by_role("alert")).to_contain_text("UTF-8")
    await expect(field).to_have_value(SEMINAR)
    dropped = await face.page.evaluate_handle(
        "() => { const all = new DataTransfer(); all.items.add(new File(['# Sluppet'], 'a.md')); return all }"
    )
    await face.page.dispatch_event("body", "drop", {"dataTransfer": dropped})
    await expect(field).to_have_value("# Sluppet")


async def test_where_a_key_is_needed_the_link_carries_it(server, browser):
    """
    Behind a proxy, where anybody may have asked. The key is out of the address bar at once, and a wrong one is told.
    """
    key = (server.data / "create-key").read_text("ascii").strip()
    bare = await new(browser, server)
    await bare.page.set_extra_http_headers({"X-Forwarded-For": "192.0.2.1"})
    await bare.page.reload()
    await bare.sees("Her må du ha en nøkkel for å lage møter")
    await bare.page.get_by_label("Hva vil du spørre om?").fill("Hva nå?")
    await bare.page.get_by_label("Har du nøkkelen, lim den inn her").fill("feil")
    await start(bare.page)
    await expect(bare.page.get_by_role("alert")).to_contain_text("Nøkkelen virker ikke")
    await expect(bare.page.get_by_label("Hva vil du spørre om?")).to_have_value("Hva nå?")
    face = await new(browser, server)
    await face.page.set_extra_http_headers({"X-Forwarded-For": "192.0.2.1"})
    await face.page.goto("about:blank")
    await face.page.goto(f"{server.url}/new#{key}")
    await expect(face.page.get_by_label("Har du nøkkelen, lim den inn her")).to_be_hidden()
    assert key not in face.page.url
    await face.page.get_by_label("Hva vil du spørre om?").fill("Hva nå?")
    await start(face.page)
    await face.state("lobby")
    assert key not in face.page.url


async def test_meetings_run_from_this_browser_are_found_again(server, browser):
    """
    Listed by title and code; opened without any link, run again with a code of its own, archived, brought back, and
    taken off the list.
    """
    face = await new(browser, server)
    await face.page.get_by_label("Hva vil du spørre om?").fill("Hva bør vi prøve?")
    await start(face.page)
    await expect(face.page.locator("#state")).not_to_be_empty()  # what has been drawn is remembered
    code = face.page.url.split("/")[-2]
    await face.page.goto(f"{server.url}/new")
    listed = face.page.locator("#meetings > li")
    await expect(listed).to_have_count(1)
    await expect(listed).to_contain_text(f"{code[:4]} {code[4:]}")
    await listed.get_by_role("link").click()
    await face.state("lobby")
    await face.page.goto(f"{server.url}/new")
    await listed.get_by_role("button", name="Kjør på nytt").click()
    await face.state("lobby")
    assert code not in face.page.url
    await face.page.wait_for_function("() => JSON.stringify(localStorage).includes(location.pathname.split('/')[1])")
    await face.page.goto(f"{server.url}/new")
    await expect(listed).to_have_count(2)
    archived = face.page.locator("#archived > li")
    for brought_back in (True, False):
        await listed.last.get_by_role("button", name="Arkiver").click()
        await expect(listed).to_have_count(1)
        await expect(listed).not_to_contain_text(code[:4])
        if brought_back:
            await face.page.get_by_text("Arkiverte", exact=True).click()
        await expect(archived).to_contain_text(code[:4])
        assert [] == await faults(face.page)
        if brought_back:
            await archived.get_by_role("button", name="Hent fram igjen").click()
            await expect(listed).to_have_count(2)
    await archived.get_by_role("link").click()
    await face.state("lobby")
    await face.page.goto(f"{server.url}/new")
    await face.page.get_by_text("Arkiverte", exact=True).click()
    await archived.get_by_role("button", name="Ta bort fra lista").click()
    await expect(archived).to_have_count(0)
    await expect(listed).to_have_count(1)
    assert "lobby" == (await server.call("GET", f"/{code}/view"))[1]["view"]["state"]
    assert [] == face.faults


async def test_one_press_shows_a_meeting_with_people_in_it(server, browser):
    """
    From the front page and from this one: pretend participants come, with the screen and a phone beside each other.
    """
    home = await handset(browser, f"{server.url}/", size=WIDE)
    await home.page.get_by_role("button", name="Prøv med 40 øvingsdeltakere").click()
    await home.state("lobby")
    assert home.page.url.endswith("/console")
    await home.sees("Øving med 40 deltakere")
    screen, phone = (home.page.frame_locator(f"#preview-{face}") for face in ("screen", "phone"))
    await expect(screen.locator("body")).to_have_attribute("data-state", "lobby")
    await expect(phone.locator("h1").first).to_contain_text("Folkemøte")
    face = await new(browser, server)
    await face.page.get_by_role("button", name="Prøv med 40 øvingsdeltakere").click()
    await face.state("lobby")
    await face.sees("Øving med 40 deltakere")
    assert [] == home.faults + face.faults
