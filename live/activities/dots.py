"""
The kind `dots`: each phone gives a few dots to what matters most, at most one to each option.

The options are its own, or the themes into which answers were gathered.
"""

from live.activities.choice import Choice
from live.activities.kind import number
from live.workshop import Activity

DEFAULT_DOTS = 3


class Dots(Choice):
    def most(self, written: Activity) -> int:
        return number(written.attrs, "dots", DEFAULT_DOTS)
