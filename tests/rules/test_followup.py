"""The follow-up: replies to themes, promises, and what the public page shows of them."""

import pytest

from live.errors import Refused
from live.events import FollowUpSet
from live.public_page import public_page
from live.rules import followup
from live.rules.commands import ACTIONS
from live.views.followup import console
from tests.meeting import START, Meeting, answer_id, at_writing, one

DAY_MS = 86_400_000  # the meeting is on 15 January 2027


def gathered(*, shown: bool = True) -> tuple[Meeting, str]:
    """The seminar after its end, with a theme of two answers; and the id of the theme."""
    meeting = at_writing()
    for name in ("one", "two", "three"):
        meeting.answer("p1", name, "viktigst", f"Bussen {name}")
    meeting.act("close")
    meeting.wait(31)
    if shown:
        meeting.act("reveal")
    made = meeting.act(
        "make_theme", id="t1", activity="viktigst", name="Buss", ids=[answer_id("one"), answer_id("two")]
    )
    meeting.act("end")
    return meeting, made[0].theme


def first(meeting: Meeting) -> public_page.PublicTheme:
    """The first theme on the public page."""
    return next(public_page.of(meeting.room).themes())


def test_nothing_is_public_before_it_is_published():
    meeting, _ = gathered()
    meeting.act("promise", text="Dette tar vi med oss", who="Ordføreren")
    expected = public_page.of(meeting.room)
    assert (None, [], {}) == (expected.published_at, expected.questions, expected.promises)
    meeting.act("publish")
    page = public_page.of(meeting.room)
    assert [("Dette tar vi med oss", "Ordføreren")] == [(one.text, one.who) for one in page.promises.values()]
    assert ["Bussen one", "Bussen two"] == [one.text for one in first(meeting).quotes]
    assert page.questions[0].question.startswith("Hva er viktigst for dere")
    assert "received" == first(meeting).entry.status
    assert page == public_page.read(public_page.written(page))
    meeting.act("unpublish")
    assert expected == public_page.of(meeting.room)
    assert meeting.replayed().followup.entries == meeting.room.followup.entries


def test_an_answer_that_is_withheld_is_no_quote():
    """
    Also one that is withheld, or deleted for good, after the report was published.
    """
    meeting, _ = gathered()
    meeting.act("publish")
    meeting.act("hide_answer", id=answer_id("one"), reason="navn")
    assert (1, [public_page.Quote("Bussen two")]) == (first(meeting).answers, first(meeting).quotes)


def test_answers_that_were_never_shown_are_not_quoted():
    meeting, _ = gathered(shown=False)
    meeting.act("publish")
    assert [] == first(meeting).quotes


def test_a_reason_is_needed_not_to_do_it():
    meeting, theme = gathered()
    with pytest.raises(Refused, match="no-reason"):
        meeting.act("follow", theme=theme, status="not", reason="  ")
    assert [FollowUpSet] == [type(one) for one in meeting.act("follow", theme=theme, status="not", reason="For dyrt")]
    assert [] == meeting.act("follow", theme=theme, status="not", reason="For dyrt")


def test_a_date_that_has_passed_is_moved_with_a_reason_only():
    meeting, theme = gathered()
    meeting.act("follow", theme=theme, status="considered", date="2027-02-01", unit="Plan")
    meeting.act("publish")
    assert not first(meeting).entry.overdue(START + 2 * DAY_MS)
    meeting.now = START + 40 * DAY_MS
    assert first(meeting).entry.overdue(meeting.now)
    for date in ("2027-04-01", ""):
        with pytest.raises(Refused, match="no-reason"):
            meeting.act("follow", theme=theme, status="considered", date=date)
    meeting.act("follow", theme=theme, status="considered", date="2027-04-01", reason="Vi venter på fylket")
    assert (True, False) == (first(meeting).entry.moved, first(meeting).entry.overdue(meeting.now))
    meeting.act(
        "follow", theme=theme, status="doing", date="2027-04-01", reason="Vi venter på fylket", unit="Samferdsel"
    )
    assert first(meeting).entry.moved


def test_a_day_moved_in_time_is_no_new_date():
    meeting, theme = gathered()
    meeting.act("follow", theme=theme, date="2027-02-01")
    meeting.act("follow", theme=theme, date="2027-03-01")
    assert not meeting.room.followup.entry_of("viktigst", theme).moved


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"theme": "nowhere"}, "unknown-theme"),
        ({"date": "2027-02-30"}, "bad-date"),
        ({"date": "i morgen"}, "bad-date"),
        ({"status": "perhaps"}, "bad"),
        ({"activity": "start"}, "unknown-theme"),
        ({"theme": None}, "unknown-theme"),
    ],
)
def test_an_invalid_reply_is_refused(fields, code):
    meeting, theme = gathered()
    with pytest.raises(Refused, match=code):
        meeting.act("follow", **{"theme": theme, **fields})


def test_promises_are_limited_replaced_and_removed():
    meeting, _ = gathered()
    with pytest.raises(Refused, match="empty"):
        meeting.act("promise", text=" ")
    for n in range(followup.MOST_PROMISES):
        meeting.act("promise", text=f"{n} " + "å" * 2000, who="x" * 999)
    assert followup.MOST_TEXT == len(meeting.room.followup.promises[1].text)
    assert followup.MOST_NAME == len(meeting.room.followup.promises[1].who)
    with pytest.raises(Refused, match="too-many-promises"):
        meeting.act("promise", text="En til")
    meeting.act("promise", n=1, text="")
    assert 1 not in meeting.room.followup.promises
    assert meeting.replayed().followup.promises == meeting.room.followup.promises


def test_the_follow_up_does_not_move_the_meeting_on():
    meeting, theme = gathered()
    before = meeting.room.step
    meeting.act("follow", theme=theme, status="doing")
    meeting.act("promise", text="Ja")
    meeting.act("publish")
    assert before == meeting.room.step
    assert {"publish", "unpublish", "follow", "promise"} <= set(ACTIONS)


ASKED = one("choice", "id=valg", "- Buss\n- Båt") + "\n---\n\n## Ord\n\n:::words{id=ord}\n:::\n"


def test_a_question_that_nobody_grouped_is_replied_to_as_one():
    """
    The figures that were shown stand beside the reply; questions about who people are get none.
    """
    meeting = Meeting(ASKED)
    meeting.act("start", activity="valg")
    meeting.answer("p1", "one", "valg", value=["a"])
    meeting.answer("p2", "two", "valg", value=["a"])
    meeting.act("start", activity="ord")
    meeting.answer("p1", "three", "ord", "ro")
    assert ["valg", "ord"] == [one["activity"] for one in console(meeting.room)["themes"]]
    meeting.act("goto", slide=1)
    meeting.act("start", activity="valg")
    meeting.act("close")
    meeting.act("reveal")
    meeting.act("follow", activity="valg", status="doing", unit="Samferdsel")
    meeting.act("publish")
    chosen, words = public_page.of(meeting.room).questions
    replies = [(one.theme, one.entry.status, one.entry.unit, one.answers) for one in chosen.themes]
    assert [("", "doing", "Samferdsel", 2)] == replies
    assert [("Buss", 2), ("Båt", 0)] == chosen.themes[0].figures
    assert [([], [], "received")] == [(one.figures, one.quotes, one.entry.status) for one in words.themes]


def test_what_was_said_of_a_question_stays_when_themes_are_made_of_it():
    meeting, theme = gathered()
    meeting.act("remove_theme", activity="viktigst", theme=theme)
    meeting.act("follow", activity="viktigst", status="considered")
    meeting.act("make_theme", id="t2", activity="viktigst", name="Båt", ids=[answer_id("one")])
    assert ["considered", "received"] == [one["status"] for one in console(meeting.room)["themes"]]


def test_a_question_about_who_people_are_has_no_reply():
    meeting = Meeting(one("choice", "id=bosted background", "- Her\n- Der"))
    meeting.act("start", activity="bosted")
    meeting.answer("p1", "a", "bosted", value=["a"])
    assert [] == console(meeting.room)["themes"]


def test_a_question_that_is_later_marked_as_background_loses_its_reply():
    meeting = Meeting(one("choice", "id=bosted", "- Her\n- Der"))
    meeting.act("start", activity="bosted")
    meeting.answer("p1", "a", "bosted", value=["a"])
    for do in ("close", "reveal"):
        meeting.act(do)
    meeting.act("follow", activity="bosted", status="considered")
    meeting.act("publish")
    assert ["considered"] == [shown.entry.status for shown in public_page.of(meeting.room).themes()]
    meeting.room.activities["bosted"].written.attrs["background"] = True
    assert [] == list(public_page.of(meeting.room).themes())
