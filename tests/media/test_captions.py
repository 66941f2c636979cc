"""Captions: what people write is read, and what is served holds nothing but times and words."""

import pytest

from live.errors import ArchiveRefused
from live.media import captions

VTT = """WEBVTT - Havna

STYLE
::cue { background: url(https://elsewhere.example/x.png) }

NOTE Skrevet av Kari

1
00:01.000 --> 00:04.500 line:0 align:start onclick:x
<v Kari>Her lå <i>verftet</i> &amp; kaia.
<c.stor>To linjer</c>

01:02:03.004 --> 01:02:05.000
Slutt --&gt; takk

00:09.000 --> 00:08.000
Baklengs
"""


def test_webvtt_is_read_and_written_anew():
    cues = captions.read("havna.vtt", b"\xef\xbb\xbf" + VTT.replace("\n", "\r\n").encode())
    assert ["Her lå verftet & kaia. To linjer", "Slutt --> takk"] == [captions.spoken(cue) for cue in cues]
    written = captions.write(cues).decode()
    assert written == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:04.500 line:0 align:start\nHer lå <i>verftet</i> &amp; kaia.\nTo linjer\n\n"
        "01:02:03.004 --> 01:02:05.000\nSlutt --&gt; takk\n"
    )
    assert cues == captions.read("igjen.vtt", written.encode())
    assert ["0:01", "1:02:03"] == [captions.clock(cue.start_ms) for cue in cues]


def test_subrip_becomes_webvtt():
    cues = captions.read(
        "havna.SRT", b"1\n00:00:01,000 --> 00:00:02,000\nHei\n\n2\n00:00:03,000 --> 00:00:04,000\nHa det\n"
    )
    assert b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nHei\n" in captions.write(cues)


def test_phones_get_the_beginning():
    cues = [captions.Cue(n, n + 1, "ord åg tale") for n in range(200)]
    said = captions.beginning(cues)
    assert said.endswith("\u00a0…")
    assert 500 < len(said.encode()) <= captions.MOST_WORDS
    assert "ord åg tale" == captions.beginning(cues[:1])


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"Hei\n", "has no captions"),
        (b"WEBVTT\n\nHei\n", "has no captions"),
        (b"WEBVTT\n\n\xff\xfe", "is not UTF-8"),
        (b"WEBVTT\n\n" + b"x" * captions.MOST_CAPTIONS, "too much text"),
        (b"WEBVTT\n\n" + b"0:1 --> 0:2\nx\n\n" * 10 + b"00:01.000 --> 00:02.000\nx\n\n" * 21_000, "too much text"),
    ],
)
def test_what_is_no_captions_is_refused(body, words):
    with pytest.raises(ArchiveRefused, match=words):
        captions.read("havna.vtt", body)
