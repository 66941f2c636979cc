"""A line of people: who was here goes on, and the others come in by when they came."""

import pytest

from live.errors import Refused
from live.transport.load import FULL, NORMAL, Load
from live.web.access.waiting_line import BURST, LEAST_MS, MOST_MS, MOST_PLACES, RELEASED_PER_S, WaitingLine
from tests.web.edge import bearer, serving

CODE = "25054015"


class Seconds:
    at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def seconds():
    return Seconds()


@pytest.fixture
def load():
    return Load()


@pytest.fixture
def line(load, seconds):
    return WaitingLine(load, limited=True, seconds=seconds)


def waits(line, since: int, *, fresh: bool = False, code: str = CODE) -> bool:
    try:
        line.admit(code, since, fresh=fresh)
    except Refused as refused:
        return "queue" == refused.code and LEAST_MS <= refused.facts["retry_in"] <= MOST_MS
    return False


def test_a_hall_at_once_stands_in_no_line(line):
    assert not any(waits(line, n, fresh=True) for n in range(BURST))


def test_a_flood_does_and_those_who_were_here_do_not(line):
    flood = [waits(line, n, fresh=True) for n in range(2 * BURST)]
    assert (False, True) == (any(flood[:BURST]), flood[-1])
    assert not waits(line, 0)


def test_a_flood_before_one_room_holds_up_no_other(line):
    assert any(waits(line, n, fresh=True) for n in range(2 * BURST))
    assert not waits(line, 2 * BURST, fresh=True, code="31415926")


def test_a_full_server_lets_nobody_new_in(line, load):
    load.level = FULL
    assert waits(line, 7, fresh=True)
    assert not waits(line, 6)


def test_the_line_moves_by_when_they_came(line, load, seconds):
    """
    A page that asks again has the place it had; whoever comes later stands behind.
    """
    load.level = FULL
    number = 3 * RELEASED_PER_S
    assert all(waits(line, n, fresh=True) for n in range(number))
    load.level = NORMAL
    seconds.at += 1
    assert [False, True] == [waits(line, n) for n in (RELEASED_PER_S - 1, RELEASED_PER_S)]
    assert waits(line, number, fresh=True)
    seconds.at += 4
    assert not any(waits(line, n) for n in range(number + 1))
    assert not waits(line, number + 1, fresh=True)


def test_a_line_of_any_length_comes_in_little_by_little(line, load, seconds):
    """
    However many wait, in each second no more come in than may, in the order in which they came.
    """
    load.level = FULL
    number = 5 * MOST_PLACES // 2
    assert all(waits(line, n, fresh=True) for n in range(number))
    load.level = NORMAL
    let_in, each = 0, []
    while let_in < number:
        seconds.at += 1
        before = let_in
        while let_in < number and not waits(line, let_in):
            let_in += 1
        each.append(let_in - before)
    assert max(each) <= RELEASED_PER_S + number / MOST_PLACES * 2
    assert len(each) <= number / RELEASED_PER_S + 2


def test_it_stands_still_while_the_server_is_full(line, load, seconds):
    load.level = FULL
    assert waits(line, 1, fresh=True)
    seconds.at += 60
    assert waits(line, 1)


async def test_whoever_waits_is_told_and_comes_in_by_themselves(tmp_path):
    """
    A page of its own that loads itself again; its cookie is the place. Facilitator and phones notice nothing.
    """
    async with serving(tmp_path) as edge:
        opened = await edge.writing()
        known = await edge.another()
        known.headers["Origin"] = edge.headers["Origin"]
        await known.get(f"/{opened.code}")
        load = edge.services.load
        load.level = FULL
        edge.rooms.clock.go_by(edge.rooms.clock.now() + 10)
        page = await edge.get(f"/{opened.code}")
        assert (503, page.headers["Retry-After"]) == (page.status_code, page.headers["Refresh"])
        assert "Mange blir med nå. Du er i køen." in page.text
        assert 503 == (await edge.get(f"/{opened.code}")).status_code
        response = await (await edge.another()).post(f"/{opened.code}/answers", json={"type": "heads", "n": 2})
        assert (503, "queue", True) == (
            response.status_code,
            response.json()["code"],
            "Retry-After" in response.headers,
        )
        assert 200 == (await known.get(f"/{opened.code}")).status_code
        answer = {"type": "answer", "id": "a" * 32, "activity": "a", "text": "Flere benker"}
        assert 200 == (await known.post(f"/{opened.code}/answers", json=answer)).status_code
        await edge.act(opened, "close")
        console = await edge.get(f"/{opened.code}/view?face=console", headers=bearer(opened.facilitator_key))
        assert "full" in console.json()["view"]["warnings"]
        load.level = NORMAL
        edge.services.waiting_line._seconds = lambda: float("1e12")
        page = await edge.get(f"/{opened.code}")
        assert (200, False) == (page.status_code, "set-cookie" in page.headers)
