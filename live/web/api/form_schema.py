"""The fields that the editor's form shows for each kind of activity."""

from typing import Any

from live.activities import KINDS


def fields() -> dict[str, dict[str, Any]]:
    """
    For every kind that can run, in the order in which they are offered: whether it takes options, its attributes with
    type, words and limits, and which of them are shown at once (`first`) and behind «More choices» (`more`).
    """
    return {
        name: {
            "options": kind.schema.options != "text",
            "attributes": [
                {"key": key, "type": attr.type, "words": attr.words, "low": attr.low, "high": attr.high,
                 "default": attr.default, "bare": attr.bare}
                for key, attr in kind.schema.attrs.items()
            ],
            "first": kind.fields.first,
            "more": kind.fields.more,
        }
        for name, kind in KINDS.items()
    }  # fmt: skip
