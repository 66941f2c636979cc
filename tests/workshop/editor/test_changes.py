"""The editor adds, moves, copies, removes slides and activities, and changes their kind; all else stays as it was."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.activities import KINDS as RUN
from live.activities import SCHEMAS
from live.errors import Refused
from live.workshop.editor.writer import FormChange
from tests.reading import apply, outline, parse
from tests.workshop.written import activity_of, bare, lines, outside, workshops


@given(workshops(), st.data())
def test_slides_are_added_moved_copied_and_removed(text, data):
    """
    Each slide keeps every character it had, except empty lines at its end.
    """
    seen = bare(outline(text))
    at = data.draw(st.integers(0, len(seen) - 1))
    does = data.draw(st.sampled_from(["add_slide", "move_slide", "copy_slide", "drop_slide"]))
    by = data.draw(st.integers(-3, 3).filter(bool))
    wanted = FormChange(does, slide=at, by=by, value="Ny" if does == "add_slide" else None)
    if (does == "move_slide" and not 0 <= at + by < len(seen)) or (does == "drop_slide" and len(seen) == 1):
        with pytest.raises(Refused):
            apply(text, wanted)
        return
    after = apply(text, wanted)
    now = bare(outline(after))
    if does == "add_slide":
        assert [*seen[: at + 1], ("Ny", []), *seen[at + 1 :]] == now
    elif does == "move_slide":
        seen.insert(at + by, seen.pop(at))
        assert seen == now
        assert sorted(line.strip() for line in lines(text) if line.strip()) == sorted(
            line.strip() for line in lines(after) if line.strip()
        )
    elif does == "drop_slide":
        assert seen[:at] + seen[at + 1 :] == now
    else:
        assert seen == now[: at + 1] + now[at + 2 :]
        assert [one[0] for one in seen[at][1]] == [one[0] for one in now[at + 1][1]]
    parse(after)


@given(workshops(), st.data())
def test_activities_are_added_moved_copied_and_removed(text, data):
    seen = bare(outline(text))
    at = data.draw(st.integers(0, len(seen) - 1))
    kind = data.draw(st.sampled_from(["open", "choice", "pair", "scale", "words"]))
    after = apply(text, FormChange("add_activity", slide=at, kind=kind, value="Skriv: én ting"))
    now = bare(outline(after))
    added = now[at][1].pop()
    assert (kind, "Skriv: én ting") == (added[0], added[2])
    assert seen == now
    parse(after)
    if not seen[at][1]:
        return
    n = data.draw(st.integers(0, len(seen[at][1]) - 1))
    copied = apply(text, FormChange("copy_activity", slide=at, activity=n))
    parse(copied)
    assert len(seen[at][1]) + 1 == len(bare(outline(copied))[at][1])
    assert seen == bare(outline(apply(copied, FormChange("drop_activity", slide=at, activity=n + 1))))
    if n:
        moved = bare(outline(apply(text, FormChange("move_activity", slide=at, activity=n, by=-1))))
        seen[at][1][n - 1], seen[at][1][n] = seen[at][1][n], seen[at][1][n - 1]
        assert seen == moved


@given(workshops(), st.data())
def test_a_task_is_moved_past_the_edge_of_its_slide(text, data):
    """
    Moved to the next slide and back, it is where it was.
    """
    seen = bare(outline(text))
    place = activity_of(data, outline(text))
    by = data.draw(st.sampled_from([-1, 1]))
    if not place or not 0 <= place[0] + by < len(seen):
        return
    s, a = place[0], 0 if by == -1 else len(seen[place[0]][1]) - 1
    after = apply(text, FormChange("move_activity", s, a, by=by))
    moved = seen[s][1].pop(a)
    seen[s + by][1].insert(0 if by == 1 else len(seen[s + by][1]), moved)
    assert seen == bare(outline(after))
    assert sorted(line.strip() for line in lines(text) if line.strip()) == sorted(
        line.strip() for line in lines(after) if line.strip()
    )
    back = apply(after, FormChange("move_activity", s + by, 0 if by == 1 else len(seen[s + by][1]) - 1, by=-by))
    assert bare(outline(text)) == bare(outline(back))


@given(workshops(), st.data())
def test_the_kind_of_a_task_is_changed_and_nothing_else(text, data):
    seen = outline(text)
    if not (place := activity_of(data, seen)):
        return
    kind = data.draw(st.sampled_from(sorted(kind for kind in RUN if not SCHEMAS[kind].pictured)))
    one = seen["slides"][place[0]]["activities"][place[1]]
    after = apply(text, FormChange("kind", *place, kind=kind))
    parse(after)
    now = bare(outline(after))[place[0]][1][place[1]]
    assert kind == now[0]
    assert SCHEMAS[one["kind"]].options != SCHEMAS[kind].options or one["options"] == now[3]
    gone = {key for key in one["attributes"] if key not in now[1]}
    assert not gone & {"id", "optional", "question"}
    outside(text, after, one["line"], one["last"])
    assert re.findall("<!--.*?-->", text, re.DOTALL) == re.findall("<!--.*?-->", after, re.DOTALL)


def test_a_changed_kind_keeps_the_attributes_that_the_new_kind_has():
    text = TALK + "\n:::open{id=a many=5 max=100 optional}\nSkriv.\n:::\n"
    to = [
        (1, "words", ":::words{id=a many=5 max=100 optional}\nSkriv.\n:::"),
        (1, "choice", ":::choice{id=a optional}\nSkriv.\n\n- A\n- B\n:::"),
        (1, "pair", ":::pair{id=a optional time=2:00}\nSkriv.\n:::"),
        (0, "open", ":::open{id=open}\nSnakk.\n:::"),
        (0, "discuss", ":::discuss{time=5:00}\nSnakk.\n:::"),
    ]
    for at, kind, wanted in to:
        assert wanted in apply(text, FormChange("kind", activity=at, kind=kind)), kind
    assert ":::group{id=group from=a}" in apply(text, FormChange("add_activity", kind="group"))
    chosen = apply(text, FormChange("kind", activity=1, kind="choice"))
    assert ":::open{id=a optional}\nSkriv.\n" in apply(chosen, FormChange("kind", activity=1, kind="open"))
    assert ":::choice{id=a optional}\nVelg.\n" in apply(
        text, FormChange("kind", activity=1, kind="choice", value="Velg.")
    )


TALK = "---\nformat: workshop/1\n---\n## Hva?\n:::pair{time=5:00 form=table}\nSnakk.\n:::\n"


def test_a_note_that_begins_in_an_activity_and_ends_outside_is_not_touched():
    text = TALK.replace("\n:::\n", "\n::: <!-- husk\nkaffe -->\n") + "\n---\n\n## B\n"
    for wanted in [FormChange("move_activity", by=1), FormChange("drop_activity"), FormChange("copy_activity")]:
        with pytest.raises(Refused) as refused:
            apply(text, wanted)
        assert "in-text" == refused.value.code
    text = "---\nformat: workshop/1\n---\n## Hva? <!-- husk\nkaffe -->\n"
    with pytest.raises(Refused):
        apply(text, FormChange("body", value="Mer"))


def test_a_slide_is_hidden_and_shown_again_and_keeps_its_words():
    text = TALK + "\n---\n\n## B ##\n"
    hidden = apply(text, FormChange("hidden", slide=1, value=True))
    assert hidden == text.replace("## B ##", "## B ## {hidden}")
    assert [False, True] == [slide["hidden"] for slide in outline(hidden)["slides"]]
    assert ["Hva?", "B"] == [slide["title"] for slide in outline(hidden)["slides"]]
    renamed = apply(hidden, FormChange("title", slide=1, value="C {hidden}"))
    assert renamed.endswith("## C \\{hidden\\} {hidden}\n")
    assert text == apply(hidden, FormChange("hidden", slide=1, value=False))
    norwegian = text.replace("pair{time", "par{tid")
    assert "## B ## {skjult}" in apply(norwegian, FormChange("hidden", slide=1, value=True))


def test_a_slide_takes_as_long_as_what_is_planned_on_it():
    text = TALK + ":::open{time=90s id=a}\n:::\n:::open{time=8:00 optional id=b}\n:::\n:::words{tid=lenge id=c}\n:::\n"
    assert [390] == [slide["time_s"] for slide in outline(text)["slides"]]


def test_a_question_is_asked_after_a_slide():
    """
    A slide of its own with the question, which takes what its kind needs; the rest stays, and one step undoes it.
    """
    text = "---\nformat: workshop/1\ntitle: A\nlanguage: en\n---\n\n## One\n\nText\n\n---\n\n## Two\n"
    after = apply(text, FormChange("add_question", slide=0, kind="choice", value=["Which?", "Choose one."]))
    one, asked, two = outline(after)["slides"]
    assert ("One", "Which?", "Two") == (one["title"], asked["title"], two["title"])
    (activity,) = asked["activities"]
    assert ("choice", "Choose one.", ["A", "B"]) == (activity["kind"], activity["instruction"], activity["options"])
    parse(after)
    for value in ("Which?", ["Which?"], ["", "Choose"]):
        with pytest.raises(Refused):
            apply(text, FormChange("add_question", slide=0, kind="choice", value=value))


PICTURED = """---
format: workshop/1
title: A
language: en
---

## One

Here ![](a.png) and ![old](b.png "Caption"){left} <!-- ![](c.png) -->

```
![](code.png)
```

:::open{id=x}
![](d.png)
Write.
:::
"""


def test_the_words_of_a_picture_are_set_where_it_is_written():
    (slide,) = outline(PICTURED)["slides"]
    assert ["a.png", "b.png", "d.png"] == [one["name"] for one in slide["pictures"]]
    with pytest.raises(Refused, match="in-text"):  # the line has a note too
        apply(PICTURED, FormChange("alt", activity=1, value="New"))
    text = PICTURED.replace(" <!-- ![](c.png) -->", "")
    after = apply(text, FormChange("alt", activity=1, value="A [map]\nof the town"))
    assert text.replace("![old]", "![A (map) of the town]") == after
    after = apply(text, FormChange("alt", activity=2, value="Plan"))
    assert text.replace("![](d.png)", "![Plan](d.png)") == after
    for wrong in (
        FormChange("alt", activity=3, value="x"),
        FormChange("alt", value=None),
        FormChange("alt", value="x" * 401),
    ):
        with pytest.raises(Refused):
            apply(text, wrong)
