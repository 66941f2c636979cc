"""Answers gathered into themes by the facilitator. Phones only look on. See live/room/themes.py."""

from live.activities.kind import Talk


class Group(Talk):
    pass
