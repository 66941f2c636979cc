"""A workshop is edited during the meeting: what may change, and that no answer is lost or counted wrongly."""

import pytest

from live.errors import EditedSince, Refused
from live.rules import EditWorkshop
from tests import reading
from tests.meeting import Meeting, answer_id, one

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
    "options",
    ["- Sentrum\n- bygda!", "- Sentrum\n- Bygda\n- Øya", "- Torget\n- Bygda", "- Sentrum nå\n- Bygda"],
    ids=["the same word", "added", "nobody chose it", "reworded, and nobody chose it"],
)
def test_options_may_be_changed_where_nobody_chose_them_and_added(options):
    meeting = chosen()
    edit(meeting, CHOICE.replace("- Sentrum\n- Bygda", options))
    counts = meeting.room.activities["a"].tally.show()["options"]
    assert [0, 1] == [option["count"] for option in counts][:2]


def answered_with(kind, attrs, body, *values):
    """A meeting in which each of *values* has been sent from a phone of its own."""
    meeting = Meeting(one(kind, attrs, body))
    meeting.act("start", activity="a")
    for n, value in enumerate(values):
        meeting.answer(f"p{n}", f"x{n}", "a", value=value)
    return meeting


ITEMS = "Vurder.\n- Rådet\n- Skolen"
# kind, attributes, text, values; then what is replaced by what; the words in the line that is named, and of the message
HARMFUL = {
    "an option": ("choice", "id=a", "Hvor?\n- Skolegården\n- Elva", [["a"]], "Skolegården", "Torget",
                  "- Torget", "«Skolegården», not «Torget»"),
    "the opposite": ("choice", "id=a", "Hva?\n- Enig\n- Blank", [["a"]], "- Enig", "- Uenig", "- Uenig", "«Enig»"),
    "another day": ("choice", "id=a", "Når?\n- Tirsdag\n- Fredag", [["a"]], "Tirsdag", "Torsdag", "- T", "«Tirsdag»"),
    "dots": ("dots", "id=a dots=2", "Hva?\n- Buss\n- Tog", [["b"]], "- Tog", "- Trikk", "- Trikk", "«Tog»"),
    "an item": ("scale", "id=a", ITEMS, [{"a": 1, "b": 5}], "Skolen", "Torget", "- Torget", "«Skolen»"),
    "an item taken out": ("scale", "id=a", ITEMS, [{"b": 5}], "\n- Skolen", "", ":::scale", "«Skolen» must keep"),
    "one item for several": ("scale", "id=a", "Hvor enig?", [{"a": 5}], "enig?", "enig?\n- Rådet", "- Rådet", "«Hvor"),
    "a lower end": ("scale", "id=a max=10", ITEMS, [{"a": 9}], "max=10", "max=5", ":::scale", "from 1 to 10"),
    "a higher end": ("scale", "id=a", ITEMS, [{"a": 5}], "id=a", "id=a max=10", ":::scale", "from 1 to 5"),
    "another beginning": ("scale", "id=a min=0", ITEMS, [{"a": 0}], "min=0", "min=1", ":::scale", "from 0 to 5"),
    "ends turned round": ("scale", "id=a labels=Nei|Ja", ITEMS, [{"a": 5}], "Nei|Ja", "Ja|Nei", ":::scale", "labels"),
    "fewer to pick": ("choice", "id=a pick=2", "Hva?\n- A\n- B", [["a", "b"]], "pick=2", "pick=1", ":::choice", "pick"),
    "one to pick": ("choice", "id=a pick=2", "Hva?\n- A\n- B", [["a", "b"]], " pick=2", "", ":::choice", "chosen 2"),
    "fewer dots": ("dots", "id=a", "Hva?\n- A\n- B\n- C", [["a", "b", "c"]], "id=a", "id=a dots=2", ":::", "dots"),
    "not in the background": ("choice", "id=a background", "Hvem?\n- A", [["a"]], " background", "", ":::", "promised"),
}  # fmt: skip


@pytest.mark.parametrize("case", HARMFUL)
def test_an_edit_that_changes_what_was_answered_is_refused_with_its_line(case):
    kind, attrs, body, values, old, new, where, words = HARMFUL[case]
    meeting = answered_with(kind, attrs, body, *values)
    before = meeting.room.activities["a"].tally.show()
    after = meeting.room.workshop_text.replace(old, new)
    ((line, message),) = refusals(meeting, after)
    assert (line_of(after, where), True) == (line, words in message), message
    assert before == meeting.room.activities["a"].tally.show()
    unanswered = answered_with(kind, attrs, body)
    edit(unanswered, after)
    assert after == unanswered.room.workshop_text


HARMLESS = {
    "more to pick": ("choice", "id=a", "Hva?\n- A\n- B", [["a"]], "id=a", "id=a pick=2"),
    "as many as anybody chose": ("choice", "id=a pick=3", "Hva?\n- A\n- B\n- C", [["a", "b"]], "pick=3", "pick=2"),
    "the question of a scale": ("scale", "id=a", "Hvor enig er du?", [{"a": 5}], "er du", "er dere"),
    "words for a scale that had none": ("scale", "id=a", ITEMS, [{"a": 5}], "id=a", "id=a labels=Lite|Mye"),
    "the same ends written out": ("scale", "id=a", ITEMS, [{"a": 5}], "id=a", "id=a min=1 max=5"),
    "more items": ("scale", "id=a", ITEMS, [{"a": 5}], "Skolen", "Skolen\n- Torget"),
}  # fmt: skip


@pytest.mark.parametrize("case", HARMLESS)
def test_what_harms_no_answer_is_saved(case):
    kind, attrs, body, values, old, new = HARMLESS[case]
    meeting = answered_with(kind, attrs, body, *values)
    edit(meeting, meeting.room.workshop_text.replace(old, new))
    assert 1 == meeting.room.activities["a"].tally.show()["n"]


def test_a_rehearsal_holds_no_option():
    meeting = Meeting(CHOICE)
    meeting.act("rehearse", phones=1)
    meeting.act("start", activity="a")
    meeting.answer("rehearsal-1", "x", "a", value=["a"])
    edit(meeting, CHOICE.replace("Sentrum", "Torget"))


def test_dots_stay_with_the_themes_they_were_set_on():
    text = FROM + ":::dots{id=prikk from=b dots=1}\n:::\n"
    meeting = Meeting(text)
    for source in ("en", "to"):
        meeting.act("start", activity=source)
        meeting.answer("p1", source, source, "Benker")
        meeting.act("make_theme", activity=source, name="Benker", id=f"tema-{source}", ids=[answer_id(source)])
    meeting.act("start", activity="prikk")
    meeting.answer("p1", "x", "prikk", value=["tema-to"])
    ((line, message),) = refusals(meeting, text.replace("from=b", "from=a"))
    assert (line_of(text, ":::dots"), True) == (line, "from=" in message)


FROM = (
    one("open", "id=en", "Skriv.")
    + """
:::group{id=a from=en}
:::

:::open{id=to}
Skriv.
:::

:::group{id=b from=to}
:::

"""
)


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
