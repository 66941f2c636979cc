"""
Compares what phones noted with what the meeting's export holds. It reads nothing else of the server's.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple


class Note(NamedTuple):
    """What one phone knows of one answer: `received` is the last status it got for it, "" for none."""

    id: str
    text: str
    received: str


class Verdict(NamedTuple):
    """Counts; all but `pressed`, `acked` and `stored` must be 0."""

    pressed: int
    acked: int
    stored: int
    missing: int  # acked, but not stored
    double: int  # stored more than once
    foreign: int  # stored, but sent by no phone
    changed: int  # stored with another text
    unheard: int  # stored, but its phone got no status, or another one

    def sound(self) -> bool:
        return not any(self[3:])


COUNTED = ("saved", "duplicate", "held")


def check(notes: Iterable[Note], export: dict[str, Any]) -> Verdict:
    """*export* is `export.json?withheld=1`. In it answers that came after the close are withheld, with `late`."""
    noted = {note.id: note for note in notes}
    rows = {row["answer_id"]: row for row in export["answers"]}
    late = {id for id, row in rows.items() if row["withheld_reason"] == "late"}
    acked = {id for id, note in noted.items() if note.received in COUNTED}
    status_of = {id: ("late" if id in late else "saved") for id in rows}
    return Verdict(
        pressed=len(noted),
        acked=len(acked),
        stored=len(rows),
        missing=len(acked - rows.keys()),
        double=sum(n - 1 for n in Counter(row["answer_id"] for row in export["answers"]).values()),
        foreign=len(rows.keys() - noted.keys()),
        changed=sum(noted[id].text != rows[id]["text"] for id in (rows.keys() - late) & noted.keys()),
        unheard=sum(
            ("saved" if note.received in COUNTED else note.received) != status_of.get(id, note.received)
            for id, note in noted.items()
        ),
    )


class Order(NamedTuple):
    """Counts; all but `deliveries` must be 0."""

    deliveries: int
    holes: int  # positions that a follower never received
    inversions: int  # events that came after an event with a later position
    apart: int  # positions at which a follower received another event than the first follower
    astray: int  # answers that the export has at another position

    def sound(self) -> bool:
        return not any(self[1:])


def in_order(followers: Sequence[Sequence[tuple[int, str]]], answers: set[str], export: dict[str, Any]) -> Order:
    """Each follower noted (position, event name) in the order received; an answer's name is its id, in *answers*."""
    top = max(position for received in followers for position, _ in received)
    first = dict(followers[0])
    noted_ids = [name for _, name in followers[0] if name in answers]
    rows = [row["answer_id"] for row in export["answers"]]
    return Order(
        deliveries=sum(map(len, followers)),
        holes=sum(top - len({position for position, _ in received}) for received in followers),
        inversions=sum(later <= earlier for received in followers for (earlier, _), (later, _) in pairwise(received)),
        apart=sum(first.get(position, name) != name for received in followers[1:] for position, name in received),
        astray=sum(noted_id != row_id for noted_id, row_id in zip(noted_ids, rows, strict=False))
        + abs(len(noted_ids) - len(rows)),
    )
