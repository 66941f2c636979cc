"""Decks come as the body: one becomes a workshop (`/api/convert`), another gets results (`/api/rooms/{code}/deck`)."""

import io
import json
import zipfile

from pptx import Presentation

from live import exports
from live.decks import file_kinds
from tests.decks.decks import box, one_slide
from tests.meeting import one
from tests.web.edge import CREATE_KEY, bearer, serving


async def test_a_deck_is_answered_with_its_workshop(tmp_path):
    """
    The report's sentences are in the reader's language; no file is left behind.
    """
    deck = one_slide(lambda slide: box(slide, "Loddrett").text_frame._txBody.bodyPr.set("vert", "vert"))
    async with serving(tmp_path) as edge:
        answer = await edge.post("/api/convert?lang=nn", content=deck)
        assert (200, "application/zip") == (answer.status_code, answer.headers["content-type"])
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert (
                "## Title" in archive.read("workshop.md").decode() or "# Title" in archive.read("workshop.md").decode()
            )
            report = json.loads(archive.read("report.json"))
        assert {
            "slides": 1, "files": 0, "remarks": [{"slide": 1, "message": "Loddrett tekst står vassrett her: Loddrett"}]
        } == report  # fmt: skip

        opened = await edge.post("/api/rooms", content=archive_text(answer.content))
        assert 201 == opened.status_code


def archive_text(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("workshop.md")


async def test_what_is_no_deck_is_refused_in_words(tmp_path):
    async with serving(tmp_path) as edge:
        answer = await edge.post("/api/convert?lang=nb", content=b"not a deck")
    assert (422, "deck", "Presentasjonen kan ikke leses.") == (
        answer.status_code, answer.json()["code"], answer.json()["title"],
    )  # fmt: skip
    assert answer.json()["why"].startswith("Filen er ikke en presentasjon")


async def test_a_deck_that_is_too_large_is_dropped_as_it_comes(tmp_path, monkeypatch):
    monkeypatch.setattr(file_kinds, "MOST_BYTES", 1024**2)
    async with serving(tmp_path) as edge:
        answer = await edge.post("/api/convert?lang=en", content=bytes(3 * 1024**2))
    assert 422 == answer.status_code
    assert answer.json()["why"].startswith("The deck is 3 MB, and at most 1 MB can be read.")


async def test_only_who_may_open_meetings_converts_decks(tmp_path):
    deck = one_slide(lambda slide: box(slide, "Hei"))
    async with serving(tmp_path, public_url="https://innspill.example") as edge:
        assert 401 == (await edge.post("/api/convert", content=deck)).status_code
        assert 403 == (await edge.post("/api/convert", content=deck, headers=bearer("wrong"))).status_code
        assert 200 == (await edge.post("/api/convert", content=deck, headers=bearer(CREATE_KEY))).status_code


async def test_a_deck_gets_the_results_of_its_meeting(tmp_path):
    """
    Only those who may run the meeting; what belongs to no slide is named. Nothing is kept here.
    """
    deck = one_slide(lambda slide: box(slide, "Hva mener dere?"), title="Torget")
    text = one("open").replace("## Hva mener dere?", "## Hva så?\n\n:::open{id=først}\nSvar\n:::\n\n---\n\n## Torget")
    async with serving(tmp_path) as edge:
        room = (await edge.post("/api/rooms", content=text.encode())).json()
        path, key = f"/api/rooms/{room['code']}/deck?lang=nb", bearer(room["facilitator_key"])
        for activity in ("først", "a"):
            await edge.post(path.replace("deck", "actions"), json={"do": "start", "activity": activity}, headers=key)
        assert 401 == (await edge.post(path, content=deck)).status_code
        answer = await edge.post(path, content=deck, headers=key)
        assert exports.FORMATS["pptx"][0] == answer.headers["content-type"]
        assert {"placed": 1, "unplaced": 1, "titles": ["Hva så?"]} == json.loads(answer.headers["innspill-inserted"])
        shown = [slide.shapes.title.text for slide in Presentation(io.BytesIO(answer.content)).slides]
        assert ["Torget", "Torget", "Hva så?"] == shown
        refused = await edge.post(path, content=b"%PDF-1.7", headers=key)
        assert refused.json()["why"].startswith("Resultatene kan bare settes inn i en PowerPoint-fil")
