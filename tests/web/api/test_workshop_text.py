"""The workshop of a room that is open, read and changed by the API."""

import pytest

from live.workshop import MOST_BYTES
from tests.meeting import answer_id, one
from tests.web.edge import bearer, serving

TEXT = one("open", "id=a many=3")


@pytest.fixture
async def edge(tmp_path):
    async with serving(tmp_path) as edge:
        yield edge


def path(opened):
    return f"/api/rooms/{opened.code}/workshop"


def headers(opened, tag=None, **more):
    matching = {"If-Match": tag} if tag else {}
    return bearer(opened.facilitator_key) | {"Content-Type": "text/markdown"} | matching | more


async def put(edge, opened, text, tag=None, **more):
    return await edge.put(path(opened), content=text, headers=headers(opened, tag, **more))


async def tag_of(edge, opened):
    return (await edge.get(path(opened), headers=headers(opened))).headers["ETag"]


async def answered(edge, kind="open"):
    opened = await edge.writing(kind)
    said = {"type": "answer", "id": answer_id("x"), "activity": "a", "text": "Flere benker"}
    assert "saved" == (await edge.post(f"/{opened.code}/answers", json=said)).json()["status"]
    return opened


async def test_the_text_is_read_as_it_was_sent(edge):
    """
    Line ends and byte-order mark too: it is somebody's file.
    """
    odd = "\ufeff" + TEXT.replace("\n", "\r\n")
    opened = await edge.open(odd)
    answer = await edge.get(path(opened), headers=headers(opened))
    assert (200, odd.encode()) == (answer.status_code, answer.content)
    assert "text/markdown; charset=utf-8" == answer.headers["Content-Type"]


async def test_an_edit_keeps_the_code_and_the_answers_and_reaches_the_faces(edge):
    opened = await answered(edge)
    text = TEXT.replace("Skriv det dere tenker.", "Skriv ett om gangen.")
    answer = await put(edge, opened, text, await tag_of(edge, opened))
    assert (200, "write") == (answer.status_code, answer.json()["state"])
    assert answer.headers["ETag"] == await tag_of(edge, opened)
    view = (await edge.get(f"/{opened.code}/view")).json()["view"]
    assert "Skriv ett om gangen." == view["instruction"]
    rows = await edge.get(f"/api/rooms/{opened.code}/answers", headers=headers(opened))
    assert ["Flere benker"] == [row["text"] for row in rows.json()["answers"]]


async def test_two_people_do_not_overwrite_each_other(edge):
    """
    The later one is told in words, gets the newer text, and may then save over it knowingly.
    """
    opened = await edge.open(TEXT)
    tag = await tag_of(edge, opened)
    newer, mine = TEXT.replace("Prøve", "Ny"), TEXT.replace("Prøve", "Min")
    assert 200 == (await put(edge, opened, newer, tag)).status_code
    refused = await put(edge, opened, mine, tag, **{"Accept-Language": "nb"})
    said = refused.json()
    assert (412, "edited-since", newer) == (refused.status_code, said["code"], said["text"])
    assert said["title"].startswith("Noen andre har lagret en annen tekst")
    assert 200 == (await put(edge, opened, mine, f'"{said["version"]}"')).status_code


@pytest.mark.parametrize("form", ['W/"{}"', '"{}-gzip"', '"0", "{}"', "*", None])
async def test_a_tag_is_known_again_however_a_proxy_writes_it(edge, form):
    opened = await edge.open(TEXT)
    version = (await tag_of(edge, opened)).strip('"')
    assert 200 == (await put(edge, opened, TEXT + "\n", form and form.format(version))).status_code


async def test_leaving_out_what_people_answered_is_refused_with_its_line(edge):
    opened = await answered(edge)
    refused = await put(edge, opened, TEXT.replace("id=a", "id=b"), **{"Accept-Language": "nb"})
    said = refused.json()
    line = 1 + TEXT[: TEXT.index(":::open")].count("\n")
    assert (422, "has-answers", "application/problem+json") == (
        refused.status_code, said["code"], refused.headers["Content-Type"],
    )  # fmt: skip
    assert [line] == [error["line"] for error in said["errors"]]
    assert "`a`" in said["errors"][0]["message"]
    assert 1 == (await edge.rooms.get(opened.code)).activities["a"].counted


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"# M\xf8te", 422),
        (TEXT.replace(":::open", ":::opn").encode(), 422),
        (b"", 422),
        (b"x" * (MOST_BYTES + 1), 413),
    ],
    ids=["latin-1", "misspelt", "empty", "too large"],
)
async def test_a_text_that_cannot_be_used_changes_nothing(edge, body, status):
    opened = await edge.open(TEXT)
    before = await tag_of(edge, opened)
    answer = await put(edge, opened, body)
    assert status == answer.status_code
    assert answer.json()["title"]
    assert status == 413 or answer.json()["errors"][0]["line"] >= 1
    assert before == await tag_of(edge, opened)


@pytest.mark.parametrize(("key", "status"), [("", 401), ("wrong", 403)])
async def test_only_the_facilitator_reads_and_changes(edge, key, status):
    """
    Notes stand in the text; the key of the big screen does not open it.
    """
    opened = await edge.open(TEXT)
    for one_key in {key, key and opened.screen_key}:
        sent = bearer(one_key) if one_key else {}
        assert status == (await edge.get(path(opened), headers=sent)).status_code
        assert status == (await edge.put(path(opened), content=TEXT, headers=sent)).status_code
        assert status == (await edge.post(path(opened) + "/faults", content=TEXT, headers=sent)).status_code


async def test_faults_are_told_while_one_types_and_nothing_is_saved(edge):
    opened = await answered(edge)

    async def faults(text):
        answer = await edge.post(path(opened) + "/faults", content=text, headers=headers(opened))
        assert 200 == answer.status_code
        return answer.json()

    before = await tag_of(edge, opened)
    assert {"errors": [], "warnings": []} == await faults(TEXT)
    assert "`opn`" in (await faults(TEXT.replace(":::open", ":::opn")))["errors"][0]["message"]
    assert 9 == (await faults(TEXT.replace("id=a", "id=b")))["errors"][0]["line"]
    assert "UTF-8" in (await faults("# Møte".encode("latin-1")))["errors"][0]["message"]
    assert before == await tag_of(edge, opened)


async def test_a_form_changes_the_text_and_nothing_is_saved(edge):
    """
    The text with the change, what the form then shows, what saving would be refused for, and the slide as it is seen.
    """
    opened = await answered(edge)
    before = await tag_of(edge, opened)

    async def form(text, **change):
        sent = {"text": text} | ({"change": change} if change else {})
        return await edge.post(path(opened) + "/form", json=sent, headers=bearer(opened.facilitator_key))

    reply = (await form(TEXT)).json()
    assert "text" not in reply
    assert [] == reply["errors"]
    assert "open" == reply["preview"]["activities"][0]["kind"]
    reply = (await form(TEXT, do="attribute", key="many", value="7")).json()
    assert TEXT.replace("many=3", "many=7") == reply["text"]
    assert 7 == reply["outline"]["slides"][0]["activities"][0]["attributes"]["many"]
    reply = (await form(TEXT, do="attribute", key="id", value="b")).json()
    assert 9 == reply["errors"][0]["line"]
    refused = await form(TEXT, do="drop_slide")
    assert (422, "last-slide") == (refused.status_code, refused.json()["code"])
    assert 422 == (await form(TEXT, do="attribute", slide=-1, key="many", value="7")).status_code
    assert 413 == (await form("æ" * (MOST_BYTES // 2 + 1))).status_code
    assert before == await tag_of(edge, opened)


async def test_a_form_before_there_is_a_meeting_needs_the_right_to_make_one(edge):
    assert 200 == (await edge.post("/api/form", json={"text": TEXT})).status_code
    shown = {"text": TEXT.replace("\n:::open", "\n![Kart](b.png)\n\n:::open", 1), "pictures": ["a.png", "b.png"]}
    reply = (await edge.post("/api/form", json=shown)).json()
    assert '<img src="#1-0.webp" width="0" height="0" alt="Kart"' in reply["preview"]["html"]
    assert [{"name": "b.png", "alt": "Kart", "decorative": False}] == reply["outline"]["slides"][0]["pictures"]
    forwarded = {"X-Forwarded-For": "192.0.2.1"}
    assert 401 == (await edge.post("/api/form", json={"text": TEXT}, headers=forwarded)).status_code
    assert 403 == (await edge.post("/api/form", json={"text": TEXT}, headers=forwarded | bearer("feil"))).status_code


BUS, PARK = ":::open{many}\nHva med bussen?\n:::\n", ":::open{many}\nHva med parken?\n:::\n"
SEVERAL = "---\nformat: workshop/1\ntitle: Prøve\nlanguage: nb\n---\n\n## Hva mener dere?\n\n"


async def test_answers_follow_their_question_through_an_edit_or_the_line_is_named(edge):
    opened = await edge.open(SEVERAL + BUS + PARK)
    await edge.act(opened, "start", activity="hva-mener-dere-1")
    said = {"type": "answer", "id": answer_id("x"), "activity": "hva-mener-dere-1", "text": "Flere avganger"}
    assert "saved" == (await edge.post(f"/{opened.code}/answers", json=said)).json()["status"]
    assert 200 == (await put(edge, opened, SEVERAL + PARK + BUS)).status_code
    view = (await edge.get(f"/{opened.code}/view")).json()["view"]
    assert ("hva-mener-dere-1", "Hva med bussen?") == (view["activity"], view["instruction"])

    wrong = SEVERAL + PARK + ":::group{from=hva-mener-dere-1}\n:::\n" + BUS
    refused = await put(edge, opened, wrong)
    assert 422 == refused.status_code
    assert [(12, True)] == [(one["line"], "hva-mener-dere-1" in one["message"]) for one in refused.json()["errors"]]
    faults = await edge.post(f"{path(opened)}/faults", content=wrong, headers=headers(opened))
    assert refused.json()["errors"] == faults.json()["errors"]


async def test_what_does_nothing_yet_is_named_where_the_text_is_saved(edge):
    opened = await edge.open(TEXT)
    told = [{"line": 9, "message": "`tags=a|b` gjør ingenting ennå", "warning": True}]
    text, nb = TEXT.replace("many=3", "many=3 tags=a|b"), {"Accept-Language": "nb"}
    assert told == (await put(edge, opened, text, **nb)).json()["warnings"]
    for address, body in (
        (f"{path(opened)}/faults", {"content": text}),
        (f"{path(opened)}/form", {"json": {"text": text}}),
    ):
        answer = await edge.post(address, **body, headers=bearer(opened.facilitator_key) | nb)
        assert told == answer.json()["warnings"], address
