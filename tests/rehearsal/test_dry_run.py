"""The meeting on paper: every step that a facilitator would press through."""

import msgspec

from live.rehearsal.dry_run import PHONES, walk
from tests.meeting import JOIN, SEMINAR, START, Meeting


def test_it_is_the_walk_of_a_real_meeting():
    """
    As many presses as the seminar takes, the same slides, questions and states.
    """
    steps = walk(SEMINAR, JOIN, START)
    meeting = Meeting()
    walked = [(0, "lobby")]
    while not meeting.room.ended:
        meeting.act("next")
        slide = meeting.room.slide
        walked.append((meeting.room.stop.slide if slide else 0, meeting.room.state))
    assert walked == [(step.slide, step.phone["state"]) for step in steps]
    assert 38 == len(steps)


def test_pretend_answers_stand_where_they_would_be_shown():
    steps = [step for step in walk(SEMINAR, JOIN, START) if step.slide == 23]
    by_state = {step.phone["state"]: step for step in steps}
    assert ["idle", "talk", "write", "closed", "results"] == list(by_state)
    assert None is by_state["write"].screen["results"]
    shown = by_state["results"].screen
    assert PHONES / 2 < shown["counts"]["answered"] <= PHONES
    assert shown["results"]["cards_total"] == len(shown["results"]["cards"])


def test_every_face_keeps_within_its_size():
    for step in walk(SEMINAR, JOIN, START):
        assert len(msgspec.json.encode(step.phone)) <= 4096
        assert len(msgspec.json.encode(step.screen)) <= 65536


def test_the_same_text_gives_the_same_walk():
    assert walk(SEMINAR, JOIN, START) == walk(SEMINAR, JOIN, START)
