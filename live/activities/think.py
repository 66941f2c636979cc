"""Think by yourself before anybody speaks: a clock and silence."""

from live.activities.kind import Talk


class Think(Talk):
    pass
