"""
The content hash of an export: tells whether two exports have the same content. Defined only here.

The content is a list of items in this order: the workshop, each activity, each theme, each change of words by hand,
each answer, each reply to a theme, each promise. An item is JSON with sorted keys and without spaces, as UTF-8. Its
check is the first CHECK hex digits of its SHA-256; the content hash is the SHA-256, in hex, of all items in order with
a newline after each.

Not part of it: the code (an import may get another one), the time of the export, whether the page is published, and
what can be computed from the rest, such as tallies.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec

from live.exports.snapshot import Snapshot, Summary, utc
from live.workshop import Activity

CHECK = 12


class Item(NamedTuple):
    """One item of the content. `section` and `place` say where it is in the file; the workshop has place 0."""

    section: str
    place: int
    fields: dict[str, Any]

    @property
    def line(self) -> bytes:
        return msgspec.json.encode(self.fields, order="sorted")

    @property
    def check(self) -> str:
        return sha256(self.line).hexdigest()[:CHECK]


def items(snapshot: Snapshot) -> Iterator[Item]:
    room = snapshot.room
    # Left out for what the first edition read, so that an export from before is the same export.
    reading: dict[str, Any] = {"edition": snapshot.edition} if snapshot.edition > 1 else {}
    if room.folding > 1:
        reading["folding"] = room.folding
    if snapshot.names:
        reading["names"] = {str(line): name for line, name in snapshot.names.items()}
    if snapshot.pictures:
        reading["pictures"] = msgspec.to_builtins(snapshot.pictures)
    yield Item("workshop", 0, reading | {
        "text": snapshot.text, "words_by": room.words_by, "opened_at_utc": utc(room.opened_at),
        "people": snapshot.people, "withdrawn": snapshot.withdrawn, "withheld": snapshot.withheld,
        "rehearsal": snapshot.rehearsal, "gone": [_gone(one) for one in snapshot.gone],
    })  # fmt: skip
    for place, activity in enumerate(snapshot.activities):
        fields = {name: value for name, value in _plain(activity).items() if name != "results"}
        if not activity.cards:  # as most activities, and all from before there were any
            del fields["cards"]
        yield Item("activities", place, fields)
    for place, theme in enumerate(snapshot.themes):
        yield Item("themes", place, msgspec.to_builtins(theme))
    for place, change in enumerate(snapshot.joined):
        yield Item("joined", place, msgspec.to_builtins(change))
    for place, row in enumerate(snapshot.rows):
        left_out = {"room", *(("votes", "answered", "reply") if row.votes is None else ())}
        if not row.name:  # as before anybody could give one
            left_out.add("name")
        fields = {name: value for name, value in msgspec.to_builtins(row).items() if name not in left_out}
        own = snapshot.own_texts.get(row.answer_id)
        beside: dict[str, object] = dict(zip(("own_text", "own_shown"), own, strict=True)) if own else {}
        if row.answer_id in snapshot.versions:
            beside["version"] = snapshot.versions[row.answer_id]
        yield Item("answers", place, fields | {"value": snapshot.values.get(row.answer_id)} | beside)
    for place, reply in enumerate(snapshot.replies):
        yield Item("replies", place, msgspec.to_builtins(reply))
    for place, promise in enumerate(snapshot.promises):
        yield Item("promises", place, msgspec.to_builtins(promise))


def _plain(activity: Summary | Activity) -> dict[str, Any]:
    """Without versions where there are none, so that an export from before there were any is the same export."""
    fields: dict[str, Any] = msgspec.to_builtins(activity)
    return fields if activity.versions else {name: value for name, value in fields.items() if name != "versions"}


def _gone(written: Activity) -> dict[str, Any]:
    """An activity with its right options in order, and costs; as in exports from before there were any, without."""
    fields = _plain(written)
    marks = {"right": sorted(fields.pop("right")), "costs": fields.pop("costs")}
    return fields | {name: value for name, value in marks.items() if value}


def hash_of(content: Iterable[Item]) -> str:
    whole = sha256()
    for item in content:
        whole.update(item.line + b"\n")
    return whole.hexdigest()


def content_hash(snapshot: Snapshot) -> str:
    return hash_of(items(snapshot))
