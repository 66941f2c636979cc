"""The kind `consent`: consent to a proposal, or an objection with its reason, to one version of it."""

from typing import Any

import pytest

from live import exports
from live.activities.kind import Figure
from live.errors import Refused
from live.exports import json_import
from live.exports.report_document import report
from live.report_blocks import Answers, Head
from live.room import Room
from live.rules.commands import EditWorkshop
from live.views.answers import phone_answers
from live.views.console import console_view
from live.views.phone import phone_view
from live.views.screen import screen_view
from live.views.view import Presence
from tests.meeting import JOIN, Meeting, one
from tests.reading import parse
from tests.web.edge import bearer, serving

EXAMPLE = """:::consent{id=x}
Vi stenger Storgata for biler på lørdager.
:::"""
DEAR, DARK = "Det blir for dyrt.", "Gata blir for mørk om vinteren."


def recount(answers: list[tuple[str | None, Any]]) -> dict[str, Any]:
    return {"n": len(answers), "earlier": []}


def proposal(words: str) -> str:
    return one("consent", "id=a", words)


def asked(**answers: str) -> Meeting:
    """Each phone that gives a text objects; without one it consents."""
    meeting = Meeting(proposal("Vi stenger gata."))
    meeting.act("start", activity="a")
    for phone, reason in answers.items():
        meeting.answer(phone, phone, "a", reason or None, value="object" if reason else "consent")
    return meeting


def edited(meeting: Meeting, words: str) -> None:
    text = proposal(words)
    meeting.command(EditWorkshop(text, parse(text)[0]))


def shown(meeting: Meeting) -> dict[str, Any]:
    results = console_view(meeting.room, Presence(), JOIN, warnings=[])["hidden_results"]
    counts = {option["id"]: option["count"] for option in results["options"]}
    return counts | {"cards": sorted(card["text"] for card in results["cards"]), "notes": results.get("notes", [])}


def test_consents_are_a_number_and_objections_have_their_reasons():
    meeting = asked(anne="", bo="", kim=DEAR)
    assert {"consent": 2, "object": 1, "cards": [DEAR], "notes": []} == shown(meeting)
    meeting.answer("kim", "kim", "a", DARK, value="object", rev=2)
    assert [DARK] == shown(meeting)["cards"]
    meeting.answer("kim", "kim", "a", value="consent", rev=3)
    assert {"consent": 3, "object": 0, "cards": [], "notes": []} == shown(meeting)


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        (None, "object", "no-objection"), ("  ", "object", "no-objection"), (DEAR, "consent", "bad"),
        (DEAR, None, "bad"), (None, None, "empty"), (None, "veto", "bad"), (None, ["consent"], "bad"),
        ("a" * 201, "object", "too-long"),
    ],
)  # fmt: skip
def test_an_objection_needs_a_reason_and_a_consent_has_none(text, value, code):
    meeting = asked(bo="")
    with pytest.raises(Refused, match=code):
        meeting.answer("anne", "anne", "a", text, value=value)
    assert 1 == meeting.room.activities["a"].tally.show()["n"]


def test_a_flagged_reason_stays_back_until_it_is_released():
    meeting = asked(anne="", kim="Ring meg på 22 33 44 55, dette går ikke.")
    assert {"consent": 1, "object": 0, "cards": [], "notes": []} == shown(meeting)
    id = next(iter(meeting.room.activities["a"].waiting))
    meeting.act("restore_answer", id=id, release=True)
    assert 1 == shown(meeting)["object"]


def test_an_edited_proposal_is_asked_anew_and_earlier_answers_hold_for_the_words_they_were_given_to():
    meeting = asked(anne="", bo="", kim=DEAR)
    edited(meeting, "vi  stenger GATA.")  # the same words
    assert 1 == phone_view(meeting.room)["version"]
    edited(meeting, "Vi stenger gata om sommeren.")
    view = phone_view(meeting.room)
    assert (2, "Forslag 2") == (view["version"], view["says"]["version"])
    assert 0 == screen_view(meeting.room, Presence(), JOIN)["counts"]["answered"]
    told = "Til forslag 1: Samtykker: 2. Innvendinger: 1."
    assert {"consent": 0, "object": 0, "cards": [], "notes": [told]} == shown(meeting)

    meeting.answer("anne", "anne2", "a", DARK, value="object", version=2)
    meeting.answer("eli", "eli", "a", value="consent", version=1)  # sent before the change, and late on its way
    told = "Til forslag 1: Samtykker: 3. Innvendinger: 1."
    assert {"consent": 0, "object": 1, "cards": [DARK], "notes": [told]} == shown(meeting)
    assert [1, 2] == [one["version"] for one in phone_answers(meeting.room, "anne")[0]]
    with pytest.raises(Refused, match="limit"):
        meeting.answer("anne", "anne3", "a", value="consent", version=2)
    assert meeting.replayed().activities["a"].tally.show() == meeting.room.activities["a"].tally.show()


def test_the_report_has_the_objections_to_each_version_and_json_brings_them_back():
    meeting = asked(anne="", kim=DEAR)
    edited(meeting, "Vi stenger gata om sommeren.")
    meeting.answer("kim", "kim2", "a", DARK, value="object")
    sections = report(exports.take_snapshot(meeting.room, withheld=False, rehearsal=False)).sections
    blocks = next(section for section in sections if section.result).blocks
    assert [Head("Innvendinger mot forslag 2"), Head("Innvendinger mot forslag 1")] == [
        block for block in blocks if isinstance(block, Head)
    ]
    assert [[DARK], [DEAR]] == [block.texts for block in blocks if isinstance(block, Answers)]
    assert [None] == [section.chart for section in sections if section.result]

    again = Room("25054015")
    for event in json_import.read(exports.export(meeting.room, "json")).events:
        again.apply(event)
    state = again.activities["a"]
    assert state.tally.show() == meeting.room.activities["a"].tally.show()
    assert {None, DEAR, DARK} == {answer.text for answer in state.answers.values()}
    assert [Figure("consent", "Samtykker", 0), Figure("object", "Innvendinger", 1)] == state.kind.figures(
        state.written, state.tally.show()
    )


async def test_a_phone_without_script_is_asked_again(tmp_path):
    async with serving(tmp_path) as edge:
        opened = await edge.open(proposal("Vi stenger gata."))
        await edge.act(opened, "start", activity="a")
        sent = {"activity": "a", "rev": "1", "version": "1", "id": "1" * 32}
        refused = await edge.post(f"/{opened.code}/answers", data=sent | {"consent": "object"})
        assert (422, True) == (refused.status_code, "Skriv hva innvendingen er." in refused.text)
        await edge.post(f"/{opened.code}/answers", data=sent | {"consent": "object", "text": DEAR})
        page = (await edge.get(f"/{opened.code}")).text
        assert f"Innvending: {DEAR}" in page
        key, text = bearer(opened.facilitator_key), proposal("Vi stenger gata om sommeren.")
        edited = await edge.put(f"/api/rooms/{opened.code}/workshop", content=text, headers=key)
        assert 200 == edited.status_code
        page = (await edge.get(f"/{opened.code}")).text
        assert "Hva sier dere til forslag 2?" in page
        assert '<input type="hidden" name="version" value="2">' in page
        assert '<input type="hidden" name="rev" value="1">' in page


def test_what_was_started_and_unanswered_may_become_a_proposal():
    """
    There are no versions from before then, and the room is the same built anew.
    """
    meeting = Meeting(one("choice", "id=a", "- Ja\n- Nei"))
    meeting.act("start", activity="a")
    edited(meeting, "Vi stenger gata.")
    assert ("Vi stenger gata.",) == meeting.room.activities["a"].written.versions
    assert meeting.replayed().activities["a"].written == meeting.room.activities["a"].written


def test_a_changed_answer_is_no_second_one_to_the_next_version():
    meeting = asked(anne="")
    edited(meeting, "Vi stenger gata om natta.")
    meeting.answer("anne", "anne2", "a", value="consent", version=2)
    meeting.answer("anne", "anne", "a", DEAR, value="object", rev=2, version=2)
    assert {"consent": 1, "object": 0} == {key: shown(meeting)[key] for key in ("consent", "object")}
