"""
Reads a JSON export back into the events of a meeting: all of it, or nothing.

The file is checked twice. Each item is compared with its check sum, so that a changed item can be named with its place.
Then the meeting is built, and an export of it must have exactly the same content.
"""

from hashlib import sha256
from typing import NamedTuple

from live import exports, workshop
from live.activities import SCHEMAS
from live.errors import ImportRefused, Problem, WorkshopInvalid
from live.events import AnyEvent
from live.exports.content_hash import items
from live.exports.json_import.bounds import check_bounds
from live.exports.json_import.pictures import read_pictures
from live.exports.json_import.reading import Reading, is_about, top_of
from live.exports.json_import.rebuild import Rebuild

MOST_BYTES = 64 * 1024 * 1024


class ImportedMeeting(NamedTuple):
    """
    A meeting read from a file: the `events` that make it, and the `code` it had.

    `left_out`: what a later version has written and this one can't read, by lines of the workshop.
    """

    code: str
    events: list[AnyEvent]
    delete_at: int
    content: str
    answers: int
    left_out: list[Problem]
    pictures: dict[str, bytes]  # their files, by the names under which the store has them


def read(body: bytes) -> ImportedMeeting:
    """The meeting in a JSON export. Raises ImportRefused, which names the first error and its place."""
    if len(body) > MOST_BYTES:
        raise ImportRefused(f"The file is larger than {MOST_BYTES // 2**20} MiB.")
    top = top_of(body)
    reading = Reading(top)
    file, content, unknown = reading.file, reading.content, reading.unknown
    left_out: list[Problem] = []
    edition = file.workshop.edition
    try:
        if edition == workshop.EDITION:
            written, _ = workshop.parse(file.workshop.text, SCHEMAS, names=file.workshop.named)
        else:  # valid by the rules of its time, which this version can't check
            written = workshop.reread(file.workshop.text, SCHEMAS, edition, file.workshop.named)
    except WorkshopInvalid as invalid:
        first = invalid.problems[0]
        if not unknown:
            raise ImportRefused(f"workshop.text, line {first.line}: {first.message}.") from None
        written = workshop.reread(file.workshop.text, SCHEMAS, edition, file.workshop.named)
        left_out = [Problem(one.line, f"{one.message}. Left out, with its answers.", True) for one in invalid.problems]
    check_bounds(file)
    picture_files = read_pictures(top, file)
    try:
        room, events = Rebuild(file, written).build()
        snapshot = exports.take_snapshot(room, withheld=file.workshop.withheld, rehearsal=file.workshop.rehearsal)
    except ImportRefused:
        raise
    except Exception as error:  # somebody put in something impossible and computed the check sums anew
        raise ImportRefused(f"The file holds something that can't have happened ({type(error).__name__}).") from error
    rebuilt = [item for item in items(snapshot) if not is_about(item.section, item.fields, unknown)]
    for ours, theirs in zip(rebuilt, content, strict=False):
        if sha256(ours.line).digest() != theirs.digest:
            raise ImportRefused(f"{theirs.name} holds something that can't have happened in this meeting.")
    if len(rebuilt) != len(content):
        raise ImportRefused("The file holds something that can't have happened in this meeting.")
    return ImportedMeeting(
        file.room, events, room.delete_at, file.content_sha256, len(file.answers), left_out, picture_files
    )
