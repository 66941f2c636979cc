"""What the console's board asks for: who may ask, further cards, and what is alike of many answers."""

import asyncio
import threading

import pytest

from live.text import similarity
from live.web.api.theme_board import SimilarityCache
from tests.meeting import one
from tests.text.labelled_answers import ANSWERS
from tests.web.edge import bearer, serving

GATHERED = one("open", "id=a many=1000") + "\n:::group{id=g from=a}\nVi samler det som ligner.\n:::\n"
PATHS = ("board/cards", "board/suggestions")


@pytest.fixture
async def edge(tmp_path):
    async with serving(tmp_path) as edge:
        yield edge


@pytest.fixture
async def gathering(edge):
    async def make(texts):
        opened = await edge.open(GATHERED)
        await edge.act(opened, "start", activity="a")
        for text in texts:
            await edge.act(opened, "add_answer", text=text)
        await edge.act(opened, "close")
        await edge.act(opened, "start", activity="g")
        return opened

    return make


async def get(edge, opened, path: str, key: str | None = None, status: int = 200):
    address = f"/api/rooms/{opened.code}/{path}".rstrip("/")
    said = await edge.get(address, headers=bearer(key or opened.facilitator_key))
    assert status == said.status_code, said.text
    return said.json()


async def test_what_else_holds_words_of_an_answer(edge, gathering):
    """
    Asked before it is deleted for good, by whoever may delete it; of no other answer, and of none that there is not.
    """
    opened = await gathering(["Bru til Øya", "Flere benker"])
    bridge = next(card["id"] for card in (await get(edge, opened, "board/cards"))["cards"] if "Bru" in card["text"])
    await edge.act(opened, "accept_suggestion", activity="a", ids=[bridge], name="Øya")
    await edge.act(opened, "promise", text="Vi ser på bru til Øya")
    told = await get(edge, opened, f"answers/{bridge}/traces")
    assert {"renamed": ["Øya"], "kept": [{"place": "promise", "text": "Vi ser på bru til Øya"}]} == told
    await edge.act(opened, "redact_answer", id=bridge)
    assert {"renamed": [], "kept": []} == await get(edge, opened, f"answers/{bridge}/traces")
    await get(edge, opened, f"answers/{'0' * 32}/traces", status=422)


@pytest.mark.parametrize("path", PATHS)
async def test_the_board_is_the_facilitators_alone(edge, gathering, path):
    opened = await gathering(["Flere benker"])
    await get(edge, opened, path)
    await get(edge, opened, path, key=opened.screen_key, status=403)
    assert 401 == (await (await edge.another()).get(f"/api/rooms/{opened.code}/{path}")).status_code


async def test_cards_come_page_by_page_the_newest_of_a_theme_first(edge, gathering):
    opened = await gathering([f"Innspill {number}" for number in range(7)])
    cards = (await get(edge, opened, "board/cards?limit=5"))["cards"]
    await edge.act(opened, "make_theme", name="Møteplasser", ids=[card["id"] for card in cards])
    (theme,) = (await get(edge, opened, ""))["board"]["themes"]
    reply = await get(edge, opened, f"board/cards?theme={theme['id']}&offset=1&limit=2")
    assert (5, ["Innspill 3", "Innspill 2"]) == (reply["total"], [card["text"] for card in reply["cards"]])
    reply = await get(edge, opened, "board/cards?activity=a")
    assert (2, ["Innspill 5", "Innspill 6"]) == (reply["total"], [card["text"] for card in reply["cards"]])
    assert {"total": 0, "cards": []} == await get(edge, opened, "board/cards?theme=nobody")
    assert "nothing-to-group" == (await get(edge, opened, "board/cards?activity=nobody", status=422))["code"]


async def test_a_suggestion_is_taken_as_it_was_told(edge, gathering):
    opened = await gathering([text for _, text in ANSWERS])
    reply = await get(edge, opened, "board/suggestions")
    assert len(ANSWERS) == reply["looked_at"]
    (contact,) = [one for one in reply["suggestions"] if one["name"] == "Kontaktperson"]
    ids = [card["id"] for card in contact["cards"]]
    await edge.act(opened, "accept_suggestion", ids=ids, name=contact["name"])
    (theme,) = (await get(edge, opened, ""))["board"]["themes"]
    assert ("Kontaktperson", len(ids)) == (theme["name"], theme["answers"])
    for one_left in (await get(edge, opened, "board/suggestions"))["suggestions"]:
        assert not set(ids) & {card["id"] for card in one_left["cards"]}


async def test_whoever_reads_along_finds_the_answers_of_each_theme(edge, gathering):
    """
    Without script too, with one's own answers marked; and nothing while they are hidden.
    """
    opened = await gathering(["Flere benker", "Bedre lys"])
    await edge.act(opened, "start", activity="a")
    own = {"action": "", "activity": "a", "id": "0" * 32, "text": "Trygg skolevei"}
    assert 303 == (await edge.post(f"/{opened.code}/answers", data=own)).status_code
    await edge.act(opened, "close")
    await edge.act(opened, "start", activity="g")
    await edge.act(opened, "make_theme", name="Trafikk", ids=["0" * 32])
    hidden = (await edge.get(f"/{opened.code}/results")).text
    assert "Trygg skolevei" not in hidden.split("<main")[1].split("</main>")[0]
    await edge.act(opened, "reveal")
    shown = (await edge.get(f"/{opened.code}/results")).text
    first, rest = shown.split("<main")[1].split("</details>")[:2]
    assert "Trafikk" in first
    assert "Trygg skolevei <b" in first
    assert "Ikke i noe tema" in rest
    assert "Flere benker" in rest


async def test_others_are_served_while_many_answers_are_compared(edge, gathering, monkeypatch):
    """
    Somebody who asks in the middle of it is answered before it is done.
    """
    served = threading.Event()

    def slowly(texts, language, alike=similarity.alike):
        assert served.wait(60)
        return alike(texts, language)

    monkeypatch.setattr(similarity, "alike", slowly)
    opened = await gathering([text for _, text in ANSWERS])
    asked = asyncio.ensure_future(get(edge, opened, "board/suggestions"))
    await get(edge, opened, "board/cards")
    await get(edge, opened, "board/cards")
    assert not asked.done()
    served.set()
    assert len(ANSWERS) == (await asked)["looked_at"]


async def test_the_same_answers_are_compared_once():
    cache = SimilarityCache()
    cards = [(str(place), text) for place, (_, text) in enumerate(ANSWERS)]
    once = await cache.groups("25054015", "a", cards, "nb")
    assert once is await cache.groups("25054015", "a", cards, "nb")
    assert once is not await cache.groups("25054015", "a", cards[1:], "nb")
    assert once is not await cache.groups("25054015", "b", cards, "nb")
