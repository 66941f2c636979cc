"""
What an export says, in a form that can be compared: the one place where the content hash is defined.

The content is a list of items in this order: the workshop, each activity, each theme, each merging of words by hand,
each answer, each reply to a theme, each promise. An item is JSON with sorted keys and without spaces, as UTF-8. Its
check is the first CHECK hex digits of its SHA-256; the content hash is the SHA-256, in hex, of all items in order with
a newline after each.

Not in it: the code (an import may get another), when it was exported, whether everybody may read the replies, and what
follows from the rest, such as tallies.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec

from live.exports.snapshot import Snapshot, utc

CHECK = 12


class Item(NamedTuple):
    """*section* and *place* tell where in the file it stands; the workshop has place 0."""

    section: str
    place: int
    said: dict[str, Any]

    @property
    def line(self) -> bytes:
        return msgspec.json.encode(self.said, order="sorted")

    @property
    def check(self) -> str:
        return sha256(self.line).hexdigest()[:CHECK]


def items(told: Snapshot) -> Iterator[Item]:
    room = told.room
    yield Item("workshop", 0, {
        "text": told.text, "words_by": room.words_by, "opened_at_utc": utc(room.opened_at),
        "people": told.people, "withdrawn": told.withdrawn, "withheld": told.withheld, "rehearsal": told.rehearsal,
        "gone": msgspec.to_builtins(told.gone),
    })  # fmt: skip
    for place, activity in enumerate(told.activities):
        said = {name: value for name, value in msgspec.to_builtins(activity).items() if name != "results"}
        yield Item("activities", place, said)
    for place, theme in enumerate(told.themes):
        yield Item("themes", place, msgspec.to_builtins(theme))
    for place, joined in enumerate(told.joined):
        yield Item("joined", place, msgspec.to_builtins(joined))
    for place, row in enumerate(told.rows):
        said = {name: value for name, value in msgspec.to_builtins(row).items() if name != "room"}
        yield Item("answers", place, said | {"value": told.values.get(row.answer_id)})
    for place, reply in enumerate(told.replies):
        yield Item("replies", place, msgspec.to_builtins(reply))
    for place, promise in enumerate(told.promises):
        yield Item("promises", place, msgspec.to_builtins(promise))


def hash_of(content: Iterable[Item]) -> str:
    whole = sha256()
    for item in content:
        whole.update(item.line + b"\n")
    return whole.hexdigest()


def content_hash(told: Snapshot) -> str:
    return hash_of(items(told))
