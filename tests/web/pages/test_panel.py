"""The page with questions to the panel, without script: to ask, to vote, and to read what was answered."""

import re

from tests.meeting import answer_id, one
from tests.web.edge import Edge, bearer, serving

CHANNEL = one("qa", "id=a open=meeting", "Hva lurer dere på?")


async def another(edge: Edge) -> Edge:
    other = await edge.another()
    other.headers["Origin"] = edge.headers["Origin"]
    return other


def hidden(page: str, form: str) -> dict[str, str]:
    found = re.search(rf"<form[^>]*>(?:(?!</form>).)*{form}.*?</form>", page, re.DOTALL)
    assert found, page
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', found[0]))


async def test_somebody_asks_and_another_votes_without_script(tmp_path):
    async with serving(tmp_path) as anne:
        opened = await anne.open(CHANNEL)
        bo, path = await another(anne), f"/{opened.code}/questions"
        assert "Hva lurer dere på?</label>" in (await bo.get(path)).text
        assert f'href="{path}"' in (await anne.get(f"/{opened.code}")).text
        sent = hidden((await anne.get(path)).text, "<textarea") | {"text": "Når kommer <b>bussen</b>?"}
        reply = await anne.post(f"/{opened.code}/answers", data=sent)
        assert (303, f"{path}?order=votes&page=1#mine") == (reply.status_code, reply.headers["location"])

        page = (await bo.get(path)).text
        assert "Når kommer &lt;b&gt;bussen&lt;/b&gt;?" in page
        ballot = hidden(page, 'value="vote"')
        assert ("1", sent["id"]) == (ballot["on"], ballot["id"])
        reply = await bo.post(f"/{opened.code}/answers", data=ballot)
        assert 303 == reply.status_code
        assert reply.headers["location"].endswith(f"#q{sent['id']}")
        page = (await bo.get(path)).text
        assert "1 stemme<" in page
        assert "0" == hidden(page, 'value="vote"')["on"]

        await anne.act(opened, "answer_question", id=sent["id"], text="I august.")
        assert "I august." in (await anne.get(path)).text
        await bo.post(f"/{opened.code}/answers", data=hidden(page, 'value="vote"'))
        assert "0 stemmer<" in (await bo.get(path)).text

        await anne.act(opened, "end")
        late = await bo.post(f"/{opened.code}/answers", data=sent | {"id": answer_id("late")})
        assert 422 == late.status_code
        assert "Vi har stengt" in late.text


async def test_a_vote_as_json_is_acked_and_told_again_on_asking(tmp_path):
    async with serving(tmp_path) as anne:
        opened = await anne.open(CHANNEL)
        bo, to = await another(anne), f"/{opened.code}/answers"
        id = answer_id("one")
        await anne.post(to, json={"type": "answer", "id": id, "activity": "a", "text": "Når?"})
        vote = {"type": "vote", "id": id, "on": True}
        replies = [(await bo.post(to, json=vote)).json() for _ in range(2)]
        assert [("ack", id, "saved"), ("ack", id, "duplicate")] == [(r["type"], r["id"], r["status"]) for r in replies]
        refused = (await anne.post(to, json=vote)).json()
        assert ("error", "bad") == (refused["type"], refused["code"])
        told = (await bo.post(to, json={"type": "mine", "activity": "a"})).json()["questions"]
        assert ([id], 1, []) == (told["votes"], told["top"][0]["votes"], told["own"])
        room = (await anne.get(f"/api/rooms/{opened.code}", headers=bearer(opened.facilitator_key))).json()
        assert (1, "Når?") == (room["questions"]["rows"][0]["votes"], room["questions"]["rows"][0]["text"])


async def test_where_nobody_can_ask_the_page_says_so(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.open(one("qa") + "\n:::open{id=b}\nSkriv.\n:::\n")
        path = f"/{opened.code}/questions"
        assert "<textarea" not in (await edge.get(path)).text
        assert path not in (await edge.get(f"/{opened.code}")).text
        await edge.act(opened, "start", activity="a")
        assert "<textarea" in (await edge.get(path)).text
        assert path in (await edge.get(f"/{opened.code}")).text
        await edge.act(opened, "start", activity="b")
        assert "<textarea" not in (await edge.get(path)).text
