"""
Writes the complete JSON export, which `json_import` reads: workshop text, activities with results, every answer.
"""

from itertools import groupby

import msgspec

from live.exports.content_hash import hash_of, items
from live.exports.snapshot import Snapshot

FORMAT = "innspill-export/2"
SECTIONS = ("activities", "themes", "joined", "answers", "replies", "promises")  # besides the workshop


def write(snapshot: Snapshot) -> bytes:
    """`answers` have the columns of the contract and, if an answer is not a text, its `value` with ids of options."""
    room = snapshot.room
    content = list(items(snapshot))
    sections = {
        section: [item.fields | {"check": item.check} for item in some]
        for section, some in groupby(content, key=lambda item: item.section)
    }
    workshop = sections["workshop"][0]
    for activity, one in zip(sections.get("activities", ()), snapshot.activities, strict=True):
        activity["results"] = one.results
    for answer in sections.get("answers", ()):
        answer["room"] = room.code
    body = {
        "format": FORMAT,
        "content_sha256": hash_of(content),
        "room": room.code,
        "position": snapshot.position,
        "phones": snapshot.phones,
        "rehearsal_left_out": snapshot.rehearsal_left_out,
        "counts": {name: len(sections.get(name, ())) for name in SECTIONS},
        "workshop": {
            "title": room.workshop.title, "language": room.workshop.language, "meta": dict(room.workshop.meta),
        } | workshop,
        "activities": sections.get("activities", []),
        "themes": sections.get("themes", []),
        "published": snapshot.published,
        "replies": sections.get("replies", []),
        "promises": sections.get("promises", []),
        "joined": sections.get("joined", []),
        "answers": sections.get("answers", []),
    }  # fmt: skip
    if snapshot.films:
        body["films"] = [{"name": name, **msgspec.to_builtins(one)} for name, one in sorted(snapshot.films.items())]
    if snapshot.picture_files:
        body["pictures"] = snapshot.picture_files
    return msgspec.json.format(msgspec.json.encode(body), indent=1)
