"""Answers to an activity without `id=` stay with their question, however the text around it is changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live import exports
from live.errors import Refused
from live.exports import json_import
from live.room import Room
from live.rules import EditWorkshop
from live.workshop.parser import MOST_ACTIVITIES
from tests.effort import lines_run
from tests.meeting import Meeting
from tests.reading import parse, reread
from tests.workshop.test_parser import FRONT

BUS, PARK = ":::open{many}\nHva med bussen?\n:::\n", ":::open{many}\nHva med parken?\n:::\n"
WORD, NEW = ":::words\nEtt ord.\n:::\n", ":::open{many}\nHva med skolen?\n:::\n"


def text(*blocks: str, heading: str = "Hva mener dere?") -> str:
    return f"{FRONT}## {heading}\n\n" + "\n".join(blocks)


def answered(before: str) -> Meeting:
    """Every activity has one answer, which says its own instruction."""
    meeting = Meeting(before)
    for slide in meeting.room.workshop.slides:
        for one in slide.activities:
            meeting.act("start", activity=one.id)
            meeting.answer("p1", one.id, one.id, one.instruction[:40])
    return meeting


def edit(meeting: Meeting, after: str) -> None:
    meeting.command(EditWorkshop(after, parse(after)[0]))


def refused(meeting: Meeting, after: str) -> list[tuple[int, str]]:
    with pytest.raises(Refused, match="has-answers") as caught:
        edit(meeting, after)
    return [(problem.line, problem.message) for problem in caught.value.facts["errors"]]


def belongs(room: Room) -> dict[str, str]:
    """Instruction -> the text of its answer, which is that of the instruction it was given to."""
    return {
        state.written.instruction: answer.text or "" for state in room.activities.values()
        for answer in state.answers.values() if room.has(state.written.id)
    }  # fmt: skip


SAME = {"Hva med bussen?": "Hva med bussen?", "Hva med parken?": "Hva med parken?"}
CHANGES = {
    "swapped": text(PARK, BUS),
    "a new one before": text(NEW, BUS, PARK),
    "a new one between": text(BUS, NEW, PARK),
    "another heading": text(BUS, PARK, heading="Hva nå?"),
    "apart": text(PARK) + "\n---\n\n## Så bussen\n\n" + BUS,
    "a talk before": text(":::pair\nSnakk.\n:::\n", BUS, PARK),
    "an id for the other": text(PARK.replace("many", "many id=hva-mener-dere-2"), BUS),
}


@pytest.mark.parametrize("after", CHANGES.values(), ids=CHANGES)
def test_an_answer_stays_with_its_question(after):
    meeting = answered(text(BUS, PARK))
    edit(meeting, after)
    assert SAME == belongs(meeting.room) == belongs(meeting.replayed())
    edit(meeting, after + "\n---\n\n## Til slutt\n")
    assert SAME == belongs(meeting.room) == belongs(meeting.replayed())


def test_a_new_question_begins_without_answers():
    meeting = answered(text(BUS))
    edit(meeting, text(NEW, BUS))
    ids = [one.id for one in meeting.room.workshop.slides[0].activities]
    assert ([0, 1], 2) == ([len(meeting.room.activities[id].answers) for id in ids], len(set(ids)))


def test_slides_under_one_heading_are_swapped():
    slides = [f"## Hva mener dere?\n\n{block}" for block in (BUS, PARK)]
    meeting = answered(FRONT + "\n---\n\n".join(slides))
    edit(meeting, FRONT + "\n---\n\n".join(reversed(slides)))
    assert SAME == belongs(meeting.room)


@pytest.mark.parametrize("block", [WORD, ":::choice\n- Ja\n- Nei\n:::\n", ":::scale\n- Rådet\n:::\n"])
def test_one_of_another_kind_is_never_taken_for_it(block):
    meeting = answered(text(BUS, PARK))
    edit(meeting, text(block, PARK, BUS))
    assert SAME == belongs(meeting.room)


def test_the_wording_of_the_only_one_is_mended():
    meeting = answered(text(BUS, PARK))
    edit(meeting, text(PARK, BUS.replace("bussen", "bussene")))
    assert SAME["Hva med bussen?"] == belongs(meeting.room)["Hva med bussene?"]


def test_where_it_cannot_be_told_the_line_is_named_and_the_id_to_write():
    meeting = answered(text(BUS, PARK))
    after = text(NEW, ":::open{many}\nHva med toget?\n:::\n")
    (first, message), (second, _) = refused(meeting, after)
    assert (8, 8) == (first, second)
    assert "write `id=hva-mener-dere-1` here" in message
    edit(meeting, after.replace("many", "many id=hva-mener-dere-2", 1).replace("{many}", "{many id=hva-mener-dere-1}"))
    assert "Hva med bussen?" == belongs(meeting.room)["Hva med toget?"]


def test_another_question_in_its_place_is_refused():
    meeting = answered(text(':::open{question="Hva med bussen?"}\nSkriv.\n:::\n'))
    assert [8] == [line for line, _ in refused(meeting, text(':::open{question="Hva med parken?"}\nSkriv nå.\n:::\n'))]


def test_the_export_has_the_ids_too():
    meeting = answered(text(BUS, PARK))
    edit(meeting, CHANGES["a new one before"])
    room = Room("31415926")
    for event in json_import.read(exports.export(meeting.room, "json")).events:
        room.apply(event)
    assert SAME == belongs(room)


@given(st.permutations([BUS, PARK, WORD, NEW]), st.permutations([BUS, PARK, WORD, NEW]), st.booleans())
def test_any_order_keeps_every_answer(before, after, apart):
    meeting = answered(text(*before))
    edit(meeting, text(*after) if not apart else "\n---\n\n## Flere\n".join((text(*after[:2]), "\n".join(after[2:]))))
    assert all(asked == answer for asked, answer in belongs(meeting.room).items())
    assert 4 == len(belongs(meeting.room))


def test_an_older_meeting_keeps_the_ids_it_was_read_with():
    assert ["hva-mener-dere-1", "hva-mener-dere-2"] == [
        one.id for one in reread(text(PARK, BUS), edition=1).slides[0].activities
    ]


@pytest.mark.uncounted
def test_as_many_activities_as_there_may_be_are_paired_without_asking_each_for_each():
    def lines(pairs: int) -> int:
        blocks = [":::open\n:::\n", ":::words\n:::\n"] * pairs
        meeting = Meeting(text(*blocks))
        return lines_run(lambda: edit(meeting, text(*blocks[::-1])))

    assert lines(MOST_ACTIVITIES // 2) < 3 * lines(MOST_ACTIVITIES // 4)  # linear 2, quadratic 4
