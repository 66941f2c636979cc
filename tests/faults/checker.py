"""
What phones noted against what the meeting's export holds. It reads nothing else, so that the server can't grade itself.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple


class Note(NamedTuple):
    """What one phone knows of one answer: *heard* is what it was told of it last, "" for nothing."""

    id: str
    text: str
    heard: str


class Verdict(NamedTuple):
    """Counts; all but `pressed`, `acked` and `stored` must be 0."""

    pressed: int
    acked: int
    stored: int
    missing: int  # acked, and not there
    double: int  # there more than once
    foreign: int  # there, and pressed by nobody
    changed: int  # there with another text
    unheard: int  # there, and its phone never heard so, or heard otherwise

    def sound(self) -> bool:
        return not any(self[3:])


COUNTED = ("saved", "duplicate", "held")


def check(notes: Iterable[Note], export: dict[str, Any]) -> Verdict:
    """*export* is `export.json` as downloaded. Answers that came after closing stand there as withheld, `late`."""
    noted = {note.id: note for note in notes}
    rows = {row["answer_id"]: row for row in export["answers"]}
    late = {id for id, row in rows.items() if row["withheld_reason"] == "late"}
    acked = {id for id, note in noted.items() if note.heard in COUNTED}
    told = {id: ("late" if id in late else "saved") for id in rows}
    return Verdict(
        pressed=len(noted),
        acked=len(acked),
        stored=len(rows),
        missing=len(acked - rows.keys()),
        double=sum(n - 1 for n in Counter(row["answer_id"] for row in export["answers"]).values()),
        foreign=len(rows.keys() - noted.keys()),
        changed=sum(noted[id].text != rows[id]["text"] for id in (rows.keys() - late) & noted.keys()),
        unheard=sum(
            ("saved" if note.heard in COUNTED else note.heard) != told.get(id, note.heard) for id, note in noted.items()
        ),
    )


class Order(NamedTuple):
    """Counts; all but `deliveries` must be 0."""

    deliveries: int
    holes: int  # places that a follower never heard of
    inversions: int  # events that came after one that stands behind them
    apart: int  # places where a follower heard something else than the first one did
    astray: int  # answers that the export has at another place

    def sound(self) -> bool:
        return not any(self[1:])


def in_order(followers: Sequence[Sequence[tuple[int, str]]], answers: set[str], export: dict[str, Any]) -> Order:
    """Each follower noted (position, name of the event) as it heard them; an answer's name is its id, in *answers*."""
    top = max(position for heard in followers for position, _ in heard)
    first = dict(followers[0])
    heard_of = [name for _, name in followers[0] if name in answers]
    rows = [row["answer_id"] for row in export["answers"]]
    return Order(
        deliveries=sum(map(len, followers)),
        holes=sum(top - len({position for position, _ in heard}) for heard in followers),
        inversions=sum(later <= earlier for heard in followers for (earlier, _), (later, _) in pairwise(heard)),
        apart=sum(first.get(position, name) != name for heard in followers[1:] for position, name in heard),
        astray=sum(one != other for one, other in zip(heard_of, rows, strict=False)) + abs(len(heard_of) - len(rows)),
    )
