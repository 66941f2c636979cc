"""Two rounds of a question compared: same phones paired, who moved where, and nobody singled out."""

import io

import openpyxl
import pytest

from live import exports
from live.errors import WorkshopInvalid
from live.room.few import FEW, hidden_cells
from live.views.console import console_view
from live.views.phone import phone_view
from live.views.screen import screen_view
from live.views.view import Presence
from tests.meeting import JOIN, Meeting, answer_id
from tests.reading import parse

HEAD = "---\nformat: workshop/1\ntitle: Prøve\nlanguage: nb\n---\n\n## Hva mener dere?\n\n"


def twice(kind: str, body: str, attrs: str = "", again: str = "") -> str:
    first = f":::{kind}{{id=a {attrs}}}\n{body}\n:::\n\n"
    return f"{HEAD}{first}:::{kind}{{id=b compare=a {again or attrs}}}\n{body}\n:::\n"


def held(text: str, first: list, second: list, **names: str) -> Meeting:
    """Phone n gives the nth answer of each round; None: it gives none. Themes are made of texts that begin alike."""
    meeting = Meeting(text)
    for id, answers in (("a", first), ("b", second)):
        meeting.act("start", activity=id)
        for n, answer in enumerate(answers):
            if isinstance(answer, str):
                meeting.answer(f"p{n}", f"{id}{n}", id, answer)
            elif answer is not None:
                meeting.answer(f"p{n}", f"{id}{n}", id, value=answer)
        meeting.act("close")
        for name in names.get(id, "").split():
            ids = [answer_id(f"{id}{n}") for n, answer in enumerate(answers) if answer and answer.startswith(name)]
            meeting.act("make_theme", activity=id, name=name, id=f"{id}-{name}", ids=ids)
        meeting.act("reveal")
    return meeting


def shown(meeting: Meeting) -> dict:
    return screen_view(meeting.room, Presence(), JOIN)["results"]["compare"]


def test_the_same_phones_are_paired_and_who_moved_is_told():
    first = [["a"]] * 12 + [["b"]] * 8 + [None] * 2 + [["a"]]
    second = [["b"]] * 6 + [["a"]] * 6 + [["b"]] * 8 + [["a"]] * 2 + [None]
    meeting = held(twice("choice", "Velg.\n- Ja\n- Nei"), first, second)
    compared = shown(meeting)
    assert (21, 22, 20) == (compared["first"], compared["second"], compared["both"])
    group = compared["groups"][0]
    assert [("Ja", 12, 6), ("Nei", 8, 14)] == [(row["text"], row["before"], row["after"]) for row in group["rows"]]
    assert [[6, 6], [0, 8]] == group["flow"]
    said = [
        "21 svarte første gang, 22 andre gang og 20 begge ganger.",
        "6 av dem som svarte begge ganger, skiftet svar.",
    ]
    assert said == compared["notes"]
    assert said == [row["text"] for row in phone_view(meeting.room)["figures"]][-2:]
    assert ("change", "change") == (
        screen_view(meeting.room, Presence(), JOIN)["shape"],
        console_view(meeting.room, Presence(), JOIN, warnings=[])["results"]["shapes"][0],
    )
    page = exports.export(meeting.room, "html").decode()
    assert all(sentence in page for sentence in (*said, "Hvem som skiftet", '<th scope="row">A Ja</th>'))
    book = openpyxl.load_workbook(io.BytesIO(exports.export(meeting.room, "xlsx")))
    rows = [row[1:3] for sheet in book for row in sheet.iter_rows(values_only=True) if len(row) > 2]
    assert {("Ja (før)", 12), ("Nei (etter)", 14), ("Ja → Nei", 6)} <= set(rows)


def test_few_who_moved_are_not_told_apart():
    first, second = [["a"]] * 12 + [["b"]] * 7, [["b"]] + [["a"]] * 11 + [["b"]] * 7
    compared = shown(held(twice("choice", "Velg.\n- Ja\n- Nei"), first, second))
    assert [[None, None], [None, None]] == compared["groups"][0]["flow"]
    assert "Færre enn 5 av dem som svarte begge ganger, skiftet svar." == compared["notes"][1]
    compared = shown(held(twice("choice", "Velg.\n- Ja\n- Nei"), [["a"]] * (FEW - 1), [["b"]] * (FEW - 1)))
    assert [] == compared["groups"]


def test_no_row_and_no_column_has_one_hidden_cell():
    for table in ([[2, 9, 7], [8, 6, 0], [0, 5, 30]], [[1, 0], [0, 9]], [[9, 9], [9, 9]], [[4]]):
        hidden = hidden_cells(table)
        small = {(m, n) for m, row in enumerate(table) for n, count in enumerate(row) if 0 < count < FEW}
        assert small <= hidden
        if len(table) > 1:
            for axis in (0, 1):
                assert all(sum(cell[axis] == n for cell in hidden) != 1 for n in range(len(table)))


def test_a_scale_moves_by_steps_and_several_picks_have_no_flow():
    first, second = [{"a": 1}] * 6 + [{"a": 3}] * 6, [{"a": 3}] * 6 + [{"a": 3}] * 6
    compared = shown(held(twice("scale", "Vurder.\n- Lys", "max=3"), first, second))
    group = compared["groups"][0]
    assert ([2.0, 3.0], [[0, 0, 6], [0, 0, 0], [0, 0, 6]]) == (group["means"], group["flow"])
    assert "Snitt 2,0 før, 3,0 etter." in compared["notes"]
    several = shown(held(twice("choice", "Velg.\n- Ja\n- Nei", "pick=2"), [["a", "b"]] * 6, [["a"]] * 6))
    assert None is several["groups"][0]["flow"]
    assert [6, 0] == [row["after"] for row in several["groups"][0]["rows"]]


def test_themes_grow_shrink_are_new_or_gone():
    first = ["Buss er fint"] * 4 + ["Sykkel takk"] * 2 + ["Ferje nå"]
    second = ["Sykkel og sti"] * 4 + ["Buss igjen"] * 2 + ["Tog til byen"]
    compared = shown(held(twice("open", "Skriv."), first, second, a="Buss Sykkel Ferje", b="Buss Sykkel Tog"))
    assert [
        "7 svarte første gang, 7 andre gang og 7 begge ganger.",
        "Vokste: Sykkel (2 → 4).", "Minket: Buss (4 → 2).", "Nye: Tog (0 → 1).", "Borte: Ferje (1 → 0).",
    ] == compared["notes"]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (twice("choice", "Velg.\n- Ja\n- Nei").replace("- Nei\n:::\n\n", "- Kanskje\n:::\n\n"), "same options"),
        (twice("scale", "Vurder.", "max=3", "max=4"), "same min and max"),
        (twice("choice", "Velg.\n- Ja\n- Nei", "background"), "point at somebody"),
        (f"{HEAD}:::open{{id=a}}\nSkriv.\n:::\n\n:::scale{{id=b compare=a}}\nVurder.\n:::\n", "can only be compared"),
    ],
)
def test_what_can_not_be_compared_is_told(text, message):
    with pytest.raises(WorkshopInvalid) as invalid:
        parse(text)
    assert message in invalid.value.problems[0].message
