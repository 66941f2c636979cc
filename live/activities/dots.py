"""
A few dots to set on what matters most, one on each: options of its own, or the themes that answers were gathered into.
"""

from live.activities.choice import Choice
from live.activities.kind import number
from live.workshop import Activity

USUAL = 3


class Dots(Choice):
    def most(self, written: Activity) -> int:
        return number(written.attrs, "dots", USUAL)
