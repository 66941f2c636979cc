"""A deck dropped on the page for a new meeting becomes its programme; what could not be taken over is told before."""

from base64 import b64encode

from playwright.async_api import expect

from tests.browser.handset import handset
from tests.browser.test_accessible import faults
from tests.decks import seminar_deck


async def test_a_deck_is_dropped_looked_over_and_started(server, browser):
    face = await handset(browser, f"{server.url}/new", size=(1280, 800))
    dropped = await face.page.evaluate_handle(
        """(deck) => {
          const all = new DataTransfer()
          all.items.add(new File([Uint8Array.from(atob(deck), (sign) => sign.charCodeAt(0))], 'seminar.pptx'))
          return all
        }""",
        b64encode(seminar_deck.make()).decode(),
    )
    await face.page.dispatch_event("body", "drop", {"dataTransfer": dropped})
    title = face.page.get_by_role("heading", name="seminar.pptx: 24 lysbilder. Se over dette før du starter:")
    await expect(title).to_be_focused()
    rows = face.page.locator("#deck-remarks > li")
    await expect(rows).to_have_text([
        "Hele presentasjonenBilder og filmer er ikke med. Der et bilde sto, står beskrivelsen av det.",
        "Lysbilde 10Det som kommer ved klikk, kommer her ovenfra og nedover.",
        "Lysbilde 21Filmen ligger ved siden av teksten som slide-21-1.mp4. Møter kan ikke vise film ennå.",
        "Lysbilde 21Bildet slide-21-2.png mangler beskrivelse. Skriv en mellom hakeparentesene.",
        "Lysbilde 23Lysbildet sendte folk til en avstemning et annet sted (Menti). Her svarer de i møtet. "
        "Les gjennom spørsmålet.",
        "Lysbilde 25Skjult i presentasjonen og ikke tatt med: Reserve: budsjett",
    ])  # fmt: skip
    assert [] == await faults(face.page)
    picker = face.page.locator("#file")
    await picker.set_input_files({"name": "old.ppt", "mimeType": "", "buffer": bytes.fromhex("d0cf11e0a1b11ae1")})
    await expect(face.page.locator("#workshop-problem")).to_have_text(
        "Filen er fra en gammel PowerPoint (.ppt). Åpne den og lagre den som .pptx."
    )
    await face.page.locator("#workshop-form").get_by_role("button", name="Start møtet").click()
    await face.state("lobby")
    assert [] == face.faults
