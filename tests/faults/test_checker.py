"""The judge itself: each way of lying, told by it."""

import random

import pytest

from tests.faults.checker import Note, check, in_order
from tests.faults.proxy import Forgetful

A, B = ("a" * 32, "b" * 32)


def row(id: str, text: str = "Lytt", reason: str = "") -> dict:
    return {"answer_id": id, "text": text, "withheld_reason": reason}


@pytest.mark.parametrize(
    ("received", "rows", "found"),
    [
        ("saved", [row(A)], {}),
        ("duplicate", [row(A)], {}),
        ("late", [row(A, "", "late")], {}),
        ("closed", [], {}),
        ("saved", [], {"missing": 1}),
        ("saved", [row(A), row(A)], {"double": 1}),
        ("saved", [row(A), row(B)], {"foreign": 1}),
        ("saved", [row(A, "Snakk")], {"changed": 1}),
        ("saved", [row(A, "", "late")], {"unheard": 1}),
        ("closed", [row(A)], {"unheard": 1}),
        ("late", [row(A)], {"unheard": 1}),
        ("", [row(A)], {"unheard": 1}),
    ],
)
def test_what_was_told_and_what_is_there(received, rows, found):
    verdict = check([Note(A, "Lytt", received)], {"answers": rows})
    assert found == {name: count for name, count in verdict._asdict().items() if count and name in verdict._fields[3:]}
    assert verdict.sound() is not bool(found)


@pytest.mark.parametrize(
    ("second", "rows", "found"),
    [
        ([(1, "x"), (2, A), (3, B)], [A, B], {}),
        ([(1, "x"), (3, B)], [A, B], {"holes": 1}),
        ([(1, "x"), (3, B), (2, A)], [A, B], {"inversions": 1}),
        ([(1, "x"), (2, A), (2, A), (3, B)], [A, B], {"inversions": 1}),
        ([(1, "x"), (2, B), (3, A)], [A, B], {"apart": 2}),
        ([(1, "x"), (2, A), (3, B)], [B, A], {"astray": 2}),
        ([(1, "x"), (2, A), (3, B)], [A], {"astray": 1}),
    ],
)
def test_in_which_order_it_was_heard(second, rows, found):
    order = in_order([[(1, "x"), (2, A), (3, B)], second], {A, B}, {"answers": [row(id) for id in rows]})
    assert found == {name: count for name, count in order._asdict().items() if count and name != "deliveries"}
    assert order.sound() is not bool(found)


@pytest.mark.parametrize("kind", [b"*", b">"], ids=["resp2", "resp3"])
def test_the_network_forgets_whole_messages_and_nothing_else(kind):
    """However the bytes are cut: a fifth of what was published is gone, and every reply is there."""
    said = b"".join(kind + b"3\r\n$7\r\nmessage\r\n$1\r\nm\r\n$4\r\nwake\r\n+OK\r\n" for _ in range(1_000))
    chance, came = random.Random(1), b""
    forgetful = Forgetful(0.2, chance)
    sieve = forgetful()
    while said:
        piece, said = said[: (size := chance.randint(1, 40))], said[size:]
        came += sieve(piece)
    assert 1_000 == came.count(b"+OK\r\n")
    assert 1_000 - forgetful.lost == came.count(b"wake\r\n")
    assert 100 < forgetful.lost < 300
