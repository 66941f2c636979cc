"""The kind `discuss`: people talk at their tables or all together; phones show a clock and no text field."""

from live.activities.kind import Talk


class Discuss(Talk):
    pass
