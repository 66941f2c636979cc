"""Comments of reviewers on slides: their limits, and how one becomes a note in the workshop file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.errors import Refused
from live.events import CommentMade, CommentSettled
from live.room.comments import Comment, Comments
from live.rules.comments import MOST_WAITING, make, note, settle, with_note
from live.text.normalize import clean
from tests import reading
from tests.meeting import SEMINAR, START

WRITTEN = reading.parse(SEMINAR)[0]
HOSTILE = st.text(st.sampled_from("-<!>:a+#~` \n`") | st.characters(codec="utf-8"), max_size=60)


def comment(text: str, *, slide: str = "", author: str = "") -> Comment:
    return Comment("c1", slide or WRITTEN.slides[0].id, text, author, START)


def command(
    text: str = "Bra", *, slide: str = WRITTEN.slides[3].id, author: str = "", so_far: Comments | None = None
) -> CommentMade:
    return make(
        so_far or Comments(), WRITTEN, id="c1", slide=slide, text=text, author=author, by="link", now=START
    )  # fmt: skip


def test_a_comment_as_it_is_kept():
    made = command("  Er dette \u202efor mye?\n\nDel det. ", author=" Kari \n Nordmann ")
    assert ("Er dette for mye?\n\nDel det.", "Kari Nordmann", "link") == (made.text, made.author, made.by)


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("empty", {"text": " \n"}),
        ("too-long", {"text": "x" * 1001}),
        ("too-long", {"text": "x" * 1_000_000}),
        ("too-long", {"author": "x" * 61}),
        ("no-slide", {"slide": "finnes-ikke"}),
    ],
)
def test_an_invalid_comment_is_refused(code, fields):
    with pytest.raises(Refused, match=code):
        command(**fields)


def test_the_number_of_waiting_comments_has_a_limit():
    some = Comments()
    for number in range(MOST_WAITING):
        some.apply(CommentMade(at=START, id=str(number), slide="a", text="x"))
    with pytest.raises(Refused, match="too-many-comments"):
        command(so_far=some)
    _, settled = settle(some, "0", START)
    some.apply(settled)
    assert CommentSettled(at=START, id="0") == settled
    assert "Bra" == command(so_far=some).text
    with pytest.raises(Refused, match="unknown-comment"):
        settle(some, "0", START)


@pytest.mark.parametrize("slide", WRITTEN.slides, ids=lambda slide: slide.id)
def test_it_stands_at_its_slide_and_nothing_else_moves(slide):
    before = slide.notes
    text = with_note(SEMINAR, WRITTEN, comment("Kortere!", slide=slide.id, author="Kari"))
    assert len(text) > len(SEMINAR)
    after = {one.id: one for one in reading.parse(text)[0].slides}
    assert f"{before}\n\nKari: Kortere!".strip() == after[slide.id].notes
    assert [one.notes for one in WRITTEN.slides if one.id != slide.id] == [
        one.notes for one in after.values() if one.id != slide.id
    ]
    assert [(one.body, one.steps) for one in WRITTEN.slides] == [(one.body, one.steps) for one in after.values()]


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_the_file_keeps_its_shape(newline, bom):
    """
    Every byte that was there is there, in order, around what was added.
    """
    text = bom + SEMINAR.replace("\n", newline)
    slide = WRITTEN.slides[5].id
    added = with_note(text, WRITTEN, comment("To\nlinjer", slide=slide))
    start = next(at for at, (one, other) in enumerate(zip(text, added, strict=False)) if one != other)
    rest = len(text) - start
    assert text == added[:start] + added[len(added) - rest :]
    assert f"<!-- To{newline}linjer -->" in added[start - 10 : len(added) - rest + 10]
    assert "\n" not in added.replace("\r\n", "") or newline == "\n"
    assert reading.parse(added)[0].slides[5].notes.endswith("To\nlinjer")


@given(text=HOSTILE, author=HOSTILE, place=st.integers(0, len(WRITTEN.slides) - 1))
def test_no_comment_breaks_out_of_its_note(text, author, place):
    """
    `-->`, `:::`, `---` and headings in a comment are words of a note, whoever wrote them and wherever.
    """
    slide = WRITTEN.slides[place]
    hostile = comment(clean(text) or "x", slide=slide.id, author=" ".join(clean(author).split()))
    after = reading.parse(with_note(SEMINAR, WRITTEN, hostile))[0]
    assert [(one.id, one.title, one.body, one.steps, len(one.activities)) for one in WRITTEN.slides] == [
        (one.id, one.title, one.body, one.steps, len(one.activities)) for one in after.slides
    ]
    assert [one.notes for one in WRITTEN.slides if one != slide] == [
        one.notes for one in after.slides if one.id != slide.id
    ]
    assert after.slides[place].notes.startswith(slide.notes)
    assert note(hostile).count("-->") == 1


def test_a_comment_on_a_removed_slide_is_refused():
    with pytest.raises(Refused, match="no-slide"):
        with_note(SEMINAR, WRITTEN, comment("x", slide="borte"))


def test_a_file_that_ends_without_a_newline():
    text = "---\nformat: workshop/1\n---\n\n# A\n\n---\n\n---\n\n# B"
    written = reading.parse(text)[0]
    assert f"{text}\n\n<!-- Ja -->\n" == with_note(text, written, comment("Ja", slide="b"))
    assert "# A\n\n<!-- Ja -->\n\n---\n" in with_note(text, written, comment("Ja", slide="a"))
