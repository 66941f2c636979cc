"""What phone, screen and console are shown while answers are gathered into themes."""

import json

import msgspec

from live.views.console import console_view
from live.views.phone import phone_view
from live.views.screen import screen_view
from live.views.view import Presence
from tests.activities.test_group import gathering, ids, make
from tests.meeting import JOIN, Meeting, answer_id, one

HALL = Presence(phones=3, people=4)
GROUP = "\n:::group{id=g from=a}\nVi samler det som ligner.\n:::\n"


def encoded(view) -> str:
    return msgspec.json.encode(view).decode()


def console(meeting: Meeting):
    return json.loads(encoded(console_view(meeting.room, HALL, JOIN, warnings=[])))


def screen(meeting: Meeting):
    return json.loads(encoded(screen_view(meeting.room, HALL, JOIN)))


def test_a_phone_reads_the_themes_and_how_many_answers_they_have():
    meeting = gathering()
    make(meeting, "Møteplasser", "ab")
    view = phone_view(meeting.room)
    assert ([{"name": "Møteplasser", "answers": 2}], 6) == (view["themes"], view["ungrouped"])
    assert "Innspill" not in encoded(view)


def test_the_screen_has_the_answers_of_each_theme_once_they_were_shown():
    meeting = gathering()
    make(meeting, "Møteplasser", "ba")
    shown = screen(meeting)["groups"]
    assert (["Innspill b", "Innspill a"], 6) == (
        [card["text"] for card in shown["themes"][0]["cards"]],
        shown["ungrouped"],
    )
    meeting.act("hide")
    assert "Innspill" not in encoded(screen(meeting))
    assert 2 == screen(meeting)["groups"]["themes"][0]["answers"]
    assert "Innspill" in encoded(console(meeting))


def test_what_is_withheld_leaves_the_screen_and_finds_its_theme_again():
    meeting = gathering()
    make(meeting, "Møteplasser", "ab")
    meeting.act("hide_answer", id=answer_id("a"), reason="Navn")
    (theme,) = screen(meeting)["groups"]["themes"]
    assert (1, ["Innspill b"]) == (theme["answers"], [card["text"] for card in theme["cards"]])
    assert 6 == console(meeting)["board"]["ungrouped"]
    meeting.act("restore_answer", id=answer_id("a"))
    assert 2 == screen(meeting)["groups"]["themes"][0]["answers"]


def test_people_are_counted_behind_the_answers_of_a_theme():
    """
    Two answers of a phone that three share are three people, and a paper with four names is four more.
    """
    meeting = gathering()
    meeting.heads("pa", 3)
    meeting.act("start", activity="a")
    meeting.answer("pa", "more", "a", "Innspill til")
    meeting.act("add_answer", id=answer_id("paper"), text="På papir", heads=4, via="paper")
    meeting.act("start", activity="g")
    meeting.act("make_theme", id="t", name="Møteplasser", ids=[*ids("ab"), answer_id("more"), answer_id("paper")])
    (theme,) = screen(meeting)["groups"]["themes"]
    assert (4, 3 + 1 + 4) == (theme["answers"], theme["people"])


def test_the_console_shows_what_undo_would_reverse():
    meeting = gathering()
    assert console(meeting)["board"]["undo"] is None
    make(meeting, "Møteplasser")
    meeting.act("place", ids=ids("abc"), theme="Møteplasser")
    assert {"n": 2, "did": "cards-placed", "cards": 3, "name": "Møteplasser"} == console(meeting)["board"]["undo"]
    meeting.act("remove_theme", theme="Møteplasser")
    assert ("theme-removed", "Møteplasser") == tuple(console(meeting)["board"]["undo"][key] for key in ("did", "name"))


def test_answers_may_be_gathered_before_the_hall_looks_on():
    """
    The board is there as soon as the question is closed; the screen goes on showing the answers.
    """
    meeting = gathering()
    meeting.act("start", activity="a")
    assert console(meeting)["board"] is None
    meeting.act("close")
    make(meeting, "Møteplasser", "a")
    assert [["Møteplasser"], 7] == [
        [theme["name"] for theme in console(meeting)["board"]["themes"]],
        console(meeting)["board"]["ungrouped"],
    ]
    assert "groups" not in screen(meeting)


def test_views_stay_small_however_much_is_gathered():
    """
    Two thousand long answers in sixty themes with long names.
    """
    meeting = Meeting(one("open", "id=a many=1000 max=1000") + GROUP)
    meeting.act("start", activity="a")
    for number in range(2000):
        meeting.answer(f"p{number % 40}", f"{number}", "a", f"{number} " + "Nærdemokrati og samskaping. " * 30)
    meeting.act("close")
    meeting.act("reveal")
    meeting.act("start", activity="g")
    for number in range(60):
        cards = [answer_id(f"{card}") for card in range(number * 30, number * 30 + 30)]
        meeting.act("make_theme", id=f"t{number}", name=f"{number} " + "👩‍👩‍👧" * 20, ids=cards)
    phone = phone_view(meeting.room)
    assert len(encoded(phone).encode()) <= 4096
    assert 60 == len(phone["themes"]) + phone["themes_more"]
    assert len(encoded(screen(meeting)).encode()) <= 65_536
    assert len(encoded(console(meeting)).encode()) <= 2 * 65_536
