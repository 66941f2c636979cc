"""A workshop that shows code: what stands in a listing is shown as it is, and begins no slide, activity or note."""

import pytest

from live import exports
from live.exports import json_import
from live.room import Room
from live.workshop import EDITION, markdown
from live.workshop.editor.writer import FormChange
from tests.meeting import Meeting
from tests.reading import apply, outline, parse, reread
from tests.workshop.test_parser import FRONT

SHOWN = "---\n:::open{id=x}\nSkriv.\n:::\n# Ikke overskrift\n![](kart.png)\n<!-- ikke et notat -->"
LISTINGS = {
    "backticks": f"```\n{SHOWN}\n```",
    "tildes": f"~~~ markdown\n{SHOWN}\n~~~",
    "with a language": f"```markdown\n{SHOWN}\n```  ",
    "longer, around a shorter": f"````\n```\n{SHOWN}\n```\n````",
    "closed by a longer one": f"```\n{SHOWN}\n`````",
    "in a list": "- Slik:\n\n  ```\n" + "\n".join(f"  {line}" for line in SHOWN.split("\n")) + "\n  ```",
}


@pytest.mark.parametrize("listing", LISTINGS.values(), ids=LISTINGS)
def test_a_listing_is_one_slide_without_activities(listing):
    text = f"{FRONT}## Slik skriver du\n\n{listing}\n\n:::choice{{id=ekte}}\n- A\n:::\n\n---\n\n## Neste\n"
    workshop, warnings = parse(text)
    assert ["Slik skriver du", "Neste"] == [slide.title for slide in workshop.slides]
    assert ["ekte"] == [one.id for one in workshop.slides[0].activities]
    assert ("", []) == (workshop.slides[0].notes, warnings)
    html = markdown.render(workshop.slides[0].body, shown=None)
    assert "<pre>" in html
    assert [] == [line for line in ("---\n:::open{id=x}\n", "&lt;!-- ikke et notat --&gt;") if line not in html]
    assert outline(text)["slides"][0]["body"] == listing


def test_an_indented_listing_is_one_too_and_what_looks_like_an_activity_there_is_told():
    workshop, warnings = parse(f"{FRONT}## A\n\n    ---\n    :::open{{id=x}}\n    :::\n\n    mer\n\ntekst\n---\n## B\n")
    assert ["A", "B"] == [slide.title for slide in workshop.slides]
    assert () == workshop.slides[0].activities
    assert [9, 10] == [problem.line for problem in warnings]
    assert "part of a listing" in warnings[0].message
    assert "    ---\n    :::open{id=x}\n    :::\n\n    mer\n\ntekst" == workshop.slides[0].body


@pytest.mark.parametrize("before", ["tekst\n", "- punkt\n\n", "- punkt\n\n  mer\n"])
def test_an_activity_that_is_indented_under_a_text_or_a_list_is_still_one(before):
    """There Markdown has no listing either."""
    workshop, warnings = parse(f"{FRONT}## A\n\n{before}    :::open{{id=x}}\n    Skriv.\n    :::\n")
    assert (["x"], []) == ([one.id for one in workshop.slides[0].activities], warnings)


def test_a_note_in_an_indented_line_is_not_on_the_screen():
    text = f"{FRONT}## A\n\n    kode <!-- hemmelig -->\n\n<!-- to -->\n"
    (slide,) = parse(text)[0].slides
    assert "hemmelig" not in slide.body
    assert "hemmelig\n\nto" == slide.notes
    assert "tre" in apply(text, FormChange("note", activity=1, value="tre"))


def test_a_listing_in_an_activity_closes_it_not_and_holds_no_options():
    workshop, warnings = parse(
        f"{FRONT}## A\n:::choice{{id=a}}\nHva gjør\n\n```\n---\n:::\n- x\n```\n\n- B\n- C\n:::\n"
    )
    (choice,) = workshop.slides[0].activities
    assert ("Hva gjør\n--- ::: - x", ["B", "C"], []) == (
        choice.instruction, [option.text for option in choice.options], warnings,
    )  # fmt: skip


def test_a_fence_that_nothing_closes_takes_no_slide_with_it():
    workshop, warnings = parse(f"{FRONT}## A\n\n```\nkode\n---\n## B\n:::open{{id=b}}\n:::\n")
    assert ["A", "B"] == [slide.title for slide in workshop.slides]
    assert [(8, "This listing is not closed, and goes on to the end of the slide")] == [
        (problem.line, problem.message) for problem in warnings
    ]


@pytest.mark.parametrize("line", ["---", ":::", "<!-- x -->", ":::open{id=ny}"])
def test_the_form_writes_a_listing_as_it_was_typed(line):
    text = f"{FRONT}## A\n\n<!-- husk -->\n\n---\n\n## B\n"
    body = f"```\n{line}\n```"
    after = apply(text, FormChange("body", value=body))
    assert body == parse(after)[0].slides[0].body
    assert "husk" == parse(after)[0].slides[0].notes
    changed = apply(after, FormChange("note", value="glem"))
    assert ("glem", body) == ((one := parse(changed)[0].slides[0]).notes, one.body)


OLD = FRONT + "## A\n\n```\n---\n:::open{id=i-listen}\nSkriv.\n:::\n```\n"


def test_a_meeting_from_before_is_read_as_it_was():
    """
    Its events and answers name what that reading made of the text: here an activity in a listing.
    """
    meeting = Meeting(OLD, edition=1)
    assert ["A", ""] == [slide.title for slide in meeting.room.workshop.slides]
    meeting.act("start", activity="i-listen")
    meeting.answer("p1", "x", "i-listen", "Hei")
    assert 1 == meeting.replayed().activities["i-listen"].counted
    body = exports.export(meeting.room, "json")
    assert b'"edition"' not in body
    room = Room("31415926")
    for event in json_import.read(body).events:
        room.apply(event)
    assert (1, 1) == (room.activities["i-listen"].counted, room.workshop.edition)


def test_a_meeting_of_today_is_exported_with_how_it_is_read():
    meeting = Meeting(OLD)
    assert ["A"] == [slide.title for slide in meeting.room.workshop.slides]
    assert EDITION == json_import.read(exports.export(meeting.room, "json")).events[0].edition


def test_an_old_text_is_read_anew_when_it_is_stored_anew():
    assert (2, 1) == (len(reread(OLD, edition=1).slides), len(reread(OLD).slides))
