"""A store made by the first version is opened by this one, with the same content, and goes on."""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from live import exports
from live.errors import StoreUnfit
from live.events import AnswerSent
from live.journal.sqlite import FILE, open_sqlite
from live.journal.sqlite_migrations import MIGRATIONS, VERSION, copies, version_of
from live.rules import SendAnswer, commands
from live.runtime import Registry, backup
from live.runtime.replay import load
from tests.meeting import JOIN, answer_id
from tests.runtime.test_registry import HandClock

STORES = Path(__file__).parent / "stores"
FIRST = STORES / "first.sql"
CODE = "52339578"
WHAT = (  # a store holds, of which nothing may change
    "select code, position, key, body from events order by code, position",
    "select code, epoch, created_at, position, step from rooms order by code",
    "select hash, code, right, at from keys order by hash",
    "select code, what, at from due order by code, what",
    "select name, value from secrets order by name",
)
CUT = """
import os, resource, signal, sqlite3, sys
from pathlib import Path
from live.journal import sqlite_migrations

file, how, at = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
if how == "full":  # no file may grow past so many bytes
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (at, at))
else:  # its life is taken after so many statements of the change
    words, plain = sqlite_migrations.MIGRATIONS[1].split(";"), sqlite3.connect
    sqlite_migrations.MIGRATIONS[1] = ";".join([*words[:at], " select die()", *words[at:]])

    def connect(*args, **kwargs):
        connection = plain(*args, **kwargs)
        connection.create_function("die", 0, lambda: os.kill(os.getpid(), 9))
        return connection

    sqlite3.connect = connect
sqlite_migrations.migrate(file)
"""


def first(folder: Path) -> Path:
    """The store as that version left it."""
    store = sqlite3.connect(folder / FILE)
    store.executescript(FIRST.read_text("utf-8"))
    store.close()
    return folder / FILE


def digest(path: Path) -> str:
    """A hash of all that the store holds; fails if the store is damaged."""
    with contextlib.closing(sqlite3.connect(path)) as store:
        assert "ok" == store.execute("pragma integrity_check").fetchone()[0]
        return sha256(repr([store.execute(one).fetchall() for one in WHAT]).encode()).hexdigest()


@pytest.fixture
async def journal(tmp_path):
    first(tmp_path)
    journal = await open_sqlite(tmp_path, wipe_after_s=0)
    yield journal
    await journal.close()


async def test_the_content_of_the_first_store_is_unchanged(journal):
    room = await load(journal, CODE)
    assert ("ended", "Første møte", 26) == (room.state, room.workshop.title, room.position)
    written, chosen = room.activities["viktigst"], room.activities["enig"]
    assert {
        "Flere benker ved elva": "P001",
        "Buss om kvelden, også i helgene": "P002",
        "Møteplasser for ungdom": "P003",
    } == {
        answer.text: room.people.alias(answer.phone)
        for answer in written.answers.values()
        if answer.counted and answer.phone
    }
    assert {"Skal ikke stå her": "Navn på en person"} == {
        answer.text: answer.hidden for answer in written.answers.values() if answer.hidden is not None
    }
    assert [("Skrevet på papir", 3)] == [
        (one.text, one.heads) for one in written.answers.values() if one.via == "paper"
    ]
    assert (4, 1, 7) == (written.counted, written.withheld, room.people.people_behind(written))
    assert [["a"]] == [answer.value for answer in chosen.answers.values()]
    exported = json.loads(exports.write(exports.take_snapshot(room, withheld=True, rehearsal=False), "json"))
    assert 6 == len(exported["answers"])


async def test_it_goes_on_where_it_was(journal):
    async with Registry(journal, HandClock(), lambda code: JOIN) as rooms:
        await rooms.act(CODE, commands.Back())
        await rooms.act(CODE, commands.Start(activity="viktigst"))
        command = SendAnswer("f" * 32, answer_id("new"), "viktigst", "Lys i gata")
        assert "saved" == (await rooms.command(CODE, command)).status
    assert "Lys i gata" in {
        answer.text for answer in (await load(journal, CODE)).activities["viktigst"].answers.values()
    }


async def test_what_that_version_showed_stays_shown_and_only_what_comes_now_waits(journal):
    """
    A flagged answer from before flagged ones waited is in the results, and goes on to be; a new round holds new ones.
    """
    room = await load(journal, CODE)
    before = AnswerSent(at=room.opened_at, activity="viktigst", id=answer_id("b"), phone="f" * 32, text="Ring 91234567")
    await journal.append(CODE, [before], step=room.step)
    assert 5 == (await load(journal, CODE)).activities["viktigst"].counted
    async with Registry(journal, HandClock(), lambda code: JOIN) as rooms:
        await rooms.act(CODE, commands.Back())
        await rooms.act(CODE, commands.Start(activity="viktigst"))
        await rooms.command(CODE, SendAnswer("e" * 32, answer_id("new"), "viktigst", "Ring 99887766"))
    state = (await load(journal, CODE)).activities["viktigst"]
    assert "Ring 91234567" in {answer.text for answer in state.counted_among()}
    assert ([answer_id("new")], 5) == (list(state.waiting), state.counted)


async def test_a_copy_is_made_first_and_every_event_is_carried_over(tmp_path):
    before = digest(first(tmp_path))
    await (await open_sqlite(tmp_path)).close()
    (copy,) = copies(tmp_path / FILE)
    assert before == digest(tmp_path / FILE) == digest(copy)
    assert 0o600 == copy.stat().st_mode & 0o777
    with contextlib.closing(sqlite3.connect(tmp_path / FILE)) as new, contextlib.closing(sqlite3.connect(copy)) as old:
        assert (VERSION, 1) == (version_of(new), version_of(old))
    await (await open_sqlite(tmp_path)).close()
    assert [copy] == copies(tmp_path / FILE)


async def test_an_answer_from_before_is_known_when_it_is_sent_again(journal):
    room = await load(journal, CODE)
    sent = [event for _, event in await journal.read(CODE) if isinstance(event, AnswerSent)]
    again = next(event for event in sent if (event.text or "").startswith("Flere benker"))
    assert {again.key} == (await journal.append(CODE, [again], step=room.step)).duplicates


async def test_text_that_is_deleted_for_good_takes_the_copy_along(journal, tmp_path):
    """
    Otherwise the copy would still have the text, long after the time it was promised to be deleted.
    """
    secret = b"Buss om kvelden"
    room = await load(journal, CODE)
    (id,) = [id for id, one in room.activities["viktigst"].answers.items() if "Buss om kvelden" in (one.text or "")]
    assert any(secret in file.read_bytes() for file in copies(tmp_path / FILE))
    await journal.redact(CODE, id)
    await journal.close()
    assert [] == copies(tmp_path / FILE)
    assert not any(secret in file.read_bytes() for file in tmp_path.iterdir())


async def test_an_old_copy_is_deleted(tmp_path):
    first(tmp_path)
    await (await open_sqlite(tmp_path)).close()
    (copy,) = copies(tmp_path / FILE)
    os.utime(copy, (1, 1))
    await (await open_sqlite(tmp_path)).close()
    assert [] == copies(tmp_path / FILE)


@pytest.mark.parametrize("spoilt", ["no place for a copy", "in the middle"])
async def test_a_store_that_cannot_be_upgraded_stays_as_it_was(tmp_path, spoilt):
    """
    The error is a sentence; and when the cause is removed, the upgrade succeeds.
    """
    path = first(tmp_path)
    before = digest(path)
    if spoilt == "in the middle":
        with contextlib.closing(sqlite3.connect(path)) as store:
            store.execute("create table fresh (x)")
    else:
        (tmp_path / f"{FILE}.before-{VERSION}.part").mkdir()
    with pytest.raises(StoreUnfit, match="It is as it was"):
        await open_sqlite(tmp_path)
    assert before == digest(path)
    with contextlib.closing(sqlite3.connect(path)) as store:
        assert 1 == version_of(store)
        store.execute("drop table if exists fresh")
    for folder in tmp_path.glob("*.part"):
        folder.rmdir()
    await (await open_sqlite(tmp_path)).close()
    assert before == digest(path)


@pytest.mark.parametrize(
    ("how", "at"), [("full", 0.9), ("full", 1.2), ("dies", 1), ("dies", 2), ("dies", 4)],
    ids=["room for most of the copy", "room for no more than the copy", "killed", "killed", "killed at the end"],
)  # fmt: skip
async def test_an_interrupted_upgrade_leaves_the_store_as_it_was(tmp_path, how, at):
    """
    The disk fills, or the process is killed in the middle. Nothing is lost, and the next try succeeds.
    """
    path = first(tmp_path)
    with contextlib.closing(sqlite3.connect(path)) as store, store:
        rows = [("11112222", n, f"k{n}", None, b"{}" * 500) for n in range(300)]
        store.executemany("insert into events values (?, ?, ?, ?, ?)", rows)
    before = digest(path)
    most = int(at * path.stat().st_size) if how == "full" else at
    ended = subprocess.run(  # noqa: ASYNC221
        [sys.executable, "-c", CUT, path, how, str(most)], capture_output=True, text=True, cwd=STORES.parents[1]
    )
    assert ended.returncode == (1 if how == "full" else -9), ended.stderr
    assert ("StoreUnfit" in ended.stderr and "It is as it was" in ended.stderr) == (how == "full"), ended.stderr

    shutil.copytree(tmp_path, tmp_path / "seen")  # with its log, which whoever opens it plays back
    assert before == digest(tmp_path / "seen" / FILE)
    await (await open_sqlite(tmp_path)).close()
    (copy,) = copies(path)
    assert before == digest(path) == digest(copy)


async def test_what_was_blanked_before_is_not_in_the_copy(tmp_path):
    """
    It was blanked by the older version, which was killed before it had wiped the text from its file.
    """
    path = first(tmp_path)
    with contextlib.closing(sqlite3.connect(path)) as store:
        store.execute("pragma secure_delete = off")
        store.executescript("create table lost (text); insert into lost values ('Nesveien 7'); drop table lost;")
    assert b"Nesveien 7" in path.read_bytes()
    await (await open_sqlite(tmp_path)).close()
    (copy,) = copies(path)
    assert b"Nesveien 7" not in copy.read_bytes()


async def test_a_backup_that_the_first_version_took_is_restored(tmp_path, journal):
    other = await open_sqlite(tmp_path / "other")
    restored = await backup.restore(STORES / "first.backup", other, set())
    assert (1, 26) == (restored.rooms, restored.events)
    assert await journal.read(CODE) == await other.read(CODE)
    await other.close()


def test_every_version_has_an_upgrade_to_the_next():
    """Whoever raises VERSION also writes the upgrade to it, and a test here."""
    assert list(range(1, VERSION)) == sorted(MIGRATIONS)
