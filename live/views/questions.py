"""Questions to a panel in the views: that there are some, and which; as cards, and as the phone sees them that asks."""

from itertools import zip_longest
from typing import Any

from msgspec import json

from live.activities.kind import Answer
from live.activities.question_tally import NEWEST, VOTES, QuestionTally, asked_of
from live.activities.state import ActivityState
from live.i18n.catalogs import N_, translator
from live.room import Room
from live.views.answers import own_view_as_text, row
from live.views.view import View

MOST_BYTES = 4096  # of what one phone is told
AROUND = 200  # bytes of the message that it is told in
MOST_ON_PHONE, MOST_OWN = 20, 3  # questions in each list
ON_PAGE = 20  # on a page without script
FIRST_ROWS = 30  # in a console's view


def card(answer: Answer) -> View:
    """With `votes`, and where the panel has answered, `answered` and its `reply`."""
    asked = asked_of(answer)
    shown: View = {"id": answer.id, "text": answer.text or "", "votes": asked.votes}
    if asked.answered:
        shown["answered"] = True
    if asked.reply:
        shown["reply"] = asked.reply
    return shown


def spotlit(answer: Answer) -> View:
    """An answer that is shown large; of a question also what has become of it."""
    return card(answer) if answer.asked else {"id": answer.id, "text": answer.text or ""}


def shared(room: Room) -> View:
    """
    `questions` in every view, where phones can ask a panel now: to which `activity`, how many there are (`n`), whether
    it is `open`, `changes`, which goes up when it is worth asking for the list, and what the `link` to them is called.
    """
    state = room.panel
    if state is None:
        return {}
    return {"questions": {
        "activity": state.written.id, "n": state.counted, "open": state.open and not room.ended,
        "changes": state.changes, "link": translator(room.workshop.language)(_link(room, state)),
    }}  # fmt: skip


def _link(room: Room, state: ActivityState) -> str:
    """What the way to them is called."""
    if state is room.activity or room.ended:
        return N_("See the questions")
    return N_("Ask the panel")


def tally_of(state: ActivityState) -> QuestionTally:
    assert isinstance(state.tally, QuestionTally)
    return state.tally


def for_phone(room: Room, state: ActivityState, phone: str) -> dict[str, Any]:
    """
    What one phone is told of the questions, in at most 4 KiB: its `own` newest ones with their status; those with most
    votes (`top`), and the `newest`. One that is in both is told once, and by its id in the other. `votes`: ids of those
    in the lists that it has voted for.
    """
    tally = tally_of(state)
    own = [_own(state, state.answers[id]) for id in state.by_phone.get(phone, ())[: -MOST_OWN - 1 : -1]]
    top, newest = tally.listed(VOTES, 0, MOST_ON_PHONE), tally.listed(NEWEST, 0, MOST_ON_PHONE)
    told: dict[str, Any] = {
        "activity": state.written.id, "n": state.counted, "changes": state.changes, "own": own, "top": [], "newest": [],
        "votes": [],
    }  # fmt: skip
    left, carded = MOST_BYTES - AROUND - len(json.encode(told)), set[str]()

    def tell(name: str, answer: Answer) -> bool:
        nonlocal left
        shown = answer.id if answer.id in carded else card(answer)
        voted = phone in asked_of(answer).voters and answer.id not in carded
        left -= len(json.encode(shown)) + 1 + voted * (len(answer.id) + 3)
        if left < 0:
            return False
        told[name].append(shown)
        if voted:
            told["votes"].append(answer.id)
        carded.add(answer.id)
        return True

    for one, other in zip_longest(top, newest):
        if not (one is None or tell("top", one)) or not (other is None or tell("newest", other)):
            break
    return told


def page(state: ActivityState, order: str, number: int, phone: str) -> list[View]:
    """Page *number*, from 1, of all questions in *order*: cards, and whether *phone* has `voted` for or asked each."""
    found = tally_of(state).listed(order, (number - 1) * ON_PAGE, ON_PAGE)
    return [card(one) | {"voted": phone in asked_of(one).voters, "own": one.phone == phone} for one in found]


def own(state: ActivityState, phone: str) -> list[View]:
    """All questions of one phone, the newest first, as `for_phone` tells them."""
    return [_own(state, state.answers[id]) for id in reversed(state.by_phone.get(phone, ()))]


def _own(state: ActivityState, answer: Answer) -> View:
    asked = asked_of(answer)
    view = own_view_as_text(state, answer) | {"votes": asked.votes}
    if answer.id in state.waiting and view["status"] == "saved":
        view["status"] = "held"  # flagged: nobody else sees it yet
    if asked.answered:
        view["answered"] = True
    if asked.reply:
        view["reply"] = asked.reply
    return view


def console(room: Room) -> View:
    """
    `questions` in a console's view: besides what all are told, `rows`, first those that wait to be let through, then
    those with most votes; `waiting` is how many wait, and `came` how many have come in all.
    """
    state = room.panel
    if state is None:
        return {}
    flagged = state.waiting
    waiting = [one for one in state.answers.values() if one.id in flagged or (one.held and one.hidden is None)]
    listed = tally_of(state).listed(VOTES, 0, FIRST_ROWS)
    rows = [row(room, answer) for answer in [*waiting[:FIRST_ROWS], *listed]]
    return {"questions": shared(room)["questions"] | {
        "rows": rows, "waiting": len(waiting), "came": len(state.answers), "hold": state.hold,
    }}  # fmt: skip
