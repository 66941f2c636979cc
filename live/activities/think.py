"""The kind `think`: everybody thinks for themselves before anybody speaks; phones show a clock."""

from live.activities.kind import Talk


class Think(Talk):
    pass
