"""The kind `pin`: a place on a picture."""

import io
from collections import Counter
from typing import Any
from zipfile import ZipFile

import pytest
from PIL import Image

from live.activities.pin import BIN, MOST, middle_of
from live.errors import Refused, WorkshopInvalid
from live.views.screen import screen_view
from live.views.view import Presence
from tests.meeting import JOIN, Meeting, one
from tests.pictures.drawn import packed, png
from tests.reading import parse
from tests.web.edge import bearer, serving

EXAMPLE = """:::pin{id=x}
Hvor er det mørkt?
![Kart over tettstedet](kart.png)
:::"""
BODY = "Hvor?\n![Kart](kart.png)"


def recount(answers: list[tuple[str | None, Any]]) -> dict[str, Any]:
    bins = Counter(tuple(min(part // BIN, MOST // BIN - 1) * BIN + BIN // 2 for part in place) for _, place in answers)
    return {"n": len(answers), "points": [[x, y, count] for (x, y), count in sorted(bins.items())]}


def asked(**answers: Any) -> Meeting:
    meeting = Meeting(one("pin", "id=a", BODY))
    meeting.act("start", activity="a")
    for phone, value in answers.items():
        meeting.answer(phone, phone, "a", value=value)
    return meeting


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ([1001, 5], "outside"),
        ([-1, 5], "outside"),
        ([1], "bad"),
        (["a", "b"], "bad"),
        (None, "empty"),
        ({"a": 1}, "bad"),
    ],
)
def test_a_place_outside_the_picture_is_refused(value, code):
    meeting = asked(bo=[0, 1000])
    with pytest.raises(Refused, match=code):
        meeting.answer("anne", "x", "a", value=value)
    assert 1 == meeting.room.activities["a"].tally.show()["n"]


def test_without_a_picture_the_workshop_is_refused_with_its_line():
    with pytest.raises(WorkshopInvalid) as invalid:
        parse(one("pin", "id=a", "Hvor?"))
    assert [(9, True)] == [(one.line, "picture" in one.message) for one in invalid.value.problems]


def test_places_are_counted_in_nine_fields_and_shown_together_where_they_are_near():
    meeting = asked(anne=[10, 12], bo=[15, 3], kim=[999, 1000], eli=[500, 500])
    meeting.act("close")
    meeting.act("reveal")
    results = screen_view(meeting.room, Presence(), JOIN)["results"]
    counts = {option["text"]: option["count"] for option in results["options"] if option["count"]}
    assert {"Øverst til venstre": 2, "Midt i bildet": 1, "Nederst til høyre": 1} == counts
    assert [[10, 10, 2], [510, 510, 1], [990, 990, 1]] == results["points"]


def test_a_press_is_scaled_to_the_picture_and_who_cannot_press_chooses_a_part():
    kind = asked().room.activities["a"].kind
    sent = {"wide": ["280"], "high": ["140"], "field": [""]}
    assert [500, 250] == kind.from_form(sent | {"at.x": ["140"], "at.y": ["35"]})[1]
    assert [1003, 0] == kind.from_form(sent | {"at.x": ["281"], "at.y": ["0"]})[1]  # outside, and refused
    by_key = sent | {"at.x": ["0"], "at.y": ["0"]}
    assert middle_of(8) == kind.from_form(by_key | {"field": ["8"]})[1]
    assert None is kind.from_form(by_key | {"field": ["9"]})[1]


def test_the_picture_stays_while_there_are_pins_on_it():
    meeting = asked(anne=[10, 12])
    state = meeting.room.activities["a"]
    after, _ = parse(one("pin", "id=a", BODY.replace("kart.png", "by.png")))
    harm = state.kind.harm(state.written, after.slides[0].activities[0], state.answers.values())
    assert {"picture": "kart.png"} == harm.facts


async def test_the_picture_is_pressed_without_script_and_stands_in_the_report_with_its_points(tmp_path):
    async with serving(tmp_path) as edge:
        body = packed({"workshop.md": one("pin", "id=a", BODY), "kart.png": png()})
        room = (await edge.post("/api/rooms", content=body, headers={"Content-Type": "application/zip"})).json()
        key, code = bearer(room["facilitator_key"]), room["code"]
        await edge.post(f"/api/rooms/{code}/actions", json={"do": "start", "activity": "a"}, headers=key)
        page = (await edge.get(f"/{code}")).text
        assert (1, True) == (page.count('<input type="image" name="at"'), 'width="280" height="186"' in page)
        sent = {"activity": "a", "rev": "1", "wide": "280", "high": "186", "field": ""}
        outside = await edge.post(f"/{code}/answers", data=sent | {"id": "1" * 32, "at.x": "300", "at.y": "5"})
        assert (422, True) == (outside.status_code, "Stedet er utenfor bildet." in outside.text)
        answer = await edge.post(f"/{code}/answers", data=sent | {"id": "1" * 32, "at.x": "140", "at.y": "93"})
        assert 303 == answer.status_code
        assert "Midt i bildet: x 500, y 500" in (await edge.get(f"/{code}")).text
        files = {
            form: (await edge.get(f"/api/rooms/{code}/export.{form}", headers=key)).content
            for form in ("html", "docx", "pptx")
        }
    assert (1, 1) == (files["html"].count(b"<image href"), files["html"].count(b"data:image/webp"))
    for form, folder in (("docx", "word/media/"), ("pptx", "ppt/media/")):
        archive = ZipFile(io.BytesIO(files[form]))
        (name,) = (name for name in archive.namelist() if name.startswith(folder))
        with Image.open(io.BytesIO(archive.read(name))) as image:
            red, green, blue = image.convert("RGB").getpixel((image.width // 2, image.height // 2))
        assert abs(red - 0x0B) + abs(green - 0x4F) + abs(blue - 0x47) < 60, form
