"""A name that nobody can see is no name: every field that takes one, with every character that is not seen."""

import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from live.errors import Refused, WorkshopInvalid
from live.rules import access_links, comments
from live.text.normalize import clean, clean_name, clean_visible, visible
from live.workshop.editor.writer import FormChange
from tests.meeting import Meeting, answer_id, one
from tests.reading import apply, parse

IGNORED = regex.compile(r"\p{Default_Ignorable_Code_Point}")
UNSEEN = [
    sign for sign in map(chr, range(0x110000))
    if unicodedata.category(sign) not in {"Cs", "Cn"} and not visible.search(sign)
    and (IGNORED.match(sign) or not unicodedata.category(sign).startswith("M"))
]  # fmt: skip
NAMED = list("\u3164\u2800\u00ad\U000e0020\u115f\u1160\uffa0\u200b\u200d\u2060\ufeff\u180e\u00a0\u3000\ufff9")
TEXT = one("open", "id=skriv") + "\n:::group{id=samle from=skriv}\n:::\n"


def gathering() -> Meeting:
    meeting = Meeting(TEXT)
    meeting.act("start", activity="skriv")
    for name in ("en", "to"):
        meeting.answer(name, name, "skriv", "Benker")
    meeting.act("make_theme", activity="skriv", name="Benker", id="t", ids=[answer_id("en"), answer_id("to")])
    return meeting


def refused(code, do):
    with pytest.raises(Refused, match=code):
        do()


def invalid(text):
    with pytest.raises(WorkshopInvalid) as caught:
        parse(text)
    assert all("options" in one.message or "without words" in one.message or "seen" in one.message
               for one in caught.value.problems)  # fmt: skip


def form(do, text=TEXT, **fields):
    refused("empty|bad", lambda: apply(text, FormChange(do, **fields)))


MEETING = gathering()
CHOICE = one("choice", "id=a", "Hva?\n- Ja\n- NN")
FIELDS = {
    "theme": lambda name: refused("empty", lambda: MEETING.act("make_theme", activity="skriv", name=name, id="x")),
    "split theme": lambda name: refused("empty", lambda: MEETING.act(
        "split", activity="skriv", theme="t", name=name, id="x", ids=[answer_id("en")])),
    "renamed theme": lambda name: refused("empty", lambda: MEETING.act(
        "rename_theme", activity="skriv", theme="t", name=name)),
    "asked question": lambda name: refused("empty", lambda: MEETING.act("ask", kind="open", question=name, id="q")),
    "asked option": lambda name: refused("bad", lambda: MEETING.act(
        "ask", kind="choice", question="Hva?", options=["Ja", name], id="q")),
    "promise": lambda name: refused("empty", lambda: MEETING.act("promise", text=name)),
    "reason": lambda name: refused("no-reason", lambda: MEETING.act(
        "follow", activity="skriv", theme="t", status="not", reason=name)),
    "link": lambda name: refused("link-name", lambda: access_links.checked_name(name)),
    "comment": lambda name: refused("empty", lambda: comments.make(
        MEETING.room.comments, MEETING.room.workshop, id="c", slide="hva-mener-dere", text=name,
        author="", by="", now=1)),
    "answer": lambda name: refused("empty", lambda: MEETING.answer("p9", "x9", "skriv", name)),
    "option": lambda name: invalid(CHOICE.replace("NN", name)),
    "question of an activity": lambda name: invalid(one("open", f'id=a question="{name}"')),
    "words of a scale": lambda name: name.isspace() or invalid(one("scale", f'id=a labels="{name}|Mye"')),
    "heading in the form": lambda name: form("title", value=name),
    "option in the form": lambda name: form("options", CHOICE.replace("NN", "Nei"), value=["Ja", name]),
    "new slide in the form": lambda name: form("add_slide", value=name),
}  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_what_nobody_sees_is_no_name(field):
    for sign in UNSEEN:
        if sign not in "\n\r\x0b\x0c\x85\u2028\u2029":
            FIELDS[field](sign)


def test_the_characters_that_are_tried_are_those_we_know_of():
    assert set() == {sign for sign in NAMED if sign} - set(UNSEEN)
    assert 300 < len(UNSEEN) < 1000


@pytest.mark.parametrize("sign", NAMED, ids=ascii)
def test_a_meeting_and_a_slide_have_a_title_that_is_seen(sign):
    workshop, problems = parse(
        f"---\nformat: workshop/1\ntitle: {sign}\norganisation: {sign}\n---\n## {sign}\n---\n## B\n"
    )
    assert ("B", None) == (workshop.title, workshop.meta.get("organisation"))
    assert [1, 6] == [problem.line for problem in problems]


PIECES = ["a", "å", "❤\ufe0f", "👩\u200d🚒", "🏴\U000e0067\U000e0062\U000e007f", "e\u0301", *NAMED, " ", "\n"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_a_name_keeps_all_that_is_seen_and_begins_and_ends_with_it(text):
    name = clean_name(text)
    assert [sign for sign in clean(text) if visible.search(sign)] == [sign for sign in name if visible.search(sign)]
    assert name == clean_name(name)
    assert bool(name) == bool(visible.search(clean(text)))
    assert not name or visible.search(name[0])
    assert clean_visible(f"x {text}").startswith("x")


@pytest.mark.parametrize("name", ["❤\ufe0f", "👩\u200d🚒", "🏴\U000e0067\U000e0062\U000e007f", "क्षि", "می\u200cخواهم"])
def test_emoji_and_letters_with_marks_are_whole(name):
    assert name == clean_name(f"\u3164 {name} \u00ad")
