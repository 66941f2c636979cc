"""What a store in one process keeps in memory of its keys is what stands in the file."""

import contextlib
import sqlite3

import pytest

from live.journal import event_keys
from live.journal.event_keys import EventKeys, KeyCache
from tests.meeting import answer_id

A, B = answer_id("a"), answer_id("b")


@pytest.fixture
def store():
    with contextlib.closing(sqlite3.connect(":memory:")) as store:
        store.execute("create table events (code, position, key, body)")
        rows = [("1", 1, None), ("1", 2, f"{A}:1"), ("1", 3, f"{A}:7"), ("1", 4, f"{B}:2"), ("2", 1, f"{A}:1")]
        store.executemany("insert into events values (?, ?, ?, '')", rows)
        yield store


def test_a_key_is_new_once():
    keys = EventKeys([(f"{A}:1", 2)])
    assert (False, True, False) == (keys.add(f"{A}:1", 9), keys.add(f"{A}:2", 9), keys.add(f"{A}:2", 10))


def test_all_that_an_answer_said_is_found(store):
    keys = KeyCache().of_room(store, "1")
    assert ([2, 3], [4], []) == (keys.positions_of(A), keys.positions_of(B), keys.positions_of(answer_id("c")))
    keys.add(f"{B}:1", 5)
    assert [4, 5] == keys.positions_of(B)


def test_each_room_has_its_own(store):
    cache = KeyCache()
    cache.of_room(store, "1").add(f"{B}:1", 5)
    assert cache.of_room(store, "2").add(f"{B}:1", 2)


def test_what_was_noted_and_not_recorded_is_forgotten(store):
    cache = KeyCache()
    cache.of_room(store, "1").add(f"{B}:1", 5)
    cache.forget("1")
    assert cache.of_room(store, "1").add(f"{B}:1", 5)


def test_the_room_that_was_asked_for_longest_ago_gives_way(store, monkeypatch):
    monkeypatch.setattr(event_keys, "MOST_KEYS", 4)
    store.execute("insert into events values ('3', 1, 'x:1', '')")
    cache = KeyCache()
    cache.of_room(store, "1").add(f"{B}:1", 5)
    cache.of_room(store, "2").add(f"{B}:1", 5)
    cache.of_room(store, "2")
    assert cache.of_room(store, "1").add(f"{B}:1", 5)  # read again, without what was only noted
    assert cache.of_room(store, "1") is cache.of_room(store, "1")
