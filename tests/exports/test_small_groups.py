"""Small groups: answers about who people are point at nobody in any export (docs/security.md T32)."""

import json
import random

import pytest

from live import exports
from live.exports import json_import
from live.room import Room
from tests.exports.test_exports import open_xlsx, read_csv
from tests.meeting import Meeting, answer_id

TEXT = (
    "---\nformat: workshop/1\ntitle: Bygda\nlanguage: nb\n---\n\n"
    "## Hvor bor du?\n\n:::choice{id=bor background}\n- Sentrum\n- Bygda\n- Øya\n:::\n\n---\n\n"
    "## Hva mangler?\n\n:::open{id=mangler}\nSkriv kort.\n:::\n"
)
LIVES = {"a": 9, "b": 6, "c": 2}  # the two on the island are few, and with them those who would tell how many
SHOWN, HIDDEN = {"Sentrum"}, {"Bygda", "Øya"}


def meeting() -> Meeting:
    at = Meeting(TEXT)
    at.act("start", activity="bor")
    phones = [f"{option}{n}" for option, count in LIVES.items() for n in range(count)]
    for phone in random.Random(3).sample(phones, len(phones)):
        at.now += 61_000
        at.heads(phone, 3)
        at.answer(phone, f"bor {phone}", "bor", value=[phone[0]])
    at.act("start", activity="mangler")
    for phone in phones:
        at.answer(phone, f"mangler {phone}", "mangler", f"Svar fra {phone}")
    return at


def export_of(format: str, **choices: bool) -> bytes:
    return exports.export(meeting().room, format, **choices)


def who(rows: list[dict]) -> list[dict]:
    return [row for row in rows if row["activity_id"] == "bor"]


@pytest.mark.parametrize("format", ["csv", "json", "xlsx"])
def test_a_small_group_stands_in_no_row(format):
    """
    Two people live on the island: their count is hidden, and the next smallest, from which it could be computed.
    """
    body = export_of(format)
    if format == "xlsx":
        answers, summary, *_ = open_xlsx(body)
        heads = [cell.value for cell in answers[1]]
        rows = [dict(zip(heads, [cell.value for cell in row], strict=True)) for row in answers.iter_rows(min_row=2)]
        texts = [row["Svar"] or "" for row in rows if row["Oppgave-id"] == "bor"]
        counts = {row[1].value: row[2].value for row in summary.iter_rows(min_row=2) if row[0].value == "Hvor bor du?"}
        assert {"færre enn 5"} == {counts[f"{name} (telefoner)"] for name in HIDDEN}
        assert 9 == counts["Sentrum (telefoner)"]
    else:
        rows = who(read_csv(body) if format == "csv" else json.loads(body)["answers"])
        texts = [row["text"] for row in rows]
        assert {("", "few")} == {(row["text"], row["withheld_reason"]) for row in rows if not row["text"]}
    assert (17, SHOWN) == (len(texts), set(texts) - {""})
    assert 9 == texts.count("Sentrum")


def test_no_value_and_no_figure_is_left_behind():
    body = json.loads(export_of("json"))
    assert {None, ("a",)} == {one["value"] and tuple(one["value"]) for one in who(body["answers"])}
    options = next(one for one in body["activities"] if one["id"] == "bor")["results"]["options"]
    assert [9, None, None] == [one["count"] for one in options]


@pytest.mark.parametrize("format", ["csv", "json"])
def test_nothing_ties_them_to_what_they_wrote(format):
    """
    They have no phone, all the same time, no number of people, and are not in the order in which they came.
    """
    body = export_of(format)
    rows = who(read_csv(body) if format == "csv" else json.loads(body)["answers"])
    assert [("", "1")] * 17 == [(row["phone"], str(row["heads"])) for row in rows]
    assert 1 == len({row["sent_at_utc"] for row in rows})
    ids = [row["answer_id"] for row in rows]
    assert sorted(ids) == ids
    came = [one.id for one in meeting().room.activities["bor"].answers.values()]
    assert set(came) == set(ids)
    assert came != ids


def test_withheld_answers_are_exported_when_asked_for():
    rows = who(json.loads(export_of("json", withheld=True))["answers"])
    assert SHOWN | HIDDEN == {row["text"] for row in rows}
    assert "" not in {row["phone"] for row in rows}
    assert answer_id("bor c0") in {row["answer_id"] for row in rows if row["text"] == "Øya"}


@pytest.mark.parametrize("withheld", [False, True])
def test_an_import_gives_the_same_export(withheld):
    before = export_of("json", withheld=withheld)
    room = Room("31415926")
    for event in json_import.read(before).events:
        room.apply(event)
    after = exports.export(room, "json", withheld=withheld)
    assert json.loads(before)["content_sha256"] == json.loads(after)["content_sha256"]
