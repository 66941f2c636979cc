"""What else holds words of an answer that is deleted: mended where a machine wrote it, told where a person did."""

import pytest

from live.rules import traces
from tests.meeting import Meeting, answer_id, one

TEXTS = {"a": "Bru til Øya", "b": "Flere busser om kvelden", "c": "Flere busser", "d": "Sandkasse ved torget"}


@pytest.fixture
def meeting():
    meeting = Meeting(one("open", "id=a many=9"))
    meeting.act("start", activity="a")
    for name, text in TEXTS.items():
        meeting.answer(name, name, "a", text)
    meeting.act("close")
    return meeting


def accept(meeting, names: str, name: str) -> str:
    ids = [answer_id(one) for one in names]
    meeting.act("accept_suggestion", activity="a", id=f"tema-{names}", ids=ids, name=name)
    return f"tema-{names}"


def names(room) -> list[str]:
    return [theme.name for theme in room.themes_of("a")]


def kept(meeting, name: str) -> list[tuple[str, str]]:
    answer = meeting.room.answer(answer_id(name))
    return [(one.place, one.text) for one in traces.traces(meeting.room, answer)]


def test_a_suggested_name_goes_with_the_last_answer_that_has_its_word(meeting):
    accept(meeting, "ad", "Øya")
    accept(meeting, "bc", "Busser")
    meeting.act("redact_answer", id=answer_id("b"))
    assert ["Øya", "Busser"] == names(meeting.room)  # somebody else has said it too
    meeting.withdraw("c", "c")
    assert ["Øya", "Tema 1"] == names(meeting.room)
    meeting.act("redact_answer", id=answer_id("a"))
    assert ["Sandkasse", "Tema 1"] == names(meeting.room)  # as what is left would be called
    assert names(meeting.room) == names(meeting.replayed())


def test_undoing_brings_no_name_back(meeting):
    theme = accept(meeting, "a", "Øya")
    meeting.act("rename_theme", activity="a", theme=theme, name="Vei")
    meeting.act("redact_answer", id=answer_id("a"))
    assert ["Vei"] == names(meeting.room)  # what a person has written stays
    meeting.act("undo_grouping", activity="a")
    assert ["Tema 1"] == names(meeting.room)
    assert "Øya" not in str(list(meeting.room.themes_of("a").changes))
    assert names(meeting.room) == names(meeting.replayed())


def test_dots_follow_the_name(meeting):
    """
    Dots are set on themes, which are their options.
    """
    text = one("open", "id=a many=9") + "\n---\n\n## Prikker\n\n:::dots{id=d from=a}\nSett prikker.\n:::\n"
    meeting = Meeting(text)
    meeting.act("start", activity="a")
    meeting.answer("a", "a", "a", TEXTS["a"])
    accept(meeting, "a", "Øya")
    meeting.act("start", activity="d")
    meeting.act("redact_answer", id=answer_id("a"))
    assert ["Tema 1"] == [option.text for option in meeting.room.activities["d"].written.options]


def test_what_people_wrote_is_told_of(meeting):
    meeting.act("make_theme", activity="a", id="tema-x", name="Øya", ids=[])
    meeting.act("make_theme", activity="a", id="tema-y", name="Flere", ids=[])
    meeting.act("promise", text="Vi ser på Øya", who="Kari")
    meeting.act("follow", activity="a", theme="tema-y", status="considered", reason="Øya først")
    meeting.act("hide_answer", id=answer_id("d"), reason="Gjelder ikke Øya")
    meeting.act("ask", id="spurt-1", kind="open", question="Hva med Øya?")
    expected = {
        ("theme", "Øya"), ("promise", "Vi ser på Øya Kari"), ("reply", "Øya først"), ("reason", "Gjelder ikke Øya"),
        ("question", "Hva med Øya?"),
    }  # fmt: skip
    assert expected == set(kept(meeting, "a"))
    assert [] == kept(meeting, "c")  # its words are others' too


def test_a_whole_answer_that_was_quoted_is_told_of_even_if_its_words_are_everybodys(meeting):
    meeting.act("reopen")
    meeting.answer("e", "e", "a", "Lys om kvelden")
    meeting.act("promise", text="«Flere busser om kvelden» tar vi med", who="")
    assert [("promise", "«Flere busser om kvelden» tar vi med")] == kept(meeting, "b")
    assert [] == kept(meeting, "c")


def test_a_reason_that_was_given_afterwards_goes_with_it_and_one_that_was_replaced_too(meeting):
    meeting.act("hide_answer", id=answer_id("a"), reason="Nevner Øya")
    first = meeting.room.position
    meeting.act("give_reason", id=answer_id("a"), reason="Gjelder andre")
    [redacted] = meeting.act("redact_answer", id=answer_id("a"))
    assert [first] == redacted.blank
    assert "Gjelder andre" == meeting.room.answer(answer_id("a")).hidden
    meeting.act("hide_answer", id=answer_id("b"), reason="")
    meeting.act("give_reason", id=answer_id("b"), reason=f"Nevner {meeting.room.answer(answer_id('b')).text}")
    given = meeting.room.position
    [redacted] = meeting.act("redact_answer", id=answer_id("b"))
    assert [given] == redacted.blank
    assert "" == meeting.room.answer(answer_id("b")).hidden


def test_why_it_was_hidden_goes_with_it(meeting):
    meeting.act("hide_answer", id=answer_id("a"), reason="Nevner Øya")
    position = meeting.room.position
    [redacted] = meeting.act("redact_answer", id=answer_id("a"))
    assert [position] == redacted.blank
    assert "" == meeting.room.answer(answer_id("a")).hidden
    meeting.act("hide_answer", id=answer_id("b"), reason="Gjelder andre")
    [redacted] = meeting.act("redact_answer", id=answer_id("b"))
    assert [] == redacted.blank
    assert "Gjelder andre" == meeting.room.answer(answer_id("b")).hidden
