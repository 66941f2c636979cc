"""Pages as a browser gets them: joining, answering without script, and what each person may see."""

import re

import pytest
import zxingcpp
from PIL import Image

from live import codes, qr
from live.runtime.registry import fresh_key
from tests.meeting import SEMINAR, answer_id, one
from tests.web.edge import bearer, serving

UNKNOWN = "10203040"


@pytest.mark.parametrize("form", ["{a} {b}", "{a}-{b}", "{a}{b}", " {a} {b} ", "https://example.no/{a}{b}"])
async def test_a_code_is_understood_however_it_is_written(tmp_path, form):
    async with serving(tmp_path) as edge:
        code = (await edge.open()).code
        answer = await edge.get("/", params={"code": form.format(a=code[:4], b=code[4:])})

    assert (303, f"/{code}") == (answer.status_code, answer.headers["location"])


async def test_a_code_in_the_address_bar_may_be_spaced(tmp_path):
    async with serving(tmp_path) as edge:
        code = (await edge.open()).code
        answers = [await edge.get(f"/{code[:4]}{sign}{code[4:]}") for sign in ("-", "%20")]

    assert [f"/{code}"] * 2 == [answer.headers["location"] for answer in answers]


@pytest.mark.parametrize(
    ("language", "sentence"), [("nb", "Fant ikke"), ("nn", "Fann ikkje"), ("en", "We can&#39;t find")]
)
@pytest.mark.parametrize("path", [f"/?code={UNKNOWN}", "/?code=hei", f"/{UNKNOWN}", f"/{UNKNOWN}/screen"])
async def test_an_unknown_code_is_told_with_a_sentence(tmp_path, path, language, sentence):
    async with serving(tmp_path) as edge:
        answer = await edge.get(path, headers={"Accept": "text/html", "Accept-Language": language})

    assert 404 == answer.status_code
    assert sentence in answer.text
    assert language == answer.headers["content-language"]


@pytest.mark.parametrize("path", ["/tull", "/tull/og/toys", "/12345678/tull"])
async def test_an_address_where_nothing_is_leads_back_to_the_code(tmp_path, path):
    """
    People get a page with the field for the code, in their language; scripts one line.
    """
    async with serving(tmp_path) as edge:
        page = await edge.get(path, headers={"Accept": "text/html", "Accept-Language": "nn"})
        line = await edge.get(path, headers={"Accept": "*/*"})

    assert (404, 404) == (page.status_code, line.status_code)
    assert "Denne sida finst ikkje." in page.text
    assert 'name="code"' in page.text
    assert "Not Found" == line.text


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("no", "nb"), ("nb-NO,nb;q=0.9,en;q=0.5", "nb"), ("nn-NO,nn;q=0.9,nb;q=0.8", "nn"), ("en-GB", "en"),
        ("de;q=1,en;q=0.2,nn;q=0.7", "nn"), ("se,fi", "nb"), ("", "nb"), ("nb;q=x,en", "en"), ("*", "nb"),
    ],
)  # fmt: skip
async def test_the_browsers_language_is_followed(tmp_path, asked, given):
    async with serving(tmp_path) as edge:
        answer = await edge.get("/", headers={"Accept-Language": asked})
        chosen = await edge.get("/?lang=en", headers={"Accept-Language": asked})

    assert given == answer.headers["content-language"]
    assert "en" == chosen.headers["content-language"]


async def test_a_page_says_which_face_it_is_and_where_the_meeting_stands(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.writing()
        phone = (await edge.get(f"/{opened.code}")).text
        desk = bearer(opened.facilitator_key)
        console = (await edge.get(f"/{opened.code}/console", headers=desk)).text
        screen = (await edge.get(f"/{opened.code}/screen", headers=desk)).text

    for page, face in ((phone, "phone"), (screen, "screen"), (console, "console")):
        body = re.search(r"<body[^>]*>", page)[0]
        assert f'data-face="{face}"' in body
        assert 'data-state="write"' in body
    assert 1 == re.sub("<template.*?</template>", "", phone, flags=re.S).count("<textarea")


async def test_an_answer_is_sent_without_script(tmp_path):
    """
    The form's own fields make an answer, and the page that follows shows it.
    """
    async with serving(tmp_path) as edge:
        opened = await edge.writing()
        page = (await edge.get(f"/{opened.code}")).text
        id = re.search(r'name="id" value="([0-9a-f]{32})"', page)[1]

        sent = await edge.post(f"/{opened.code}/answers", data={"activity": "a", "id": id, "text": "Flere <b>benker"})
        after = (await edge.get(f"/{opened.code}")).text

    assert (303, f"/{opened.code}#mine") == (sent.status_code, sent.headers["location"])
    assert "Flere &lt;b&gt;benker" in after
    assert id not in re.findall(r'name="id" value="([0-9a-f]{32})"', after)[:1]


async def test_sending_a_form_twice_is_one_answer(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.writing()
        form = {"activity": "a", "id": answer_id("one"), "text": "Benker"}
        await edge.get(f"/{opened.code}")

        assert [303, 303] == [(await edge.post(f"/{opened.code}/answers", data=form)).status_code for _ in range(2)]

        assert 1 == len((await edge.rooms.get(opened.code)).activities["a"].answers)


async def test_a_refused_form_keeps_what_was_written(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.writing(attrs="id=a max=10")
        form = {"activity": "a", "id": answer_id("one"), "text": "Langt over grensen"}

        answer = await edge.post(f"/{opened.code}/answers", data=form, headers={"Accept-Language": "nb"})

    assert 422 == answer.status_code
    assert "Langt over grensen" in answer.text
    assert "for lang" in answer.text


async def test_an_answer_is_changed_and_withdrawn_without_script(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.writing()
        await edge.get(f"/{opened.code}")
        form = {"activity": "a", "id": answer_id("one"), "text": "Benker"}
        await edge.post(f"/{opened.code}/answers", data=form)
        answers = (await edge.rooms.get(opened.code)).activities["a"].answers

        await edge.post(f"/{opened.code}/answers", data=form | {"text": "Flere benker", "rev": "2"})
        assert ["Flere benker"] == [answer.text for answer in answers.values()]

        await edge.post(f"/{opened.code}/answers", data={"action": "withdraw", "id": answer_id("one")})
        assert {} == answers


async def test_a_choice_and_a_rating_are_sent_without_script(tmp_path):
    async with serving(tmp_path) as edge:
        choice = await edge.writing("choice", "id=a pick=2", "Hva?\n\n- Buss\n- Tog\n- Båt")
        await edge.get(f"/{choice.code}")
        await edge.post(f"/{choice.code}/answers", data={"activity": "a", "id": answer_id("one"), "option": ["a", "c"]})
        scale = await edge.writing("scale", "id=a", "Hvor enig?\n\n- Buss\n- Tog")
        await edge.get(f"/{scale.code}")
        await edge.post(
            f"/{scale.code}/answers", data={"activity": "a", "id": answer_id("one"), "item-a": "4", "item-b": "1"}
        )

        sent = [
            [answer.value for answer in (await edge.rooms.get(code)).activities["a"].answers.values()]
            for code in (choice.code, scale.code)
        ]

    assert [[["a", "c"]], [{"a": 4, "b": 1}]] == sent


async def test_too_many_options_are_told_as_that_without_script(tmp_path):
    async with serving(tmp_path) as edge:
        choice = await edge.writing("choice", "id=a pick=2", "Hva?\n\n- Buss\n- Tog\n- Båt")
        await edge.get(f"/{choice.code}")
        form = {"activity": "a", "id": answer_id("one"), "option": ["a", "b", "c"]}
        page = await edge.post(f"/{choice.code}/answers", data=form)

    assert 422 == page.status_code
    assert "Velg høyst 2" in page.text


@pytest.mark.parametrize(("kind", "most"), [("choice", "pick"), ("dots", "dots")])
async def test_a_refused_form_keeps_what_was_ticked(tmp_path, kind, most):
    """
    Also where another choice has been sent before; nothing of it is sent.
    """
    async with serving(tmp_path) as edge:
        opened = await edge.writing(kind, f"id=a {most}=2", "- Ja\n- Nei\n- Vet ikke")
        form = {"activity": "a", "id": answer_id("1"), "rev": "1"}
        for before in ({}, form | {"option": ["a"]}):
            if before:
                assert 303 == (await edge.post(f"/{opened.code}/answers", data=before)).status_code
            page = await edge.post(f"/{opened.code}/answers", data=form | {"rev": "2", "option": ["a", "b", "c"]})
            assert 422 == page.status_code
            assert ["a", "b", "c"] == re.findall(r'value="(\w)" checked', page.text)
        assert ["a"] == re.findall(r'value="(\w)" checked', (await edge.get(f"/{opened.code}")).text)


async def test_how_many_share_a_phone_is_told_without_script(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.writing()
        await edge.get(f"/{opened.code}")

        await edge.post(f"/{opened.code}/answers", data={"action": "heads", "n": "3"})

        assert [3] == list((await edge.rooms.get(opened.code)).people.heads.values())


@pytest.mark.parametrize(
    "body", [b"\xff\xfe", b"text", b"&".join(b"a=b" for _ in range(300)), b"text=" + b"x" * 70_000]
)
async def test_a_form_that_is_none_is_refused(tmp_path, body):
    async with serving(tmp_path) as edge:
        opened = await edge.writing()
        answer = await edge.post(
            f"/{opened.code}/answers", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"}
        )

    assert answer.status_code in (413, 422)


async def test_an_answer_in_json_is_acknowledged(tmp_path):
    """
    A phone whose cookies are blocked gets a token with the first answer, and is known by it from then on.
    """
    async with serving(tmp_path) as edge:
        opened = await edge.writing()
        answer = {"type": "answer", "id": answer_id("one"), "activity": "a", "text": "Benker", "rev": 1}
        first = (await edge.post(f"/{opened.code}/answers", json=answer)).json()
        edge.cookies.clear()

        again = await edge.post(f"/{opened.code}/answers", json=answer, headers=bearer(first["token"]))
        stranger = await (await edge.another()).post(f"/{opened.code}/answers", json=answer | {"rev": 2})

    assert ("ack", "saved", answer["id"]) == (first["type"], first["status"], first["id"])
    assert "duplicate" == again.json()["status"]
    assert "not-yours" == stranger.json()["code"]


async def test_a_page_with_the_answer_field_never_refreshes_itself(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.writing()
        page = await edge.get(f"/{opened.code}")
        frame = await edge.get(f"/{opened.code}/frame")

    assert "refresh" not in page.text.lower()
    assert "refresh" not in page.headers
    assert 'http-equiv="refresh"' in frame.text
    assert "frame-ancestors 'self'" in frame.headers["content-security-policy"]


async def test_looking_at_a_link_changes_nothing(tmp_path):
    """
    A chat that shows a preview of the link is no phone in the hall, and starts nothing.
    """
    async with serving(tmp_path) as edge:
        opened = await edge.open()
        position = (await edge.rooms.get(opened.code)).position
        for path in ("", "/screen", "/console", "/results", "/report", "/frame"):
            await (await edge.another()).get(f"/{opened.code}{path}")

        assert 0 == edge.rooms.hub.presence(opened.code).phones
        assert position == (await edge.rooms.get(opened.code)).position


async def test_results_are_hidden_until_they_are_shown(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.writing()
        await edge.get(f"/{opened.code}")
        await edge.post(
            f"/{opened.code}/answers", data={"activity": "a", "id": answer_id("one"), "text": "Egne benker"}
        )
        reader = await edge.another()
        before = (await reader.get(f"/{opened.code}/results")).text
        await edge.act(opened, "close")
        await edge.act(opened, "reveal")
        after = (await reader.get(f"/{opened.code}/results")).text

    assert "Egne benker" not in before
    assert "Egne benker" in after


async def test_pages_of_results_stand_still_under_a_reader(tmp_path):
    """
    Every answer stands on one page, in the same order each time.
    """
    async with serving(tmp_path) as edge:
        opened = await edge.writing(attrs="id=a many=200")
        for number in range(120):
            await edge.act(opened, "add_answer", text=f"Svar-{number:03d}.")
        await edge.act(opened, "close")
        await edge.act(opened, "reveal")
        pages = [(await edge.get(f"/{opened.code}/results?page={page}")).text for page in (1, 2, 3, 1)]

    shown = [re.findall(r"Svar-\d{3}", page) for page in pages]
    assert shown[0] == shown[3]
    assert 120 == len(shown[0] + shown[1] + shown[2]) == len(set(shown[0] + shown[1] + shown[2]))


async def test_a_slide_is_shown_once_it_has_been_on_the_screen(tmp_path):
    """
    Not those that were passed over, nor those after an early end; those that were shown stay, after going back too.
    """
    async with serving(tmp_path) as edge:
        opened = await edge.open()

        async def readable() -> list[int]:
            return [n for n in range(27) if 200 == (await edge.get(f"/{opened.code}/slides/{n}")).status_code]

        assert [] == await readable()
        await edge.act(opened, "goto", slide=3)
        assert [3] == await readable()
        await edge.act(opened, "goto", slide=5)
        await edge.act(opened, "goto", slide=4)
        assert [3, 4, 5] == await readable()
        await edge.act(opened, "end")
        assert [3, 4, 5] == await readable()


async def test_after_an_early_end_no_item_can_be_read_that_was_never_shown(tmp_path):
    text = one("open").replace("## Hva mener dere?", "## Hva mener dere?\n\n+ Første\n+ Andre\n+ Tredje\n")
    async with serving(tmp_path) as edge:
        opened = await edge.open(text)
        await edge.act(opened, "next")
        await edge.act(opened, "next")
        before = (await edge.get(f"/{opened.code}/slides/1")).text
        await edge.act(opened, "end")
        after = (await edge.get(f"/{opened.code}/slides/1")).text
    for page in (before, after):
        assert [True, False, False] == [item in page for item in ("Første", "Andre", "Tredje")]


async def test_notes_are_on_no_page_but_the_console(tmp_path):
    text = one("open").replace("## Hva mener dere?", "## Hva mener dere?\n\n<!-- Hemmelig notat -->")
    async with serving(tmp_path) as edge:
        opened = await edge.open(text)
        await edge.act(opened, "next")
        pages = [
            (await edge.get(f"/{opened.code}{path}")).text for path in ("", "/frame", "/slides/1", "/report", "/view")
        ]
        screen = (await edge.get(f"/{opened.code}/screen", headers=bearer(opened.screen_key))).text
        desk = bearer(opened.facilitator_key)
        console = (await edge.get(f"/{opened.code}/view?face=console", headers=desk)).text

    assert not any("Hemmelig" in page for page in [*pages, screen])
    assert "Hemmelig" in console


async def test_the_public_page_says_who_answers_and_when(tmp_path):
    text = one("open").replace(
        "title: Prøve", "title: Prøve\npurpose: Finne ut av det\nowner: Kari Vik\nreport-by: 2026-12-15"
    )
    async with serving(tmp_path) as edge:
        page = (await edge.get(f"/{(await edge.open(text)).code}/report")).text

    assert [] == [text for text in ("Prøve", "Finne ut av det", "Kari Vik", "2026") if text not in page]


async def test_behind_tls_cookies_stay_with_this_host_and_off_plain_http(tmp_path):
    async with serving(tmp_path, public_url="https://innspill.example.no") as edge:
        opened = await edge.open()
        cookie = (await edge.get(f"/{opened.code}")).headers["set-cookie"]

    assert cookie.startswith(f"__Host-innspill_p_{opened.code}=")
    assert {"secure", "httponly", "samesite=lax", "path=/"} <= set(cookie.lower().split("; "))


async def test_without_tls_cookies_still_work(tmp_path):
    """
    A hall has what it has; a Secure cookie would be dropped, and every reload be a new phone.
    """
    async with serving(tmp_path) as edge:
        opened = await edge.open()
        cookie = (await edge.get(f"/{opened.code}")).headers["set-cookie"]
        again = await edge.get(f"/{opened.code}")

    assert cookie.startswith(f"innspill_p_{opened.code}=")
    assert "secure" not in cookie.lower().split("; ")
    assert "set-cookie" not in again.headers


@pytest.mark.parametrize("form", ["csv", "xlsx", "json", "html"])
async def test_the_export_is_a_file_with_a_plain_name(tmp_path, form):
    async with serving(tmp_path) as edge:
        opened = await edge.open()
        path = f"/api/rooms/{opened.code}/export.{form}"
        answer = await edge.get(path, headers=bearer(opened.facilitator_key))
        refused = await edge.get(path, headers=bearer(opened.screen_key))

    name = f"innspill-{opened.code}-naerdemokrati-og-samskaping.{form}"
    assert (200, f'attachment; filename="{name}"') == (answer.status_code, answer.headers["content-disposition"])
    assert 403 == refused.status_code


async def test_the_qr_code_leads_to_the_room(tmp_path):
    async with serving(tmp_path) as edge:
        code = (await edge.open()).code
        drawn = (await edge.get(f"/{code}/qr.svg")).text

    rows = qr.matrix(f"http://127.0.0.1:8000/{code}")
    size = len(rows) * 8
    picture = Image.new("L", (size, size), 255)
    for x, y, length in re.findall(r"M(\d+) (\d+)\.5h(\d+)", drawn):
        picture.paste(0, (int(x) * 8, int(y) * 8, (int(x) + int(length)) * 8, int(y) * 8 + 8))

    assert [f"HTTP://127.0.0.1:8000/{code}"] == [found.text for found in zxingcpp.read_barcodes(picture)]


async def test_who_opens_rooms_from_elsewhere_needs_the_create_key(tmp_path):
    async with serving(tmp_path, public_url="https://innspill.example.no") as edge:
        statuses = [
            (await edge.post("/api/rooms", content=SEMINAR, headers=headers)).status_code
            for headers in ({}, bearer("feil"), bearer("create-key-of-the-tests"))
        ]
        page = await edge.get("/new")

    assert [401, 403, 201] == statuses
    assert 200 == page.status_code


async def test_a_meeting_is_held_again_by_whoever_may_still_open_meetings(tmp_path):
    """
    A key that was ended opens no more meetings, neither itself nor by way of those that it once opened. A facilitator
    whose meeting was opened with a key that stands needs none for a copy, nor for a copy of that.
    """
    async with serving(tmp_path, public_url="https://innspill.example.no") as edge:
        journal = edge.rooms.journal
        key, hashed = fresh_key()
        await journal.add_key(hashed, code="", right="create:Kari", at=1)

        async def again(opened: dict[str, str], **headers: str):
            path = f"/api/rooms/{opened['code']}/again"
            return await edge.post(path, headers=bearer(opened["facilitator_key"]) | headers)

        opened = (await edge.post("/api/rooms", content=SEMINAR, headers=bearer(key))).json()
        shared = (await edge.post("/api/rooms", content=SEMINAR, headers=bearer("create-key-of-the-tests"))).json()
        before = await edge.open()  # by a version that did not keep what opened it
        older = {"code": before.code, "facilitator_key": before.facilitator_key}
        copy = (await again(opened)).json()
        assert [201, 201, 403] == [(await again(each)).status_code for each in (copy, shared, older)]
        await journal.revoke_keys("", "create:Kari")
        assert [403, 403, 201] == [(await again(each)).status_code for each in (opened, copy, shared)]
        assert "rights" == (await again(opened)).json()["code"]
        await edge.post(f"/{opened['code']}/keys", json={"key": opened["facilitator_key"]})
        by_cookie = await again(opened, **bearer("create-key-of-the-tests"))
        assert 201 == by_cookie.status_code


def test_a_code_reads_as_people_say_it():
    assert "2505 4015" == codes.spaced("25054015")


@pytest.mark.parametrize("days", [7, 365])
async def test_what_a_browser_keeps_goes_with_the_meeting(tmp_path, days):
    """
    The cookies of a phone and of a console last until the meeting is deleted, however soon or late that is.
    """
    async with serving(tmp_path) as edge:
        text = SEMINAR.replace("\nlanguage:", f"\ndelete-after: {days}\nlanguage:", 1)
        opened = await edge.open(text)
        phone = await edge.get(f"/{opened.code}")
        keys = await edge.post(f"/{opened.code}/keys", json={"key": opened.facilitator_key})
        clock, room = edge.rooms.clock, await edge.rooms.get(opened.code)
        for answer in (phone, keys):
            kept_s = int(re.search(r"Max-Age=(\d+)", answer.headers["set-cookie"])[1])
            assert days - 1 < kept_s / 86_400 <= days
            assert kept_s * 1000 >= room.delete_at - clock.now() - 1000


@pytest.mark.parametrize(
    ("written", "asked", "said"),
    [
        ("Skriv svaret ditt.", "en", '<p data-t="instruction" lang="en">Write your answer.</p>'),
        ("Skriv svaret ditt.", "nb", '<p data-t="instruction">Skriv svaret ditt.</p>'),
        ("Skriv svaret ditt, kort.", "en", '<p data-t="instruction">Skriv svaret ditt, kort.</p>'),
    ],
)
async def test_what_the_form_wrote_is_said_in_the_language_of_the_phone(tmp_path, written, asked, said):
    """
    What a person wrote stays as it is written.
    """
    async with serving(tmp_path) as edge:
        opened = await edge.writing(body=written)
        page = (await edge.get(f"/{opened.code}", headers={"Accept-Language": asked})).text
    assert said in page.replace("\n", "")
