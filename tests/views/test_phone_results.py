"""The results in a phone's view."""

import msgspec
import pytest

from live.views.phone import phone_view
from live.views.phone_results import PHONE_BYTES
from tests.meeting import Meeting, one


def shown(kind: str, body: str, answers: list, attrs: str = "id=a many=9 reveal=manual") -> Meeting:
    meeting = Meeting(one(kind, attrs, body))
    meeting.act("start", activity="a")
    for n, answer in enumerate(answers):
        content = {"text": answer} if isinstance(answer, str) else {"value": answer}
        meeting.answer(f"p{n}", f"x{n}", "a", **content)
    meeting.act("close")
    return meeting


def rows(meeting: Meeting) -> list[tuple[str, str]]:
    return [(row["text"], row["told"].replace("\u00a0", " ")) for row in phone_view(meeting.room)["figures"]]


def test_nothing_before_they_are_shown_and_nothing_after_they_are_hidden():
    meeting = shown("choice", "Hvor?\n- Skolen\n- Torget", [["a"], ["a"], ["b"]], "id=a")
    assert "figures" not in phone_view(meeting.room)
    meeting.act("reveal")
    assert [("Skolen", "2 (67 %)"), ("Torget", "1 (33 %)")] == rows(meeting)
    meeting.act("hide")
    assert "figures" not in phone_view(meeting.room)


@pytest.mark.parametrize(
    ("kind", "body", "answers", "told"),
    [
        ("scale", "Hva?\n- Buss\n- Vei", [{"a": 2}, {"a": 3}, {"a": 2, "b": 5}], [("Buss", "2,3"), ("Vei", "5,0")]),
        ("dots", "Hva først?\n- Lys\n- Benker", [["b"], ["a", "b"]], [("Benker", "2 (100 %)"), ("Lys", "1 (50 %)")]),
        ("words", "Ett ord", ["tillit", "Tillit", "lys"], [("tillit", "2"), ("lys", "1")]),
    ],
)  # fmt: skip
def test_each_kind_is_told_in_its_figures(kind, body, answers, told):
    attrs = "id=a" if kind in ("scale", "dots") else "id=a many=9"
    meeting = shown(kind, body, answers, attrs)
    meeting.act("reveal")
    assert told == [(text.casefold() if kind == "words" else text, n) for text, n in rows(meeting)]


def test_as_many_as_fit_are_told_and_how_many_more_there_are():
    meeting = shown("open", "Skriv", [f"{'Æ' * 150}{n}" for n in range(40)], "id=a many=9 max=200")
    meeting.act("reveal")
    view = phone_view(meeting.room)
    assert PHONE_BYTES >= len(msgspec.json.encode(view))
    assert 40 == len(view["figures"]) + view["figures_more"]


def test_of_options_that_do_not_fit_the_largest_are_told_in_their_order():
    """
    Also one that stands last, after many that nobody chose.
    """
    options = [f"{n}: {'Æ' * 40}" for n in range(20)]
    body = "Hvor?\n" + "\n".join(f"- {option}" for option in options)
    meeting = shown("choice", body, [], "id=a")
    ids = [option.id for option in meeting.room.activities["a"].written.options]
    meeting.act("reopen")
    for n, place in enumerate((19, 19, 15, 0)):
        meeting.answer(f"p{n}", f"x{n}", "a", value=[ids[place]])
    meeting.act("close")
    meeting.act("reveal")
    view = phone_view(meeting.room)
    assert PHONE_BYTES >= len(msgspec.json.encode(view))
    assert 20 == len(view["figures"]) + view["figures_more"]
    told = [ids.index(row["id"]) for row in view["figures"]]
    assert view["figures_more"]
    assert sorted(told) == told
    assert {0, 15, 19} <= set(told)
