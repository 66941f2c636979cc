"""The mark `{right}` at the end of an option: read in choices, kept by the editor, and told to nobody."""

import msgspec
import pytest

from live.errors import WorkshopInvalid
from live.exports import export, json_import
from live.room import Room
from live.views.phone import phone_view
from live.views.screen import screen_view
from live.views.view import Presence
from live.workshop.editor.writer import FormChange
from tests.meeting import JOIN, Meeting, one
from tests.reading import apply, outline, parse, reread

OPTIONS = "Hva heter byen?\n- Bergen\n- ![Slottet](a.png){right}\n- Oslo **by** {Riktig}\n- Bodø\n  i nord {rett}"


def test_options_are_marked_in_english_and_norwegian():
    activity = parse(one("choice", "id=a", OPTIONS))[0].slides[0].activities[0]
    assert ["Bergen", "Slottet", "Oslo by", "Bodø i nord"] == [option.text for option in activity.options]
    assert {"b", "c", "d"} == activity.right
    earlier = reread(one("choice", "id=a", OPTIONS), edition=4).slides[0].activities[0]
    assert ("Oslo by {Riktig}", frozenset()) == (earlier.options[2].text, earlier.right)


def test_what_marks_nothing_is_told_with_its_line():
    with pytest.raises(WorkshopInvalid) as invalid:
        parse(one("scale", "id=a", "Vurder.\n- Lys\n- Buss {rett}"))
    assert [(12, "scale has no right options: leave out `{rett}`")] == [
        (each.line, each.message) for each in invalid.value.problems
    ]
    body = "Velg.\n- Oslo {rigth}\n- {riktig} Bergen\n- Bodø {kyst}\n- Moss \\{riktig\\}"
    workshop, warnings = parse(one("choice", "id=a", body))
    assert [
        (11, "`rigth` says nothing about an option (did you mean `right`?)"),
        (12, "`{riktig}` marks an option only at its end"),
    ] == [(each.line, each.message) for each in warnings]
    assert ("Moss {riktig}", frozenset()) == (
        workshop.slides[0].activities[0].options[3].text, workshop.slides[0].activities[0].right,
    )  # fmt: skip


def test_the_editor_keeps_and_sets_marks():
    text = one("valg", "id=a", "Hvor?\n- ![Slottet](a.png) Oslo {rett}\n- Bergen")
    assert ["Slottet Oslo {rett}", "Bergen"] == outline(text)["slides"][0]["activities"][0]["options"]
    after = apply(text, FormChange("options", value=["Slottet Oslo {rett}", "Bodø {riktig}", "Moss {x}"]))
    assert "- ![Slottet](a.png) Oslo {rett}\n- Bodø {riktig}\n- Moss \\{x\\}\n" in after
    assert 2 == apply(after, FormChange("copy_activity")).count("- Bodø {riktig}\n")
    assert "- ![Slottet](a.png) Oslo\n- Bodø\n- Moss \\{x\\}\n" in apply(after, FormChange("kind", kind="scale"))


def test_marks_are_told_to_nobody_and_come_along_in_json():
    meeting = Meeting(one("choice", "id=a", OPTIONS))
    meeting.act("next")
    meeting.act("next")
    meeting.answer("p1", "x", "a", value=["b"])
    shown = msgspec.json.encode([phone_view(meeting.room), screen_view(meeting.room, Presence(), JOIN)])
    assert b"Slottet" in shown
    assert not any(word in shown.lower() for word in (b"right", b"riktig", b"rett}"))
    again = Room("25054016")
    for event in json_import.read(export(meeting.room, "json")).events:
        again.apply(event)
    assert {"b", "c", "d"} == again.activities["a"].written.right
