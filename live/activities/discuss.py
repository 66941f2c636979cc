"""Talk around the table, or all together: a clock and no text field."""

from live.activities.kind import Talk


class Discuss(Talk):
    pass
