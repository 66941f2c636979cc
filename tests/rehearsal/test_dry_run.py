"""The dry run: every step from the lobby to the end, without a server."""

import msgspec

from live.rehearsal.dry_run import PHONES, dry_run
from tests.meeting import JOIN, SEMINAR, START, Meeting, one


def test_it_has_the_steps_of_a_real_meeting():
    """
    It takes as many presses as the seminar, and has the same slides and states.
    """
    steps = dry_run(SEMINAR, JOIN, START)
    meeting = Meeting()
    walked = [(0, "lobby")]
    while not meeting.room.ended:
        meeting.act("next")
        slide = meeting.room.slide
        walked.append((meeting.room.stop.slide if slide else 0, meeting.room.state))
    assert walked == [(step.slide, step.phone["state"]) for step in steps]
    assert 38 == len(steps)


def test_pretend_answers_are_shown_where_real_ones_would_be():
    steps = [step for step in dry_run(SEMINAR, JOIN, START) if step.slide == 23]
    by_state = {step.phone["state"]: step for step in steps}
    assert ["idle", "talk", "write", "closed", "results"] == list(by_state)
    assert None is by_state["write"].screen["results"]
    shown = by_state["results"].screen
    assert PHONES / 2 < shown["counts"]["answered"] <= PHONES
    assert shown["results"]["cards_total"] == len(shown["results"]["cards"])


def test_every_view_is_within_its_size():
    for step in dry_run(SEMINAR, JOIN, START):
        assert len(msgspec.json.encode(step.phone)) <= 4096
        assert len(msgspec.json.encode(step.screen)) <= 65536


def test_the_same_text_gives_the_same_steps():
    assert dry_run(SEMINAR, JOIN, START) == dry_run(SEMINAR, JOIN, START)


def test_where_nobody_has_written_there_is_nothing_to_weigh():
    text = one("open", "id=y optional") + "\n:::support{id=x from=y}\nHva støtter dere?\n:::\n"
    assert dry_run(text, JOIN, START)
