"""What only the SQLite engine has: a lock, a process that may be killed, a disk that fills, bytes to be wiped."""

import asyncio
import random
import stat
import struct
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from live.errors import StorageFailed, StoreBusy
from live.events import WorkshopSet
from live.journal.sqlite import FILE, open_sqlite
from tests.journal.child import AT_ONCE, batch
from tests.journal.facts import BEGUN, CODE, OTHER, begin, changed, numbered, sent
from tests.meeting import START, answer_id

ROOT = Path(__file__).parents[2]
CANARY = "Kanarifugl-i-Nordre-gate-7"


@contextmanager
def child(*arguments):
    """A process that has the store open; killed, not asked, at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.journal.child", *map(str, arguments)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


# -- one process --------------------------------------------------------------------------------------------


async def test_the_store_is_one_process_only(folder):
    """Started twice by mistake: the second says so at once, and the meeting in the first goes on."""
    with child("held", folder) as first:
        assert "held\n" == first.stdout.readline()
        with pytest.raises(StoreBusy):
            await open_sqlite(folder)
    journal = await open_sqlite(folder)
    await journal.close()


async def test_the_store_is_opened_once_only(folder):
    journal = await open_sqlite(folder)
    with pytest.raises(StoreBusy):
        await open_sqlite(folder)

    await begin(journal)
    await journal.close()
    journal = await open_sqlite(folder)
    assert numbered(BEGUN) == await journal.read(CODE)
    await journal.close()


async def test_a_file_that_is_no_store_is_left_as_it_is(folder):
    """The wrong folder was named: it is told, nothing there is overwritten, and the folder is free again."""
    folder.mkdir()
    (folder / FILE).write_bytes(b"Referat fra bymiljoutvalget. " * 200)
    for _ in range(2):
        with pytest.raises(StorageFailed):
            await open_sqlite(folder)
    assert b"Referat fra bymiljoutvalget. " * 200 == (folder / FILE).read_bytes()


async def test_after_closing_nothing_is_taken(folder):
    """A late answer gets no receipt for what is not on disk, and is not left waiting."""
    journal = await open_sqlite(folder)
    step = await begin(journal)
    await journal.close()

    async with asyncio.timeout(60):
        with pytest.raises(StorageFailed):
            await journal.append(CODE, [sent("a")], step=step)
        with pytest.raises(StorageFailed):
            await journal.read(CODE)


async def test_what_waits_when_the_store_closes_is_recorded(folder):
    """Stopped in the middle of the rush: everyone who was in the door gets a receipt, and it is kept."""
    journal = await open_sqlite(folder)
    step = await begin(journal)
    letters = [[sent(f"{n}/{m}") for m in range(40)] for n in range(300)]
    sending = asyncio.gather(*(journal.append(CODE, letter, step=step) for letter in letters))
    await asyncio.sleep(0)  # they have begun
    await journal.close()
    assert 300 == len(await sending)

    journal = await open_sqlite(folder)
    assert 1 + 300 * 40 == len(await journal.read(CODE))
    await journal.close()


async def test_nobody_else_on_the_machine_can_read_the_answers(folder):
    journal = await open_sqlite(folder)
    await begin(journal)
    await journal.redact(CODE, answer_id("a"))

    modes = {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in folder.iterdir()}
    await journal.close()

    assert dict.fromkeys((FILE, f"{FILE}-wal", f"{FILE}-shm", "innspill.lock"), "0o600") == modes
    assert "0o700" == oct(stat.S_IMODE(folder.stat().st_mode))


# -- one commit for many ------------------------------------------------------------------------------------


def commits(folder: Path) -> int:
    """
    Commits in the WAL.

    Source: https://www.sqlite.org/fileformat2.html#the_write_ahead_log (a frame that ends a commit tells the size of
        the database; frames with another salt are left from before).
    """
    wal = (folder / f"{FILE}-wal").read_bytes()
    page_size, salt = struct.unpack_from(">I", wal, 8)[0], wal[16:24]
    frames = range(32, len(wal), 24 + page_size)
    return sum(wal[at + 4 : at + 8] != bytes(4) and wal[at + 8 : at + 16] == salt for at in frames)


async def test_a_hall_that_sends_at_once_waits_for_few_commits(folder):
    """Three hundred phones in one second: each waits for the disk a handful of times, not three hundred."""
    journal = await open_sqlite(folder)
    step = await begin(journal)
    before = commits(folder)
    await journal.append(CODE, [sent("alone")], step=step)
    assert before + 1 == commits(folder)

    await asyncio.gather(*(journal.append(CODE, [sent(str(n))], step=step) for n in range(300)))

    assert 30 > commits(folder) - before
    await journal.close()


# -- a life that is taken -----------------------------------------------------------------------------------


async def test_every_ack_outlives_kill_9(folder):
    """
    The server is killed in the middle of the rush, five times. Whoever saw «received» is on the wall afterwards.

    No append is there in part or twice, and the positions have no gap.
    """
    journal = await open_sqlite(folder)
    await begin(journal)
    await journal.close()
    acks = {}
    for life in range(5):
        with child("burst", folder, life) as phones:
            lines = [phones.stdout.readline() for _ in range(100 + 37 * life)]
            phones.kill()
            lines += phones.stdout.readlines()
        assert all(line.endswith("\n") for line in lines)
        acks |= {name: int(position) for name, position in map(str.split, lines)}

        journal = await open_sqlite(folder)
        stored = await journal.read(CODE)
        assert len(stored) == (await journal.top(CODE)).position
        await journal.close()

        assert list(range(1, len(stored) + 1)) == [position for position, _ in stored]
        at = {event.key: position for position, event in stored}
        assert len(at) == len(stored)
        for name, position in acks.items():
            positions = [at[event.key] for event in batch(name)]
            assert list(range(position - AT_ONCE + 1, position + 1)) == positions
        assert 0 == (len(stored) - 1) % AT_ONCE


# -- a disk that fills --------------------------------------------------------------------------------------


async def test_a_full_disk_is_told_and_heals(folder):
    """
    No receipt is given for what did not fit, and what was received can still be read.

    Once there is room the phones' next try goes through, without a restart.
    """
    journal = await open_sqlite(folder)
    await begin(journal)
    await journal.close()

    with child("full", folder) as disk:
        lines = [line.split() for line in disk.stdout]
    assert 0 == disk.wait()

    recorded = [n for what, n, _ in lines if what == "recorded"]
    failed = [n for what, n, _ in lines if what == "failed"]
    assert 3 == len(failed)
    assert 5 < len(recorded)
    assert ["again", failed[-1]] == lines[-1][:2]
    for what, _, readable in lines[:-1]:  # also while the disk is full
        assert what == "recorded" or int(readable) >= 1 + AT_ONCE * len(recorded)

    journal = await open_sqlite(folder)
    stored = await journal.read(CODE)
    await journal.close()
    here = [event.key for _, event in stored[1:]]
    assert list(range(1, len(stored) + 1)) == [position for position, _ in stored]
    assert len(set(here)) == len(here)
    for n in [*recorded, failed[-1]]:
        assert {event.key for event in batch(n)} <= set(here)
    for n in failed:  # not known whether it is there, but never half of it
        assert len({event.key for event in batch(n)} & set(here)) in {0, AT_ONCE}


# -- bytes that must go -------------------------------------------------------------------------------------


def files_with(folder: Path, text: str = CANARY) -> list[str]:
    """Files in which *text* stands, whether or not the store knows of it."""
    return sorted(path.name for path in folder.iterdir() if text.encode() in path.read_bytes())


HOUSE = [CODE, "35054015", "45054015", "55054015", "65054015"]  # rooms side by side in the file


async def said_all_over(journal) -> list[tuple[str, str]]:
    """
    Rooms that grow together, so that pages split and leave old copies behind; (code, name) of each answer.

    Each of these orders leaves a few copies that blanking row by row, `secure_delete` and an empty WAL do not reach.
    """
    chance = random.Random(1)
    for code in HOUSE:
        await begin(journal, code)
    said = [(chance.choice(HOUSE), f"canary {n}", f"{CANARY} " * chance.choice([4, 12, 36])) for n in range(800)]
    await asyncio.gather(*(journal.append(code, [sent(name, text)], step=1) for code, name, text in said))
    return [(code, name) for code, name, _ in said]


async def redact_all(journal, said: list[tuple[str, str]]) -> None:
    await asyncio.gather(*(journal.redact(code, answer_id(name)) for code, name in said))


async def wiped(journal) -> None:
    """The wipe is asked for in the next turn of the loop, and done before what is written after that."""
    await journal.secret("one", b"")
    await journal.secret("two", b"")


async def test_redacted_text_is_in_no_file(folder):
    """Somebody's name and address, taken out: whoever gets hold of the disk does not find it."""
    journal = await open_sqlite(folder, wipe_after_s=0)
    said = await said_all_over(journal)
    code, name = said[0]
    await journal.append(code, [changed(name, 2, CANARY), sent("b", "Lytt før dere bestemmer")], step=1)
    assert [] != files_with(folder)

    await redact_all(journal, said)
    await wiped(journal)

    assert [] == files_with(folder)
    assert [FILE] == files_with(folder, "Lytt før dere bestemmer")
    assert 800 + 2 + len(HOUSE) == sum([len(await journal.read(code)) for code in HOUSE])
    await journal.close()
    assert [] == files_with(folder)


async def test_a_deleted_room_is_in_no_file(folder):
    """The meeting is over and forgotten: no answer, no question, no key of it is on the disk."""
    journal = await open_sqlite(folder, wipe_after_s=0)
    await begin(journal, OTHER)
    await said_all_over(journal)
    await journal.append(CODE, [WorkshopSet(at=START, text=f"## {CANARY}?")], step=1)
    await journal.add_key(f"{CANARY}-key", code=CODE, right="screen", at=START)
    await journal.set_due(CODE, f"{CANARY}-due", START)
    assert [] != files_with(folder)

    for code in HOUSE:
        await journal.delete(code)
    await wiped(journal)

    assert [] == files_with(folder)
    assert [[]] * len(HOUSE) == [files_with(folder, code) for code in HOUSE]
    assert numbered(BEGUN) == await journal.read(OTHER)
    await journal.close()
    assert [] == files_with(folder)


async def test_closing_wipes_at_once(folder):
    """Stopped within the hour that wiping may wait: nothing is left lying on a laptop that is packed away."""
    journal = await open_sqlite(folder)
    await redact_all(journal, await said_all_over(journal))
    await journal.close()

    assert [] == files_with(folder)


@pytest.mark.parametrize("what", [("redacted", "canary"), ("deleted",)], ids=" ".join)
async def test_what_was_blanked_before_kill_9_is_wiped_at_the_next_start(folder, what):
    """The server was killed before the wipe. The text does not lie there for good because of that."""
    journal = await open_sqlite(folder)
    await begin(journal)
    await journal.append(CODE, [sent("canary", CANARY), changed("canary", 2, f"{CANARY} 9000 Tromsø")], step=1)
    await journal.close()
    with child(what[0], folder, *what[1:]) as blanked:
        assert f"{what[0]}\n" == blanked.stdout.readline()
    assert [] != files_with(folder)

    journal = await open_sqlite(folder)
    assert [] == files_with(folder)
    await journal.close()


async def test_blanked_again_and_again(folder):
    """A second name, taken out while the first still waits to be wiped, and a third after that."""
    journal = await open_sqlite(folder, wipe_after_s=0)
    await begin(journal)
    for n in range(3):
        await journal.append(CODE, [sent(f"a{n}", f"{CANARY} {n}"), sent(f"b{n}", f"{CANARY} {n}")], step=1)
        await journal.redact(CODE, answer_id(f"a{n}"))
        await journal.redact(CODE, answer_id(f"b{n}"))
    await wiped(journal)

    assert [] == files_with(folder)
    await journal.close()
