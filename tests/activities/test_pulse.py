"""The pulse: signs from phones that are counted, fade, and are stored nowhere."""

import pytest

from live.activities import SCHEMAS
from live.activities.pulse import SIGNS
from live.errors import Refused, WorkshopInvalid
from live.transport.pulses import LOST_MS, PRESS_MS, Pulses
from live.views.console import console_view
from live.views.phone import phone_view
from live.views.pulse import HALF_LIFE_MS, Pulse, signs_now
from live.views.screen import screen_view
from live.views.view import Presence
from live.workshop.editor.changes import apply
from live.workshop.editor.outline import outline
from live.workshop.editor.writer import FormChange
from tests.meeting import JOIN, Meeting, one
from tests.reading import parse
from tests.web.edge import serving

TEXT = one("open", "id=a", "Skriv.") + '\n:::puls{tegn="klapp|saktere|falt av"}\n:::\n'


class Hall:
    """Pulses with a clock that the test moves."""

    def __init__(self) -> None:
        self.now, self.touched = 0, 0
        self.pulses = Pulses(self._touch, lambda: self.now)

    def _touch(self, code: str) -> None:
        self.touched += 1

    def levels(self) -> dict[str, float]:
        return {sign: round(level, 3) for sign, level in self.pulses.show("r").levels.items()}


def test_it_is_no_step_and_holds_for_the_whole_meeting():
    meeting = Meeting(TEXT)
    assert ["a"] == [one.id for one in meeting.room.workshop.slides[0].activities]
    states = []
    for _ in range(5):
        states.append((meeting.room.state, [sign["id"] for sign in phone_view(meeting.room)["signs"]["of"]]))
        meeting.act("next")
    assert ["lobby", "idle", "write", "closed", "results"] == [state for state, _ in states]
    assert [["clap", "slower", "lost"]] * 5 == [signs for _, signs in states]
    assert [] == phone_view(meeting.room)["signs"]["of"], "the meeting has ended"


def test_without_signs_it_has_all_and_without_it_there_are_none():
    assert tuple(SIGNS) == signs_now(Meeting(TEXT.replace('{tegn="klapp|saktere|falt av"}', "")).room)
    meeting = Meeting(one("open"))
    assert () == signs_now(meeting.room)
    assert "signs" not in phone_view(meeting.room)
    assert screen_view(meeting.room, Presence(), JOIN)["pulse"] is None


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (':::pulse{signs="clap|klap"}\n:::', "did you mean"),
        (":::pulse\n:::\n:::pulse\n:::", "stands twice"),
        (":::pulse\nTekst\n:::", "takes no text"),
        (":::pulse{time=2:00}\n:::", "has no attribute"),
    ],
)
def test_what_is_written_wrong_is_said(written, says):
    with pytest.raises(WorkshopInvalid) as invalid:
        parse(one("open") + written + "\n")
    assert says in " ".join(problem.message for problem in invalid.value.problems)


def test_the_facilitator_switches_it_off_and_on():
    meeting = Meeting(TEXT)
    assert 1 == len(meeting.act("set_pulse", on=False))
    assert [] == meeting.act("set_pulse", on=False)
    assert () == signs_now(meeting.replayed())
    assert {"of": []} == phone_view(meeting.room)["signs"]
    shown = console_view(meeting.room, Presence(), JOIN, warnings=[])
    assert ({"on": False, "lost": 0, "phones": 0}, None) == (shown["signs"], shown["pulse"])
    meeting.act("set_pulse", on=True)
    assert signs_now(meeting.replayed())
    with pytest.raises(Refused, match="bad"):
        meeting.act("set_pulse")


def test_a_phone_counts_once_a_second_and_presses_fade_by_half():
    hall = Hall()
    assert [True, False, True] == [hall.pulses.press("r", phone, "clap") for phone in ("anne", "anne", "bo")]
    assert {"clap": 2} == hall.levels()
    hall.now += HALF_LIFE_MS
    assert hall.pulses.press("r", "anne", "slower")
    assert {"clap": 1, "slower": 1} == hall.levels()
    hall.now += 20 * HALF_LIFE_MS
    hall.pulses.press("r", "bo", "slower")
    assert {"slower": 1} == hall.levels()


def test_when_a_fifth_of_the_phones_is_lost_the_console_says_so():
    hall, meeting = Hall(), Meeting(TEXT)
    for phone in ("anne", "anne", "bo"):
        hall.pulses.press("r", phone, "lost")
        hall.now += PRESS_MS
    shown = [
        console_view(meeting.room, Presence(phones=n, people=n), JOIN, warnings=[], signs=hall.pulses.show("r"))
        for n in (10, 11)
    ]
    assert [2, 0] == [view["signs"]["lost"] for view in shown]
    hall.touched = 0
    hall.now += LOST_MS
    hall.pulses.tick()
    assert (0, 1) == (hall.pulses.show("r").lost, hall.touched)
    hall.pulses.forget("r")
    assert Pulse() == hall.pulses.show("r")


def test_processes_tell_each_other_how_much_was_pressed():
    """
    What others had counted before is no news; when one of them ends, nothing is taken back.
    """
    hall = Hall()
    none = [0] * len(SIGNS)
    hall.pulses.set_remote("r", [0, 7, *none[1:]])
    assert {} == hall.levels()
    hall.pulses.set_remote("r", [3, 9, *none[1:]])
    assert ({"clap": 2}, 3) == (hall.levels(), hall.pulses.show("r").lost)
    for counts in ([0, 1], [], [0, *none]):
        hall.pulses.set_remote("r", counts)
    assert ({"clap": 2}, 0) == (hall.levels(), hall.pulses.show("r").lost)
    hall.pulses.press("r", "anne", "lost")
    assert [1, 0, 0, 0, 0, 1] == hall.pulses.counts("r")


def test_the_form_adds_it_and_chooses_its_signs():
    text = apply(one("open"), FormChange("add_activity", kind="pulse"), SCHEMAS)
    assert ":::puls" in text
    place = {"slide": 0, "activity": 1, "key": "signs"}
    text = apply(text, FormChange("attribute", value="heart|lost", **place), SCHEMAS)
    assert ":::pulse{signs=heart|lost}" in text
    assert "heart|lost" == outline(text, SCHEMAS)["slides"][0]["activities"][1]["attributes"]["signs"]
    assert ("heart", "lost") == signs_now(Meeting(text).room)


async def test_signs_leave_nothing_behind(tmp_path):
    """
    Posted where sockets are blocked: no ack, no event; a sign that the room does not have, or of one who is muted,
    counts as little as one from a page that is no phone's.
    """
    async with serving(tmp_path) as edge:
        opened = await edge.open(TEXT)
        await edge.act(opened, "start", activity="a")
        position = (await edge.rooms.get(opened.code)).position
        for sign in ("clap", "faster", "clap"):
            reply = (await edge.post(f"/{opened.code}/answers", json={"type": "pulse", "is": sign})).json()
            assert "tick" == reply["type"]
        levels = edge.rooms.hub.pulses.show(opened.code).levels
        assert ["clap"] == list(levels)
        assert 1 == levels["clap"]
        assert position == (await edge.rooms.get(opened.code)).position
        (await edge.rooms.get(opened.code)).people.muted.update(edge.rooms.hub.pulses._rooms[opened.code].pressed)
        edge.rooms.hub.pulses.forget(opened.code)
        await edge.post(f"/{opened.code}/answers", json={"type": "pulse", "is": "clap"})
        assert {} == dict(edge.rooms.hub.pulses.show(opened.code).levels)
