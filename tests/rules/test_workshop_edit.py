"""A workshop is edited during the meeting: what may change, and that no answer is lost or counted wrongly."""

import pytest

from live.errors import EditedSince, Refused
from live.rules import EditWorkshop
from tests import reading
from tests.meeting import Meeting, one

TEXT = """---
format: workshop/1
title: Prøve
---

# Velkommen

---

## Hva er viktigst?

:::pair{time=2:00}
To og to.
:::

:::open{id=viktigst many}
Skriv innspill.
:::

---

## Hva nå?

:::words{id=nå}
Ett ord.
:::
"""
CHOICE = one("choice", "id=a", "Velg.\n- Sentrum\n- Bygda")


def edit(meeting, text, based_on=None):
    return meeting.command(EditWorkshop(text, reading.parse(text)[0], based_on))


def refusals(meeting, text):
    with pytest.raises(Refused, match="has-answers") as refused:
        edit(meeting, text)
    return [(problem.line, problem.message) for problem in refused.value.facts["errors"]]


def line_of(text, words):
    return 1 + text[: text.index(words)].count("\n")


def answered():
    meeting = Meeting(TEXT)
    meeting.act("start", activity="viktigst")
    meeting.answer("p1", "x", "viktigst", "Flere benker")
    return meeting


def chosen():
    meeting = Meeting(CHOICE)
    meeting.act("start", activity="a")
    meeting.answer("p1", "x", "a", value=["b"])
    return meeting


def without_viktigst(text):
    start = text.index(":::open{id=viktigst")
    return text[:start] + text[text.index(":::", start + 3) + 4 :]


def test_a_typo_is_mended_while_people_write():
    meeting = answered()
    text = meeting.room.workshop_text.replace("Skriv innspill.", "Skriv ett om gangen.")
    assert 1 == len(edit(meeting, text))
    assert ("write", text, 1) == (
        meeting.room.state, meeting.room.workshop_text, meeting.room.activities["viktigst"].counted
    )  # fmt: skip


def test_the_same_text_changes_nothing():
    meeting = answered()
    assert [] == edit(meeting, meeting.room.workshop_text, "0" * 32)


def test_removing_an_answered_activity_is_refused_with_its_line():
    meeting = answered()
    text = meeting.room.workshop_text
    ((line, message),) = refusals(meeting, without_viktigst(text))
    assert line_of(text, ":::open{id=viktigst") == line
    assert "`viktigst`" in message


def test_its_line_is_right_after_other_edits():
    """
    A slide is added before it in the same edit: the line is counted from the heading that is still there.
    """
    meeting = answered()
    text = meeting.room.workshop_text
    longer = text.replace("# Velkommen", "# Velkommen\n\n---\n\n## Enda et lysbilde")
    ((line, _),) = refusals(meeting, without_viktigst(longer))
    assert line_of(longer, ":::open{id=viktigst") == line


def test_an_activity_without_answers_may_be_removed():
    meeting = answered()
    edit(meeting, meeting.room.workshop_text.replace("id=nå", "id=da"))
    assert (False, True) == (meeting.room.has("nå"), meeting.room.has("da"))


def test_an_answered_activity_keeps_its_kind():
    meeting = answered()
    text = meeting.room.workshop_text.replace(":::open{id=viktigst", ":::words{id=viktigst")
    ((line, message),) = refusals(meeting, text)
    assert line_of(text, ":::words{id=viktigst") == line
    assert "`open`" in message


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ("- Sentrum", "Bygda"),
        ("- Bygda\n- Sentrum", "Sentrum"),
        ("- Øya\n- Sentrum\n- Bygda", "Sentrum"),
    ],
    ids=["taken out", "swapped", "moved down"],
)
def test_a_vote_never_counts_for_what_was_not_chosen(options, named):
    meeting = chosen()
    ((_, message),) = refusals(meeting, CHOICE.replace("- Sentrum\n- Bygda", options))
    assert f"«{named}»" in message


@pytest.mark.parametrize(
    "options", ["- Sentrum\n- Bygda rundt", "- Sentrum\n- Bygda\n- Øya"], ids=["reworded", "added"]
)
def test_options_may_be_reworded_and_added(options):
    meeting = chosen()
    edit(meeting, CHOICE.replace("- Sentrum\n- Bygda", options))
    counts = meeting.room.activities["a"].tally.show()["options"]
    assert [0, 1] == [option["count"] for option in counts][:2]


def test_two_people_who_edit_do_not_overwrite_each_other():
    meeting = Meeting(one("open"))
    before = meeting.room.workshop_version
    first, second = one("open", body="Først."), one("open", body="Så.")
    edit(meeting, first, before)
    with pytest.raises(EditedSince) as refused:
        edit(meeting, second, before)
    assert (first, meeting.room.workshop_version) == (refused.value.text, refused.value.version)
    edit(meeting, second, meeting.room.workshop_version)
    assert second == meeting.replayed().workshop_text
