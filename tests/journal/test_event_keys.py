"""What a store in one process keeps in memory of its keys is what stands in the file."""

import contextlib
import sqlite3

import pytest

from live.journal import event_keys
from live.journal.event_keys import Keys, Known
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
    keys = Keys([(f"{A}:1", 2)])
    assert (False, True, False) == (keys.note(f"{A}:1", 9), keys.note(f"{A}:2", 9), keys.note(f"{A}:2", 10))


def test_all_that_an_answer_said_is_found(store):
    keys = Known().of(store, "1")
    assert ([2, 3], [4], []) == (keys.about(A), keys.about(B), keys.about(answer_id("c")))
    keys.note(f"{B}:1", 5)
    assert [4, 5] == keys.about(B)


def test_each_room_has_its_own(store):
    kept = Known()
    kept.of(store, "1").note(f"{B}:1", 5)
    assert kept.of(store, "2").note(f"{B}:1", 2)


def test_what_was_noted_and_not_recorded_is_forgotten(store):
    kept = Known()
    kept.of(store, "1").note(f"{B}:1", 5)
    kept.forget("1")
    assert kept.of(store, "1").note(f"{B}:1", 5)


def test_the_room_that_was_asked_for_longest_ago_gives_way(store, monkeypatch):
    monkeypatch.setattr(event_keys, "MOST", 4)
    store.execute("insert into events values ('3', 1, 'x:1', '')")
    kept = Known()
    kept.of(store, "1").note(f"{B}:1", 5)
    kept.of(store, "2").note(f"{B}:1", 5)
    kept.of(store, "2")
    assert kept.of(store, "1").note(f"{B}:1", 5)  # read again, without what was only noted
    assert kept.of(store, "1") is kept.of(store, "1")
