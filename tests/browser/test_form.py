"""The form beside the text, on a new meeting and in the console: what is done in one is seen in the other."""

import asyncio
import re

from playwright.async_api import expect

from tests.browser.handset import WORKSHOP, Handset, handset
from tests.browser.test_accessible import faults_but_what_is_covered as faults
from tests.browser.test_new import new, start
from tests.meeting import SEMINAR
from tests.reading import parse

QUESTION = (
    "Hva er viktigst for dere når kommunen skal ha dialog med innbyggere i tettstedene om å få på plass nærdemokrati?"
)


async def programme(browser, server, text=None):
    face = await new(browser, server)
    await face.page.get_by_role("button", name="Et helt opplegg").click()
    if text is not None:
        await write_text(face, text)
        await expect(face.page.locator("#form-body .steps-list")).to_be_visible()
    return face


async def write_text(face, text):
    await face.page.get_by_role("button", name="Som tekst").click()
    await text_of(face).fill(text)
    await face.page.get_by_role("button", name="Lysbilder", exact=True).click()


def text_of(face):
    return face.page.get_by_label("Opplegget som tekst")


async def put(within, label, value):
    """Writes in the field of *within*, a face or a part of its page."""
    box = (within.page if isinstance(within, Handset) else within).get_by_label(label, exact=True).first
    await box.fill(value)
    await box.press("Enter" if await box.evaluate("it => it.tagName") == "INPUT" else "Tab")


def task(face, n):
    """What people do on the open slide; its settings are those beside it while it is written on."""
    return face.page.locator("#form-body .task").nth(n)


def settings(face):
    return face.page.locator("#form-body .settings:visible")


async def press_button(face, name, within=".modes, .kinds, .canvas, .moves, .edit-dock, #form-empty, .bar-top"):
    """One of the form; what happens on a slide has the names of the kinds too."""
    await face.page.locator(within).get_by_role("button", name=name, exact=True).first.press("Enter")


async def test_the_last_step_of_the_seminar_is_built_from_nothing(server, browser):
    """
    Without a sign of Markdown: the question, a talk of two minutes, several answers; what they have in common, and
    dots on that; thanks. It is the same as what stands in the file, and it starts.
    """
    face = await programme(browser, server)
    await press_button(face, "Begynn med ett spørsmål")
    await put(face, "Overskrift eller spørsmål", QUESTION)
    await press_button(face, "Parsamtale")
    await put(task(face, 0), "Hva deltakerne skal gjøre", "To og to: Diskuter med sidemannen.")
    await press_button(face, "Åpent spørsmål")
    await expect(face.page.locator("#f-instruction-0-1-")).to_be_focused()
    await put(
        task(face, 1),
        "Hva deltakerne skal gjøre",
        "Alle legger inn innspill. Det er mulig å legge inn flere svar.",
    )
    await put(settings(face), "Hvor mange svar hver kan sende", "20")
    await press_button(face, "Nytt lysbilde")
    await expect(face.page.locator("#f-title-1-0-")).to_be_focused()
    await put(face, "Overskrift eller spørsmål", "Hva går igjen?")
    words = "Vi samler innspill som ligner, og gir hver gruppe et navn."
    for n, kind, instruction, time in [
        (0, "Samle i temaer", words, "8"),
        (1, "Prikkavstemning", "Hva bør kommunen begynne med? Gi tre prikker.", "1:30"),
    ]:
        await press_button(face, kind)
        await put(task(face, n), "Hva deltakerne skal gjøre", instruction)
        await settings(face).get_by_text("Flere valg").press("Enter")
        await put(settings(face), "Tid (2:00 eller 2 min)", time)
        await settings(face).get_by_label("Bare hvis det er tid").press("Space")
    await press_button(face, "Samle i temaer", within=".goes")
    await expect(settings(face).get_by_label("Svarene på")).to_have_value("open")
    await press_button(face, "Prikkavstemning", within=".goes")
    await expect(settings(face).get_by_label("Prikker på").locator("option")).to_have_text(
        ["det som står her", f"Åpent spørsmål: {QUESTION}", "Samle i temaer: Hva går igjen?"]
    )
    await expect(settings(face).get_by_label("Prikker på")).to_have_value("group")
    await put(settings(face), "Prikker til hver", "3")
    await put(face, "Notater bare du ser", "Hoppes over med mindre det er tid.")
    await face.sees("Hoppes over med mindre det er tid.")
    await press_button(face, "Nytt lysbilde")
    await expect(face.page.locator("#f-title-2-0-")).to_be_focused()
    await put(face, "Overskrift eller spørsmål", "Takk for oppmerksomheten!")
    await face.page.get_by_label("Tittellysbilde: bare overskriften, stor").press("Space")
    await expect(text_of(face)).to_have_value(re.compile("\n# Takk for oppmerksomheten!"))
    assert [] == await faults(face.page)
    built, _ = parse(await text_of(face).input_value())
    assert last_step(parse(SEMINAR)[0]) == last_step(built)
    assert "Hoppes over med mindre det er tid." == built.slides[1].notes
    await start(face.page)
    await face.state("lobby")
    assert [] == face.faults


def last_step(workshop):
    """The last three slides as people meet them; of whose answers an activity takes, that it is told."""
    own = ("kind", "instruction", "time_s", "optional", "many", "reveal")
    return [
        (slide.title, slide.big, slide.body, [
            (*(getattr(one, name) for name in own), one.attrs.get("dots"), "from" in one.attrs)
            for one in slide.activities
        ])
        for slide in workshop.slides[-3:]
    ]  # fmt: skip


async def test_the_name_of_the_meeting_is_written_on_an_empty_slide(server, browser):
    """
    The caret stands there; Enter goes on to the text of the slide, and undo leads back to the empty one.
    """
    face = await programme(browser, server)
    name = face.page.get_by_label("Hva heter møtet?")
    await expect(name).to_be_focused()
    await name.press_sequentially("Møte *om* benker")
    await name.press("Enter")
    await expect(face.page.get_by_label("Tekst på lysbildet", exact=True)).to_be_focused()
    await expect(face.page.locator("#form-body .step")).to_have_text(["1Møte *om* benker"])
    assert "Møte *om* benker" == parse(await text_of(face).input_value())[0].title
    await expect(name).to_be_hidden()
    await press_button(face, "Angre")
    await expect(name).to_be_visible()
    assert [] == await faults(face.page)
    assert [] == face.faults


async def test_a_key_that_is_down_while_the_form_is_redrawn_counts(server, browser):
    """
    The reply to the last change comes between the down and the up of the next key.
    """
    face = await programme(browser, server)
    await press_button(face, "Begynn med ett spørsmål")
    large = face.page.get_by_label("Tittellysbilde: bare overskriften, stor")
    await large.wait_for()
    asked, replies = asyncio.Event(), asyncio.Event()

    async def slowly(route) -> None:
        asked.set()
        await replies.wait()
        await route.continue_()

    await face.page.route("**/api/form*", slowly)
    await put(face, "Overskrift eller spørsmål", "Takk!")
    await asked.wait()
    await large.focus()
    await face.page.keyboard.down(" ")
    async with face.page.expect_response("**/api/form*") as reply:
        replies.set()
    await (await reply.value).finished()
    await face.page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    await face.page.keyboard.up(" ")
    await expect(text_of(face)).to_have_value(re.compile("\n# Takk!"))


async def test_the_text_of_a_slide_is_seen_while_it_is_written(server, browser):
    face = await programme(browser, server, "---\nformat: workshop/1\ntitle: A\n---\n\n# En\n")
    text = face.page.get_by_label("Tekst på lysbildet", exact=True)
    await text.press_sequentially("Først dette\nså dette")
    await expect(face.page.locator("#form-preview .slide-text")).to_contain_text("så dette")
    await expect(text).to_be_focused()
    await text.press("Control+a")
    await face.page.get_by_role("button", name="Ett punkt om gangen", exact=True).focus()
    await expect(text_of(face)).to_have_value(re.compile(r"# En\n\nFørst dette\nså dette\n$"))  # drawn anew
    await press_button(face, "Ett punkt om gangen")
    await expect(text_of(face)).to_have_value(re.compile(r"# En\n\n\+ Først dette\n\+ så dette\n$"))
    await expect(face.page.locator("#form-preview .slide-text li")).to_have_text(["Først dette", "så dette"])
    await text.press("Enter")  # the list is not selected: what is typed comes after it
    await text.press_sequentially("til slutt")
    await expect(face.page.locator("#form-preview .slide-text li")).to_have_text(
        ["Først dette", "så dette", "til slutt"]
    )
    await text.press("Tab")
    await expect(text_of(face)).to_have_value(re.compile(r"\n\+ så dette\n\+ til slutt\n$"))
    for _ in range(3):
        await face.page.locator("#form-undo").press("Enter")
    await expect(text_of(face)).to_have_value("---\nformat: workshop/1\ntitle: A\n---\n\n# En\n")


async def test_a_task_becomes_another_and_goes_to_the_slide_after_by_keyboard(server, browser):
    head = "---\nformat: workshop/1\ntitle: A\n---\n\n# En\n"
    question = "\n:::choice{id=a pick=2}\nVelg ett alternativ.\n- By\n- Land\n:::\n"
    face = await programme(browser, server, head + question + "\n---\n\n# To\n")
    await settings(face).get_by_text("Bytt type").press("Enter")
    await press_button(face, "Gjør om til: Skala")
    await expect(face.page.locator("#f-instruction-0-0-")).to_be_focused()
    await expect(face.page.locator("#f-instruction-0-0-")).to_have_value("Hvor enig er du?")
    await put(face, "Ord ved laveste", "Uenig")
    await put(face, "Ord ved høyeste", "Enig")
    await put(face, "Høyeste", "7")
    scale = "\n:::scale{id=a labels=Uenig|Enig max=7}\nHvor enig er du?\n- By\n- Land\n:::\n"
    await expect(text_of(face)).to_have_value(head + scale + "\n---\n\n# To\n")
    await press_button(face, "Til lysbildet etter: Skala")
    await expect(text_of(face)).to_have_value(f"{head}\n---\n\n# To\n{scale}")
    await expect(face.page.locator("#f-open-1")).to_have_attribute("aria-current", "true")
    await expect(face.page.get_by_role("button", name="Til lysbildet før: Skala")).to_be_focused()
    await face.page.keyboard.press("Enter")
    await expect(text_of(face)).to_have_value(head + scale + "\n---\n\n# To\n")
    for _ in range(6):
        await face.page.get_by_role("button", name="Angre").press("Enter")
    await expect(text_of(face)).to_have_value(head + question + "\n---\n\n# To\n")


async def test_a_change_in_the_form_is_a_small_change_of_the_text_and_is_undone(server, browser):
    face = await programme(browser, server, SEMINAR)
    await face.page.locator("#f-open-22").click()
    time = face.page.get_by_label("Tid (2:00 eller 2 min)").first
    await expect(time).to_have_value("2:00")
    await time.fill("3")
    await time.press("Enter")
    await expect(text_of(face)).to_have_value(SEMINAR.replace("time=2:00", "time=3:00", 1))
    await expect(time).to_have_value("3:00")
    await face.page.keyboard.press("Control+z")
    await expect(text_of(face)).to_have_value(SEMINAR)
    await expect(time).to_have_value("2:00")
    await face.page.get_by_role("button", name="Gjør om").click()
    await expect(text_of(face)).to_have_value(SEMINAR.replace("time=2:00", "time=3:00", 1))
    assert [] == await faults(face.page)


async def test_what_is_written_as_text_is_seen_in_the_form(server, browser):
    face = await programme(browser, server, WORKSHOP)
    await write_text(face, WORKSHOP + "\n---\n\n## Enda ett?\n")
    await expect(face.page.get_by_role("button", name="Enda ett?")).to_be_visible()
    await write_text(face, WORKSHOP + "\n:::open\nUten slutt\n")
    await face.sees("Da kommer skjemaet tilbake.")
    await write_text(face, WORKSHOP)
    await expect(face.page.locator("#form-body .steps-list")).to_be_visible()


async def test_a_fault_stands_in_its_field_and_at_its_line(server, browser):
    face = await programme(browser, server, WORKSHOP)
    first = next(at for at, part in enumerate(WORKSHOP.split("\n---\n")[1:]) if ":::pair" in part)
    await face.page.locator(f"#f-open-{first}").click()
    time = face.page.get_by_label("Tid (2:00 eller 2 min)").first
    await time.fill("en stund")
    await time.press("Enter")
    await expect(time).to_have_attribute("aria-invalid", "true")
    await expect(time).to_have_value("en stund")
    await expect(face.page.locator("#faults")).to_contain_text("en stund")
    await put(face, "Overskrift eller spørsmål", "")
    await expect(face.page.locator(f"#f-title-{first}-0--problem")).to_have_text("Skriv noe først.")
    assert [] == await faults(face.page)


async def test_slides_are_moved_copied_and_taken_away_by_keyboard(server, browser):
    face = await programme(browser, server, "---\nformat: workshop/1\ntitle: A\n---\n\n# En\n\n---\n\n# To\n")
    await face.page.locator("#f-open-1").press("Enter")
    await face.page.get_by_role("button", name="Opp: Lysbilde 2").press("Enter")
    await expect(text_of(face)).to_have_value("---\nformat: workshop/1\ntitle: A\n---\n\n# To\n\n---\n\n# En\n\n")
    await face.page.get_by_role("button", name="Kopier: Lysbilde 1").press("Enter")
    await expect(face.page.locator("#form-body .step")).to_have_text(["1To", "2To", "3En"])
    await face.page.get_by_role("button", name="Slett: Lysbilde 2").press("Enter")
    await expect(face.page.locator("#form-body .step")).to_have_text(["1To", "2En"])
    await face.sees("Lysbilde 2 er slettet. «Angre» henter det tilbake.")
    assert [] == face.faults


async def test_slides_are_dragged_moved_by_keys_and_hidden(server, browser):
    """
    Keys act on the slide that has the focus, which goes along with it; a hidden slide stays in the file.
    """
    head = "---\nformat: workshop/1\ntitle: A\n---\n"
    face = await programme(browser, server, head + "\n# En\n\n---\n\n# To\n\n---\n\n# Tre\n")
    steps = face.page.locator("#form-body .step")
    await expect(steps).to_have_text(["1En", "2To", "3Tre"])
    await steps.nth(2).drag_to(steps.nth(1), target_position={"x": 10, "y": 2})
    await expect(steps).to_have_text(["1En", "2Tre", "3To"])
    await steps.nth(1).focus()
    await face.page.keyboard.press("Alt+ArrowDown")
    await expect(steps).to_have_text(["1En", "2To", "3Tre"])
    await expect(steps.nth(2)).to_be_focused()
    await face.page.keyboard.press("Alt+ArrowUp")
    await expect(steps).to_have_text(["1En", "2Tre", "3To"])
    await expect(steps.nth(1)).to_be_focused()
    await face.page.keyboard.press("h")
    await expect(text_of(face)).to_have_value(re.compile("# Tre {hidden}\n"))
    await expect(steps.nth(1)).to_contain_text("skjult lysbilde")
    await expect(steps.nth(1)).to_be_focused()
    await press_button(face, "Vis igjen: Lysbilde 2")
    await expect(steps).to_have_text(["1En", "2Tre", "3To"])
    await steps.nth(1).focus()
    await face.page.keyboard.press("d")
    await expect(steps).to_have_text(["1En", "2Tre", "3Tre", "4To"])
    assert [] == await faults(face.page)
    assert [] == face.faults


async def test_a_finger_that_rests_on_a_slide_moves_it_and_one_that_sweeps_scrolls(server, browser):
    face = await handset(browser, f"{server.url}/new", size=(800, 1100))
    await face.page.get_by_role("button", name="Et helt opplegg").click()
    slides = "\n---\n\n".join(f"# {name}\n" for name in ("En", "To", "Tre"))
    await write_text(face, f"---\nformat: workshop/1\ntitle: A\n---\n\n{slides}")
    steps = face.page.locator("#form-body .step")
    await expect(steps).to_have_text(["1En", "2To", "3Tre"])
    cdp = await face.page.context.new_cdp_session(face.page)
    await steps.first.scroll_into_view_if_needed()
    first, last = await steps.nth(0).bounding_box(), await steps.nth(2).bounding_box()
    x, from_y, to_y = first["x"] + 60, first["y"] + 20, last["y"] + last["height"] - 5

    async def touch(kind: str, y: float | None = None) -> None:
        points = [] if y is None else [{"x": x, "y": y}]
        await cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    for rests in (False, True):
        await touch("touchStart", from_y)
        if rests:
            await expect(face.page.locator(".steps-list > .held")).to_have_count(1)
        for part in range(1, 6):
            await touch("touchMove", from_y + (to_y - from_y) * part / 5)
        await touch("touchEnd")
        await expect(steps).to_have_text(["1To", "2Tre", "3En"] if rests else ["1En", "2To", "3Tre"])
    await expect(face.page.locator(".steps-list > .held")).to_have_count(0)
    assert [] == face.faults


async def test_what_is_typed_is_kept_before_its_field_is_left(server, browser):
    """
    Also when the network is gone for a while: it is told, and taken over by itself when the network is there again.
    """
    face = await programme(browser, server, "---\nformat: workshop/1\ntitle: A\n---\n\n# En\n")
    title = face.page.get_by_label("Overskrift eller spørsmål")
    saved = face.page.locator("#form-saved")
    await title.press("End")
    await title.press_sequentially(" to")
    await expect(text_of(face)).to_have_value(re.compile("\n# En to\n"))
    await expect(face.page.locator("#form-body .step")).to_have_text(["1En to"])
    await expect(saved).to_have_text("Lagret nå")
    await face.page.context.set_offline(True)
    await title.press_sequentially(" tre")
    await expect(saved).to_have_text("Ikke lagret ennå. Du kan skrive videre.")
    await face.page.context.set_offline(False)
    await expect(text_of(face)).to_have_value(re.compile("\n# En to tre\n"))
    await expect(saved).to_have_text("Lagret nå")
    await expect(title).to_be_focused()
    await face.page.reload()
    await expect(face.page.locator("#form-body .step")).to_have_text(["1En to tre"])
    assert [] == face.faults


async def test_the_text_shows_which_slide_one_is_in_and_a_fault_is_a_press_away(server, browser):
    """
    The slide of the caret is the open one, and tinted. P shows a slide as it will be, and gives the focus back.
    """
    face = await programme(browser, server, WORKSHOP.replace("id=bor", "id=bor pick=9"))
    page = face.page
    badge = page.get_by_role("button", name="1 feil: Lysbilde 3")
    await expect(page.get_by_role("button", name="Start møtet")).to_contain_text("1 feil å rette først")
    await badge.press("Enter")
    await expect(page.locator("#f-open-2")).to_have_attribute("aria-current", "true")
    await expect(page.locator(".canvas .problem")).to_be_focused()
    await page.keyboard.press("p")
    dialog = page.locator("#form-try")
    await expect(dialog).to_contain_text("Lysbilde 3 av 5")
    await page.keyboard.press("ArrowRight")
    await expect(dialog.locator(".as-screen")).to_contain_text("Hva savner du mest?")
    assert [] == await faults(page)
    await page.keyboard.press("Escape")
    await expect(page.locator(".canvas .problem")).to_be_focused()
    await page.get_by_role("button", name="Som tekst").click()
    await badge.click()
    marked = "it => it.value.slice(it.selectionStart, it.selectionEnd)"
    assert ":::choice{id=bor pick=9}" == await text_of(face).evaluate(marked)
    await expect(page.locator(".tint > :last-child")).to_have_text(re.compile(r"^\s*## Hvor bor du\?"))
    await page.keyboard.press("Control+Home")
    for _ in range(13):
        await page.keyboard.press("ArrowDown")
    await expect(page.locator("#f-open-0")).to_have_attribute("aria-current", "true")
    await expect(page.locator(".tint > :last-child")).to_have_text("# Velkommen")
    rows = "it => Math.round(it.getBoundingClientRect().height / parseFloat(getComputedStyle(it).lineHeight))"
    assert 13 == await page.locator(".tint > :first-child").evaluate(rows)  # the purpose takes two
    assert [] == await faults(page)
    await page.locator(".kinds").get_by_role("button", name="Ordsky").press("Enter")
    await expect(text_of(face)).to_have_value(re.compile("# Velkommen\n\n:::(words|ord)"))
    await expect(text_of(face)).to_be_focused()
    assert [] == face.faults


async def test_what_is_not_started_yet_is_there_after_a_reload(server, browser):
    face = await programme(browser, server, WORKSHOP)
    await face.page.reload()
    await expect(text_of(face)).to_have_value(WORKSHOP)
    await expect(face.page.locator("#form-body .steps-list")).to_be_visible()


async def test_two_change_one_meeting_by_form_and_nothing_is_lost(server, browser):
    """
    The one who saves last is told, and keeps what was filled in.
    """
    room = await server.open(WORKSHOP)
    consoles = []
    for _ in range(2):
        console = await handset(browser, room.links["console_url"], size=(1280, 900))
        await console.page.locator("#state").filter(has_text="r").wait_for()
        await console.page.locator("#edit-open").click()
        await expect(console.page.locator("#form-body .steps-list")).to_be_visible()
        consoles.append(console)
    one, two = consoles
    for console, words in ((one, "Den enes"), (two, "Den andres")):
        await put(console, "Overskrift eller spørsmål", words)
        await expect(text_of(console)).to_have_value(WORKSHOP.replace("# ", "# ", 1).replace(first_heading(), words, 1))
    await one.page.locator("#edit-save").click()
    await two.sees("Noen andre har lagret en nyere tekst siden du begynte.")
    await expect(text_of(two)).to_have_value(WORKSHOP.replace(first_heading(), "Den andres", 1))
    assert [] == await faults(two.page)


def first_heading():
    return next(line for line in WORKSHOP.split("\n") if line.startswith("#")).lstrip("# ")


async def test_the_day_of_the_answers_is_chosen_in_a_calendar(server, browser):
    """
    It stands in the text as a day, is read however it is written there, and a day that has passed is told at once.
    """
    face = await programme(browser, server, WORKSHOP.replace("2027-06-01", "1. juni 2020"))
    await face.page.locator("#f-about-title").click()
    field = face.page.get_by_label("Svar kommer innen (dato)")
    await expect(field).to_have_attribute("type", "date")
    await expect(field).to_have_value("2020-06-01")
    await expect(face.page.locator("#f-passed")).to_have_text("Datoen da folk skulle få svar, har gått.")
    assert [] == await faults(face.page)
    await field.fill("2036-06-15")
    await field.blur()
    await expect(face.page.locator("#f-passed")).to_have_count(0)
    assert "report-by: 2036-06-15" in await text_of(face).input_value()
    await field.focus()
    await face.page.keyboard.type("06062037")
    await expect(field).to_be_focused()
    await field.blur()
    await expect(text_of(face)).to_have_value(re.compile("report-by: 2037-06-06"))
    await field.fill("")
    await field.blur()
    await expect(text_of(face)).to_have_value(re.compile("report-by:\n"))
    await write_text(face, WORKSHOP.replace("2027-06-01", "i juni"))
    await expect(face.page.get_by_label("Svar kommer innen (dato)")).to_have_value("i juni")
    assert [] == face.faults
