"""What a later version of Innspill has written: a kind that this one does not know is named, and the rest goes on."""

import msgspec
import pytest

from live import exports
from live.activities import KINDS, SCHEMAS
from live.activities.choice import Choice
from live.errors import Refused
from live.events import decode, encode
from live.exports import json_import
from live.room import Room
from live.workshop.schema import number
from tests.meeting import Meeting

TEXT = """---
format: workshop/1
title: Prøve
language: nb
---

## Hva mener dere?

:::open{id=a many}
Skriv.
:::

---

## Hva velger dere?

:::later{id=b colours=3}
- Rødt
- Grønt
:::
"""


class Later(Choice):
    name = "later"
    schema = msgspec.structs.replace(Choice.schema, attrs={**Choice.schema.attrs, "colours": number()})


@pytest.fixture
def later():
    """A meeting of a later version, in which both questions were answered."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(KINDS, "later", Later())
        patch.setitem(SCHEMAS, "later", Later.schema)
        meeting = Meeting(TEXT)
        for phone in ("anne", "bo"):
            meeting.act("start", activity="b")
            meeting.answer(phone, f"b{phone}", "b", value=["a"])
            meeting.act("start", activity="a")
            meeting.answer(phone, f"a{phone}", "a", f"Svar fra {phone}")
        meeting.exported = exports.export(meeting.room, "json")
        yield meeting


def test_an_export_is_imported_without_what_nobody_here_can_read(later):
    """
    The line of the unknown kind is named; the other question has its answers.
    """
    exported = later.exported
    del KINDS["later"], SCHEMAS["later"]
    read = json_import.read(exported)
    assert [17] == [one.line for one in read.left_out]
    assert "`later`" in read.left_out[0].message
    room = Room(read.code)
    for event in read.events:
        room.apply(event)
    assert {"Svar fra anne", "Svar fra bo"} == {answer.text for answer in room.activities["a"].answers.values()}
    assert {} == room.activities["b"].answers
    assert 2 == read.answers


def test_a_journal_is_read_without_what_nobody_here_can_run(later):
    """
    The step is named when somebody starts it, and the meeting goes on.
    """
    del KINDS["later"], SCHEMAS["later"]
    again = Meeting.__new__(Meeting)
    again.room, again.events, again.now = Room(later.room.code), [], later.now
    for event in later.events:
        again.room.apply(decode(encode(event)))
    assert 2 == len(again.room.activities["a"].answers)
    with pytest.raises(Refused) as refused:
        again.act("start", activity="b")
    assert ("unsupported", {"kind": "later"}) == (refused.value.args[0], refused.value.facts)
    again.act("goto", slide=1)
    again.act("next")
    assert "a" == again.room.activity.written.id
    for format in ("csv", "xlsx", "json", "html"):
        assert exports.export(again.room, format)
