"""What was published stays to be read, and written in, when the answers are deleted."""

import gzip
from hashlib import sha256
from pathlib import Path

import pytest

from live.journal.sqlite import open_sqlite
from live.public_page import public_page
from live.rules import commands, decide
from live.runtime import backup
from live.runtime.deletions import Deletions
from live.web.access.guess_limits import WRONG_A_MINUTE
from tests.cli.test_cli import ask
from tests.meeting import answer_id
from tests.web.edge import bearer, serving
from tests.web.pages.test_public_report import NB, TEXT, gathered

MARKED = {"Accept": "text/html"}


@pytest.fixture
async def edge(tmp_path: Path):
    async with serving(tmp_path) as edge:
        yield edge


async def due(edge, opened) -> None:
    edge.rooms.clock.go_by((await edge.rooms.get(opened.code)).delete_at + 1)
    await edge.rooms.housekeeping.purge()


async def over(edge, *said: str, publish: bool = True):
    """A meeting whose day has come, and its theme."""
    opened, theme = await gathered(edge, *said)
    await edge.act(opened, "promise", text="Vi tar det med oss", who="Ordføreren")
    await edge.act(opened, "follow", theme=theme, status="doing", unit="Plan", date="2036-10-01")
    if publish:
        await edge.act(opened, "publish")
    await due(edge, opened)
    return opened, theme


async def kept(edge, opened):
    return public_page.read(await edge.rooms.journal.report(opened.code))


def write(edge, opened, key="", **fields):
    """What the form of the page sends."""
    return edge.post(f"/{opened.code}/report/edit", data=fields, headers=bearer(key or opened.facilitator_key) | NB)


async def test_the_page_stays_and_the_code_leads_to_it(edge):
    opened, _ = await over(edge)
    page = await edge.get(f"/{opened.code}/report", headers=NB)
    for text in ("Kollektiv &amp; vei", "&lt;b&gt;Buss", "Vi tar det med oss", "Svarene ble slettet", "Plan"):
        assert text in page.text
    assert f'href="/{opened.code}"' not in page.text
    assert [] == await edge.rooms.journal.rooms()
    for address in (f"/{opened.code}", f"/{opened.code}/mine", f"/{opened.code}/screen"):
        led = await edge.get(address, headers=MARKED)
        assert (303, f"/{opened.code}/report") == (led.status_code, led.headers["location"])
    typed = await edge.get(f"/?code={opened.code}", headers=MARKED, follow_redirects=True)
    assert f"/{opened.code}/report" == typed.url.path
    assert "DTSTART;VALUE=DATE:20361215" in (await edge.get(f"/{opened.code}/report.ics")).text
    days = await edge.get(f"/api/rooms/{opened.code}/followup.ics", headers=bearer(opened.facilitator_key))
    assert "DTSTART;VALUE=DATE:20361001" in days.text


async def test_what_was_not_published_is_not_kept(edge):
    opened, _ = await over(edge, publish=False)
    assert [] == await edge.rooms.journal.reports()
    assert 404 == (await edge.get(f"/{opened.code}/report")).status_code
    assert 404 == (await write(edge, opened, do="delete")).status_code


async def test_what_becomes_of_it_is_written_months_later(edge):
    """
    With the link from before, by the rules of the meeting.
    """
    opened, theme = await over(edge)
    place = {"activity": "a", "theme": theme}
    led = await edge.get(f"/{opened.code}/console", headers=MARKED)
    assert f"/{opened.code}/report/edit" == led.headers["location"]
    assert 204 == (await edge.post(f"/{opened.code}/keys", json={"key": opened.facilitator_key})).status_code
    page = (await edge.get(f"/{opened.code}/report/edit", headers=NB)).text
    assert 'value="2036-10-01"' in page

    refused = await write(edge, opened, do="follow", **place, status="not", reason="", unit="Vei", date="")
    assert 422 == refused.status_code
    assert 'role="alert"' in refused.text
    assert 'value="Vei"' in refused.text  # nothing typed is lost
    done = await write(edge, opened, do="follow", **place, status="not", reason="For <dyrt>", unit="Vei", date="")
    assert f"/{opened.code}/report/edit?saved#a-{theme}" == done.headers["location"]
    await write(edge, opened, do="promise", text="Nytt svar i mai")
    await write(edge, opened, do="promise", n="1", text="")
    public = (await edge.get(f"/{opened.code}/report", headers=NB)).text
    assert ("For &lt;dyrt&gt;" in public, "Nytt svar i mai" in public, "Ordføreren" in public) == (True, True, False)


async def test_a_quote_is_taken_out_and_stays_out(edge, tmp_path):
    """
    Pressed twice, it takes no other: neither here nor from a backup.
    """
    opened, theme = await over(edge, "Buss", "Sykkel", "Tog")
    file = tmp_path / "one.backup"
    file.write_bytes(await packed(edge.rooms))
    first, *others = next((await kept(edge, opened)).themes()).quotes
    for _ in range(2):
        done = await write(edge, opened, do="take_out", activity="a", theme=theme, id=first.id)
        assert f"/{opened.code}/report/edit?saved#a-{theme}" == done.headers["location"]
    assert others == next((await kept(edge, opened)).themes()).quotes
    page = (await edge.get(f"/{opened.code}/report")).text
    assert ("Buss" in page, "Sykkel" in page, "Tog" in page) == (False, True, True)
    noted = Deletions(tmp_path / "data").file.read_text()
    assert first.id in noted

    journal = await open_sqlite(tmp_path / "other")
    came = await backup.restore(file, journal, Deletions(tmp_path / "data").read())
    assert (0, 1) == (came.rooms, came.reports)
    assert others == next(public_page.read(await journal.report(opened.code)).themes()).quotes
    await journal.close()


async def test_words_that_people_wrote_are_taken_out_too(edge):
    opened = await edge.writing("words", "id=a many=3")
    await edge.post(
        f"/{opened.code}/answers", json={"type": "answer", "id": answer_id("x"), "activity": "a", "text": "Kari Vik"}
    )
    for do in ("close", "reveal", "end"):
        await edge.act(opened, do)
    key = {"Authorization": f"Bearer {opened.facilitator_key}"}
    refused = await edge.post(f"/api/rooms/{opened.code}/actions", json={"do": "publish"}, headers=key)
    assert (422, "flagged-waiting") == (refused.status_code, refused.json()["code"])
    await edge.act(opened, "release_answers", answers={answer_id("x"): 1})
    await edge.act(opened, "publish")
    await due(edge, opened)
    assert "Kari Vik" in (await edge.get(f"/{opened.code}/report")).text
    word = next(public_page.quotes_of(await kept(edge, opened)))
    await write(edge, opened, do="take_out", activity="a", theme="", id=word.id)
    assert "Kari Vik" not in (await edge.get(f"/{opened.code}/report")).text


@pytest.mark.parametrize("id", ["", public_page.NOTED, "0" * 16, "*"])
async def test_nothing_is_noted_of_what_was_not_there(edge, tmp_path, id):
    opened, theme = await over(edge)
    before, noted = await kept(edge, opened), Deletions(tmp_path / "data").file
    deletions = noted.read_text()
    assert 303 == (await write(edge, opened, do="take_out", activity="a", theme=theme, id=id)).status_code
    assert (before, deletions) == (await kept(edge, opened), noted.read_text())


async def test_nobody_writes_over_what_they_have_not_read(edge):
    """
    Two have the page open for weeks. The second to save is shown what the first wrote, keeps what was typed, and may
    save again.
    """
    opened, theme = await over(edge)
    entry = next((await kept(edge, opened)).themes()).entry
    form = {"do": "follow", "activity": "a", "theme": theme, "status": "doing", "seen": str(entry.at)}
    assert 303 == (await write(edge, opened, **form, reason="Vedtatt i kommunestyret")).status_code
    late = await write(edge, opened, **form, unit="Samferdsel")
    assert 422 == late.status_code
    for text in ("Noen andre har skrevet her", "Vedtatt i kommunestyret", 'value="Samferdsel"'):
        assert text in late.text
    newest = next((await kept(edge, opened)).themes()).entry
    assert ("Vedtatt i kommunestyret", "") == (newest.reason, newest.unit)
    assert 303 == (await write(edge, opened, **form | {"seen": str(newest.at)}, unit="Samferdsel")).status_code


async def test_a_promise_that_is_sent_twice_is_one(edge):
    opened, _ = await over(edge)
    for _ in range(2):
        assert 303 == (await write(edge, opened, do="promise", text="Svar i mai", who="Kari")).status_code
    assert 2 == len((await kept(edge, opened)).promises)


async def test_links_to_it_are_ended(edge, tmp_path):
    """
    By whoever looks after the server, whether it runs or not.
    """
    opened, _ = await over(edge)
    await edge.rooms.revoke(opened.code)
    assert 403 == (await write(edge, opened, do="promise", text="Nei")).status_code
    assert 200 == (await edge.get(f"/{opened.code}/report")).status_code


async def test_what_happens_while_the_purge_looks_is_not_lost(edge):
    """
    An answer that another worker withholds in the moment between: the purge waits for its next turn, and then does not
    quote it.
    """
    opened, _ = await gathered(edge)
    await edge.act(opened, "publish")
    journal, room = edge.rooms.journal, await edge.rooms.get(opened.code)
    deletes, tried = journal.delete, []

    async def meanwhile(code, **how):
        if not tried:
            tried.append(code)
            act = commands.HideAnswer(id=answer_id("x"), reason="navn")
            await journal.append(code, decide(room, act, room.opened_at + 1), step=room.step)
        return await deletes(code, **how)

    journal.delete = meanwhile
    await due(edge, opened)
    assert [opened.code] == [row.code for row in await journal.rooms()]
    await edge.rooms.housekeeping.purge()
    assert [] == await journal.rooms()
    assert [] == next((await kept(edge, opened)).themes()).quotes


async def test_what_is_deleted_by_hand_leaves_nothing(edge):
    """
    Not even a report that a restore, or a purge that was cut short, has left beside the meeting.
    """
    opened, _ = await gathered(edge)
    await edge.rooms.journal.keep_report(
        opened.code, public_page.written(public_page.of(await edge.rooms.get(opened.code)))
    )
    assert 204 == (await edge.delete(f"/api/rooms/{opened.code}", headers=bearer(opened.facilitator_key))).status_code
    assert (None, []) == (await edge.rooms.journal.report(opened.code), await edge.rooms.journal.rooms())


async def packed(rooms) -> bytes:
    return gzip.compress(b"".join([line async for line in backup.lines(rooms.journal, rooms.clock.now())]))


async def test_a_page_that_was_deleted_comes_from_no_backup(edge, tmp_path):
    opened, _ = await over(edge)
    file = tmp_path / "one.backup"
    file.write_bytes(await packed(edge.rooms))
    hashed = sha256(opened.facilitator_key.encode()).hexdigest()
    assert (opened.code, "facilitator") == await edge.rooms.journal.key_right(hashed)
    assert 303 == (await write(edge, opened, do="delete")).status_code
    assert 404 == (await edge.get(f"/{opened.code}/report")).status_code
    assert None is await edge.rooms.journal.key_right(hashed)
    journal = await open_sqlite(tmp_path / "other")
    came = await backup.restore(file, journal, Deletions(tmp_path / "data").read())
    assert (0, []) == (came.reports, await journal.reports())
    await journal.close()


@pytest.mark.parametrize(
    "form",
    [
        {"do": "follow", "activity": "a", "theme": "none", "status": "doing"}, {"do": "promise", "n": "x", "text": "x"},
        {"do": "promise", "n": "-1", "text": "x"}, {"do": "promise", "n": "99999", "text": "x"},
        {"do": "promise", "n": "77", "text": "x"}, {"do": "promise", "text": " "}, {"do": "unpublish"}, {},
        {"do": "follow", "activity": "a", "theme": "{theme}", "status": "perhaps"},
        {"do": "follow", "activity": "a", "theme": "{theme}", "status": "doing", "date": "2036-13-40"},
    ],
)  # fmt: skip
async def test_what_makes_no_sense_changes_nothing(edge, form):
    opened, theme = await over(edge)
    before = await kept(edge, opened)
    said = await write(edge, opened, **{name: value.replace("{theme}", theme) for name, value in form.items()})
    assert 422 == said.status_code
    assert before == await kept(edge, opened)


async def test_nobody_else_writes_in_it(edge):
    """
    Neither a stranger nor whoever had the big screen; and a page that reads the code is no guess.
    """
    opened, _ = await over(edge)
    before = await kept(edge, opened)
    stranger = await edge.another()
    form = {"do": "promise", "text": "Nei"}
    place = f"/{opened.code}/report/edit"
    assert 401 == (await stranger.post(place, data=form)).status_code
    assert 403 == (await stranger.post(place, data=form, headers=bearer(opened.screen_key))).status_code
    assert "<form" not in (await stranger.get(place)).text
    assert 401 == (await stranger.delete(f"/api/rooms/{opened.code}")).status_code
    assert before == await kept(edge, opened)


async def test_reading_it_is_no_guess(tmp_path):
    async with serving(tmp_path, public_url="https://innspill.kommune.no") as edge:
        opened, _ = await over(edge)
        for _ in range(WRONG_A_MINUTE + 5):
            assert 303 == (await edge.get(f"/{opened.code}", headers=MARKED)).status_code
        assert 404 == (await edge.get("/10000000", headers=MARKED)).status_code


async def test_its_code_is_not_given_away_again(edge, monkeypatch):
    opened, _ = await over(edge)
    drawn = iter([opened.code, opened.code, "25054015"])
    monkeypatch.setattr("live.codes.make", lambda below: next(drawn))
    assert "25054015" == (await edge.rooms.open(TEXT)).code


async def test_commands_list_it_link_to_it_and_delete_it(tmp_path):
    async with serving(tmp_path) as edge:
        opened, _ = await over(edge)
    data = tmp_path / "data"
    assert "report    Prøve" in await ask("rooms", "--data", data)
    link = (await ask("link", opened.code, "console", "--data", data)).strip()
    async with serving(tmp_path) as edge:
        key = {"key": link.partition("#")[2]}
        assert 204 == (await edge.post(f"/{opened.code}/keys", json=key)).status_code
    assert "are ended" in await ask("revoke", opened.code, "--data", data)
    async with serving(tmp_path) as edge:
        assert 403 == (await edge.post(f"/{opened.code}/keys", json=key)).status_code
    assert "no meeting" in await ask("link", opened.code, "screen", "--data", data, code=1)
    await ask("delete", opened.code, "--yes", "--data", data)
    assert "" == await ask("rooms", "--data", data)
    assert (opened.code, public_page.NOTED) in Deletions(data).read()
