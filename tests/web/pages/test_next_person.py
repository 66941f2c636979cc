"""A phone that is handed on: the next person is another participant, and knows nothing of the one before."""

import pytest

from tests.meeting import one
from tests.web.edge import bearer, serving


@pytest.fixture
async def edge(tmp_path):
    async with serving(tmp_path) as edge:
        yield edge


@pytest.fixture
async def opened(edge):
    opened = await edge.open(one("open", "id=a many=1"))
    await edge.act(opened, "start", activity="a")
    return opened


async def write(edge, opened, text: str, status: int = 303) -> None:
    form = {"activity": "a", "id": text.encode().hex().ljust(32, "0")[:32], "rev": "1", "text": text}
    sent = await edge.post(f"/{opened.code}/answers", data=form)
    assert status == sent.status_code, sent.text


async def senders(edge, opened) -> dict[str, str]:
    rows = (await edge.get(f"/api/rooms/{opened.code}/answers", headers=bearer(opened.facilitator_key))).json()
    return {row["text"]: row["alias"] for row in rows["answers"]}


async def test_the_next_person_is_another_participant(edge, opened):
    """
    With a quota of their own, without the answers of the one before, and unable to show their three words or, where
    those were just used here, to see what they found.
    """
    page = f"/{opened.code}"
    await edge.get(page)
    await write(edge, opened, "Kari var her")
    await write(edge, opened, "Kari igjen", status=422)  # one each
    words = (await edge.post(f"{page}/mine", data={"do": "phrase"})).text
    phrase = words.partition('translate="no" lang="nb">')[2].partition("<")[0]
    assert 3 == len(phrase.split())
    found = await edge.post("/find", data={"code": opened.code, "words": phrase})
    assert 303 == found.status_code
    assert "Kari var her" in (await edge.get(f"{page}/mine")).text
    assert 200 == (await edge.get(f"{page}/next?lang=nb")).status_code
    before = edge.cookies.get(f"innspill_p_{opened.code}")
    moved = await edge.post(f"{page}/next?lang=nb")
    assert (303, f"{page}?lang=nb") == (moved.status_code, moved.headers["location"])
    assert before != edge.cookies.get(f"innspill_p_{opened.code}")
    assert "Kari" not in (await edge.get(page)).text
    assert "Kari" not in (await edge.get(f"{page}/mine")).text
    await write(edge, opened, "Ola var her")
    aliases = await senders(edge, opened)
    assert 2 == len({aliases["Kari var her"], aliases["Ola var her"]})
    kari = next(answer for answer in aliases if "Kari" in answer)
    stolen = {"action": "withdraw", "id": kari.encode().hex().ljust(32, "0")[:32], "rev": "2"}
    assert 422 == (await edge.post(f"{page}/answers", data=stolen)).status_code


async def test_a_closed_door_is_closed_to_the_next_person_too(edge, opened):
    """
    Else whoever was muted could come as another. Who has the device keeps their answers.
    """
    page = f"/{opened.code}"
    await edge.get(page)
    await write(edge, opened, "Kari var her")
    await edge.act(opened, "close_door")
    assert 403 == (await edge.post(f"{page}/next")).status_code
    assert "Kari var her" in (await edge.get(page)).text


async def test_a_tablet_goes_round_until_it_is_told_not_to(edge, opened):
    """
    Also after the next person has come, and over pages whose address does not say so; one meeting's is not another's.
    """
    page = f"/{opened.code}"
    asks = 'id="kiosk"'
    assert asks not in (await edge.get(page)).text
    assert asks in (await edge.get(f"{page}?kiosk")).text
    await edge.post(f"{page}/next")
    assert asks in (await edge.get(page)).text
    assert asks not in (await edge.get(f"{page}/preview")).text
    other = await edge.open(one("open", "id=a"))
    assert asks not in (await edge.get(f"/{other.code}")).text
    assert asks not in (await edge.get(f"{page}?kiosk=0")).text
    assert asks not in (await edge.get(page)).text


async def test_a_preview_offers_nobody_else(edge, opened):
    assert f"/{opened.code}/next" in (await edge.get(f"/{opened.code}")).text
    assert f"/{opened.code}/next" not in (await edge.get(f"/{opened.code}/preview")).text
