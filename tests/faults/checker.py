"""
What phones noted against what the meeting's export holds. It reads nothing else, so that the server can't grade itself.
"""

from collections import Counter
from collections.abc import Iterable
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
