"""The kind `group`: the facilitator gathers answers into themes (live/room/themes.py) while phones watch."""

from live.activities.kind import Talk


class Group(Talk):
    pass
