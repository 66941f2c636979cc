"""The editor sets one field of the form in the text; all other text stays byte for byte as it was."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.errors import Refused
from live.workshop.editor.writer import FormChange
from tests.meeting import SEMINAR
from tests.reading import apply, outline, parse
from tests.workshop.written import SAFE, WORDS, activity_of, bare, kept, lines, outside, workshops


@given(workshops())
def test_the_outline_is_what_the_workshop_is_read_as(text):
    workshop, _ = parse(text)
    seen = outline(text)
    assert [] == seen["broken"]
    assert [slide.title for slide in workshop.slides] == [slide["title"] for slide in seen["slides"]]
    assert [[(one.kind, one.instruction, [option.text for option in one.options], one.line) for one in slide.activities]
            for slide in workshop.slides] == [
        [(one["kind"], one["instruction"], one["options"], one["line"]) for one in slide["activities"]]
        for slide in seen["slides"]
    ]  # fmt: skip


@given(workshops(), st.data())
def test_a_title_is_changed_and_nothing_else(text, data):
    seen = outline(text)
    at = data.draw(st.integers(0, len(seen["slides"]) - 1))
    words = data.draw(WORDS.filter(bool))
    big = data.draw(st.booleans())
    sized = apply(text, FormChange("big", slide=at, value=big))
    assert [slide["big"] for slide in outline(sized)["slides"]][at] == big
    assert (bare(seen), sized) == (bare(outline(sized)), apply(sized, FormChange("big", slide=at, value=big)))
    outside(text, sized, seen["slides"][at]["line"], seen["slides"][at]["line"])
    after = apply(text, FormChange("title", slide=at, value=words))
    wanted = bare(seen)
    wanted[at] = (words, wanted[at][1])
    assert wanted == bare(outline(after))
    outside(text, after, seen["slides"][at]["line"], seen["slides"][at]["line"])
    parse(after)


LINE = st.one_of(
    SAFE,
    WORDS,
    st.sampled_from(["- a", "+ b", "## c", "---", "—", ":::open", ":::", "<!-- x", "y -->", "```", "  > d", ""]),
)


def unescaped(body: str) -> list[str]:
    """The lines of *body* without backslashes and without empty lines, and with one mark for every list."""
    lines = [line.strip() for line in body.replace("\\", "").split("\n") if line.strip()]
    return [re.sub(r"^([-–—]|[*+](?=\s))\s*(?=\S)", "- ", line) for line in lines]


@given(workshops(), st.data())
def test_the_text_of_a_slide_is_changed_and_nothing_else(text, data):
    seen = outline(text)
    at = data.draw(st.integers(0, len(seen["slides"]) - 1))
    old = seen["slides"][at]["body"].split("\n")
    wanted = "\n".join(data.draw(st.lists(st.one_of(st.sampled_from(old), LINE), max_size=5)))
    after = apply(text, FormChange("body", slide=at, value=wanted))
    assert bare(seen) == bare(outline(after))
    assert [line.strip() for line in kept(text)] == [line.strip() for line in kept(after)]
    workshop, _ = parse(after)
    assert unescaped(wanted) == unescaped(workshop.slides[at].body)
    assert after == apply(after, FormChange("body", slide=at, value=outline(after)["slides"][at]["body"]))


def test_setting_the_same_text_changes_nothing():
    text = "---\nformat: workshop/1\n---\n# Prøve\nUten linjeskift sist"
    assert text == apply(text, FormChange("body", value="Uten linjeskift sist"))


@given(workshops(), st.data())
def test_the_notes_of_a_slide_are_changed_and_nothing_else(text, data):
    seen = outline(text)
    at = data.draw(st.integers(0, len(seen["slides"]) - 1))
    notes = list(seen["slides"][at]["notes"])
    n = data.draw(st.integers(0, len(notes)))
    words = "\n".join(data.draw(st.lists(st.one_of(WORDS.filter(bool), st.sampled_from(["---", ":::"])), max_size=3)))
    after = apply(text, FormChange("note", slide=at, activity=n, value=words))
    words = words.replace("-->", "→").replace("<!--", "<! --").strip()
    notes[n : n + 1] = [words] if words else []
    assert notes == outline(after)["slides"][at]["notes"]
    bodies = [[slide["body"] for slide in shown["slides"]] for shown in (seen, outline(after))]
    assert (bodies[0], bare(seen)) == (bodies[1], bare(outline(after)))
    strip = [re.sub("<!--.*?-->", "", one, flags=re.DOTALL).split() for one in (text, after)]
    assert strip[0] == strip[1]
    parse(after)


@given(workshops(), st.data())
def test_an_instruction_is_changed_and_nothing_else(text, data):
    seen = outline(text)
    if not (place := activity_of(data, seen)):
        return
    words = data.draw(st.lists(WORDS.filter(bool), max_size=3).map("\n".join))
    one = seen["slides"][place[0]]["activities"][place[1]]
    after = apply(text, FormChange("instruction", *place, value=words))
    wanted = bare(seen)
    wanted[place[0]][1][place[1]] = (one["kind"], one["attributes"], words, one["options"])
    assert wanted == bare(outline(after))
    outside(text, after, one["line"] + 1, one["last"] - 1)
    assert re.findall("<!--.*?-->", text, re.DOTALL) == re.findall("<!--.*?-->", after, re.DOTALL)


@given(workshops(), st.data())
def test_options_are_changed_and_nothing_else(text, data):
    seen = outline(text)
    every = [(s, a) for s, slide in enumerate(seen["slides"]) for a in range(len(slide["activities"]))]
    place = next((at for at in every if seen["slides"][at[0]]["activities"][at[1]]["options"]), None)
    if not place:
        return
    one = seen["slides"][place[0]]["activities"][place[1]]
    options = data.draw(
        st.lists(st.one_of(st.sampled_from(one["options"]), WORDS.filter(bool)), min_size=1, max_size=5)
    )
    after = apply(text, FormChange("options", *place, value=options))
    wanted = bare(seen)
    wanted[place[0]][1][place[1]] = (one["kind"], one["attributes"], one["instruction"], options)
    assert wanted == bare(outline(after))
    outside(text, after, one["line"] + 1, one["last"] - 1)
    parse(after)


VALUES = {
    "time": st.sampled_from(["3:00", "90s"]), "optional": st.booleans(), "question": WORDS.filter(bool),
    "id": st.just("nytt"), "many": st.sampled_from([True, "7"]), "reveal": st.sampled_from(["live", "never"]),
    "form": st.just("table"), "tags": st.just("a b|c d"), "pick": st.just("1"),
}  # fmt: skip


@given(workshops(), st.data())
def test_an_attribute_is_set_or_taken_away_and_nothing_else(text, data):
    seen = outline(text)
    if not (place := activity_of(data, seen)):
        return
    one = seen["slides"][place[0]]["activities"][place[1]]
    has = {"pair": {"form"}, "open": {"many", "reveal", "tags"}, "choice": {"pick", "reveal"}, "think": set()}[
        one["kind"]
    ]
    key = data.draw(st.sampled_from(sorted(has | {"time", "optional", "question", "id"})))
    value = data.draw(st.one_of(st.none(), VALUES[key]))
    after = apply(text, FormChange("attribute", *place, key=key, value=value))
    attributes = outline(after)["slides"][place[0]]["activities"][place[1]]["attributes"]
    shown = {"7": 7, "1": 1, True: 20 if key == "many" else True}.get(value, value) if key != "time" else value
    if key == "question" and value:
        shown = attributes.get(key, "").replace("”", '"').replace("’", "'")  # a value holds no quote of its own kind
        assert re.sub("[“”„‟’]", '"', value).replace("'", '"') == re.sub("[“”„‟’]", '"', shown).replace("'", '"')
        shown = attributes[key]
    assert attributes == {name: kept for name, kept in (one["attributes"] | {key: shown}).items() if kept is not None}
    outside(text, after, one["line"], one["line"])
    parse(after)


@given(workshops(), st.data())
def test_front_matter_is_set_and_nothing_else(text, data):
    key = data.draw(st.sampled_from(["title", "owner", "purpose", "language"]))
    value = "en" if key == "language" else data.draw(SAFE)
    seen = outline(text)
    after = apply(text, FormChange("meta", key=key, value=value))
    assert seen["meta"] | {key: value} == outline(after)["meta"]
    assert bare(seen) == bare(outline(after))
    first = next(at for at, line in enumerate(lines(text)) if at and line.strip() == "---")
    assert after.endswith("".join(lines(text)[first:]))
    assert after[:4] == text[:4]


def test_the_seminar_changed_and_changed_back_is_the_seminar():
    """
    Also its byte-order mark and its line ends are the same.
    """
    text = "\ufeff" + SEMINAR.replace("\n", "\r\n")
    changed = apply(text, FormChange("attribute", 22, 0, key="time", value="3:00"))
    assert changed == text.replace("time=2:00", "time=3:00", 1)
    assert text == apply(changed, FormChange("attribute", 22, 0, key="time", value="2:00"))
    changed = apply(text, FormChange("instruction", 22, 1, value="Skriv ett svar om gangen."))
    before = outline(text)["slides"][22]["activities"][1]["instruction"]
    assert text == apply(changed, FormChange("instruction", 22, 1, value=before))
    for s, slide in enumerate(outline(text)["slides"]):
        changed = apply(text, FormChange("body", s, value="Noe helt annet\n\n- a"))
        assert text == apply(changed, FormChange("body", s, value=slide["body"])), s
        for n, note in enumerate(slide["notes"]):
            assert text == apply(apply(text, FormChange("note", s, n, value="x")), FormChange("note", s, n, value=note))


def test_norwegian_names_are_kept_as_they_are_written():
    text = "---\nformat: workshop/1\n---\n## Hva?\n:::par{tid=2:00 form=sidemann}\nSnakk.\n:::\n"
    assert text.replace("2:00", "4:00") == apply(text, FormChange("attribute", key="time", value="4:00"))
    assert text.replace("sidemann", "bord") == apply(text, FormChange("attribute", key="form", value="table"))


@pytest.mark.parametrize(
    "text", ["", "bare ord", "---\nformat: workshop/1\n", "---\nformat: workshop/1\n---\n## A\n:::open\nUten slutt\n"]
)
def test_a_broken_text_can_only_be_changed_as_text(text):
    assert outline(text)["broken"]
    with pytest.raises(Refused) as refused:
        apply(text, FormChange("title", value="Ny"))
    assert "in-text" == refused.value.code


def test_a_note_in_the_line_is_not_lost():
    text = "---\nformat: workshop/1\n---\n## Hva? <!-- husk kaffe -->\n"
    with pytest.raises(Refused) as refused:
        apply(text, FormChange("title", value="Ny"))
    assert ("in-text", 4) == (refused.value.code, refused.value.facts["line"])


NORSK = """---
format: workshop/1
tittel: Prøve
---

## Hva mener dere?

:::åpen{id=a flere}
Skriv.
:::
"""


def test_additions_are_in_the_language_of_the_text():
    """A text with Norwegian words gets Norwegian words, one with English words English ones; old words stay."""
    for wanted, added in [
        (FormChange("meta", key="owner", value="Ordføreren"), "eier: Ordføreren\n"),
        (FormChange("attribute", key="time", value="3:00"), ":::åpen{id=a flere tid=3:00}\n"),
        (FormChange("attribute", key="reveal", value="live"), ":::åpen{id=a flere vis=direkte}\n"),
        (FormChange("attribute", key="optional", value=True), ":::åpen{id=a flere valgfri}\n"),
        (FormChange("add_activity", kind="pair"), ":::par{tid=2:00}\n"),
        (FormChange("add_activity", kind="choice"), ":::valg{id=choice}\n"),
    ]:
        after = apply(NORSK, wanted)
        assert added in after, wanted
        assert parse(after)
    english = NORSK.replace("tittel", "title").replace("åpen", "open").replace("flere", "many")
    assert "owner: Ordføreren\n" in apply(english, FormChange("meta", key="owner", value="Ordføreren"))
    assert ":::open{id=a many reveal=live}\n" in apply(english, FormChange("attribute", key="reveal", value="live"))
