"""Downloads: the sheet of a big room keeps nobody waiting."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from live.rules import SendAnswer
from live.runtime.processes import export_process
from tests.meeting import answer_id, one
from tests.web.edge import bearer, serving

WORKS_OUT = ("snapshot.py", "sheet.py", "layout.py", "report_document.py")


@contextmanager
def modules_run_here() -> Iterator[set[str]]:
    """The names of the files of `live/exports/` whose functions run in this thread, which is the event loop's."""
    seen: set[str] = set()

    def note(frame, event, argument) -> None:
        path = Path(frame.f_code.co_filename)
        if event == "call" and "exports" in path.parts and frame.f_code.co_name not in ("policy", "style"):  # headers
            seen.add(path.name)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield seen
    finally:
        sys.setprofile(before)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no fork, and the snapshot is taken here")
async def test_others_are_served_while_the_sheet_of_a_big_room_is_made(tmp_path):
    """
    Nothing of it is worked out in the thread that serves.
    """
    async with serving(tmp_path) as edge:
        opened = await edge.open(one("open", "id=a many=1000"))
        await edge.act(opened, "start", activity="a")
        answers = [
            SendAnswer(f"{n % 9:032x}", answer_id(f"{n}"), "a", f"Blåbærtur {n}")
            for n in range(export_process.SMALL + 1)
        ]
        await asyncio.gather(*(edge.rooms.command(opened.code, answer) for answer in answers))
        place, served = f"/api/rooms/{opened.code}/sheet.html", 0
        with modules_run_here() as seen:
            making = asyncio.ensure_future(edge.get(place, headers=bearer(opened.facilitator_key)))
            while not making.done():
                assert 200 == (await edge.get("/healthz")).status_code
                served += 1
                await asyncio.sleep(0)  # without a socket between, nothing in a request waits
        page = await making

    assert served
    assert set() == seen & set(WORKS_OUT)
    assert 200 == page.status_code
    assert f"Svar: {len(answers)}" in page.text
    assert "Blåbærtur" in page.text
