"""Two rounds of the same question compared, by the phones that answered both: before, after, and who moved."""

from collections import Counter
from collections.abc import Iterable
from itertools import product
from typing import Any

from live.activities.kind import Answer, Note, letter
from live.activities.state import ActivityState
from live.i18n.catalogs import N_
from live.i18n.figures import decimal
from live.room.few import FEW, hidden_cells
from live.room.questions import told
from live.room.room import Room
from live.text.word_count import fold

MOST_ROWS = 7  # with more, who moved from which to which is not told: nobody could read it
MOST_GROUPS, MOST_THEMES = 20, 40  # so that no screen's view is past 64 KiB
MOST_NAMED = 8  # themes in one sentence

Stands = dict[str, dict[str, set[str]]]
"""Where each phone stands: phone -> group -> rows."""


def first_round(room: Room, state: ActivityState) -> ActivityState | None:
    """The activity that *state* is compared with (`compare=`); None where there is none, or it is of another kind."""
    found = room.activities.get(str(state.written.attrs.get("compare")))
    return found if found and found.kind is state.kind and found.written is not state.written else None


def compare(
    room: Room, state: ActivityState, answers: tuple[Iterable[Answer], ...] | None = None
) -> dict[str, Any] | None:
    """
    None where *state* is not compared. *answers*: of the first round and of this one, where not all that count are
    looked at.

    Of phones: how many answered the `first` time, the `second`, and `both`. `groups`: one for each item of a scale, and
    one for other kinds, with `id text rows flow` and, of a scale, `means` before and after. A row is an option, a step
    or a theme, with `before` and `after` among the phones that answered both. `flow[m][n]` is how many moved from row m
    to row n; None where there are so few that it could point at somebody. Without groups where fewer than FEW answered
    both; without `flow` where there are more than MOST_ROWS rows, or a phone may stand in several. `notes`: what is
    said about it.
    """
    first = first_round(room, state)
    if first is None or state.kind is None:
        return None
    some = answers or (first.counted_among(), state.counted_among())
    before, after = _stands(room, first, some[0]), _stands(room, state, some[1])
    both = before.keys() & after.keys()
    shown = {"question": first.written.id, "first": len(before), "second": len(after), "both": len(both), "groups": []}
    if len(both) >= FEW:
        shown["groups"] = [
            _group(
                group,
                text,
                rows,
                [(before[one].get(group, set()), after[one].get(group, set())) for one in both],
                state.written.right if state.revealed and not state.open else frozenset(),
            )
            for group, text, rows in _grounds(room, first, state)[:MOST_GROUPS]
        ]
    language = room.workshop.language
    moved = sum(before[one] != after[one] for one in both)
    return shown | {
        "notes": [told(note, language) for note in _notes(shown, moved, texts=state.has_texts, language=language)]
    }


def _grounds(room: Room, first: ActivityState, state: ActivityState) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Groups of rows: what can be chosen or rated; of texts, the themes of both rounds by name."""
    assert state.kind is not None
    if not state.has_texts:
        return state.kind.compared(state.written, room.workshop.language)
    names = {fold(theme.name): theme.name for one in (first, state) for theme in room.themes_of(one.written.id)}
    return [("", "", list(names.items())[:MOST_THEMES])]


def _stands(room: Room, state: ActivityState, answers: Iterable[Answer]) -> Stands:
    assert state.kind is not None
    themes = {theme.id: fold(theme.name) for theme in room.themes_of(state.written.id)} if state.has_texts else {}
    of = room.themes_of(state.written.id).all_of
    found: Stands = {}
    for answer in answers:
        if not answer.phone:
            continue
        groups = found.setdefault(answer.phone, {})
        where = (
            {"": [themes[id] for id in of(answer.id)]} if state.has_texts else state.kind.stands(state.written, answer)
        )
        for group, rows in where.items():
            groups.setdefault(group, set()).update(rows)
    return found


def _group(
    group: str,
    text: str,
    rows: list[tuple[str, str]],
    pairs: list[tuple[set[str], set[str]]],
    right: frozenset[str],
) -> dict[str, Any]:
    before = Counter(row for was, _ in pairs for row in was)
    after = Counter(row for _, now in pairs for row in now)
    rated = bool(group) and all(id.isdecimal() for id, _ in rows)
    shown: dict[str, Any] = {
        "id": group, "text": text, "flow": None,
        "rows": [
            {
                "id": id, "letter": name if rated else letter(n), "text": "" if rated else name,
                "before": before[id], "after": after[id], **({"right": True} if id in right else {}),
            }
            for n, (id, name) in enumerate(rows)
        ],
    }  # fmt: skip
    if rated:
        shown["means"] = [_mean(before), _mean(after)]
    if len(rows) <= MOST_ROWS and all(len(was) <= 1 and len(now) <= 1 for was, now in pairs):
        moves = Counter(move for was, now in pairs for move in product(was, now))
        table = [[moves[one, other] for other, _ in rows] for one, _ in rows]
        hidden = hidden_cells(table)
        shown["flow"] = [
            [None if (m, n) in hidden else count for n, count in enumerate(cells)] for m, cells in enumerate(table)
        ]
    return shown


def _mean(counts: Counter[str]) -> float | None:
    n = counts.total()
    return round(sum(int(step) * count for step, count in counts.items()) / n, 2) if n else None


def _notes(shown: dict[str, Any], moved: int, *, texts: bool, language: str) -> list[Note]:
    counts = {name: shown[name] for name in ("first", "second", "both")}
    said = [Note(N_("{first} answered the first time, {second} the second and {both} both times."), counts)]
    if not shown["groups"]:
        return [*said, Note(N_("Fewer than {n} answered both times, so nothing is told of who moved."), {"n": FEW})]
    if texts:
        return [*said, *_of_themes(shown["groups"][0]["rows"])]
    sentence = N_("Fewer than {n} of those who answered both times changed their answer.")
    if moved >= FEW or not moved:
        sentence = N_("{moved} of those who answered both times changed their answer.")
    said.append(Note(sentence, {"n": FEW, "moved": moved}))
    for group in shown["groups"]:
        before, after = group.get("means", (None, None))
        if before is not None and after is not None:
            facts = {"item": group["text"], "before": decimal(before, language), "after": decimal(after, language)}
            alone = len(shown["groups"]) == 1
            sentence = N_("{item}: mean {before} before, {after} after.")
            said.append(Note(N_("Mean {before} before, {after} after.") if alone else sentence, facts))
    return said


def _of_themes(rows: list[dict[str, Any]]) -> list[Note]:
    """Which themes grew, shrank, are new or gone."""
    if not rows:
        return [Note(N_("Gather both into themes with the same names to see which grew."), {})]
    changed: dict[str, list[str]] = {}
    for row in rows:
        before, after = row["before"], row["after"]
        how = (
            "new"
            if not before and after
            else "gone"
            if before and not after
            else "grew"
            if after > before
            else "shrank"
        )
        if before != after:
            changed.setdefault(how, []).append(f"{row['text']} ({before} → {after})")
    sentences = {
        "grew": N_("Grew: {themes}."), "shrank": N_("Shrank: {themes}."), "new": N_("New: {themes}."),
        "gone": N_("Gone: {themes}."),
    }  # fmt: skip
    told = {how: [*some[:MOST_NAMED], *["…"][: len(some) - MOST_NAMED]] for how, some in changed.items()}
    return [Note(sentences[how], {"themes": ", ".join(told[how])}) for how in sentences if how in told]
