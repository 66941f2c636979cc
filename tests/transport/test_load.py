"""Under load less urgent work waits, and answers do not."""

import asyncio

import pytest

from live.transport import hub
from live.transport.load import (
    BUSY,
    CALM_SAMPLES,
    FULL,
    HIGH,
    LATE_SAMPLES,
    MOST_BEHIND,
    NO_USAGE,
    NORMAL,
    SHEDDING,
    VIEW_INTERVAL_S,
    Load,
    Memory,
    Usage,
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
    assert NORMAL == after(*[2.0] * (LATE_SAMPLES - 1))
    assert NORMAL == after(*[2.0] * (LATE_SAMPLES - 1), 0.01, *[2.0] * (LATE_SAMPLES - 1))


def test_what_lasts_is():
    assert BUSY == after(*[0.5] * LATE_SAMPLES)
    assert HIGH == after(*[1.5] * LATE_SAMPLES)
    assert HIGH == after(*[0.5] * LATE_SAMPLES, *[1.5] * LATE_SAMPLES)
    assert FULL == after(*[3.0] * LATE_SAMPLES)


@pytest.mark.parametrize(
    ("level", "usage"),
    [
        (NORMAL, Usage(memory=0.5, connections=0.8, behind=MOST_BEHIND)), (HIGH, Usage(memory=0.75)),
        (HIGH, Usage(behind=MOST_BEHIND + 1)), (FULL, Usage(connections=0.9)), (SHEDDING, Usage(connections=0.96)),
        (SHEDDING, Usage(memory=0.95)),
    ],
)  # fmt: skip
def test_what_runs_out_is_pressure_at_once(level, usage):
    load = Load()
    load.note(0.0, usage)
    assert level == load.level
    for _ in range(level * CALM_SAMPLES):
        load.note(0.0)
    assert NORMAL == load.level


def test_this_process_has_some_of_the_memory_and_not_most():
    assert 0 < Memory().share < 0.9


def test_it_comes_down_one_step_after_ten_quiet_seconds():
    """
    A single late look begins them anew: no flapping.
    """
    late_samples = [1.5] * LATE_SAMPLES
    assert HIGH == after(*late_samples, *[0.0] * (CALM_SAMPLES - 1))
    assert BUSY == after(*late_samples, *[0.0] * CALM_SAMPLES)
    assert NORMAL == after(*late_samples, *[0.0] * 2 * CALM_SAMPLES)
    assert HIGH == after(*late_samples, *[0.0] * (CALM_SAMPLES - 1), 0.5, *[0.0] * (CALM_SAMPLES - 1))


def test_screens_are_drawn_less_often():
    normal, busy, high, full = (VIEW_INTERVAL_S[level] for level in (NORMAL, BUSY, HIGH, FULL))
    assert hub.VIEW_INTERVAL_S == normal < busy < high < full


async def test_downloads_wait_and_answers_do_not(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.writing()
        key = bearer(opened.facilitator_key)
        load = edge.services.load
        load.level = HIGH
        export = asyncio.create_task(edge.get(f"/api/rooms/{opened.code}/export.csv", headers=key))
        answer = {"type": "answer", "id": "a" * 32, "activity": "a", "text": "Flere benker"}
        assert "saved" == (await edge.post(f"/{opened.code}/answers", json=answer)).json()["status"]
        await edge.act(opened, "close")
        console = await edge.get(f"/{opened.code}/view?face=console", headers=key)
        assert "pressed" in console.json()["view"]["warnings"]
        assert "innspill_pressed 2" in (await edge.get("/metrics")).text
        assert not export.done()
        load.level = BUSY
        exported = await export
        assert (200, True) == (exported.status_code, "Flere benker" in exported.text)


async def test_what_has_time_is_done_in_the_end(monkeypatch):
    monkeypatch.setattr("live.transport.load.SAMPLE_S", 0.01)
    load = Load()
    load.level = HIGH
    await load.settle(0.05)
    assert HIGH == load.level


async def test_it_looks_by_itself(monkeypatch):
    """
    At what waits as well as at the clock.
    """
    monkeypatch.setattr("live.transport.load.SAMPLE_S", 0.01)
    load, levels, risen = Load(), [], asyncio.Event()

    def on_sample(changed: bool) -> None:
        if changed:
            levels.append(load.level)
            risen.set()

    async with load.monitored(lambda: 3.0, lambda: NO_USAGE, on_sample):
        async with asyncio.timeout(60):
            await risen.wait()
    assert [FULL] == levels
