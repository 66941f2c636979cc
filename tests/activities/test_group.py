"""The kind `group`: nothing is lost when two people move cards at once, and every change can be undone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from live.errors import Refused
from live.room import Room
from live.room.themes import MOST_UNDONE
from live.rules import SortAnswer
from tests.meeting import Meeting, answer_id, one

EXAMPLE = """:::open{id=a many}
Skriv.
:::

:::group{id=x from=a time=8:00}
Vi samler det som ligner.
:::"""

CARDS = "abcdefgh"
OPEN_AND_GROUP = one("open", "id=a many=20") + "\n:::group{id=g from=a}\nVi samler det som ligner.\n:::\n"


def gathering(text: str = OPEN_AND_GROUP, cards: str = CARDS) -> Meeting:
    """A meeting where all have answered, the answers were shown, and the gathering begins."""
    meeting = Meeting(text)
    meeting.act("start", activity="a")
    for card in cards:
        meeting.answer(f"p{card}", card, "a", f"Innspill {card}")
    meeting.act("close")
    meeting.act("reveal")
    meeting.act("start", activity="g")
    return meeting


def ids(cards: str) -> list[str]:
    return [answer_id(card) for card in cards]


def make(meeting: Meeting, name: str, cards: str = "", do: str = "make_theme", **fields) -> str:
    """Make a theme; its id, which is also its name, is returned."""
    meeting.act(do, id=name, name=name, ids=ids(cards), **fields)
    return name


def themes(room: Room) -> dict[str, str]:
    """Name of each theme -> the letters of its cards."""
    letters = {answer_id(card): card for card in CARDS}
    return {theme.name: "".join(sorted(letters[id] for id in theme.ids)) for theme in room.themes_of("a")}


def suggested(room: Room) -> set[str]:
    return {card for card in CARDS if room.themes_of("a").by_suggestion(answer_id(card))}


def test_phones_send_nothing_while_answers_are_gathered():
    meeting = gathering()
    assert ("grouping", False) == (meeting.room.state, meeting.room.activity.takes_answers)
    with pytest.raises(Refused, match="closed"):
        meeting.answer("p1", "x", "g", "Et tema")


def test_moves_of_two_people_at_once_are_both_kept():
    """
    Both saw the same board: one moved some cards; the other moved others, merged a theme and made a new one.
    """
    meeting = gathering()
    make(meeting, "Møteplasser")
    make(meeting, "Skolevei")
    meeting.act("place", ids=ids("abc"), theme="Møteplasser")
    meeting.act("merge_themes", theme="Skolevei", into="Møteplasser")
    meeting.act("place", ids=ids("cd"), theme="Skolevei")
    make(meeting, "Buss", "ef")
    make(meeting, "buss", "g")
    assert {"Møteplasser": "abcd", "Buss": "efg"} == themes(meeting.room)


def test_a_withdrawn_card_is_left_out_of_a_move():
    meeting = gathering()
    make(meeting, "Møteplasser", "a")
    meeting.act("redact_answer", id=answer_id("a"))
    meeting.act("hide_answer", id=answer_id("b"))
    meeting.act("place", ids=ids("abc"), theme="Møteplasser")
    assert {"Møteplasser": "c"} == themes(meeting.room)
    with pytest.raises(Refused, match="unknown-answer"):
        meeting.act("place", ids=ids("a"), theme="Møteplasser")
    meeting.act("undo_grouping")
    meeting.act("undo_grouping")
    assert {} == themes(meeting.room)


def test_an_answer_that_its_phone_withdraws_leaves_its_theme():
    meeting = gathering()
    make(meeting, "Møteplasser", "ab")
    meeting.act("start", activity="a")
    meeting.withdraw("pa", "a")
    assert {"Møteplasser": "b"} == themes(meeting.room)


def test_a_theme_is_renamed_split_and_removed():
    meeting = gathering()
    make(meeting, "Alt", "abcd")
    make(meeting, "Noe", "cdx", do="split", theme="Alt")
    meeting.act("rename_theme", theme="Alt", name="  Trygg\u202e  skolevei ")
    assert {"Trygg skolevei": "ab", "Noe": "cd"} == themes(meeting.room)
    with pytest.raises(Refused, match="theme-taken"):
        meeting.act("rename_theme", theme="Noe", name="TRYGG skolevei")
    meeting.act("remove_theme", theme="Noe")
    assert {"Trygg skolevei": "ab"} == themes(meeting.room)
    assert "" == meeting.room.themes_of("a").first_of(answer_id("c"))


@pytest.mark.parametrize("name", [None, "", " \u200b ", "x" * 61, "ord " * 10_000])
def test_a_theme_has_a_name_that_can_be_read(name):
    with pytest.raises(Refused, match=r"empty|too-long"):
        gathering().act("make_theme", id="t", name=name)


def test_the_workshop_may_name_themes_to_begin_with():
    meeting = gathering(OPEN_AND_GROUP.replace("ligner.", "ligner.\n- Møteplasser\n- Skolevei"))
    assert ["Møteplasser", "Skolevei"] == list(themes(meeting.room))
    meeting.act("place", ids=ids("a"), theme="g-a")
    meeting.act("remove_theme", theme="g-b")
    meeting.act("start", activity="g")
    assert {"Møteplasser": "a"} == themes(meeting.room) == themes(meeting.replayed())


def test_dots_are_set_on_the_themes_the_workshop_names():
    text = OPEN_AND_GROUP.replace("ligner.", "ligner.\n- Møteplasser\n- Skolevei")
    meeting = gathering(text + "\n:::dots{id=d from=g dots=1}\nGi en prikk.\n:::\n")
    assert () == meeting.room.activities["d"].written.options
    meeting.act("place", ids=ids("a"), theme="g-b")
    assert ["Skolevei"] == [option.text for option in meeting.room.activities["d"].written.options]


def test_without_from_the_texts_asked_for_last_are_gathered():
    meeting = gathering(OPEN_AND_GROUP.replace(" from=a", ""))
    make(meeting, "Møteplasser", "a")
    assert {"Møteplasser": "a"} == themes(meeting.room)


def test_what_takes_no_text_has_nothing_to_gather():
    meeting = Meeting(one("choice", body="- Ja\n- Nei"))
    meeting.act("start", activity="a")
    with pytest.raises(Refused, match="nothing-to-group"):
        meeting.act("make_theme", id="t", name="Ja")


def test_a_suggestion_takes_only_what_nobody_has_placed():
    meeting = gathering()
    make(meeting, "Møteplasser", "a")
    make(meeting, "Buss", "abc", do="accept_suggestion")
    meeting.act("accept_suggestion", id="x", ids=ids("cd"), theme="Buss")
    assert {"Møteplasser": "a", "Buss": "bcd"} == themes(meeting.room)
    assert set("bcd") == suggested(meeting.room)
    meeting.act("place", ids=ids("c"), theme="Møteplasser")
    assert set("bd") == suggested(meeting.room)


def test_a_refused_suggestion_is_remembered_once():
    meeting = gathering()
    assert meeting.act("refuse_suggestion", ids=ids("ab"))
    assert not meeting.act("refuse_suggestion", ids=ids("ba"))
    assert [frozenset(ids("ab"))] == meeting.replayed().themes_of("a").refused


def test_nobody_undoes_what_another_has_just_done():
    meeting = gathering()
    make(meeting, "Møteplasser", "a")
    seen = meeting.room.themes_of("a").changes[-1].n
    make(meeting, "Buss", "b")
    with pytest.raises(Refused, match="changed-since"):
        meeting.act("undo_grouping", n=seen)
    meeting.act("undo_grouping", n=seen + 1)
    meeting.act("undo_grouping", n=seen)
    assert {} == themes(meeting.room)
    with pytest.raises(Refused, match="nothing-to-undo"):
        meeting.act("undo_grouping")


def test_the_answers_that_are_gathered_are_hidden_and_shown():
    meeting = gathering()
    meeting.act("hide")
    assert not meeting.room.activities["a"].revealed
    meeting.act("reveal")
    assert meeting.room.activities["a"].revealed
    assert [] == meeting.act("reveal")


NAMES = st.sampled_from(["Møteplasser", "Skolevei", "Buss", "Ungdom"])
SOME = st.text(CARDS, max_size=4)
MOVES = st.one_of(
    st.tuples(st.just("make_theme"), SOME, NAMES, NAMES),
    st.tuples(st.just("split"), SOME, NAMES, NAMES),
    st.tuples(st.just("place"), SOME, NAMES | st.just(""), NAMES),
    st.tuples(st.just("accept_suggestion"), SOME, NAMES | st.just(""), NAMES),
    st.tuples(st.just("rename_theme"), SOME, NAMES, st.sampled_from(["Annet", "Mer"])),
    st.tuples(st.just("merge_themes"), SOME, NAMES, NAMES),
    st.tuples(st.just("remove_theme"), SOME, NAMES, NAMES),
    st.tuples(st.just("redact_answer"), st.sampled_from(CARDS), NAMES, NAMES),
)


@given(st.lists(MOVES, max_size=30))
def test_undoing_every_change_goes_back_step_by_step(moves):
    """
    Each undo gives the board as it was before the change, without answers deleted for good since; and the journal gives
    the same room.
    """
    meeting = gathering()
    before = []  # (number of the change, board before it)
    deleted: set[str] = set()
    for do, cards, theme, other in moves:
        board = (themes(meeting.room), suggested(meeting.room))
        newest = changes(meeting)
        try:
            if do == "redact_answer":
                meeting.act(do, id=answer_id(cards))
                deleted |= set(cards)
            else:
                fields = {"theme": id_of(meeting, theme), "into": id_of(meeting, other), "name": other}
                meeting.act(do, ids=ids(cards), id=f"t{len(meeting.events)}", **fields)
        except Refused:
            continue
        if changes(meeting) != newest:
            before.append((changes(meeting), board))
    assert themes(meeting.room) == themes(meeting.replayed())
    for n, (board, by_machine) in reversed(before[-MOST_UNDONE:]):
        meeting.act("undo_grouping", n=n)
        left = {name: "".join(card for card in cards if card not in deleted) for name, cards in board.items()}
        assert list(left.items()) == list(themes(meeting.room).items())
        assert by_machine - deleted == suggested(meeting.room)
    assert themes(meeting.room) == themes(meeting.replayed())
    assert suggested(meeting.room) == suggested(meeting.replayed())


def id_of(meeting: Meeting, name: str) -> str:
    theme = meeting.room.themes_of("a").by_name(name)
    return theme.id if theme else ""


def changes(meeting: Meeting) -> int:
    kept = meeting.room.themes_of("a").changes
    return kept[-1].n if kept else 0


# -- an answer in several themes --------------------------------------------------------------------------------

SEVERAL = OPEN_AND_GROUP.replace("from=a", "from=a multi")


def test_an_answer_may_stand_in_several_themes_where_the_workshop_says_so():
    meeting = gathering(SEVERAL)
    make(meeting, "Buss", "ab")
    make(meeting, "Ungdom", "bc")
    meeting.act("place", ids=ids("a"), theme="Ungdom")
    assert {"Buss": "ab", "Ungdom": "abc"} == themes(meeting.room)
    assert ([], []) == (
        meeting.act("place", ids=ids("a"), theme="Ungdom"),
        meeting.act("place", ids=ids("h")),
    )

    meeting.act("take_out", ids=ids("ac"), theme="Ungdom")
    assert {"Buss": "ab", "Ungdom": "b"} == themes(meeting.room)
    meeting.act("place", ids=ids("b"))
    assert {"Buss": "a", "Ungdom": ""} == themes(meeting.room)
    for now in ({"Buss": "ab", "Ungdom": "b"}, {"Buss": "ab", "Ungdom": "abc"}, {"Buss": "ab", "Ungdom": "bc"}):
        meeting.act("undo_grouping")
        assert now == themes(meeting.room)


def test_two_people_can_put_one_answer_into_two_themes():
    meeting = gathering(SEVERAL)
    make(meeting, "Buss")
    make(meeting, "Ungdom")
    meeting.act("place", ids=ids("a"), theme="Buss")
    meeting.act("place", ids=ids("a"), theme="Ungdom")
    assert {"Buss": "a", "Ungdom": "a"} == themes(meeting.room)


def test_what_is_split_off_leaves_its_theme_and_no_other():
    meeting = gathering(SEVERAL)
    make(meeting, "Buss", "abc")
    make(meeting, "Ungdom", "a")
    make(meeting, "Kveldsbuss", "ab", do="split", theme="Buss")
    assert {"Buss": "c", "Ungdom": "a", "Kveldsbuss": "ab"} == themes(meeting.room)


def test_taking_out_of_a_theme_where_there_is_but_one_is_taking_out():
    meeting = gathering()
    make(meeting, "Buss", "ab")
    meeting.act("take_out", ids=ids("a"), theme="Buss")
    assert {"Buss": "b"} == themes(meeting.room)
    with pytest.raises(Refused, match="unknown-answer"):
        meeting.act("take_out", ids=ids("a"), theme="Buss")


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["make_theme", "place", "take_out", "merge_themes", "remove_theme", "split", "accept_suggestion"]
        ),
        st.sets(st.sampled_from(CARDS), max_size=4),
        st.sampled_from(["t0", "t1", "t2", ""]),
        st.sampled_from(["t0", "t1", "t2"]),
    ),
    max_size=MOST_UNDONE,
)


@given(STEPS, st.booleans())
@settings(max_examples=60)
def test_all_that_was_done_is_undone_step_by_step(steps, several):
    """
    Also where an answer is in several themes; and a worker that reads the journal has the same at every step.
    """
    meeting = gathering(SEVERAL if several else OPEN_AND_GROUP)
    for number in range(3):
        make(meeting, f"t{number}", CARDS[number])
    before = []
    for number, (do, cards, theme, into) in enumerate(steps):
        was = themes(meeting.room), suggested(meeting.room)
        try:
            fields = {"theme": theme, "into": into, "id": f"n{number}", "name": f"Navn {number}"}
            done = meeting.act(do, ids=ids(sorted(cards)), **fields)
        except Refused:
            continue
        if done:
            before.append(was)
        stands = themes(meeting.room)
        assert several or sum(map(len, stands.values())) == len(set("".join(stands.values())))
    assert themes(meeting.replayed()) == themes(meeting.room)
    for was in reversed(before):
        meeting.act("undo_grouping")
        assert was == (themes(meeting.room), suggested(meeting.room))


# -- sorted by those who gave them ------------------------------------------------------------------------------

BY_ALL = OPEN_AND_GROUP.replace("from=a", "from=a by=all")


def sort(meeting: Meeting, card: str, *into: str, phone: str = ""):
    return meeting.command(SortAnswer(phone or f"p{card}", answer_id(card), list(into)))


def test_whoever_gave_an_answer_may_say_where_it_stands():
    """
    It does not move the meeting on, and the facilitator's undo does not reverse it.
    """
    meeting = gathering(BY_ALL)
    make(meeting, "Buss", "ab")
    make(meeting, "Ungdom")
    step = meeting.room.step
    sort(meeting, "a", "Ungdom")
    assert [] == sort(meeting, "a", "Ungdom")
    assert ({"Buss": "b", "Ungdom": "a"}, step) == (themes(meeting.room), meeting.room.step)
    meeting.act("undo_grouping")
    assert {"Buss": "b"} == {name: cards for name, cards in themes(meeting.room).items() if cards != "a"}
    sort(meeting, "b")
    assert "" == themes(meeting.room)["Buss"]
    assert themes(meeting.replayed()) == themes(meeting.room)


def test_a_theme_that_was_merged_a_moment_ago_is_the_one_it_was_merged_into():
    meeting = gathering(BY_ALL)
    make(meeting, "Buss")
    make(meeting, "Reise")
    meeting.act("merge_themes", theme="Buss", into="Reise")
    sort(meeting, "a", "Buss")
    assert {"Reise": "a"} == themes(meeting.room)


@pytest.mark.parametrize(
    ("why", "card", "into", "phone"),
    [
        ("not-yours", "a", ["Buss"], "pb"),
        ("not-yours", "a", ["Buss"], ""),
        ("unknown-theme", "a", ["Nei"], "pa"),
        ("unknown-answer", "nei", ["Buss"], "pa"),
        ("bad", "a", ["Buss", "Ungdom"], "pa"),
    ],
)
def test_nobody_sorts_what_is_not_theirs_or_not_there(why, card, into, phone):
    meeting = gathering(BY_ALL)
    make(meeting, "Buss")
    make(meeting, "Ungdom")
    with pytest.raises(Refused, match=why):
        meeting.command(SortAnswer(phone, answer_id(card), into))


def test_answers_are_sorted_by_all_only_where_and_while_it_is_asked_for():
    for text, then in ((OPEN_AND_GROUP, "blank"), (BY_ALL, "end")):
        meeting = gathering(text)
        make(meeting, "Buss")
        meeting.act(then)
        with pytest.raises(Refused, match="closed"):
            sort(meeting, "a", "Buss")
    several = gathering(BY_ALL.replace("by=all", "by=all multi"))
    make(several, "Buss")
    make(several, "Ungdom")
    sort(several, "a", "Buss", "Ungdom")
    assert {"Buss": "a", "Ungdom": "a"} == themes(several.room)
