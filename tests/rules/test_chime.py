"""The chime of the big screen: off until somebody who runs the meeting switches it on."""

import pytest

from live.errors import Refused
from live.views.screen import screen_view
from live.views.view import Presence
from tests.meeting import JOIN, Meeting


def test_it_is_switched_on_and_off_and_stays_so():
    meeting = Meeting()
    assert screen_view(meeting.room, Presence(), JOIN)["chime"] is False
    assert 1 == len(meeting.act("set_chime", on=True))
    assert [] == meeting.act("set_chime", on=True)
    assert meeting.replayed().chime
    meeting.act("set_chime", on=False)
    assert not meeting.replayed().chime


def test_it_is_said_which():
    with pytest.raises(Refused, match="bad"):
        Meeting().act("set_chime")
