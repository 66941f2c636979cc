"""The fields that the editor's form shows for each kind of activity."""

from typing import Any

from live.activities import BESIDE, KINDS
from live.workshop.schema import KindSchema


def fields() -> dict[str, dict[str, Any]]:
    """
    For every kind that can run, what the form needs to know of it.

    `attributes` have type, words and limits; `first` are the keys of those shown at once, `more` of those behind "More
    choices". `order` is its place among the kinds. `options`: it takes options; `own_options`: also when it names
    another activity by `from`; `marked`: they may be marked as right. `ends`: the key of the attribute with the words
    for both ends of a scale, else empty. `writes` is what people answer with; `talk`: people only talk while it runs;
    `beside`: it is no step of the meeting.
    """
    kinds: dict[str, dict[str, Any]] = {
        name: {
            "options": kind.schema.options != "text", "marked": kind.schema.marked,
            "attributes": _attributes(kind.schema),
            "first": kind.fields.first, "more": kind.fields.more, "ends": kind.fields.ends,
            "order": order, "own_options": kind.gathers, "talk": not (kind.takes_answers or kind.gathers),
            "writes": kind.writes, "beside": False,
        }
        for order, (name, kind) in enumerate(KINDS.items())
    }  # fmt: skip
    for name, one in BESIDE.items():
        kinds[name] = {
            "options": False, "marked": False, "attributes": _attributes(one.schema),
            "first": one.fields.first, "more": one.fields.more,
            "ends": one.fields.ends, "order": len(kinds), "own_options": False, "talk": True, "writes": "",
            "beside": True,
        }  # fmt: skip
    return kinds


def _attributes(schema: KindSchema) -> list[dict[str, Any]]:
    return [
        {"key": key, "type": attr.type, "words": attr.words, "low": attr.low, "high": attr.high,
         "default": attr.default, "bare": attr.bare}
        for key, attr in schema.attrs.items()
    ]  # fmt: skip
