"""`GET /api/rooms/{code}/results` and `/{code}/cards?activity=`: every answered question, for the console's rights."""

import pytest

from tests.web.edge import bearer, serving

TEXT = (
    "---\nformat: workshop/1\ntitle: Prøve\nlanguage: nb\n---\n\n## Hva nå?\n\n:::pair{time=2:00}\nSnakk.\n:::\n\n"
    ":::open{id=a many=300}\nSkriv.\n:::\n\n---\n\n## Hvor?\n\n:::choice{id=b}\n- Sentrum\n- Bygda\n:::\n\n---\n\n"
    "## Noe mer?\n\n:::open{id=c}\nSkriv.\n:::\n"
)
PATHS = ("/api/rooms/{}/results", "/{}/cards?activity=a")


@pytest.fixture
async def edge(tmp_path):
    async with serving(tmp_path) as edge:
        yield edge


async def get(edge, opened, path: str, key: str | None = None, status: int = 200):
    said = await edge.get(path.format(opened.code), headers=bearer(key or opened.facilitator_key))
    assert status == said.status_code, said.text
    return said.json()


async def answered(edge, texts: list[str]):
    """*texts* in the first question, closed and not shown; then one choice, so that another question is on show."""
    opened = await edge.open(TEXT)
    await edge.act(opened, "start", activity="a")
    for text in texts:
        await edge.act(opened, "add_answer", text=text)
    await edge.act(opened, "close")
    await edge.act(opened, "start", activity="b")
    await edge.act(opened, "add_answer", value=["b"], heads=3)
    return opened


@pytest.mark.parametrize("path", PATHS)
async def test_what_is_not_shown_is_for_those_who_may_look_at_the_console(edge, path):
    opened = await answered(edge, ["Flere benker"])
    made = await edge.post(
        f"/api/rooms/{opened.code}/links",
        json={"name": "Kari", "right": "look"},
        headers=bearer(opened.facilitator_key),
    )
    await get(edge, opened, path, key=made.json()["url"].partition("#")[2])
    await get(edge, opened, path, key=opened.screen_key, status=403)
    assert 401 == (await (await edge.another()).get(path.format(opened.code))).status_code


async def test_every_answered_question_is_told_in_the_order_of_the_programme(edge):
    """
    Shown or not, whichever is on now; a talk, and a question that nobody has answered, have no results.
    """
    opened = await answered(edge, ["Flere benker", "Lys"])
    first, second = await get(edge, opened, PATHS[0])
    assert ("a", 1, "open", "Hva nå?", 2) == tuple(
        first[of] for of in ("activity", "slide", "kind", "question", "answers")
    )
    assert {"Flere benker", "Lys"} == {card["text"] for card in first["results"]["cards"]}
    assert ("b", 2, "choice", "Hvor?", "bars") == tuple(
        second[of] for of in ("activity", "slide", "kind", "question", "shape")
    )
    assert [0, 3] == [option["count"] for option in second["results"]["options"]]
    await edge.act(opened, "end")
    assert ["a", "b"] == [one["activity"] for one in await get(edge, opened, PATHS[0])]


async def test_what_is_held_back_is_in_no_result(edge):
    opened = await answered(edge, ["Flere benker", "Hansen er dum"])
    cards = (await get(edge, opened, PATHS[1]))["cards"]
    (rude,) = [card["id"] for card in cards if "Hansen" in card["text"]]
    await edge.act(opened, "hide_answer", id=rude, reason="")
    assert "Hansen" not in str(await get(edge, opened, PATHS[0])) + str(await get(edge, opened, PATHS[1]))


async def test_a_result_is_bounded_and_its_cards_come_page_by_page(edge):
    opened = await answered(edge, [f"Innspill {number}" for number in range(130)])
    (first, _) = await get(edge, opened, PATHS[0])
    assert (60, 130) == (len(first["results"]["cards"]), first["results"]["cards_total"])
    pages = [await get(edge, opened, f"{PATHS[1]}&offset={at}&limit=50") for at in (0, 50, 100, 150)]
    assert [50, 50, 30, 0] == [len(page["cards"]) for page in pages]
    assert 130 == len({card["id"] for page in pages for card in page["cards"]})


async def test_cards_of_no_such_activity_are_none_and_without_one_they_are_those_on_show(edge):
    opened = await answered(edge, ["Flere benker"])
    assert {"total": 0, "cards": []} == await get(edge, opened, "/{}/cards?activity=nobody")
    assert {"total": 0, "cards": []} == await get(edge, opened, "/{}/cards")
    await edge.act(opened, "start", activity="a")
    await edge.act(opened, "reveal")
    assert 1 == (await get(edge, opened, "/{}/cards", key=opened.screen_key))["total"]
