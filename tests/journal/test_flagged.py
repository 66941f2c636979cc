"""What waits for its flags waits on every worker and after every start, in whichever store."""

from live.events import AnswerMasked
from live.rules import SendAnswer, commands
from live.runtime import Registry
from live.runtime.replay import load
from live.transport.hub import CONSOLE, PHONE, SCREEN
from tests.meeting import JOIN, answer_id, one
from tests.runtime.test_registry import HandClock

NUMBER = "Ring 91 23 45 67"


async def test_a_flagged_answer_is_on_no_face_before_it_is_released_and_after_a_start_neither(journal):
    """
    Waiting, released, with names hidden, and taken by a muting: each is as it was when the room is built again.
    """
    async with Registry(journal, HandClock(), lambda code: JOIN) as rooms:
        code = (await rooms.open(one("open", "id=a many=9"))).code
        await rooms.act(code, commands.Start(activity="a"))
        for name in ("waits", "released", "masked", "muted"):
            ack = await rooms.command(code, SendAnswer(f"p-{name}", answer_id(name), "a", f"{NUMBER} {name}"))
            assert "saved" == ack.status
        await rooms.act(code, commands.ReleaseAnswers(answers={answer_id("released"): 1}))
        await rooms.act(code, commands.MaskAnswer(id=answer_id("masked")))
        await rooms.act(code, commands.MutePhone(id=answer_id("muted")))
        await rooms.act(code, commands.Close())
        await rooms.act(code, commands.Reveal())
        faces = {face: str(rooms.frames.frame(code, face)) for face in (PHONE, SCREEN, CONSOLE)}
    for face in (PHONE, SCREEN):
        assert [] == [name for name in ("waits", "muted") if f"{NUMBER} {name}" in faces[face]]
    assert f"{NUMBER} released" in faces[SCREEN]
    assert "Ring … masked" in faces[SCREEN]
    assert f"{NUMBER} waits" in faces[CONSOLE], "whoever decides reads it"
    state = (await load(journal, code)).activities["a"]
    assert {f"{NUMBER} released", "Ring … masked"} == {one.text for one in state.counted_among()}
    assert ([answer_id("waits")], 3) == (list(state.waiting), state.turnout.received)


async def test_what_is_stored_of_hiding_has_none_of_the_text(journal):
    """
    So an answer that is deleted for good leaves nothing behind there.
    """
    async with Registry(journal, HandClock(), lambda code: JOIN) as rooms:
        code = (await rooms.open(one("open", "id=a many=9"))).code
        await rooms.act(code, commands.Start(activity="a"))
        await rooms.command(code, SendAnswer("p1", answer_id("x"), "a", NUMBER))
        await rooms.act(code, commands.MaskAnswer(id=answer_id("x")))
    masked = [event for _, event in await journal.read(code)][-1]
    assert AnswerMasked(at=masked.at, id=answer_id("x"), rev=1, spans=[(5, 16)]) == masked
