"""The network of the hall, as phones read it from the screen's QR code."""

import pytest

from live.errors import Refused
from live.views.console import console_view
from live.views.phone import phone_view
from live.views.screen import screen_view
from live.views.view import Presence
from live.views.wifi import Wifi, address, drawn, require_valid
from tests.meeting import JOIN, SEMINAR, Meeting

PASSWORD = "kanarifugl-i-salen"


@pytest.mark.parametrize(
    ("wifi", "expected"),
    [
        (Wifi("Salen", PASSWORD), "WIFI:T:WPA;S:Salen;P:kanarifugl-i-salen;;"),
        (Wifi("Gjest"), "WIFI:T:nopass;S:Gjest;;"),
        (Wifi("Skjult", PASSWORD, hidden=True), "WIFI:T:WPA;S:Skjult;P:kanarifugl-i-salen;H:true;;"),
        (Wifi('a;b,c:d\\e"f', '\\;,:"\\;,:"'), r"WIFI:T:WPA;S:a\;b\,c\:d\\e\"f;P:\\\;\,\:\"\\\;\,\:\";;"),
        (Wifi("Blåbær æøå 🎈"), "WIFI:T:nopass;S:Blåbær æøå 🎈;;"),
    ],
)
def test_what_has_a_meaning_in_the_code_is_escaped(wifi, expected):
    assert expected == address(require_valid(wifi))


@pytest.mark.parametrize(
    "wifi",
    [
        Wifi(""), Wifi("x" * 33), Wifi("å" * 17), Wifi("a\nb"), Wifi("a\0b"), Wifi("Salen", "kort"),
        Wifi("Salen", "x" * 64), Wifi("Salen", "linje\nskift"), Wifi("Salen", "blåbærsyltetøy"), Wifi("\ud800"),
    ],
)  # fmt: skip
def test_what_no_network_can_have_is_refused(wifi):
    with pytest.raises(Refused, match="bad-wifi"):
        require_valid(wifi)


def test_a_key_of_64_digits_is_a_password_too():
    assert require_valid(Wifi("Salen", "0f" * 32))


def test_the_screen_alone_has_the_password_and_until_the_end():
    meeting = Meeting(SEMINAR)
    wifi = drawn(Wifi("Salen", PASSWORD))
    assert PASSWORD == screen_view(meeting.room, Presence(), JOIN, wifi)["wifi"].password
    console = console_view(meeting.room, Presence(), JOIN, warnings=[], network=wifi)
    assert {"name": "Salen"} == console["wifi"]
    assert "Salen" not in str(phone_view(meeting.room))
    meeting.act("end")
    assert None is screen_view(meeting.room, Presence(), JOIN, wifi)["wifi"]
