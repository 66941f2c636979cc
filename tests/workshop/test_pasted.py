"""Lists and slide breaks as word processors and people write them are read as such, or told with their line."""

import pytest

from live.errors import Refused
from live.workshop import markdown
from live.workshop.editor.writer import FormChange
from tests.meeting import Meeting
from tests.reading import apply, outline, parse, reread
from tests.workshop.test_parser import FRONT, slide, warnings

HARD = "\u00a0"
MARKS = [
    "– ", "— ", "− ", "‒ ", "‐ ", "-", "–", f"-{HARD}", f"*{HARD}", "•\t", "• ", "•", "·\t", "▪\t", "o\t", "\uf0b7\t",
    "\uf0a7 ", "☐ ", "\t•\t", "\t- ", f"{HARD}– ", "1.\t", f"1){HARD}", "a) ", "B)\t",
]  # fmt: skip
TAKES_OPTIONS = ["choice", "scale", "dots", "group"]


@pytest.mark.parametrize("kind", TAKES_OPTIONS)
@pytest.mark.parametrize("mark", MARKS, ids=ascii)
def test_an_option_is_one_with_any_bullet(mark, kind):
    source = ":::open{id=kilde}\n:::\n" if kind == "group" else ""
    text = slide(f"{source}:::{kind}{{id=a}}\nHva mener du?\n{mark}Ja\n{mark}Nei takk\n{mark}Vet ikke\n:::")
    workshop, problems = parse(text)
    one = workshop.slides[0].activities[-1]
    assert ("Hva mener du?", ["Ja", "Nei takk", "Vet ikke"], []) == (
        one.instruction, [option.text for option in one.options], problems,
    )  # fmt: skip
    assert ["Ja", "Nei takk", "Vet ikke"] == outline(text)["slides"][0]["activities"][-1]["options"]


@pytest.mark.parametrize(
    ("lines", "options"),
    [
        ("17. mai\n24. juni", ["17. mai", "24. juni"]),
        ("1. mai\n2. juni", ["1. mai", "2. juni"]),
        ("1. May\n2. May", ["1. May", "2. May"]),
        ("4. klasse\n7. klasse", ["4. klasse", "7. klasse"]),
        ("1. Buss\n2. Tog", ["Buss", "Tog"]),
        ("1) Buss\n1) Tog", ["Buss", "Tog"]),
        ("- 17. mai\n- 24. juni", ["17. mai", "24. juni"]),
    ],
)
def test_a_number_that_is_a_word_of_the_option_stays(lines, options):
    text = slide(f":::choice{{id=a}}\nNår?\n\n{lines}\n:::")
    assert options == [option.text for option in parse(text)[0].slides[0].activities[0].options]
    assert options == outline(text)["slides"][0]["activities"][0]["options"]
    after = apply(text, FormChange("options", value=[*options, "Ellers"]))
    assert [*options, "Ellers"] == outline(after)["slides"][0]["activities"][0]["options"]


def test_one_bullet_of_another_kind_is_an_option_too():
    workshop, _ = parse(slide(":::choice{id=a}\n- Ja\n- Nei\n– Vet ikke\n:::"))
    assert ["Ja", "Nei", "Vet ikke"] == [option.text for option in workshop.slides[0].activities[0].options]


def test_the_form_changes_options_with_bullets_of_word():
    text = slide(":::choice{id=a}\nVelg.\n•\tJa\n•\tNei\n:::")
    after = apply(text, FormChange("options", value=["Ja", "Nei", "Vet ikke"]))
    assert ["Ja", "Nei", "Vet ikke"] == outline(after)["slides"][0]["activities"][0]["options"]


@pytest.mark.parametrize("line", ["-5 grader", "–5", "1.Mai", "(a) Ja", "→ Ja"])
def test_what_may_be_an_option_and_is_none_is_told(line):
    found = warnings(slide(f":::choice{{id=a}}\nHva da?\n{line}\n\n- Ja\n- Nei\n:::"))
    assert [(9, "This line is read as part of the instruction: an option begins with `- `")] == found


def test_a_line_under_an_option_that_has_lost_its_mark_is_told():
    assert [10] == [line for line, _ in warnings(slide(":::choice{id=a}\n- Ja\n- Nei\nVet ikke\n:::"))]
    assert [] == warnings(slide(":::choice{id=a}\n- Ja\n  takk\n- Nei\n\nTakk for svaret.\n:::"))


@pytest.mark.parametrize("line", ["Vi er +47 her", "*Viktig* nå", "Kari – og Ola", "2026 er året", "A. Hansen spør"])
def test_ordinary_sentences_are_no_options(line):
    workshop, problems = parse(slide(f":::choice{{id=a}}\n{line}\n\n- Ja\n- Nei\n:::"))
    assert (2, []) == (len(workshop.slides[0].activities[0].options), problems)


@pytest.mark.parametrize("line", ["----", "----------", " ---", "   ---", "---  ", "—", "——————", "–––", "−−−", "–-–-"])
def test_a_line_of_dashes_parts_slides(line):
    workshop, problems = parse(f"{FRONT}## A\n\n{line}\n\n## B\n")
    assert (["A", "B"], []) == ([each.title for each in workshop.slides], problems)


@pytest.mark.parametrize("line", ["***", "* * *", "___", "_____", "- - -", "--", "–", "======"])
def test_a_line_that_parts_nothing_is_told(line):
    text = f"{FRONT}## A\n\n{line}\n\ntekst\n"
    assert [(8, f"`{line}` parts no slides: for a new slide write `---`")] == warnings(text)
    assert [] == warnings(f"{FRONT}## A\n\n```\n{line}\n```\n")


def test_a_break_in_an_activity_is_told():
    assert [(9, "`---` inside an activity is part of its text and parts no slides")] == warnings(
        slide(":::open{id=a}\nSkriv.\n---\nMer.\n:::")
    )


@pytest.mark.parametrize("mark", ["•\t", "• ", "•", "▪ ", "o\t", "– ", "-", f"-{HARD}", f"1.{HARD}"], ids=ascii)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_list_on_a_slide_is_a_list(mark, gap):
    html = markdown.render(
        parse(f"{FRONT}## A\n\nVi må:\n\n{mark}snakke{gap}{mark}lytte\n")[0].slides[0].body, shown=None
    )
    assert 2 == html.count("<li")
    assert not set("•▪–-") & set(html)


def test_a_list_pasted_with_its_levels_keeps_them():
    body = parse(f"{FRONT}## A\n\n\t•\ten\n\t\to\tto\n\t•\ttre\n")[0].slides[0].body
    assert "- en\n   - to\n- tre" == body


@pytest.mark.parametrize("body", [
    "- en\n  - to\n    - tre\n    - fire\n      - fem\n  - seks",
    "1. en\n   - to\n     - tre\n     - fire",
])  # fmt: skip
def test_a_list_of_markdown_keeps_all_its_levels(body):
    """
    Two items on the third level stood on the first.
    """
    assert body == parse(f"{FRONT}## A\n\n{body}\n")[0].slides[0].body


@pytest.mark.parametrize("kind", TAKES_OPTIONS)
def test_an_option_that_stands_twice_is_told(kind):
    source = ":::open{id=kilde}\n:::\n" if kind == "group" else ""
    found = warnings(slide(f"{source}:::{kind}{{id=a}}\n- Ja\n- Nei\n- Ja\n- ja\n:::"))
    before = source.count("\n")
    assert [(10 + before, f"`Ja` is the same option as in line {8 + before}"),
            (11 + before, f"`ja` is the same option as in line {8 + before}")] == found  # fmt: skip


def test_a_question_asked_in_the_meeting_has_no_option_twice():
    with pytest.raises(Refused, match="same-option"):
        Meeting().act("ask", kind="choice", question="Enig?", options=["Ja", "Nei", "JA "], id="x")


def test_who_said_it_is_no_list():
    body = parse(f"{FRONT}## A\n\n> Vi må lytte.\n\n– Kari Nordmann\n")[0].slides[0].body
    assert "> Vi må lytte.\n\n– Kari Nordmann" == body


def test_bullets_in_a_stored_meeting_are_what_they_were():
    """
    The answers to its scale are to one item; three would make the ratings of one stand for another.
    """
    text = slide(":::scale{id=a}\nHvor enig?\n• Rådet\n• Skolen\n:::")
    old = Meeting(text, edition=1)
    assert ["Hvor enig? • Rådet • Skolen"] == [one.text for one in old.room.activities["a"].written.options]
    assert ["Rådet", "Skolen"] == [one.text for one in reread(text).slides[0].activities[0].options]
    assert 1 == len(reread(f"{FRONT}## A\n\n----\n\n## B\n", edition=1).slides)
