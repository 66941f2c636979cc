"""The kinds of activities that a room can run. A kind has the same file name in every folder tree of the project."""

from live.activities.choice import Choice
from live.activities.discuss import Discuss
from live.activities.dots import Dots
from live.activities.group import Group
from live.activities.kind import Kind
from live.activities.open import Open
from live.activities.pair import Pair
from live.activities.scale import Scale
from live.activities.think import Think
from live.activities.words import Words

KINDS: dict[str, Kind] = {
    "think": Think(),
    "pair": Pair(),
    "discuss": Discuss(),
    "open": Open(),
    "words": Words(),
    "choice": Choice(),
    "scale": Scale(),
    "dots": Dots(),
    "group": Group(),
}
