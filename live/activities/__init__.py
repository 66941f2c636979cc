"""The kinds of activities that a room can run. A kind has the same file name in every folder tree of the project."""

from live.activities.choice import Choice
from live.activities.discuss import Discuss
from live.activities.dots import Dots
from live.activities.group import Group
from live.activities.kind import Kind
from live.activities.open import Open
from live.activities.pair import Pair
from live.activities.planned import PLANNED
from live.activities.scale import Scale
from live.activities.think import Think
from live.activities.words import WordEntries
from live.workshop.schema import Schemas

# In the order in which they are offered.
_KINDS = (Pair(), Open(), WordEntries(), Choice(), Scale(), Dots(), Group(), Think(), Discuss())

KINDS: dict[str, Kind] = {kind.name: kind for kind in _KINDS}
SCHEMAS: Schemas = {name: kind.schema for name, kind in KINDS.items()} | PLANNED
"""What a workshop file may name."""
