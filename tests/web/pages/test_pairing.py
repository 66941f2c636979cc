"""A screen without a link: it shows six digits, and the facilitator types them."""

import re

from live.web.access.pairing import MOST_WAITING, TRIES, VALID_S
from tests.web.edge import bearer, serving

MINUTE_MS = 60_000


class Clock:
    def __init__(self) -> None:
        self.at = 1_800_000_000_000

    def now(self) -> int:
        return self.at


async def screen(edge):
    """The machine at the projector, and what it shows."""
    there = await edge.another()
    there.headers["Origin"] = edge.headers["Origin"]
    return there, (await there.post("/screen/waiting")).json()["digits"]


async def type_in(edge, opened, digits, key=""):
    return await edge.post(
        f"/api/rooms/{opened.code}/screens", json={"digits": digits}, headers=bearer(key or opened.facilitator_key)
    )


async def test_the_digits_that_are_typed_lead_the_screen_to_the_meeting(tmp_path):
    """
    As people type them: in two groups. Until then the screen shows the same digits, and no meeting opens to it.
    """
    async with serving(tmp_path) as edge:
        opened = await edge.open()
        there, digits = await screen(edge)
        assert re.fullmatch(r"\d{6}", digits)
        assert digits == (await there.post("/screen/waiting")).json()["digits"]
        assert 'data-state="offline"' in (await there.get(f"/{opened.code}/screen")).text
        typed = await type_in(edge, opened, f"{digits[:3]} {digits[3:]}")
        assert 204 == typed.status_code
        assert {"code": opened.code} == (await there.post("/screen/waiting")).json()
        assert 'data-state="lobby"' in (await there.get(f"/{opened.code}/screen")).text
        assert "data-needs-key" in (await there.get(f"/{opened.code}/console")).text
        again = await type_in(edge, opened, digits)
        assert (422, "no-screen") == (again.status_code, again.json()["code"])


async def test_a_screen_that_was_paired_is_shut_out_with_the_other_links(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.open()
        there, digits = await screen(edge)
        await type_in(edge, opened, digits)
        await there.post("/screen/waiting")
        await edge.rooms.revoke(opened.code)
        assert 'data-state="offline"' in (await there.get(f"/{opened.code}/screen")).text


async def test_after_two_minutes_there_are_other_digits(tmp_path):
    async with serving(tmp_path) as edge:
        edge.rooms.clock = clock = Clock()
        opened = await edge.open()
        there, digits = await screen(edge)
        clock.at += VALID_S * 1000 + 1
        assert "no-screen" == (await type_in(edge, opened, digits)).json()["code"]
        assert digits != (await there.post("/screen/waiting")).json()["digits"]


async def test_whoever_guesses_is_slowed_down(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.open()
        _, digits = await screen(edge)
        wrong = f"{(int(digits) + 1) % 1_000_000:06d}"
        found = [(await type_in(edge, opened, wrong)).json()["code"] for _ in range(TRIES + 1)]
        assert ["no-screen"] * TRIES + ["rate"] == found
        for nonsense in ("", "12", "abcdef", "1" * 500, 7, None):
            assert 204 != (await type_in(edge, opened, nonsense)).status_code


async def test_only_those_who_give_links_may_type_them(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.open()
        _, digits = await screen(edge)
        _, runner = await edge.rooms.give_link(opened.code, "Kari", "run")
        assert [403, 403] == [
            (await type_in(edge, opened, digits, key)).status_code for key in (opened.screen_key, runner)
        ]


async def test_so_many_screens_wait_and_no_more(tmp_path):
    async with serving(tmp_path) as edge:
        edge.rooms.clock = clock = Clock()
        for _ in range(MOST_WAITING):
            await screen(edge)
        there = await edge.another()
        there.headers["Origin"] = edge.headers["Origin"]
        assert "rate" == (await there.post("/screen/waiting")).json()["code"]
        clock.at += VALID_S * 1000 + 1
        assert "digits" in (await there.post("/screen/waiting")).json()
