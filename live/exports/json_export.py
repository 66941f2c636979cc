"""JSON with all there is, for `json_import` to read: the workshop as written, activities and results, every answer."""

from itertools import groupby

import msgspec

from live.exports.content_hash import hash_of, items
from live.exports.snapshot import Snapshot

FORMAT = "innspill-export/2"
SECTIONS = ("activities", "themes", "joined", "answers", "replies", "promises")  # beside the workshop


def write(told: Snapshot) -> bytes:
    """`answers` hold the columns of the contract and, where an answer is no text, its `value` by ids of options."""
    room = told.room
    content = list(items(told))
    parts = {
        section: [item.said | {"check": item.check} for item in some]
        for section, some in groupby(content, key=lambda item: item.section)
    }
    workshop = parts["workshop"][0]
    for activity, one in zip(parts.get("activities", ()), told.activities, strict=True):
        activity["results"] = one.results
    for answer in parts.get("answers", ()):
        answer["room"] = room.code
    body = {
        "format": FORMAT,
        "content_sha256": hash_of(content),
        "room": room.code,
        "position": told.position,
        "phones": told.phones,
        "rehearsal_left_out": told.rehearsal_left_out,
        "counts": {name: len(parts.get(name, ())) for name in SECTIONS},
        "workshop": {
            "title": room.workshop.title, "language": room.workshop.language, "meta": dict(room.workshop.meta),
        } | workshop,
        "activities": parts.get("activities", []),
        "themes": parts.get("themes", []),
        "published": told.published,
        "replies": parts.get("replies", []),
        "promises": parts.get("promises", []),
        "joined": parts.get("joined", []),
        "answers": parts.get("answers", []),
    }  # fmt: skip
    return msgspec.json.format(msgspec.json.encode(body), indent=1)
