"""The kind `pair`: people talk with the person next to them; phones show a clock and no text field."""

from live.activities.kind import Talk


class Pair(Talk):
    pass
