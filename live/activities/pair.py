"""Talk with the person next to you: a clock and no text field."""

from live.activities.kind import Talk


class Pair(Talk):
    pass
