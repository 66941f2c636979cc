"""Large files are written by a copy of the process."""

import asyncio

import pytest

from live import exports
from live.runtime.processes import export_process
from tests.meeting import Meeting, answer_id, one


def large() -> Meeting:
    at = Meeting(one("open", "id=a many=1000"))
    at.act("start", activity="a")
    for n in range(export_process.SMALL + 1):
        at.answer(f"{n % 9:032x}", f"{n}", "a", f"Blåbærtur nummer {n}")
    return at


async def test_the_file_is_the_one_that_would_have_been_written_here():
    """
    As the room was when it was asked for, whatever happened since.
    """
    at = large()
    before = {form: exports.export(at.room, form) for form in ("xlsx", "csv", "json")}
    content = exports.content_hash(exports.take_snapshot(at.room, withheld=False, rehearsal=False))
    writing = {form: asyncio.ensure_future(export_process.write(at.room, form)) for form in before}
    await asyncio.sleep(0)
    at.act("hide_answer", id=answer_id("7"), reason="navn")
    for form, made in writing.items():
        assert (before[form], content) == await made


async def test_a_small_file_is_that_of_the_moment_too():
    """
    It is written beside the meeting, in which a rehearsal is cleared meanwhile, with its activities and answers.
    """
    at = Meeting(one("open", "id=a many=1000"))
    at.act("rehearse", n=5)
    at.act("start", activity="a")
    at.act("ask", kind="open", question="Hva mer?", id="mer")
    for n in range(20):
        at.answer(f"rehearsal-{n % 5}", f"{n}", "a", f"Blåbærtur nummer {n}")
    before = {form: exports.export(at.room, form, rehearsal=True) for form in ("xlsx", "csv", "json", "html")}
    writing = {form: asyncio.ensure_future(export_process.write(at.room, form, rehearsal=True)) for form in before}
    await asyncio.sleep(0)
    at.act("clear_rehearsal")
    assert not at.room.activities["a"].answers
    for form, made in writing.items():
        assert before[form] == (await made)[0]


async def test_the_sheet_is_the_one_that_would_have_been_written_here():
    at = large()
    here = exports.SHEETS["html"](exports.take_snapshot(at.room, withheld=False, rehearsal=False), "https://x.no", "a")
    writing = asyncio.ensure_future(export_process.write_sheet(at.room, "html", "https://x.no", "a"))
    await asyncio.sleep(0)
    at.act("hide_answer", id=answer_id("7"), reason="navn")
    assert here == await writing


async def test_what_goes_wrong_in_the_copy_is_told():
    with pytest.raises(RuntimeError, match="no file was made: KeyError"):
        await export_process.write(large().room, "doc")


async def test_nobody_waits_for_a_file_any_more():
    writing = asyncio.ensure_future(export_process.write(large().room, "pdf"))
    await asyncio.sleep(0)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
