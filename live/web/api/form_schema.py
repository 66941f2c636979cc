"""The fields that the editor's form shows for each kind of activity."""

from typing import Any

from live.activities import KINDS as RUN
from live.workshop.editor.outline import takes_options
from live.workshop.schema import SCHEMAS


def fields() -> dict[str, dict[str, Any]]:
    """kind -> whether it takes options, and its attributes with type, words and limits; for every kind that can run."""
    return {
        kind: {
            "options": takes_options(kind),
            "attributes": [
                {"key": key, "type": attr.type, "words": attr.words, "low": attr.low, "high": attr.high,
                 "default": attr.default, "bare": attr.bare}
                for key, attr in SCHEMAS[kind].attrs.items()
            ],
        }
        for kind in RUN
    }  # fmt: skip
