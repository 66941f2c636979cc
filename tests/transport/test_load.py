"""Under pressure what has time waits, and answers do not."""

import asyncio

import pytest

from live.transport import hub
from live.transport.load import (
    BRIM,
    CALM,
    CALM_LOOKS,
    FULL,
    HARD,
    LASTS_LOOKS,
    MOST_BEHIND,
    NOTHING,
    PRESSED,
    REST_S,
    Load,
    Memory,
    Signs,
)
from tests.web.edge import bearer, serving


def after(*late: float) -> int:
    load = Load()
    for late_s in late:
        load.note(late_s)
    return load.level


def test_a_moment_is_no_pressure():
    """
    A hall that comes in at once keeps the loop busy for a second or two.
    """
    assert CALM == after(*[2.0] * (LASTS_LOOKS - 1))
    assert CALM == after(*[2.0] * (LASTS_LOOKS - 1), 0.01, *[2.0] * (LASTS_LOOKS - 1))


def test_what_lasts_is():
    assert PRESSED == after(*[0.5] * LASTS_LOOKS)
    assert HARD == after(*[1.5] * LASTS_LOOKS)
    assert HARD == after(*[0.5] * LASTS_LOOKS, *[1.5] * LASTS_LOOKS)
    assert FULL == after(*[3.0] * LASTS_LOOKS)


@pytest.mark.parametrize(
    ("level", "signs"),
    [
        (CALM, Signs(memory=0.5, lines=0.8, behind=MOST_BEHIND)), (HARD, Signs(memory=0.75)),
        (HARD, Signs(behind=MOST_BEHIND + 1)), (FULL, Signs(lines=0.9)), (BRIM, Signs(lines=0.96)),
        (BRIM, Signs(memory=0.95)),
    ],
)  # fmt: skip
def test_what_runs_out_is_pressure_at_once(level, signs):
    load = Load()
    load.note(0.0, signs)
    assert level == load.level
    for _ in range(level * CALM_LOOKS):
        load.note(0.0)
    assert CALM == load.level


def test_this_process_has_some_of_the_memory_and_not_most():
    assert 0 < Memory().share < 0.9


def test_it_comes_down_one_step_after_ten_quiet_seconds():
    """
    A single late look begins them anew: no flapping.
    """
    high = [1.5] * LASTS_LOOKS
    assert HARD == after(*high, *[0.0] * (CALM_LOOKS - 1))
    assert PRESSED == after(*high, *[0.0] * CALM_LOOKS)
    assert CALM == after(*high, *[0.0] * 2 * CALM_LOOKS)
    assert HARD == after(*high, *[0.0] * (CALM_LOOKS - 1), 0.5, *[0.0] * (CALM_LOOKS - 1))


def test_screens_are_drawn_less_often():
    assert hub.REST_S == REST_S[CALM] < REST_S[PRESSED] < REST_S[HARD] < REST_S[FULL]


async def test_downloads_wait_and_answers_do_not(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.writing()
        key = bearer(opened.facilitator_key)
        load = edge._transport.app.state.load
        load.level = HARD
        export = asyncio.create_task(edge.get(f"/api/rooms/{opened.code}/export.csv", headers=key))
        answer = {"type": "answer", "id": "a" * 32, "activity": "a", "text": "Flere benker"}
        assert "saved" == (await edge.post(f"/{opened.code}/answers", json=answer)).json()["status"]
        await edge.act(opened, "close")
        console = await edge.get(f"/{opened.code}/view?face=console", headers=key)
        assert "pressed" in console.json()["view"]["warnings"]
        assert "innspill_pressed 2" in (await edge.get("/metrics")).text
        assert not export.done()
        load.level = PRESSED
        exported = await export
        assert (200, True) == (exported.status_code, "Flere benker" in exported.text)


async def test_what_has_time_is_done_in_the_end(monkeypatch):
    monkeypatch.setattr("live.transport.load.LOOK_S", 0.01)
    load = Load()
    load.level = HARD
    await load.calm(0.05)
    assert HARD == load.level


async def test_it_looks_by_itself(monkeypatch):
    """
    At what waits as well as at the clock.
    """
    monkeypatch.setattr("live.transport.load.LOOK_S", 0.01)
    load, levels, risen = Load(), [], asyncio.Event()

    def looked(changed: bool) -> None:
        if changed:
            levels.append(load.level)
            risen.set()

    async with load.watched(lambda: 3.0, lambda: NOTHING, looked):
        async with asyncio.timeout(20):
            await risen.wait()
    assert [FULL] == levels
