"""A deck dropped on the page for a new meeting becomes its programme; what could not be taken over is told before."""

import re
from base64 import b64encode

from playwright.async_api import expect

from tests.browser.handset import handset
from tests.browser.test_accessible import faults
from tests.decks import seminar_deck
from tests.server_process import Open


async def test_a_deck_is_dropped_looked_over_and_started(server, browser):
    face = await handset(browser, f"{server.url}/new", size=(1280, 800))
    deck = seminar_deck.make()
    await face.page.locator(".way[data-way=workshop]").click()
    picker = face.page.locator("#file")
    await picker.set_input_files({"name": "seminar.pptx", "mimeType": "", "buffer": deck})
    await expect(face.page.locator("#deck-title")).to_be_focused()
    await face.page.reload()
    await expect(face.page.locator("#text")).to_have_value(re.compile("Stedskategorier"))
    await expect(face.page.locator("#deck-status")).to_contain_text("Teksten fra sist er her, men ikke bildene.")
    dropped = await face.page.evaluate_handle(
        """(deck) => {
          const all = new DataTransfer()
          all.items.add(new File([Uint8Array.from(atob(deck), (sign) => sign.charCodeAt(0))], 'seminar.pptx'))
          return all
        }""",
        b64encode(deck).decode(),
    )
    await face.page.dispatch_event("body", "drop", {"dataTransfer": dropped})
    title = face.page.get_by_role("heading", name="seminar.pptx: 24 lysbilder. Se over dette før du starter:")
    await expect(title).to_be_focused()
    rows = face.page.locator("#deck-remarks > li")
    await expect(rows).to_have_text([
        "Lysbilde 10Det som kommer ved klikk, kommer her ovenfra og nedover.",
        "Lysbilde 21Filmen slide-21-1.mp4 er ikke tekstet her. Legg inn teksting for dem som ikke hører den.",
        "Lysbilde 21Bildet slide-21-2.png mangler beskrivelse. Skriv en mellom hakeparentesene.",
        "Lysbilde 23Lysbildet sendte folk til en avstemning et annet sted (Menti). Her svarer de i møtet. "
        "Les gjennom spørsmålet.",
        "Lysbilde 25Skjult i presentasjonen og ikke tatt med: Reserve: budsjett",
    ])  # fmt: skip
    assert [] == await faults(face.page)
    await picker.set_input_files({"name": "old.ppt", "mimeType": "", "buffer": bytes.fromhex("d0cf11e0a1b11ae1")})
    await expect(face.page.locator("#workshop-problem")).to_have_text(
        "Filen er fra en gammel PowerPoint (.ppt). Åpne den og lagre den som .pptx."
    )
    # What is written goes along with the pictures, which only this page has.
    await face.page.locator("#text").evaluate(
        """(field) => {
          field.value = field.value.replace('Stedskategorier', 'Steder')
          field.dispatchEvent(new Event('input', { bubbles: true }))
        }"""
    )
    addresses: list[str] = []
    face.page.on("framenavigated", lambda frame: addresses.append(frame.url))
    await face.page.locator("#workshop-form").get_by_role("button", name="Start møtet").click()
    await face.state("lobby")
    assert [] == face.faults
    console, key = next(one.split("#") for one in addresses if "/console#" in one)
    room = Open(server, {"code": console.split("/")[3], "facilitator_key": key, "screen_key": key})
    screen = await handset(browser, f"{server.url}/{room.code}/screen#{key}", size=(1920, 1080))
    await room.act("goto", slide=3)
    await expect(screen.page.locator("#heading")).to_have_text("Steder")
    await expect(screen.page.get_by_role("img", name=seminar_deck.MAP_ALT)).to_be_visible()
    await screen.page.wait_for_function("() => [...document.images].every((it) => it.complete && it.naturalWidth)")
    assert [] == screen.faults
