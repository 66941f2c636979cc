"""The kind `gradient`: how far each phone supports a proposal."""

import statistics
from typing import Any

import pytest

from live.errors import Refused
from live.views.console import console_view
from live.views.phone import phone_view
from live.views.view import Presence
from tests.meeting import JOIN, Meeting, one
from tests.reading import parse

EXAMPLE = """:::gradient{id=x}
Bilfritt sentrum på lørdager.
:::"""
OWN = "Ja|Helst|Kanskje|Vet ikke|Snakke mer|Tja|Nei|Aldri"


def recount(answers: list[tuple[str | None, Any]]) -> dict[str, Any]:
    given = [value for _, value in answers]
    return {"n": len(given), "median": statistics.median(given) if given else None}


def asked(attrs: str = "id=a", **answers: Any) -> Meeting:
    meeting = Meeting(one("gradient", attrs))
    meeting.act("start", activity="a")
    for phone, value in answers.items():
        meeting.answer(phone, phone, "a", value=value)
    return meeting


def test_the_steps_go_from_whole_hearted_to_veto_in_the_language_of_the_meeting():
    says = phone_view(asked().room)["says"]
    assert "Jeg støtter det helhjertet" == says["step8"]
    assert "Jeg legger ned veto" == says["step1"]


def test_the_file_may_call_the_steps_something_else():
    meeting = asked(f'id=a labels="{OWN}"', anne=1)
    assert ("Ja", "Aldri") == (phone_view(meeting.room)["says"]["step8"], phone_view(meeting.room)["says"]["step1"])
    shown = meeting.room.activities["a"].tally.show()["options"]
    assert [("8", "Ja", 0), ("1", "Aldri", 1)] == [
        (one["id"], one["text"], one["count"]) for one in (shown[0], shown[-1])
    ]


def test_the_result_says_how_many_stand_on_each_side():
    meeting = asked(anne=8, bo=8, kim=5, eli=4, ola=1)
    view = console_view(meeting.room, Presence(), JOIN, warnings=[])
    assert ["5 til 8: 3. 1 til 4: 2. Median: 5. Veto: 1."] == view["hidden_results"]["notes"]


@pytest.mark.parametrize(
    ("value", "code"),
    [(0, "bad"), (9, "bad"), (2.5, "bad"), ("8", "bad"), (["8"], "bad"), ({"a": 8}, "bad"), (None, "empty")],
)
def test_what_is_no_step_is_refused(value, code):
    meeting = asked(bo=3)
    with pytest.raises(Refused, match=code):
        meeting.answer("anne", "x", "a", value=value)
    assert 1 == meeting.room.activities["a"].tally.show()["n"]


def test_where_there_are_not_eight_labels_the_usual_ones_are_shown_and_it_is_told():
    text = one("gradient", "id=a labels=Ja|Nei")
    said = "labels needs 8 words, parted by `|`, not 2: the usual ones are shown"
    assert [(9, said)] == [(warning.line, warning.message) for warning in parse(text)[1]]
    meeting = Meeting(text)
    meeting.act("start", activity="a")
    assert "Jeg legger ned veto" == phone_view(meeting.room)["says"]["step1"]
