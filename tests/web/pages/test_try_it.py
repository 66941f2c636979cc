"""The front page: the field for the code, and one press that leads into a rehearsed meeting."""

import pytest

from tests.web.edge import CREATE_KEY, bearer, serving


@pytest.mark.parametrize(("language", "title"), [("nb", "Folkemøte"), ("nn", "Folkemøte"), ("en", "Town hall")])
async def test_one_press_opens_a_meeting_with_pretend_participants(tmp_path, language, title):
    async with serving(tmp_path) as edge:
        home = await edge.get("/", headers={"Accept-Language": language})
        assert 'action="/try"' in home.text
        answer = await edge.post("/try", headers={"Accept-Language": language})
        code = answer.headers["location"].split("/")[1]
        room = await edge.rooms.get(code)
        console = await edge.get(f"/{code}/console")

    assert (303, f"/{code}/console#try") == (answer.status_code, answer.headers["location"])
    assert (language, 40) == (room.workshop.language, room.rehearsal and room.rehearsal.phones)
    assert title in room.workshop.title
    assert 'data-right="facilitator"' in console.text


async def test_the_language_that_was_asked_for_goes_along(tmp_path):
    async with serving(tmp_path) as edge:
        answer = await edge.post("/try?lang=nn")
    assert answer.headers["location"].endswith("/console?lang=nn#try")


async def test_where_meetings_need_a_key_it_leads_to_the_page_that_asks_for_it(tmp_path):
    async with serving(tmp_path, url="https://innspill.example", public_url="https://innspill.example") as edge:
        answer = await edge.post("/try?lang=en")
        assert (303, "/new?lang=en") == (answer.status_code, answer.headers["location"])
        assert [] == await edge.rooms.journal.rooms()
        answer = await edge.post("/try", headers=bearer(CREATE_KEY))
        assert "console" in answer.headers["location"]


async def test_another_site_opens_none(tmp_path):
    async with serving(tmp_path) as edge:
        answer = await edge.post("/try", headers={"Origin": "https://evil.example"})
        assert 403 == answer.status_code
        assert [] == await edge.rooms.journal.rooms()
