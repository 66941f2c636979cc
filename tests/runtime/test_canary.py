"""
What was deleted is in no file: its bytes are looked for in all that the store has written, whatever the store knows.

Every text holds a marker of plain letters, which no way of escaping changes, beside letters and signs that are escaped.
The promise (docs/personvern.md) is a day; a store of these tests wipes at once.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from live.events import AnswerWithdrawn
from live.journal import Journal
from live.journal.redis_engine import open_redis
from live.journal.sqlite import open_sqlite
from live.room import DAY_MS
from live.rules import commands, decide
from live.runtime import Registry, room_pictures
from live.runtime.room_pictures import Beside
from live.workshop.pictures import Picture
from tests.journal.redis_server import SAFE, RedisServer
from tests.meeting import JOIN, START, answer_id, one
from tests.runtime.test_registry import HandClock, said

PATIENCE_S = 60
# A store that also draws pictures of itself (RDB), and in clear, so that bytes are found if they are there.
DRAWS = ("--save", "1 1", "--rdbcompression", "no", "--auto-aof-rewrite-percentage", "0")


def canary() -> tuple[str, str]:
    """A text, and the marker in it: letters only, because digits by chance are a phone number, and flagged."""
    marker = f"kanarifugl{''.join(secrets.choice('abcdefghij') for _ in range(32))}"
    return f'«Bjørg» bor i "{marker}"\n\tog vil bli hørt', marker


def standing(folder: Path, marker: str) -> set[str]:
    """Files in which it stands, whether or not the store knows of it; a file may go while it is looked for."""
    found = set()
    for path in folder.rglob("*"):
        try:
            if path.is_file() and marker.encode() in path.read_bytes():
                found.add(path.name)
        except FileNotFoundError:
            continue
    return found


async def until(folder: Path, marker: str, *, there: set[str]) -> None:
    """Until it stands in files whose names begin so, and in no others."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            found = standing(folder, marker)
            if {next((name for name in there if file.startswith(name)), file) for file in found} == there:
                return
            await asyncio.sleep(0.02)


@asynccontextmanager
async def in_sqlite(folder: Path) -> AsyncIterator[tuple[Journal, set[str]]]:
    journal = await open_sqlite(folder, wipe_after_s=0)
    try:
        yield journal, {"innspill.db-wal"}
    finally:
        await journal.close()


@asynccontextmanager
async def in_redis(folder: Path) -> AsyncIterator[tuple[Journal, set[str]]]:
    async with RedisServer(folder, (*SAFE, *DRAWS)) as server:
        journal = await open_redis(server.url, wipe_after_s=0.01)
        try:
            yield journal, {"appendonly.aof", "dump.rdb"}
        finally:
            await journal.close()


@pytest.mark.parametrize("store", [in_sqlite, in_redis])
async def test_what_was_deleted_is_found_before_and_in_no_file_after(tmp_path, store):
    """
    An answer and what it said before it was changed, an answer whose word was merged, and, when its day has come, all
    of the meeting: question, themes, promises and names. What nobody deleted stays.
    """
    folder = tmp_path / "data"
    clock = HandClock()
    (first, was), (second, is_), (word, merged), (question, asked), (kept, stays) = (canary() for _ in range(5))
    async with store(folder) as (journal, files), Registry(journal, clock, lambda code: JOIN) as rooms:
        whole = one("open", "id=a many=9").replace("Skriv det dere tenker.", question)
        code, other = (await rooms.open(whole)).code, (await rooms.open(one("open", "id=a many=9"))).code
        for each in (code, other):
            await rooms.act(each, commands.Start(activity="a"))
        await rooms.command(code, said(name="x", text=first))
        await rooms.command(code, said(name="x", text=second, rev=2))
        await rooms.command(code, said(name="y", text=word))
        await rooms.act(code, commands.ReleaseAnswers(answers={answer_id("y"): 1}))
        await rooms.act(code, commands.MergeWords(words=[merged, "hørt"]))
        await rooms.act(code, commands.MakePromise(text=question, who=asked))
        await rooms.command(other, said(text=kept))
        for marker in (was, is_, merged, asked, stays):
            await until(folder, marker, there=files)

        await rooms.act(code, commands.RedactAnswer(id=answer_id("x")))
        await rooms.act(code, commands.RedactAnswer(id=answer_id("y")))
        for marker in (was, is_, merged):
            await until(folder, marker, there=set())
        assert standing(folder, asked)

        await rooms.edit(other, one("open", "id=a many=9").replace("language:", "delete-after: 365\nlanguage:"))
        clock.at += 90 * DAY_MS
        await rooms.housekeeping.purge()
        await until(folder, asked, there=set())
        assert standing(folder, stays)
    assert {marker for marker in (was, is_, merged, asked) if standing(folder, marker)} == set()
    assert standing(folder, stays)


@pytest.mark.parametrize("store", [in_sqlite, in_redis])
async def test_what_a_process_left_behind_is_gone_soon_after_the_next_start(tmp_path, store):
    """
    It ended after it had recorded that an answer was withdrawn and before it had removed the text. Nobody opens that
    meeting any more; its text is found all the same, and that of an answer that nobody withdrew stays.
    """
    folder = tmp_path / "data"
    (gone, marker), (kept, stays) = canary(), canary()
    async with store(folder) as (journal, _):
        async with Registry(journal, HandClock(), lambda code: JOIN) as rooms:
            code = (await rooms.open(one("open", "id=a many=9"))).code
            await rooms.act(code, commands.Start(activity="a"))
            await rooms.command(code, said(name="x", text=gone))
            await rooms.command(code, said(name="y", text=kept))
            step = (await rooms.get(code)).step
        await journal.append(code, [AnswerWithdrawn(at=START, id=answer_id("x"), rev=2)], step=step)
        assert standing(folder, marker)
        noted: list[tuple[str, str]] = []
        clock = HandClock()
        clock.at += 60_000
        async with Registry(journal, clock, lambda code: JOIN, note_deleted=lambda *pair: noted.append(pair)):
            await until(folder, marker, there=set())
        assert [(code, answer_id("x"))] == noted
        assert standing(folder, stays)


@pytest.mark.parametrize("store", [in_sqlite, in_redis])
async def test_a_theme_that_was_named_after_an_answer_loses_its_name_with_it(tmp_path, store):
    """
    A suggestion took its name from what was said, then the facilitator renamed, removed and brought back. Deleted for
    good or taken back by its sender, in one batch with another that has the same word, or between two starts: the name
    is in no file, in no export, and undoing does not bring it back. A name that others' words stand for stays.
    """
    folder = tmp_path / "data"
    redacted, taken_back, other, why = (canary()[1] for _ in range(4))
    clock = HandClock()
    async with store(folder) as (journal, files):
        async with Registry(journal, clock, lambda code: JOIN) as rooms:
            code = (await rooms.open(one("open", "id=a many=9"))).code
            await rooms.act(code, commands.Start(activity="a"))
            texts = {
                "x": f"{redacted} nå", "y": f"{taken_back} og buss", "z": f"{taken_back} og tog",
                "u": "Lys om kvelden", "v": "Mer lys", "w": f"Lys hos {other}",
            }  # fmt: skip
            for name, text in texts.items():
                await rooms.command(code, said(name=name, text=text, phone=name))
            await rooms.act(code, commands.Close())
            suggested = {redacted: "x", taken_back: "yz", "Lys": "uvw"}
            for name, of in suggested.items():
                ids = [answer_id(one) for one in of]
                await rooms.act(code, commands.AcceptSuggestion(activity="a", ids=ids, name=name))
            themes = {theme.name: theme.id for theme in (await rooms.get(code)).themes_of("a")}
            await rooms.act(code, commands.RenameTheme(activity="a", theme=themes[redacted], name="Noe"))
            await rooms.act(code, commands.UndoGrouping(activity="a"))
            await rooms.act(code, commands.RemoveTheme(activity="a", theme=themes[redacted]))
            await rooms.act(code, commands.HideAnswer(id=answer_id("w"), reason=f"Nevner {other}"))
            await rooms.act(code, commands.GiveReason(id=answer_id("w"), reason=f"Nevner {other}: {why}"))
            for marker in (redacted, taken_back, other, why):
                await until(folder, marker, there=files)

            await rooms.act(code, commands.RedactAnswer(id=answer_id("x")))
            await rooms.act(code, commands.RedactAnswer(id=answer_id("w")))
            await asyncio.gather(*(
                rooms.command(code, commands.WithdrawAnswer(id=answer_id(name), rev=2, phone=name)) for name in "yz"
            ))  # fmt: skip
            for marker in (redacted, taken_back, other, why):
                await until(folder, marker, there=set())
            room = await rooms.get(code)
            assert {"Tema 2", "Lys"} == {theme.name for theme in room.themes_of("a")}
            await rooms.act(code, commands.UndoGrouping(activity="a"))  # the theme that was removed is there again
            names = [theme.name for theme in (await rooms.get(code)).themes_of("a")]
            assert ["Tema 1", "Tema 2", "Lys"] == names
        async with Registry(journal, clock, lambda code: JOIN) as rooms:
            assert names == [theme.name for theme in (await rooms.get(code)).themes_of("a")]
    assert {marker for marker in (redacted, taken_back, other, why) if standing(folder, marker)} == set()


@pytest.mark.parametrize("store", [in_sqlite, in_redis])
async def test_a_name_that_a_process_left_behind_is_gone_soon_after_the_next_start(tmp_path, store):
    folder = tmp_path / "data"
    _, marker = canary()
    clock = HandClock()
    async with store(folder) as (journal, _):
        async with Registry(journal, clock, lambda code: JOIN) as rooms:
            code = (await rooms.open(one("open", "id=a many=9"))).code
            await rooms.act(code, commands.Start(activity="a"))
            await rooms.command(code, said(name="x", text=f"{marker} nå"))
            await rooms.act(code, commands.AcceptSuggestion(activity="a", ids=[answer_id("x")], name=marker))
            room = await rooms.get(code)
            gone = decide(room, commands.RedactAnswer(id=answer_id("x")), START)
        await journal.append(code, gone, step=room.step)
        await journal.redact(code, answer_id("x"))  # it ended between the answer and the name
        assert standing(folder, marker)
        clock.at += 60_000
        async with Registry(journal, clock, lambda code: JOIN) as rooms:
            await until(folder, marker, there=set())
        async with Registry(journal, clock, lambda code: JOIN) as rooms:
            assert ["Tema 1"] == [theme.name for theme in (await rooms.get(code)).themes_of("a")]


@pytest.mark.parametrize("store", [in_sqlite, in_redis])
async def test_pictures_are_in_no_file_once_their_meeting_or_they_are_gone(tmp_path, store):
    """Their names too, which people may have given after somebody. Those of another meeting stay."""
    folder = tmp_path / "data"
    clock = HandClock()
    (_, gone), (_, replaced), (_, name), (_, stays) = (canary() for _ in range(4))

    def picture(hash: str) -> Picture:
        return Picture(hash * 32, 1920, 1080, 720, 2)

    async with store(folder) as (journal, files), Registry(journal, clock, lambda code: JOIN) as rooms:
        code, _ = [
            (
                await rooms.open(
                    one("open"),
                    Beside(pictures={f"{called}.png": picture("a")}, files={picture("a").files[0]: body.encode()}),
                )
            ).code
            for called, body in ((name, replaced), ("kart", stays))
        ]
        for marker in (name, replaced, stays):
            await until(folder, marker, there=files)
        await room_pictures.add(rooms, code, {f"{name}.png": picture("b")}, {picture("b").files[0]: gone.encode()})
        await until(folder, replaced, there=set())
        assert standing(folder, gone)
        await rooms.delete(code)
        for marker in (gone, name):
            await until(folder, marker, there=set())
        assert standing(folder, stays)
    assert {marker for marker in (gone, name, replaced) if standing(folder, marker)} == set()
    assert standing(folder, stays)
