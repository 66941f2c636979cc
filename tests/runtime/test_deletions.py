"""What is noted of deletions so that no restore brings it back, and for how long."""

import asyncio
import json
import os

import pytest

from live.journal.sqlite import open_sqlite
from live.public_page import public_page
from live.room import DAY_MS
from live.rules import commands
from live.runtime import Registry
from live.runtime.deletions import FILE, Deletions
from tests.meeting import JOIN, START, answer_id
from tests.runtime.test_registry import HandClock, said, writing

CODE, OTHER = "25054015", "25054016"
YEAR_MS = 365 * DAY_MS


@pytest.fixture
def deletions(tmp_path):
    return Deletions(tmp_path)


def write(deletions: Deletions, *notes: tuple[str, str, int]) -> None:
    """At a time each; 0 as by versions that noted none."""
    rows = [{"room": code, "answer": id} | ({"at": at} if at else {}) for code, id, at in notes]
    deletions.file.write_text("".join(json.dumps(row) + "\n" for row in rows))


def test_lines_that_are_cut_short_are_no_deletions(deletions):
    assert set() == deletions.read()
    deletions.note(CODE, answer_id("a"))
    with deletions.file.open("ab") as file:
        file.write(b'{"room":"1234')
    assert {(CODE, answer_id("a"))} == deletions.read()


def test_a_deleted_meeting_is_one_line(deletions):
    """
    Its answers come back with it or not at all. What was taken out of its report is another matter: that is kept.
    """
    mark = "0123456789abcdef"
    write(
        deletions, (CODE, answer_id("a"), START), (CODE, mark, START), (CODE, "", START + 1),
        (OTHER, answer_id("a"), START),
    )  # fmt: skip
    deletions.prune(START + DAY_MS)
    assert {(CODE, ""), (CODE, mark), (OTHER, answer_id("a"))} == deletions.read()


def test_after_ten_years_only_reports_are_noted(deletions):
    """
    No meeting is kept longer, so one from an older backup is deleted by its own date.
    """
    write(
        deletions, (CODE, "", START), (CODE, public_page.NOTED, START), (OTHER, answer_id("a"), START),
        (OTHER, answer_id("b"), START + YEAR_MS), (OTHER, answer_id("c"), 0),
    )  # fmt: skip
    deletions.prune(START + 9 * YEAR_MS)
    assert 5 == len(deletions.read())
    deletions.prune(START + 10 * YEAR_MS)
    stay = {(CODE, public_page.NOTED), (OTHER, answer_id("b")), (OTHER, answer_id("c"))}
    assert stay == deletions.read()
    deletions.prune(START + 18 * YEAR_MS)
    assert {(CODE, public_page.NOTED), (OTHER, answer_id("c"))} == deletions.read()


def test_notes_beside_backups_are_added_to(deletions, tmp_path):
    """
    From several machines, each night again, and each line is there once.
    """
    beside = Deletions(tmp_path / "backups")
    beside.add(deletions, START)
    (tmp_path / "backups").mkdir()
    beside.add(deletions, START)
    assert not beside.file.exists()
    write(beside, (OTHER, "", START))
    write(deletions, (CODE, answer_id("a"), START), (CODE, answer_id("a"), 0))
    for night in range(3):
        beside.add(deletions, START + night * DAY_MS)
    assert {(OTHER, ""), (CODE, answer_id("a"))} == beside.read()
    assert 2 == len(beside.file.read_text().splitlines())
    assert 0o600 == beside.file.stat().st_mode & 0o777


async def test_nothing_is_lost_that_is_noted_while_the_file_is_pruned(deletions):
    def note(name: str) -> None:
        for n in range(100):
            deletions.note(CODE, answer_id(f"{name}{n}"))

    noting = [asyncio.create_task(asyncio.to_thread(note, name)) for name in "ab"]
    while not all(task.done() for task in noting):
        await asyncio.to_thread(deletions.prune, START)
    assert 200 == len(deletions.read())


async def test_what_was_rehearsed_is_not_noted(tmp_path):
    """
    Nobody wrote it. It leaves the store all the same; what somebody has written and taken back is noted.
    """
    noted = []
    journal = await open_sqlite(tmp_path / "data")
    async with Registry(
        journal, HandClock(), lambda code: JOIN, note_deleted=lambda code, id: noted.append((code, id))
    ) as rooms:
        code = await writing(rooms)
        await rooms.act(code, commands.Rehearse(n=1))
        await rooms.command(code, said("rehearsal-1", "pretend", "Late som"))
        await rooms.command(code, said("p1", "real", "Flere benker"))
        await rooms.act(code, commands.ClearRehearsal())
        stored = str(await journal.read(code))
        assert ("Late som" in stored, "Flere benker" in stored) == (False, True)
        assert [] == noted
        await rooms.act(code, commands.RedactAnswer(id=answer_id("real")))
        assert [(code, answer_id("real"))] == noted
    await journal.close()


@pytest.mark.skipif(os.name == "nt", reason="there are no such rights")
def test_what_was_deleted_is_for_this_user_to_read(tmp_path):
    """
    Codes and ids of deleted answers are nobody else's business, also in a file that an earlier version made.
    """
    Deletions(tmp_path).note("25054015", "a" * 32)
    assert 0o600 == (tmp_path / FILE).stat().st_mode & 0o777
    (tmp_path / FILE).chmod(0o644)
    Deletions(tmp_path).note("25054015", "b" * 32)
    assert 0o600 == (tmp_path / FILE).stat().st_mode & 0o777
