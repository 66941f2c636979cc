"""The kind `film`: one film for everybody, which all consoles steer and all screens play from the same place."""

import pytest

from live.errors import Refused, WorkshopInvalid
from live.events import FilmsSet
from live.views.console import console_view
from live.views.phone import phone_view
from live.views.screen import screen_view
from live.views.view import Presence
from live.workshop.films import MediaFile
from tests.meeting import JOIN, Meeting, one
from tests.reading import parse

EXAMPLE = """:::film{id=x src=havna.mp4 captions=havna.vtt}
Se filmen om havna.
:::"""

FILMS = {
    "havna.mp4": MediaFile("a" * 32, "mp4", 5_000_000, 60_000, 1280, 720),
    "havna.vtt": MediaFile("b" * 32, "vtt", 400, words="Her lå verftet."),
}


@pytest.fixture
def meeting():
    meeting = Meeting(one("film", "id=a src=havna.mp4 captions=havna.vtt", "Se filmen om havna."))
    meeting.room.apply(FilmsSet(at=meeting.now, films=FILMS))
    return meeting


def shown(meeting: Meeting) -> dict[str, object]:
    return screen_view(meeting.room, Presence(), JOIN)["film"]


def test_the_clicker_plays_it_and_goes_on(meeting):
    meeting.act("next")
    assert "idle" == meeting.room.state
    meeting.act("next")
    assert ("talk", 0, meeting.now) == (meeting.room.state, shown(meeting)["position_ms"], shown(meeting)["since"])
    meeting.act("next")
    assert "ended" == meeting.room.state
    meeting.act("back")
    assert None is shown(meeting)["since"]  # what was left does not play by itself


def test_it_is_paused_played_on_and_moved(meeting):
    meeting.act("start", activity="a")
    meeting.now += 12_000
    meeting.act("pause")
    assert [] == meeting.act("pause")  # another console pressed it too
    assert (12_000, None) == (shown(meeting)["position_ms"], shown(meeting)["since"])
    meeting.now += 500_000
    meeting.act("skip", seconds=-10)
    assert (2_000, None) == (shown(meeting)["position_ms"], shown(meeting)["since"])
    meeting.act("resume")
    assert [] == meeting.act("resume")
    meeting.act("skip", seconds=-10)
    assert (0, meeting.now) == (shown(meeting)["position_ms"], shown(meeting)["since"])
    meeting.now += 400_000
    meeting.act("skip", seconds=-10)  # from its end, however long ago that was
    assert 50_000 == shown(meeting)["position_ms"]
    meeting.now += 400_000
    meeting.act("resume")
    assert (0, meeting.now) == (shown(meeting)["position_ms"], shown(meeting)["since"])
    meeting.now += 5_000
    meeting.act("blank")
    assert (5_000, None) == (shown(meeting)["position_ms"], shown(meeting)["since"])


def test_only_a_film_on_show_is_steered(meeting):
    with pytest.raises(Refused, match="no-activity"):
        meeting.act("skip", seconds=-10)
    meeting.act("start", activity="a")
    with pytest.raises(Refused, match="bad"):
        meeting.act("skip", seconds=0)
    other = Meeting(one("discuss", "id=a time=1:00"))
    other.act("start", activity="a")
    with pytest.raises(Refused, match="no-film"):
        other.act("skip", seconds=-10)


def test_phones_get_its_words_and_not_its_address(meeting):
    meeting.act("start", activity="a")
    film = phone_view(meeting.room)["film"]
    assert ("Her lå verftet.", f"/{meeting.room.code}/films/{'b' * 32}.vtt/words") == (film["text"], film["words"])
    assert "mp4" not in str(film)
    view = console_view(meeting.room, Presence(soundless=1), JOIN, warnings=[])
    assert (f"/{meeting.room.code}/films/{'a' * 32}.mp4", 1) == (view["film"]["src"], view["soundless"])


def test_a_film_that_is_not_here_is_said_not_to_be():
    away = Meeting(one("film", "id=a src=https://film.example/havna"))
    lost = Meeting(one("film", "id=a src=havna.mp4"))
    for meeting, link, words in ((away, "https://film.example/havna", "andre steder"), (lost, "", "ikke her")):
        meeting.act("start", activity="a")
        film = shown(meeting)
        assert ("", link) == (film["src"], film["link"])
        assert words in film["says"]
        assert film["says"] == phone_view(meeting.room)["film"]["says"]


@pytest.mark.parametrize(
    ("attrs", "message"),
    [
        ("id=a", "A film needs `src=`"),
        ("id=a src=havna.mp4", "without `captions=`"),
        ("id=a src=https://film.example/havna", "A film elsewhere is not played"),
    ],
)
def test_what_is_wrong_is_told(attrs, message):
    try:
        _, problems = parse(one("film", attrs))
    except WorkshopInvalid as invalid:
        problems = invalid.problems
    assert [message] == [message for one in problems if message in one.message]
