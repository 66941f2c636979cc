import re
from pathlib import Path

import pytest

from live import qr
from live.exports.one_page import sheet as one_page_sheet
from live.workshop.accent import FJORD
from tests.meeting import answer_id, one
from tests.web.edge import bearer, serving

TEXT = one("open", "id=a many=3").replace(
    "title: Prøve", "title: Prøve\npurpose: Lytte\nowner: Kari Vik\nreport-by: 2036-12-15"
)
NB = {"Accept-Language": "nb"}


@pytest.fixture
async def edge(tmp_path: Path):
    async with serving(tmp_path) as edge:
        yield edge


async def gathered(edge, *said: str):
    """A meeting that has ended, with a theme of what was *said*, and the id of that. The first answer's name is x."""
    opened = await edge.open(TEXT)
    await edge.act(opened, "start", activity="a")
    ids = [answer_id("x" * (n + 1)) for n in range(len(said) or 1)]
    for id, text in zip(ids, said or ("<b>Buss</b>",), strict=True):
        answer = {"type": "answer", "id": id, "activity": "a", "text": text}
        await edge.post(f"/{opened.code}/answers", json=answer)
    for do in ("close", "reveal"):
        await edge.act(opened, do)
    await edge.act(opened, "make_theme", activity="a", name="Kollektiv & vei", ids=ids)
    await edge.act(opened, "end")
    view = await edge.get(f"/api/rooms/{opened.code}", headers=bearer(opened.facilitator_key))
    return opened, view.json()["followup"]["themes"][0]["theme"]


async def test_before_it_is_published_only_the_expectations_stand_there(edge):
    opened, _ = await gathered(edge)
    page = await edge.get(f"/{opened.code}/report", headers=NB)
    assert "Kari Vik" in page.text
    assert "15. desember 2036" in page.text
    assert "Buss" not in page.text
    assert "Kollektiv" not in page.text
    assert f"/{opened.code}/report.ics" in page.text


async def test_a_draft_is_for_those_who_hold_the_meeting(edge):
    """
    With their key they read what would be published, which no cache keeps; without it `?draft` changes nothing.
    """
    opened, _ = await gathered(edge)
    page = f"/{opened.code}/report?draft"
    draft = await edge.get(page, headers=NB | bearer(opened.facilitator_key))
    assert "Kollektiv &amp; vei" in draft.text
    assert "Ikke publisert ennå" in draft.text
    assert "no-store" == draft.headers["cache-control"]
    for stranger in (NB, NB | bearer(opened.screen_key), NB | bearer("x" * 22)):
        public = await edge.get(page, headers=stranger)
        assert "Kollektiv" not in public.text
    await edge.act(opened, "publish")
    draft = await edge.get(page, headers=NB | bearer(opened.facilitator_key))
    assert "Ikke publisert ennå" not in draft.text


async def test_what_becomes_of_a_theme_is_public_and_text(edge):
    opened, theme = await gathered(edge)
    await edge.act(opened, "promise", text="Vi tar det <med> oss", who="Ordføreren")
    await edge.act(opened, "follow", theme=theme, status="not", reason="For dyrt <nå>", unit="Plan")
    await edge.act(opened, "publish")
    page = (await edge.get(f"/{opened.code}/report", headers=NB)).text
    for text in (
        "Vi tar det &lt;med&gt; oss",
        "Ordføreren",
        "Kollektiv &amp; vei",
        "&lt;b&gt;Buss",
        "Vi gjør det ikke",
        "Plan",
    ):
        assert text in page
    assert "<script" not in page


async def test_voices_and_a_drop_for_each_answer_come_before_what_is_done(edge):
    """
    What was written to try the phone is never the first of them.
    """
    opened, theme = await gathered(edge, "test 123", "Flere benker", "Lys i parken")
    await edge.act(opened, "follow", theme=theme, status="not", reason="For dyrt", unit="Plan")
    await edge.act(opened, "publish")
    page = (await edge.get(f"/{opened.code}/report", headers=NB)).text

    assert 3 == page.count("<i></i>")
    first, *_ = quotes = re.findall("<li>«(.*?)»</li>", page)
    assert first in {"Flere benker", "Lys i parken"}
    assert "test 123" not in quotes[:-1]
    assert page.index(first) < page.index("For dyrt")


async def test_a_page_that_has_not_changed_is_not_sent_again(edge):
    opened, _ = await gathered(edge)
    first = await edge.get(f"/{opened.code}/report", headers=NB)
    again = await edge.get(f"/{opened.code}/report", headers=NB | {"If-None-Match": first.headers["etag"]})
    assert (304, b"") == (again.status_code, again.content)
    await edge.act(opened, "publish")
    after = await edge.get(f"/{opened.code}/report", headers=NB | {"If-None-Match": first.headers["etag"]})
    assert 200 == after.status_code


async def test_the_days_are_calendar_files(edge):
    opened, theme = await gathered(edge)
    await edge.act(opened, "follow", theme=theme, status="doing", date="2036-10-01", unit="Plan")
    mine = await edge.get(f"/{opened.code}/report.ics", headers=NB)
    assert "DTSTART;VALUE=DATE:20361215" in mine.text
    assert "text/calendar" in mine.headers["content-type"]
    stranger = await edge.another()
    assert 401 == (await stranger.get(f"/api/rooms/{opened.code}/followup.ics")).status_code
    owners = await edge.get(f"/api/rooms/{opened.code}/followup.ics", headers=bearer(opened.facilitator_key))
    assert "DTSTART;VALUE=DATE:20361001" in owners.text
    assert "SUMMARY:Kollektiv & vei" in owners.text


async def test_without_a_day_there_is_nothing_to_be_reminded_of(edge):
    opened = await edge.open(one("open"))
    assert 404 == (await edge.get(f"/{opened.code}/report.ics")).status_code


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
async def test_a_day_that_no_calendar_holds_is_nothing_to_be_reminded_of(edge, day):
    opened = await edge.open(TEXT.replace("2036-12-15", day))
    assert day in (await edge.get(f"/{opened.code}/report")).text
    assert 404 == (await edge.get(f"/{opened.code}/report.ics")).status_code


async def test_only_whoever_runs_the_meeting_publishes(edge):
    opened, theme = await gathered(edge)
    for command in ({"do": "publish"}, {"do": "follow", "theme": theme}, {"do": "promise", "text": "x"}):
        address = f"/api/rooms/{opened.code}/actions"
        assert 403 == (await edge.post(address, json=command, headers=bearer(opened.screen_key))).status_code


async def test_the_data_file_holds_what_becomes_of_it(edge):
    opened, theme = await gathered(edge)
    await edge.act(opened, "follow", theme=theme, status="doing", unit="Plan")
    address = f"/api/rooms/{opened.code}/export.json"
    page = (await edge.get(address, headers=bearer(opened.facilitator_key))).json()
    assert [(theme, "doing", "Plan")] == [(t["theme"], t["status"], t["unit"]) for t in page["replies"]]


async def test_the_sheet_is_opened_and_printed_by_who_runs_it(edge, tmp_path):
    """With a policy that lets its own style in and nothing else; the code leads to the page, where phones get to it."""
    opened, _ = await gathered(edge)
    await edge.act(opened, "promise", text="Vi tar det med oss")
    key = bearer(opened.facilitator_key)
    place = f"/api/rooms/{opened.code}/sheet."
    page = await edge.get(f"{place}html", headers=key)
    assert "Buss" in page.text
    assert "Vi tar det med oss" in page.text
    assert one_page_sheet.policy(FJORD).split("; ")[1] in page.headers["content-security-policy"]
    assert page.headers["content-disposition"].startswith(f'inline; filename="innspill-{opened.code}')
    assert "<svg" not in page.text
    assert 422 == (await edge.get(f"{place}docx", headers=key)).status_code
    stranger = await edge.another()
    assert 401 == (await stranger.get(f"{place}html")).status_code
    async with serving(tmp_path / "public", public_url="https://innspill.kommune.no") as public:
        opened, _ = await gathered(public)
        page = await public.get(f"/api/rooms/{opened.code}/sheet.html", headers=bearer(opened.facilitator_key))
    assert qr.path(f"https://innspill.kommune.no/{opened.code}/report")[0] in page.text


async def test_a_choice_that_nobody_grouped_stands_there_with_its_figures(edge):
    """
    And it can be replied to from the console as one.
    """
    opened = await edge.open(one("choice", "id=v", "- Buss & båt\n- Tog"))
    await edge.act(opened, "start", activity="v")
    await edge.post(
        f"/{opened.code}/answers", json={"type": "answer", "id": answer_id("y"), "activity": "v", "value": ["a"]}
    )
    for do in ("close", "reveal", "end"):
        await edge.act(opened, do)
    await edge.act(opened, "follow", activity="v", status="considered", unit="Plan", date="2036-10-01")
    await edge.act(opened, "publish")
    page = (await edge.get(f"/{opened.code}/report", headers=NB)).text
    for text in ('<dt>Buss &amp; båt</dt><dd class="num">1</dd>', "Vi vurderer det", "1. oktober 2036", "Plan"):
        assert text in page
    assert "<h4>" not in page
