"""JSON with all there is: the workshop as written, every activity with its results, every answer."""

import msgspec

from live.exports.rows import Told, utc

FORMAT = "innspill-export/1"


def write(told: Told) -> bytes:
    """`answers` hold the columns of the contract and, where an answer is no text, its `value` by ids of options."""
    room = told.room
    body = {
        "format": FORMAT,
        "room": room.code,
        "opened_at_utc": utc(room.opened_at),
        "position": room.position,
        "people": room.people,
        "phones": told.phones,
        "rehearsal_left_out": told.rehearsal_left_out,
        "workshop": {
            "title": room.workshop.title,
            "language": room.workshop.language,
            "meta": dict(room.workshop.meta),
            "text": room.workshop_text,
        },
        "activities": told.activities,
        "answers": [msgspec.to_builtins(row) | {"value": told.values.get(row.answer_id)} for row in told.rows],
    }
    return msgspec.json.format(msgspec.json.encode(body), indent=1)
